"""One figure by itself, for the page of a newspaper or a link preview."""

from __future__ import annotations

from django.utils.http import urlencode

from dashboard.charts.ranges import RangeChart, claim_row
from recruitment import wording
from recruitment.choices import Status
from recruitment.models import Figure


class FigureChart(RangeChart):
    kind = "figure"
    columns = {**RangeChart.columns, "name": "Claimant", "who_says": "Claim"}


def figure_chart(figure: Figure) -> FigureChart:
    """Draw one claim as the row that it has among others, under its own sentence."""
    side, value = figure.get_side_display(), wording.in_words(figure)
    notes = [f"“{figure.wording}”", f"scope: {figure.get_scope_display().lower()}"]
    if figure.status != Status.PUBLISHED:
        notes.append(figure.get_status_display().lower())
    return FigureChart(
        query=_query(figure),
        title=f"{_counted(figure)}, {side}: {value}",
        summary=figure.summary,
        rows=(claim_row(figure),),
        note=" · ".join(notes),
    )


def figure_unknown(figure: Figure) -> FigureChart:
    """Say that a figure was not on record yet, without telling what it says."""
    return FigureChart(
        query=_query(figure),
        title=_counted(figure),
        rows=(),
        empty="The record did not have this figure then.",
    )


def _counted(figure: Figure) -> str:
    return f"{figure.country.name}, {figure.get_metric_display().lower()}"


def _query(figure: Figure) -> str:
    return urlencode({"figure": figure.slug})
