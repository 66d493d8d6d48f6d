"""The reports that an article may rest on, with what shows it."""

from __future__ import annotations

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


def parents_of(article: Article) -> list[Parent]:
    """Give the likely parents, the likeliest first; those of the record with their page."""
    told = sorted(article.parents, key=lambda one: -one["score"])
    slugs = [one["parent"] for one in told]
    pages = Source.objects.select_related("publisher").in_bulk(slugs, field_name="slug")
    return [
        Parent(one["parent"], pages.get(one["parent"]), one["score"], one["evidence"])
        for one in told
    ]
