"""The list of every figure: filtered as the API filters, sorted and paged on the server."""

import csv
import re
from html import unescape

import pytest

from recruitment.rebuilding import rebuild
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    RussianMinistryFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    FigureFactory(slug="npl-killed", low=19, high=19, as_of="2024-03-14")
    FigureFactory(
        slug="npl-more", low=40, high=None, qualifier="at_least", as_of="2024-09-02"
    )
    FigureFactory(
        slug="npl-up-to", low=None, high=900, qualifier="up_to", as_of="2023-01-01"
    )
    FigureFactory(
        slug="ken-serving",
        country=CountryFactory(code="KEN"),
        metric="serving",
        side="ukraine",
        low=7,
        high=7,
        claimant=RussianMinistryFactory(),
        as_of=None,
        as_of_precision="unknown",
    )
    FigureFactory(slug="npl-draft", low=987_654, high=987_654, draft=True)
    rebuild()


def slugs(client, query=""):
    answer = client.get(f"/figures/?{query}")
    assert answer.status_code == 200
    return re.findall(r'<tr id="([^"]*)"', answer.content.decode())


def words_of(client, address):
    page = client.get(address).content.decode()
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", "<main" + main)).split())


def test_list_gives_every_published_figure_the_newest_first(client, record):
    assert slugs(client) == ["npl-more", "npl-killed", "npl-up-to", "ken-serving"]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        pytest.param("country=KEN", ["ken-serving"], id="country"),
        pytest.param("country=KEN,NPL&metric=serving", ["ken-serving"], id="several"),
        pytest.param("side=ukraine", ["ken-serving"], id="side"),
        pytest.param("claimant_kind=russian_authority", ["ken-serving"], id="kind"),
        pytest.param("scope=subset", [], id="a-filter-of-the-api"),
        pytest.param("country=&metric=serving&side=", ["ken-serving"], id="left-empty"),
    ],
)
def test_list_keeps(client, record, query, kept):
    assert slugs(client, query) == kept


@pytest.mark.parametrize(
    ("ordering", "first", "last"),
    [
        pytest.param("-as_of", "npl-more", "ken-serving", id="newest"),
        pytest.param("as_of", "npl-up-to", "ken-serving", id="oldest"),
        pytest.param("-low", "npl-more", "npl-up-to", id="greatest-low"),
        pytest.param("low", "ken-serving", "npl-up-to", id="smallest-low"),
        pytest.param("-high", "npl-up-to", "npl-more", id="greatest-high"),
        pytest.param("high", "ken-serving", "npl-more", id="smallest-high"),
    ],
)
def test_list_is_sorted_and_what_does_not_say_comes_last(
    client, record, ordering, first, last
):
    found = slugs(client, f"ordering={ordering}")

    assert (found[0], found[-1]) == (first, last)


def test_file_of_the_list_has_the_same_rows_in_the_same_order(client, record):
    page = client.get("/figures/?country=NPL&ordering=-high").content.decode()
    [address] = re.findall(r'href="(/api/v1/figures\.csv[^"]*)"', page)

    answer = client.get(unescape(address))
    rows = csv.DictReader(b"".join(answer.streaming_content).decode().splitlines())

    assert [row["slug"] for row in rows] == re.findall(r'<tr id="([^"]*)"', page)


def test_heading_turns_the_order_round_and_says_how_it_is(client, record):
    page = client.get("/figures/?country=NPL&ordering=-as_of").content.decode()

    assert (
        '<th scope="col" aria-sort="descending"><a href="?country=NPL&amp;'
        'ordering=as_of">As of ↓</a></th>'
    ) in page
    assert '<a href="?country=NPL&amp;ordering=-low">Figure </a>' in page


def test_choice_stays_chosen(client, record):
    page = client.get("/figures/?country=KEN,NPL&metric=killed").content.decode()

    assert '<option value="killed" selected>' in page
    assert '<option value="KEN,NPL" selected>' in page


def test_choice_that_has_no_field_of_its_own_is_kept_in_the_form(client, record):
    page = client.get("/figures/?scope=total&ordering=low").content.decode()

    assert 'name="scope"' in page
    assert '<option value="total" selected>' in page
    assert '<option value="low" selected>' in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("country=XXX", 400, id="country"),
        pytest.param("metric=killled", 400, id="metric"),
        pytest.param("claimant_kind=both", 400, id="claimant-kind"),
        pytest.param("ordering=slug", 400, id="order"),
        pytest.param("page=none", 400, id="page"),
        pytest.param("page=2", 404, id="page-that-is-not-there"),
        pytest.param("search=%00", 400, id="nul-byte"),
    ],
)
def test_list_refuses_what_it_does_not_understand(client, record, query, status):
    assert client.get(f"/figures/?{query}").status_code == status


def test_empty_list_is_no_zero(client, record):
    words = words_of(client, "/figures/?country=KEN&metric=killed")

    assert "0 figures of this choice" in words
    assert (
        "No figure of this choice. Nobody whom the record knows has given one" in words
    )


def test_list_comes_in_pages(client):
    for n in range(51):
        FigureFactory(slug=f"figure-{n:02}", low=n, high=n, citation=None)
    rebuild()

    first, second = slugs(client, "ordering=low"), slugs(client, "ordering=low&page=2")

    assert (len(first), second) == (50, ["figure-50"])
    page = client.get("/figures/?ordering=low").content.decode()
    assert '<a href="?ordering=low&amp;page=2" rel="next">' in page
    assert "1–50 of 51" in page


@pytest.mark.parametrize("rows", [2, 8])
def test_number_of_queries_does_not_grow(client, rows, django_assert_num_queries):
    for n in range(rows):
        FigureFactory(slug=f"f-{n}", claimant=ClaimantFactory(slug=f"c-{n}"))
    rebuild()

    # 1. number of figures  2. a page of them  3. countries to choose from  4. the
    # revision, outside a test's transaction remembered
    with django_assert_num_queries(4):
        client.get("/figures/")
