"""Which rows a reader asked for: filters, alone and together."""

import pytest

from recruitment.finding import rebuild_findings
from recruitment.models import Claimant
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    ConflictFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    GroupFactory,
    IncentiveFactory,
    MethodFactory,
    PresenceFactory,
    PublisherFactory,
    ResponseFactory,
    RussianMinistryFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def ids(client, resource, query):
    """Give the public ids of the rows that a query keeps, in their order."""
    answer = client.get(f"/api/v1/{resource}/?{query}")
    assert answer.status_code == 200, answer.content
    return [
        row.get("slug") or row.get("code") or row["key"]
        for row in answer.json()["results"]
    ]


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
        pytest.param("country=IND,NPL", ALL, id="two-countries"),
        pytest.param("side=ukraine,ukraine", {"on-the-other-side"}, id="same-twice"),
        pytest.param("metric=recruited,captured_held", {"held"}, id="two-metrics"),
        pytest.param("status=retracted,corrected", {"taken-back"}, id="two-statuses"),
        pytest.param(
            "claimant=russian-defence-ministry,nepal-foreign-ministry&interest=with",
            {"held"},
            id="two-claimants-of-one-interest",
        ),
        pytest.param("qualifier=exact,about", ALL, id="two-qualifiers"),
        pytest.param("qualifier=range", set(), id="qualifier-of-none"),
        pytest.param(
            "as_of_from=2024-03-15&as_of_to=2024-03-13", set(), id="days-turned-round"
        ),
    ],
)
def test_figures_are_filtered_by(client, figures, query, expected):
    assert sorted(ids(client, "figures", query)) == sorted(expected)


def test_figure_on_several_of_the_pages_asked_for_comes_once(client):
    pages = [SourceFactory(slug=f"page-{place}") for place in range(3)]
    figure = FigureFactory(slug="one", citation=None)
    for page in pages:
        CitationFactory(figure=figure, source=page)
    FigureFactory(slug="two")

    assert ids(client, "figures", "source=page-0,page-1,page-2") == ["one"]
    counted = client.get("/api/v1/figures/?source=page-0,page-1&count=true").json()
    assert counted["count"] == 1


@pytest.mark.parametrize(
    ("resource", "query", "expected"),
    [
        pytest.param("figures", "search=indian", ["indian"], id="figure-by-its-id"),
        pytest.param(
            "figures", "search=nepal&country=IND", ["indian"], id="figure-and-a-country"
        ),
        pytest.param("figures", "search=nepal+atlantis", [], id="every-word"),
        pytest.param("casualties", "search=INDIAN", ["indian"], id="in-capitals"),
        pytest.param("recruitment", "search=indian", [], id="other-family"),
        pytest.param(
            "claimants",
            "search=defence+russia",
            ["russian-defence-ministry"],
            id="words",
        ),
        pytest.param("sources", "search=aid", ["aid-report"], id="source"),
        pytest.param("countries", "search=ind", ["IND"], id="country-by-its-code"),
        pytest.param("countries", "search=ind&kind=group", [], id="country-and-a-kind"),
        pytest.param("publishers", "search=post", ["kathmandu-post"], id="publisher"),
    ],
)
def test_rows_are_found_by_words(client, figures, resource, query, expected):
    assert ids(client, resource, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("min_reports=0", ["copied", "twice"], id="none-needed"),
        pytest.param("min_reports=1", ["copied", "twice"], id="one"),
        pytest.param("min_reports=2", ["twice"], id="two"),
        pytest.param("min_reports=3", [], id="three"),
        pytest.param(f"min_reports={2**64}", [], id="more-than-a-column-holds"),
        pytest.param("min_reports=2&metric=killed", ["twice"], id="and-a-metric"),
        pytest.param("min_reports=2&side=ukraine", [], id="and-another-side"),
    ],
)
def test_figures_are_filtered_by_their_independent_reports(client, query, expected):
    report = SourceFactory(slug="report")
    other = SourceFactory(slug="other", publisher=PublisherFactory(slug="b", name="B"))
    copy = SourceFactory(slug="copy", kind="rewrite")
    copy.derived_from.add(report)
    for slug, pages in {"copied": [report, copy], "twice": [report, other]}.items():
        figure = FigureFactory(slug=slug, citation=None)
        for page in pages:
            CitationFactory(figure=figure, source=page)
    rebuild_findings()

    assert ids(client, "figures", query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("countries=NPL", ["both", "nepal"], id="one"),
        pytest.param("countries=IND", ["both"], id="the-other"),
        pytest.param(
            "countries=NPL,IND", ["both", "nepal"], id="either-without-doubles"
        ),
        pytest.param("countries=NPL,IND&side=ukraine", [], id="and-another-side"),
        pytest.param("kind=student_visas&countries=IND", ["both"], id="and-a-kind"),
        pytest.param("kind=abduction", [], id="kind-of-none"),
        pytest.param("claimant_kind=ngo", [], id="claimant-kind"),
    ],
)
def test_methods_are_filtered_by(client, query, expected):
    nepal, india = CountryFactory(), CountryFactory(code="IND")
    MethodFactory(slug="nepal", countries=[nepal])
    MethodFactory(slug="both", countries=[nepal, india])

    assert ids(client, "methods", query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("figure=one", ["contradiction", "revision"], id="the-earlier"),
        pytest.param("figure=two", ["contradiction"], id="the-later"),
        pytest.param("figure=alone", [], id="figure-without"),
        pytest.param("kind=revised_down", ["revision"], id="kind"),
        pytest.param(
            "kind=revised_down,contradiction",
            ["contradiction", "indian", "revision"],
            id="both-kinds",
        ),
        pytest.param("country=IND", ["indian"], id="country"),
        pytest.param("country=IND&figure=one", [], id="two-that-exclude"),
        pytest.param("side=ukraine", [], id="side"),
        pytest.param(
            "metric=killed&country=NPL,IND&figure=two", ["contradiction"], id="three"
        ),
    ],
)
def test_contradictions_are_filtered_by(client, query, expected):
    india = CountryFactory(code="IND")
    one, two, three = (FigureFactory(slug=slug) for slug in ("one", "two", "three"))
    FigureFactory(slug="alone")
    pairs = {
        "contradiction": ConflictFactory(one=one, other=two),
        "revision": ConflictFactory(kind="revised_down", one=one, other=three),
        "indian": ConflictFactory(one=FigureFactory(country=india)),
    }
    names = {f"{pair.one_id}--{pair.other_id}": name for name, pair in pairs.items()}

    found = ids(client, "contradictions", query)

    assert sorted(names[slug] for slug in found) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("figure=one", ["one--page"], id="figure"),
        pytest.param("figure=one,two", ["one--page", "two--other-page"], id="figures"),
        pytest.param("source=page", ["act--page", "one--page"], id="source"),
        pytest.param("source=page&figure=two", [], id="two-that-exclude"),
        pytest.param("role=repeats", ["two--other-page"], id="role"),
    ],
)
def test_citations_are_filtered_by(client, query, expected):
    page, other = SourceFactory(slug="page"), SourceFactory(slug="other-page")
    one, two = (FigureFactory(slug=slug, citation=None) for slug in ("one", "two"))
    act = ResponseFactory(slug="act", citation=None)
    CitationFactory(figure=one, source=page)
    CitationFactory(figure=two, source=other, role="repeats")
    CitationFactory(figure=None, response=act, source=page)

    assert ids(client, "citations", query) == expected


@pytest.mark.parametrize(
    ("resource", "query", "expected"),
    [
        pytest.param("responses", "kind=travel_ban", ["ban"], id="response-kind"),
        pytest.param(
            "responses", "kind=travel_ban,arrests", ["arrests", "ban"], id="either-kind"
        ),
        pytest.param("responses", "date_from=2024-01-06", ["arrests"], id="from-a-day"),
        pytest.param("responses", "date_to=2024-01-05", ["ban"], id="to-a-day"),
        pytest.param("responses", "countable=false", [], id="response-countable"),
        pytest.param(
            "incentives", "kind=citizenship", ["passport"], id="incentive-kind"
        ),
        pytest.param("incentives", "currency=USD", ["pay"], id="currency"),
        pytest.param("incentives", "currency=USD&side=ukraine", [], id="and-a-side"),
        pytest.param("presence", "side=ukraine", ["there"], id="presence-side"),
        pytest.param("presence", "side=russia", [], id="presence-other-side"),
        pytest.param("presence", "country=NPL,IND", ["there"], id="presence-countries"),
    ],
)
def test_other_claims_are_filtered_by(client, resource, query, expected):
    CountryFactory(code="IND")
    ResponseFactory(slug="ban")
    ResponseFactory(slug="arrests", kind="arrests", date="2024-01-06")
    IncentiveFactory(slug="pay")
    IncentiveFactory(
        slug="passport",
        kind="citizenship",
        amount_low=None,
        amount_high=None,
        currency=None,
    )
    PresenceFactory(slug="there")

    assert ids(client, resource, query) == expected


def test_families_are_filtered_alike(client, figures):
    FigureFactory(slug="serving", metric="serving", side="ukraine")

    assert ids(client, "recruitment", "side=ukraine") == ["serving"]
    assert ids(client, "casualties", "side=ukraine") == ["on-the-other-side"]
    assert ids(client, "recruitment", "metric=captured_held") == []


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

    assert sorted(ids(client, "countries", query)) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("kind=ngo", {"families"}, id="kind"),
        pytest.param(
            "kind=ngo,home_government",
            {"families", "nepal-foreign-ministry"},
            id="either-kind",
        ),
        pytest.param(
            "country=NPL,RUS&party=russia",
            {"russian-defence-ministry"},
            id="countries-and-party",
        ),
        pytest.param("party=russia", {"russian-defence-ministry"}, id="party"),
        pytest.param("country=NPL", {"nepal-foreign-ministry"}, id="country"),
        pytest.param("country=RUS&kind=ngo", set(), id="two-that-exclude"),
    ],
)
def test_claimants_are_filtered_by(client, query, expected):
    ClaimantFactory()
    ClaimantFactory(slug="families", kind="ngo", country=None)
    RussianMinistryFactory()

    assert sorted(ids(client, "claimants", query)) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("publisher=wire", {"wire-report"}, id="publisher"),
        pytest.param("kind=wire_copy", {"wire-report"}, id="kind"),
        pytest.param("language=ne", {"rewrite"}, id="language"),
        pytest.param("derived_from=wire-report", {"rewrite"}, id="derived-from"),
        pytest.param("derived_from=rewrite", set(), id="derived-from-no-further"),
        pytest.param(
            "publisher=wire,kathmandu-post", {"wire-report", "rewrite"}, id="publishers"
        ),
        pytest.param("link_state=gone", {"rewrite"}, id="link-state"),
        pytest.param("published_from=2024-03-14", {"rewrite"}, id="from-a-day"),
        pytest.param("published_to=2024-03-13", {"wire-report"}, id="to-a-day"),
    ],
)
def test_sources_are_filtered_by(client, query, expected):
    wire = PublisherFactory(slug="wire", name="The Wire")
    report = SourceFactory(
        slug="wire-report", publisher=wire, kind="wire_copy", published="2024-03-13"
    )
    rewrite = SourceFactory(slug="rewrite", language="ne", link_state="gone")
    rewrite.derived_from.add(report)

    assert sorted(ids(client, "sources", query)) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("country=IND", {"ind-russia-killed"}, id="country"),
        pytest.param("side=ukraine", {"npl-ukraine-killed"}, id="side"),
        pytest.param("metric=missing", {"npl-russia-missing"}, id="metric"),
        pytest.param("label=E", {"npl-russia-missing"}, id="label"),
        pytest.param(
            "label=E,A&metric=missing,killed",
            {"npl-russia-missing"},
            id="labels-and-metrics",
        ),
        pytest.param("min_origins=2", {"npl-ukraine-killed"}, id="origins"),
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
    EstimateFactory(side="ukraine", origins=2)
    EstimateFactory(metric="missing", label="E")

    assert sorted(ids(client, "estimates", query)) == sorted(expected)


def test_two_hundred_values_are_taken_and_the_one_unknown_named(client):
    slugs = [f"claimant-{n}" for n in range(200)]
    Claimant.objects.bulk_create(
        Claimant(slug=slug, name=slug, kind="ngo") for slug in slugs
    )
    FigureFactory(slug="last", claimant=ClaimantFactory(slug=slugs[-1]))
    FigureFactory(slug="other")

    assert ids(client, "figures", f"claimant={','.join(slugs)}") == ["last"]

    answer = client.get(f"/api/v1/figures/?claimant={','.join([*slugs, 'nobody'])}")
    assert answer.json()["errors"] == {"claimant": ["There is no such id: nobody."]}
