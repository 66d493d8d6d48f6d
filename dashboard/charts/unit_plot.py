"""Plotly forms in the very units of the wide drawing, so that Plotly lies exactly over it.

Lines and surfaces are shapes with the drawing's own paths; what a pointer may find are
points. A colour such as "var(--accent)" is replaced in the page by the style sheet's value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from operator import itemgetter
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

# No bold: Plotly would write a style attribute, which the content policy refuses.
BREAK = "<br>"
LINE_LENGTH = 64
PARTS = re.compile(r"[MLHVQCZ]|-?(?:\d+\.?\d*|\.\d+)")
NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6}  # that a command takes
LOWER = 1.4  # than Plotly would, a text stands in the drawing
# On which side of its place a text lies, by its anchor in SVG.
SIDES = {"start": "right", "middle": "center", "end": "left"}


@dataclass(frozen=True)
class Point:
    """Where a pointer finds something: its address, and the lines that are told."""

    x: float
    y: float
    url: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Points:
    """Points that look alike; an empty marker is not seen, as a shape stands there."""

    name: str
    of: Sequence[Point]
    marker: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    text: str
    x: float
    y: float  # of its middle
    anchor: str = "start"  # as SVG calls it
    font: dict[str, Any] = field(default_factory=dict)


def stroke(
    colour: str, width: float, dash: str = "solid", fill: str = ""
) -> dict[str, Any]:
    """Give how a shape looks, by the names of colours: "--rule"."""
    line = {"color": f"var({colour})", "width": width, "dash": dash}
    return {"line": line} | ({"fillcolor": f"var({fill})"} if fill else {})


def moved(path: str, x: float, y: float) -> str:
    """Move a path of absolute commands, and write each of them out, as Plotly reads it."""
    written: list[str] = []
    command = ""
    waiting: list[float] = []
    for part in PARTS.findall(path):
        if part.isalpha():
            command = part
            written += [part] * (part == "Z")
            continue
        waiting.append(float(part))
        if command in "HV":
            written.append(f"{command}{waiting[0] + (x if command == 'H' else y):g}")
        elif len(waiting) == NUMBERS[command]:
            places = zip(waiting[::2], waiting[1::2], strict=True)
            written.append(
                command + " ".join(f"{a + x:g} {b + y:g}" for a, b in places)
            )
            command = "L" if command == "M" else command
        else:
            continue
        waiting = []
    return "".join(written)


def hover(*texts: str) -> list[str]:
    """Break what is told of a mark into lines that a window holds."""
    return [BREAK.join(map(escape, wrap(text, LINE_LENGTH))) for text in texts]


def spec(
    width: float,
    height: float,
    points: Iterable[Points],
    shapes: Iterable[tuple[str, dict[str, Any]]],
    texts: Iterable[Text],
) -> dict[str, Any]:
    """Give `data` and `layout`, ready for JSON; each mark's customdata begins with a URL."""
    fixed = {"fixedrange": True, "visible": False, "domain": [0, 1]}
    layout = {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "xaxis": {**fixed, "range": [0, width]},
        "yaxis": {**fixed, "range": [height, 0]},
        # One shape for all that look alike and lie on each other: each costs time to draw.
        "shapes": [
            {
                "type": "path",
                "path": "".join(path for path, _ in alike),
                "layer": "below",
                **look,
            }
            for look, alike in groupby(shapes, key=itemgetter(1))
        ],
    }
    data = [*_written(texts), *map(_scatter, points)]
    figure = go.Figure(data=data, layout=layout)
    drawn: dict[str, Any] = figure.to_plotly_json()
    del drawn["layout"]["template"]
    return drawn


def _written(texts: Iterable[Text]) -> Iterator[go.Scatter]:
    """Write texts of one look as one trace; an annotation for each would cost seconds."""
    alike = defaultdict(list)
    for one in texts:
        alike[one.anchor, tuple(one.font.items())].append(one)
    for (anchor, font), held in alike.items():
        yield go.Scatter(
            mode="text",
            x=[one.x for one in held],
            y=[one.y + LOWER for one in held],
            text=[escape(one.text) for one in held],
            textposition=f"middle {SIDES[anchor]}",
            textfont=dict(font),
            cliponaxis=False,
            hoverinfo="skip",
        )


def _scatter(points: Points) -> go.Scatter:
    most = max((len(one.lines) for one in points.of), default=0)
    told = BREAK.join(f"%{{customdata[{place}]}}" for place in range(1, most + 1))
    unseen = {"size": 18, "color": "rgba(0,0,0,0)", "line": {"width": 0}}
    return go.Scatter(
        mode="markers",
        name=points.name,
        x=[one.x for one in points.of],
        y=[one.y for one in points.of],
        marker={**(points.marker or unseen), "opacity": 1},
        cliponaxis=False,
        customdata=[[one.url, *one.lines] for one in points.of],
        hovertemplate=f"{told}<extra></extra>",
    )
