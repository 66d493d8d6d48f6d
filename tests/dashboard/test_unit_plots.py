"""Plotly forms in the units of the wide drawing: responses, lineages and sums."""

import json
from html import unescape

import plotly.graph_objects as go
import pytest

from dashboard.charts.unit_plot import hover, moved
from tests.dashboard.test_plots import strings
from tests.dashboard.test_reference_drawings import CHARTS

KINDS = ("responses", "lineage", "incentives", "over-time")


def points(chart):
    """Give the address and the first line of each mark that a pointer finds."""
    return [
        tuple(told[:2])
        for trace in chart.spec()["data"]
        for told in trace.get("customdata", ())
    ]


@pytest.mark.parametrize(
    ("path", "there"),
    [
        pytest.param("M-6-6H6V6H-6Z", "M4 14H16V26H4Z", id="square"),
        pytest.param(
            "M0-8 8 0 0 8-8 0Z", "M10 12L18 20L10 28L2 20Z", id="lines-not-named"
        ),
        pytest.param(
            "M0 0C1 2 3 4 5 6 .5-1 2-2 3-3",
            "M10 20C11 22 13 24 15 26C10.5 19 12 18 13 17",
            id="curves",
        ),
        pytest.param("M0 0Q1 1 2 0Z", "M10 20Q11 21 12 20Z", id="bend"),
        pytest.param("M0 0L1 1M5 5L6 6", "M10 20L11 21M15 25L16 26", id="two-lines"),
    ],
)
def test_path_is_moved_and_written_out(path, there):
    assert moved(path, 10, 20) == there


def test_long_words_under_a_pointer_are_broken_into_lines():
    [short, long] = hover("19 < 20", "word " * 40)

    assert short == "19 &lt; 20"
    assert {len(line) <= 64 for line in long.split("<br>")} == {True}
    assert long.replace("<br>", " ") == ("word " * 40).strip()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["{}", "{}-of-one"], ids=["many", "one"])
def test_spec_is_one_that_plotly_accepts_and_the_policy_lets_pass(kind, name):
    spec = json.loads(json.dumps(CHARTS[name.format(kind)].spec()))

    figure = go.Figure(spec)

    assert {trace.type for trace in figure.data} == {"scatter"}
    markup = {text for text in strings(spec) if "<" in text.replace("<br>", "")}
    assert all(text.endswith("<extra></extra>") for text in markup)
    # Plotly knows no others.
    paths = "".join(shape["path"] for shape in spec["layout"]["shapes"])
    assert set(filter(str.isalpha, paths)) <= set("MLHVQCZ")


def test_each_act_is_found_where_it_is_drawn():
    chart = CHARTS["responses"]
    lines = [
        told[1]
        for trace in chart.spec()["data"]
        for told in trace.get("customdata", ())
    ]

    assert sorted(url for url, _ in points(chart)) == sorted(a.url for a in chart.rows)
    assert "Nepal, 1 Jun 2025: Travel ban, Ministry" in lines


def test_each_page_of_a_lineage_is_found_and_what_has_no_page_leads_nowhere():
    chart = CHARTS["lineage"]

    told = [(url, unescape(name)) for url, name in points(chart)]
    assert told == [(node.url, node.name) for node in chart.rows]


def test_each_number_of_a_sum_is_a_mark():
    chart = CHARTS["incentives"]
    numbers = [number for g in chart.groups for row in g.rows for number in row.numbers]
    names = {row.name for group in chart.groups for row in group.rows}

    assert len(points(chart)) == len(numbers)
    assert {told.split(":")[0] for _, told in points(chart)} == names
