"""The charts of the record as it was at a moment.

Each builder gives its chart, and the public ids of what it shows by kind of row: of what
was there then, and of what would be there now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q

from dashboard.charts.across import COMPARED
from dashboard.charts.chart import Chart
from dashboard.charts.claimant import claimant_chart
from dashboard.charts.compare import compare_chart
from dashboard.charts.dispersion import dispersion_chart
from dashboard.charts.figure import figure_chart, figure_unknown
from dashboard.charts.incentives import incentives_chart
from dashboard.charts.lineage_way import (
    figure_lineage,
    lineage_unknown,
    source_lineage,
)
from dashboard.charts.map import map_chart
from dashboard.charts.over_time import over_time_chart
from dashboard.charts.ranges import claims_chart, ranked_chart
from dashboard.charts.records import figures_of_claimant, responses_told
from dashboard.charts.responses import responses_chart
from dashboard.forms import View
from recruitment.choices import CountryKind, Resource
from recruitment.models import (
    Citation,
    Claimant,
    Country,
    Estimate,
    Figure,
    Incentive,
    Presence,
    Response,
    Source,
)
from recruitment.models.base import Record
from recruitment.past import published_at, rows_known_at
from recruitment.past_records import pages_in_lineage_at, records_at
from recruitment.past_series import revisions_known_at, series_known_at
from recruitment.reading import public_id
from recruitment.rebuilding import OWN_STATE

type_shown = dict[str, set[str]]
type_then = tuple[Chart, type_shown]
type_dated = TypeVar("type_dated", Figure, Response)


def ranked(moment: datetime, view: View) -> type_then:
    rows = _board(moment, view)
    return ranked_chart(rows, view), _estimates(rows, view)


def dispersion(moment: datetime, view: View) -> type_then:
    rows = _board(moment, view)
    apart = [one for one in rows if one.low and one.high and one.high > one.low]
    apart.sort(key=lambda one: (-(one.high or 0) / (one.low or 1), one.key))
    return dispersion_chart(apart, view), _estimates(apart, view)


def world(moment: datetime, view: View) -> type_then:
    rows = _board(moment, view)
    figures = published_at(moment).filter(side=view.side, as_of__lte=view.as_of)
    counted = Country.objects.filter(
        kind=CountryKind.COUNTRY,
        pk__in=set(figures.values_list("country_id", flat=True)),
    )
    named = [
        one
        for one in records_at(Presence, moment, side=view.side)
        if any(_is_told_by(view.as_of, cited) for cited in one.citations.all())
    ]
    presence = Presence.objects.published().on_side(view.side)
    shown = _estimates(rows, view) | {Resource.PRESENCE: _slugs(named, presence)}
    return map_chart(rows, counted, named, view), shown


def _is_told_by(day: date, cited: Citation) -> bool:
    return cited.source.published is None or cited.source.published <= day


def compare(moment: datetime, view: View, countries: Sequence[Country]) -> type_then:
    codes = [country.code for country in countries]
    held = _board(moment, view, codes)
    if not countries:
        first = [one for one in held if _stands_for(one) is not None]
        first.sort(key=lambda one: (-(_stands_for(one) or 0), one.key))
        countries = [one.country for one in first[:COMPARED]]
    keys = {public_id((one.code, view.side, view.metric)) for one in countries}
    return compare_chart(held, countries, view), {Resource.ESTIMATES: keys}


def _stands_for(one: Estimate) -> int | None:
    known = (one.best, one.low, one.high)
    return next((number for number in known if number is not None), None)


def _board(moment: datetime, view: View, codes: Sequence[str] = ()) -> list[Estimate]:
    """Give the estimates of countries in a view of one side or both, or every count.

    What nobody had counted by the view's day has no row, as where they are stored.
    """
    return [
        row
        for row in rows_known_at(moment, view.as_of, view.policy, codes)
        if row.reason != "no_figure"
        and view.side in ("", row.side)
        and view.metric in ("", row.metric)
        and row.country.kind == CountryKind.COUNTRY
        and row.country_id != OWN_STATE[row.side]
    ]


def _estimates(rows: Iterable[Estimate], view: View) -> type_shown:
    now = Estimate.objects.of_countries().as_of(view.as_of).under(view.policy)
    now = now.on_side(view.side) if view.side else now
    now = now.counting([view.metric]) if view.metric else now
    keys = {row.key for row in rows}
    return {Resource.ESTIMATES: keys.union(now.values_list("key", flat=True))}


def claims(moment: datetime, view: View, country: Country) -> type_then:
    figures = _about(moment, view, country)
    return claims_chart(figures, country, view), _figures(figures, view, country)


def over_time(moment: datetime, view: View, country: Country) -> type_then:
    key = (country.code, view.side, view.metric)
    figures = _about(moment, view, country)
    chart = over_time_chart(
        figures,
        series_known_at(key, moment, view.policy),
        revisions_known_at(key, moment),
        country,
        view,
    )
    shown = _figures(figures, view, country)
    return chart, shown | {Resource.ESTIMATES: {public_id(key)}}


def _about(moment: datetime, view: View, country: Country) -> list[Figure]:
    count = {"side": view.side, "metric": view.metric, "countable": True}
    figures = records_at(Figure, moment, country=country, **count)
    held = [one for one in figures if not one.is_retracted]
    return _newest_first(held, "as_of")


def _figures(figures: Iterable[Figure], view: View, country: Country) -> type_shown:
    now = Figure.objects.published().about(country.code).on_side(view.side)
    return {Resource.FIGURES: _slugs(figures, now.counting([view.metric]))}


def figure(moment: datetime, figure: Figure) -> type_then:
    held = records_at(Figure, moment, id=figure.pk)
    shown: type_shown = {Resource.FIGURES: {figure.slug}}
    return (figure_chart(held[0]) if held else figure_unknown(figure)), shown


def claimant(
    moment: datetime, claimant: Claimant, side: str = "", metric: str = ""
) -> type_then:
    theirs = Q(claimant_id=claimant.pk) | Q(evidence_origin_id=claimant.pk)
    figures = _newest_first(records_at(Figure, moment, theirs), "as_of")
    chart = claimant_chart(claimant, figures, side, metric)
    count = (chart.side, chart.metric)
    then = [one for one in figures if (one.side, one.metric) == count]
    now = figures_of_claimant(claimant).on_side(chart.side).counting([chart.metric])
    return chart, {Resource.FIGURES: _slugs(then, now)}


def responses(
    moment: datetime, country: Country | None = None, kind: str = ""
) -> type_then:
    asked = {"country": country, "kind": kind}
    wanted = {name: one for name, one in asked.items() if one}
    told = _newest_first(records_at(Response, moment, **wanted), "date")
    shown: type_shown = {
        Resource.RESPONSES: _slugs(told, responses_told(country, kind))
    }
    return responses_chart(told, country, kind), shown


def incentives(
    moment: datetime, side: str = "", country: Country | None = None
) -> type_then:
    asked = {"country": country, "side": side}
    wanted = {name: one for name, one in asked.items() if one}
    told = records_at(Incentive, moment, countable=True, **wanted)
    told.sort(key=lambda one: (one.country.name, one.kind, one.slug))
    now = Incentive.objects.published().filter(**wanted)
    return incentives_chart(told, side, country), {
        Resource.INCENTIVES: _slugs(told, now)
    }


def lineage(
    moment: datetime, figure: Figure | None = None, source: Source | None = None
) -> type_then:
    """Draw the way of a figure, or of a page, by the links that were on record."""
    if source:
        pages = pages_in_lineage_at(moment, [source.pk], below=True)
        now = Source.objects.in_lineage_of(source.pk, below=True)
        was_there = source.pk in {page.pk for page in pages}
        chart = source_lineage(source, pages) if was_there else lineage_unknown(source)
        return chart, {Resource.SOURCES: _slugs(pages, now)}
    if figure is None:
        raise ValueError("A lineage is that of a figure or of a source.")
    held = records_at(Figure, moment, id=figure.pk)
    cited = [citation for one in held for citation in one.citations.all()]
    pages = pages_in_lineage_at(moment, [one.source_id for one in cited])
    sources = figure.citations.values("source_id")
    chart = figure_lineage(held[0], pages) if held else lineage_unknown(figure)
    return chart, {
        Resource.FIGURES: {figure.slug},
        Resource.CITATIONS: _slugs(cited, figure.citations.all()),
        Resource.SOURCES: _slugs(pages, Source.objects.filter(pk__in=sources)),
    }


def _newest_first(held: Iterable[type_dated], day: str) -> list[type_dated]:
    """Put what has no day last, as the querysets do."""
    return sorted(
        held,
        key=lambda one: (
            -getattr(one, day).toordinal() if getattr(one, day) else 0,
            one.slug,
        ),
    )


def _slugs(*held: Iterable[Record | Citation | Source]) -> set[str]:
    return {one.slug for rows in held for one in rows}
