"""Pages by cursor: every row once, in the order of the public id."""

from base64 import b64encode
from urllib.parse import quote

import pytest

from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def pages(client, address):
    """Follow `next` from page to page."""
    while address:
        answer = client.get(address).json()
        yield answer
        address = answer["next"]


def make_countries(ids):
    for name in ids:
        CountryFactory(code=name)


def make_estimates(ids):
    for name in ids:
        EstimateFactory(key=name)


def make_with(factory, **fields):
    def make(ids):
        for name in ids:
            factory(slug=name, **fields)

    return make


SLUGS = ["e-5", "a-1", "g-7", "c-3", "b-2", "f-6", "d-4"]  # in no order
CODES = ["NPL", "IND", "CUB", "KEN", "BRA", "YEM", "LKA"]


@pytest.mark.parametrize(
    ("resource", "key", "make", "ids"),
    [
        pytest.param("countries", "code", make_countries, CODES, id="countries"),
        pytest.param("figures", "slug", make_with(FigureFactory), SLUGS, id="figures"),
        pytest.param(
            "recruitment",
            "slug",
            make_with(FigureFactory, metric="serving"),
            SLUGS,
            id="recruitment",
        ),
        pytest.param(
            "casualties", "slug", make_with(FigureFactory), SLUGS, id="casualties"
        ),
        pytest.param(
            "claimants", "slug", make_with(ClaimantFactory), SLUGS, id="claimants"
        ),
        pytest.param("sources", "slug", make_with(SourceFactory), SLUGS, id="sources"),
        pytest.param("estimates", "key", make_estimates, SLUGS, id="estimates"),
    ],
)
def test_pages_hold_every_row_once_in_order(client, resource, key, make, ids):
    make(ids)

    walked = list(pages(client, f"/api/v1/{resource}/?page_size=3"))

    assert [len(page["results"]) for page in walked] == [3, 3, 1]
    assert [row[key] for page in walked for row in page["results"]] == sorted(ids)


def test_pages_lead_back_to_the_first(client):
    make_with(FigureFactory)(SLUGS)
    first, second, third = pages(client, "/api/v1/figures/?page_size=3")

    again = client.get(third["previous"]).json()

    assert first["previous"] is None
    assert again["results"] == second["results"]
    assert client.get(again["previous"]).json()["results"] == first["results"]


def test_pages_keep_their_filters(client):
    make_with(FigureFactory)(SLUGS)
    make_with(FigureFactory, side="ukraine")(["a-0", "d-0", "z-0"])

    walked = list(pages(client, "/api/v1/figures/?side=ukraine&page_size=2"))

    slugs = [row["slug"] for page in walked for row in page["results"]]
    assert slugs == ["a-0", "d-0", "z-0"]


def test_pages_lose_no_row_when_one_before_the_cursor_comes_in(client):
    make_with(FigureFactory)(["b", "c", "d"])
    first = client.get("/api/v1/figures/?page_size=2").json()
    FigureFactory(slug="a")

    second = client.get(first["next"]).json()

    assert [row["slug"] for row in second["results"]] == ["d"]


def test_page_has_fifty_rows_unless_another_size_is_asked_for(client):
    make_with(ClaimantFactory)(f"claimant-{n}" for n in range(51))

    sizes = {
        query: len(client.get(f"/api/v1/claimants/{query}").json()["results"])
        for query in ("", "?page_size=1", "?page_size=51", "?page_size=500")
    }

    assert sizes == {
        "": 50,
        "?page_size=1": 1,
        "?page_size=51": 51,
        "?page_size=500": 51,
    }


@pytest.mark.parametrize(
    "size",
    [
        pytest.param("0", id="zero"),
        pytest.param("-1", id="negative"),
        pytest.param("501", id="over-the-greatest"),
        pytest.param("1.5", id="fraction"),
        pytest.param("1e2", id="exponent"),
        pytest.param("ten", id="word"),
        pytest.param("", id="empty"),
        pytest.param("%20", id="blank"),
        pytest.param("%00", id="nul-byte"),
        pytest.param("٣", id="arabic-digit"),
        pytest.param("²", id="superscript"),
        pytest.param("9" * 30, id="very-great"),
        pytest.param("9" * 5000, id="very-long"),
    ],
)
def test_bad_page_size_is_refused_by_name(client, size):
    answer = client.get(f"/api/v1/figures/?page_size={size}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["page_size"]


def encoded(text):
    return quote(b64encode(text.encode()).decode())


@pytest.mark.parametrize(
    "cursor",
    [
        pytest.param("garbage", id="garbage"),
        pytest.param("", id="empty"),
        pytest.param("%00", id="nul-byte"),
        pytest.param("курсор", id="cyrillic"),
        pytest.param("-1", id="negative"),
        pytest.param("A" * 5001, id="very-long"),
        pytest.param(encoded("p=непал"), id="encoded-cyrillic"),
        pytest.param(encoded("p=%00"), id="encoded-nul-byte"),
        pytest.param(encoded("o=-1"), id="encoded-negative-offset"),
        pytest.param(encoded(f"o={'9' * 5000}"), id="encoded-very-long-offset"),
    ],
)
def test_bad_cursor_is_refused_by_name(client, cursor):
    FigureFactory()

    answer = client.get(f"/api/v1/figures/?cursor={cursor}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["cursor"]


def test_cursor_past_the_last_row_gives_an_empty_page(client):
    FigureFactory(slug="a")

    answer = client.get(f"/api/v1/figures/?cursor={encoded('p=zzz')}").json()

    assert (answer["results"], answer["next"]) == ([], None)
