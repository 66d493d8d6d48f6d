"""Where each group of sums goes: under each other, each on a linear scale of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from dashboard.charts.chart import Drawing
from dashboard.charts.range_drawing import (
    NARROW_DAYS,
    WIDE_DAYS,
    Layout,
    Placement,
    Scale,
    shortened,
)

if TYPE_CHECKING:
    from dashboard.charts.incentives import Group

STEPS = (1, 2, 5)
TITLE_LENGTH = 44
APART = 22  # between two groups
TITLE_HEIGHT = 24  # of a title that has a line to itself
RULE_HEIGHT = 40  # of the line between what was promised and what was charged
# Sums are longer than counts.
LAYOUTS = (replace(WIDE_DAYS, tick_gap=76), replace(NARROW_DAYS, tick_gap=76))


@dataclass(frozen=True)
class LinearScale(Scale):
    """Twice the money is twice as far."""

    @property
    def is_root(self) -> bool:
        return False

    def ticks(self, width: float, apart: float) -> list[int]:
        """Give the multiples of the smallest round step that keeps labels apart."""
        step = next(
            step
            for step in _round_numbers()
            if step * width >= apart * self.greatest or step >= self.greatest
        )
        return list(range(0, self.greatest + 1, step))


@dataclass(frozen=True)
class Sums(Placement):
    """Rows of money on one layout."""

    @cached_property
    def scale(self) -> Scale:
        return LinearScale(max(row.top for row in self.of))


@dataclass(frozen=True)
class DrawnGroup:
    title: str
    placement: Sums
    top: int
    rule: int | None  # where a line parts it from the groups above


def _round_numbers() -> Iterator[int]:
    power = 1
    while True:
        for step in STEPS:
            yield step * power
        power *= 10


def placed(groups: Sequence[Group], layout: Layout) -> tuple[list[DrawnGroup], int]:
    """Give the groups under each other, and the height that they need."""
    top = 0
    drawn: list[DrawnGroup] = []
    for before, group in zip([None, *groups], groups, strict=False):
        rule = None
        if before and group.is_charged and not before.is_charged:
            rule = top
            top += RULE_HEIGHT - APART
        if layout.is_narrow:
            top += TITLE_HEIGHT
        placement = Sums(group.rows, layout)
        title = shortened(group.title, TITLE_LENGTH)
        drawn.append(DrawnGroup(title, placement, top, rule))
        top += placement.height + APART
    return drawn, max(top - APART, 0)


def drawings(groups: Sequence[Group]) -> list[Drawing]:
    """Give the wide and the narrow drawing."""
    return [_drawing(groups, layout) for layout in LAYOUTS]


def _drawing(groups: Sequence[Group], layout: Layout) -> Drawing:
    drawn, height = placed(groups, layout)
    inner = render_to_string(
        "dashboard/charts/incentives.svg", {"groups": drawn, "layout": layout}
    )
    return Drawing(layout.css_class, layout.width, height or 24, inner)
