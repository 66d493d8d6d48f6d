"""The Plotly form of a chart over time, in the very units of the wide drawing.

Both axes count the drawing's units, so each line is the drawing's own. A colour such as
"var(--accent)" is replaced in the page by the style sheet's value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboard.charts.range_plot import FILLED, HOLLOW, TICK
from dashboard.charts.time_drawing import WIDE, DrawnClaim, Path, Placement

if TYPE_CHECKING:
    from dashboard.charts.over_time import OverTimeChart

# No bold: Plotly would write a style attribute, which the content policy refuses.
HOVER = (
    "%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}"
    "<extra></extra>"
)
MARKS = {
    "low": ("Lowest", {**TICK, "symbol": "line-ew", "size": 16}),
    "high": ("Highest", {**HOLLOW, "size": 11}),
    "party": ("A party’s figure", {**HOLLOW, "size": 13}),
    "best": ("Figure", {**FILLED, "size": 13}),
}

# Else Plotly keeps its distance for a frame that is not drawn.
BARE = {"showarrow": False, "borderpad": 0, "borderwidth": 0}


def _stroke(colour: str, width: float, dash: str = "solid") -> dict[str, Any]:
    return {"line": {"color": f"var({colour})", "width": width, "dash": dash}}


LINES = {
    "grid": _stroke("--rule", 1),
    "cover": {"fillcolor": "var(--band)", "line": {"width": 0}},
    "edge": _stroke("--band-edge", 1.25),
    "steps": _stroke("--accent", 2),
    "claimed": _stroke("--band-edge", 3, "dot"),
    "break": _stroke("--doubt", 1.5, "dash"),
    "leader": _stroke("--edge", 1.25),
    "extent": _stroke("--edge", 1.25),
    "reach": _stroke("--accent", 2),
    "open": _stroke("--accent", 2),
}


def spec(chart: OverTimeChart) -> dict[str, Any]:
    """Give `data` and `layout`, ready for JSON; each mark's customdata begins with a URL."""
    drawing = Placement(chart, WIDE)
    figure = go.Figure(
        data=[_marks(drawing.claims, css) for css in MARKS], layout=_layout(drawing)
    )
    drawn: dict[str, Any] = figure.to_plotly_json()
    del drawn["layout"]["template"]
    return drawn


def _marks(claims: Sequence[DrawnClaim], css: str) -> go.Scatter:
    name, marker = MARKS[css]
    dots = [(one, dot) for one in claims for dot in one.dots if dot.css == css]
    return go.Scatter(
        mode="markers",
        name=name,
        x=[dot.x for _, dot in dots],
        y=[dot.y for _, dot in dots],
        marker={**marker, "opacity": 1},
        cliponaxis=False,
        customdata=[
            [
                one.claim.url,
                escape(f"{one.claim.claimant}: {one.claim.value}"),
                one.claim.when,
                escape(one.claim.quoted),
                escape(one.claim.publisher),
            ]
            for one, _ in dots
        ],
        hovertemplate=HOVER,
    )


def _layout(drawing: Placement) -> dict[str, Any]:
    layout = drawing.layout
    fixed = {"fixedrange": True, "visible": False, "domain": [0, 1]}
    return {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "xaxis": {**fixed, "range": [0, layout.width]},
        "yaxis": {**fixed, "range": [layout.height, 0]},
        "shapes": [
            {"type": "path", "path": path.d, "layer": "below", **LINES[path.css]}
            for path in _paths(drawing)
        ],
        "annotations": [
            {**BARE, "text": escape(text), "x": x, "y": y, **how}
            for text, x, y, how in _texts(drawing)
        ],
    }


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


def _texts(drawing: Placement) -> Iterator[tuple[str, float, float, dict[str, Any]]]:
    """Give each text with its place and how it lies there."""
    layout = drawing.layout
    muted = {"font": {"color": "var(--muted)"}, "yanchor": "middle"}
    for y, number in drawing.numbers:
        yield number, layout.left - 10, y, {**muted, "xanchor": "right"}
    sides = {"start": "left", "middle": "center", "end": "right"}
    for place, (x, month) in enumerate(drawing.months):
        how = {**muted, "xanchor": "center" if place else "left"}
        yield month, x, layout.bottom + 17, how
    for broken in drawing.breaks:
        if note := broken.label:
            how = {"xanchor": sides[note.anchor], "yanchor": "middle"}
            doubt = {"font": {"color": "var(--doubt)"}}
            yield note.text, note.x, note.y - 5, {**how, **doubt}
    for one in drawing.claims:
        if label := one.label:
            how = {"xanchor": sides[label.anchor], "yanchor": "middle"}
            yield label.text, label.x, label.y - 5, how
