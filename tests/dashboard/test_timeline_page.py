"""The record month by month."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    GroupFactory,
    ResponseFactory,
)

pytestmark = pytest.mark.django_db


def months(client, address="/timeline/"):
    """Give the lines under each month, by year and month."""
    answer = client.get(address)
    assert answer.status_code == 200
    page = unescape(answer.content.decode()).split("<main", 1)[1].split("</main>")[0]
    found = {}
    for year in re.split(r"<section", page)[1:]:
        name = re.search(r"<h2>(.*?)</h2>", year)[1]
        for month in re.split(r'<h3 class="when">', year)[1:]:
            lines = re.findall(r"<li>(.*?)</li>", month, re.DOTALL)
            texts = [" ".join(re.sub(r"<[^>]*>", " ", one).split()) for one in lines]
            found[f"{name} {month.split('<')[0]}"] = texts
    return found


def test_figure_stands_under_the_month_of_its_day(client):
    FigureFactory(slug="npl-killed")

    assert months(client) == {
        "2024 March": [
            "14 Nepal, killed, Russian side : 19 Ministry of Foreign Affairs of Nepal"
        ]
    }
    page = client.get("/timeline/").content.decode()
    assert '<a href="/figures/npl-killed/">Nepal, killed, Russian side</a>' in page


def test_response_stands_under_the_month_in_which_it_was_made(client):
    ResponseFactory()

    [line] = months(client)["2024 January"]

    assert line.startswith("5 Nepal : Travel ban. Nepal stopped issuing permits")
    assert line.endswith("Ministry of Foreign Affairs of Nepal")


def test_newest_comes_first_and_what_is_known_less_exactly_last(client):
    FigureFactory(as_of="2024-03-02", low=1, high=1)
    FigureFactory(as_of="2024-03-30", low=2, high=2)
    FigureFactory(as_of="2024-03-31", as_of_precision="month", low=3, high=3)
    FigureFactory(as_of="2024-12-31", as_of_precision="year", low=4, high=4)
    FigureFactory(as_of="2025-01-05", low=5, high=5)
    FigureFactory(as_of=None, as_of_precision="unknown", low=6, high=6)
    ResponseFactory(date=None, date_precision="unknown")

    found = months(client)

    assert list(found) == [
        "2025 January",
        "2024 March",
        "2024 Month not known",
        "Undated Day not known",
    ]
    numbers = [line.split(" : ")[1].split()[0] for line in found["2024 March"]]
    assert numbers == ["2", "1", "3"]
    assert len(found["Undated Day not known"]) == 2


def test_what_needs_a_warning_has_one(client):
    FigureFactory(slug="a", scope="subset", scope_note="One list.")
    FigureFactory(slug="b", countable=False)
    FigureFactory(slug="c", status="retracted", status_reason="misread")
    ResponseFactory(countable=False, status="corrected", status_reason="misread")

    [part, uncounted, retracted] = months(client)["2024 March"]
    [response] = months(client)["2024 January"]

    assert part.endswith("a part")
    assert uncounted.endswith("not counted")
    assert retracted.endswith("Retracted")
    assert response.endswith("not counted Corrected")


def test_response_of_no_special_kind_is_told_by_its_summary(client):
    ResponseFactory(kind="other")

    [line] = months(client)["2024 January"]

    assert "Other" not in line


def test_relayed_count_names_who_counted(client):
    FigureFactory(evidence_origin=ClaimantFactory(slug="hur", name="HUR"))

    [line] = months(client)["2024 March"]

    assert line.endswith("HUR, relayed by Ministry of Foreign Affairs of Nepal")


@pytest.fixture
def two_countries():
    kenya = CountryFactory(code="KEN")
    FigureFactory(slug="npl-killed")
    FigureFactory(slug="npl-legion", side="ukraine", low=7, high=7)
    FigureFactory(slug="ken-killed", country=kenya, low=5, high=5, as_of="2025-01-01")
    ResponseFactory(country=kenya, date="2025-02-01")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            "", {"2025 February": 1, "2025 January": 1, "2024 March": 2}, id="all"
        ),
        pytest.param("?country=NPL", {"2024 March": 2}, id="country"),
        pytest.param(
            "?country=KEN", {"2025 February": 1, "2025 January": 1}, id="response-too"
        ),
        pytest.param("?country=NPL&side=ukraine", {"2024 March": 1}, id="both"),
        pytest.param("?side=ukraine", {"2025 February": 1, "2024 March": 1}, id="side"),
        pytest.param("?year=2024", {"2024 March": 2}, id="year"),
        pytest.param(
            "?side=&country=&year=",
            {"2025 February": 1, "2025 January": 1, "2024 March": 2},
            id="empty",
        ),
    ],
)
def test_filters_keep_what_was_asked_for(client, two_countries, query, expected):
    found = months(client, f"/timeline/{query}")

    assert {month: len(lines) for month, lines in found.items()} == expected


def test_heading_and_numbers_follow_the_filter(client, two_countries):
    page = client.get("/timeline/?country=KEN").content.decode()

    assert "<h1>Kenya, month by month</h1>" in page
    assert "<title>Timeline: Kenya · Muster</title>" in page
    assert "1 figure by the day" in page
    assert "1 response of governments" in page
    assert '<option value="KEN" selected>Kenya</option>' in page
    assert "year=" not in page  # one year leaves no choice


def test_country_is_named_once_where_one_was_asked_for(client, two_countries):
    found = months(client, "/timeline/?country=NPL&side=russia")

    assert found["2024 March"] == [
        "14 Killed : 19 Ministry of Foreign Affairs of Nepal"
    ]


def test_year_that_is_asked_for_is_marked_and_can_be_left(client, two_countries):
    page = client.get("/timeline/?country=NPL&year=2024").content.decode()
    empty = client.get("/timeline/?country=NPL&year=2023").content.decode()

    assert '<input type="hidden" name="year" value="2024">' in page
    marked = '<a href="?country=NPL&amp;year=2024" aria-current="true">2024</a>'
    assert marked in page
    assert '<a href="?country=NPL">All years</a>' in page
    assert "Nothing in the record" in empty
    assert '<a href="?country=NPL&amp;year=2024">2024</a>' in empty


def test_only_countries_with_rows_can_be_chosen(client, two_countries):
    CountryFactory(code="AND")
    FigureFactory(country=CountryFactory(code="BRA"), draft=True)
    FigureFactory(country=GroupFactory(), low=500, high=500)

    page = client.get("/timeline/").content.decode()

    options = re.findall(r'<option value="([A-Z]+)"', page)
    assert options == ["FOREIGN", "KEN", "NPL"]


def test_nothing_found_is_told_as_no_zero(client):
    CountryFactory(code="AND")

    page = client.get("/timeline/?country=AND").content.decode()

    assert "Nothing in the record is dated so for Andorra. That is no zero" in page


def test_long_record_is_shown_a_year_at_a_time(client, two_countries, monkeypatch):
    monkeypatch.setattr("dashboard.timeline_views.MOST", 3)

    assert list(months(client)) == ["2025 February", "2025 January"]
    assert list(months(client, "/timeline/?year=2024")) == ["2024 March"]
    assert "All years" not in client.get("/timeline/").content.decode()
    assert list(months(client, "/timeline/?country=NPL")) == ["2024 March"]


def test_long_record_without_days_is_shown_whole(client, monkeypatch):
    monkeypatch.setattr("dashboard.timeline_views.MOST", 0)
    FigureFactory(as_of=None, as_of_precision="unknown")

    assert list(months(client)) == ["Undated Day not known"]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("side=both", id="side"),
        pytest.param("country=XXX", id="country"),
        pytest.param("year=soon", id="year"),
        pytest.param("year=99999999999", id="far-year"),
    ],
)
def test_what_is_not_understood_is_refused(client, query):
    assert client.get(f"/timeline/?{query}").status_code == 400


@pytest.mark.parametrize("rows", [2, 9])
def test_number_of_queries_does_not_grow_with_rows(client, rows):
    for n in range(rows):
        country = CountryFactory(code=["KEN", "NPL", "IND"][n % 3])
        FigureFactory(country=country, claimant=ClaimantFactory(slug=f"claimant-{n}"))
        ResponseFactory(country=country)

    with CaptureQueriesContext(connection) as queries:
        assert client.get("/timeline/").status_code == 200

    # 1. to 2. years  3. to 4. counts  5. figures  6. responses  7. countries to choose
    # and one for the revision
    assert len(queries) == 7 + 1
