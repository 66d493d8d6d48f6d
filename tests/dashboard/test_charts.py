"""What the rows of a chart say, before anything is drawn."""

import re
from datetime import date

import pytest

from dashboard.charts.files import as_svg
from dashboard.charts.ranges import claims_chart, ranked_chart
from dashboard.forms import View
from tests.factories import CountryFactory, EstimateFactory, FigureFactory

VIEW = View(side="russia", metric="killed", policy="all", as_of=date(2024, 12, 31))


def figure(slug, **fields):
    return FigureFactory.build(
        slug=slug, **{"pk": hash(slug), "as_of": date(2024, 3, 14)} | fields
    )


def estimate(code="NPL", **fields):
    return EstimateFactory.build(country=CountryFactory.build(code=code), **fields)


def row_of(estimated):
    [row] = ranked_chart([estimated], VIEW).rows
    return row


def claim(**fields):
    [row] = claims_chart([figure("one", **fields)], CountryFactory.build(), VIEW).rows
    return row


def test_estimate_becomes_a_row_with_the_figure_behind_each_number():
    row = row_of(
        estimate(
            low=19,
            best=20,
            high=44,
            high_open=True,
            label="B",
            low_figure=figure("low"),
            best_figure=figure("best"),
            high_figure=figure("high"),
        )
    )

    assert row.name == "Nepal"
    assert row.url == ("/countries/NPL/?side=russia&metric=killed&policy=all#claims")
    assert (row.low, row.best, row.high, row.is_open) == (19, 20, 44, True)
    assert (row.value, row.grade) == ("19–44 or more", "B")
    assert (row.low_url, row.best_url, row.high_url) == (
        "/figures/low/",
        "/figures/best/",
        "/figures/high/",
    )
    assert not row.is_party


def test_row_of_a_sum_has_no_figure_to_lead_to():
    row = row_of(estimate(low=19, best=None, high=None, low_sum_of=["IND", "LKA"]))

    assert (row.low, row.best, row.high) == (19, None, None)
    assert (row.low_url, row.best_url, row.high_url) == ("", "", "")
    assert row.detail == "lowest: the sum of 2 lowest figures"


@pytest.mark.parametrize(
    ("fields", "is_party"),
    [
        pytest.param({"label": "D"}, True, id="a-partys-word"),
        pytest.param(
            {"best_figure": figure("best", interest="with")}, True, id="suits-the-party"
        ),
        pytest.param(
            {"best": None, "high_figure": figure("high", interest="with")},
            True,
            id="highest-suits-the-party",
        ),
        pytest.param(
            {
                "best_figure": figure("best"),
                "high_figure": figure("high", interest="with"),
            },
            False,
            id="best-suits-nobody",
        ),
        pytest.param(
            {"best_figure": figure("best", interest="against")},
            False,
            id="against-interest",
        ),
    ],
)
def test_row_tells_a_partys_own_interest_number(fields, is_party):
    assert row_of(estimate(**fields)).is_party is is_party


@pytest.mark.parametrize(
    ("fields", "marks"),
    [
        pytest.param({"low": 19, "high": 19}, (None, 19, None, False), id="point"),
        pytest.param({"low": 0, "high": 0}, (None, 0, None, False), id="zero"),
        pytest.param(
            {"low": 200, "high": 200, "qualifier": "almost"},
            (None, 200, None, False),
            id="nearly",
        ),
        pytest.param(
            {"low": 10, "high": 20, "qualifier": "range"},
            (10, None, 20, False),
            id="range",
        ),
        pytest.param(
            {"low": 500, "high": None, "qualifier": "at_least"},
            (500, None, None, True),
            id="at-least",
        ),
        pytest.param(
            {"low": 500, "high": None, "qualifier": "more_than"},
            (500, None, None, True),
            id="more-than",
        ),
        pytest.param(
            {"low": None, "high": 40, "qualifier": "up_to"},
            (None, None, 40, False),
            id="up-to",
        ),
        pytest.param(
            {"low": 24, "high": 99, "qualifier": "order_of_magnitude"},
            (24, None, None, True),
            id="dozens",
        ),
    ],
)
def test_claim_becomes_a_row_of_its_own_marks(fields, marks):
    row = claim(**fields)

    assert (row.low, row.best, row.high, row.is_open) == marks
    assert row.url == row.low_url == row.best_url == row.high_url == "/figures/one/"


def test_claim_tells_who_and_when():
    row = claim(as_of_precision="month", interest="with", summary="A sentence.")

    assert row.name == "Ministry of Foreign Affairs of Nepal"
    assert (row.when, row.detail, row.is_party) == ("Mar 2024", "A sentence.", True)
    assert row.grade == ""


def test_countries_rank_by_best_then_floor_then_highest():
    chart = ranked_chart(
        [
            estimate("NPL", low=1, best=50, high=900),
            estimate("IND", low=60, best=None, high=None),
            estimate("CUB", low=None, best=None, high=70),
            estimate("KEN", low=None, best=None, high=None),
            estimate("LKA", low=60, best=None, high=None),
        ],
        VIEW,
    )

    assert [row.name for row in chart.rows] == ["Cuba", "India", "Sri Lanka", "Nepal"]


def test_ranking_is_told_in_a_sentence():
    two = [
        estimate("NPL", low_figure=figure("one"), high_figure=figure("one")),
        estimate("IND", low=5, best=None, high=None, high_open=True),
    ]
    who = "Ministry of Foreign Affairs of Nepal, 14 Mar 2024"

    assert ranked_chart(two, VIEW).summary == (
        f"Nepal comes first with 19 ({who}). For 1 of 2 countries there is a floor but"
        " no best figure: lists and partial counts, which prove a minimum and no more."
    )
    assert ranked_chart(two[:1], VIEW).summary == f"Only Nepal is counted: 19 ({who})."


def test_ranking_of_nobody_says_that_this_is_no_zero():
    chart = ranked_chart([estimate(low=None, best=None, high=None)], VIEW)

    assert chart.rows == ()
    assert chart.summary == ""
    assert "counts “killed” on the Russian side by country. That is no zero" in (
        chart.empty
    )


def test_chart_leads_to_its_page_and_to_each_of_its_forms():
    query = "side=russia&metric=killed&policy=all&as_of=2024-12-31"

    ranked = ranked_chart([], VIEW)
    claims = claims_chart([], CountryFactory.build(), VIEW)

    assert ranked.page == f"/charts/ranked/?{query}"
    assert ranked.address("json") == f"/charts/ranked.json?{query}"
    assert ranked.address("plotly") == f"/charts/ranked.plotly?{query}"
    assert claims.page == f"/charts/claims/?{query}&country=NPL"
    assert claims.address("plotly") == f"/charts/claims.plotly?{query}&country=NPL"


def test_claims_are_counted_by_claim_and_claimant():
    nepal = CountryFactory.build()
    figures = [figure(slug) for slug in ("one", "two", "three")]

    assert claims_chart(figures, nepal, VIEW).summary == "3 claims by 1 claimant."
    assert claims_chart(figures[:1], nepal, VIEW).summary == ""


def test_claims_of_nobody_say_that_this_is_no_zero():
    chart = claims_chart([], CountryFactory.build(), VIEW)

    assert chart.rows == ()
    assert chart.empty == (
        "Nobody whom the record knows has given a number for Nepal here. That is no zero."
    )


@pytest.mark.django_db
def test_picture_says_what_its_marks_mean():
    picture = as_svg(ranked_chart([estimate()], VIEW), "https://muster.example")

    words = " ".join(re.findall(r">([^<]*)</text>", picture))
    assert "Filled: best. Hollow: highest claimed, or a party’s own" in words
