"""Charts of ranges: a name a line, and on one scale its lowest, best and highest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.http import urlencode

from dashboard.charts import range_drawing, range_plot
from dashboard.charts.chart import Chart, Drawing, type_record, type_url
from dashboard.forms import View
from recruitment import wording
from recruitment.choices import Interest, Label
from recruitment.estimates import RULES_VERSION
from recruitment.models import Country, Estimate, Figure


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


@dataclass(frozen=True, kw_only=True)
class RangeChart(Chart):
    """Ranges under each other; each row leads to the claims behind it."""

    key_template = "dashboard/charts/range_key.html"
    key = (
        "Tick: lowest accepted. Filled: best. Hollow: highest claimed, or a party’s"
        " own-interest figure. Dots: only claimed from above. Arrow: or more."
    )
    is_plotted = True
    columns = {
        "name": "Name",
        "as_of": "As of",
        "low": "Lowest",
        "best": "Best",
        "high": "Highest",
        "is_open": "Or more",
        "in_words": "In words",
        "support": "Support",
        "who_says": "Who says so",
        "page": "Page",
        "low_page": "Page of the lowest",
        "best_page": "Page of the best",
        "high_page": "Page of the highest",
    }
    rows: tuple[Row, ...]

    def records(self) -> list[type_record]:
        return [
            {
                "name": row.name,
                "as_of": row.when or None,
                "low": row.low,
                "best": row.best,
                "high": row.high,
                "is_open": row.is_open,
                "in_words": row.value,
                "support": row.grade or None,
                "who_says": row.detail,
                "page": row.url,
                "low_page": row.low_url or None,
                "best_page": row.best_url or None,
                "high_page": row.high_url or None,
            }
            for row in self.rows
        ]

    @cached_property
    def drawings(self) -> list[Drawing]:
        return range_drawing.drawings(self.rows)

    def spec(self) -> dict[str, Any]:
        return range_plot.spec(self.rows)

    @property
    def scale_name(self) -> str:
        return range_drawing.scale_of(self.rows).name


class RankedChart(RangeChart):
    kind = "ranked"
    columns = {**RangeChart.columns, "name": "Country"}


class ClaimsChart(RangeChart):
    kind = "claims"
    columns = {**RangeChart.columns, "name": "Claimant", "who_says": "Claim"}


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


def ranked_chart(estimates: Iterable[Estimate], view: View) -> RankedChart:
    """Rank countries by their best figure, else by floor, else by highest claim."""
    rows = [
        estimate_row(estimate)
        for estimate in estimates
        if (estimate.low, estimate.best, estimate.high) != (None, None, None)
    ]
    rows.sort(key=lambda row: (-(row.best or row.low or row.high or 0), row.name))
    return RankedChart(
        query=view.query(),
        title=f"{view.metric_label}, {view.side_label}, by country",
        summary=_ranking_in_words(rows),
        rows=tuple(rows),
        empty=(
            f"No figure that still holds counts “{view.metric_label.lower()}” on the"
            f" {view.side_label} by country. That is no zero: nobody whom the record"
            " knows has said a number."
        ),
        note=f"As of {wording.day(view.as_of)} · rules {RULES_VERSION}",
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


def claims_chart(
    figures: Iterable[Figure], country: Country, view: View
) -> ClaimsChart:
    """Set every claim on one scale, newest first; no line joins two claims."""
    rows = tuple(claim_row(figure) for figure in figures)
    claimants = len({row.name for row in rows})
    return ClaimsChart(
        query=view.query(country=country.code),
        title=(
            f"{country.name}: {view.metric_label.lower()}, {view.side_label},"
            " who says what"
        ),
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
    )
