"""Where each node of a lineage goes: a tree from left to right, by day of publication.

A row for each node, under the one that it hangs on; the wide drawing sets a node's mark on
an axis of days, the narrow one indents it. No line can be taken for another: a branch
begins further left than everything that hangs on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING

from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string

from dashboard.charts.chart import Drawing
from dashboard.charts.range_drawing import shortened
from recruitment import wording

if TYPE_CHECKING:
    from dashboard.charts.lineage import Link, Node

MOST = 60  # more rows are told in the table alone
STEP = 18  # from a mark to the nearest place of one that hangs on it
BEND = 6
# How long after the first day, and how that is told.
LATER = (
    *((7, "+1 week"), (30, "+1 month"), (91, "+3 months"), (182, "+6 months")),
    *((365, "+1 year"), (731, "+2 years"), (1096, "+3 years"), (1461, "+4 years")),
)


@dataclass(frozen=True)
class Layout:
    """The measures of one drawing, in its own units."""

    css_class: str
    width: int
    name_x: int  # names end here; on a narrow drawing they begin beside their mark
    name_length: int
    day_x: int  # days end here
    left: int  # where marks begin
    right: int  # and end
    top: int
    row_height: int
    mark_offset: int
    is_narrow: bool = False


WIDE = Layout("chart-wide", 960, 244, 25, 362, 386, 800, 30, 30, 15)
NARROW = Layout("chart-narrow", 328, 0, 38, 0, 10, 94, 4, 50, 15, is_narrow=True)
SHAPES = {
    "ORIGIN": "origin",
    "RELAY": "origin",
    "REPORT": "own",
    "COPY": "copy",
    "BASE": "copy loose",
    "CREDITED": "credited",
}


@dataclass(frozen=True)
class Days:
    """Maps days to 0..1; a square root gives the first days their room."""

    first: date
    last: date
    first_told: str

    def at(self, day: date) -> float:
        span = (self.last - self.first).days
        return sqrt((day - self.first).days / span) if span else 0

    def ticks(self, width: float, apart: float) -> list[tuple[float, str]]:
        """Name the first day, and round times after it that stay `apart` units."""
        found = [(0.0, self.first_told)]
        span = (self.last - self.first).days
        for days, told in LATER:
            at = sqrt(days / span) if days <= span else 2
            gap = (at - found[-1][0]) * width
            if at <= 1 and gap >= apart * (1 if len(found) > 1 else 1.5):
                found.append((at, told))
        return found


@dataclass(frozen=True)
class DrawnNode:
    node: Node
    name: str
    top: float
    x: float
    middle: float
    beneath: str  # the second line of a narrow row

    @property
    def shape(self) -> str:
        return SHAPES[self.node.standing.name]

    @property
    def is_own(self) -> bool:
        return self.node.is_focus or self.node.standing.name == "REPORT"

    @property
    def text_x(self) -> float:
        return self.x + 16

    @property
    def text_y(self) -> float:
        return self.middle + 5

    @property
    def beneath_y(self) -> float:
        return self.middle + 25


@dataclass(frozen=True)
class DrawnLink:
    path: str
    is_firm: bool


@dataclass(frozen=True)
class Placement:
    """Nodes on one layout; the template only places what stands here."""

    of: Sequence[Node]
    layout: Layout

    @property
    def height(self) -> int:
        return self.layout.top + self.layout.row_height * len(self.of) + 8

    @cached_property
    def _hangs_on(self) -> dict[str, str]:
        """Map each node to the one above it that it hangs on."""
        seen: set[str] = set()
        found = {}
        for node in self.of:
            if node.links and node.links[0].base in seen:
                found[node.slug] = node.links[0].base
            seen.add(node.slug)
        return found

    @cached_property
    def _depths(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for node in self.of:
            base = self._hangs_on.get(node.slug)
            found[node.slug] = found[base] + 1 if base else 0
            for link in node.links[1:]:
                if link.base in found and link.base not in self._hangs_on:
                    # Not below the branch on which the others hang.
                    found[link.base] = max(found[link.base], found[node.slug])
        return found

    @cached_property
    def _days(self) -> dict[str, date]:
        """Give the day of each page; of one not known to the day, no later than what
        rests on it."""
        found = {node.slug: node.day for node in self.of if node.day}
        inexact = {node.slug for node in self.of if not node.is_exact or not node.day}
        for node in reversed(self.of):
            for link in node.links:
                if link.base in inexact and node.slug in found:
                    known = found.get(link.base, found[node.slug])
                    found[link.base] = min(known, found[node.slug])
        pages = {node.slug for node in self.of if node.when and _is_page(node)}
        return {slug: day for slug, day in found.items() if slug in pages}

    @cached_property
    def _scale(self) -> Days | None:
        days = self._days.values()
        if not days:
            return None
        first = min(days)
        told = [node.when for node in self.of if node.day == first]
        return Days(first, max(days), told[0] if told else wording.day(first))

    @cached_property
    def _axis(self) -> tuple[float, float]:
        """Give where the axis of days begins and ends; the undated come after it."""
        has_ends = any(not _is_page(node) for node in self.of)
        left = self.layout.left + (2 * STEP if has_ends else 0)
        right = self.layout.right - STEP * max(self._depths.values(), default=0)
        if not self._has_undated:
            return left, right
        share = 0.68 if self._scale else 0
        return left, left + share * (right - left)

    @property
    def _has_undated(self) -> bool:
        return any(_is_page(one) and one.slug not in self._days for one in self.of)

    @cached_property
    def ticks(self) -> list[tuple[float, str]]:
        if self._scale is None:
            return []
        left, right = self._axis
        width = right - left
        return [
            (round(left + at * width, 1), told)
            for at, told in self._scale.ticks(width, apart=84)
        ]

    @cached_property
    def undated_x(self) -> float | None:
        if not self._has_undated:
            return None
        return round(self._axis[1] + (2.5 * STEP if self._scale else 0), 1)

    @cached_property
    def places(self) -> dict[str, tuple[float, float]]:
        """Give the middle of each node's mark."""
        layout = self.layout
        found: dict[str, tuple[float, float]] = {}
        for row, node in enumerate(self.of):
            base = self._hangs_on.get(node.slug)
            y = layout.top + row * layout.row_height + layout.mark_offset
            if layout.is_narrow:
                x = layout.left + self._depths[node.slug] * STEP * 0.8
            else:
                x = max(self._day_x(node), found[base][0] + STEP if base else 0)
            found[node.slug] = (round(min(x, layout.right), 1), y)
        return found

    def _day_x(self, node: Node) -> float:
        left, right = self._axis
        day = self._days.get(node.slug)
        if day and self._scale:
            return left + self._scale.at(day) * (right - left)
        return self.undated_x or left if _is_page(node) else self.layout.left

    @cached_property
    def links(self) -> list[DrawnLink]:
        return [
            drawn
            for node in self.of
            for place, link in enumerate(node.links)
            if (drawn := self._link(node, link, hangs=place == 0))
        ]

    def _link(self, node: Node, link: Link, *, hangs: bool) -> DrawnLink | None:
        if link.base not in self.places:
            return None
        (from_x, from_y), (x, y) = self.places[link.base], self.places[node.slug]
        if hangs and self._hangs_on.get(node.slug) == link.base:
            bend = min(BEND, x - from_x)
            path = f"M{from_x} {from_y}V{y - bend}Q{from_x} {y} {from_x + bend} {y}H{x}"
        elif self.layout.is_narrow or link.base in self._above(node):
            return None  # the narrow row says how many there are
        else:
            out = max(from_x, x) + 2 * STEP
            path = f"M{from_x} {from_y}C{out} {from_y} {out} {y} {x} {y}"
        return DrawnLink(path, link.is_firm)

    def _above(self, node: Node) -> set[str]:
        """Name what a node hangs on, step by step: links to these are seen already."""
        found: set[str] = set()
        slug = node.slug
        while slug in self._hangs_on:
            slug = self._hangs_on[slug]
            found.add(slug)
        return found

    @cached_property
    def nodes(self) -> list[DrawnNode]:
        return [self._drawn(row, node) for row, node in enumerate(self.of)]

    def _drawn(self, row: int, node: Node) -> DrawnNode:
        layout = self.layout
        x, middle = self.places[node.slug]
        length = layout.name_length
        if layout.is_narrow:
            length -= round((x - layout.left) / 7.5)
        more = len(node.links) - 1
        beneath = [node.when, node.in_short, f"+{more} base{pluralize(more)}"]
        return DrawnNode(
            node=node,
            name=shortened(node.name, length),
            top=layout.top + row * layout.row_height,
            x=x,
            middle=middle,
            beneath=" · ".join(filter(None, beneath[: 3 if more > 0 else 2])),
        )


def _is_page(node: Node) -> bool:
    return not node.slug.startswith(("origin:", "relay:", "name:"))


def drawings(rows: Sequence[Node]) -> list[Drawing]:
    """Give the wide and the narrow drawing."""
    return [_drawing(Placement(rows[:MOST], layout)) for layout in (WIDE, NARROW)]


def _drawing(placement: Placement) -> Drawing:
    inner = render_to_string("dashboard/charts/lineage.svg", {"placement": placement})
    layout = placement.layout
    return Drawing(layout.css_class, layout.width, placement.height, inner)
