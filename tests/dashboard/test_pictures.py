"""Pictures: what is drawn, in what letters, and what never is."""

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dashboard.pictures import png, standalone

ROOT = Path(__file__).resolve().parent.parent.parent
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = (
    '<svg class="chart-wide" viewBox="0 0 300 60" aria-labelledby="claims-title">'
    '<a class="row" href="/figures/one/" aria-label="Nepal: 19"><title>19</title>'
    '<rect class="hit" width="300" height="30"/><circle class="best" cx="9" cy="9" r="6"/>'
    '<text class="name" x="20" y="20">Nepal</text></a></svg>'
)


def svg(inner="", viewbox="0 0 200 50"):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{viewbox}">{inner}</svg>'


def text(words, style="font: 20px 'Muster Sans'"):
    return svg(f'<text style="{style}" x="5" y="30">{words}</text>')


def size_of(picture):
    return struct.unpack(">II", picture[16:24])


def alone(drawing=DRAWING, heading="Killed", footer=()):
    return ElementTree.fromstring(  # noqa: S314  # our own
        standalone(drawing, 300, 60, heading, footer)
    )


def lines_of(root, kind):
    return [line.text for line in root.iterfind(f"{SVG}text[@class='{kind}']")]


@pytest.mark.parametrize("width", [1, 200, 1_200, 4_000])
def test_picture_is_a_png_as_wide_as_asked_for(width):
    picture = png(svg(), width)

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert size_of(picture) == (width, max(1, width // 4))


def test_picture_is_the_same_each_time():
    assert png(text("Nepal"), 400) == png(text("Nepal"), 400)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Nepal", id="latin"),
        pytest.param("Łódź, Ağaçli, Brașov", id="latin-extended"),
        pytest.param("Непал", id="cyrillic"),
        pytest.param("“104–156”", id="marks"),
    ],
)
def test_text_is_drawn(words):
    assert png(text(words), 400) != png(text(""), 400)


def test_letters_are_not_boxes():
    # Every character without a letter form of its own is the same box.
    assert png(text("Непал"), 400) != png(text("Нинил"), 400)


@pytest.mark.parametrize(
    ("style", "other"),
    [
        pytest.param("'Muster Sans'", "600 20px 'Muster Sans'", id="weight"),
        pytest.param("'Muster Sans'", "600 20px 'Muster Serif'", id="family"),
    ],
)
def test_fonts_are_told_apart(style, other):
    plain = png(text("Nepal", f"font: 20px {style}"), 400)

    assert plain != png(text("Nepal", f"font: {other}"), 400)


def test_fonts_of_the_machine_are_not_used():
    ours = png(text("Nepal"), 400)

    assert png(text("Nepal", "font: 20px 'DejaVu Sans', sans-serif"), 400) == ours
    assert png(text("Nepal", "font-size: 20px"), 400) == ours


def test_unknown_script_is_named_not_boxed():
    picture = png(text("नेपाल के लोग: <tspan>مرحبا</tspan> 20"), 400)

    named = "[Devanagari script] <tspan>[Arabic script]</tspan> 20"
    assert picture == png(text(named), 400)


def test_fonts_are_licensed_and_not_served():
    fonts = ROOT / "dashboard/fonts"

    assert "Muster Sans" in (fonts / "OFL.txt").read_text()
    assert len(list(fonts.glob("*.ttf"))) == 3
    assert list((ROOT / "static").rglob("*.ttf")) == []


@pytest.mark.parametrize("width", [-1, 0, 4_001])
def test_width_out_of_bounds_is_refused(width):
    with pytest.raises(ValueError, match=r"1 to 4,000 pixels wide, not "):
        png(svg(), width)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param("", "not well formed", id="empty"),
        pytest.param("<svg", "not well formed", id="cut-off"),
        pytest.param("<p>19</p>", "not an SVG", id="another-language"),
        pytest.param("<svg viewBox='0 0 1 1'/>", "not an SVG", id="no-namespace"),
        pytest.param(svg(viewbox=""), "without a viewBox", id="no-viewbox"),
        pytest.param(svg(viewbox="0 0 0 5"), "without a viewBox", id="no-width"),
        pytest.param(svg(viewbox="0 0 5 -5"), "pixels is not", id="negative-height"),
        pytest.param(svg(viewbox="0 0 5 nan"), "pixels is not", id="no-number"),
        pytest.param(svg(viewbox="0 0 1 99999"), "40,000,000 pixels", id="too-tall"),
        pytest.param(svg("x" * 2_000_000), "2,000,000 bytes", id="too-large"),
        pytest.param(
            svg("<g>" * 100_000 + "</g>" * 100_000), "40 levels", id="too-deep"
        ),
    ],
)
def test_broken_svg_is_refused(given, message):
    with pytest.raises(ValueError, match=message):
        png(given, 1_200)


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        pytest.param(
            '<image href="file:///etc/passwd" width="9" height="9"/>',
            "<image>",
            id="image-of-a-file",
        ),
        pytest.param(
            '<image xmlns:x="http://www.w3.org/1999/xlink" x:href="https://a.example/"/>',
            "<image>",
            id="image-from-the-network",
        ),
        pytest.param(
            '<pattern><image href="a.png"/></pattern>', "<image>", id="nested"
        ),
        pytest.param('<use href="b.svg#a"/>', "<use>", id="use"),
        pytest.param("<script>1</script>", "<script>", id="script"),
        pytest.param("<filter/>", "<filter>", id="filter"),
        pytest.param("<foreignObject/>", "<foreignObject>", id="foreign-object"),
        pytest.param('<i xmlns="http://www.w3.org/1999/xhtml"/>', "xhtml", id="html"),
        pytest.param(
            "<style>@import '/etc/passwd';</style>", "other files", id="import"
        ),
        pytest.param(
            "<style>text { fill: url( 'a.svg#b' ) }</style>", "other files", id="style"
        ),
        pytest.param(
            '<rect style="fill: URL(//a.example/#b)"/>', "other files", id="attribute"
        ),
    ],
)
def test_svg_that_points_out_of_itself_is_refused(inner, message):
    with pytest.raises(ValueError, match=message):
        png(svg(inner), 200)


def test_svg_with_a_file_for_an_entity_is_refused():
    doctype = '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

    with pytest.raises(ValueError, match="document type"):
        png(doctype + text("&e;"), 200)


def test_link_and_pattern_of_the_drawing_itself_are_drawn():
    hatch = '<pattern id="h" width="4" height="4" patternUnits="userSpaceOnUse">'
    hatch += '<path d="M0 0h4" stroke="#000"/></pattern>'
    label = 'href="/countries/NPL/" aria-label="19, see url(x)"'

    rect = '<rect width="200" height="50" fill="url(#h)"/>'

    picture = png(svg(f"{hatch}<a {label}>{rect}</a>"), 200)

    assert picture != png(svg(), 200)


def test_file_that_stands_alone_has_heading_drawing_and_lines():
    root = alone(heading="Killed <19> & more", footer=["As of 1 May", "CC BY 4.0"])

    [drawing] = root.iterfind(f"{SVG}svg")
    assert root.findtext(f"{SVG}title") == "Killed <19> & more"
    assert lines_of(root, "heading") == ["Killed <19> & more"]
    assert lines_of(root, "footer") == ["As of 1 May", "CC BY 4.0"]
    assert drawing.find(f".//{SVG}text").text == "Nepal"
    assert drawing.get("viewBox") == "0 0 300 60"


def test_parts_of_the_file_do_not_overlap():
    root = alone(heading="Killed and captured " * 5, footer=["As of 1 May " * 9] * 3)

    down = float(root.get("viewBox").split()[3])
    [drawing] = root.iterfind(f"{SVG}svg")
    heading, footer = (
        [float(line.get("y")) for line in root.iterfind(f"{SVG}text[@class='{kind}']")]
        for kind in ("heading", "footer")
    )
    top = float(drawing.get("y"))
    assert len(heading) > 1
    assert len(footer) > 3
    assert heading == sorted(set(heading))
    assert heading[-1] < top < top + 60 < footer[0] < footer[-1] < down


def test_file_without_heading_and_lines_is_the_drawing():
    root = alone(heading="")

    assert lines_of(root, "heading") == lines_of(root, "footer") == []
    assert root.find(f"{SVG}line") is None
    assert root.get("viewBox") == "0 0 348 124"


def test_drawing_with_a_namespace_stands_alone_too():
    named = DRAWING.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')

    assert standalone(named, 300, 60, "", []) == standalone(DRAWING, 300, 60, "", [])


def test_broken_drawing_does_not_stand_alone():
    with pytest.raises(ValueError, match="not well formed"):
        standalone("<svg><g></svg>", 300, 60, "Killed", [])


def test_file_keeps_no_reference_to_its_page():
    text = standalone(DRAWING, 300, 60, "Killed", [])

    assert "var(" not in text
    assert "claims-title" not in text


def test_marks_have_the_colours_of_the_light_page():
    whole = standalone(DRAWING, 300, 60, "", [])
    bare = (
        '<circle cx="9" cy="9" r="6" fill="#1a5276" stroke="#fbfaf6" stroke-width="1.5"'
    )
    coloured = whole.replace('<circle class="best" cx="9" cy="9" r="6"', bare)

    assert coloured != whole
    assert png(coloured, 696) == png(whole, 696)


def test_picture_of_the_file_has_its_measures():
    whole = standalone(DRAWING, 300, 60, "", [])

    assert size_of(png(whole, 696)) == (696, 248)
