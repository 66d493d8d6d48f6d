"""What states did: rows, marks on a line of time, and the page that tells them in full."""

import json
import re
from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest

from dashboard.charts.records import responses as chart_of
from dashboard.charts.response_drawing import GAP, MARKS, NARROW, WIDE, Placement
from recruitment.choices import ResponseKind
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    PublisherFactory,
    ResponseFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
LAYOUTS = [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="narrow")]


def act(slug, day="2024-01-05", precision=None, **fields):
    precision = precision or ("day" if day else "unknown")
    return ResponseFactory(slug=slug, date=day, date_precision=precision, **fields)


def kenya():
    return CountryFactory(code="KEN")


def words_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    words = re.sub(r"<title>.*?</title>|<[^>]*>", " ", "<main" + main)
    return " ".join(unescape(words).split())


def placed(chart, layout):
    """Give the middle of each mark by the slug of its response."""
    placement = Placement(chart.rows, layout)
    return {
        drawn.act.slug: (drawn.x, drawn.y)
        for lane in placement.lanes
        for drawn in lane.acts
    }


def test_responses_come_newest_first_and_the_undated_last():
    act("old", "2024-01-05")
    act("undated", None)
    act("new", "2025-01-05")

    assert [row.slug for row in chart_of().rows] == ["new", "old", "undated"]


def test_draft_is_no_response():
    act("draft", draft=True)

    chart = chart_of()

    assert chart.rows == ()
    assert "does not mean that none did" in chart.empty


def test_response_becomes_a_record_of_who_did_what_and_who_says_so():
    pages = SourceFactory(slug="page", publisher=PublisherFactory(slug="x", name="X"))
    act("ban", persons=12, citation__source=pages)

    assert chart_of().records() == [
        {
            "date": "5 Jan 2024",
            "country": "Nepal",
            "kind": "Travel ban",
            "actor": "Department of Foreign Employment",
            "summary": "Nepal stopped issuing permits to work in Russia and Ukraine.",
            "persons": 12,
            "claimant": "Ministry of Foreign Affairs of Nepal",
            "publishers": "X",
            "page": "/responses/?country=NPL&kind=travel_ban#ban",
        }
    ]


def test_lines_are_countries_and_for_one_country_kinds():
    act("one", kind="arrests")
    act("two")
    act("three")
    act("four", country=kenya(), kind="arrests")

    every, one = chart_of(), chart_of(country=CountryFactory())

    assert [lane.name for lane in Placement(every.rows, WIDE).lanes] == [
        "Nepal",
        "Kenya",
    ]
    assert [(lane.name, lane.count) for lane in Placement(one.rows, WIDE).lanes] == [
        ("Travel ban", 2),
        ("Arrests", 1),
    ]
    assert one.query == "country=NPL"
    assert one.title == "What states did: Nepal"


def test_summary_tells_how_many_and_of_how_many_the_day_is_not_known():
    act("one")
    act("two", None)
    act("three", country=kenya())
    act("four", country=CountryFactory(code="IND"))

    assert chart_of().summary == (
        "4 acts about the recruitment of nationals of 3 countries, most of them of Nepal (2)"
        " and India (1); of 1 the day is not known."
    )
    assert (
        chart_of(country=kenya()).summary == "1 act about the recruitment of nationals."
    )


def test_every_kind_has_a_mark_of_its_own():
    assert MARKS.keys() == set(ResponseKind)
    assert len({mark.path for mark in MARKS.values()}) == len(ResponseKind)
    assert len({mark.name for mark in MARKS.values()}) == len(ResponseKind)


def test_key_names_the_kinds_that_occur_and_no_other():
    act("one", kind="arrests")
    act("two", kind="travel_ban")

    chart = chart_of()

    assert [label for _, label in chart.marks] == ["Travel ban", "Arrests"]
    assert chart.key == "Square: travel ban. Triangle: arrests."


def test_only_a_year_known_is_drawn_as_a_line_through_the_year():
    act("year", "2024-12-31", "year")
    act("day", "2024-06-01")

    chart = chart_of()
    [lane] = Placement(chart.rows, WIDE).lanes
    extents = {drawn.act.slug: drawn.extent for drawn in lane.acts}

    assert extents["day"] is None
    start, end = extents["year"]
    assert start < placed(chart, WIDE)["year"][0] < end
    assert chart.has_year_marks


@pytest.mark.parametrize("layout", LAYOUTS)
def test_marks_go_by_time_between_what_is_older_and_what_is_undated(layout):
    for slug, day in (
        ("older", "2018-12-31"),
        ("first", "2022-03-01"),
        ("then", "2023-07-01"),
        ("last", "2026-05-01"),
        ("undated", None),
    ):
        act(slug, day)

    places = placed(chart_of(), layout)

    order = sorted(places, key=lambda slug: places[slug][0])
    assert order == ["older", "first", "then", "last", "undated"]
    assert all(layout.left <= x <= layout.right for x, _ in places.values())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2024-01-05", id="one-day"),
        pytest.param("2019-01-05", id="before-the-axis"),
        pytest.param(None, id="undated"),
    ],
)
def test_marks_never_cover_each_other(layout, day):
    for n in range(9):
        act(f"act-{n}", day)

    places = list(placed(chart_of(), layout).values())

    for place, (x, y) in enumerate(places):
        for other_x, other_y in places[place + 1 :]:
            assert abs(x - other_x) >= GAP or abs(y - other_y) >= GAP


def test_undated_marks_fill_their_column_from_side_to_side():
    for n in range(4):
        act(f"act-{n}", None)

    assert len({y for _, y in placed(chart_of(), WIDE).values()}) == 1


def test_every_mark_is_a_link_with_its_words(client):
    act("ban", summary="Permits <stopped> & more")

    svg = client.get("/charts/responses.svg").content
    [link] = ElementTree.fromstring(svg).iterfind(".//{*}a")  # noqa: S314  # our own

    assert link.get("href").endswith("/responses/?country=NPL&kind=travel_ban#ban")
    assert link.findtext("{*}title") == (
        "Nepal, 5 Jan 2024: Travel ban, Department of Foreign Employment. Permits"
        " <stopped> & more (Ministry of Foreign Affairs of Nepal)"
    )


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        pytest.param("", {"one", "two", "three"}, id="all"),
        pytest.param("country=KEN", {"three"}, id="country"),
        pytest.param("kind=arrests", {"two", "three"}, id="kind"),
        pytest.param("country=NPL&kind=arrests", {"two"}, id="both"),
        pytest.param("country=&kind=", {"one", "two", "three"}, id="left-empty"),
    ],
)
def test_page_and_chart_keep(client, query, kept):
    act("one")
    act("two", kind="arrests")
    act("three", kind="arrests", country=kenya())

    page = client.get(f"/responses/?{query}").content.decode()
    rows = json.loads(client.get(f"/charts/responses.json?{query}").content)["rows"]

    assert set(re.findall(r'<tr id="([^"]*)"', page)) == kept
    assert {row["page"].split("#")[1] for row in rows} == kept


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("country=XXX", 400, id="country"),
        pytest.param("kind=strike", 400, id="kind"),
        pytest.param("page=0", 400, id="page-zero"),
        pytest.param("page=2", 404, id="page-that-is-not-there"),
    ],
)
def test_page_refuses_what_it_does_not_understand(client, query, status):
    act("one")

    assert client.get(f"/responses/?{query}").status_code == status


def test_page_tells_a_response_in_full(client):
    act(
        "ban",
        persons=350,
        claimant=ClaimantFactory(slug="ngo", name="INPACT", country=None),
    )

    words = words_of(client, "/responses/")

    assert (
        "5 Jan 2024 Nepal Travel ban 350 people Department of Foreign Employment Nepal"
        " stopped issuing permits to work in Russia and Ukraine. INPACT The Kathmandu"
        " Post"
    ) in words


def test_page_without_a_response_says_why(client):
    CountryFactory(code="KEN")

    assert "knows of nothing like it" in words_of(client, "/responses/?country=KEN")


def test_long_list_comes_in_pages_that_keep_the_choice(client):
    for n in range(51):
        act(f"act-{n:02}", date(2024, 1, 1), kind="arrests")

    first = client.get("/responses/?kind=arrests").content.decode()
    second = client.get("/responses/?kind=arrests&page=2").content.decode()

    assert first.count("<tr id=") == 50
    assert '<a href="?kind=arrests&amp;page=2" rel="next">' in first
    assert re.findall(r'<tr id="([^"]*)"', second) == ["act-50"]
    assert '<a href="?kind=arrests" rel="prev">' in second


def test_country_shows_what_it_did(client):
    act("ban")
    act("elsewhere", country=kenya(), kind="conviction")

    page = client.get("/countries/NPL/").content.decode()

    assert 'id="responses"' in page
    assert '<tr id="ban">' in page
    assert "Conviction" not in page


def test_country_that_did_nothing_known_has_no_such_part(client):
    CountryFactory()

    assert "What states did" not in words_of(client, "/countries/NPL/")


@pytest.mark.parametrize("rows", [2, 8])
def test_number_of_queries_does_not_grow(client, rows, django_assert_num_queries):
    for n in range(rows):
        pages = SourceFactory(slug=f"page-{n}")
        act(f"act-{n}", claimant=ClaimantFactory(slug=f"c-{n}"), citation__source=pages)

    # 1. responses with their countries and claimants  2. to 3. their pages  4. countries
    # to choose from  5. the revision, outside a test's transaction remembered
    with django_assert_num_queries(5):
        client.get("/responses/")
