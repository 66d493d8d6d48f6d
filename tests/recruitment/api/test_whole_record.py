"""The API over the record that we publish: each answer agrees with the others.

The fixtures are loaded once for the module, whose tests only read them.
"""

import io
import json
from datetime import UTC, date, datetime
from itertools import pairwise

import pandas
import pytest

from recruitment.accounting import account_for, key_of_id
from recruitment.choices import CountryKind
from recruitment.estimates import ESTIMATED, Estimate
from recruitment.models import Country, Figure
from recruitment.reading import public_id
from tests.recruitment.api.reading import body
from tests.recruitment.api.record import KEYS
from tests.recruitment.test_past import stored

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("loaded"),
]

TODAY = datetime.now(UTC).date()
DAYS = [date(2023, 6, 30), date(2024, 12, 31), date(2026, 3, 1)]
ENDS = ["low_figure", "best_figure", "high_figure", "last_known_figure"]


def results(client, path):
    answer = json.loads(body(client, path))
    assert answer["next"] is None
    return answer["results"]


def figures_by_key():
    """Give the slugs of every key that estimates may be asked for."""
    found = {}
    figures = Figure.objects.published().counting(ESTIMATED)
    for *key, slug in figures.values_list("country__code", "side", "metric", "slug"):
        found.setdefault(public_id(tuple(key)), []).append(slug)
    return found


@pytest.mark.parametrize(
    ("policy", "day"),
    [
        pytest.param("all", None, id="all-on-the-latest-day"),
        pytest.param("no_party", date(2024, 6, 30), id="no-party-on-an-earlier-day"),
        pytest.param("named_only", None, id="named-only-on-the-latest-day"),
    ],
)
def test_account_of_each_key_draws_what_is_stored_from_every_figure(policy, day):
    day = day or Figure.objects.latest_day()
    held, slugs = stored(day, policy), figures_by_key()

    for key in held.keys() | slugs.keys():
        drawn, uses = account_for(key_of_id(key), day, policy)
        assert drawn == held.get(key, Estimate()), key
        assert sorted(use.slug for use in uses) == sorted(slugs.get(key, [])), key


@pytest.fixture
def some_keys():
    """Give every fourth key of a group, and every sixteenth of all."""
    codes = Country.objects.filter(kind=CountryKind.GROUP).values_list(
        "code", flat=True
    )
    keys = sorted(stored(Figure.objects.latest_day(), "all"))
    of_groups = [key for key in keys if key_of_id(key)[0] in {*codes}]
    assert of_groups
    return [*of_groups[::4], *keys[::16]]


def test_explanation_agrees_with_the_estimate_and_with_what_is_known_today(
    client, some_keys
):
    for key in some_keys:
        explained = json.loads(body(client, f"estimates/{key}/explain/"))
        known = json.loads(body(client, f"estimates/{key}/explain/?known_at={TODAY}"))
        estimate = json.loads(body(client, f"estimates/{key}/"))

        assert known == explained | {"known_at": str(TODAY)}, key
        for name in explained.keys() & estimate.keys() - {*ENDS}:
            assert explained[name] == estimate[name], (key, name)
        for end in ENDS:
            one = estimate[end]
            assert explained[end] == (one and one["slug"]), (key, end)
            uses = [use for use in explained["figures"] if use["figure"] == one]
            used_for = end.removesuffix("_figure")
            # What a group's low adds up is among the figures of its members.
            assert all(used_for in use["used_for"] for use in uses), (key, end)
        days = [use["figure"]["as_of"] or "9999" for use in explained["figures"]]
        assert days == sorted(days, reverse=True), key


def test_estimates_known_today_are_those_of_today(client):
    codes = "NPL,IND,CUB,FOREIGN,AFRICA"
    day = Figure.objects.latest_day()
    known = results(client, f"estimates/?known_at={TODAY}&country={codes}")
    held = results(client, f"estimates/?country={codes}&page_size=500&as_of={day}")
    numbers = {row["key"]: row | {"from_day": None, "to_day": None} for row in held}

    for row in known:
        assert row["from_day"] == str(day)
        stated = row["low"], row["best"], row["high"]
        if row["key"] in numbers:
            assert row | {"from_day": None, "to_day": None} == numbers.pop(row["key"])
        else:
            assert stated == (None, None, None)
    # What is left is empty, and nothing that counts was ever published of it.
    assert all(row["reason"] == "no_figure" for row in numbers.values())


def test_series_is_unbroken_and_agrees_with_the_estimates_of_each_day(client):
    query = "country=NPL,IND,CUB,KEN,LKA,PRK,FOREIGN,AFRICA&side=russia&policy=no_party"
    series = results_of(client, f"series/?{query}&metric=killed,recruited")
    keys = {one["key"]: one["intervals"] for one in series}

    assert len(keys) >= 10
    for intervals in keys.values():
        for one, after in pairwise(intervals):
            assert one["to_day"] == after["from_day"]
    for day in DAYS:
        rows = results(
            client, f"estimates/?{query}&metric=killed,recruited&as_of={day}"
        )
        assert {row["key"]: numbers(row) for row in rows} == {
            key: numbers(one)
            for key, intervals in keys.items()
            for one in intervals
            if one["from_day"] <= str(day) < (one["to_day"] or "9999")
        }


def results_of(client, path):
    return json.loads(body(client, path))["results"]


def numbers(row):
    """Give what an estimate and an interval of a series both tell."""
    ends = [row[f"{end}_figure"] for end in ("low", "best", "high")]
    slugs = [one["slug"] if isinstance(one, dict) else one for one in ends]
    names = ("low", "low_strict", "best", "high", "high_open", "label", "reason")
    return [*slugs, *(row[name] for name in (*names, "from_day", "to_day"))]


@pytest.mark.parametrize(
    ("query", "side", "metric", "own"),
    [
        pytest.param("", "russia", "killed", "RUS", id="as-it-comes"),
        pytest.param(
            "?side=ukraine&metric=serving&policy=no_party&as_of=2025-06-30",
            *("ukraine", "serving", "UKR"),
            id="as-asked-for",
        ),
    ],
)
def test_summary_says_what_the_lists_say(client, query, side, metric, own):
    summary = json.loads(body(client, f"summary/{query}"))
    day = summary["as_of"]
    held = (
        f"estimates/?side={side}&policy={summary['policy']}&as_of={day}&page_size=500"
    )
    rows = [row for row in results(client, held) if row["country"]["code"] != own]
    groups = {
        row["code"] for row in results(client, "countries/?kind=group&fields=code")
    }
    of_countries = [row for row in rows if row["country"]["code"] not in groups]
    figures = [json.loads(line) for line in body(client, "figures.ndjson").splitlines()]

    assert (summary["side"], summary["metric"]) == (side, metric)
    assert summary["counts"] == {
        name: json.loads(body(client, f"{name}/?count=true&page_size=1"))["count"]
        for name in ("figures", "claimants", "sources")
    }
    assert summary["all_foreigners"] == [
        row
        for row in rows
        if row["country"]["code"] == "FOREIGN"
        and row["metric"] in {"recruited", "killed", "captured_held"}
    ]
    assert summary["countries"] == sorted(
        (row for row in of_countries if row["metric"] == metric),
        key=lambda row: (-first_stated(row), row["key"]),
    )
    apart = [
        row for row in of_countries if row["low"] and (row["high"] or 0) > row["low"]
    ]
    assert (
        summary["widest"]
        == sorted(apart, key=lambda row: (-row["high"] / row["low"], row["key"]))[:6]
    )
    newest = [
        row
        for row in sorted(figures, key=lambda row: row["slug"])
        if row["side"] == side
        and row["as_of"]
        and row["as_of"] <= day
        and row["status"] == "published"
        and row["countable"]
    ]
    newest.sort(key=lambda row: row["as_of"], reverse=True)
    assert summary["newest"] == newest[:6]


def first_stated(row):
    stated = (row[name] for name in ("best", "low", "high"))
    return next((number for number in stated if number is not None), 0)


# The record comes without a release; tests/recruitment/test_releasing.py makes some.
@pytest.mark.parametrize("resource", sorted(KEYS.keys() - {"corrections", "releases"}))
def test_pandas_reads_as_many_rows_as_are_counted(client, resource):
    counted = json.loads(body(client, f"{resource}/?count=true&page_size=1"))["count"]

    frame = pandas.read_csv(
        io.BytesIO(body(client, f"{resource}.csv")), low_memory=False
    )

    assert len(frame) == counted > 0
    assert frame[KEYS[resource]].is_unique


def test_all_pages_of_the_figures_hold_what_the_bulk_file_holds(client):
    address, paged = "/api/v1/figures/?page_size=200&ordering=as_of", []
    while address:
        page = client.get(address).json()
        paged += page["results"]
        address = page["next"]
    lines = body(client, "figures.ndjson?ordering=as_of").splitlines()

    assert [json.loads(line) for line in lines] == paged
    assert len(paged) == Figure.objects.published().count()
