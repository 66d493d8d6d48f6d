"""How many questions each route asks of the database: as many for 12 rows as for 3."""

import pycountry
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    GroupFactory,
    PublisherFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

CODES = sorted(country.alpha_3 for country in pycountry.countries)


def record(rows):
    """Make as many rows of everything, each with rows of its own in every relation."""
    for n in range(rows):
        country = CountryFactory(code=CODES[n])
        GroupFactory(code=f"GROUP_{'ABCDEFGHIJKL'[n]}", members=[country])
        says = ClaimantFactory(slug=f"says-{n}", country=country)
        counts = ClaimantFactory(slug=f"counts-{n}", country=country)
        pages = [
            SourceFactory(
                slug=f"page-{n}-{place}", publisher=PublisherFactory(slug=f"outlet-{n}")
            )
            for place in range(2)
        ]
        pages[0].derived_from.add(pages[1])
        parties = {"country": country, "claimant": says, "evidence_origin": counts}
        original = FigureFactory(slug=f"original-{n}", **parties)
        for metric in ("killed", "serving"):
            figure = FigureFactory(
                slug=f"{metric}-{n}",
                metric=metric,
                variant_of=original,
                citation=None,
                **parties,
            )
            for page in pages:
                CitationFactory(figure=figure, source=page)
        EstimateFactory(
            country=country,
            low_figure=original,
            best_figure=original,
            high_figure=FigureFactory(slug=f"high-{n}", **parties),
            last_known_figure=FigureFactory(slug=f"last-{n}", **parties),
        )


@pytest.mark.parametrize(
    ("route", "queries"),
    [
        # 1. countries, each with its count of figures  2. members
        pytest.param("countries/", 2, id="countries"),
        pytest.param("countries/GROUP_A/", 2, id="country"),
        # 1. figures with country, claimant, who counted and the original
        # 2. citations with source and publisher  3. what the sources rest on
        pytest.param("figures/", 3, id="figures"),
        pytest.param("figures/killed-0/", 3, id="figure"),
        pytest.param("recruitment/", 3, id="recruitment"),
        pytest.param("recruitment/serving-0/", 3, id="recruitment-figure"),
        pytest.param("casualties/", 3, id="casualties"),
        pytest.param("casualties/killed-0/", 3, id="casualty"),
        # as before, with 1. to 3. the country, the claimant and the source asked for
        pytest.param(
            f"figures/?country={CODES[0]}&claimant=says-0&source=page-0-0",
            6,
            id="figures-filtered",
        ),
        # 1. claimants with country
        pytest.param("claimants/", 1, id="claimants"),
        pytest.param("claimants/says-0/", 1, id="claimant"),
        # 1. sources with publisher  2. what they rest on
        pytest.param("sources/", 2, id="sources"),
        pytest.param("sources/page-0-0/", 2, id="source"),
        # 1. the record's latest day  2. estimates with country and the four ends
        pytest.param("estimates/", 2, id="estimates"),
        pytest.param(f"estimates/{CODES[0].lower()}-russia-killed/", 2, id="estimate"),
        # 1. estimates with country and the four ends
        pytest.param("estimates/?as_of=2024-03-14", 1, id="estimates-of-a-day"),
    ],
)
@pytest.mark.parametrize("rows", [3, 12])
def test_number_of_queries_does_not_grow_with_rows(client, route, queries, rows):
    record(rows)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/api/v1/{route}")

    assert answer.status_code == 200
    # One more is for the revision; outside a test's transaction it is remembered.
    assert len(asked) == queries + 1, [one["sql"] for one in asked]
