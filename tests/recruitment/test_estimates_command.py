"""The `estimates` command: every estimate of a day, a line of JSON each."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recruitment.fixtures import FIXTURES
from recruitment.rebuilding import rebuild
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    GroupFactory,
    RussianMinistryFactory,
)

pytestmark = pytest.mark.django_db
DAY = "2024-12-31"
FIELDS = [
    *("country", "metric", "side", "low", "best", "high", "high_open", "label"),
    *("reason", "figures_used"),
]


@pytest.fixture
def record():
    """Nepal's killed by two claimants, its stale stock, India's killed, their group."""
    GroupFactory(members=[CountryFactory(), india := CountryFactory(code="IND")])
    FigureFactory(slug="npl-killed", low=19, high=19)
    FigureFactory(
        slug="npl-claimed",
        qualifier="at_least",
        low=90,
        high=None,
        claimant=RussianMinistryFactory(),
        interest="with",
    )
    FigureFactory(slug="npl-serving", metric="serving", low=200, high=200)
    FigureFactory(
        slug="ind-killed",
        country=india,
        low=5,
        high=5,
        evidence="enumerated",
        claimant=ClaimantFactory(slug="ngo", kind="ngo", country=None),
    )
    FigureFactory(slug="ind-offers", country=india, metric="offers")
    FigureFactory(slug="ind-draft", country=india, metric="wounded", draft=True)
    rebuild()


def printed(*args):
    out = StringIO()
    call_command("estimates", *args, stdout=out)
    return out.getvalue()


def lines(*args):
    return [json.loads(line) for line in printed(*args).splitlines()]


def line(key, *args):
    """Give the line of one key, written as in the addresses."""
    return next(
        one
        for one in lines(*args)
        if f"{one['country']}-{one['side']}-{one['metric']}".lower() == key
    )


def test_every_line_has_exactly_the_named_fields(record):
    assert [list(one) for one in lines()] == [FIELDS] * 5


def test_line_gives_the_numbers_and_the_figures_that_set_them(record):
    assert line("npl-russia-killed", "--as-of", DAY) == {
        "country": "NPL",
        "metric": "killed",
        "side": "russia",
        "low": 19,
        "best": 19,
        "high": 90,
        "high_open": True,
        "label": "B",
        "reason": "tier_1",
        "figures_used": ["npl-claimed", "npl-killed"],
    }


def test_every_key_is_printed_in_order_and_no_draft_or_context(record):
    keys = [(one["country"], one["side"], one["metric"]) for one in lines()]

    assert keys == [
        ("FOREIGN", "russia", "killed"),
        ("FOREIGN", "russia", "serving"),
        ("IND", "russia", "killed"),
        ("NPL", "russia", "killed"),
        ("NPL", "russia", "serving"),
    ]


@pytest.mark.parametrize(
    ("as_of", "reason"),
    [
        pytest.param(DAY, "stale", id="too-old"),
        pytest.param("2024-03-13", "no_figure", id="before-the-first"),
    ],
)
def test_empty_key_is_printed_with_its_reason(record, as_of, reason):
    one = line("npl-russia-serving", "--as-of", as_of)

    assert (one["low"], one["best"], one["high"]) == (None, None, None)
    assert (one["label"], one["reason"]) == ("E", reason)
    assert one["figures_used"] == []


def test_day_before_the_war_gives_nothing_and_no_zero(record):
    drawn = lines("--as-of", "2022-02-23")

    assert len(drawn) == 5
    for one in drawn:
        assert (one["low"], one["best"], one["high"]) == (None, None, None)
        assert (one["high_open"], one["reason"]) == (False, "no_figure")


def test_claimed_zero_is_printed_as_zero():
    FigureFactory(low=0, high=0)
    rebuild()

    [one] = lines()

    assert (one["low"], one["best"], one["high"], one["label"]) == (0, 0, 0, "B")


def test_without_a_day_the_records_latest_is_meant(record):
    FigureFactory(slug="later", low=30, high=30, as_of="2024-06-01")
    rebuild()

    assert printed() == printed("--as-of", "2024-06-01")
    assert line("npl-russia-killed")["best"] == 30


@pytest.mark.parametrize(
    ("policy", "numbers"),
    [
        pytest.param("all", (19, 19, 90), id="all"),
        pytest.param("no_party", (19, 19, 19), id="no-party"),
        pytest.param("named_only", (None, None, None), id="named-only"),
    ],
)
def test_policy_says_which_figures_count(record, policy, numbers):
    one = line("npl-russia-killed", "--as-of", DAY, "--policy", policy)

    assert (one["low"], one["best"], one["high"]) == numbers
    assert line("ind-russia-killed", "--policy", policy)["low"] == 5


@pytest.mark.parametrize(
    "policy",
    [pytest.param(name, id=name) for name in ("all", "no_party", "named_only")],
)
@pytest.mark.parametrize(
    "as_of",
    [
        pytest.param("2022-02-23", id="before-the-war"),
        pytest.param("2024-03-14", id="the-figures-day"),
        pytest.param(DAY, id="stale-stock"),
        pytest.param("2026-12-31", id="all-stale"),
    ],
)
def test_what_is_known_today_is_what_is_stored(record, as_of, policy):
    chosen = ("--as-of", as_of, "--policy", policy)
    today = datetime.now(UTC).date().isoformat()

    assert printed(*chosen, "--known-at", today) == printed(*chosen)


def test_figure_that_came_in_later_does_not_count(record):
    for model in FIXTURES.values():
        model.history.update(history_date=datetime(2024, 6, 1, 23, 59, 59, tzinfo=UTC))
    FigureFactory(slug="later", low=30, high=30, as_of="2024-04-01")
    rebuild()

    then = line("npl-russia-killed", "--as-of", DAY, "--known-at", "2024-06-01")

    assert then["best"] == 19
    assert line("npl-russia-killed", "--as-of", DAY)["best"] == 30
    assert lines("--as-of", DAY, "--known-at", "2024-05-31") == []


@pytest.mark.parametrize(
    "option",
    [pytest.param("--as-of", id="as-of"), pytest.param("--known-at", id="known-at")],
)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("yesterday", id="word"),
        pytest.param("2024-02-30", id="no-such-day"),
        pytest.param("31.12.2024", id="other-spelling"),
        pytest.param("", id="empty"),
    ],
)
def test_what_is_no_day_is_refused_in_words(option, text):
    with pytest.raises(CommandError, match=f"{option}: “{text}” is no day"):
        printed(option, text)


def test_day_that_has_not_come_cannot_be_known():
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)

    with pytest.raises(CommandError, match=f"{tomorrow} has not come yet"):
        printed("--known-at", f"{tomorrow}")


def test_unknown_policy_is_refused():
    with pytest.raises(CommandError, match="invalid choice: 'some'"):
        printed("--policy", "some")


def test_empty_record_prints_nothing():
    assert printed() == ""
