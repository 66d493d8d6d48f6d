"""The kinds of charts that have an address: what each asks for, and its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.charts.chart import Chart
from dashboard.charts.ranges import claims_chart, ranked_chart
from dashboard.forms import CountryForm, View, ViewForm
from recruitment.models import Country, Estimate, Figure


@dataclass(frozen=True)
class Kind:
    """How to make a chart of what an address asks for."""

    form: type[ViewForm]
    build: Callable[..., Chart]  # takes the view, and what else the form asks for


def ranked(view: View) -> Chart:
    held = Estimate.objects.as_of(view.as_of).under(view.policy).on_side(view.side)
    return ranked_chart(held.of_countries().counting([view.metric]).with_ends(), view)


def claims(view: View, country: Country) -> Chart:
    figures = Figure.objects.published().about(country.code).on_side(view.side)
    counted = figures.counting([view.metric]).filter(countable=True)
    newest_first = counted.with_citations().order_by("-as_of", "slug")
    return claims_chart(newest_first, country, view)


KINDS: dict[str, Kind] = {
    "ranked": Kind(ViewForm, ranked),
    "claims": Kind(CountryForm, claims),
}


def chart_of(kind: Kind, form: ViewForm) -> Chart:
    """Make the chart that a valid form asks for."""
    return kind.build(form.view(), **form.subject())
