"""The Plotly form of a chart over time: the same claims, lines and marks as the drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dashboard.charts import unit_plot
from dashboard.charts.range_plot import FILLED, HOLLOW, TICK
from dashboard.charts.time_drawing import WIDE, DrawnClaim, Path, Placement
from dashboard.charts.unit_plot import Point, Points, Text, hover, stroke

if TYPE_CHECKING:
    from dashboard.charts.over_time import Claim, OverTimeChart

MARKS = {
    "low": ("Lowest", {**TICK, "symbol": "line-ew", "size": 16}),
    "high": ("Highest", {**HOLLOW, "size": 11}),
    "party": ("A party’s figure", {**HOLLOW, "size": 13}),
    "best": ("Figure", {**FILLED, "size": 13}),
}

LINES = {
    "grid": stroke("--rule", 1),
    "cover": stroke("--band", 0, fill="--band"),
    "edge": stroke("--band-edge", 1.25),
    "steps": stroke("--accent", 2),
    "claimed": stroke("--band-edge", 3, "dot"),
    "break": stroke("--doubt", 1.5, "dash"),
    "leader": stroke("--edge", 1.25),
    "extent": stroke("--edge", 1.25),
    "reach": stroke("--accent", 2),
    "open": stroke("--accent", 2),
}


def spec(chart: OverTimeChart) -> dict[str, Any]:
    drawing = Placement(chart, WIDE)
    return unit_plot.spec(
        WIDE.width,
        WIDE.height,
        [_marks(drawing.claims, css) for css in MARKS],
        ((path.d, LINES[path.css]) for path in _paths(drawing)),
        _texts(drawing),
    )


def _marks(claims: Sequence[DrawnClaim], css: str) -> Points:
    name, marker = MARKS[css]
    dots = [(one.claim, dot) for one in claims for dot in one.dots if dot.css == css]
    points = [Point(dot.x, dot.y, claim.url, _told(claim)) for claim, dot in dots]
    return Points(name, points, marker)


def _told(claim: Claim) -> list[str]:
    said = f"{claim.claimant}: {claim.value}"
    return hover(said, claim.when, claim.quoted, claim.publisher)


def _paths(drawing: Placement) -> Iterator[Path]:
    layout = drawing.layout
    for y, _ in drawing.numbers:
        yield Path("grid", f"M{layout.left} {y}H{layout.right}")
    for x, _ in drawing.months:
        yield Path("grid", f"M{x} {layout.bottom}V{layout.bottom + 6}")
    yield from drawing.background
    for broken in drawing.breaks:
        yield broken.path
    for one in drawing.claims:
        yield from one.paths
        if one.label and one.label.leader:
            yield Path("leader", one.label.leader)


def _texts(drawing: Placement) -> Iterator[Text]:
    layout = drawing.layout
    muted, doubt = {"color": "var(--muted)"}, {"color": "var(--doubt)"}
    for y, number in drawing.numbers:
        yield Text(number, layout.left - 10, y, "end", muted)
    for place, (x, month) in enumerate(drawing.months):
        anchor = "middle" if place else "start"
        yield Text(month, x, layout.bottom + 17, anchor, muted)
    for broken in drawing.breaks:
        if note := broken.label:
            yield Text(note.text, note.x, note.y - 5, note.anchor, doubt)
    for one in drawing.claims:
        if label := one.label:
            yield Text(label.text, label.x, label.y - 5, label.anchor)
