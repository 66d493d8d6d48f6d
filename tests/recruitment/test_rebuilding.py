"""From the figures of the record to its stored estimates."""

from datetime import date

import pytest

from recruitment.models import Estimate
from recruitment.rebuilding import rebuild_estimates
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    GroupFactory,
    RussianMinistryFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 14)


def estimates():
    """Give every stored estimate, without its primary key."""
    rows = Estimate.objects.order_by("key", "policy", "from_day").values()
    return [{name: row[name] for name in row if name != "id"} for row in rows]


def estimate(code="NPL", policy="all", day=DAY, **key):
    return Estimate.objects.about(code).under(policy).as_of(day).filter(**key).get()


def test_rebuild_stores_who_stands_at_each_end():
    figure = FigureFactory(low=19, high=19)

    written = rebuild_estimates()

    held = estimate()
    assert written == Estimate.objects.count() > 0
    assert held.key == "npl-russia-killed"
    assert (held.low, held.best, held.high) == (19, 19, 19)
    assert held.low_figure == held.best_figure == held.high_figure == figure
    assert (held.label, held.reason, held.rules_version) == ("B", "tier_1", "r1")


def test_rebuild_gives_the_same_rows_each_time():
    nepal, india = CountryFactory(code="NPL"), CountryFactory(code="IND")
    GroupFactory(members=[nepal, india])
    FigureFactory(country=nepal, low=19, high=19)
    FigureFactory(country=nepal, low=33, high=33, as_of="2024-06-01")
    FigureFactory(country=india, claimant=RussianMinistryFactory(), interest="with")
    FigureFactory(country=india, low=None, high=40, qualifier="up_to")
    rebuild_estimates()
    before = estimates()

    rebuild_estimates()

    assert estimates() == before


def test_rebuild_takes_away_what_no_figure_supports_any_more():
    figure = FigureFactory()
    rebuild_estimates()
    figure.status, figure.status_reason = "retracted", "withdrawn"
    figure.save()

    assert rebuild_estimates() == 0
    assert not Estimate.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"draft": True}, id="draft"),
        pytest.param({"countable": False}, id="not-countable"),
        pytest.param({"metric": "offers"}, id="context"),
        pytest.param({"as_of": None, "as_of_precision": "unknown"}, id="undated"),
    ],
)
def test_rebuild_uses_no_figure_that_is(changes):
    FigureFactory(**changes)

    rebuild_estimates()

    assert not Estimate.objects.filter(low__isnull=False).exists()


@pytest.mark.parametrize(
    ("day", "best", "reason"),
    [
        pytest.param(date(2024, 3, 14), 19, "tier_1", id="from-its-day"),
        pytest.param(date(2024, 5, 31), 19, "tier_1", id="to-the-day-before-the-next"),
        pytest.param(date(2024, 6, 1), 33, "tier_1", id="from-the-day-of-the-next"),
        pytest.param(date(2025, 6, 1), 33, "tier_1", id="to-the-end-of-its-window"),
        pytest.param(date(2025, 6, 2), None, "stale", id="stale-from-the-day-after"),
    ],
)
def test_rebuilt_estimate_holds_from_its_first_day_to_the_next(day, best, reason):
    FigureFactory(low=19, high=19, as_of="2024-03-14")
    FigureFactory(low=33, high=33, as_of="2024-06-01")

    rebuild_estimates()

    held = estimate(day=day)
    assert (held.best, held.reason) == (best, reason)


def test_rebuilt_estimate_is_none_before_the_first_figure():
    FigureFactory(as_of="2024-03-14")

    rebuild_estimates()

    assert not Estimate.objects.as_of(date(2024, 3, 13)).exists()


@pytest.mark.parametrize(
    ("side", "low", "members"),
    [
        pytest.param("russia", 24, ["NPL", "UKR"], id="russia"),
        pytest.param("ukraine", 119, ["NPL", "RUS"], id="ukraine"),
    ],
)
def test_rebuilt_sum_of_a_group_leaves_out_the_sides_own_state(side, low, members):
    counts = {"NPL": 19, "RUS": 100, "UKR": 5}
    countries = [CountryFactory(code=code) for code in counts]
    GroupFactory(members=countries)
    for country in countries:
        FigureFactory(
            country=country,
            side=side,
            low=counts[country.code],
            high=counts[country.code],
        )

    rebuild_estimates()

    held = estimate("FOREIGN", side=side)
    assert (held.low, held.low_sum_of) == (low, members)
    assert held.low_figure is None


def test_rebuilt_sum_of_a_group_does_not_lower_what_is_said_of_the_group():
    nepal = CountryFactory()
    group = GroupFactory(members=[nepal])
    FigureFactory(country=nepal, low=19, high=19)
    whole = FigureFactory(country=group, low=200, high=200)

    rebuild_estimates()

    held = estimate("FOREIGN")
    assert (held.low, held.low_figure, held.low_sum_of) == (200, whole, [])


@pytest.mark.parametrize(
    ("policy", "high"),
    [
        pytest.param("all", 900, id="all"),
        pytest.param("no_party", 40, id="no-party"),
        pytest.param("named_only", 25, id="named-only"),
    ],
)
def test_rebuild_uses_under_each_policy_what_it_admits(policy, high):
    FigureFactory(low=40, high=40)
    FigureFactory(
        low=25,
        high=25,
        evidence="enumerated",
        claimant=ClaimantFactory(slug="list-keepers", kind="ngo", country=None),
    )
    FigureFactory(low=900, high=900, claimant=RussianMinistryFactory(), interest="with")

    rebuild_estimates()

    assert estimate(policy=policy).high == high


def test_rebuild_takes_a_relayed_count_as_that_of_who_counted():
    FigureFactory(evidence_origin=RussianMinistryFactory(), interest="with")

    rebuild_estimates()

    assert estimate().reason == "party_only"
    assert not Estimate.objects.under("no_party").exists()


def test_rebuild_adds_up_subsets_that_an_editor_found_disjoint():
    one, two = (
        FigureFactory(
            slug=unit, low=low, high=low, scope="subset", scope_note=f"Unit {unit}"
        )
        for unit, low in (("one", 30), ("two", 12))
    )
    one.disjoint_with.add(two)

    rebuild_estimates()

    held = estimate()
    assert (held.low, held.low_sum_of) == (42, ["one", "two"])
