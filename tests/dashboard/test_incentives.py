"""What recruits were promised: sums in their own currency, and what was no sum."""

import re
from datetime import date
from html import unescape
from itertools import pairwise

import pytest

from dashboard.charts.incentive_drawing import LAYOUTS, LinearScale, placed
from dashboard.charts.incentives import IncentivesChart, Promise, groups_of
from dashboard.charts.kinds import incentives
from recruitment import wording
from tests.factories import (
    CitationFactory,
    CountryFactory,
    IncentiveFactory,
    PublisherFactory,
    RussianMinistryFactory,
    SourceFactory,
)


def promise(country="Nepal", kind="monthly_pay", **fields):
    sums = {"currency": "USD", "period": "month", "low": 2000, "high": 2000}
    told = {"publishers": ("The Post",), "summary": "Pay.", "url": "/sources/one/"}
    return Promise(
        country=country, kind=kind, **{"side": "russia"} | sums | told | fields
    )


def rows_of(*promises, is_one_country=False):
    [group] = groups_of(promises, is_one_country=is_one_country)
    return group.rows


@pytest.mark.parametrize(
    ("low", "high", "words", "marks"),
    [
        pytest.param(2000, 2000, "2,000", (None, 2000, None, False), id="one-sum"),
        pytest.param(0, 0, "0", (None, 0, None, False), id="nothing"),
        pytest.param(
            2000, None, "2,000 or more", (2000, None, None, True), id="or-more"
        ),
        pytest.param(None, 9000, "up to 9,000", (None, None, 9000, False), id="up-to"),
        pytest.param(550, 4800, "550–4,800", (550, None, 4800, False), id="range"),
    ],
)
def test_sum_has_its_words_and_its_marks(low, high, words, marks):
    [row] = rows_of(promise(low=low, high=high))

    assert row.value == words == wording.amount(low, high)
    assert (row.low, row.best, row.high, row.is_open) == marks


def test_no_sum_has_no_words():
    assert wording.amount(None, None) == ""


def test_sums_of_one_kind_currency_and_period_share_a_scale():
    groups = groups_of(
        [
            promise(kind="fee_charged_to_recruit", currency="NPR", period="once"),
            promise(kind="signing_bonus", currency="RUB", period="once"),
            promise(kind="other", period="once"),
            promise(period=""),
            promise(currency="EUR"),
            promise(),
            promise("Cuba", low=None, high=2300),
            promise(
                "Iraq", kind="citizenship", currency="", period="", low=None, high=None
            ),
        ],
        is_one_country=False,
    )

    assert [(group.title, len(group.rows)) for group in groups] == [
        ("Monthly pay, US dollars", 2),
        ("Monthly pay, euros", 1),
        ("Monthly pay, US dollars, period not stated", 1),
        ("Signing bonus, Russian roubles", 1),
        ("Other sums, US dollars, once", 1),
        ("Fees charged to recruits, Nepalese rupees", 1),
    ]
    assert [group.is_charged for group in groups] == [False] * 5 + [True]
    assert [row.name for row in groups[0].rows] == ["Cuba", "Nepal"]


def test_row_is_named_by_country_or_else_by_who_says_so():
    both = [promise(side="ukraine", low=1, high=1), promise(claimant="CNN")]

    assert [row.name for row in rows_of(*both)] == ["Nepal", "Nepal, for Ukraine"]
    assert [row.name for row in rows_of(*both, is_one_country=True)] == [
        *("CNN", "The Post, for Ukraine")
    ]
    assert rows_of(promise(side="ukraine"))[0].name == "Nepal"


@pytest.mark.parametrize("greatest", [1, 7, 620, 6_250, 99_999, 40_000_000])
@pytest.mark.parametrize("width", [212, 380])
def test_ticks_of_money_are_round_even_and_apart(greatest, width):
    scale = LinearScale(greatest)

    ticks = scale.ticks(width, 76)

    steps = {after - before for before, after in pairwise(ticks)}
    assert ticks[0] == 0
    assert ticks[-1] <= greatest
    assert len(steps) <= 1
    assert all(str(step).rstrip("0") in {"1", "2", "5"} for step in steps)
    assert all(scale.at(step) * width >= 76 for step in steps)
    assert scale.name == "linear scale"


@pytest.mark.parametrize("layout", LAYOUTS, ids=["wide", "narrow"])
def test_groups_stand_under_each_other_and_fees_below_a_line(layout):
    groups = groups_of(
        [
            promise(),
            promise("Cuba"),
            promise(currency="EUR"),
            promise(kind="fee_charged_to_recruit", period="once"),
            promise(kind="fee_charged_to_recruit", currency="NPR", period="once"),
        ],
        is_one_country=False,
    )

    drawn, height = placed(groups, layout)

    for above, below in pairwise(drawn):
        assert above.top + above.placement.height < below.top
    assert drawn[-1].top + drawn[-1].placement.height == height
    assert [one.rule is not None for one in drawn] == [False, False, True, False]


def test_chart_without_sums_says_so_in_its_drawing():
    chart = IncentivesChart(
        title="Promised",
        rows=(promise(kind="citizenship", low=None, high=None),),
    )

    assert all("No page states a sum." in drawing.inner for drawing in chart.drawings)
    assert chart.scale_name == ""


def test_records_keep_the_currency_of_the_page():
    [record] = IncentivesChart(
        title="Promised",
        rows=(
            promise(
                low=None,
                high=9000,
                day=date(2023, 12, 7),
                publishers=("The Post", "The Times"),
            ),
        ),
    ).records()

    assert record.keys() == IncentivesChart.columns.keys()
    assert (
        record
        | {
            "currency": "USD",
            "low": None,
            "high": 9000,
            "in_words": "up to 9,000",
            "as_of": "2023-12-07",
            "claimant": None,
            "publishers": "The Post; The Times",
        }
        == record
    )


@pytest.mark.django_db
def test_chart_keeps_to_a_side_and_a_country():
    IncentiveFactory()
    IncentiveFactory(side="ukraine")
    IncentiveFactory(country=CountryFactory(code="CUB"))
    IncentiveFactory(countable=False)
    IncentiveFactory(draft=True)

    asked = [
        incentives(),
        incentives("ukraine"),
        incentives("russia", CountryFactory()),
        incentives("ukraine", CountryFactory(code="CUB")),
    ]

    assert [len(chart.rows) for chart in asked] == [3, 1, 1, 0]
    assert [chart.title for chart in asked] == [
        "What recruits were promised",
        "What recruits were promised, Ukrainian side",
        "What recruits were promised: Nepal, Russian side",
        "What recruits were promised: Cuba, Ukrainian side",
    ]
    assert asked[2].page == "/charts/incentives/?country=NPL&side=russia"
    assert asked[3].empty == (
        "No page that the record knows tells what nationals of Cuba were promised on the"
        " Ukrainian side. That does not mean that nothing was."
    )


@pytest.mark.django_db
def test_chart_tells_the_widest_kept_pay_and_who_says_it():
    party = RussianMinistryFactory()
    IncentiveFactory(amount_low=None, amount_high=6250, claimant=party)
    IncentiveFactory(
        amount_low=350, amount_high=350, country=CountryFactory(code="CUB")
    )
    IncentiveFactory(
        kind="citizenship", amount_low=None, amount_high=None, currency=None
    )

    chart = incentives()

    assert chart.summary == (
        "2 sums and 1 promise without one about 2 countries and groups. Monthly pay, US"
        " dollars: from 350 (Cuba) up to 6,250 (Nepal)."
    )
    assert [row.is_party for row in chart.groups[0].rows] == [True, False]


@pytest.mark.django_db
def test_page_shows_sums_drawn_and_the_rest_as_a_list(client):
    source = SourceFactory(
        slug="page", publisher=PublisherFactory(slug="p", name="Outlet")
    )
    IncentiveFactory(
        summary="Two thousand a month.", claimant=None, citation__source=source
    )
    passport = IncentiveFactory(
        summary="A passport <b>too</b>.",
        kind="citizenship",
        amount_low=None,
        amount_high=None,
        currency=None,
        period=None,
    )
    CitationFactory(incentive=passport, figure=None, source=source)

    page = client.get("/incentives/").content.decode()

    drawing, beside = page.split("Promised beside money", 1)
    beside, table = beside.split('id="incentives-table"', 1)
    assert 'class="row" href="/sources/page/"' in drawing
    assert "Monthly pay, US dollars" in drawing
    assert "A passport &lt;b&gt;too&lt;/b&gt;." in beside
    assert "Two thousand" not in beside
    assert re.search(r'<td class="n">2,000 USD</td>', table)
    assert table.count('href="/sources/page/"') == 2
    assert "<b>too" not in page


@pytest.mark.django_db
def test_page_keeps_what_was_chosen_and_offers_only_countries_with_promises(client):
    IncentiveFactory()
    CountryFactory(code="CUB")

    page = unescape(
        client.get("/incentives/?side=ukraine&country=NPL").content.decode()
    )

    assert '<option value="ukraine" selected>' in page
    assert '<option value="NPL" selected>Nepal</option>' in page
    assert "Cuba" not in page
    assert "nationals of Nepal were promised on the Ukrainian side" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("side=both", "side", id="side"),
        pytest.param("country=XXX", "country", id="country"),
        pytest.param("country=%00", "country", id="nul-byte"),
    ],
)
def test_page_names_the_parameter_that_it_does_not_understand(client, query, name):
    answer = client.get(f"/incentives/?{query}")

    assert answer.status_code == 400
    assert f">{name}</" in answer.content.decode()


@pytest.mark.django_db
def test_country_leads_to_what_its_nationals_were_promised(client):
    IncentiveFactory()

    page = client.get("/countries/NPL/").content.decode()

    assert 'href="/incentives/?country=NPL"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 12])
def test_number_of_queries_does_not_grow_with_rows(
    client, django_assert_num_queries, rows
):
    for n in range(rows):
        source = SourceFactory(
            slug=f"page-{n}", publisher=PublisherFactory(slug=f"p-{n}")
        )
        IncentiveFactory(
            country=CountryFactory(code=["NPL", "CUB", "IND"][n % 3]),
            citation__source=source,
        )

    # 1. the revision  2. promises  3. to 4. their citations  5. the countries to choose
    with django_assert_num_queries(5):
        client.get("/incentives/")
