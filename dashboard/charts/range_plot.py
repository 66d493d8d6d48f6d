"""The Plotly form of a chart: the same rows, scale, marks and places as the drawing.

Axis domains are shares of the wide drawing, so that Plotly lies exactly over it. A
colour such as "var(--accent)" is replaced in the page by the style sheet's value.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboard.charts.range_drawing import DrawnRow, Placement, layouts
from dashboard.charts.unit_plot import hover

if TYPE_CHECKING:
    from dashboard.charts.ranges import Row

# No bold: Plotly would write a style attribute, which the content policy refuses.
HOVER = "%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"
HOLLOW = {"color": "var(--paper)", "line": {"width": 2.25, "color": "var(--accent)"}}
FILLED = {"color": "var(--accent)", "line": {"width": 1.5, "color": "var(--paper)"}}
TICK = {"symbol": "line-ns", "line": {"width": 2.5, "color": "var(--accent)"}}

NO_FIGURE, EDGE = "////////", {"color": "var(--edge)"}
# Beyond the ends of the scale: Plotly is blind to a pointer outside its axes, and the
# greatest number's mark lies half outside.
ROOM = 8

GRADE_FONTS = {
    grade: {"weight": 600, "color": colour}
    for grade, colour in {
        "A": "var(--accent)",
        "B": "var(--accent)",
        "C": "var(--muted)",
        "D": "var(--doubt)",
        "E": "var(--doubt)",
    }.items()
}

type_placed = list[tuple[int, DrawnRow]]


def spec(of: Sequence[Row]) -> dict[str, Any]:
    """Give `data` and `layout`, ready for JSON; each mark's customdata begins with a URL."""
    drawing = Placement(of, layouts(of)[0])
    rows = list(enumerate(drawing.rows))
    party = [(place, drawn) for place, drawn in rows if drawn.row.is_party]
    others = [(place, drawn) for place, drawn in rows if not drawn.row.is_party]
    figure = go.Figure(
        data=[
            _bands(drawing, rows),
            _open_ends(drawing, rows),
            _marks(drawing, rows, "low", "Lowest accepted", {**TICK, "size": 16}),
            _marks(drawing, rows, "high", "Highest claimed", {**HOLLOW, "size": 11}),
            _marks(drawing, party, "best", "A party’s figure", {**HOLLOW, "size": 13}),
            _marks(drawing, others, "best", "Best figure", {**FILLED, "size": 13}),
        ],
        layout=_layout(drawing, rows),
    )
    drawn: dict[str, Any] = figure.to_plotly_json()
    del drawn["layout"]["template"]
    return drawn


def _bands(drawing: Placement, rows: type_placed) -> go.Bar:
    """Draw low to high as a bar that floats; hovering and clicking is for the marks."""
    banded = [
        (place, one) for place, one in rows if one.band and not one.is_only_from_above
    ]
    at = drawing.scale.at
    starts = [at(min(one.row.numbers)) for _, one in banded]
    return go.Bar(
        orientation="h",
        y=[place for place, _ in banded],
        base=starts,
        x=[
            at(one.row.top) - start
            for (_, one), start in zip(banded, starts, strict=True)
        ],
        width=0.36,
        marker={
            "color": "var(--band)",
            "line": {"color": "var(--band-edge)", "width": 1},
        },
        hoverinfo="skip",
    )


def _open_ends(drawing: Placement, rows: type_placed) -> go.Scatter:
    opened = [(place, one) for place, one in rows if one.row.is_open]
    return go.Scatter(
        mode="text",
        x=[drawing.scale.at(one.row.top) for _, one in opened],
        y=[place for place, _ in opened],
        text=[" →"] * len(opened),
        textposition="middle right",
        textfont={"color": "var(--accent)", "size": 32},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _marks(
    drawing: Placement,
    rows: type_placed,
    number: str,
    name: str,
    marker: dict[str, Any],
) -> go.Scatter:
    placed = [
        (place, one) for place, one in rows if getattr(one, f"x_{number}") is not None
    ]
    return go.Scatter(
        mode="markers",
        name=name,
        x=[drawing.scale.at(getattr(one.row, number)) for _, one in placed],
        y=[place for place, _ in placed],
        marker={**marker, "opacity": 1},
        cliponaxis=False,
        customdata=[
            [
                getattr(one.row, f"{number}_url") or one.row.url,
                *hover(
                    f"{one.row.name}: {one.row.value}",
                    f"{name}: {getattr(one.row, number):,}",
                    one.row.detail,
                ),
            ]
            for _, one in placed
        ],
        hovertemplate=HOVER,
    )


def _layout(drawing: Placement, rows: type_placed) -> dict[str, Any]:
    layout, height = drawing.layout, drawing.height
    ticks = drawing.scale.ticks(layout.scale_width, layout.tick_gap)
    left, right = layout.left - ROOM, layout.left + layout.scale_width + ROOM
    room = ROOM / layout.scale_width
    fixed = {"fixedrange": True, "zeroline": False}
    return {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "xaxis": {
            **fixed,
            "domain": [left / layout.width, right / layout.width],
            "range": [-room, 1 + room],
            "side": "top",
            "tickvals": [drawing.scale.at(tick) for tick in ticks],
            "ticktext": [f"{tick:,}" for tick in ticks],
            "tickfont": {"color": "var(--muted)"},
            "gridcolor": "var(--rule)",
        },
        "yaxis": {
            **fixed,
            "domain": [8 / height, 1 - layout.top / height],
            "range": [len(rows) - 0.5, -0.5],
            "showticklabels": False,
            "showgrid": False,
        },
        "shapes": [
            {
                "type": "line",
                "x0": 0,
                "x1": drawing.scale.at(one.row.top),
                "y0": place,
                "y1": place,
                "layer": "below",
                "line": {"color": "var(--band-edge)", "width": 3, "dash": "dot"},
            }
            for place, one in rows
            if one.is_only_from_above
        ],
        "annotations": [
            {
                "text": text,
                "font": font,
                "x": x / layout.width,
                "xref": "paper",
                "xanchor": "right",
                "y": place,
                "yref": "y",
                "showarrow": False,
            }
            for place, one in rows
            for text, x, font in (
                (escape(one.name), layout.name_x, {}),
                (one.row.when, drawing.day_x, {"color": "var(--muted)"}),
                (one.row.value, drawing.value_x, {"weight": 600}),
                (one.row.grade, layout.width, GRADE_FONTS.get(one.row.grade)),
                (NO_FIGURE * (not one.row.numbers), layout.left + 40, EDGE),
            )
            if text
        ],
    }
