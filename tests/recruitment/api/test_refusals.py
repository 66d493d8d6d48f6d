"""What is not understood is refused by name: a typo must not return every row."""

import pytest

from recruitment.choices import Metric, Policy, Side
from tests.factories import CountryFactory, EstimateFactory, FigureFactory

pytestmark = pytest.mark.django_db

ROUTES = [
    pytest.param("countries/", id="countries"),
    pytest.param("countries/NPL/", id="country"),
    pytest.param("figures/", id="figures"),
    pytest.param("figures/npl-killed/", id="figure"),
    pytest.param("recruitment/", id="recruitment"),
    pytest.param("recruitment/npl-serving/", id="recruitment-figure"),
    pytest.param("casualties/", id="casualties"),
    pytest.param("casualties/npl-killed/", id="casualty"),
    pytest.param("claimants/", id="claimants"),
    pytest.param("claimants/nepal-foreign-ministry/", id="claimant"),
    pytest.param("sources/", id="sources"),
    pytest.param("sources/kathmandu-post-2024-03-14-nepalis-killed/", id="source"),
    pytest.param("publishers/kathmandu-post/", id="publisher"),
    pytest.param("citations/", id="citations"),
    pytest.param("responses.csv", id="responses-as-csv"),
    pytest.param("incentives.ndjson", id="incentives-as-ndjson"),
    pytest.param("methods.json", id="methods-as-json"),
    pytest.param("presence/", id="presence"),
    pytest.param("contradictions/", id="contradictions"),
    pytest.param("estimates/", id="estimates"),
    pytest.param("estimates/npl-russia-killed/", id="estimate"),
    pytest.param("estimates/npl-russia-killed/explain/", id="explanation"),
    pytest.param("series/", id="series"),
    pytest.param("summary/", id="summary"),
    pytest.param("", id="root"),
]


@pytest.fixture(scope="module", autouse=True)
def record(kept_rows):
    """A row for each of the routes."""
    with kept_rows():
        FigureFactory(slug="npl-killed")
        FigureFactory(slug="npl-serving", metric="serving")
        EstimateFactory()
        yield


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("name", ["metirc", "format"])
def test_unknown_parameter_is_refused_by_name(client, route, name):
    answer = client.get(f"/api/v1/{route}?{name}=killed")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]
    assert answer.json()["errors"][name][0].startswith("Unknown parameter. Accepted: ")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("SIDE=russia", "SIDE", id="in-capitals"),
        pytest.param("side__in=russia", "side__in", id="lookup"),
        pytest.param("format=json", "format", id="format-that-we-have"),
        pytest.param("%00=1", "\0", id="nul-byte"),
        pytest.param("страна=NPL", "страна", id="cyrillic"),
        pytest.param(f"{'x' * 5000}=1", "x" * 5000, id="very-long"),
    ],
)
def test_parameter_by_a_strange_name_is_refused_by_it(client, query, name):
    answer = client.get(f"/api/v1/figures/?{query}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.parametrize(
    ("route", "accepted"),
    [
        pytest.param("", "none", id="root"),
        pytest.param(
            "publishers/",
            "count, cursor, fields, ordering, page_size, search",
            id="list",
        ),
        pytest.param(
            "publishers.csv", "excel, fields, ordering, search", id="list-as-csv"
        ),
        pytest.param(
            "publishers.ndjson", "fields, ordering, search", id="list-as-ndjson"
        ),
        pytest.param("figures/npl-killed/", "fields", id="detail"),
        pytest.param(
            "estimates/npl-russia-killed/", "as_of, fields, policy", id="estimate"
        ),
        pytest.param(
            "estimates/npl-russia-killed/explain/",
            "as_of, known_at, policy",
            id="explanation",
        ),
        pytest.param(
            "estimates/?known_at=2024-01-01",
            "as_of, country, known_at, metric, policy, side",
            id="estimates-known-at-a-day",
        ),
        pytest.param(
            "estimates.csv?known_at=2024-01-01",
            "as_of, country, excel, known_at, metric, policy, side",
            id="estimates-known-at-a-day-as-csv",
        ),
        pytest.param("series/", "country, metric, policy, side", id="series"),
        pytest.param("summary/", "as_of, metric, policy, side", id="summary"),
    ],
)
def test_refusal_tells_which_parameters_there_are(client, route, accepted):
    mark = "&" if "?" in route else "?"

    answer = client.get(f"/api/v1/{route}{mark}x=1")

    assert answer.json()["errors"] == {
        "x": [f"Unknown parameter. Accepted: {accepted}."]
    }


@pytest.mark.parametrize(
    ("route", "names"),
    [
        pytest.param(
            "figures/npl-killed/",
            ["count", "cursor", "excel", "ordering", "page_size", "side"],
            id="detail",
        ),
        pytest.param("figures.csv", ["count", "cursor", "page_size"], id="csv"),
        pytest.param(
            "figures.ndjson", ["count", "cursor", "excel", "page_size"], id="ndjson"
        ),
        pytest.param("figures/", ["excel"], id="json"),
        pytest.param(
            "estimates/?known_at=2024-01-01&country=NPL",
            ["count", "cursor", "excel", "fields", "label", "ordering", "page_size"],
            id="estimates-known-at-a-day",
        ),
    ],
)
def test_what_other_answers_take_is_refused_by_name(client, route, names):
    mark = "&" if "?" in route else "?"
    query = "&".join(f"{name}=1" for name in names)

    answer = client.get(f"/api/v1/{route}{mark}{query}")

    assert answer.status_code == 400
    assert sorted(answer.json()["errors"]) == names


NONE_OF_THE_CHOICES = [
    pytest.param("neither", id="unknown"),
    pytest.param("Russia", id="in-another-case"),
    pytest.param("-1", id="negative"),
    pytest.param("%00", id="nul-byte"),
    pytest.param("Росія", id="cyrillic"),
    pytest.param("'; DROP TABLE", id="sql"),
    pytest.param("x" * 5000, id="very-long"),
    pytest.param("", id="empty"),
    pytest.param("%20", id="blank"),
]


FIGURE_FILTERS = [
    *("side", "metric", "scope", "evidence", "interest", "countable", "status"),
    *("claimant_kind", "country", "claimant", "source", "as_of_from", "as_of_to"),
    *("qualifier", "min_reports"),
]
RECORD_FILTERS = ["country", "claimant", "claimant_kind", "source", "countable"]
ESTIMATE_FILTERS = ["side", "metric", "label", "policy", "country", "as_of"]


@pytest.mark.parametrize(
    ("route", "names"),
    [
        pytest.param("countries/", ["kind"], id="countries"),
        pytest.param("claimants/", ["kind", "party", "country"], id="claimants"),
        pytest.param(
            "sources/",
            ["kind", "publisher", "derived_from", "link_state", "published_from"],
            id="sources",
        ),
        pytest.param("figures/", FIGURE_FILTERS, id="figures"),
        pytest.param("figures.csv", FIGURE_FILTERS, id="figures-as-csv"),
        pytest.param("recruitment/", FIGURE_FILTERS, id="recruitment"),
        pytest.param("casualties.ndjson", FIGURE_FILTERS, id="casualties-as-ndjson"),
        pytest.param("citations/", ["source", "figure", "role"], id="citations"),
        pytest.param(
            "responses/", [*RECORD_FILTERS, "kind", "date_from"], id="responses"
        ),
        pytest.param("incentives/", [*RECORD_FILTERS, "side", "kind"], id="incentives"),
        pytest.param("methods/", ["countries", "side", "status"], id="methods"),
        pytest.param("presence/", [*RECORD_FILTERS, "side"], id="presence"),
        pytest.param(
            "contradictions/",
            ["country", "side", "metric", "kind", "figure"],
            id="contradictions",
        ),
        pytest.param("estimates/", ESTIMATE_FILTERS, id="estimates"),
        pytest.param(
            "estimates/npl-russia-killed/", ["as_of", "policy"], id="estimate"
        ),
        pytest.param(
            "estimates/npl-russia-killed/explain/",
            ["as_of", "known_at", "policy"],
            id="explanation",
        ),
        pytest.param("series/", ["country", "metric", "policy", "side"], id="series"),
        pytest.param("summary/", ["as_of", "metric", "policy", "side"], id="summary"),
    ],
)
@pytest.mark.parametrize("value", NONE_OF_THE_CHOICES)
def test_each_bad_value_is_refused_by_name(client, route, names, value):
    query = "&".join(f"{name}={value}" for name in names)

    answer = client.get(f"/api/v1/{route}?{query}")

    assert answer.status_code == 400
    assert sorted(answer.json()["errors"]) == sorted(names)


@pytest.mark.parametrize(
    ("route", "name"),
    [
        pytest.param("countries/", "region", id="region"),
        pytest.param("countries/", "sub_region", id="sub-region"),
        pytest.param("sources/", "language", id="language"),
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        pytest.param("", id="empty"),
        pytest.param("%20", id="blank"),
        pytest.param("%00", id="nul-byte"),
    ],
)
def test_open_vocabularies_refuse_what_is_no_word(client, route, name, value):
    answer = client.get(f"/api/v1/{route}?{name}={value}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.parametrize("name", ["country", "claimant", "source"])
def test_unknown_id_is_refused_with_a_reason(client, name):
    answer = client.get(f"/api/v1/figures/?{name}=nobody")

    assert answer.json()["errors"] == {name: ["There is no such id: nobody."]}


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        pytest.param(
            "country=NPL,XXX,IND",
            {"country": ["There is no such id: XXX."]},
            id="unknown-among-known",
        ),
        pytest.param(
            "country=NPL,,IND",
            {"country": ["There is no such id: ."]},
            id="empty-between",
        ),
        pytest.param(
            "country=,", {"country": ["There is no such id: ."]}, id="comma-alone"
        ),
        pytest.param(
            "country=NPL,%20IND",
            {"country": ["There is no such id:  IND."]},
            id="space-after-the-comma",
        ),
        pytest.param(
            "side=russia,neither",
            {"side": ["neither: accepted is russia, ukraine."]},
            id="unknown-among-values",
        ),
        pytest.param(
            "side=russia,",
            {"side": [": accepted is russia, ukraine."]},
            id="comma-at-the-end",
        ),
        pytest.param(
            "country=NPL%00,IND",
            {"country": ["Give text without a NUL byte."]},
            id="nul-byte-among-known",
        ),
        pytest.param(
            "status=published,draft",
            {
                "status": [
                    "draft: accepted is published, superseded, corrected, retracted."
                ]
            },
            id="draft-among-statuses",
        ),
    ],
)
def test_each_of_several_values_has_to_be_known(client, query, errors):
    CountryFactory(code="IND")

    answer = client.get(f"/api/v1/figures/?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"] == errors


@pytest.mark.parametrize("text", ["1.5", "1e2", "-1", "many", "1,2", "٣x"])
@pytest.mark.parametrize(
    ("resource", "name"),
    [
        pytest.param("figures", "min_reports", id="reports"),
        pytest.param("estimates", "min_origins", id="origins"),
    ],
)
def test_least_number_is_a_whole_number(client, resource, name, text):
    answer = client.get(f"/api/v1/{resource}/?{name}={text}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2024-02-30", id="no-such-day"),
        pytest.param("yesterday", id="word"),
        pytest.param("20240314", id="without-hyphens"),
        pytest.param("2024-03", id="month"),
        pytest.param("-1", id="negative"),
        pytest.param("99999-01-01", id="year-of-five-digits"),
        pytest.param("2024-03-14T00:00:00Z", id="moment"),
        pytest.param("05/06/2024", id="by-slashes"),
        pytest.param("5 June 2024", id="in-words"),
    ],
)
@pytest.mark.parametrize(
    ("route", "name"),
    [
        pytest.param("figures/", "as_of_from", id="figures-from"),
        pytest.param("casualties.csv", "as_of_to", id="casualties-to"),
        pytest.param("sources/", "published_from", id="sources-from"),
        pytest.param("responses/", "date_to", id="responses-to"),
        pytest.param("estimates/", "as_of", id="estimates"),
        pytest.param("estimates/npl-russia-killed/", "as_of", id="estimate"),
        pytest.param(
            "estimates/npl-russia-killed/explain/", "known_at", id="explanation"
        ),
        pytest.param("summary/", "as_of", id="summary"),
    ],
)
def test_what_is_no_day_is_refused(client, route, name, day):
    answer = client.get(f"/api/v1/{route}?{name}={day}")

    assert answer.status_code == 400
    assert answer.json()["errors"] == {name: ["Give a day as YYYY-MM-DD."]}


@pytest.mark.parametrize(
    ("route", "query", "name"),
    [
        pytest.param("figures/", "side=russia&side=ukraine", "side", id="list"),
        pytest.param("figures/", "side=russia&side=russia", "side", id="same-twice"),
        pytest.param(
            "figures/npl-killed/", "fields=low&fields=high", "fields", id="detail"
        ),
        pytest.param("figures.csv", "side=russia&side=ukraine", "side", id="csv"),
        pytest.param(
            "figures/", "page_size=1&page_size=2", "page_size", id="page-size"
        ),
        pytest.param(
            "estimates/", "as_of=2024-01-01&as_of=2025-01-01", "as_of", id="as-of"
        ),
        pytest.param(
            "series/",
            "country=NPL&country=IND&metric=killed&side=russia",
            "country",
            id="series",
        ),
    ],
)
def test_repeated_parameter_is_refused_by_name(client, route, query, name):
    answer = client.get(f"/api/v1/{route}?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"] == {name: ["Give this parameter once."]}


def test_status_draft_cannot_be_asked_for(client):
    FigureFactory(draft=True)

    answer = client.get("/api/v1/figures/?status=draft")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["status"]


def accepted(answer, name):
    [message] = answer.json()["errors"][name]
    return message.partition(": accepted is ")[2].removesuffix(".").split(", ")


@pytest.mark.parametrize(
    ("route", "name", "values"),
    [
        pytest.param("figures/", "side", Side.values, id="figures-side"),
        pytest.param("figures/", "metric", Metric.values, id="figures-metric"),
        pytest.param("figures/", "countable", ["true", "false"], id="countable"),
        pytest.param("estimates/", "policy", Policy.values, id="estimates-policy"),
        pytest.param("summary/", "policy", Policy.values, id="summary-policy"),
        pytest.param(
            "series/?country=NPL&metric=killed", "side", Side.values, id="series-side"
        ),
    ],
)
def test_refusal_tells_which_values_are_accepted(client, route, name, values):
    mark = "&" if "?" in route else "?"

    answer = client.get(f"/api/v1/{route}{mark}{name}=none")

    assert answer.status_code == 400
    assert accepted(answer, name) == values
