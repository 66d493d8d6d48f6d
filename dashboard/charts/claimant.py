"""One claimant's figures of one count, on one scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.template.defaultfilters import pluralize
from django.utils.http import urlencode

from dashboard.charts.ranges import RangeChart, claim_row
from recruitment.choices import Metric, Side
from recruitment.models import Claimant, Figure


@dataclass(frozen=True, kw_only=True)
class ClaimantChart(RangeChart):
    side: str = ""
    metric: str = ""

    kind = "claimant"
    columns = {**RangeChart.columns, "name": "Country", "who_says": "Claim"}


def claimant_chart(
    claimant: Claimant, figures: Iterable[Figure], side: str = "", metric: str = ""
) -> ClaimantChart:
    """Set the figures of one count under each other; of the one most told, unless asked.

    Several counts have no scale in common.
    """
    countable = [one for one in figures if one.countable and not one.is_retracted]
    asked = [one for one in countable if side in ("", one.side)]
    asked = [one for one in asked if metric in ("", one.metric)]
    counts = Counter((one.side, one.metric) for one in asked)
    side, metric = max(
        counts, key=lambda one: (counts[one], one), default=(side, metric)
    )
    rows = [
        replace(claim_row(one), name=one.country.name)
        for one in asked
        if (one.side, one.metric) == (side, metric)
    ]
    names = (Metric(metric).label if metric else "", Side(side).label if side else "")
    countries = len({row.name for row in rows})
    view = {"claimant": claimant.slug, "side": side, "metric": metric}
    return ClaimantChart(
        side=side,
        metric=metric,
        query=urlencode({name: one for name, one in view.items() if one}),
        title=": ".join(filter(None, (claimant.name, ", ".join(filter(None, names))))),
        summary=(
            f"{len(rows)} figure{pluralize(len(rows))} about {countries}"
            f" countr{pluralize(countries, 'y,ies')}."
            if rows
            else ""
        ),
        rows=tuple(rows),
        empty="It has given no figure of this count.",
        note="Newest first",
    )
