"""Where each mark of a chart of ranges goes: its scale and its two drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from dashboard.charts.chart import Drawing

if TYPE_CHECKING:
    from dashboard.charts.ranges import Row

TICKS = (
    *(0, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000),
    *(50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000),
)
LINEAR_UP_TO = 12  # a smaller range needs no square root
ARROW = 26


@dataclass(frozen=True)
class Scale:
    """Maps numbers to 0..1; a square root brings small and large on one drawing."""

    greatest: int

    @property
    def is_root(self) -> bool:
        return self.greatest > LINEAR_UP_TO

    @property
    def name(self) -> str:
        return "square-root scale" if self.is_root else "linear scale"

    def at(self, number: float) -> float:
        share = number / self.greatest if self.greatest else 0
        return sqrt(share) if self.is_root else share

    def ticks(self, width: float, apart: float) -> list[int]:
        """Choose round numbers whose labels stay `apart` units from each other."""
        chosen: list[int] = []
        for tick in TICKS:
            if tick > self.greatest:
                break
            if not chosen or (self.at(tick) - self.at(chosen[-1])) * width >= apart:
                chosen.append(tick)
        return chosen


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def scale_of(rows: Sequence[Row]) -> Scale:
    return Scale(max((row.top for row in rows), default=0))


@dataclass(frozen=True)
class Layout:
    """The measures of one drawing, in its own units."""

    css_class: str
    width: int
    name_x: int  # names end here; on a narrow drawing they begin here
    name_length: int  # a longer name is cut; its row's title has it whole
    left: int  # where the scale begins
    scale_width: int
    top: int
    row_height: int
    mark_offset: int  # from the row's top to the middle of its marks
    tick_gap: int
    is_narrow: bool = False


WIDE = Layout("chart-wide", 960, 222, 24, 236, 440, 28, 30, 15, 48)
NARROW = Layout("chart-narrow", 328, 4, 24, 4, 276, 26, 52, 36, 48, is_narrow=True)
# With a column for the day of each claim.
WIDE_DAYS = replace(WIDE, name_x=340, name_length=44, left=472, scale_width=310)
NARROW_DAYS = replace(NARROW, scale_width=212)


def layouts(rows: Sequence[Row]) -> tuple[Layout, Layout]:
    """Give the wide and the narrow layout that the rows need."""
    has_days = any(row.when for row in rows)
    return (WIDE_DAYS, NARROW_DAYS) if has_days else (WIDE, NARROW)


@dataclass(frozen=True)
class DrawnRow:
    """A row with the places of its marks; None where there is no such mark."""

    row: Row
    name: str
    top: float
    middle: float
    x_low: float | None
    x_best: float | None
    x_high: float | None
    x_start: float | None  # of the band, or of the dotted line
    band: float | None
    x_arrow: float | None

    @property
    def is_only_from_above(self) -> bool:
        return bool(self.row.numbers) and self.row.low is None and self.row.best is None


@dataclass(frozen=True)
class Placement:
    """Rows on one layout; the template only places what stands here."""

    of: Sequence[Row]
    layout: Layout

    @cached_property
    def scale(self) -> Scale:
        return scale_of(self.of)

    @property
    def height(self) -> int:
        return self.layout.top + self.layout.row_height * len(self.of) + 8

    @property
    def value_x(self) -> int:
        layout = self.layout
        has_grades = any(row.grade for row in self.of)
        return layout.width - (34 if has_grades and not layout.is_narrow else 0)

    @property
    def aside_y(self) -> int:
        """Where the day and the grade stand in a row: beside its marks."""
        return self.layout.mark_offset + 5

    @property
    def day_x(self) -> int:
        layout = self.layout
        return layout.width if layout.is_narrow else layout.left - 14

    def x(self, number: int | None) -> float | None:
        if number is None:
            return None
        return round(
            self.layout.left + self.scale.at(number) * self.layout.scale_width, 1
        )

    @cached_property
    def ticks(self) -> list[tuple[float | None, str]]:
        layout = self.layout
        chosen = self.scale.ticks(layout.scale_width, layout.tick_gap)
        return [(self.x(tick), f"{tick:,}") for tick in chosen]

    @cached_property
    def rows(self) -> list[DrawnRow]:
        return [self._drawn(place, row) for place, row in enumerate(self.of)]

    def _drawn(self, place: int, row: Row) -> DrawnRow:
        top = self.layout.top + place * self.layout.row_height
        from_above = row.low is None and row.best is None
        start = self.x(
            0 if from_above else row.low if row.low is not None else row.best
        )
        end = self.x(row.high)
        top_x = self.x(row.top)
        return DrawnRow(
            row=row,
            name=shortened(row.name, self.layout.name_length),
            top=top,
            middle=top + self.layout.mark_offset,
            x_low=self.x(row.low),
            x_best=self.x(row.best),
            x_high=end if row.high is not None and row.high != row.best else None,
            x_start=start,
            band=round(end - start, 1)
            if end and start is not None and end > start
            else None,
            x_arrow=top_x if row.is_open else None,
        )


def drawings(rows: Sequence[Row]) -> list[Drawing]:
    """Give the wide and the narrow drawing."""
    return [_drawing(Placement(rows, layout)) for layout in layouts(rows)]


def _drawing(placement: Placement) -> Drawing:
    inner = render_to_string("dashboard/charts/ranges.svg", {"placement": placement})
    layout = placement.layout
    return Drawing(layout.css_class, layout.width, placement.height, inner)
