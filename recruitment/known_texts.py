"""The record as new texts are compared with it, to recognise rewrites."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Q

from recruitment.choices import Precision
from recruitment.models import Article, Citation, Figure, Publisher
from recruitment.rewrites import Fingerprint, Known, Mark, figure_value

WELL_KNOWN_FROM = 3  # publishers
CITED_COLUMNS = (
    *("source__slug", "source__publisher__name", "source__published"),
    *("source__published_precision", "figure__country__code", "figure__metric"),
    *("figure__low", "figure__high", "figure__as_of", "figure__as_of_precision"),
    *("figure__claimant_id", "figure__wording"),
)


def known_texts(*, without: Collection[str] = ()) -> list[Known]:
    """Give all that new texts are compared with: articles, and sources by their figures.

    Those whose text has one of the SHA-256 in `without` are left out: they are the new
    texts themselves. A source whose article is at hand is compared by that.
    """
    return [*_articles(without), *_sources(without)]


def _articles(without: Collection[str]) -> Iterator[Known]:
    articles = (
        Article.objects.exclude(fingerprint={})
        .exclude(text_sha256__in=without)
        .select_related("source__publisher")
        .order_by("pk")
    )
    for article in articles.iterator():
        source = article.source
        yield Known(
            name=source.slug if source else f"article-{article.pk}",
            fingerprint=Fingerprint.from_json(article.fingerprint),
            text=article.text,
            published=article.published,
            publisher=source.publisher.name if source else None,
        )


def _sources(without: Collection[str]) -> Iterator[Known]:
    rows = (
        Citation.objects.exclude(figure=None)
        .filter(Q(source__article=None) | Q(source__article__fingerprint={}))
        .exclude(source__text_sha256__in=without)
        .order_by("source__slug", "figure__claimant_id", "slug")
        .values(*CITED_COLUMNS)
    )
    for slug, held in groupby(rows, key=itemgetter("source__slug")):
        yield _source(slug, list(held))


def _source(slug: str, cited: list[dict[str, Any]]) -> Known:
    marks, wordings = [], {}
    for place, row in enumerate(cited):
        value, weight = figure_value(
            row["figure__country__code"],
            row["figure__metric"],
            row["figure__low"],
            row["figure__high"],
        )
        day = row["figure__as_of"]
        is_exact = day and row["figure__as_of_precision"] == Precision.DAY
        claimant = row["figure__claimant_id"]
        marks.append(
            Mark(
                *("figure", value, weight, place, place),
                # What one claimant says is one statement.
                *(claimant, claimant),
                day=day.isoformat() if is_exact else None,
            )
        )
        wordings[value] = row["figure__wording"] or ""
    first = cited[0]
    is_exact = first["source__published_precision"] == Precision.DAY
    return Known(
        name=slug,
        fingerprint=Fingerprint(marks=tuple(marks)),
        published=first["source__published"] if is_exact else None,
        publisher=first["source__publisher__name"],
        wordings=wordings,
    )


def well_known_numbers() -> frozenset[int]:
    """Give the numbers that several publishers carry: they tell no two texts apart."""
    figures = Figure.objects.carried_by_publishers(at_least=WELL_KNOWN_FROM)
    bounds = figures.values_list("low", "high")
    return frozenset(one for both in bounds for one in both if one is not None)


def outlets() -> list[str]:
    """Name the publishers on record, whom a new text may credit."""
    return list(Publisher.objects.values_list("name", flat=True))
