"""The picture of a link preview: what a chart says in words, and the chart beside it.

A preview is wide, small and cropped by whoever shows it: large letters, all within the
margins, and of a long chart its beginning.
"""

from __future__ import annotations

from xml.etree import ElementTree

from django.template.loader import render_to_string

from dashboard.charts.chart import Chart, Drawing
from dashboard.lettering import SANS, SERIF, balanced, wrapped
from dashboard.pictures import SVG, placed
from dashboard.stylesheet import chart_style, resolved
from recruitment import revisions, wording

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
TOP, BOTTOM = 112, 536  # of the words and the chart, between the two rules
GAP = 48
TITLES = (50, 44, 38, 32)  # sizes of a title's letters, the first in which it fits
TITLE_SHARE = 0.6  # of the height
TITLE_LEADING, LINE_LEADING = 1.16, 1.4
CLAIMS = "claims, not a census · CC BY 4.0"
LINES = (32, 28, 25)  # sizes of the sentence, likewise
SMALL = 20
STYLE = f"""
.paper {{ fill: var(--paper) }}
.ink {{ stroke: var(--ink); stroke-width: 2 }}
.hair {{ stroke: var(--rule); stroke-width: 1.5 }}
.brand {{ font: 600 36px var(--serif); fill: var(--ink) }}
.small {{ font: {SMALL}px var(--sans); fill: var(--muted) }}
"""
STYLE += "".join(
    f".{kind}-{size} {{ font: {weight} {size}px var({font}); fill: var({colour}) }}\n"
    for kind, sizes, weight, font, colour in (
        ("title", TITLES, 600, "--serif", "--ink"),
        ("line", LINES, 400, "--sans", "--muted"),
    )
    for size in sizes
)


def card(chart: Chart, host: str) -> str:
    """Draw the preview of a chart as an SVG that stands alone."""
    drawing, shown = _drawing(chart)
    share = 0.5 if drawing.is_narrow else 0.62
    column = (WIDTH - 2 * MARGIN - GAP) * share
    scale = min(column / drawing.width, (BOTTOM - TOP) / drawing.height)
    width, height = drawing.width * scale, drawing.height * scale
    root = ElementTree.Element(
        "svg", {"xmlns": SVG, "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    )
    ElementTree.SubElement(root, "style").text = chart_style() + resolved(STYLE)
    size = {"width": f"{WIDTH}", "height": f"{HEIGHT}"}
    ElementTree.SubElement(root, "rect", {"class": "paper"} | size)
    _write(root, "brand", "Muster", 70)
    _rule(root, "ink", 88)
    _words(root, chart, WIDTH - 2 * MARGIN - GAP - width)
    middle = TOP + (BOTTOM - TOP - height) / 2
    context = {"chart": shown, "drawing": drawing}
    inner = render_to_string("dashboard/charts/drawing.svg", context)
    root.append(placed(inner, WIDTH - MARGIN - width, middle, width, height))
    _rule(root, "hair", 552)
    for number, line in enumerate(_footer(chart, shown, host)):
        [line] = _cut(line, WIDTH - 2 * MARGIN, SMALL, 1)
        _write(root, "small", line, 582 + 27 * number)
    return ElementTree.tostring(root, encoding="unicode")


def _drawing(chart: Chart) -> tuple[Drawing, Chart]:
    """Give the drawing for a card, and the chart or beginning of it that it draws."""
    narrow = chart.drawings[1]
    if "<use" in narrow.inner:  # which no picture may hold
        return chart.drawings[0], chart
    room = (BOTTOM - TOP) / ((WIDTH - 2 * MARGIN - GAP) / 2 / narrow.width)
    shown = chart
    for shown in chart.beginnings():
        if shown.drawings[1].height <= room:
            break
    return shown.drawings[1], shown


def _words(root: ElementTree.Element, chart: Chart, width: float) -> None:
    """Write the title, and under it as much of the sentence as there is room for."""
    y = float(TOP)
    room = (BOTTOM - TOP) * TITLE_SHARE
    for size in TITLES:
        lines = balanced(chart.title, width, size, SERIF)
        if len(lines) * size * TITLE_LEADING <= room:
            break
    else:
        most = int(room / (size * TITLE_LEADING))
        lines = _cut(chart.title, width, size, most, SERIF)
    for line in lines:
        y += size * TITLE_LEADING
        _write(root, f"title-{size}", line, y - size * 0.28)
    y += LINES[-1] * 0.6
    sentence = chart.summary or chart.empty
    for size in LINES:
        most = int((BOTTOM - y) / (size * LINE_LEADING))
        lines = _cut(sentence, width, size, most)
        if len(wrapped(sentence, width, size)) <= most:
            break
    for line in lines:
        y += size * LINE_LEADING
        _write(root, f"line-{size}", line, y - size * 0.4)


def _footer(chart: Chart, shown: Chart, host: str) -> list[str]:
    revision = revisions.current()
    made = wording.day(revision.made_at.date())
    notes = [chart.note]
    if len(shown.rows) < len(chart.rows):
        notes.insert(0, f"the first {len(shown.rows)} of {len(chart.rows)}")
    return [
        *filter(None, [" · ".join(filter(None, notes))]),
        f"{host} · data revision {revision.number} of {made} · {CLAIMS}",
    ]


def _cut(
    text: str, width: float, size: float, most: int, font: str = SANS
) -> list[str]:
    """Break a text into as many lines as there may be; what is left out is an ellipsis."""
    lines = wrapped(text, width, size, font)
    if len(lines) <= most:
        return lines
    words = " ".join(lines[:most]).split(" ")
    while len(wrapped(" ".join(words) + "…", width, size, font)) > most:
        words.pop()
    return wrapped(" ".join(words).rstrip(".,;: ") + "…", width, size, font)


def _write(root: ElementTree.Element, kind: str, line: str, baseline: float) -> None:
    place = {"class": kind, "x": f"{MARGIN}", "y": f"{baseline:g}"}
    ElementTree.SubElement(root, "text", place).text = line


def _rule(root: ElementTree.Element, kind: str, y: float) -> None:
    ends = {"x1": f"{MARGIN}", "x2": f"{WIDTH - MARGIN}", "y1": f"{y}", "y2": f"{y}"}
    ElementTree.SubElement(root, "line", {"class": kind} | ends)
