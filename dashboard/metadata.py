"""What machines are told about a page: its address, its picture, the data behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max, Min
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.urls import reverse

from dashboard.charts.chart import Chart
from dashboard.forms import METRICS
from dashboard.naming import counted
from recruitment import revisions
from recruitment.choices import CountryKind
from recruitment.models import Country, Estimate, Figure

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FILES = {
    "csv": "text/csv",
    "ndjson": "application/x-ndjson",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
}
# What a page's address says beside its path, where that makes it another page.
KEPT = {"changes": ["before"], "corrections": ["before"], "revision": ["page"]}
type_dataset = dict[str, Any]


def canonical(request: HttpRequest, chart: Chart | None = None) -> str:
    """Give the one address of what many addresses show: no day, no choice of figures.

    A chart's page is about what it was asked for; other pages have it all at one address.
    """
    match = request.resolver_match
    page = match.url_name if match else ""
    if page == "chart" and chart:
        asked = QueryDict(chart.query, mutable=True)
        asked.pop("as_of", None)
        asked.pop("policy", None)
    else:
        asked = QueryDict(mutable=True)
        for name in KEPT.get(page or "", ()):
            if name in request.GET:
                asked[name] = request.GET[name]
    query = f"?{asked.urlencode()}" if asked else ""
    return request.build_absolute_uri(request.path) + query


def picture(request: HttpRequest, chart: Chart | None = None) -> str:
    """Give the address of a picture of the page: its chart's, or that of all pages.

    Either is as wide and high as previews are.
    """
    path = chart.address("card") if chart and chart.rows else static("card.png")
    return request.build_absolute_uri(path)


def of_record(origin: str) -> type_dataset:
    """Tell of the whole record as a dataset (https://schema.org/Dataset)."""
    days = Figure.objects.published().aggregate(Min("as_of"), Max("as_of"))
    return _dataset(
        origin,
        origin + reverse("data"),
        "Muster: foreign recruitment in the Russia–Ukraine war",
        "Every published figure on foreign nationals in Russian and Ukrainian service in"
        " the war in Ukraine: who claimed it, when and in which sources, and the lowest,"
        " best and highest number that the claims support. Claims, not a census.",
        _files(origin, ("figures", "estimates", "sources", "claimants", "responses")),
        temporalCoverage=_period(days["as_of__min"], days["as_of__max"]),
        spatialCoverage={"@type": "Place", "name": "World"},
        variableMeasured=[label for _, label in METRICS],
    )


def of_country(
    origin: str,
    country: Country,
    figures: Sequence[Figure],
    estimates: Iterable[Estimate],
) -> type_dataset | None:
    """Tell of what is known about one country; of a country without figures, nothing."""
    if not figures:
        return None
    days = [one.as_of for one in figures if one.as_of]
    is_country = country.kind == CountryKind.COUNTRY
    return _dataset(
        origin,
        origin + reverse("country", args=[country.code]),
        f"{country.name}: foreign recruitment in the Russia–Ukraine war, claim by claim",
        f"{len(figures):,} published figures on nationals of {country.name} in Russian and"
        " Ukrainian service in the war in Ukraine, with their claimants and sources, and"
        " what they add up to. Claims, not a census.",
        _files(origin, ("figures", "estimates"), f"?country={country.code}"),
        temporalCoverage=_period(min(days, default=None), max(days, default=None)),
        spatialCoverage={
            "@type": "Country" if is_country else "Place",
            "name": country.name,
            "identifier": country.code,
        },
        variableMeasured=[_variable(one) for one in estimates],
        isPartOf={"@id": origin + reverse("data")},
    )


def of_chart(
    origin: str, chart: Chart, about: Country | list[Country] | None = None
) -> type_dataset | None:
    """Tell of the rows that a chart draws; of a chart without rows, nothing."""
    if not chart.rows:
        return None
    countries = about if isinstance(about, list) else [about] if about else []
    names = [country.name for country in countries] or ["World"]
    places = [{"@type": "Place", "name": name} for name in names]
    files = {form: chart.address(form) for form in ("csv", "json", "svg", "png")}
    return _dataset(
        origin,
        origin + chart.page,
        chart.title,
        f"{chart.summary} Rows of a chart of Muster, a ledger of claims about foreign"
        " recruitment in the Russia–Ukraine war. Claims, not a census.".strip(),
        [_file(origin + path, form, chart.title) for form, path in files.items()],
        spatialCoverage=places if places[1:] else places[0],
        variableMeasured=list(chart.columns.values()),
        isPartOf={"@id": origin + reverse("data")},
    )


def _dataset(
    origin: str,
    url: str,
    name: str,
    description: str,
    distribution: list[type_dataset],
    **more: Any,
) -> type_dataset:
    revision = revisions.current()
    told = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": name,
        "description": description,
        "license": LICENCE,
        "creator": {"@type": "Organization", "name": "Muster", "url": f"{origin}/"},
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "version": f"{revision.number}",
        "dateModified": revision.made_at.date().isoformat(),
        "measurementTechnique": origin + reverse("method"),
        "distribution": distribution,
        **more,
    }
    return {key: value for key, value in told.items() if value}


def _files(
    origin: str, resources: Iterable[str], query: str = ""
) -> list[type_dataset]:
    """Give the API's whole files of some resources."""
    return [
        _file(f"{origin}/api/v1/{resource}.{form}{query}", form, resource)
        for resource in resources
        for form in ("csv", "ndjson")
    ]


def _file(address: str, form: str, name: str) -> type_dataset:
    return {
        "@type": "DataDownload",
        "name": name,
        "encodingFormat": FILES[form],
        "contentUrl": address,
    }


def _variable(estimate: Estimate) -> Mapping[str, Any]:
    """Tell an estimate as a variable with its range; an open end has no number."""
    high = None if estimate.high_open else estimate.high
    ends = {"minValue": estimate.low, "value": estimate.best, "maxValue": high}
    return {
        "@type": "PropertyValue",
        "name": counted(estimate.country.name, estimate.metric, estimate.side),
        "unitText": "people",
        **{name: number for name, number in ends.items() if number is not None},
    }


def _period(first: date | None, last: date | None) -> str:
    return f"{first.isoformat()}/{last.isoformat()}" if first and last else ""
