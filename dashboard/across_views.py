"""The pages that look across countries: to compare, who disagrees, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.chart_views import not_understood
from dashboard.charts.across import board, first_of
from dashboard.charts.compare import compare_chart
from dashboard.charts.dispersion import dispersion_chart
from dashboard.charts.map import AT_WAR
from dashboard.disagreements import contested
from dashboard.forms import METRICS, MOST_COMPARED, BoardForm, CompareForm, View
from dashboard.uncounted import LEFT_OUT, Gap, by_reason, nearest
from recruitment.choices import CountryKind, Policy, Side
from recruitment.estimates import CUMULATIVE, ESTIMATED, STOCK
from recruitment.models import Conflict, Country, Estimate, Figure, Presence
from recruitment.querysets import FigureQuerySet
from recruitment.reading import type_key

# A count so far and a state of things on a day are never set side by side.
CLASSES = (("So far", CUMULATIVE), ("On that day", STOCK))


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Set a few countries side by side: one count on one scale, and all counts in words."""
    form = CompareForm(request.GET)
    if not form.is_valid():
        return not_understood(request, form)
    view = form.view()
    asked = form.subject()["countries"]
    countries = asked or first_of(view)
    held = Estimate.objects.as_of(view.as_of).under(view.policy).on_side(view.side)
    estimates = list(held.about(*(one.code for one in countries)).with_ends())
    mine = [one for one in estimates if one.metric == view.metric]
    chart = compare_chart(mine, countries, view)
    return render(
        request,
        "dashboard/compare.html",
        {
            "view": view,
            "form": form,
            "chart": chart,
            "records": chart.records(),
            "asked": asked,
            "countries": countries,
            "can_add": len(asked) < MOST_COMPARED,
            "most": MOST_COMPARED,
            "known": Country.objects.with_figure_counts().filter(figure_count__gt=0),
            "classes": _classes(countries, estimates),
        },
    )


def _classes(
    countries: Sequence[Country], estimates: Sequence[Estimate]
) -> list[tuple[str, list[tuple[str, str, list[Estimate | None]]]]]:
    """Give each class of counts with its rows: value, label, and an estimate a country."""
    by_key = {(one.metric, one.country_id): one for one in estimates}
    counted = {one.metric for one in estimates}
    return [
        (
            name,
            [
                (metric, label, [by_key.get((metric, one.code)) for one in countries])
                for metric, label in METRICS
                if metric in metrics and metric in counted
            ],
        )
        for name, metrics in CLASSES
        if metrics & counted
    ]


@require_safe
def disagreements(request: HttpRequest) -> HttpResponse:
    """Show where sources disagree most, who contradicts whom, and who is alone."""
    form = BoardForm(request.GET)
    if not form.is_valid():
        return not_understood(request, form)
    view = form.view()
    chart = dispersion_chart(board(view).widest().with_ends(), view)
    conflicts = Conflict.objects.between(_figures(view)).with_both()
    alone = board(view).of_one_origin().with_ends()
    return render(
        request,
        "dashboard/disagreements.html",
        {
            "view": view,
            "form": form,
            "chart": chart,
            "records": chart.records(),
            "contested": contested(conflicts.contradictions()),
            "revisions": conflicts.revisions().order_by("-other__as_of", "key"),
            "alone": alone.order_by("country__name", "key"),
        },
    )


@require_safe
def uncounted(request: HttpRequest) -> HttpResponse:
    """Show each count that has no best figure with its reason, and who is only named."""
    form = BoardForm(request.GET)
    if not form.is_valid():
        return not_understood(request, form)
    view = form.view()
    gaps = _gaps(view)
    return render(
        request,
        "dashboard/uncounted.html",
        {
            "view": view,
            "form": form,
            "reasons": by_reason(gaps),
            "counts": len(gaps),
            "countries": len({gap.estimate.country_id for gap in gaps}),
            "named": _only_named(view),
            "unnamed": _unnamed(view),
        },
    )


def _figures(view: View) -> FigureQuerySet:
    """Choose what the estimates of a view may rest on."""
    figures = Figure.objects.usable().as_of_by(view.as_of).under(view.policy)
    figures = figures.counting([view.metric] if view.metric else ESTIMATED)
    return figures.on_side(view.side) if view.side else figures


def _gaps(view: View) -> list[Gap]:
    """Give the counts without a best figure, each with the claim nearest to one."""
    empty = board(view).filter(best__isnull=True).select_related("country")
    gaps = [Gap(one, one.reason) for one in empty]
    if view.policy != Policy.ALL:
        known = board(view).values("key")
        whole = replace(view, policy=Policy.ALL)
        left_out = board(whole).exclude(key__in=known).select_related("country")
        gaps += [Gap(one, LEFT_OUT) for one in left_out]
    newest = _newest(view)
    slugs = [nearest(gap, newest) for gap in gaps]
    cited = Figure.objects.published().with_citations()
    figures = {one.slug: one for one in cited.filter(slug__in=filter(None, slugs))}
    return [
        replace(gap, evidence=figures.get(slug or ""))
        for gap, slug in zip(gaps, slugs, strict=True)
    ]


def _newest(view: View) -> dict[type_key, str]:
    """Give the slug of the newest figure of each count."""
    rows = _figures(view).order_by("as_of", "slug")
    return {
        (code, side, metric): slug
        for code, side, metric, slug in rows.values_list(
            "country__code", "side", "metric", "slug"
        )
    }


def _sides(view: View) -> list[str]:
    return [view.side] if view.side else list(Side.values)


def _only_named(view: View) -> list[Presence]:
    """Give who names nationals of countries about which there is no figure on a side."""
    told = Presence.objects.published().told_by(view.as_of)
    found: list[Presence] = []
    for side in _sides(view):
        counted = Country.objects.counted_on(side, view.as_of)
        named = told.on_side(side).exclude(country__in=counted).with_citations()
        found += named.select_related("country", "claimant")
    return sorted(found, key=lambda one: (one.country.name, one.slug))


def _unnamed(view: View) -> int:
    """Count the countries about which the record has neither a figure nor a name."""
    silent = Country.objects.filter(kind=CountryKind.COUNTRY).exclude(code__in=AT_WAR)
    for side in _sides(view):
        told = Presence.objects.published().on_side(side).told_by(view.as_of)
        silent = silent.exclude(
            Q(pk__in=Country.objects.counted_on(side, view.as_of))
            | Q(pk__in=told.values("country"))
        )
    return silent.count()
