"""Every figure of one claimant on one scale, where they count the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.template.defaultfilters import pluralize
from django.utils.http import urlencode

from dashboard.charts.ranges import RangeChart, claim_row
from recruitment.choices import Metric, Side
from recruitment.models import Claimant, Figure


class ClaimantChart(RangeChart):
    kind = "claimant"
    columns = {**RangeChart.columns, "name": "Country", "who_says": "Claim"}


def claimant_chart(claimant: Claimant, figures: Sequence[Figure]) -> ClaimantChart:
    """Set a claimant's figures under each other; several counts have no common scale."""
    counted = [one for one in figures if one.countable]
    counts = {(one.side, one.metric) for one in counted}
    rows = [replace(claim_row(one), name=one.country.name) for one in counted]
    is_one = len(counts) == 1
    title = claimant.name
    if is_one:
        [(side, metric)] = counts
        title = f"{title}: {Metric(metric).label.lower()}, {Side(side).label}"
    countries = len({row.name for row in rows})
    return ClaimantChart(
        query=urlencode({"claimant": claimant.slug}),
        title=title,
        summary=(
            f"{len(rows)} figure{pluralize(len(rows))} about {countries}"
            f" countr{pluralize(countries, 'y,ies')}."
            if is_one
            else ""
        ),
        rows=tuple(rows) if is_one else (),
        empty=(
            "Its figures are about several counts, which have no scale in common: they"
            " stand in the table."
            if counts
            else "It has given no figure that counts."
        ),
        note="Newest first",
    )
