"""Every page that a search engine should know, with the day on which it last changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from recruitment import revisions
from recruitment.choices import Resource
from recruitment.models import Change, Citation, Claimant, Figure, Source

# No page to be found by: what it shows is what was asked for.
UNLISTED = {"search"}


class Page(NamedTuple):
    url: str
    changed_at: datetime


def _changed_at(resource: str) -> dict[str, datetime]:
    """Give the moment of the last revision that changed each row of one kind."""
    changes = Change.objects.of(resource).order_by().values_list("public_id")
    return dict(changes.annotate(moment=Max("revision__made_at")))


class Pages(Sitemap):  # type: ignore[type-arg]  # not subscriptable when it runs
    """The pages of one kind."""

    def items(self) -> list[Page]:
        """Give the pages that stand for the whole record: they change with it."""
        from dashboard.urls import urlpatterns  # which names this module

        moment = revisions.current().made_at
        names = [
            one.name
            for one in urlpatterns
            if not one.pattern.converters
            and not re.search(r"\.\w+$", str(one.pattern))  # a file
            and one.name not in UNLISTED
        ]
        return [Page(reverse(name), moment) for name in names]

    def location(self, item: Page) -> str:
        return item.url

    def lastmod(self, item: Page) -> datetime:
        return item.changed_at


class FigurePages(Pages):
    def items(self) -> list[Page]:
        figures = Figure.objects.published().without_retracted()
        slugs = figures.order_by("slug").values_list("slug", flat=True)
        return [
            Page(reverse("figure", args=[slug]), self.figures.get(slug, self.first))
            for slug in slugs
        ]

    @cached_property
    def figures(self) -> dict[str, datetime]:
        return _changed_at(Resource.FIGURES)

    @cached_property
    def first(self) -> datetime:
        """When the record began, for rows that came in without a note of it."""
        return revisions.BEGINNING.made_at

    def with_figures(
        self,
        name: str,
        own: dict[str, datetime],
        public_ids: Iterable[str],
        figures: Iterable[tuple[str | None, str]],
    ) -> list[Page]:
        """Give the pages of rows that show figures: they change with each of them."""
        newest = {one: own.get(one, self.first) for one in public_ids}
        for one, slug in figures:
            if one in newest:
                newest[one] = max(newest[one], self.figures.get(slug, self.first))
        return [
            Page(reverse(name, args=[one]), moment) for one, moment in newest.items()
        ]


class CountryPages(FigurePages):
    def items(self) -> list[Page]:
        pairs = Figure.objects.published().values_list("country__code", "slug")
        codes = sorted({code for code, _ in pairs})
        return self.with_figures(
            "country", _changed_at(Resource.COUNTRIES), codes, pairs
        )


class ClaimantPages(FigurePages):
    def items(self) -> list[Page]:
        slugs = (
            Claimant.objects.published().order_by("slug").values_list("slug", flat=True)
        )
        figures = Figure.objects.published()
        said = figures.values_list("claimant__slug", "slug")
        counted = figures.values_list("evidence_origin__slug", "slug")
        own = _changed_at(Resource.CLAIMANTS)
        return self.with_figures("claimant", own, slugs, [*said, *counted])


class SourcePages(FigurePages):
    def items(self) -> list[Page]:
        slugs = (
            Source.objects.published().order_by("slug").values_list("slug", flat=True)
        )
        cited = Citation.objects.published().filter(figure__isnull=False)
        pairs = cited.values_list("source__slug", "figure__slug")
        return self.with_figures("source", _changed_at(Resource.SOURCES), slugs, pairs)


SITEMAPS: dict[str, type[Pages]] = {
    "pages": Pages,
    "countries": CountryPages,
    "figures": FigurePages,
    "claimants": ClaimantPages,
    "sources": SourcePages,
}
