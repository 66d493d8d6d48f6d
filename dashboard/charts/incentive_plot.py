"""The Plotly form of the sums: the same groups, scales and marks as the wide drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dashboard.charts import unit_plot
from dashboard.charts.incentive_drawing import LAYOUTS, DrawnGroup, placed
from dashboard.charts.range_drawing import DrawnRow, Layout
from dashboard.charts.range_plot import FILLED, HOLLOW, TICK
from dashboard.charts.unit_plot import Point, Points, Text, hover, moved, stroke

if TYPE_CHECKING:
    from dashboard.charts.incentives import Group

ARROW = "M8 0H26M20-5L26 0 20 5"
MUTED, BOLD = {"color": "var(--muted)"}, {"weight": 600}
GRID, RULE = stroke("--rule", 1), stroke("--edge", 1)
BAND = stroke("--band-edge", 1, fill="--band")
CLAIMED, OPEN = stroke("--band-edge", 3, "dot"), stroke("--accent", 2)

type_rows = list[tuple[float, DrawnRow]]  # each with the middle of its marks


def spec(of: Sequence[Group]) -> dict[str, Any]:
    layout = LAYOUTS[0]
    groups, height = placed(of, layout)
    rows = [
        (group.top + one.middle, one)
        for group in groups
        for one in group.placement.rows
    ]
    party = [(y, one) for y, one in rows if one.row.is_party]
    others = [(y, one) for y, one in rows if not one.row.is_party]
    return unit_plot.spec(
        layout.width,
        height or 24,
        [
            _marks(rows, "low", "Lowest", {**TICK, "size": 16}),
            _marks(rows, "high", "Highest", {**HOLLOW, "size": 11}),
            _marks(party, "best", "Told by a party", {**HOLLOW, "size": 13}),
            _marks(others, "best", "One sum", {**FILLED, "size": 13}),
        ],
        (shape for group in groups for shape in _shapes(group, layout)),
        (text for group in groups for text in _texts(group, layout)),
    )


def _marks(rows: type_rows, number: str, name: str, marker: dict[str, Any]) -> Points:
    found = [(y, one, getattr(one, f"x_{number}")) for y, one in rows]
    return Points(
        name,
        [
            Point(
                x,
                y,
                one.row.url,
                hover(f"{one.row.name}: {one.row.value}", one.row.detail),
            )
            for y, one, x in found
            if x is not None
        ],
        marker,
    )


def _shapes(group: DrawnGroup, layout: Layout) -> Iterator[tuple[str, dict[str, Any]]]:
    top, placement = group.top, group.placement
    if group.rule is not None:
        yield f"M0 {group.rule}H{layout.width}", RULE
    for x, _ in placement.ticks:
        yield f"M{x} {top + layout.top}V{top + placement.height}", GRID
    for one in placement.rows:
        y = top + one.middle
        if one.is_only_from_above:
            yield f"M{layout.left} {y}H{one.x_high}", CLAIMED
        elif one.band and one.x_start is not None:
            end = one.x_start + one.band
            yield f"M{one.x_start} {y - 5.5}H{end}V{y + 5.5}H{one.x_start}Z", BAND
        if one.x_arrow is not None:
            yield moved(ARROW, one.x_arrow, y), OPEN


def _texts(group: DrawnGroup, layout: Layout) -> Iterator[Text]:
    top, placement = group.top, group.placement
    yield Text(group.title, 0, top + 11, font=BOLD)
    for x, number in placement.ticks:
        yield Text(number, x or 0, top + 11, "middle", MUTED)
    for one in placement.rows:
        y = top + one.middle
        yield Text(one.name, layout.name_x, y, "end")
        yield Text(one.row.when, placement.day_x, y, "end", MUTED)
        yield Text(one.row.value, placement.value_x, y, "end", BOLD)
