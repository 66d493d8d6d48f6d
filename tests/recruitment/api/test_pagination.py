"""Pages by cursor: every row once, in the order that was asked for."""

import json
import re
from base64 import urlsafe_b64encode
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import assume, given
from hypothesis import strategies as st

from recruitment.models import Figure
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


def cursor_of(*values):
    text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    return encoded(text)


def encoded(text):
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


AS_LOW = '["low",false,{},"a"]'


@pytest.mark.parametrize(
    ("ordering", "cursor"),
    [
        pytest.param("slug", "garbage", id="garbage"),
        pytest.param("slug", "", id="empty"),
        pytest.param("slug", "%00", id="nul-byte"),
        pytest.param("slug", "курсор", id="cyrillic"),
        pytest.param("slug", "-1", id="negative"),
        pytest.param("slug", "A" * 5001, id="very-long"),
        pytest.param("slug", encoded("p=npl"), id="no-json"),
        pytest.param("slug", encoded("5"), id="number"),
        pytest.param("slug", encoded("null"), id="null"),
        pytest.param("slug", encoded('{"slug": false}'), id="object"),
        pytest.param("slug", encoded("[" * 10_000), id="nested-and-open"),
        pytest.param(
            "slug",
            encoded(f'["slug",false,{"[" * 10_000}{"]" * 10_000}]'),
            id="nested",
        ),
        pytest.param("slug", cursor_of("-slug", False, "a"), id="other-direction"),
        pytest.param("as_of", cursor_of("slug", False, "a"), id="other-ordering"),
        pytest.param("slug", cursor_of("slug", 0, "a"), id="number-for-direction"),
        pytest.param("slug", cursor_of("slug", None, "a"), id="null-for-direction"),
        pytest.param("slug", cursor_of("slug", False), id="no-place"),
        pytest.param("slug", cursor_of("slug", False, "a", "b"), id="two-places"),
        pytest.param("slug", cursor_of("slug", False, 5), id="number-for-id"),
        pytest.param("slug", cursor_of("slug", False, None), id="null-for-id"),
        pytest.param("slug", cursor_of("slug", False, ["a"]), id="list-for-id"),
        pytest.param("slug", cursor_of("slug", False, "a b"), id="no-slug"),
        pytest.param("slug", cursor_of("slug", False, "a\0"), id="nul-byte-in-id"),
        pytest.param("slug", encoded('["slug", false, "a"]'), id="spaces-between"),
        pytest.param("low", encoded(AS_LOW.format("1.5")), id="fraction"),
        pytest.param("low", encoded(AS_LOW.format("-1")), id="below-zero"),
        pytest.param("low", encoded(AS_LOW.format("true")), id="true-for-number"),
        pytest.param("low", encoded(AS_LOW.format('"1"')), id="text-for-number"),
        pytest.param("low", encoded(AS_LOW.format(2**63)), id="number-too-great"),
        pytest.param("low", encoded(AS_LOW.format("9" * 5000)), id="number-too-long"),
        pytest.param("low", encoded(AS_LOW.format("1e999")), id="overflow"),
        pytest.param("low", encoded(AS_LOW.format("Infinity")), id="infinity"),
        pytest.param("low", encoded(AS_LOW.format("NaN")), id="not-a-number"),
        pytest.param("as_of", cursor_of("as_of", False, 5, "a"), id="number-for-day"),
        pytest.param(
            "as_of", cursor_of("as_of", False, "2024-02-30", "a"), id="no-such-day"
        ),
        pytest.param(
            "as_of", cursor_of("as_of", False, "20240314", "a"), id="day-unhyphened"
        ),
    ],
)
def test_bad_cursor_is_refused_by_name(client, ordering, cursor):
    FigureFactory()

    answer = client.get(f"/api/v1/figures/?ordering={ordering}&cursor={cursor}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["cursor"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param('"\\u0000"', id="nul-byte"),
        pytest.param('"\\ud800"', id="half-a-surrogate-pair"),
        pytest.param("5", id="number"),
        pytest.param("null", id="null"),
    ],
)
def test_cursor_with_a_name_that_no_row_can_have_is_refused(client, name):
    cursor = encoded(f'["name",false,{name},"a"]')

    answer = client.get(f"/api/v1/claimants/?ordering=name&cursor={cursor}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["cursor"]


def test_cursor_is_taken_whole_or_not_at_all(client):
    make_with(FigureFactory)(SLUGS)
    address = client.get("/api/v1/figures/?page_size=2").json()["next"]
    before, cursor = address.split("cursor=")[0], address.split("cursor=")[1]
    cursor, *after = cursor.split("&")

    def status(text):
        return client.get("&".join([f"{before}cursor={text}", *after])).status_code

    assert status(cursor) == 200
    assert {status(cursor[:end]) for end in range(len(cursor))} == {400}
    assert status(f"{cursor}=") == 400
    assert status(f"{cursor}.") == 400


def test_cursor_past_the_last_row_gives_an_empty_page(client):
    FigureFactory(slug="a")

    answer = client.get(f"/api/v1/figures/?cursor={cursor_of('slug', False, 'z')}")

    assert answer.json() == {"next": None, "previous": None, "results": []}


def test_rows_are_counted_only_when_the_count_is_asked_for(client):
    make_with(FigureFactory)(SLUGS)
    FigureFactory(slug="other", side="ukraine")

    plain, without, counted = (
        client.get(f"/api/v1/figures/?side=russia&page_size=2{query}").json()
        for query in ("", "&count=false", "&count=true")
    )

    assert "count" not in plain
    assert "count" not in without
    assert counted["count"] == len(SLUGS)
    assert client.get(counted["next"]).json()["count"] == len(SLUGS)


@pytest.mark.parametrize("word", ["yes", "1", "True", "", "true,false"])
def test_count_is_true_or_false(client, word):
    answer = client.get(f"/api/v1/figures/?count={word}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["count"]


@pytest.mark.parametrize("resource", ["figures", "estimates", "countries"])
@pytest.mark.parametrize(
    "ordering",
    [
        pytest.param("id", id="our-own-key"),
        pytest.param("--slug", id="two-signs"),
        pytest.param("claimant", id="relation"),
        pytest.param("note", id="field-without-an-order"),
        pytest.param("slug,low", id="two-fields"),
        pytest.param("AS_OF", id="in-capitals"),
    ],
)
def test_unknown_ordering_is_refused_with_those_that_are_known(
    client, resource, ordering
):
    answer = client.get(f"/api/v1/{resource}/?ordering={ordering}")

    assert answer.status_code == 400
    [message] = answer.json()["errors"]["ordering"]
    key = {"figures": "slug", "estimates": "key", "countries": "code"}[resource]
    assert message.startswith(f"Accepted: {key}, -{key}, ")


LINK = re.compile(r'<([^>]+)>; rel="(\w+)"')


def links(answer):
    return {name: address for address, name in LINK.findall(answer["link"])}


def test_link_header_leads_where_the_body_does(client):
    make_with(FigureFactory)(SLUGS)
    address = "/api/v1/figures/?page_size=3&ordering=-as_of"
    first = client.get(address)
    middle = client.get(first.json()["next"])
    last = client.get(middle.json()["next"])

    for answer in (first, middle, last):
        body = answer.json()
        found = links(answer)
        assert client.get(found["first"]).json() == first.json()
        assert found.get("next") == body["next"]
        assert found.get("prev") == body["previous"]
    assert [sorted(links(answer)) for answer in (first, middle, last)] == [
        ["first", "next"],
        ["first", "next", "prev"],
        ["first", "prev"],
    ]


BOUNDS = [
    ("exact", 1, 1),
    ("exact", 2, 2),
    ("at_least", 1, None),
    ("up_to", None, 2),
    ("range", 1, 2),
]
DAYS = [None, "2024-03-13", "2024-03-14", "2024-03-15"]
ids = st.text("abc", min_size=1, max_size=3)
sizes = st.integers(1, 7)
orderings = st.sampled_from(
    [f"{sign}{name}" for name in ("slug", "as_of", "low", "high") for sign in ("", "-")]
)


@st.composite
def places(draw):
    """Values that decide a figure's place, many of them null or shared."""
    qualifier, low, high = draw(st.sampled_from(BOUNDS))
    day = draw(st.sampled_from(DAYS))
    return {
        "qualifier": qualifier,
        "low": low,
        "high": high,
        "as_of": day,
        "as_of_precision": "day" if day else "unknown",
    }


figures = st.dictionaries(ids, places(), min_size=1, max_size=12)


@contextmanager
def record(rows):
    """Keep figures in the database for the time of one example."""
    with transaction.atomic():
        parties = {"country": CountryFactory(), "claimant": ClaimantFactory()}

        def add(rows):
            Figure.objects.bulk_create(
                FigureFactory.build(slug=slug, citation=None, **parties, **place)
                for slug, place in rows.items()
            )

        add(rows)
        yield add
        transaction.set_rollback(True)


def in_order(rows, ordering):
    """Order figures as they should come: by one field, null last, then by id."""
    name, is_down = ordering.removeprefix("-"), ordering.startswith("-")
    values = {slug: (place | {"slug": slug})[name] for slug, place in rows.items()}
    stated = [slug for slug in rows if values[slug] is not None]
    return [
        *sorted(stated, key=lambda slug: (values[slug], slug), reverse=is_down),
        *sorted(rows.keys() - {*stated}, reverse=is_down),
    ]


@given(figures, orderings, sizes, st.data())
def test_each_row_that_keeps_its_place_comes_once_whatever_is_written(
    rows, ordering, size, data
):
    client = Client()
    seen, gone, held = [], set(), dict(rows)
    address = f"/api/v1/figures/?fields=slug&ordering={ordering}&page_size={size}"
    with record(rows) as add:
        while address:
            page = client.get(address).json()
            seen += [row["slug"] for row in page["results"]]
            address = page["next"]
            new = data.draw(st.dictionaries(ids, places(), max_size=3), "new")
            new = {slug: new[slug] for slug in new.keys() - held.keys()}
            add(new)
            held |= new
            slugs = st.lists(st.sampled_from(sorted(held)), max_size=2)
            for slug in data.draw(slugs, "written anew where they stand"):
                Figure.objects.filter(slug=slug).update(note="Read anew.")
            for slug in data.draw(slugs, "moved"):
                place = data.draw(places(), "to")
                Figure.objects.filter(slug=slug).update(**place)
                gone.add(slug)
            for slug in data.draw(slugs, "deleted"):
                Figure.objects.filter(slug=slug).delete()
                gone.add(slug)
            assume(len(held) < 40)

    stayed = {slug: place for slug, place in rows.items() if slug not in gone}
    assert [slug for slug in seen if slug in stayed] == in_order(stayed, ordering)
    assert all(seen.count(slug) <= 1 for slug in held.keys() - gone)


@given(figures, orderings, sizes)
def test_pages_lead_back_as_they_led_on(rows, ordering, size):
    client = Client()
    address = f"/api/v1/figures/?fields=slug&ordering={ordering}&page_size={size}"
    with record(rows):
        onward = list(pages(client, address))
        back = [onward[-1]]
        while back[-1]["previous"]:
            back.append(client.get(back[-1]["previous"]).json())

    there, again = (
        [[row["slug"] for row in page["results"]] for page in walked]
        for walked in (onward, reversed(back))
    )
    assert there == again
    assert [slug for page in there for slug in page] == in_order(rows, ordering)
