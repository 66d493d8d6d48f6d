"""Claims over time: each at its day, before the range that the rules made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.template.defaultfilters import pluralize

from dashboard.charts import time_drawing, time_plot
from dashboard.charts.chart import Chart, Drawing, type_record, type_url
from dashboard.charts.ranges import claim_row, country_url, figure_url
from dashboard.charts.time_axis import START
from dashboard.forms import View
from recruitment import wording
from recruitment.choices import Policy, Precision, Role
from recruitment.estimates import RULES_VERSION
from recruitment.models import Conflict, Country, Estimate, Figure

# Around words of a page, which may be written from right to left.
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one claimant said of one day."""

    claimant: str
    value: str  # the bounds in words
    wording: str  # the page's own words
    publisher: str  # of the page that carries it
    url: type_url
    day: date | None
    precision: str = Precision.DAY
    low: int | None = None
    best: int | None = None
    high: int | None = None
    is_open: bool = False
    is_party: bool = False  # a party's own-interest number: a hollow mark

    @property
    def numbers(self) -> list[int]:
        return [one for one in (self.low, self.best, self.high) if one is not None]

    @property
    def when(self) -> str:
        return wording.day(self.day, self.precision)

    @property
    def quoted(self) -> str:
        return f"“{ISOLATE}{self.wording}{END_ISOLATE}”"

    @property
    def told(self) -> str:
        """Tell who said what, when, in which words and where."""
        return (
            f"{self.claimant}, {self.when}: {self.value}. {self.quoted}"
            f" ({self.publisher})"
        )


@dataclass(frozen=True, kw_only=True)
class Interval:
    """What the rules made of the claims, and the days on which it holds."""

    from_day: date
    to_day: date | None
    value: str  # the range in words
    detail: str  # who stands at each end
    low: int | None = None
    best: int | None = None
    high: int | None = None
    is_open: bool = False
    is_revised_down: bool = False
    grade: str = ""
    low_url: type_url = ""
    best_url: type_url = ""
    high_url: type_url = ""

    @property
    def numbers(self) -> list[int]:
        return [one for one in (self.low, self.best, self.high) if one is not None]


@dataclass(frozen=True)
class Break:
    """The day on which somebody took a higher figure back."""

    day: date
    note: str
    detail: str
    url: type_url


@dataclass(frozen=True, kw_only=True)
class OverTimeChart(Chart):
    """Claims at their days; no line joins two of them."""

    kind = "over-time"
    key_template = "dashboard/charts/over_time_key.html"
    key = (
        "Filled: a claim at its day. Hollow: highest of a range, or a party’s"
        " own-interest figure. Tick: lowest. Arrow: or more. Bar: only the month or year"
        " is known. Band: lowest accepted to highest claimed. Steps: best."
    )
    is_plotted = True
    columns = {
        "day": "Day",
        "series": "What",
        "precision": "Known to the",
        "to_day": "Before",
        "claimant": "Claimant",
        "low": "Lowest",
        "best": "Best",
        "high": "Highest",
        "is_open": "Or more",
        "is_party": "A party’s own",
        "is_revised_down": "Revised down",
        "in_words": "In words",
        "support": "Support",
        "wording": "Words of the page",
        "publisher": "Published by",
        "page": "Page",
        "low_page": "Page of the lowest",
        "best_page": "Page of the best",
        "high_page": "Page of the highest",
    }

    rows: tuple[Claim | Interval, ...]
    breaks: tuple[Break, ...] = ()
    until: date

    @cached_property
    def claims(self) -> list[Claim]:
        return [row for row in self.rows if isinstance(row, Claim)]

    @cached_property
    def intervals(self) -> list[Interval]:
        return [row for row in self.rows if isinstance(row, Interval)]

    def records(self) -> list[type_record]:
        """Give the claims, and after them the range day by day, told apart by series."""
        nothing = dict.fromkeys(self.columns)
        return [
            {**nothing, **record}
            for record in (
                *map(_record_of_claim, self.claims),
                *map(_record_of_interval, self.intervals),
            )
        ]

    @cached_property
    def drawings(self) -> list[Drawing]:
        return time_drawing.drawings(self)

    def beginnings(self) -> Iterator[Chart]:
        """Give the chart alone: a part of its rows would tell another story."""
        yield self

    def spec(self) -> dict[str, Any]:
        return time_plot.spec(self)

    @property
    def scale_name(self) -> str:
        return time_drawing.scale_of(self).name


def _record_of_claim(claim: Claim) -> type_record:
    return {
        "day": claim.day and claim.day.isoformat(),
        "series": "claim",
        "precision": claim.precision,
        "claimant": claim.claimant,
        "low": claim.low,
        "best": claim.best,
        "high": claim.high,
        "is_open": claim.is_open,
        "is_party": claim.is_party,
        "in_words": claim.value,
        "wording": claim.wording,
        "publisher": claim.publisher,
        "page": claim.url,
    }


def _record_of_interval(interval: Interval) -> type_record:
    return {
        "day": interval.from_day.isoformat(),
        "series": "estimate",
        "precision": Precision.DAY,
        "to_day": interval.to_day and interval.to_day.isoformat(),
        "claimant": interval.detail,
        "low": interval.low,
        "best": interval.best,
        "high": interval.high,
        "is_open": interval.is_open,
        "is_revised_down": interval.is_revised_down,
        "in_words": interval.value,
        "support": interval.grade,
        "low_page": interval.low_url or None,
        "best_page": interval.best_url or None,
        "high_page": interval.high_url or None,
    }


def claim_of(figure: Figure) -> Claim:
    """Give a figure the marks that it has in the chart of who says what."""
    row = claim_row(figure)
    return Claim(
        claimant=row.name,
        value=row.value,
        wording=figure.wording,
        publisher=_publisher(figure),
        url=row.url,
        day=figure.as_of,
        precision=figure.as_of_precision,
        low=row.low,
        best=row.best,
        high=row.high,
        is_open=row.is_open,
        is_party=row.is_party,
    )


def _publisher(figure: Figure) -> str:
    """Name who published it: the claimant's own page goes before those that carry it."""
    order = list(Role)
    cited = min(figure.citations.all(), key=lambda one: order.index(Role(one.role)))
    publisher: str = cited.source.publisher.name
    return publisher


def interval_of(estimate: Estimate) -> Interval:
    return Interval(
        from_day=estimate.from_day,
        to_day=estimate.to_day,
        value=wording.span(estimate),
        detail=wording.who_says(estimate),
        low=estimate.low,
        best=estimate.best,
        high=estimate.high,
        is_open=estimate.high_open,
        is_revised_down=estimate.revised_down,
        grade=estimate.label,
        low_url=figure_url(estimate.low_figure),
        best_url=figure_url(estimate.best_figure),
        high_url=figure_url(estimate.high_figure),
    )


def over_time_chart(
    figures: Iterable[Figure],
    estimates: Iterable[Estimate],
    conflicts: Iterable[Conflict],
    country: Country,
    view: View,
) -> OverTimeChart:
    """Set the claims up to a day before the range that held on each day up to it."""
    held = sorted(estimates, key=lambda one: one.from_day)
    claims = [claim_of(one) for one in figures]
    dated = sorted(
        (one for one in claims if one.day and one.day <= view.as_of),
        key=lambda one: (one.day, one.url),
    )
    undated = [one for one in claims if one.day is None]
    # Only the table has them.
    early = [one for one in dated if one.day and one.day < START]
    intervals = [interval_of(one) for one in held if one.from_day <= view.as_of]
    intervals = [one for one in intervals if one.numbers]
    breaks = _breaks(held, conflicts, country, view)
    return OverTimeChart(
        query=view.query(country=country.code),
        title=(
            f"{country.name}: {view.metric_label.lower()}, {view.side_label}, over time"
        ),
        summary=_in_words(dated, intervals, breaks, view),
        rows=(*dated, *undated, *intervals),
        breaks=breaks,
        until=view.as_of,
        empty=(
            f"Up to {wording.day(view.as_of)}, nobody whom the record knows had given a"
            f" number for {country.name} here. That is no zero."
        ),
        note=_note(len(undated) + len(early), view),
    )


def _breaks(
    held: Sequence[Estimate],
    conflicts: Iterable[Conflict],
    country: Country,
    view: View,
) -> tuple[Break, ...]:
    """Find the days of revisions: a claimant's own, or that of a member of a group."""
    taken_back = defaultdict(list)
    for conflict in conflicts:
        if conflict.other.as_of and conflict.other.as_of <= view.as_of:
            taken_back[conflict.other].append(conflict.one)
    found = {
        later.as_of: Break(
            day=later.as_of,
            note=f"revised down to {wording.in_words(later)}",
            detail=(
                f"{wording.who(later)} gave {wording.in_words(later)}"
                f" ({wording.day(later.as_of, later.as_of_precision)}) after"
                f" {' and '.join(wording.in_words(one) for one in earlier)}"
            ),
            url=figure_url(later),
        )
        for later, earlier in taken_back.items()
        if later.as_of
    }
    was_revised = False
    for one in held:
        is_new = one.revised_down and not was_revised
        was_revised = one.revised_down
        if is_new and one.from_day <= view.as_of and one.from_day not in found:
            found[one.from_day] = Break(
                day=one.from_day,
                note="a part revised down",
                detail="A figure for one of its countries was taken back",
                url=country_url(
                    country.code, side=view.side, metric=view.metric, policy=view.policy
                ),
            )
    return tuple(found[day] for day in sorted(found))


def _in_words(
    claims: Sequence[Claim],
    intervals: Sequence[Interval],
    breaks: Sequence[Break],
    view: View,
) -> str:
    told = []
    if claims:
        claimants = len({one.claimant for one in claims})
        told.append(
            f"{len(claims)} claim{pluralize(len(claims))} by {claimants}"
            f" claimant{pluralize(claimants)}."
        )
    if intervals:
        first, last = intervals[0], intervals[-1]
        holds = last.to_day is None or last.to_day > view.as_of
        now = last.value if holds else "no current figure"
        of = "them" if claims else "the floors of its countries"
        told.append(
            f"The range that follows from {of} went from {first.value}"
            f" ({wording.day(first.from_day)}) to {now} ({wording.day(view.as_of)})."
            if now != first.value
            else f"What follows from {of} since {wording.day(first.from_day)}: {now}."
        )
    return " ".join([*told, *(f"{one.detail}." for one in breaks)])


def _note(left_out: int, view: View) -> str:
    notes = [f"As of {wording.day(view.as_of)}", f"rules {RULES_VERSION}"]
    if view.policy != Policy.ALL:
        notes.append(f"range: {Policy(view.policy).label.lower()}; marks: all claims")
    if left_out:
        notes.append(
            f"{left_out} claim{pluralize(left_out)} without a day since"
            f" {START:%B %Y}: in the table"
        )
    return " · ".join(notes)
