"""Where each mark of the dispersion chart goes: multiples of the lowest, on a log scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from dashboard.charts.chart import Drawing
from dashboard.charts.range_drawing import shortened

if TYPE_CHECKING:
    from dashboard.charts.dispersion import Apart

TICKS = [digit * 10**power for power in range(7) for digit in (1, 2, 5)]
LEAST_RATIO = 2  # so that a few lines that lie close do not look far apart


@dataclass(frozen=True)
class Layout:
    """The measures of one drawing, in its own units."""

    css_class: str
    width: int
    name_x: int  # names end here; on a narrow drawing they begin here
    name_length: int
    left: int  # where the lowest lies: all bands begin there
    scale_width: int
    top: int
    row_height: int
    mark_y: int  # of the marks, from the row's top
    tick_gap: int
    is_narrow: bool = False

    @property
    def text_y(self) -> int:
        """Where numbers stand on a wide drawing: beside the marks."""
        return self.mark_y + 5


WIDE = Layout("chart-wide", 960, 240, 25, 344, 420, 28, 32, 16, 44)
# With a line below the name for count and side.
WIDE_OF_TWO = replace(
    WIDE, name_x=328, left=424, scale_width=350, row_height=54, mark_y=27
)
NARROW = Layout("chart-narrow", 328, 0, 33, 8, 286, 26, 74, 38, 40, is_narrow=True)


@dataclass(frozen=True)
class DrawnRow:
    """A row with the places of its marks; None where there is no such mark."""

    row: Apart
    name: str
    top: int
    x_best: float | None
    x_high: float
    band: float
    has_high: bool  # else the best figure is the highest, and its mark says so


@dataclass(frozen=True)
class Placement:
    """Rows on one layout; the template only places what stands here."""

    of: Sequence[Apart]
    layout: Layout

    @cached_property
    def greatest(self) -> float:
        return max([LEAST_RATIO, *(row.ratio for row in self.of)])

    @property
    def height(self) -> int:
        return self.layout.top + self.layout.row_height * len(self.of) + 4

    def at(self, ratio: float) -> float:
        """Map a multiple of the lowest to 0..1."""
        return log(ratio) / log(self.greatest)

    def x(self, ratio: float) -> float:
        return round(self.layout.left + self.at(ratio) * self.layout.scale_width, 1)

    @cached_property
    def ticks(self) -> list[int]:
        """Choose round multiples whose labels do not touch."""
        chosen: list[int] = []
        for tick in TICKS:
            if tick > self.greatest:
                break
            if not chosen or self.x(tick) - self.x(chosen[-1]) >= self.layout.tick_gap:
                chosen.append(tick)
        return chosen

    @property
    def placed_ticks(self) -> list[tuple[float, str]]:
        return [(self.x(tick), f"×{tick:,}") for tick in self.ticks]

    @cached_property
    def rows(self) -> list[DrawnRow]:
        return [self._drawn(place, row) for place, row in enumerate(self.of)]

    def _drawn(self, place: int, row: Apart) -> DrawnRow:
        end = self.x(row.ratio)
        return DrawnRow(
            row=row,
            name=shortened(
                row.whole_name if self.layout.is_narrow else row.name,
                self.layout.name_length,
            ),
            top=self.layout.top + place * self.layout.row_height,
            x_best=None if row.best is None else self.x(row.best / row.low),
            x_high=end,
            band=round(end - self.layout.left, 1),
            has_high=row.best != row.high,
        )


def drawings(of: Sequence[Apart]) -> list[Drawing]:
    """Give the wide and the narrow drawing."""
    return [_drawing(Placement(of, layout)) for layout in (wide(of), NARROW)]


def wide(of: Sequence[Apart]) -> Layout:
    """Give the wide layout that the rows need."""
    return WIDE_OF_TWO if any(row.what for row in of) else WIDE


def _drawing(placement: Placement) -> Drawing:
    layout = placement.layout
    inner = render_to_string(
        "dashboard/charts/dispersion.svg",
        {"placement": placement, "layout": layout},
    )
    return Drawing(layout.css_class, layout.width, placement.height, inner)
