"""Drawings that leave the page: an SVG that stands alone, and the PNG made from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from resvg_py import svg_to_bytes

from dashboard.lettering import FONTS, SANS, SERIF, balanced, legible, wrapped
from dashboard.stylesheet import chart_style, resolved

SVG = "http://www.w3.org/2000/svg"
MAX_WIDTH = 4_000
MAX_PIXELS = 40_000_000
MAX_BYTES = 2_000_000
MAX_DEPTH = 40  # the renderer calls itself for each level
# What our drawings need. Not among them: <image>, for which the renderer opens whatever
# file it is told to, <use>, which can multiply without end, filters and scripts.
ELEMENTS = {
    *("svg", "g", "a", "title", "desc", "style", "defs", "pattern", "clipPath"),
    *("rect", "line", "circle", "ellipse", "path", "polyline", "polygon"),
    *("text", "tspan"),
}
OUTSIDE = re.compile(r"url\(\s*[\"']?\s*(?![\"'#\s])|@import", re.IGNORECASE)

MARGIN = 24
GAP = 16
HEADING, HEADING_LINE = 24, 30  # the size of its letters, and of its lines
FOOTER, FOOTER_LINE = 14, 20
AROUND = f"""
.paper {{ fill: var(--paper) }}
.around {{ stroke: var(--rule); stroke-width: 1 }}
.heading {{ font: 600 {HEADING}px var(--serif); fill: var(--ink) }}
.footer {{ font: {FOOTER}px var(--sans); fill: var(--muted) }}
"""


def _read(svg: str) -> ElementTree.Element:
    if len(svg.encode()) > MAX_BYTES:
        raise ValueError(f"An SVG of more than {MAX_BYTES:,} bytes is not drawn.")
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        raise ValueError("An SVG with a document type is not drawn.")
    try:
        # Without a document type there are no entities, and nothing is fetched.
        return ElementTree.fromstring(svg)  # noqa: S314
    except ElementTree.ParseError as error:
        raise ValueError(f"This SVG is not well formed: {error}.") from error


def _check(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name not in ELEMENTS:
        raise ValueError(f"An SVG with <{name}> is not drawn.")
    style = [element.text or ""] if name == "style" else []
    if any(OUTSIDE.search(text) for text in [*element.attrib.values(), *style]):
        raise ValueError("An SVG that refers to other files is not drawn.")


def _prepare(root: ElementTree.Element) -> None:
    """Refuse what is no drawing of ours; leave out what a picture cannot say."""
    if root.tag != f"{{{SVG}}}svg":
        raise ValueError("This is not an SVG.")
    level = [root]
    for _ in range(MAX_DEPTH):
        for element in level:
            for key in list(element.attrib):
                if key.endswith("href") or key.startswith("aria-"):
                    del element.attrib[key]
            _check(element)
            element.text = element.text and legible(element.text)
            element.tail = element.tail and legible(element.tail)
        level = [child for element in level for child in element]
    if level:
        raise ValueError(f"An SVG of more than {MAX_DEPTH} levels is not drawn.")


def _pixels(root: ElementTree.Element, width: int) -> float:
    try:
        _, _, across, down = map(float, root.get("viewBox", "").split())
        return width * width * down / across
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("An SVG without a viewBox is not drawn.") from error


def png(svg: str, width: int) -> bytes:
    """Draw an SVG with our own fonts only, so that every machine draws the same."""
    if not 1 <= width <= MAX_WIDTH:
        raise ValueError(f"A picture is 1 to {MAX_WIDTH:,} pixels wide, not {width:,}.")
    root = _read(svg)
    _prepare(root)
    if not 0 < _pixels(root, width) <= MAX_PIXELS:
        raise ValueError(f"A picture of more than {MAX_PIXELS:,} pixels is not drawn.")
    return svg_to_bytes(
        # What was checked is what is drawn, not the text that it was read from.
        svg_string=ElementTree.tostring(root, encoding="unicode"),
        width=width,
        skip_system_fonts=True,
        font_files=FONTS,
        font_family="Muster Sans",
        sans_serif_family="Muster Sans",
        serif_family="Muster Serif",
    )


def placed(
    drawing: str, x: float, y: float, width: float, height: float
) -> ElementTree.Element:
    """Give a page's own <svg> as an element of a larger picture, in a place of it."""
    inner = _read(drawing)
    for element in inner.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    inner.attrib.pop("aria-labelledby", None)  # a heading of the page
    inner.attrib |= {"x": f"{x:g}", "y": f"{y:g}", "overflow": "visible"}
    inner.attrib |= {"width": f"{width:g}", "height": f"{height:g}"}
    return inner


def standalone(
    drawing: str, width: float, height: float, heading: str, footer: Sequence[str]
) -> str:
    """Make a file of a page's drawing, with a heading above and lines below it.

    The drawing is the page's own <svg>; width and height are those of its viewBox. The
    file needs no style sheet: it brings the site's rules for charts, in light colours.
    """
    above = balanced(heading, width, HEADING, SERIF)
    below = [line for text in footer for line in wrapped(text, width, FOOTER, SANS)]
    top = MARGIN + len(above) * HEADING_LINE + (GAP if above else 0)
    rule = top + height + GAP
    bottom = rule + (GAP / 2 + len(below) * FOOTER_LINE if below else 0)
    across, down = f"{width + 2 * MARGIN:g}", f"{bottom + MARGIN:g}"

    root = ElementTree.Element(
        "svg",
        {"xmlns": SVG, "viewBox": f"0 0 {across} {down}", "width": across}
        | {"height": down},
    )
    ElementTree.SubElement(root, "title").text = heading
    ElementTree.SubElement(root, "style").text = chart_style() + resolved(AROUND)
    ElementTree.SubElement(
        root, "rect", {"class": "paper", "width": across, "height": down}
    )

    def write(kind: str, line: str, baseline: float) -> None:
        place = {"class": kind, "x": f"{MARGIN}", "y": f"{baseline:g}"}
        ElementTree.SubElement(root, "text", place).text = line

    for number, line in enumerate(above, 1):
        write("heading", line, MARGIN + number * HEADING_LINE - 6)
    root.append(placed(drawing, MARGIN, top, width, height))
    if below:
        place = {"x1": f"{MARGIN}", "x2": f"{MARGIN + width:g}"}
        place |= {"y1": f"{rule:g}", "y2": f"{rule:g}"}
        ElementTree.SubElement(root, "line", {"class": "around"} | place)
    for number, line in enumerate(below, 1):
        write("footer", line, rule + GAP / 2 + number * FOOTER_LINE - 5)
    return ElementTree.tostring(root, encoding="unicode")
