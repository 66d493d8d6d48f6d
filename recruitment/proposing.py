"""What the desk's forms begin with: proposals that an editor reads, and may change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils.text import slugify

from recruitment.choices import Precision
from recruitment.models import (
    Article,
    Candidate,
    Claimant,
    Figure,
    Publisher,
    Source,
)
from recruitment.models.base import SLUG_LENGTH, WORDING_WORDS
from recruitment.reading import public_id
from recruitment.searching import beginning, folded, host
from recruitment.sentences import claimed

MOST_SUGGESTED = 6
SHORTEST_WORD = 4  # of a claimant's name; shorter ones are in too many
BEFORE_NUMBER = 3  # words of the wording that stand before its number


def wording_of(passage: str, *numbers: int | None) -> str:
    """Quote as much around the number as we may: the passage itself, if it is short."""
    words = passage.split()
    if len(words) <= WORDING_WORDS:
        return " ".join(words)
    wanted = {str(number) for number in numbers if number is not None}
    spelled = [re.sub(r"\D", "", word) for word in words]
    place = next(
        (n for n, digits in enumerate(spelled) if digits in wanted),
        next((n for n, digits in enumerate(spelled) if digits), 0),
    )
    first = min(max(place - BEFORE_NUMBER, 0), len(words) - WORDING_WORDS)
    return " ".join(words[first : first + WORDING_WORDS]).strip(" ,;:")


def summary_of(candidate: Candidate, claimant: Claimant | None) -> str:
    """Say in our own sentence what the candidate seems to claim."""
    figure = Figure(
        **{
            name: getattr(candidate, name)
            for name in ("country", "side", "metric", "low", "high", "qualifier")
        },
        as_of=candidate.as_of,
        as_of_precision=candidate.as_of_precision,
        claimant=claimant or Claimant(name=candidate.claimant_text or "the page"),
    )
    return claimed(figure)


def claimants_for(candidate: Candidate) -> list[Claimant]:
    """Suggest who says it: by the article's words, then by whom the country's figures are."""
    words = {
        word
        for word in folded(candidate.claimant_text or "").split()
        if len(word) >= SHORTEST_WORD
    }
    named = Q()
    for word in words:
        named |= Q(search_text__contains=beginning(word))

    def likeness(claimant: Claimant) -> int:
        """Count the words shared; “the ministry” is that of the people who are counted."""
        shared = sum(beginning(word) in claimant.search_text for word in words)
        return shared + 2 * (claimant.country_id == candidate.country_id)

    called = list(Claimant.objects.filter(named)) if words else []
    called.sort(key=lambda one: (-likeness(one), one.name))
    about = Claimant.objects.filter(figures__country=candidate.country)
    usual = about.annotate(said=Count("figures")).order_by("-said", "name")
    half = MOST_SUGGESTED // 2
    found = dict.fromkeys([*called[:half], *usual[:MOST_SUGGESTED]])
    return list(found)[:MOST_SUGGESTED]


def figures_like(candidate: Candidate) -> list[Figure]:
    """Give what a candidate may be merged into: figures of its count, the likest first."""
    counted = Figure.objects.filter(
        country=candidate.country, side=candidate.side, metric=candidate.metric
    ).select_related("country", "claimant", "evidence_origin")
    bounds = (candidate.low, candidate.high)
    day = candidate.as_of or candidate.article.published or date.min

    def unlikeness(figure: Figure) -> tuple[int, int]:
        apart = sum(
            mine != theirs
            for mine, theirs in zip(bounds, (figure.low, figure.high), strict=True)
        )
        return apart, abs(((figure.as_of or date.min) - day).days)

    return sorted(counted, key=unlikeness)[:MOST_SUGGESTED]


def pages_like(article: Article) -> list[Source]:
    """Give the pages of the record that an article is: by its address, or its very text."""
    same = Q(text_sha256=article.text_sha256)
    if article.url:
        same |= Q(url=article.url)
    return list(Source.objects.filter(same).select_related("publisher"))


def publisher_of(article: Article) -> Publisher | None:
    """Find the publisher of an article by the host of its address."""
    name = (host(article.url) or "").removeprefix("www.")
    if not name:
        return None
    known = Publisher.objects.filter(sources__url__contains=f"//{name}/")
    known |= Publisher.objects.filter(sources__url__contains=f"//www.{name}/")
    found = Counter(known)
    return found.most_common(1)[0][0] if found else None


def figure_slug(values: dict[str, Any]) -> str:
    """Give a figure's public id: whose people, what became of them, when, who says so.

    `values` are a row's. Where it is taken, the number tells it apart, then a counter.
    """
    key = public_id((values["country"], values["side"], values["metric"]))
    day = _day_of(values["as_of"], values["as_of_precision"])
    slug = _cut(f"{key}-{day}-{values['claimant']}")
    number = values["low"] if values["low"] is not None else values["high"]
    return _free(Figure, slug, [f"{_cut(slug, f'-{number}')}-{number}"])


def source_slug(publisher: str, published: date | None, gist: str) -> str:
    """Give a page's public id: who publishes it, when, and what it is about."""
    day = published.isoformat() if published else "undated"
    return _free(Source, _cut(f"{publisher}-{day}-{slugify(gist)}"))


def slug_for(model: type[Publisher | Claimant], name: str) -> str:
    return _free(model, _cut(slugify(name) or "unnamed"))


def _day_of(day: str | None, precision: str) -> str:
    if day is None:
        return "undated"
    return day[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(precision), 10)]


def _cut(slug: str, ending: str = "") -> str:
    """Shorten a slug, at the end of a word, so that an ending may follow."""
    most = SLUG_LENGTH - len(ending)
    if len(slug) <= most:
        return slug
    return slug[: most + 1].rpartition("-")[0]


def _free(model: type[models.Model], slug: str, others: Iterable[str] = ()) -> str:
    """Give the first of some slugs that no row has; in the end with a counter."""
    taken = model._default_manager.filter(slug__startswith=slug[: SLUG_LENGTH // 2])
    slugs = {*taken.values_list("slug", flat=True)}
    for one in (slug, *others):
        if one not in slugs:
            return one
    number = 2
    while (one := f"{_cut(slug, f'-{number}')}-{number}") in slugs:
        number += 1
    return one
