"""What makes a row worth a second look: rules as data, each with the rows that it finds.

A finding is a question, never a verdict: whoever looks may find that all is well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce, Length, Replace, Trim
from django.utils import timezone

from recruitment.cautions import known_words
from recruitment.choices import Confidence, LinkState, Policy, Role, Scope, Status
from recruitment.estimates import ESTIMATED
from recruitment.models import (
    Citation,
    Estimate,
    Figure,
    Incentive,
    Method,
    Presence,
    Response,
    Source,
)
from recruitment.models.base import WORDING_WORDS
from recruitment.names import HONORIFICS, possible_names
from recruitment.querysets import FigureQuerySet

type_rows = models.QuerySet[Any]
DRAFT_FOR = timedelta(days=30)
DOUBTFUL = 5  # from this credibility on
LANGUAGES = {"lt"}  # what is a lieutenant elsewhere is Lithuanian in an address
# Our own sentences and their words, in which nobody may be named.
TEXTS: dict[type[models.Model], tuple[str, ...]] = {
    Figure: ("wording", "summary", "scope_note", "note", "disjoint_reason"),
    Response: ("summary", "actor", "note"),
    Incentive: ("summary", "note"),
    Method: ("summary", "note"),
    Presence: ("summary", "note"),
    Source: ("title_gist", "note"),
}


@dataclass(frozen=True)
class Rule:
    """One reason to look at a row again."""

    code: str
    title: str
    why: str
    remedy: str
    find: Callable[[], Iterable[type_rows]]  # rows of one model each
    # Gives what says what was found in a row, for a page of them.
    tell: Callable[[], Callable[[Any], str]] = lambda: lambda row: ""


def _undated() -> Iterator[FigureQuerySet]:
    yield Figure.objects.usable().counting(ESTIMATED).filter(as_of__isnull=True)


def _on_one_page() -> Iterator[type_rows]:
    day = Figure.objects.latest_day()
    alone = Estimate.objects.as_of(day).under(Policy.ALL).of_one_origin()
    yield alone.filter(best_figure__spread__pages=1)


def _not_adding_up() -> Iterator[FigureQuerySet]:
    yield Figure.objects.published().filter(identity__holds=False)


def _long_wordings() -> Iterator[FigureQuerySet]:
    words = Trim("wording")
    without = Replace(words, models.Value(" "), models.Value(""))
    spaces = Length(words) - Length(without)
    yield Figure.objects.annotate(spaces=spaces).filter(spaces__gte=WORDING_WORDS)


def _naming_somebody() -> Iterator[type_rows]:
    known = known_words()
    for model, fields in TEXTS.items():
        columns = [*fields, "url"] if model is Source else [*fields]
        rows = model._default_manager.order_by("pk").values("pk", *columns)
        texts = ((row.pop("pk"), row) for row in rows)
        found = [pk for pk, row in texts if any(_names_in(row, known))]
        yield model._default_manager.filter(pk__in=found)


def _names_in(texts: dict[str, Any], known: frozenset[str]) -> Iterator[str]:
    for name, text in texts.items():
        words = _path_in_words(text) if name == "url" else text
        yield from possible_names(words or "", known)


def _path_in_words(address: str | None) -> str:
    """Give an address as text; after a title a word is a name, whatever its letters."""
    words = re.split(r"[-_+./]+", unquote(urlsplit(address or "").path))
    befores = ["", *words]
    return " ".join(
        word.capitalize() if before.lower() in HONORIFICS - LANGUAGES else word
        for before, word in zip(befores, words, strict=False)
    )


def _names_told() -> Callable[[Any], str]:
    known = known_words()

    def told(row: Any) -> str:
        texts = {name: getattr(row, name) for name in TEXTS[type(row)]}
        if isinstance(row, Source):
            texts["url"] = row.url
        return ", ".join(dict.fromkeys(_names_in(texts, known)))

    return told


def _dead_links() -> Iterator[type_rows]:
    gone = Source.objects.filter(link_state=LinkState.GONE)
    yield gone.filter(archive_url__isnull=True)


def _changed_pages() -> Iterator[type_rows]:
    yield Source.objects.filter(link_state=LinkState.CHANGED)


def _only_repeated() -> Iterator[FigureQuerySet]:
    """Find them where an estimate of today stands on them; else they are too many."""
    told = Citation.objects.filter(figure=OuterRef("pk")).exclude(role=Role.REPEATS)
    held = Estimate.objects.as_of(Figure.objects.latest_day()).under(Policy.ALL)
    ends = (Q(slug__in=held.values(f"{end}_figure")) for end in ("low", "best", "high"))
    used = Figure.objects.usable().filter(Q(*ends, _connector=Q.OR))
    yield used.filter(~Exists(told))


def _old_drafts() -> Iterator[FigureQuerySet]:
    before = timezone.now() - DRAFT_FOR
    written = Figure.history.values("id").annotate(at=Max("history_date"))
    old = written.filter(at__lt=before).values("id")
    yield Figure.objects.filter(status=Status.DRAFT, pk__in=old)


def _doubtful() -> Iterator[FigureQuerySet]:
    doubtful = Q(credibility__gte=DOUBTFUL) | Q(confidence=Confidence.LOW)
    yield Figure.objects.usable().filter(doubtful)


def _differing() -> Iterator[FigureQuerySet]:
    usable = Figure.objects.usable().counting(ESTIMATED).filter(scope=Scope.TOTAL)
    alike = ("country", "side", "metric", "claimant", "as_of", "as_of_precision")
    bounds = {
        "of_low": Coalesce("low", -1, output_field=models.BigIntegerField()),
        "of_high": Coalesce("high", -1, output_field=models.BigIntegerField()),
        "counted_by": Coalesce("evidence_origin", "claimant"),
    }
    usable = usable.annotate(**bounds)
    others = usable.filter(
        **{name: OuterRef(name) for name in (*alike, "counted_by")}
    ).filter(~Q(of_low=OuterRef("of_low")) | ~Q(of_high=OuterRef("of_high")))
    yield usable.filter(Exists(others))


RULES = (
    Rule(
        "possible-name",
        "A person’s name, perhaps",
        "Nobody who was recruited, captured or killed is named here, nor in an address.",
        "Take the name out, or withhold the address. An office, a place or an outlet that"
        " only looks like a name is fine.",
        _naming_somebody,
        _names_told,
    ),
    Rule(
        "identity-broken",
        "The claimant’s own count does not add up",
        "More died, went missing or were captured than the claimant says were recruited.",
        "Read the pages again: is one of the numbers misread, or about others?",
        _not_adding_up,
    ),
    Rule(
        "same-day",
        "One claimant, one day, two numbers",
        "Whoever gives two totals for one day was misread once, or one counts a part.",
        "Find out which holds; mark the other as a part or as a variant.",
        _differing,
    ),
    Rule(
        "doubtful-in-use",
        "Doubtful, and used",
        "The claim is probably an error, cannot be judged, or was read unsurely, and yet"
        " estimates may use it.",
        "Read the page again; take it out of the count, or judge it better.",
        _doubtful,
    ),
    Rule(
        "only-repeated",
        "Only repetitions are cited",
        "No page is cited that quotes the claimant, so nobody can check the words.",
        "Find the page that the others rest on.",
        _only_repeated,
    ),
    Rule(
        "undated",
        "No day",
        "Without a day it can neither supersede nor be superseded, and no estimate uses it.",
        "Look for the day in the text, or take that of publication with less precision.",
        _undated,
    ),
    Rule(
        "long-wording",
        f"More than {WORDING_WORDS} words quoted",
        "The articles’ sentences stay in the articles.",
        "Quote the number and what is needed to understand it.",
        _long_wordings,
    ),
    Rule(
        "dead-link",
        "The page is gone",
        "Readers cannot check it any more.",
        "Look for an archived copy, and enter its address.",
        _dead_links,
    ),
    Rule(
        "changed-page",
        "The page has changed",
        "The words that were read there may have gone, or been corrected.",
        "Read it again: correct what no longer holds, or note what it said when.",
        _changed_pages,
    ),
    Rule(
        "old-draft",
        f"A draft for more than {DRAFT_FOR.days} days",
        "Nobody has touched it since; a doubt that is not settled is forgotten.",
        "Publish it, mend it, or drop it.",
        _old_drafts,
    ),
    Rule(
        "one-page",
        "One claimant, on one page",
        "The best number of this count hangs on a single page: an error there goes"
        " through to the front page.",
        "Look for a second page, and for another claimant.",
        _on_one_page,
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}
