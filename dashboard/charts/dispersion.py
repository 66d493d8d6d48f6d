"""How far the sources of one count lie apart: a line a count, as long as its ratio."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.charts import dispersion_drawing, dispersion_plot
from dashboard.charts.chart import Chart, Drawing, type_record, type_url
from dashboard.charts.ranges import country_url, figure_url
from dashboard.forms import View
from recruitment import wording
from recruitment.choices import Interest
from recruitment.estimates import RULES_VERSION
from recruitment.models import Estimate, Figure


@dataclass(frozen=True)
class Apart:
    """One count between its lowest accepted and its highest claimed number."""

    name: str
    count: str
    side: str
    url: type_url
    low: int
    high: int
    low_who: str  # who stands at the low end, and when
    high_who: str
    what: str = ""  # of count and side, what the title does not say for every line
    best: int | None = None
    is_open: bool = False
    is_strict: bool = False  # “more than” the low
    is_party: bool = False  # the best is a party's own-interest number
    is_one_origin: bool = False  # nobody but one origin stands at the ends
    low_url: type_url = ""
    high_url: type_url = ""

    @property
    def ratio(self) -> float:
        return self.high / self.low

    @property
    def times(self) -> str:
        return wording.times(self.ratio)

    @property
    def low_words(self) -> str:
        return f"more than {self.low:,}" if self.is_strict else f"{self.low:,}"

    @property
    def high_words(self) -> str:
        return f"{self.high:,} or more" if self.is_open else f"{self.high:,}"

    @property
    def whole_name(self) -> str:
        return f"{self.name}, {self.what}" if self.what else self.name

    @property
    def label(self) -> str:
        return (
            f"{self.whole_name}: {self.times}, from {self.low_words} ({self.low_who}) to"
            f" {self.high_words} ({self.high_who})"
        )


@dataclass(frozen=True, kw_only=True)
class DispersionChart(Chart):
    kind = "dispersion"
    key_template = "dashboard/charts/dispersion_key.html"
    is_plotted = True
    columns = {
        "name": "Country",
        "count": "Count",
        "side": "Side",
        "times": "Apart",
        "low": "Lowest",
        "low_who": "Who says so",
        "high": "Highest",
        "is_open": "Or more",
        "high_who": "Who claims it",
        "best": "Best",
        "is_one_origin": "One origin at both ends",
        "page": "Page",
        "low_page": "Page of the lowest",
        "high_page": "Page of the highest",
    }
    rows: tuple[Apart, ...]

    def records(self) -> list[type_record]:
        return [
            {
                "name": row.name,
                "count": row.count,
                "side": row.side,
                "times": row.times,
                "low": row.low,
                "low_who": row.low_who,
                "high": row.high,
                "is_open": row.is_open,
                "high_who": row.high_who,
                "best": row.best,
                "is_one_origin": row.is_one_origin,
                "page": row.url,
                "low_page": row.low_url or None,
                "high_page": row.high_url or None,
            }
            for row in self.rows
        ]

    @cached_property
    def drawings(self) -> list[Drawing]:
        return dispersion_drawing.drawings(self.rows)

    def spec(self) -> dict[str, Any]:
        return dispersion_plot.spec(self.rows)

    @property
    def scale_name(self) -> str:
        return "logarithmic scale"


def dispersion_chart(estimates: Iterable[Estimate], view: View) -> DispersionChart:
    """Set counts under each other, the widest apart first, as multiples of their lowest."""
    rows = tuple(_apart(one, view) for one in estimates)
    what = " on the ".join(
        part
        for part in (
            view.metric_label.lower() if view.metric else "",
            view.side_label if view.side else "",
        )
        if part
    )
    return DispersionChart(
        query=view.query(),
        title="Where sources disagree most" + (f": {what}" if what else ""),
        summary=_in_words(rows),
        rows=rows,
        empty=(
            "No count here has both an accepted lowest and a higher claim. That is no"
            " agreement: where one origin counts, nobody can disagree."
        ),
        note=(
            f"As of {wording.day(view.as_of)} · rules {RULES_VERSION} · groups of"
            " countries left out"
        ),
    )


def _apart(estimate: Estimate, view: View) -> Apart:
    low, high = estimate.low_figure, estimate.high_figure
    if estimate.low is None or estimate.high is None:
        raise ValueError(f"{estimate.key} has no two ends")
    count = estimate.get_metric_display().lower()
    side = estimate.get_side_display()
    best = estimate.best_figure
    return Apart(
        name=estimate.country.name,
        count=count,
        side=side,
        what=", ".join(
            told
            for told, by_title in ((count, view.metric), (side, view.side))
            if not by_title
        ),
        url=country_url(
            estimate.country_id,
            side=estimate.side,
            metric=estimate.metric,
            policy=estimate.policy,
        ),
        low=estimate.low,
        best=estimate.best,
        high=estimate.high,
        low_who=_who(low) if low else wording.sum_in_words(estimate.low_sum_of),
        high_who=_who(high) if high else wording.sum_in_words(estimate.low_sum_of),
        is_open=estimate.high_open,
        is_strict=estimate.low_strict,
        is_party=bool(best and best.interest == Interest.WITH),
        is_one_origin=estimate.origins == 1,
        low_url=figure_url(low),
        high_url=figure_url(high),
    )


def _who(figure: Figure) -> str:
    return f"{wording.who(figure)}, {wording.day(figure.as_of, figure.as_of_precision)}"


def _in_words(rows: tuple[Apart, ...]) -> str:
    if not rows:
        return ""
    first = rows[0]
    alone = sum(row.is_one_origin for row in rows)
    sentence = f"{first.label}."
    if alone and rows[1:]:
        sentence += (
            f" In {alone} of {len(rows)} lines both ends come from one origin, which says"
            " more than one thing."
        )
    return sentence
