"""A few countries on one scale, for one count and side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.text import get_text_list

from dashboard.charts.ranges import RangeChart, Row, country_url, estimate_row
from dashboard.forms import View
from recruitment import wording
from recruitment.estimates import RULES_VERSION
from recruitment.models import Country, Estimate


class CompareChart(RangeChart):
    kind = "compare"
    columns = {**RangeChart.columns, "name": "Country"}

    @property
    def has_gaps(self) -> bool:
        return any(not row.numbers for row in self.rows)


def compare_chart(
    estimates: Iterable[Estimate], countries: Sequence[Country], view: View
) -> CompareChart:
    """Set countries under each other as they were chosen; who has no figure stays."""
    held = {one.country_id: one for one in estimates}
    rows = tuple(_row(country, held.get(country.code), view) for country in countries)
    names = [country.name for country in countries]
    return CompareChart(
        query=view.query(country=[country.code for country in countries]),
        title=f"{view.metric_label}, {view.side_label}: {get_text_list(names, 'and')}",
        summary=" ".join(f"{row.name}: {row.value}." for row in rows),
        rows=rows,
        empty="Choose one country or more.",
        note=f"As of {wording.day(view.as_of)} · rules {RULES_VERSION}",
    )


def _row(country: Country, estimate: Estimate | None, view: View) -> Row:
    if estimate is not None:
        return estimate_row(estimate)
    return Row(
        name=country.name,
        url=country_url(
            country.code, side=view.side, metric=view.metric, policy=view.policy
        ),
        value="no figure",
        detail=wording.REASONS["no_figure"],
    )
