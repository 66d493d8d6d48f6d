"""Rows to charts. A chart is one object told several ways, from the same rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.http import urlencode

from dashboard.forms import View
from recruitment import wording
from recruitment.choices import Interest, Label
from recruitment.estimates import RULES_VERSION
from recruitment.models import Country, Estimate, Figure

type_url = str


@dataclass(frozen=True)
class Row:
    """One line of a chart: a name, up to three numbers, and where they come from."""

    name: str
    url: type_url
    value: str  # the range in words
    detail: str  # who says so
    when: str = ""  # the day of the claim, in a column of its own
    low: int | None = None
    best: int | None = None
    high: int | None = None
    is_open: bool = False
    is_party: bool = False  # a party's own-interest number: a hollow mark
    grade: str = ""
    low_url: type_url = ""
    best_url: type_url = ""
    high_url: type_url = ""

    @property
    def numbers(self) -> list[int]:
        return [one for one in (self.low, self.best, self.high) if one is not None]

    @property
    def top(self) -> int:
        return max(self.numbers, default=0)


@dataclass(frozen=True)
class Chart:
    """A title, a sentence and rows; drawn by drawing.py and plots.py."""

    slug: str
    title: str
    summary: str
    rows: tuple[Row, ...]
    empty: str  # what to say where there are no rows
    note: str = ""  # as-of day and rules
    plotly_url: type_url = ""
    json_url: type_url = ""  # the rows in the API


def figure_url(figure: Figure | None) -> type_url:
    return reverse("figure", args=[figure.slug]) if figure else ""


def country_url(code: str, **view: str) -> type_url:
    return f"{reverse('country', args=[code])}?{urlencode(view)}#claims"


def estimate_row(estimate: Estimate) -> Row:
    """Give the row of one key; it leads to the claims behind it."""
    chosen = estimate.best_figure or estimate.high_figure
    return Row(
        name=estimate.country.name,
        url=country_url(
            estimate.country.code,
            side=estimate.side,
            metric=estimate.metric,
            policy=estimate.policy,
        ),
        value=wording.span(estimate),
        detail=wording.who_says(estimate),
        low=estimate.low,
        best=estimate.best,
        high=estimate.high,
        is_open=estimate.high_open,
        is_party=estimate.label == Label.D
        or bool(chosen and chosen.interest == Interest.WITH),
        grade=estimate.label,
        low_url=figure_url(estimate.low_figure),
        best_url=figure_url(estimate.best_figure),
        high_url=figure_url(estimate.high_figure),
    )


def claim_row(figure: Figure) -> Row:
    """Give the row of one claim; it leads to the figure's own page."""
    is_point = figure.low is not None and figure.low == figure.high
    url = figure_url(figure)
    return Row(
        name=wording.who(figure),
        url=url,
        value=wording.in_words(figure),
        detail=figure.summary,
        when=wording.day(figure.as_of, figure.as_of_precision),
        low=None if is_point else figure.low,
        best=figure.low if is_point else None,
        high=None
        if is_point or figure.qualifier == "order_of_magnitude"
        else figure.high,
        is_open=figure.qualifier in {"at_least", "more_than", "order_of_magnitude"},
        is_party=figure.interest == Interest.WITH,
        low_url=url,
        best_url=url,
        high_url=url,
    )


def ranked_chart(estimates: Iterable[Estimate], view: View) -> Chart:
    """Rank countries by their best figure, else by floor, else by highest claim."""
    rows = [
        estimate_row(estimate)
        for estimate in estimates
        if (estimate.low, estimate.best, estimate.high) != (None, None, None)
    ]
    rows.sort(key=lambda row: (-(row.best or row.low or row.high or 0), row.name))
    return Chart(
        slug="ranked",
        title=f"{view.metric_label}, {view.side_label}, by country",
        summary=_ranking_in_words(rows),
        rows=tuple(rows),
        empty=(
            f"No figure that still holds counts “{view.metric_label.lower()}” on the"
            f" {view.side_label} by country. That is no zero: nobody whom the record"
            " knows has said a number."
        ),
        note=f"As of {wording.day(view.as_of)} · rules {RULES_VERSION}",
        plotly_url=f"{reverse('ranked-plotly')}?{view.query()}",
        json_url=f"{reverse('estimate-list')}?{view.query()}",
    )


def _ranking_in_words(rows: list[Row]) -> str:
    if not rows:
        return ""
    first = rows[0]
    if len(rows) == 1:
        return f"Only {first.name} is counted: {first.value} ({first.detail})."
    floors = sum(row.best is None and row.low is not None for row in rows)
    sentence = f"{first.name} comes first with {first.value} ({first.detail})."
    if floors:
        sentence += (
            f" For {floors} of {len(rows)} countries there is a floor but no best figure:"
            " lists and partial counts, which prove a minimum and no more."
        )
    return sentence


def claims_chart(figures: Iterable[Figure], country: Country, view: View) -> Chart:
    """Set every claim on one scale, newest first; no line joins two claims."""
    key = {"country": country.code, "side": view.side, "metric": view.metric}
    address = reverse("country-plotly", args=[country.code])
    rows = tuple(claim_row(figure) for figure in figures)
    claimants = len({row.name for row in rows})
    return Chart(
        slug="claims",
        title=f"{view.metric_label}, {view.side_label}: who says what",
        summary=(
            f"{len(rows)} claims by {claimants} claimant{pluralize(claimants)}."
            if rows[1:]
            else ""
        ),
        rows=rows,
        empty=(
            f"Nobody whom the record knows has given a number for {country.name} here. That"
            " is no zero."
        ),
        note="Newest first",
        plotly_url=f"{address}?{view.query()}",
        json_url=f"{reverse('figure-list')}?{urlencode(key)}",
    )
