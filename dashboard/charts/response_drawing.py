"""Where each mark of the responses goes: lines under each other on one axis of time.

What lies before the war's first year, and what has no day, stands in columns of its own at
either end. Marks that would cover each other are set below each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from dashboard.charts.chart import Drawing
from dashboard.charts.range_drawing import shortened
from recruitment.choices import Precision, ResponseKind
from recruitment.estimates import WAR_BEGAN

if TYPE_CHECKING:
    from dashboard.charts.responses import Act


@dataclass(frozen=True)
class Mark:
    """A shape around 0,0 and its name; told apart without colours, which would judge.

    Of absolute commands, as Plotly knows no others.
    """

    name: str
    path: str


MARKS: dict[str, Mark] = {
    ResponseKind.TRAVEL_BAN: Mark("square", "M-6-6H6V6H-6Z"),
    ResponseKind.RECRUITMENT_BAN: Mark("diamond", "M0-8 8 0 0 8-8 0Z"),
    ResponseKind.LEGISLATION: Mark("two bars", "M-7-6H7V-1.5H-7ZM-7 1.5H7V6H-7Z"),
    ResponseKind.ARRESTS: Mark("triangle", "M0-7.5 7.5 6H-7.5Z"),
    ResponseKind.CONVICTION: Mark("triangle on its tip", "M0 7.5-7.5-6H7.5Z"),
    ResponseKind.INVESTIGATION: Mark(
        "ring",
        "M-7 0C-7-3.87-3.87-7 0-7 3.87-7 7-3.87 7 0 7 3.87 3.87 7 0 7-3.87 7-7 3.87-7 0Z"
        "M-3.5 0C-3.5-1.93-1.93-3.5 0-3.5 1.93-3.5 3.5-1.93 3.5 0 3.5 1.93 1.93 3.5 0 3.5"
        "-1.93 3.5-3.5 1.93-3.5 0Z",
    ),
    ResponseKind.REPATRIATION_REQUEST: Mark("house", "M0-8 7-1.5V7H-7V-1.5Z"),
    ResponseKind.DIPLOMATIC_PROTEST: Mark(
        "star", "M0-8.5 2-2 8.5 0 2 2 0 8.5-2 2-8.5 0-2-2Z"
    ),
    ResponseKind.AGREEMENT: Mark(
        "plus", "M-2.5-7H2.5V-2.5H7V2.5H2.5V7H-2.5V2.5H-7V-2.5H-2.5Z"
    ),
    ResponseKind.WARNING: Mark(
        "cross", "M-7-4-4-7 0-3 4-7 7-4 3 0 7 4 4 7 0 3-4 7-7 4-3 0Z"
    ),
    ResponseKind.OTHER: Mark(
        "dot",
        "M-4.5 0C-4.5-2.49-2.49-4.5 0-4.5 2.49-4.5 4.5-2.49 4.5 0 4.5 2.49 2.49 4.5 0 4.5"
        "-2.49 4.5-4.5 2.49-4.5 0Z",
    ),
}
GAP = 19  # between the middles of two marks
FIRST_YEAR = WAR_BEGAN.year


@dataclass(frozen=True)
class Layout:
    """The measures of one drawing, in its own units."""

    css_class: str
    width: int
    name_x: int
    name_length: int
    left: int
    right: int  # where marks end; the number of a line's marks stands further right
    earlier: int  # the width of the column of what lies before the axis
    undated: int
    top: int
    mark_offset: int  # from a line's top to the middle of its first marks
    is_narrow: bool = False


WIDE = Layout("chart-wide", 960, 222, 24, 240, 912, 62, 96, 30, 16)
NARROW = Layout("chart-narrow", 328, 2, 36, 2, 326, 42, 62, 26, 38, is_narrow=True)


@dataclass(frozen=True)
class DrawnAct:
    act: Act
    mark: str
    x: float
    y: float
    extent: tuple[float, float] | None  # the year, of which the day is not known


@dataclass(frozen=True)
class Lane:
    """One line: a country or a kind, and its marks."""

    name: str
    count: int
    top: float
    height: float
    text_y: float
    acts: list[DrawnAct]


@dataclass(frozen=True)
class Placement:
    """Acts on one layout; the template only places what stands here."""

    of: Sequence[Act]
    layout: Layout

    @cached_property
    def _has_earlier(self) -> bool:
        return any(act.day and act.day.year < FIRST_YEAR for act in self.of)

    @cached_property
    def _has_undated(self) -> bool:
        return any(act.day is None for act in self.of)

    @cached_property
    def _years(self) -> range:
        years = [
            act.day.year for act in self.of if act.day and act.day.year >= FIRST_YEAR
        ]
        return range(min(years), max(years) + 1) if years else range(0)

    @cached_property
    def axis(self) -> tuple[float, float]:
        layout = self.layout
        left = layout.left + (layout.earlier if self._has_earlier else 0)
        return left, layout.right - (layout.undated if self._has_undated else 0)

    def _x(self, day: date) -> float:
        left, right = self.axis
        first = date(self._years[0], 1, 1)
        span = (date(self._years[-1], 12, 31) - first).days
        return left + GAP / 2 + (day - first).days / span * (right - left - GAP)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Name each year at its beginning."""
        return [
            (round(self._x(date(year, 1, 1)), 1), f"{year}") for year in self._years
        ]

    @property
    def earlier_x(self) -> float | None:
        return self.layout.left if self._has_earlier else None

    @property
    def undated_x(self) -> float | None:
        return self.axis[1] + GAP / 2 if self._has_undated else None

    @property
    def height(self) -> float:
        return self.lanes[-1].top + self.lanes[-1].height + 4 if self.lanes else 0

    @cached_property
    def lanes(self) -> list[Lane]:
        """Give the lines, those with most marks first."""
        held: dict[str, list[Act]] = {}
        for act in self.of:
            held.setdefault(act.lane, []).append(act)
        lanes: list[Lane] = []
        top: float = self.layout.top
        for name, acts in sorted(held.items(), key=lambda one: (-len(one[1]), one[0])):
            drawn = self._drawn(acts, top + self.layout.mark_offset)
            height = max(one.y for one in drawn) - top + 14
            short = shortened(name, self.layout.name_length)
            text_y = top + (
                18 if self.layout.is_narrow else self.layout.mark_offset + 5
            )
            lanes.append(Lane(short, len(acts), top, height, text_y, drawn))
            top += height
        return lanes

    def _drawn(self, acts: Iterable[Act], y: float) -> list[DrawnAct]:
        """Place marks in the order of time, each on the first level that has room."""
        by_day = sorted(acts, key=lambda act: (act.day or date.max, act.slug))
        taken: list[list[float]] = []
        drawn = []
        for act in by_day:
            choices = self._choices(act)
            free, x = next(
                (
                    (level, x)
                    for level, others in enumerate(taken)
                    for x in choices
                    if all(abs(x - other) >= GAP for other in others)
                ),
                (len(taken), choices[0]),
            )
            if free == len(taken):
                taken.append([])
            taken[free].append(x)
            place = (round(x, 1), y + free * GAP)
            drawn.append(
                DrawnAct(act, MARKS[act.kind].path, *place, extent=self._extent(act))
            )
        return drawn

    def _choices(self, act: Act) -> list[float]:
        """Give where an act may stand: at its day, or anywhere in its column."""
        if act.day is None:
            return self._column(self.axis[1] + GAP, self.layout.undated)
        if act.day.year < FIRST_YEAR:
            return self._column(self.layout.left + GAP / 2, self.layout.earlier)
        return [self._x(_middle(act.day, act.precision))]

    def _column(self, left: float, width: float) -> list[float]:
        return [left + number * GAP for number in range(int((width - GAP / 2) / GAP))]

    def _extent(self, act: Act) -> tuple[float, float] | None:
        if act.precision != Precision.YEAR or act.day is None:
            return None
        if act.day.year < FIRST_YEAR:
            return None
        year = act.day.year
        ends = self._x(date(year, 1, 1)), self._x(date(year, 12, 31))
        return round(ends[0], 1), round(ends[1], 1)


def _middle(day: date, precision: str) -> date:
    """Give the middle of the time in which an act is known to lie."""
    if precision == Precision.YEAR:
        return date(day.year, 7, 1)
    if precision == Precision.MONTH:
        return day.replace(day=1) + timedelta(days=14)
    return day


def drawings(rows: Sequence[Act]) -> list[Drawing]:
    """Give the wide and the narrow drawing."""
    return [_drawing(Placement(rows, layout)) for layout in (WIDE, NARROW)]


def _drawing(placement: Placement) -> Drawing:
    inner = render_to_string("dashboard/charts/responses.svg", {"placement": placement})
    layout = placement.layout
    return Drawing(layout.css_class, layout.width, round(placement.height), inner)
