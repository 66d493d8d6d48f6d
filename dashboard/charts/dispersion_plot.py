"""The Plotly form of the dispersion chart: the same rows, scale, marks and places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboard.charts.dispersion_drawing import DrawnRow, Placement, wide
from dashboard.charts.range_plot import FILLED, HOLLOW, HOVER, TICK
from dashboard.charts.unit_plot import hover

if TYPE_CHECKING:
    from dashboard.charts.dispersion import Apart

type_marked = Sequence[tuple[int, DrawnRow]]


def spec(of: Sequence[Apart]) -> dict[str, Any]:
    """Give `data` and `layout`, ready for JSON; each mark's customdata begins with a URL."""
    drawing = Placement(of, wide(of))
    rows = list(enumerate(drawing.rows))
    best = [(place, one) for place, one in rows if one.row.best is not None]
    figure = go.Figure(
        data=[
            _bands(drawing, rows),
            _marks(rows, "Lowest accepted", {**TICK, "size": 16}, lambda row: 0, _low),
            _marks(
                [(place, one) for place, one in rows if one.has_high],
                "Highest claimed",
                {**HOLLOW, "size": 11},
                lambda row: drawing.at(row.ratio),
                _high,
            ),
            *(
                _marks(
                    [(place, one) for place, one in best if one.row.is_party is party],
                    name,
                    {**marker, "size": 13},
                    lambda row: drawing.at((row.best or row.low) / row.low),
                    _best,
                )
                for name, marker, party in (
                    ("A party’s figure", HOLLOW, True),
                    ("Best figure", FILLED, False),
                )
            ),
        ],
        layout=_layout(drawing, rows),
    )
    drawn: dict[str, Any] = figure.to_plotly_json()
    del drawn["layout"]["template"]
    return drawn


def _low(row: Apart) -> tuple[str, str, str]:
    return row.low_url, row.low_words, row.low_who


def _high(row: Apart) -> tuple[str, str, str]:
    return row.high_url, row.high_words, row.high_who


def _best(row: Apart) -> tuple[str, str, str]:
    return "", f"{row.best:,}", ""


def _bands(drawing: Placement, rows: type_marked) -> go.Bar:
    return go.Bar(
        orientation="h",
        y=[place for place, _ in rows],
        x=[drawing.at(one.row.ratio) for _, one in rows],
        width=11 / drawing.layout.row_height,
        marker={
            "color": "var(--band)",
            "line": {"color": "var(--band-edge)", "width": 1},
        },
        hoverinfo="skip",
    )


def _marks(
    placed: type_marked,
    name: str,
    marker: dict[str, Any],
    at: Callable[[Apart], float],
    end: Callable[[Apart], tuple[str, str, str]],
) -> go.Scatter:
    told = [(one.row, *end(one.row)) for _, one in placed]
    return go.Scatter(
        mode="markers",
        name=name,
        x=[at(one.row) for _, one in placed],
        y=[place for place, _ in placed],
        marker={**marker, "opacity": 1},
        cliponaxis=False,
        customdata=[
            [
                url or row.url,
                *hover(f"{row.whole_name}: {row.times}", f"{name}: {number}", who),
            ]
            for row, url, number, who in told
        ],
        hovertemplate=HOVER,
    )


def _layout(drawing: Placement, rows: type_marked) -> dict[str, Any]:
    layout, height = drawing.layout, drawing.height
    fixed = {"fixedrange": True, "zeroline": False}
    return {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "xaxis": {
            **fixed,
            "domain": [
                layout.left / layout.width,
                (layout.left + layout.scale_width) / layout.width,
            ],
            "range": [0, 1],
            "side": "top",
            "tickvals": [drawing.at(tick) for tick in drawing.ticks],
            "ticktext": [f"×{tick:,}" for tick in drawing.ticks],
            "tickfont": {"color": "var(--muted)"},
            "gridcolor": "var(--rule)",
        },
        "yaxis": {
            **fixed,
            "domain": [4 / height, 1 - layout.top / height],
            "range": [len(rows) - 0.5, -0.5],
            "showticklabels": False,
            "showgrid": False,
        },
        "annotations": [
            {
                "text": escape(text),
                "font": font,
                "x": x / layout.width,
                "xref": "paper",
                "xanchor": anchor,
                "y": place + lower,
                "yref": "y",
                "showarrow": False,
            }
            for place, one in rows
            for text, x, anchor, lower, font in _texts(one, drawing)
        ],
    }


def _texts(
    one: DrawnRow, drawing: Placement
) -> list[tuple[str, float, str, float, dict[str, Any]]]:
    """Give each text with its place across, its anchor, how much lower, and its font."""
    layout, row = drawing.layout, one.row
    muted = {"color": "var(--muted)"}
    lift = 11 / layout.row_height if row.what else 0
    after = one.x_high + (42 if row.is_open else 14)
    texts: list[tuple[str, float, str, float, dict[str, Any]]] = [
        (one.name, layout.name_x, "right", -lift, {}),
        (row.what, layout.name_x, "right", lift, muted),
        (row.low_words, layout.left - 14, "right", 0, muted),
        (f"{row.high:,}", after, "left", 0, muted),
        (row.times, layout.width, "right", 0, {"weight": 600}),
    ]
    if row.is_open:
        arrow = {"color": "var(--accent)", "size": 32}
        texts.append(("→", one.x_high + 8, "left", 0, arrow))
    return [text for text in texts if text[0]]
