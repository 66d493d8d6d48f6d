"""The Plotly form of the responses: the same acts, lines and marks as the wide drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dashboard.charts import unit_plot
from dashboard.charts.response_drawing import WIDE, Placement
from dashboard.charts.unit_plot import Point, Points, Text, hover, moved, stroke

if TYPE_CHECKING:
    from dashboard.charts.responses import Act

GRID, YEAR = stroke("--rule", 1), stroke("--edge", 1.5)
MARK = stroke("--accent", 0, fill="--accent")
MUTED, BOLD = {"color": "var(--muted)"}, {"weight": 600}


def spec(of: Sequence[Act]) -> dict[str, Any]:
    drawing = Placement(of, WIDE)
    acts = [drawn for lane in drawing.lanes for drawn in lane.acts]
    points = [
        Point(
            one.x,
            one.y,
            one.act.url,
            hover(
                f"{one.act.country}, {one.act.when}: {one.act.kind.label}, {one.act.actor}",
                one.act.summary,
                one.act.claimant,
            ),
        )
        for one in acts
    ]
    named = Points("Act", points)
    return unit_plot.spec(
        WIDE.width, drawing.height, [named], _shapes(drawing), _texts(drawing)
    )


def _shapes(drawing: Placement) -> Iterator[tuple[str, dict[str, Any]]]:
    down = f"{drawing.layout.top}V{drawing.height}"
    across = [x for x, _ in drawing.ticks]
    for x in [*across, *filter(None, [drawing.undated_x])]:
        yield f"M{x} {down}", GRID
    for lane in drawing.lanes:
        yield f"M0 {lane.top}H{drawing.layout.width}", GRID
    for drawn in (drawn for lane in drawing.lanes for drawn in lane.acts):
        if drawn.extent:
            yield f"M{drawn.extent[0]} {drawn.y}H{drawn.extent[1]}", YEAR
        yield moved(drawn.mark, drawn.x, drawn.y), MARK


def _texts(drawing: Placement) -> Iterator[Text]:
    layout = drawing.layout
    heads = [
        *drawing.ticks,
        (drawing.earlier_x, "before"),
        (drawing.undated_x, "undated"),
    ]
    for x, told in heads:
        if x is not None:
            yield Text(told, x, 13, font=MUTED)
    for lane in drawing.lanes:
        yield Text(lane.name, layout.name_x, lane.text_y - 5, "end")
        yield Text(f"{lane.count}", layout.width, lane.text_y - 5, "end", BOLD)
