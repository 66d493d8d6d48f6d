"""The Plotly form of a lineage: the same nodes, links and marks as the wide drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dashboard.charts import unit_plot
from dashboard.charts.lineage_drawing import MOST, WIDE, Placement
from dashboard.charts.unit_plot import Point, Points, Text, hover, moved, stroke

if TYPE_CHECKING:
    from dashboard.charts.lineage import Node

DASHES = "3px,3px"
WAY, LOOSE_WAY = stroke("--edge", 1.5), stroke("--edge", 1.5, DASHES)
PAGE = "M-5.5-7H5.5V7H-5.5Z"
# Around 0,0, with how each looks.
MARKS: dict[str, tuple[str, dict[str, Any]]] = {
    "origin": ("M0-8 8 0 0 8-8 0Z", stroke("--ink", 0, fill="--ink")),
    "own": (PAGE, stroke("--paper", 1.5, fill="--accent")),
    "copy": (PAGE, stroke("--accent", 2, fill="--paper")),
    "copy loose": (PAGE, stroke("--edge", 2, DASHES, fill="--paper")),
    "credited": (
        "M-5 0C-5-2.76-2.76-5 0-5 2.76-5 5-2.76 5 0 5 2.76 2.76 5 0 5-2.76 5-5 2.76-5 0Z",
        stroke("--edge", 2, DASHES, fill="--paper"),
    ),
}
MUTED, BOLD = {"color": "var(--muted)"}, {"weight": 600}


def spec(of: Sequence[Node]) -> dict[str, Any]:
    drawing = Placement(of[:MOST], WIDE)
    points = [
        Point(one.x, one.middle, one.node.url, hover(*_told(one.node)))
        for one in drawing.nodes
    ]
    named = Points("Node", points)
    return unit_plot.spec(
        WIDE.width, drawing.height, [named], _shapes(drawing), _texts(drawing)
    )


def _told(node: Node) -> tuple[str, str, str]:
    how = " · ".join(filter(None, (node.when, node.role, node.in_short)))
    return node.name, node.about, how


def _shapes(drawing: Placement) -> Iterator[tuple[str, dict[str, Any]]]:
    down = f"{drawing.layout.top}V{drawing.height}"
    across = [x for x, _ in drawing.ticks]
    for x in [*across, *filter(None, [drawing.undated_x])]:
        yield f"M{x} {down}", stroke("--rule", 1)
    for link in drawing.links:
        yield moved(link.path, 0, 0), WAY if link.is_firm else LOOSE_WAY
    for one in drawing.nodes:
        mark, look = MARKS[one.shape]
        yield moved(mark, one.x, one.middle), look


def _texts(drawing: Placement) -> Iterator[Text]:
    layout = drawing.layout
    for place, (x, told) in enumerate(drawing.ticks):
        yield Text(told, x, 13, "middle" if place else "start", MUTED)
    if drawing.undated_x:
        yield Text("undated", drawing.undated_x, 13, font=MUTED)
    for one in drawing.nodes:
        font = BOLD if one.is_own else MUTED
        yield Text(one.name, layout.name_x, one.middle, "end")
        yield Text(one.node.when, layout.day_x, one.middle, "end", MUTED)
        yield Text(one.node.in_short, layout.width, one.middle, "end", font)
