"""The reports that an article may rest on, with what shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from recruitment.models import Article, Source


@dataclass(frozen=True)
class Parent:
    """A likely parent: a page of the record, or a name that the article credits."""

    name: str
    source: Source | None
    score: float
    evidence: list[dict[str, Any]]

    @property
    def percent(self) -> int:
        return round(100 * self.score)


def with_likely_parents(articles: Iterable[Article]) -> list[Article]:
    """Give each article its `likely` parent by name; one query for all of them."""
    found = list(articles)
    likeliest = {
        one.pk: max(one.parents, key=lambda parent: parent["score"])["name"]
        for one in found
        if one.parents
    }
    named = Source.objects.filter(slug__in=likeliest.values())
    names = dict(named.values_list("slug", "publisher__name"))
    for one in found:
        slug = likeliest.get(one.pk, "")
        one.likely = names.get(slug, slug)  # type: ignore[attr-defined]
    return found


def parents_of(article: Article) -> list[Parent]:
    """Give the likely parents, the likeliest first; those of the record with their page."""
    told = sorted(article.parents, key=lambda one: -one["score"])
    slugs = [one["name"] for one in told]
    pages = Source.objects.select_related("publisher").in_bulk(slugs, field_name="slug")
    return [
        Parent(one["name"], pages.get(one["name"]), one["score"], one["evidence"])
        for one in told
    ]
