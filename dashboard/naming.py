"""What a reader calls a row of each kind, and the page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from recruitment import wording
from recruitment.choices import Metric, Resource, Side
from recruitment.models import (
    Claimant,
    Country,
    Estimate,
    Figure,
    Incentive,
    Method,
    Presence,
    Publisher,
    Response,
    Source,
)


class Named(NamedTuple):
    """What a reader calls a row, and the page that shows it, if one does."""

    name: str
    url: str  # empty for what is shown nowhere
    who: str = ""  # the claimant of a figure, and the day


type_names = dict[str, Named]  # by public id


def counted(country: str, metric: str, side: str) -> str:
    """Name what is counted: Nepal, killed, Russian side."""
    return f"{country}, {Metric(metric).label.lower()}, {Side(side).label}"


def _figures(ids: Iterable[str]) -> type_names:
    rows = Figure.objects.published().filter(slug__in=ids)
    return {
        one.slug: Named(
            counted(one.country.name, one.metric, one.side),
            reverse("figure", args=[one.slug]),
            f"{wording.who(one)}, {wording.day(one.as_of, one.as_of_precision)}",
        )
        for one in rows.select_related("country", "claimant", "evidence_origin")
    }


def _estimates(ids: Iterable[str]) -> type_names:
    held = Estimate.objects.filter(key__in=ids).order_by("key").distinct()
    rows = held.values_list("key", "country_id", "country__name", "metric", "side")
    return {
        key: Named(
            counted(country, metric, side),
            reverse("country", args=[code])
            + f"?{urlencode({'side': side, 'metric': metric})}#claims",
        )
        for key, code, country, metric, side in rows
    }


def _countries(ids: Iterable[str]) -> type_names:
    rows = Country.objects.filter(code__in=ids)
    return {
        one.code: Named(one.name, reverse("country", args=[one.code])) for one in rows
    }


def _publishers(ids: Iterable[str]) -> type_names:
    rows = Publisher.objects.published().filter(slug__in=ids)
    return {one.slug: Named(one.name, "") for one in rows}


def _sources(ids: Iterable[str]) -> type_names:
    rows = Source.objects.published().filter(slug__in=ids).select_related("publisher")
    return {
        one.slug: Named(
            f"{one.publisher.name}: {one.title_gist}",
            reverse("source", args=[one.slug]),
        )
        for one in rows
    }


def _claimants(ids: Iterable[str]) -> type_names:
    rows = Claimant.objects.published().filter(slug__in=ids)
    return {
        one.slug: Named(one.name, reverse("claimant", args=[one.slug])) for one in rows
    }


def _methods(ids: Iterable[str]) -> type_names:
    rows = Method.objects.published().filter(slug__in=ids)
    return {one.slug: Named(one.kind_in_words, "") for one in rows}


def _of_country(
    model: type[Response | Incentive | Presence], what: Callable[[Any], str]
) -> Callable[[Iterable[str]], type_names]:
    """Name claims about a country that stand on its page."""

    def names(ids: Iterable[str]) -> type_names:
        rows = model.objects.published().filter(slug__in=ids).select_related("country")
        return {
            one.slug: Named(
                f"{one.country.name}, {what(one)}",
                reverse("country", args=[one.country.code]),
            )
            for one in rows
        }

    return names


# How to name the rows of each kind; the others are told by their public ids.
NAMES: dict[str, Callable[[Iterable[str]], type_names]] = {
    Resource.FIGURES: _figures,
    Resource.ESTIMATES: _estimates,
    Resource.COUNTRIES: _countries,
    Resource.PUBLISHERS: _publishers,
    Resource.SOURCES: _sources,
    Resource.CLAIMANTS: _claimants,
    Resource.RESPONSES: _of_country(
        Response, lambda one: one.get_kind_display().lower()
    ),
    Resource.INCENTIVES: _of_country(
        Incentive, lambda one: one.get_kind_display().lower()
    ),
    Resource.METHODS: _methods,
    Resource.PRESENCE: _of_country(
        Presence, lambda one: f"present on the {one.get_side_display()}"
    ),
}
