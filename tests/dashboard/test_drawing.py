"""Where the marks of a chart lie, and which there are."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from dashboard.charts.range_drawing import (
    ARROW,
    NARROW,
    WIDE,
    Placement,
    Scale,
    layouts,
    shortened,
)
from dashboard.charts.ranges import ClaimsChart, Row

SVG = "{http://www.w3.org/2000/svg}"


def chart(*rows):
    return ClaimsChart(title="Killed", rows=rows, empty="Nobody.")


def placements(*rows):
    """Give the wide placement and the narrow one."""
    return [Placement(rows, layout) for layout in layouts(rows)]


def row(name="Nepal", value="19", **fields):
    return Row(name=name, url="/figures/one/", value=value, detail="who", **fields)


def drawn(one):
    """Give the wide drawing's only row."""
    [placed] = placements(one)[0].rows
    return placed


def link_of(one):
    """Give the wide SVG's only row, which is a link."""
    whole = chart(one)
    context = {"drawing": whole.drawings[0], "chart": whole}
    svg = render_to_string("dashboard/charts/drawing.svg", context)
    [link] = ElementTree.fromstring(svg).iterfind(f".//{SVG}a")  # noqa: S314  # our own
    return link


def marks(one):
    """Give the classes of the marks that the row has, its texts left out."""
    classes = {element.get("class") for element in link_of(one).iter()}
    return classes - {None, "row", "hit", "name", "value", "tick"}


@pytest.mark.parametrize(
    "greatest",
    [
        pytest.param(1, id="one"),
        pytest.param(12, id="twelve-linear"),
        pytest.param(13, id="thirteen-root"),
        pytest.param(2_000_000, id="millions"),
    ],
)
def test_scale_grows_from_nought_to_the_greatest(greatest):
    scale = Scale(greatest)

    places = [scale.at(greatest * step / 50) for step in range(51)]

    assert (places[0], places[-1]) == (0, 1)
    assert all(before < after for before, after in pairwise(places))


def test_scale_of_nothing_keeps_to_its_start():
    assert Scale(0).at(0) == 0
    assert Scale(0).ticks(440, 48) == [0]


def test_scale_says_what_it_is():
    assert Scale(12).name == "linear scale"
    assert Scale(13).name == "square-root scale"


@pytest.mark.parametrize("greatest", [1, 7, 12, 13, 80, 350, 2_000, 31_000, 2_000_000])
@pytest.mark.parametrize("width", [212, 276, 440])
def test_ticks_stay_apart_and_within_the_scale(greatest, width):
    scale = Scale(greatest)

    ticks = scale.ticks(width, 48)

    places = [scale.at(tick) * width for tick in ticks]
    gaps = [after - before for before, after in pairwise(places)]
    assert ticks[0] == 0
    assert ticks[-1] <= greatest
    assert all(gap >= 48 for gap in gaps)


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        pytest.param("Nepal", "Nepal", id="short"),
        pytest.param("x" * 24, "x" * 24, id="just-fits"),
        pytest.param("x" * 25, "x" * 23 + "…", id="too-long"),
        pytest.param(
            "Government of the Republic of X", "Government of the Repub…", id="words"
        ),
        pytest.param(
            "Ministry of the Gamb ia now",
            "Ministry of the Gamb ia…",
            id="ends-no-word-with-a-space",
        ),
    ],
)
def test_name_is_cut_where_it_is_too_long(name, cut):
    assert shortened(name, 24) == cut


def test_row_keeps_its_whole_name_for_those_who_hear_it():
    one = row(name="Ministry of Foreign Affairs of Nepal")

    link = link_of(one)

    assert drawn(one).name == "Ministry of Foreign Aff…"
    assert link.find(f".//{SVG}text[@class='name']").text == "Ministry of Foreign Aff…"
    assert link.get("aria-label") == "Ministry of Foreign Affairs of Nepal: 19. who"
    assert link.findtext(f"{SVG}title") == link.get("aria-label")
    assert link.get("href") == "/figures/one/"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"best": 19}, {"best"}, id="point"),
        pytest.param({"best": 0}, {"best"}, id="zero"),
        pytest.param({"best": 19, "is_party": True}, {"party"}, id="partys-point"),
        pytest.param({"low": 10, "high": 20}, {"low", "high", "band"}, id="range"),
        pytest.param(
            {"low": 10, "best": 15, "high": 20},
            {"low", "best", "high", "band"},
            id="low-best-high",
        ),
        pytest.param(
            {"low": 0, "high": 20}, {"low", "high", "band"}, id="range-from-zero"
        ),
        pytest.param({"low": 10, "is_open": True}, {"low", "open"}, id="floor"),
        pytest.param(
            {"low": 10, "high": 20, "is_open": True},
            {"low", "high", "band", "open"},
            id="range-open",
        ),
        pytest.param({"high": 40}, {"high", "claimed"}, id="only-from-above"),
        pytest.param(
            {"high": 40, "is_open": True},
            {"high", "claimed", "open"},
            id="only-from-above-open",
        ),
        pytest.param(
            {"low": 20, "best": 20, "high": 20}, {"low", "best"}, id="all-the-same"
        ),
    ],
)
def test_row_has_the_marks(fields, expected):
    assert marks(row(**fields)) == expected


def test_arrow_starts_at_the_greatest_number():
    placed = drawn(row(low=10, best=15, high=20, is_open=True))

    assert placed.x_arrow == placed.x_high == WIDE.left + WIDE.scale_width
    assert drawn(row(low=10)).x_arrow is None


def test_dotted_line_goes_from_nought_to_the_claim():
    placed = drawn(row(high=40))

    assert placed.is_only_from_above
    assert (placed.x_start, placed.x_high) == (WIDE.left, WIDE.left + WIDE.scale_width)


ROWS = [
    row(low=low, best=best, high=high, is_open=is_open, grade="B", when=when)
    for low, best, high in [
        (0, 0, 0),
        (1, 3, 2_000),
        (None, 77, None),
        (None, None, 900),
        (4, None, None),
    ]
    for is_open in (False, True)
    for when in ("", "14 Mar 2024")
]


@pytest.mark.parametrize(
    "which", [pytest.param(0, id="wide"), pytest.param(1, id="narrow")]
)
@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(ROWS, id="with-days"),
        pytest.param([one for one in ROWS if not one.when], id="without-days"),
    ],
)
def test_no_mark_lies_outside_the_scale(rows, which):
    drawing = placements(*rows)[which]
    left, right = drawing.layout.left, drawing.layout.left + drawing.layout.scale_width

    for placed in drawing.rows:
        marked = (placed.x_low, placed.x_best, placed.x_high, placed.x_start)
        assert all(left <= x <= right for x in marked if x is not None)
        assert placed.band is None or placed.x_start + placed.band <= right
        assert 0 <= placed.top <= placed.middle <= drawing.height
    # The arrow of the greatest number, 26 units long, stays on the drawing too.
    assert right + 26 <= drawing.layout.width


@pytest.mark.parametrize(
    "which", [pytest.param(0, id="wide"), pytest.param(1, id="narrow")]
)
def test_every_row_has_a_line_of_its_own(which):
    drawing = placements(row(best=1), row(best=2), row(best=3))[which]

    tops = [placed.top for placed in drawing.rows]

    gaps = {after - before for before, after in pairwise(tops)}
    assert gaps == {drawing.layout.row_height}
    assert tops[-1] + drawing.layout.row_height <= drawing.height


def test_narrow_drawing_is_one_of_its_own():
    wide, narrow = placements(row(best=19))

    assert (wide.layout, narrow.layout) == (WIDE, NARROW)
    assert narrow.layout.width < wide.layout.width / 2
    assert narrow.layout.row_height > wide.layout.row_height
    assert [
        (drawing.css_class, drawing.width, drawing.height)
        for drawing in chart(row(best=19)).drawings
    ] == [
        (placed.layout.css_class, placed.layout.width, placed.height)
        for placed in (wide, narrow)
    ]


def test_chart_without_rows_says_so_and_draws_nothing():
    html = render_to_string("dashboard/charts/chart.html", {"chart": chart()})

    assert "Nobody." in html
    assert "<svg" not in html
    assert "data-plotly" not in html


@pytest.mark.parametrize(
    "layout", [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="narrow")]
)
def test_arrow_of_the_greatest_ends_before_its_grade(layout):
    one = row(low=481, is_open=True, grade="C")

    placed = Placement([one], layout).rows[0]

    assert placed.x_arrow + ARROW < layout.width - 16
