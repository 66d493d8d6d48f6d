"""A function per page; each translates a view into rows and a template."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from dashboard import metadata
from dashboard.accounts import with_uses
from dashboard.changelog import latest
from dashboard.chart_views import FEW, origin_of
from dashboard.charts.across import world_of
from dashboard.charts.kinds import over_time_of
from dashboard.charts.ranges import RankedChart, claims_chart, ranked_chart
from dashboard.charts.records import responses_told
from dashboard.charts.responses import responses_chart
from dashboard.forms import METRICS, View, ViewForm
from recruitment.accounting import account_for
from recruitment.api.codebook import resources, vocabularies
from recruitment.choices import Label, Metric, Side, Status
from recruitment.models import (
    Claimant,
    Country,
    Estimate,
    Figure,
    Incentive,
    Method,
    Release,
    Source,
)
from recruitment.querysets import EstimateQuerySet, RecordQuerySet
from recruitment.rebuilding import OWN_STATE
from recruitment.sentences import sentence

OVERVIEW_METRICS = (
    Metric.RECRUITED,
    Metric.KILLED,
    Metric.CAPTURED_HELD,
    Metric.MISSING,
    Metric.RETURNED,
    Metric.SERVING,
)
SHORT_LABELS: dict[str, str] = {Metric.CAPTURED_HELD: "Prisoners of war"}
ALL_FOREIGNERS = "FOREIGN"
WIDEST = 6
NEWEST = 6
LATEST = 4


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    form = ViewForm(request.GET)
    if not form.is_valid():
        return _not_understood(request, form)
    view = form.view()
    held = list(_estimates(view).on_side(view.side))
    chart = _ranked(view, held)
    return render(
        request,
        "dashboard/overview.html",
        {
            "view": view,
            "form": form,
            "chart": chart,
            "world": world_of(_of_metric(view, held), view),
            "key_estimates": _headlines(view, held),
            "widest": _widest(held),
            "newest": _newest_figures(view),
            "changes": latest(LATEST),
            "dataset": metadata.of_record(origin_of(request)),
            "metric_tabs": _tabs(view, "metric", OVERVIEW_METRICS),
            "side_tabs": _tabs(view, "side", Side.values),
            "estimates": sorted(
                _of_metric(view, held),
                key=lambda one: one.country.name,
            ),
            "counts": {
                "figures": Figure.objects.published().count(),
                "claimants": Claimant.objects.published().count(),
                "sources": Source.objects.published().count(),
            },
        },
    )


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    rows = Country.objects.with_figure_counts().order_by("name")
    return render(
        request,
        "dashboard/countries.html",
        {
            "counted": [
                row for row in rows if row.kind == "country" and row.figure_count
            ],
            "groups": [row for row in rows if row.kind == "group"],
            "uncounted": [
                row for row in rows if row.kind == "country" and not row.figure_count
            ],
        },
    )


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    form = ViewForm(request.GET)
    if not form.is_valid():
        return _not_understood(request, form)
    subject = get_object_or_404(Country, code=code)
    figures = list(
        Figure.objects.published()
        .about(code)
        .with_citations()
        .select_related("spread")
        .newest_first()
    )
    view = form.view(**_busiest(figures))
    held = list(_estimates(view).about(code))
    claims = _explained(view, code, _claims(view, figures))
    countable = [one for one in claims if one.countable and not one.is_retracted]
    over_time = over_time_of(countable, subject, view)
    chart = claims_chart(countable, subject, view)
    counted = {(one.side, one.metric) for one in figures}
    responses = list(responses_told(subject))
    return render(
        request,
        "dashboard/country.html",
        {
            "country": subject,
            "view": view,
            "form": form,
            "estimates": sorted(held, key=lambda one: (one.side, _order(one.metric))),
            "sentence": _sentence(subject, view, held),
            "claims": claims,
            "context_figures": [
                one for one in figures if one.metric not in dict(METRICS)
            ],
            "over_time": over_time,
            "preview": over_time,
            "chart": chart,
            "metric_tabs": _tabs(
                view,
                "metric",
                [value for value, _ in METRICS if (view.side, value) in counted],
            ),
            "side_tabs": _tabs(view, "side", Side.values),
            "responses": responses,
            "newest_responses": responses[:NEWEST],
            "few": FEW,
            "responses_chart": responses_chart(responses, subject),
            "incentives": _about(subject, Incentive.objects.all()).order_by(
                "-as_of", "slug"
            ),
            "methods": Method.objects.published()
            .with_citations()
            .select_related("claimant")
            .filter(countries=subject),
            "sources": _sources(figures),
            "dataset": metadata.of_country(origin_of(request), subject, figures, held),
        },
    )


def _explained(view: View, code: str, claims: list[Figure]) -> list[Figure]:
    """Give each claim its `use`: what the estimate made of it, and by which rule."""
    key = (code, view.side, view.metric)
    _, uses = account_for(key, view.as_of, view.policy)
    return with_uses(claims, uses)


def _about(subject: Country, claims: RecordQuerySet) -> RecordQuerySet:
    cited = claims.published().with_citations().select_related("claimant")
    return cited.filter(country=subject)


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/method.html", {"labels": Label.choices})


@require_safe
def codebook(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "dashboard/codebook.html",
        {"resources": resources(), "vocabularies": vocabularies()},
    )


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    origin = origin_of(request)
    context = {
        "resources": resources(),
        "releases": Release.objects.all(),
        "origin": origin,
        "dataset": metadata.of_record(origin),
    }
    return render(request, "dashboard/data.html", context)


def _estimates(view: View) -> EstimateQuerySet:
    held: EstimateQuerySet = Estimate.objects.as_of(view.as_of).under(view.policy)
    return held.with_ends()


def _not_understood(request: HttpRequest, form: ViewForm) -> HttpResponse:
    return render(request, "dashboard/not_understood.html", {"form": form}, status=400)


def _order(metric: str) -> int:
    return [value for value, _ in METRICS].index(metric)


def _sentence(subject: Country, view: View, held: list[Estimate]) -> str:
    """Tell the estimate at hand; an empty one where nobody has given a figure."""
    empty = Estimate(
        country=subject, side=view.side, metric=view.metric, reason="no_figure"
    )
    mine = (one for one in held if (one.side, one.metric) == (view.side, view.metric))
    return sentence(next(mine, empty), view.as_of)


def _tabs(view: View, name: str, values: Iterable[str]) -> list[dict[str, object]]:
    """Give a link for each choice; the choice at hand is marked."""
    labels = {**dict(METRICS), **SHORT_LABELS, **dict(Side.choices)}
    return [
        {
            "label": labels[value],
            "query": view.query(**{name: value}),
            "is_current": getattr(view, name) == value,
        }
        for value in values
    ]


def _of_countries(view: View, held: Iterable[Estimate]) -> list[Estimate]:
    own = OWN_STATE[view.side]
    return [
        one for one in held if one.country.kind == "country" and one.country.code != own
    ]


def _ranked(view: View, held: Iterable[Estimate]) -> RankedChart:
    return ranked_chart(_of_metric(view, held), view)


def _of_metric(view: View, held: Iterable[Estimate]) -> list[Estimate]:
    return [one for one in _of_countries(view, held) if one.metric == view.metric]


def _claims(view: View, figures: Iterable[Figure]) -> list[Figure]:
    return [
        one for one in figures if (one.side, one.metric) == (view.side, view.metric)
    ]


def _busiest(figures: list[Figure]) -> dict[str, str]:
    """Open a country on the count that most figures are about."""
    counted: dict[tuple[str, str], int] = {}
    for one in figures:
        if one.metric in dict(METRICS):
            counted[one.side, one.metric] = counted.get((one.side, one.metric), 0) + 1
    if not counted:
        return {}
    side, metric = max(counted, key=lambda key: (counted[key], key))
    return {"side": side, "metric": metric}


def _headlines(view: View, held: list[Estimate]) -> list[Estimate]:
    wanted = [Metric.RECRUITED, Metric.KILLED, Metric.CAPTURED_HELD]
    by_metric = {one.metric: one for one in held if one.country.code == ALL_FOREIGNERS}
    return [by_metric[metric] for metric in wanted if metric in by_metric]


def _widest(held: list[Estimate]) -> list[Estimate]:
    ranked = [
        one
        for one in held
        if one.country.kind == "country" and (one.dispersion or 1) > 1
    ]
    ranked.sort(key=lambda one: (-(one.dispersion or 0), one.key))
    return ranked[:WIDEST]


def _newest_figures(view: View) -> list[Figure]:
    return list(
        Figure.objects.published()
        .on_side(view.side)
        .filter(as_of__lte=view.as_of, status=Status.PUBLISHED, countable=True)
        .with_citations()
        .order_by("-as_of", "slug")[:NEWEST]
    )


def _sources(figures: list[Figure]) -> list[Source]:
    sources = {
        citation.source_id: citation.source
        for one in figures
        for citation in one.citations.all()
    }
    return sorted(sources.values(), key=lambda one: (one.publisher.name, one.slug))
