"""How far the sources of a count lie apart: its rows, its marks, its files."""

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from dashboard.charts.across import dispersion
from dashboard.charts.dispersion import dispersion_chart
from dashboard.charts.dispersion_drawing import NARROW, WIDE, Placement, wide
from dashboard.charts.files import as_png, as_svg
from dashboard.forms import View
from recruitment.choices import ClaimantKind
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    GroupFactory,
)

DAY = date(2024, 12, 31)
KILLED = View(side="russia", metric="killed", policy="all", as_of=DAY)
EVERYTHING = View(side="", metric="", policy="all", as_of=DAY)
SVG = "{http://www.w3.org/2000/svg}"


def figure(slug, **fields):
    return FigureFactory.build(
        slug=slug, **{"pk": hash(slug), "as_of": date(2024, 3, 14)} | fields
    )


def estimate(low=10, high=1_000, code="NPL", **fields):
    ends = {"low_figure": figure("low"), "high_figure": figure("high")}
    made = {"best": None, "origins": 2} | ends | fields
    country = CountryFactory.build(code=code)
    return EstimateFactory.build(country=country, low=low, high=high, **made)


def row_of(*args, view=KILLED, **fields):
    [row] = dispersion_chart([estimate(*args, **fields)], view).rows
    return row


def svg(chart, form=0):
    context = {"drawing": chart.drawings[form], "chart": chart}
    drawn = render_to_string("dashboard/charts/drawing.svg", context)
    return ElementTree.fromstring(drawn)  # noqa: S314  # our own


def marks(row_or_estimate):
    chart = dispersion_chart([row_or_estimate], KILLED)
    [link] = svg(chart).iter(f"{SVG}a")
    classes = {element.get("class") for element in link.iter()}
    return classes & {"low", "high", "best", "party", "open", "band"}


def test_line_tells_both_ends_with_who_stands_there_and_when():
    row = row_of(high_open=True)
    who = "Ministry of Foreign Affairs of Nepal, 14 Mar 2024"

    assert row.label == f"Nepal: ×100, from 10 ({who}) to 1,000 or more ({who})"
    assert row.url == "/countries/NPL/?side=russia&metric=killed&policy=all#claims"
    assert (row.low_url, row.high_url) == ("/figures/low/", "/figures/high/")


@pytest.mark.parametrize(
    ("side", "metric", "what"),
    [
        pytest.param("", "", "killed, Russian side", id="every-count-of-both-sides"),
        pytest.param("russia", "", "killed", id="every-count"),
        pytest.param("", "killed", "Russian side", id="both-sides"),
        pytest.param("russia", "killed", "", id="one-count-of-one-side"),
    ],
)
def test_line_says_what_the_title_does_not(side, metric, what):
    view = View(side=side, metric=metric, policy="all", as_of=DAY)

    assert row_of(view=view).what == what


@pytest.mark.parametrize(
    ("side", "metric", "title"),
    [
        pytest.param("", "", "Where sources disagree most", id="all"),
        pytest.param(
            "russia",
            "killed",
            "Where sources disagree most: killed on the Russian side",
            id="one",
        ),
        pytest.param(
            "", "killed", "Where sources disagree most: killed", id="both-sides"
        ),
    ],
)
def test_title_says_what_is_chosen(side, metric, title):
    view = View(side=side, metric=metric, policy="all", as_of=DAY)

    assert dispersion_chart([], view).title == title


@pytest.mark.parametrize(
    ("low", "high", "times"),
    [
        pytest.param(104, 156, "×1.5", id="one-and-a-half"),
        pytest.param(100, 994, "×9.9", id="below-ten"),
        pytest.param(100, 999, "×10", id="rounds-to-ten"),
        pytest.param(1, 2_000_000, "×2,000,000", id="millions"),
    ],
)
def test_ratio_is_told_no_more_exactly_than_it_means(low, high, times):
    assert row_of(low, high).times == times


def test_end_that_is_a_sum_says_so_and_leads_nowhere():
    row = row_of(low_figure=None, low_sum_of=["IND", "LKA"])

    assert row.low_who == "the sum of 2 lowest figures"
    assert row.low_url == ""
    assert dispersion_chart([estimate()], KILLED).records()[0]["low_page"]


def test_strict_low_is_told_as_more_than():
    assert row_of(low_strict=True).low_words == "more than 10"


def test_estimate_without_two_ends_is_no_line():
    with pytest.raises(ValueError, match="npl-russia-killed has no two ends"):
        dispersion_chart([estimate(high=None)], KILLED)


def test_one_origin_at_both_ends_is_told_apart():
    chart = dispersion_chart([estimate(), estimate(code="IND", origins=1)], KILLED)

    assert [row.is_one_origin for row in chart.rows] == [False, True]
    assert chart.summary.endswith(
        "In 1 of 2 lines both ends come from one origin, which says more than one thing."
    )
    assert [one["is_one_origin"] for one in chart.records()] == [False, True]


def test_nothing_apart_is_no_agreement():
    chart = dispersion_chart([], KILLED)

    assert (chart.rows, chart.summary) == ((), "")
    assert "That is no agreement" in chart.empty


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, {"low", "high", "band"}, id="ends"),
        pytest.param({"best": 50}, {"low", "best", "high", "band"}, id="best"),
        pytest.param({"best": 1_000}, {"low", "best", "band"}, id="best-is-highest"),
        pytest.param(
            {"high_open": True}, {"low", "high", "band", "open"}, id="or-more"
        ),
        pytest.param(
            {"best": 50, "best_figure": figure("best", interest="with")},
            {"low", "party", "high", "band"},
            id="partys-own-interest",
        ),
    ],
)
def test_line_has_the_marks_of_its_numbers(fields, expected):
    assert marks(estimate(**fields)) == expected


def test_line_is_as_long_as_its_ratio_whatever_the_numbers():
    chart = dispersion_chart(
        [estimate(1, 100), estimate(5_000, 500_000, "IND"), estimate(7, 70, "KEN")],
        KILLED,
    )

    for layout in (WIDE, NARROW):
        hundred, same, ten = (one.band for one in Placement(chart.rows, layout).rows)
        assert hundred == same == layout.scale_width
        assert ten == pytest.approx(hundred / 2, abs=0.1)


@pytest.mark.parametrize("high", [11, 25, 5_000, 20_000_000])
def test_ticks_are_round_multiples_that_do_not_touch(high):
    rows = dispersion_chart([estimate(10, high)], KILLED).rows

    for layout in (WIDE, NARROW):
        placement = Placement(rows, layout)
        places = [x for x, _ in placement.placed_ticks]
        assert placement.placed_ticks[0][1] == "×1"
        assert all(
            after - before >= layout.tick_gap for before, after in pairwise(places)
        )
        assert all(x <= layout.left + layout.scale_width for x in places)


def test_names_take_two_lines_only_where_there_is_more_to_say():
    one = dispersion_chart([estimate()], KILLED)
    two = dispersion_chart([estimate()], EVERYTHING)

    assert wide(one.rows).row_height < wide(two.rows).row_height
    texts = [text.text for text in svg(two).iter(f"{SVG}text")]
    assert {"Nepal", "killed, Russian side"} <= {*texts}
    narrow = [text.text for text in svg(two, 1).iter(f"{SVG}text")]
    assert "Nepal, killed, Russian side" in narrow


def test_long_name_is_cut_and_its_title_has_it_whole():
    chart = dispersion_chart([estimate(code="SGS")], EVERYTHING)
    name = "South Georgia and the South Sandwich Islands"

    [link] = svg(chart, 1).iter(f"{SVG}a")

    assert link.find(f"{SVG}title").text.startswith(name)
    assert not any(name in (text.text or "") for text in link.iter(f"{SVG}text"))


def test_plotly_draws_the_same_marks_at_the_same_places():
    chart = dispersion_chart(
        [
            estimate(1, 100, best=10, high_open=True),
            estimate(2, 20, "IND", best=20, best_figure=figure("p", interest="with")),
        ],
        EVERYTHING,
    )
    placement = Placement(chart.rows, wide(chart.rows))

    spec = chart.spec()
    traces = {trace.get("name"): trace for trace in spec["data"]}

    assert list(traces["Best figure"]["x"]) == [0.5]
    assert list(traces["Highest claimed"]["x"]) == [1.0]
    assert list(traces["A party’s figure"]["x"]) == [0.5]
    assert [row[0] for row in traces["Lowest accepted"]["customdata"]] == [
        "/figures/low/",
        "/figures/low/",
    ]
    left, right = spec["layout"]["xaxis"]["domain"]
    assert left == pytest.approx(placement.layout.left / placement.layout.width)
    assert (right - left) * placement.layout.width == pytest.approx(
        placement.layout.scale_width
    )
    texts = [note["text"] for note in spec["layout"]["annotations"]]
    assert {"Nepal", "killed, Russian side", "×100", "→"} <= {*texts}


def test_plotly_reads_no_markup_from_names():
    chart = dispersion_chart([estimate(high_figure=figure("x"))], KILLED)
    claimant = ClaimantFactory.build(name="<b>Bold</b>")
    bold = dispersion_chart(
        [estimate(high_figure=figure("x", claimant=claimant))], KILLED
    )

    assert "<b>" not in str(bold.spec()["data"])
    assert "&lt;b&gt;" in str(bold.spec()["data"])
    assert "<b>" not in str(chart.spec()["data"])


def claimed(low, high, **fields):
    """Make a figure at each end, so that the rules set them apart."""
    home = {"metric": "killed", "as_of": "2024-12-01"} | fields
    FigureFactory(low=low, high=low, **home)
    families = ClaimantFactory(
        slug="families", name="Families", kind=ClaimantKind.FAMILIES, country=None
    )
    FigureFactory(low=high, high=high, claimant=families, credibility=4, **home)


@pytest.mark.django_db
def test_board_ranks_by_ratio_and_leaves_groups_out():
    from recruitment.rebuilding import rebuild_estimates

    claimed(10, 20)
    claimed(10, 40, country=CountryFactory(code="IND"))
    claimed(10, 80, country=CountryFactory(code="KEN"), side="ukraine")
    claimed(1, 900, country=GroupFactory())
    rebuild_estimates()

    both, russian = dispersion(EVERYTHING), dispersion(KILLED)

    assert [row.name for row in both.rows] == ["Kenya", "India", "Nepal"]
    assert [row.name for row in russian.rows] == ["India", "Nepal"]


@pytest.mark.django_db
def test_chart_stands_alone_and_becomes_a_picture():
    chart = dispersion_chart([estimate()], EVERYTHING)

    assert "×100" in as_svg(chart, "https://muster.example")
    assert as_png(chart, "https://muster.example").startswith(b"\x89PNG")
