"""From what an editor handed in to an article with its candidates: the work of one job.

Reading a file, fetching a page, looking for figures and for the report behind them takes
long and changes nothing; what is found is kept at the end, at once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from recruitment.choices import Side
from recruitment.extraction import Candidate as Found
from recruitment.extraction import extract
from recruitment.fetching import Fetcher
from recruitment.known_texts import known_texts, outlets, well_known_numbers
from recruitment.models import Article, Candidate, Country, Job
from recruitment.rewrites import Known, find_parents, fingerprint_of
from recruitment.running import type_effect, type_tell
from recruitment.texts import Text, read_text

STEPS = 4
SIDES = frozenset(Side.values)


@dataclass(frozen=True)
class _Brought:
    """A text, with what its editor and the page itself say of it."""

    text: Text
    url: str | None
    title: str
    published: date | None


def read_article(job: Job, tell: type_tell) -> type_effect:
    """Read an article, and propose figures and the reports that it may rest on."""
    brought = _brought(job)
    tell(1, STEPS)
    found = extract(
        brought.text.text,
        language=brought.text.language,
        published=brought.published,
    )
    countries = Country.objects.in_bulk(
        {one.country for one in found}, field_name="code"
    )
    # A country that is no row, or a side that nobody fights for, cannot be entered.
    found = [one for one in found if one.country in countries and one.side in SIDES]
    tell(2, STEPS)
    new = _as_known(brought, found)
    known = known_texts(without=[brought.text.sha256])
    parents = find_parents(new, known, well_known=well_known_numbers())
    tell(3, STEPS)

    def effect() -> dict[str, Any]:
        article, is_new = Article.objects.get_or_create(
            text_sha256=brought.text.sha256,
            defaults=_kept(brought, job)
            | {
                "fingerprint": new.fingerprint.as_json(),
                "parents": [asdict(parent) for parent in parents],
            },
        )
        if not is_new:
            told = f"This text is on the desk already, since {article.brought_at:%-d %B %Y}."
            return {"article": article.pk, "told": told}
        Candidate.objects.bulk_create(
            _candidate(article, countries[one.country], one) for one in found
        )
        return {"article": article.pk, "told": _told(found, brought.text)}

    return effect


def _brought(job: Job) -> _Brought:
    """Read what was handed in, or fetch it; a ValueError says in words why not."""
    given = job.arguments
    url = given.get("url")
    if job.upload is not None:
        file = job.upload
        text = read_text(
            bytes(file.content), name=file.name, content_type=file.content_type
        )
    elif not url:
        raise ValueError("What was handed in is no longer there: bring it again.")
    elif not settings.FETCHING:
        raise ValueError("No page is fetched here: paste its text instead.")
    else:
        page = Fetcher(settings.USER_AGENT).fetch(url)
        url = page.url
        text = read_text(page.content, content_type=page.content_type)
    day = given.get("published")
    return _Brought(
        text=text,
        url=url,
        title=(given.get("title") or text.title or "Without a title")[:300],
        published=date.fromisoformat(day) if day else text.published,
    )


def _as_known(brought: _Brought, found: list[Found]) -> Known:
    """Give what the text is compared by with those that are known."""
    text = brought.text
    fingerprint = fingerprint_of(
        text.text, language=text.language, candidates=found, outlets=outlets()
    )
    return Known("", fingerprint, text.text, brought.published)


def _kept(brought: _Brought, job: Job) -> dict[str, Any]:
    return {
        "title": brought.title,
        "text": brought.text.text,
        "url": brought.url,
        "language": brought.text.language,
        "published": brought.published,
        "job": job,
        "brought_by": job.asked_by,
        "brought_at": timezone.now(),
    }


def _candidate(article: Article, country: Country, found: Found) -> Candidate:
    return Candidate(
        article=article,
        country=country,
        side=found.side,
        metric=found.metric,
        low=found.low,
        high=found.high,
        qualifier=found.qualifier,
        scope=found.scope,
        claimant_text=found.claimant_text,
        as_of=found.as_of,
        as_of_precision=found.as_of_precision,
        start=found.start,
        end=found.end,
    )


def _told(found: list[Found], text: Text) -> str:
    if not found:
        return (
            "It was read, and no figure was found in it. If you see one, enter it by hand:"
            " what stands in a picture, or in a language that is not read here, is missed."
        )
    number = f"{len(found)} candidates" if len(found) > 1 else "One candidate"
    return f"It was read: {number} in {len(text.text):,} characters."
