"""Why a number, what was known when, and numbers over time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruitment.models import RECORD, Country
from recruitment.rebuilding import rebuild
from tests.factories import (
    CountryFactory,
    FigureFactory,
    GroupFactory,
    RussianMinistryFactory,
)
from tests.recruitment.api.reading import body, table

pytestmark = pytest.mark.django_db

BEFORE = "2024-04-30"  # the last day on which the record was as it began


@pytest.fixture(scope="module", autouse=True)
def record(kept_rows):
    """A ministry's count of Nepal's dead, a party's and a newer one, and India's."""
    with kept_rows():
        nepal, india = CountryFactory(), CountryFactory(code="IND")
        GroupFactory(members=[nepal, india])
        FigureFactory(slug="first")
        FigureFactory(
            slug="claimed",
            low=90,
            high=90,
            wording="90",
            claimant=RussianMinistryFactory(),
            interest="with",
        )
        FigureFactory(slug="indian", country=india, low=5, high=5)
        for model in RECORD.values():
            model.history.update(history_date="2024-04-01T12:00:00Z")
        FigureFactory(slug="second", low=40, high=40, as_of="2024-05-01")
        rebuild()
        yield


def explained(client, query="", key="npl-russia-killed"):
    answer = client.get(f"/api/v1/estimates/{key}/explain/{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_explanation_tells_what_became_of_each_figure(client):
    answer = explained(client)

    assert (answer["low"], answer["best"], answer["high"]) == (40, 40, 90)
    assert (answer["low_figure"], answer["high_figure"]) == ("second", "claimed")
    assert [
        (use["figure"]["slug"], use["used_for"], use["rule"], use["by"])
        for use in answer["figures"]
    ] == [
        ("second", ["low", "best"], "R9", None),
        ("first", [], "R3", "second"),
        ("claimed", ["high"], "R11", None),
    ]
    assert answer["sentence"] == (
        "At least 40 nationals of Nepal have been killed on the Russian side"
        " (Ministry of Foreign Affairs of Nepal, 1 May 2024); the highest claim is 90"
        " (Ministry of Defence of Russia, 14 Mar 2024)."
    )


def test_figure_of_an_explanation_says_who_claims_what(client):
    [_, first, _] = explained(client)["figures"]

    assert first["figure"] == {
        "slug": "first",
        "low": 19,
        "high": 19,
        "qualifier": "exact",
        "wording": "19 Nepalis have been killed",
        "as_of": "2024-03-14",
        "claimant": client.get("/api/v1/claimants/nepal-foreign-ministry/").json(),
        "evidence_origin": None,
    }


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        pytest.param("", (40, 40, 90), id="as-it-comes"),
        pytest.param("?as_of=2024-05-01", (40, 40, 90), id="on-the-day-of-the-newest"),
        pytest.param("?as_of=2024-04-30", (19, 19, 90), id="on-the-day-before"),
        pytest.param("?policy=no_party", (40, 40, 40), id="without-the-parties"),
        pytest.param("?as_of=2024-03-13", (None, None, None), id="before-the-first"),
        pytest.param("?policy=named_only", (None, None, None), id="lists-only"),
        pytest.param("?known_at=2024-04-30", (19, 19, 90), id="when-two-were-known"),
        pytest.param(
            "?known_at=2024-03-31", (None, None, None), id="before-all-was-known"
        ),
        pytest.param(
            "?known_at=2024-04-30&as_of=2024-03-13",
            (None, None, None),
            id="known-then-for-an-earlier-day",
        ),
    ],
)
def test_explanation_is_for_a_day_a_policy_and_what_was_known(client, query, numbers):
    answer = explained(client, query)

    assert (answer["low"], answer["best"], answer["high"]) == numbers


def test_explanation_of_what_was_known_leaves_out_what_came_later(client):
    answer = explained(client, f"?known_at={BEFORE}&as_of=2024-05-01")

    slugs = [use["figure"]["slug"] for use in answer["figures"]]
    assert slugs == ["first", "claimed"]
    assert answer["known_at"] == BEFORE


def test_explanation_of_a_group_names_whom_it_adds_up(client):
    foreigners = Country.objects.get(code="FOREIGN")
    FigureFactory(slug="foreign", country=foreigners, low=30, high=30)
    rebuild()

    answer = explained(client, key="foreign-russia-killed")

    assert (answer["low"], answer["low_sum_of"]) == (45, ["IND", "NPL"])
    [use] = answer["figures"]
    assert (use["figure"]["slug"], use["used_for"], use["rule"]) == (
        "foreign",
        [],
        "R13",
    )


def test_key_without_a_figure_says_that_there_is_none(client):
    answer = explained(client, key="ind-ukraine-serving")

    assert (answer["reason"], answer["label"], answer["figures"]) == (
        "no_figure",
        "E",
        [],
    )
    assert (answer["low"], answer["best"], answer["high"]) == (None, None, None)
    assert answer["sentence"].endswith("That is no zero.")


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("xxx-russia-killed", id="unknown-country"),
        pytest.param("npl-belarus-killed", id="unknown-side"),
        pytest.param("npl-russia-casualties", id="metric-that-is-not-estimated"),
        pytest.param("npl-russia", id="too-short"),
        pytest.param("npl-russia-killed-all", id="too-long"),
        pytest.param("NPL-russia-killed", id="in-capitals"),
        pytest.param("npl-russia-captured_held", id="underscore"),
        pytest.param("a" * 5000, id="very-long"),
        pytest.param("непал-russia-killed", id="cyrillic"),
    ],
)
def test_unknown_key_has_no_explanation(client, key):
    assert client.get(f"/api/v1/estimates/{key}/explain/").status_code == 404


@pytest.mark.parametrize("route", ["npl-russia-killed/explain/?", "?country=NPL&"])
def test_day_that_has_not_come_is_known_to_nobody(client, route):
    tomorrow = datetime.now(UTC) + timedelta(days=1)

    answer = client.get(f"/api/v1/estimates/{route}known_at={tomorrow:%Y-%m-%d}")

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"known_at": ["This day has not come yet."]}


def known(client, query):
    answer = client.get(f"/api/v1/estimates/?known_at={query}")
    assert answer.status_code == 200, answer.content
    return {row["key"]: row["low"] for row in answer.json()["results"]}


@pytest.mark.parametrize(
    ("query", "lows"),
    [
        pytest.param(
            "2024-04-30&country=NPL", {"npl-russia-killed": 19}, id="one-country"
        ),
        pytest.param(
            "2024-04-30&country=NPL,IND",
            {"ind-russia-killed": 5, "npl-russia-killed": 19},
            id="two-countries",
        ),
        pytest.param(
            "2024-04-30&country=FOREIGN", {"foreign-russia-killed": 24}, id="group"
        ),
        pytest.param(
            "2024-05-01&country=NPL", {"npl-russia-killed": 19}, id="another-day"
        ),
        pytest.param("2024-03-31&country=NPL", {}, id="before-the-record-began"),
        pytest.param("2024-04-30&country=NPL&side=ukraine", {}, id="another-side"),
        pytest.param(
            "2024-04-30&country=NPL&side=russia,ukraine&metric=killed,wounded",
            {"npl-russia-killed": 19},
            id="sides-and-metrics",
        ),
        pytest.param("2024-04-30&country=NPL&metric=wounded", {}, id="another-metric"),
        pytest.param(
            "2024-04-30&country=NPL&policy=named_only",
            {"npl-russia-killed": None},
            id="another-policy",
        ),
        pytest.param(
            "2024-04-30&country=NPL&as_of=2024-03-13",
            {"npl-russia-killed": None},
            id="for-an-earlier-day",
        ),
    ],
)
def test_estimates_are_given_as_they_were_known(client, query, lows):
    assert known(client, query) == lows


def test_estimates_known_at_a_day_need_their_countries(client):
    answer = client.get(f"/api/v1/estimates/?known_at={BEFORE}")

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"country": ["This field is required."]}


def test_estimates_known_at_a_day_are_the_same_in_each_format(client):
    query = f"known_at={BEFORE}&country=NPL,IND"
    rows = client.get(f"/api/v1/estimates/?{query}").json()["results"]

    header, *lines = table(client, f"estimates.csv?{query}")

    assert [dict(zip(header, line, strict=True))["key"] for line in lines] == [
        row["key"] for row in rows
    ]
    assert header == table(client, "estimates.csv")[0]
    assert body(client, f"estimates.csv?{query}&excel=1").startswith(
        b"\xef\xbb\xbfkey,"
    )
    assert len(body(client, f"estimates.ndjson?{query}").splitlines()) == len(rows) == 2


def test_estimate_known_at_a_day_is_said_to_hold_on_one_day(client):
    [row] = client.get(
        f"/api/v1/estimates/?known_at={BEFORE}&country=NPL&as_of=2024-04-15"
    ).json()["results"]

    assert (row["from_day"], row["to_day"]) == ("2024-04-15", "2024-04-16")
    assert row["low_figure"]["claimant"]["slug"] == "nepal-foreign-ministry"


def series(client, query):
    return client.get(f"/api/v1/series/?{query}")


def test_series_gives_the_intervals_in_which_each_estimate_holds(client):
    answer = series(client, "country=NPL&metric=killed&side=russia").json()

    [one] = answer["results"]
    assert {
        name: one[name] for name in ("key", "country", "side", "metric", "policy")
    } == {
        "key": "npl-russia-killed",
        "country": {"code": "NPL", "name": "Nepal"},
        "side": "russia",
        "metric": "killed",
        "policy": "all",
    }
    first, second, *_ = one["intervals"]
    assert first == {
        "from_day": "2024-03-14",
        "to_day": "2024-05-01",
        "low": 19,
        "low_strict": False,
        "best": 19,
        "high": 90,
        "high_open": False,
        "label": "B",
        "reason": "tier_1",
        "revised_down": False,
        "low_figure": "first",
        "best_figure": "first",
        "high_figure": "claimed",
    }
    assert (second["from_day"], second["low"]) == ("2024-05-01", 40)


def test_series_come_by_key_and_only_where_there_are_figures(client):
    CountryFactory(code="CUB")
    query = "country=NPL,CUB,IND,FOREIGN&metric=wounded,killed&side=russia"

    keys = [one["key"] for one in series(client, query).json()["results"]]

    assert keys == ["foreign-russia-killed", "ind-russia-killed", "npl-russia-killed"]


def test_series_of_nothing_is_empty(client):
    answer = series(client, "country=NPL&metric=killed&side=ukraine")

    assert answer.json() == {"results": []}


@pytest.mark.parametrize(
    ("metric", "stock", "cumulative"),
    [
        pytest.param("killed,missing", ["missing"], ["killed"], id="one-of-each"),
        pytest.param(
            "captured_held,captured_total",
            ["captured_held"],
            ["captured_total"],
            id="pow",
        ),
        pytest.param(
            "killed,serving,recruited,missing",
            ["missing", "serving"],
            ["killed", "recruited"],
            id="two-of-each",
        ),
    ],
)
def test_series_does_not_mix_a_stock_with_a_count_so_far(
    client, metric, stock, cumulative
):
    answer = series(client, f"country=NPL&metric={metric}&side=russia")
    problem = answer.json()

    assert answer.status_code == 400
    assert problem["type"] == "http://testserver/api/v1/problems/mixed-metrics/"
    assert (problem["stock"], problem["cumulative"]) == (stock, cumulative)
    assert "stock" in problem["detail"]


@pytest.mark.parametrize(
    "metric",
    [
        pytest.param("killed,wounded,recruited,returned", id="counts-so-far"),
        pytest.param("serving,missing,captured_held", id="stocks"),
        pytest.param("killed,killed", id="same-twice"),
    ],
)
def test_series_takes_metrics_of_one_kind(client, metric):
    answer = series(client, f"country=NPL&metric={metric}&side=russia")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        pytest.param(
            "",
            {
                name: ["This field is required."]
                for name in ("country", "metric", "side")
            },
            id="nothing-given",
        ),
        pytest.param(
            "country=NPL,XXX,YYY&metric=killed&side=russia",
            {"country": ["There is no such id: XXX.", "There is no such id: YYY."]},
            id="unknown-countries",
        ),
        pytest.param(
            "country=NPL&metric=killed&side=russia,ukraine",
            {"side": ["russia,ukraine: accepted is russia, ukraine."]},
            id="two-sides",
        ),
    ],
)
def test_series_says_what_it_does_not_take(client, query, errors):
    answer = series(client, query)

    assert answer.status_code == 400
    assert answer.json()["errors"] == errors


def test_series_refuses_a_metric_that_is_never_estimated(client):
    answer = series(client, "country=NPL&metric=killed,offers&side=russia")

    [message] = answer.json()["errors"]["metric"]
    assert message.startswith("offers: accepted is recruited, serving, ")
    assert "offers" not in message.removeprefix("offers")


@pytest.mark.parametrize(
    "route", ["series/?metric=killed&side=russia", "estimates/?known_at=2024-04-30"]
)
def test_more_than_twenty_countries_are_refused_before_any_is_looked_up(client, route):
    twenty = ",".join(["NPL"] * 20)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/api/v1/{route}&country={twenty},XXX")

    assert answer.status_code == 400
    assert answer.json()["errors"] == {
        "country": ["Ensure this field has no more than 20 elements."]
    }
    assert not any("recruitment_country" in one["sql"] for one in asked)
    assert client.get(f"/api/v1/{route}&country={twenty}").status_code == 200
