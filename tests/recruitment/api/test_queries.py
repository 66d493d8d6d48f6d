"""How many questions each route asks of the database: as many for 12 rows as for 3."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.recruitment.api.record import CODES, make_record

pytestmark = pytest.mark.django_db

CODE = CODES[0]
TODAY = datetime.now(UTC).date()
KEY = f"{CODE}-russia-killed".lower()


@pytest.fixture(
    scope="module",
    params=[pytest.param(3, id="3-rows"), pytest.param(12, id="12-rows")],
)
def record(request, kept_rows):
    with kept_rows():
        make_record(request.param)
        yield


def queries(client, route):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/api/v1/{route}")
        body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200, body
    return [one["sql"] for one in asked]


@pytest.mark.parametrize(
    ("route", "number"),
    [
        # 1. the rows, each whole as the database writes it
        pytest.param("countries/", 1, id="countries"),
        pytest.param("countries.csv", 1, id="countries-as-csv"),
        pytest.param("countries/GROUP_A/", 1, id="country"),
        pytest.param("publishers/", 1, id="publishers"),
        pytest.param("publishers/outlet-0/", 1, id="publisher"),
        pytest.param("claimants/", 1, id="claimants"),
        pytest.param("claimants/says-0/", 1, id="claimant"),
        pytest.param("sources/", 1, id="sources"),
        pytest.param("sources/page-0-0/", 1, id="source"),
        pytest.param("figures/", 1, id="figures"),
        pytest.param("figures.csv", 1, id="figures-as-csv"),
        pytest.param("figures.ndjson", 1, id="figures-as-ndjson"),
        pytest.param("figures/killed-0/", 1, id="figure"),
        pytest.param("figures/?fields=citations.source.url", 1, id="figures-sparse"),
        pytest.param("figures/?ordering=-as_of&page_size=2", 1, id="figures-ordered"),
        pytest.param("recruitment/", 1, id="recruitment"),
        pytest.param("recruitment/serving-0/", 1, id="recruitment-figure"),
        pytest.param("casualties/", 1, id="casualties"),
        pytest.param("casualties/killed-0/", 1, id="casualty"),
        pytest.param("citations/", 1, id="citations"),
        pytest.param("citations/act-0--page-0-0/", 1, id="citation"),
        pytest.param("responses/", 1, id="responses"),
        pytest.param("responses/act-0/", 1, id="response"),
        pytest.param("incentives/", 1, id="incentives"),
        pytest.param("incentives/pay-0/", 1, id="incentive"),
        pytest.param("methods/", 1, id="methods"),
        pytest.param("methods/way-0/", 1, id="method"),
        pytest.param("presence/", 1, id="presence"),
        pytest.param("presence/there-0/", 1, id="presence-row"),
        pytest.param("contradictions/", 1, id="contradictions"),
        pytest.param("contradictions/original-0--high-0/", 1, id="contradiction"),
        pytest.param("changes/", 1, id="changes"),
        pytest.param("estimates/?as_of=2024-03-14", 1, id="estimates-of-a-day"),
        # 1. the count  2. the rows
        pytest.param("figures/?count=true", 2, id="figures-counted"),
        # 1. to 3. the country, the claimant and the source asked for  4. the rows
        pytest.param(
            f"figures/?country={CODE}&claimant=says-0&source=page-0-0",
            4,
            id="figures-filtered",
        ),
        # 1. the figure asked for  2. the rows
        pytest.param("contradictions/?figure=high-0", 2, id="contradictions-filtered"),
        # 1. the record's latest day  2. the rows
        pytest.param("estimates/", 2, id="estimates"),
        pytest.param("estimates.csv", 2, id="estimates-as-csv"),
        pytest.param(f"estimates/{KEY}/", 2, id="estimate"),
        # 1. the latest day  2. the country  3. members  4. disjoint pairs
        # 5. the figures of the key  6. those figures with who says them
        pytest.param(f"estimates/{KEY}/explain/", 6, id="explanation"),
        # as before, with the members' estimates after 3.; no figure is its own
        pytest.param("estimates/foreign-russia-killed/explain/", 6, id="group"),
        # 1. the latest day  2. the country; of that moment 3. to 5. groups and members
        # 6. claimants  7. days of publication  8. citations  9. and 10. disjoint pairs
        # 11. the figures  12. those figures whole  13. their countries  14. to 17. who says
        # and who counted, and whose authorities they are
        pytest.param(
            f"estimates/{KEY}/explain/?known_at={TODAY}", 17, id="explanation-known"
        ),
        # the same but 1. and 2., and 1. the countries that were asked for
        pytest.param(
            f"estimates/?known_at={TODAY}&country={CODE}", 18, id="estimates-known"
        ),
        # 1. the country  2. estimates
        pytest.param(
            f"series/?country={CODE}&metric=killed&side=russia", 2, id="series"
        ),
        # 1. the latest day  2. to 4. counts  5. to 7. estimates: all foreigners,
        # countries, widest  8. the newest figures
        pytest.param("summary/", 8, id="summary"),
    ],
)
def test_number_of_queries_does_not_grow_with_rows(client, record, route, number):
    asked = queries(client, route)

    # One more is for the revision; outside a test's transaction it is remembered.
    assert len(asked) == number + 1, asked
