"""The Plotly form of a chart says what its rows say, and no more."""

import json

import plotly.graph_objects as go
import pytest

from dashboard.charts.range_drawing import WIDE, Scale
from dashboard.charts.ranges import RankedChart, Row

ROWS = (
    Row(
        name="Nepal",
        url="/countries/NPL/",
        value="104–156",
        detail="lowest: a; highest: b",
        low=104,
        best=110,
        high=156,
        grade="B",
        low_url="/figures/low/",
        best_url="/figures/best/",
        high_url="/figures/high/",
    ),
    Row(
        name="Cuba",
        url="/countries/CUB/",
        value="54 or more",
        detail="the sum of 2 lowest figures",
        low=54,
        is_open=True,
        grade="C",
    ),
    Row(
        name="Ghana",
        url="/countries/GHA/",
        value="55",
        detail="who",
        best=55,
        is_party=True,
        grade="D",
        best_url="/figures/ghana/",
    ),
    Row(
        name="Zimbabwe",
        url="/countries/ZWE/",
        value="up to 25",
        detail="who",
        high=25,
        grade="E",
        high_url="/figures/zimbabwe/",
    ),
    Row(name="India", url="/countries/IND/", value="0", detail="who", best=0),
)


def spec_of(*rows):
    return RankedChart(title="Killed", rows=rows).spec()


def points(spec):
    """Give (row, name of the trace, number, address) of every mark."""
    greatest = max((row.top for row in ROWS), default=0)
    return {
        (ROWS[y].name, trace["name"], round(x * x * greatest), custom[0])
        for trace in spec["data"]
        if trace.get("customdata")
        for x, y, custom in zip(
            trace["x"], trace["y"], trace["customdata"], strict=True
        )
    }


def strings(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(ROWS, id="rows"),
        pytest.param(ROWS[:1], id="one-row"),
        pytest.param((), id="no-rows"),
    ],
)
def test_spec_is_one_that_plotly_accepts(rows):
    spec = json.loads(json.dumps(spec_of(*rows)))

    figure = go.Figure(spec)

    assert len(figure.data) == 6
    assert {trace.type for trace in figure.data} == {"bar", "scatter"}


def test_each_number_is_a_mark_that_leads_to_its_figure():
    assert points(spec_of(*ROWS)) == {
        ("Nepal", "Lowest accepted", 104, "/figures/low/"),
        ("Nepal", "Best figure", 110, "/figures/best/"),
        ("Nepal", "Highest claimed", 156, "/figures/high/"),
        ("Cuba", "Lowest accepted", 54, "/countries/CUB/"),
        ("Ghana", "A party’s figure", 55, "/figures/ghana/"),
        ("Zimbabwe", "Highest claimed", 25, "/figures/zimbabwe/"),
        ("India", "Best figure", 0, "/countries/IND/"),
    }


def test_hovering_tells_the_number_and_who_says_it():
    [low] = [
        trace
        for trace in spec_of(*ROWS)["data"]
        if trace.get("name") == "Lowest accepted"
    ]

    assert low["customdata"][0] == [
        "/figures/low/",
        "Nepal: 104–156",
        "Lowest accepted: 104",
        "lowest: a; highest: b",
    ]
    assert [f"%{{customdata[{n}]}}" in low["hovertemplate"] for n in (1, 2, 3)] == [
        True
    ] * 3


def test_marks_lie_on_the_scale_of_the_drawing():
    spec = spec_of(*ROWS)
    scale = Scale(156)

    [low] = [trace for trace in spec["data"] if trace.get("name") == "Lowest accepted"]
    [bands] = [trace for trace in spec["data"] if trace["type"] == "bar"]

    assert low["x"] == [scale.at(104), scale.at(54)]
    assert bands["y"] == [0]
    assert bands["base"][0] + bands["x"][0] == pytest.approx(scale.at(156))
    start, end = spec["layout"]["xaxis"]["domain"]
    first, last = spec["layout"]["xaxis"]["range"]
    across = (end - start) * WIDE.width / (last - first)
    assert across == pytest.approx(WIDE.scale_width)
    assert start * WIDE.width - first * across == pytest.approx(WIDE.left)
    # Else the greatest number's mark could not be hovered over.
    assert last * across > WIDE.scale_width + 6.5
    assert spec["layout"]["yaxis"]["range"] == [4.5, -0.5]


def test_open_end_has_an_arrow():
    arrows = [trace for trace in spec_of(*ROWS)["data"] if trace.get("mode") == "text"]

    assert [(trace["y"], trace["text"]) for trace in arrows] == [([1], [" →"])]


def test_claim_only_from_above_has_a_dotted_line_from_nought():
    [shape] = spec_of(*ROWS)["layout"]["shapes"]

    assert (shape["y0"], shape["y1"], shape["x0"]) == (3, 3, 0)
    assert shape["x1"] == Scale(156).at(25)
    assert shape["line"]["dash"] == "dot"


def test_names_values_and_grades_stand_beside_the_marks():
    notes = spec_of(*ROWS)["layout"]["annotations"]

    assert {(note["y"], note["text"]) for note in notes} == {
        *((0, "Nepal"), (0, "104–156"), (0, "B")),
        *((1, "Cuba"), (1, "54 or more"), (1, "C")),
        *((2, "Ghana"), (2, "55"), (2, "D")),
        *((3, "Zimbabwe"), (3, "up to 25"), (3, "E")),
        *((4, "India"), (4, "0")),
    }


def test_no_line_joins_two_claims():
    modes = {trace.get("mode") for trace in spec_of(*ROWS)["data"]}

    assert modes == {None, "markers", "text"}


def test_spec_has_no_markup_that_the_content_policy_refuses():
    texts = strings(spec_of(*ROWS))

    markup = {text for text in texts if "<" in text}
    assert markup == {
        "%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"
    }
