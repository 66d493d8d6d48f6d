"""Which rows a reader asked for; what is not understood is refused by name."""

import pytest

from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    GroupFactory,
    PublisherFactory,
    RussianMinistryFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def ids(client, resource, query):
    answer = client.get(f"/api/v1/{resource}/?{query}")
    assert answer.status_code == 200, answer.content
    return {
        row.get("slug") or row.get("code") or row["key"]
        for row in answer.json()["results"]
    }


@pytest.fixture
def figures():
    """Figures that differ from `plain` in one or two ways each, and a draft."""
    india, russia = CountryFactory(code="IND"), RussianMinistryFactory()
    FigureFactory(slug="plain")
    FigureFactory(slug="indian", country=india, as_of="2024-03-13")
    FigureFactory(slug="on-the-other-side", side="ukraine", as_of="2024-03-15")
    FigureFactory(slug="held", metric="captured_held", claimant=russia, interest="with")
    FigureFactory(
        slug="listed", scope="subset", scope_note="a list", evidence="enumerated"
    )
    FigureFactory(
        slug="doubled", countable=False, as_of=None, as_of_precision="unknown"
    )
    FigureFactory(slug="taken-back", status="retracted", status_reason="withdrawn")
    report = SourceFactory(slug="aid-report")
    elsewhere = FigureFactory(slug="elsewhere", citation=None)
    CitationFactory(figure=elsewhere, source=report)
    draft = FigureFactory(slug="draft", draft=True, country=india)
    CitationFactory(figure=draft, source=report)


ALL = {
    *("plain", "indian", "on-the-other-side", "held", "listed", "doubled"),
    *("taken-back", "elsewhere"),
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", ALL, id="none"),
        pytest.param("country=IND", {"indian"}, id="country"),
        pytest.param("side=ukraine", {"on-the-other-side"}, id="side"),
        pytest.param("metric=captured_held", {"held"}, id="metric"),
        pytest.param("metric=recruited", set(), id="metric-without-figures"),
        pytest.param("claimant=russian-defence-ministry", {"held"}, id="claimant"),
        pytest.param("claimant_kind=russian_authority", {"held"}, id="claimant-kind"),
        pytest.param("interest=with", {"held"}, id="interest"),
        pytest.param("source=aid-report", {"elsewhere"}, id="source"),
        pytest.param("scope=subset", {"listed"}, id="scope"),
        pytest.param("evidence=enumerated", {"listed"}, id="evidence"),
        pytest.param("countable=false", {"doubled"}, id="not-countable"),
        pytest.param("countable=true", ALL - {"doubled"}, id="countable"),
        pytest.param("status=retracted", {"taken-back"}, id="status"),
        pytest.param("status=published", ALL - {"taken-back"}, id="status-published"),
        pytest.param(
            "as_of_from=2024-03-15", {"on-the-other-side"}, id="from-a-day-inclusive"
        ),
        pytest.param("as_of_to=2024-03-13", {"indian"}, id="to-a-day-inclusive"),
        pytest.param(
            "as_of_from=2024-03-13&as_of_to=2024-03-13", {"indian"}, id="one-day"
        ),
        pytest.param(
            "as_of_from=0001-01-01", ALL - {"doubled"}, id="any-day-but-the-undated"
        ),
        pytest.param("country=IND&side=ukraine", set(), id="two-that-exclude"),
    ],
)
def test_figures_are_filtered_by(client, figures, query, expected):
    assert ids(client, "figures", query) == expected


def test_families_are_filtered_alike(client, figures):
    FigureFactory(slug="serving", metric="serving", side="ukraine")

    assert ids(client, "recruitment", "side=ukraine") == {"serving"}
    assert ids(client, "casualties", "side=ukraine") == {"on-the-other-side"}
    assert ids(client, "recruitment", "metric=captured_held") == set()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", {"NPL", "IND", "FOREIGN"}, id="none"),
        pytest.param("kind=group", {"FOREIGN"}, id="kind"),
        pytest.param("region=Asia", {"NPL", "IND"}, id="region"),
        pytest.param("sub_region=Southern+Asia", {"NPL"}, id="sub-region"),
        pytest.param("region=Atlantis", set(), id="region-of-none"),
    ],
)
def test_countries_are_filtered_by(client, query, expected):
    CountryFactory(region="Asia", sub_region="Southern Asia")
    CountryFactory(code="IND", region="Asia")
    GroupFactory()

    assert ids(client, "countries", query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("kind=ngo", {"families"}, id="kind"),
        pytest.param("party=russia", {"russian-defence-ministry"}, id="party"),
        pytest.param("country=NPL", {"nepal-foreign-ministry"}, id="country"),
        pytest.param("country=RUS&kind=ngo", set(), id="two-that-exclude"),
    ],
)
def test_claimants_are_filtered_by(client, query, expected):
    ClaimantFactory()
    ClaimantFactory(slug="families", kind="ngo", country=None)
    RussianMinistryFactory()

    assert ids(client, "claimants", query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("publisher=wire", {"wire-report"}, id="publisher"),
        pytest.param("kind=wire_copy", {"wire-report"}, id="kind"),
        pytest.param("language=ne", {"rewrite"}, id="language"),
        pytest.param("derived_from=wire-report", {"rewrite"}, id="derived-from"),
        pytest.param("derived_from=rewrite", set(), id="derived-from-no-further"),
    ],
)
def test_sources_are_filtered_by(client, query, expected):
    wire = PublisherFactory(slug="wire", name="The Wire")
    report = SourceFactory(slug="wire-report", publisher=wire, kind="wire_copy")
    SourceFactory(slug="rewrite", language="ne").derived_from.add(report)

    assert ids(client, "sources", query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("country=IND", {"ind-russia-killed"}, id="country"),
        pytest.param("side=ukraine", {"npl-ukraine-killed"}, id="side"),
        pytest.param("metric=missing", {"npl-russia-missing"}, id="metric"),
        pytest.param("label=E", {"npl-russia-missing"}, id="label"),
        pytest.param(
            "policy=no_party&side=russia", {"npl-russia-killed"}, id="policy-and-side"
        ),
        pytest.param("as_of=2023-01-01", {"ind-russia-killed"}, id="as-of"),
        pytest.param("as_of=2023-01-01&country=NPL", set(), id="as-of-and-country"),
    ],
)
def test_estimates_are_filtered_by(client, query, expected):
    EstimateFactory()
    EstimateFactory(policy="no_party")
    EstimateFactory(country=CountryFactory(code="IND"), from_day="2023-01-01")
    EstimateFactory(side="ukraine")
    EstimateFactory(metric="missing", label="E")

    assert ids(client, "estimates", query) == expected


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
    pytest.param("estimates/", id="estimates"),
    pytest.param("estimates/npl-russia-killed/", id="estimate"),
]


@pytest.fixture
def record():
    """A row for each of the routes."""
    FigureFactory(slug="npl-killed")
    FigureFactory(slug="npl-serving", metric="serving")
    EstimateFactory()


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("name", ["metirc", "format"])
def test_unknown_parameter_is_refused_by_name(client, record, route, name):
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


def test_refusal_tells_which_parameters_there_are(client):
    answer = client.get("/api/v1/claimants/?x=1")

    assert answer.json()["errors"] == {
        "x": ["Unknown parameter. Accepted: country, cursor, kind, page_size, party."]
    }


def test_pages_are_unknown_where_there_is_one_row(client, record):
    answer = client.get("/api/v1/figures/npl-killed/?page_size=10&cursor=x")

    assert answer.status_code == 400
    assert sorted(answer.json()["errors"]) == ["cursor", "page_size"]


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
]
ESTIMATE_FILTERS = ["side", "metric", "label", "policy", "country", "as_of"]


@pytest.mark.parametrize(
    ("route", "names"),
    [
        pytest.param("countries/", ["kind"], id="countries"),
        pytest.param("countries/NPL/", ["kind"], id="country"),
        pytest.param("claimants/", ["kind", "party", "country"], id="claimants"),
        pytest.param("sources/", ["kind", "publisher", "derived_from"], id="sources"),
        pytest.param("figures/", FIGURE_FILTERS, id="figures"),
        pytest.param("figures/npl-killed/", FIGURE_FILTERS, id="figure"),
        pytest.param("recruitment/", FIGURE_FILTERS, id="recruitment"),
        pytest.param("casualties/npl-killed/", FIGURE_FILTERS, id="casualty"),
        pytest.param("estimates/", ESTIMATE_FILTERS, id="estimates"),
        pytest.param("estimates/npl-russia-killed/", ESTIMATE_FILTERS, id="estimate"),
    ],
)
@pytest.mark.parametrize("value", NONE_OF_THE_CHOICES)
def test_each_bad_value_is_refused_by_name(client, record, route, names, value):
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
def test_open_vocabularies_refuse_what_is_no_word(client, record, route, name, value):
    answer = client.get(f"/api/v1/{route}?{name}={value}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.parametrize("name", ["country", "claimant", "source"])
def test_unknown_id_is_refused_with_a_reason(client, record, name):
    answer = client.get(f"/api/v1/figures/?{name}=nobody")

    assert answer.json()["errors"] == {name: ["There is no such id."]}


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
    ],
)
@pytest.mark.parametrize(
    ("route", "name"),
    [
        pytest.param("figures/", "as_of_from", id="figures-from"),
        pytest.param("figures/npl-killed/", "as_of_to", id="figure-to"),
        pytest.param("estimates/", "as_of", id="estimates"),
        pytest.param("estimates/npl-russia-killed/", "as_of", id="estimate"),
    ],
)
def test_what_is_no_day_is_refused(client, record, route, name, day):
    answer = client.get(f"/api/v1/{route}?{name}={day}")

    assert answer.status_code == 400
    assert answer.json()["errors"] == {name: ["Enter a valid date."]}


@pytest.mark.parametrize(
    ("route", "query", "name"),
    [
        pytest.param("figures/", "side=russia&side=ukraine", "side", id="list"),
        pytest.param("figures/", "side=russia&side=russia", "side", id="same-twice"),
        pytest.param(
            "figures/npl-killed/", "side=russia&side=ukraine", "side", id="detail"
        ),
        pytest.param(
            "figures/", "page_size=1&page_size=2", "page_size", id="page-size"
        ),
        pytest.param(
            "estimates/", "as_of=2024-01-01&as_of=2025-01-01", "as_of", id="as-of"
        ),
    ],
)
def test_repeated_parameter_is_refused_by_name(client, record, route, query, name):
    answer = client.get(f"/api/v1/{route}?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"] == {name: ["Give this parameter once."]}


def test_status_draft_cannot_be_asked_for(client):
    FigureFactory(draft=True)

    answer = client.get("/api/v1/figures/?status=draft")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["status"]


def test_detail_that_does_not_match_its_filters_is_not_found(client, record):
    assert client.get("/api/v1/figures/npl-killed/?side=russia").status_code == 200
    assert client.get("/api/v1/figures/npl-killed/?side=ukraine").status_code == 404
