"""What each resource of the API gives: the same shape in list and detail."""

import pytest

from recruitment.api.urls import router
from recruitment.finding import rebuild_findings
from recruitment.models import Estimate
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

NEPAL = {"code": "NPL", "name": "Nepal"}
NEPALS_MINISTRY = {
    "slug": "nepal-foreign-ministry",
    "name": "Ministry of Foreign Affairs of Nepal",
    "kind": "home_government",
    "party": None,
    "country": "NPL",
    "note": "",
}
RUSSIAS_MINISTRY = {
    "slug": "russian-defence-ministry",
    "name": "Ministry of Defence of Russia",
    "kind": "russian_authority",
    "party": "russia",
    "country": "RUS",
    "note": "",
}
WIRE_REPORT = {
    "slug": "wire-2024-03-13",
    "url": None,
    "publisher": {"slug": "wire", "name": "The Wire", "homepage": None},
    "title_gist": "Nepal counts its dead",
    "author": "A. Reporter",
    "published": "2024-03-01",
    "published_precision": "month",
    "accessed": "2024-04-02",
    "language": "ne",
    "kind": "wire_copy",
    "derived_from": [],
    "credits": ["Agence X"],
    "archive_url": "https://archive.example/1",
    "text_sha256": "a" * 64,
    "link_state": "there",
    "note": "Read in print.",
}
POST_REPORT = {
    "slug": "kathmandu-post-2024-03-14-nepalis-killed",
    "url": "https://news.example/kathmandu-post-2024-03-14-nepalis-killed",
    "publisher": {
        "slug": "kathmandu-post",
        "name": "The Kathmandu Post",
        "homepage": "https://kathmandupost.example",
    },
    "title_gist": "Nineteen Nepalis killed in Russia's army",
    "author": None,
    "published": "2024-03-14",
    "published_precision": "day",
    "accessed": None,
    "language": "en",
    "kind": "news_report",
    "derived_from": ["wire-2024-03-13"],
    "credits": [],
    "archive_url": None,
    "text_sha256": None,
    "link_state": "unchecked",
    "note": "",
}


def wire_report():
    publisher = PublisherFactory(**WIRE_REPORT["publisher"])
    stated = {name: WIRE_REPORT[name] for name in WIRE_REPORT if name != "derived_from"}
    return SourceFactory(**stated | {"publisher": publisher})


def post_report():
    source = SourceFactory()
    source.derived_from.add(wire_report())
    return source


def listed(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_figure_carries_its_claimant_and_every_citation(client):
    first = FigureFactory(slug="npl-first", citation=None)
    apart = FigureFactory(slug="npl-apart", citation=None)
    figure = FigureFactory(
        slug="npl-second",
        low=None,
        high=40,
        qualifier="up_to",
        wording="up to 40 of our people",
        scope="subset",
        scope_note="those whose families wrote to the ministry",
        as_of="2024-03-01",
        as_of_precision="month",
        period_start="2023-07-01",
        evidence_origin=RussianMinistryFactory(),
        evidence="enumerated",
        interest="against",
        credibility=3,
        variant_of=first,
        countable=False,
        status="superseded",
        status_reason="newer_claim",
        note="Relayed in Geneva.",
        disjoint_reason="Another unit, another front.",
        citation=None,
    )
    figure.disjoint_with.set([apart, FigureFactory(slug="npl-draft", draft=True)])
    CitationFactory(
        figure=figure,
        source=post_report(),
        role="origin",
        paragraph=3,
        start=120,
        end=160,
        passage_sha256="b" * 64,
    )
    CitationFactory(figure=figure, source=wire_report(), role="repeats")
    rebuild_findings()

    answer = client.get("/api/v1/figures/npl-second/")

    assert answer.json() == {
        "slug": "npl-second",
        "country": NEPAL,
        "side": "russia",
        "metric": "killed",
        "low": None,
        "high": 40,
        "qualifier": "up_to",
        "wording": "up to 40 of our people",
        "scope": "subset",
        "scope_note": "those whose families wrote to the ministry",
        "as_of": "2024-03-01",
        "as_of_precision": "month",
        "period_start": "2023-07-01",
        "claimant": NEPALS_MINISTRY,
        "evidence_origin": RUSSIAS_MINISTRY,
        "evidence": "enumerated",
        "interest": "against",
        "credibility": 3,
        "summary": "Nepal's foreign ministry said that 19 Nepalis had been killed.",
        "status": "superseded",
        "status_reason": "newer_claim",
        "countable": False,
        "variant_of": "npl-first",
        "disjoint_with": ["npl-apart"],
        "disjoint_reason": "Another unit, another front.",
        "confidence": "high",
        "note": "Relayed in Geneva.",
        "pages": 2,
        "reports": 2,
        "citations": [
            {
                "role": "origin",
                "source": POST_REPORT,
                "paragraph": 3,
                "start": 120,
                "end": 160,
                "passage_sha256": "b" * 64,
            },
            {
                "role": "repeats",
                "source": WIRE_REPORT,
                "paragraph": None,
                "start": None,
                "end": None,
                "passage_sha256": None,
            },
        ],
    }


def test_country_gives_names_and_how_many_figures_are_published(client):
    CountryFactory(
        region="Asia",
        sub_region="Southern Asia",
        names={"fr": "Népal"},
        demonyms=["Nepali"],
    )
    FigureFactory.create_batch(2)
    FigureFactory(draft=True)

    answer = client.get("/api/v1/countries/NPL/")

    assert answer.json() == {
        "code": "NPL",
        "kind": "country",
        "name": "Nepal",
        "iso2": "NP",
        "region": "Asia",
        "sub_region": "Southern Asia",
        "intermediate_region": None,
        "names": {"fr": "Népal"},
        "demonyms": ["Nepali"],
        "members": [],
        "figure_count": 2,
    }


def test_group_names_its_members(client):
    GroupFactory(members=[CountryFactory(), CountryFactory(code="IND")])

    group = client.get("/api/v1/countries/FOREIGN/").json()

    assert (group["kind"], group["iso2"]) == ("group", None)
    assert sorted(group["members"]) == ["IND", "NPL"]


def test_claimant_says_whose_authority_it_is(client):
    RussianMinistryFactory()

    answer = client.get("/api/v1/claimants/russian-defence-ministry/")

    assert answer.json() == RUSSIAS_MINISTRY


def test_source_gives_its_publisher_and_what_it_rests_on(client):
    post_report()

    answer = client.get(f"/api/v1/sources/{POST_REPORT['slug']}/")

    assert answer.json() == POST_REPORT


def test_estimate_names_the_figure_at_each_end(client):
    low = FigureFactory(slug="low-one")
    high = FigureFactory(
        slug="high-one",
        low=200,
        high=None,
        qualifier="more_than",
        wording="more than 200",
        claimant=RussianMinistryFactory(),
        evidence_origin=ClaimantFactory(),
    )
    EstimateFactory(
        best=None,
        high=200,
        low_strict=True,
        high_open=True,
        label="C",
        reason="stale",
        revised_down=True,
        origins=2,
        low_figure=low,
        high_figure=high,
        last_known_figure=low,
        low_sum_of=["IND", "NPL"],
    )
    at_the_low_end = {
        "slug": "low-one",
        "low": 19,
        "high": 19,
        "qualifier": "exact",
        "wording": "19 Nepalis have been killed",
        "as_of": "2024-03-14",
        "claimant": NEPALS_MINISTRY,
        "evidence_origin": None,
    }

    answer = client.get("/api/v1/estimates/npl-russia-killed/")

    assert answer.json() == {
        "key": "npl-russia-killed",
        "country": NEPAL,
        "side": "russia",
        "metric": "killed",
        "policy": "all",
        "from_day": "2024-03-14",
        "to_day": None,
        "low": 19,
        "low_strict": True,
        "best": None,
        "high": 200,
        "high_open": True,
        "label": "C",
        "reason": "stale",
        "revised_down": True,
        "origins": 2,
        "low_figure": at_the_low_end,
        "best_figure": None,
        "high_figure": {
            "slug": "high-one",
            "low": 200,
            "high": None,
            "qualifier": "more_than",
            "wording": "more than 200",
            "as_of": "2024-03-14",
            "claimant": RUSSIAS_MINISTRY,
            "evidence_origin": NEPALS_MINISTRY,
        },
        "last_known_figure": at_the_low_end,
        "low_sum_of": ["IND", "NPL"],
        "rules_version": "r1",
    }


def claim(resource, **changes):
    """Give what a claim of any kind has, as made by its factory."""
    return {
        "slug": f"npl-{resource}",
        "claimant": NEPALS_MINISTRY,
        "status": "published",
        "status_reason": None,
        "countable": True,
        "confidence": "high",
        "note": "",
        "citations": [
            {
                "role": "carries",
                "source": POST_REPORT,
                "paragraph": None,
                "start": None,
                "end": None,
                "passage_sha256": None,
            }
        ],
    } | changes


@pytest.mark.parametrize(
    ("resource", "factory", "expected"),
    [
        pytest.param(
            "responses",
            ResponseFactory,
            claim(
                "responses",
                country=NEPAL,
                kind="travel_ban",
                date="2024-01-05",
                date_precision="day",
                persons=None,
                actor="Department of Foreign Employment",
                summary="Nepal stopped issuing permits to work in Russia and Ukraine.",
            ),
            id="responses",
        ),
        pytest.param(
            "incentives",
            IncentiveFactory,
            claim(
                "incentives",
                country=NEPAL,
                side="russia",
                kind="monthly_pay",
                amount_low=2000,
                amount_high=2000,
                currency="USD",
                period="month",
                as_of="2024-02-01",
                as_of_precision="month",
                summary="Recruits from Nepal were promised about 2,000 dollars a month.",
            ),
            id="incentives",
        ),
        pytest.param(
            "methods",
            MethodFactory,
            claim(
                "methods",
                countries=["NPL"],
                side="russia",
                kind="student_visas",
                summary="Agents sent Nepalis to Russia on student visas.",
            ),
            id="methods",
        ),
        pytest.param(
            "presence",
            PresenceFactory,
            claim(
                "presence",
                country=NEPAL,
                side="ukraine",
                summary="Nepalis serve in Ukraine's International Legion.",
            ),
            id="presence",
        ),
    ],
)
def test_claim_carries_its_claimant_and_every_citation(
    client, resource, factory, expected
):
    post_report()
    factory(slug=expected["slug"])

    answer = client.get(f"/api/v1/{resource}/{expected['slug']}/")

    assert answer.json() == expected


def test_incentive_may_be_told_by_the_page_itself(client):
    IncentiveFactory(slug="one", claimant=None)

    assert client.get("/api/v1/incentives/one/").json()["claimant"] is None


def test_method_names_its_countries_by_their_codes_in_order(client):
    countries = [CountryFactory(code=code) for code in ("NPL", "CUB", "IND")]
    MethodFactory(slug="one", countries=countries)

    answer = client.get("/api/v1/methods/one/")

    assert answer.json()["countries"] == ["CUB", "IND", "NPL"]


@pytest.mark.parametrize(
    ("factory", "cited"),
    [
        pytest.param(FigureFactory, "figure", id="figure"),
        pytest.param(ResponseFactory, "response", id="response"),
        pytest.param(IncentiveFactory, "incentive", id="incentive"),
        pytest.param(MethodFactory, "method", id="method"),
        pytest.param(PresenceFactory, "presence", id="presence"),
    ],
)
def test_citation_leads_from_a_page_to_the_one_thing_read_there(client, factory, cited):
    factory(slug="one")
    nothing = dict.fromkeys(("figure", "response", "incentive", "method", "presence"))

    [row] = listed(client, "/api/v1/citations/")

    assert row == nothing | {
        "slug": f"one--{POST_REPORT['slug']}",
        "source": POST_REPORT["slug"],
        cited: "one",
        "role": "carries",
        "paragraph": None,
        "start": None,
        "end": None,
        "passage_sha256": None,
    }
    assert client.get(f"/api/v1/citations/{row['slug']}/").json() == row


def test_contradiction_gives_both_figures_and_how_far_they_are_apart(client):
    one = FigureFactory(slug="earlier")
    other = FigureFactory(
        slug="later", low=38, high=38, wording="38", claimant=RussianMinistryFactory()
    )
    ConflictFactory(one=one, other=other, ratio=2)
    end = {
        "slug": "earlier",
        "low": 19,
        "high": 19,
        "qualifier": "exact",
        "wording": "19 Nepalis have been killed",
        "as_of": "2024-03-14",
        "claimant": NEPALS_MINISTRY,
        "evidence_origin": None,
    }

    [row] = listed(client, "/api/v1/contradictions/")

    assert row == {
        "slug": "earlier--later",
        "kind": "contradiction",
        "key": "npl-russia-killed",
        "country": "NPL",
        "side": "russia",
        "metric": "killed",
        "ratio": 2.0,
        "one": end,
        "other": end
        | {"slug": "later", "low": 38, "high": 38, "wording": "38"}
        | {"claimant": RUSSIAS_MINISTRY},
    }
    assert client.get("/api/v1/contradictions/earlier--later/").json() == row


@pytest.fixture
def record():
    """One row, at least, of everything that the API serves."""
    killed = FigureFactory(slug="npl-killed")
    FigureFactory(slug="npl-serving", metric="serving")
    EstimateFactory(low_figure=killed)
    ResponseFactory(slug="npl-act")


@pytest.mark.parametrize(
    ("resource", "key", "ids"),
    [
        pytest.param("countries", "code", ["NPL"], id="countries"),
        pytest.param("figures", "slug", ["npl-killed", "npl-serving"], id="figures"),
        pytest.param("recruitment", "slug", ["npl-serving"], id="recruitment"),
        pytest.param("casualties", "slug", ["npl-killed"], id="casualties"),
        pytest.param("claimants", "slug", [NEPALS_MINISTRY["slug"]], id="claimants"),
        pytest.param("sources", "slug", [POST_REPORT["slug"]], id="sources"),
        pytest.param("publishers", "slug", ["kathmandu-post"], id="publishers"),
        pytest.param("responses", "slug", ["npl-act"], id="responses"),
        pytest.param(
            "citations",
            "slug",
            [
                f"{cited}--{POST_REPORT['slug']}"
                for cited in ("npl-act", "npl-killed", "npl-serving")
            ],
            id="citations",
        ),
        pytest.param("estimates", "key", ["npl-russia-killed"], id="estimates"),
    ],
)
def test_list_gives_each_row_as_its_detail_does(client, record, resource, key, ids):
    rows = listed(client, f"/api/v1/{resource}/")

    assert [row[key] for row in rows] == ids
    for row in rows:
        assert client.get(f"/api/v1/{resource}/{row[key]}/").json() == row


def test_root_leads_to_each_resource(client, record):
    addresses = client.get("/api/v1/").json()

    assert {prefix for prefix, *_ in router.registry} <= addresses.keys()
    assert addresses.keys() >= {"series", "summary"}
    for name, address in addresses.items():
        assert address == f"http://testserver/api/v1/{name}/"
        # Only the series cannot do without parameters.
        assert client.get(address).status_code == (400 if name == "series" else 200)


@pytest.mark.parametrize(
    ("metric", "family"),
    [
        pytest.param("recruited", "recruitment", id="recruited"),
        pytest.param("serving", "recruitment", id="serving"),
        pytest.param("returned", "recruitment", id="returned"),
        pytest.param("state_deployed", "recruitment", id="state-deployed"),
        pytest.param("offers", "recruitment", id="offers"),
        pytest.param("mobilised", "recruitment", id="mobilised"),
        pytest.param("killed", "casualties", id="killed"),
        pytest.param("wounded", "casualties", id="wounded"),
        pytest.param("missing", "casualties", id="missing"),
        pytest.param("captured_held", "casualties", id="captured-held"),
        pytest.param("captured_total", "casualties", id="captured-total"),
        pytest.param("casualties", "casualties", id="casualties"),
        pytest.param("arrested", None, id="neither"),
    ],
)
def test_each_metric_belongs_to_one_family_at_most(client, metric, family):
    FigureFactory(slug="npl-one", metric=metric)

    families = {
        name
        for name in ("recruitment", "casualties")
        if client.get(f"/api/v1/{name}/npl-one/").status_code == 200
    }

    assert families == {name for name in (family,) if name}
    for name in ("recruitment", "casualties"):
        assert bool(listed(client, f"/api/v1/{name}/")) is (name == family)


def test_what_is_not_stated_is_null_and_a_claimed_zero_is_zero(client):
    FigureFactory(slug="none-left", low=0, high=0)
    FigureFactory(
        slug="some-day",
        low=1,
        high=None,
        qualifier="at_least",
        as_of=None,
        as_of_precision="unknown",
    )
    EstimateFactory(low=None, best=None, high=None, label="E", reason="no_figure")

    nobody = client.get("/api/v1/figures/none-left/").json()
    open_ended = client.get("/api/v1/figures/some-day/").json()
    estimate = client.get("/api/v1/estimates/npl-russia-killed/").json()

    assert (nobody["low"], nobody["high"]) == (0, 0)
    assert (open_ended["low"], open_ended["high"], open_ended["as_of"]) == (
        1,
        None,
        None,
    )
    assert (estimate["low"], estimate["best"], estimate["high"]) == (None, None, None)


@pytest.mark.parametrize(
    ("day", "low"),
    [
        pytest.param("2023-12-31", None, id="before-the-first"),
        pytest.param("2024-01-01", 10, id="on-the-first-day"),
        pytest.param("2024-05-31", 10, id="on-the-last-day-of-the-first"),
        pytest.param("2024-06-01", 20, id="on-the-first-day-of-the-second"),
        pytest.param("2030-01-01", 20, id="long-after"),
    ],
)
def test_estimate_is_looked_up_by_its_day(client, day, low):
    EstimateFactory(from_day="2024-01-01", to_day="2024-06-01", low=10)
    EstimateFactory(from_day="2024-06-01", low=20, best=20, high=20)

    detail = client.get(f"/api/v1/estimates/npl-russia-killed/?as_of={day}")
    rows = listed(client, f"/api/v1/estimates/?as_of={day}")

    assert detail.status_code == (200 if low else 404)
    assert [row["low"] for row in rows] == ([low] if low else [])
    assert detail.json().get("low") == low


def test_estimates_hold_on_the_records_latest_day_unless_another_is_asked_for(client):
    FigureFactory(as_of="2024-03-14")
    FigureFactory(as_of="2024-09-01", draft=True)
    EstimateFactory(from_day="2024-01-01", to_day="2024-06-01", low=10)
    EstimateFactory(from_day="2024-06-01", low=20, best=20, high=20)

    [held] = listed(client, "/api/v1/estimates/")

    assert held["low"] == 10


def test_estimates_use_all_figures_unless_another_policy_is_asked_for(client):
    for policy, low in (("all", 10), ("no_party", 8), ("named_only", 5)):
        EstimateFactory(policy=policy, low=low)

    asked = {
        policy: listed(client, f"/api/v1/estimates/{policy}")
        for policy in ("", "?policy=all", "?policy=no_party", "?policy=named_only")
    }

    assert {policy: [row["low"] for row in rows] for policy, rows in asked.items()} == {
        "": [10],
        "?policy=all": [10],
        "?policy=no_party": [8],
        "?policy=named_only": [5],
    }


def test_estimate_that_a_policy_has_nothing_for_is_not_found(client):
    EstimateFactory(policy="all")

    answer = client.get("/api/v1/estimates/npl-russia-killed/?policy=no_party")

    assert answer.status_code == 404
    assert Estimate.objects.count() == 1


@pytest.mark.parametrize("resource", ["figures", "casualties"])
@pytest.mark.parametrize(
    ("status", "is_listed", "answered"),
    [
        pytest.param("draft", False, 404, id="draft"),
        pytest.param("published", True, 200, id="published"),
        pytest.param("superseded", True, 200, id="superseded"),
        pytest.param("corrected", True, 200, id="corrected"),
        pytest.param("retracted", True, 410, id="retracted"),
    ],
)
def test_figure_is_public_unless_it_is_a_draft(
    client, resource, status, is_listed, answered
):
    FigureFactory(slug="npl-one", status=status, status_reason="needs_review")

    detail = client.get(f"/api/v1/{resource}/npl-one/")
    rows = listed(client, f"/api/v1/{resource}/?country=NPL&metric=killed")
    country = client.get("/api/v1/countries/NPL/").json()

    assert detail.status_code == answered
    assert [row["slug"] for row in rows] == (["npl-one"] if is_listed else [])
    assert country["figure_count"] == int(is_listed)


def test_figure_does_not_tell_that_it_restates_a_draft(client):
    draft = FigureFactory(slug="npl-draft", draft=True)
    FigureFactory(slug="npl-one", variant_of=draft)

    figure = client.get("/api/v1/figures/npl-one/").json()

    assert figure["variant_of"] is None


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "path",
    [
        pytest.param("countries/NPL/", id="country"),
        pytest.param("figures/npl-killed/", id="figure"),
        pytest.param("recruitment/npl-serving/", id="recruitment-figure"),
        pytest.param("casualties/npl-killed/", id="casualty"),
        pytest.param("claimants/nepal-foreign-ministry/", id="claimant"),
        pytest.param(f"sources/{POST_REPORT['slug']}/", id="source"),
        pytest.param(
            "citations/npl-act--kathmandu-post-2024-03-14-nepalis-killed/",
            id="citation",
        ),
        pytest.param("responses/npl-act/", id="response"),
        pytest.param("estimates/npl-russia-killed/", id="estimate"),
        pytest.param("estimates/npl-russia-killed/explain/", id="explanation"),
        pytest.param("summary/", id="summary"),
        pytest.param("figures/", id="list"),
        pytest.param("", id="root"),
    ],
)
def test_nothing_can_be_written(client, record, method, path):
    before = client.get(f"/api/v1/{path}").json()

    answer = getattr(client, method)(
        f"/api/v1/{path}", {"low": 1}, content_type="application/json"
    )

    assert answer.status_code == 405
    assert client.get(f"/api/v1/{path}").json() == before


def test_answers_are_json_also_for_a_browser(client, record):
    answer = client.get(
        "/api/v1/figures/", headers={"accept": "text/html,application/xhtml+xml,*/*"}
    )

    assert answer["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("figures/nobody/", id="unknown-figure"),
        pytest.param("countries/XXX/", id="unknown-country"),
        pytest.param("countries/npl/", id="country-in-small-letters"),
        pytest.param("figures/%00/", id="nul-byte"),
        pytest.param("figures/%D0%9D%D0%B5%D0%BF%D0%B0%D0%BB/", id="cyrillic"),
        pytest.param(f"figures/{'a' * 5000}/", id="very-long"),
        pytest.param("estimates/-1/", id="negative"),
        pytest.param("recruiters/", id="unknown-resource"),
    ],
)
def test_what_is_not_there_is_a_problem_with_404(client, record, path):
    answer = client.get(f"/api/v1/{path}")

    assert answer.status_code == 404
    assert answer["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_address_without_its_last_slash_leads_to_the_resource(client, record):
    answer = client.get("/api/v1/figures?side=russia")

    assert answer.status_code == 301
    assert answer["location"] == "/api/v1/figures/?side=russia"
