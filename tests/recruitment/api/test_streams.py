"""CSV and NDJSON have no pages: every row that was asked for comes once."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruitment.models import Claimant
from tests.factories import ClaimantFactory, CountryFactory, FigureFactory
from tests.recruitment.api.reading import body, table

pytestmark = pytest.mark.django_db


def test_table_takes_filters_fields_and_ordering(client):
    for slug, low in [("a", 3), ("b", 1), ("c", 2)]:
        FigureFactory(slug=slug, side="ukraine", low=low, high=low)
    FigureFactory(slug="d")
    query = "side=ukraine&ordering=-low&fields=slug,country.code"

    assert table(client, f"figures.csv?{query}") == [
        ["slug", "country.code"],
        *(["a", "NPL"], ["c", "NPL"], ["b", "NPL"]),
    ]
    lines = body(client, f"figures.ndjson?{query}").splitlines()
    assert json.loads(lines[0]) == {"slug": "a", "country": {"code": "NPL"}}


def test_table_without_rows_has_its_header_and_no_line(client):
    assert body(client, "publishers.csv") == b"slug,name,homepage\r\n"
    assert body(client, "publishers.ndjson") == b""


MANY = [f"claimant-{n:04}" for n in range(1_203)]


@pytest.fixture
def many():
    country = CountryFactory()
    Claimant.objects.bulk_create(
        # By name the other way round than by slug, and every other name twice.
        Claimant(slug=slug, name=f"{(1_203 - n) // 2:04}", kind="ngo", country=country)
        for n, slug in enumerate(MANY)
    )


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        pytest.param("slug", MANY, id="by-id"),
        pytest.param("-slug", MANY[::-1], id="by-id-down"),
        pytest.param(
            "name",
            sorted(MANY, key=lambda slug: ((1_203 - int(slug[-4:])) // 2, slug)),
            id="by-name",
        ),
    ],
)
def test_table_of_many_rows_is_read_five_hundred_at_a_time(
    client, many, ordering, expected
):
    with CaptureQueriesContext(connection) as asked:
        header, *rows = table(client, f"claimants.csv?fields=slug&ordering={ordering}")

    assert header == ["slug"]
    assert [slug for [slug] in rows] == expected
    # Three pages, and before them the revision.
    assert len(asked) == 4


def test_table_gives_each_row_once_while_others_come_and_go(client, many):
    lines = iter(client.get("/api/v1/claimants.ndjson?fields=slug"))

    seen = [json.loads(next(lines))["slug"] for _ in range(500)]
    Claimant.objects.filter(slug__in=[MANY[0], MANY[499]]).delete()
    for slug in ("a-before", "claimant-0700-between"):
        ClaimantFactory(slug=slug)
    seen += [json.loads(line)["slug"] for line in lines]

    assert seen == [*MANY[:701], "claimant-0700-between", *MANY[701:]]
