"""Rules R13 to R15, the policies, and estimates for every day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from recruitment.estimates import (
    Estimate,
    admitted_by_policy,
    estimate,
    with_members,
)
from recruitment.intervals import Interval, group_intervals, intervals, on_day
from tests.recruitment.claims import (
    A_LIST,
    FIGHTER,
    INDIA,
    MINISTRY,
    NEPAL_NOVEMBER,
    NGO,
    RUSSIA,
    UKRAINE,
    ends,
    exactly,
    more_than,
    on,
    up_to,
)

# R13 Adding up


def test_a_groups_low_is_the_sum_of_its_members_where_that_is_greater():
    direct = on("2024-07-01", [exactly(40, "2024-06-01", NGO, area="AFRICA")])
    nepal, india = Estimate(low=30), Estimate(low=25)

    group = with_members(direct, [("NPL", nepal), ("IND", india), ("CUB", Estimate())])

    assert ends(group) == (55, 55, 55)
    assert (group.reason, group.label, group.high_open) == ("floor_raised", "C", True)
    assert (group.low_figure, group.low_sum_of) == (None, ("IND", "NPL"))


def test_a_groups_own_low_stands_unless_the_sum_is_greater():
    direct = on("2024-07-01", [exactly(60, "2024-06-01", NGO, area="AFRICA")])

    assert with_members(direct, [("NPL", Estimate(low=30))]) == direct
    assert with_members(direct, [("NPL", Estimate(low=60))]) == direct


def test_only_the_members_that_it_is_given_add_up():
    own_state = ("RUS", Estimate(low=1_000))
    members = [("NPL", Estimate(low=30)), ("IND", Estimate(low=25))]

    assert with_members(Estimate(), members).low == 55
    assert with_members(Estimate(), [*members, own_state]).low == 1_055


def test_a_group_without_a_figure_has_a_floor_and_nothing_else():
    group = with_members(Estimate(), [("NPL", Estimate(low=30, best=40, high=50))])

    assert (ends(group), group.high_open) == ((30, None, None), True)
    assert (group.reason, group.label) == ("no_figure", "C")


def test_a_group_whose_members_have_no_floor_stays_empty():
    assert with_members(Estimate(), [("NPL", Estimate(best=4))]) == Estimate()


def test_a_sum_of_members_is_strict_where_one_of_them_is():
    members = [("NPL", Estimate(low=30, low_strict=True)), ("IND", Estimate(low=25))]

    assert with_members(Estimate(), members).low_strict
    assert not with_members(Estimate(), members[1:]).low_strict


def test_a_group_is_revised_down_with_its_own_figures():
    direct = Estimate(low=40, revised_down=True)

    assert with_members(direct, [("NPL", Estimate(low=30))]).revised_down


def test_a_group_is_revised_down_with_a_member_that_lost_its_floor():
    lost = on(
        "2024-07-01", [exactly(90, "2024-05-01", NGO), up_to(50, "2024-06-01", NGO)]
    )

    group = with_members(Estimate(), [("NPL", lost), ("IND", Estimate(low=25))])

    assert (lost.low, group.low, group.revised_down) == (None, 25, True)


# R15 Empty is not zero


def test_a_key_without_a_figure_says_so_and_never_zero():
    assert on("2024-07-01", []) == Estimate(
        low=None, best=None, high=None, label="E", reason="no_figure", origins=0
    )


def test_zero_where_a_claimant_says_zero():
    drawn = on("2024-07-01", [exactly(0, "2024-06-01", MINISTRY)])

    assert (ends(drawn), drawn.label) == ((0, 0, 0), "B")


def test_a_zero_does_not_pull_down_what_others_count():
    figures = [exactly(0, "2024-06-20", MINISTRY), exactly(12, "2024-06-01", NGO)]

    assert ends(on("2024-07-01", figures)) == (12, 12, 12)


# Policies: which figures an estimate may use


@pytest.mark.parametrize(
    ("policy", "kept"),
    [
        pytest.param("all", ["party", "relayed", "relays", "list", "word"], id="all"),
        pytest.param("no_party", ["list", "word"], id="no-party"),
        pytest.param("named_only", ["list"], id="named-only"),
    ],
)
def test_a_policy_keeps_these_figures(policy, kept):
    figures = [
        exactly(9, "2024-06-01", UKRAINE, slug="party"),
        exactly(9, "2024-06-01", INDIA, counted_by=RUSSIA, slug="relayed"),
        exactly(9, "2024-06-01", RUSSIA, counted_by=NGO, slug="relays"),
        exactly(9, "2024-06-01", NGO, **A_LIST, slug="list"),
        exactly(9, "2024-06-01", NGO, slug="word"),
    ]

    assert [f.slug for f in figures if admitted_by_policy(f, policy)] == kept


# Estimates for every day


def test_intervals_hold_until_a_figure_comes_or_leaves_its_window():
    first = exactly(16, "2025-01-17", NGO)
    second = exactly(7, "2025-12-18", NGO)

    stored = intervals([second, first], "missing")

    assert [
        (str(i.from_day), i.to_day and str(i.to_day), i.estimate.best) for i in stored
    ] == [
        ("2025-01-17", "2025-07-17", 16),
        ("2025-07-17", "2025-12-18", None),
        ("2025-12-18", "2026-06-17", 7),
        ("2026-06-17", None, None),
    ]


def test_days_on_which_nothing_changes_start_no_interval():
    figures = [exactly(16, "2025-01-17", NGO), exactly(9, "2025-02-01", FIGHTER)]
    unheard = replace(figures[1], credibility=5)

    assert intervals([figures[0], unheard], "killed") == intervals(
        figures[:1], "killed"
    )


def test_a_restatement_starts_no_interval_until_it_counts():
    figures = [exactly(40, "2024-01-01", NGO), more_than(30, "2024-02-01", NGO)]

    stored = intervals(figures, "killed")

    assert [str(interval.from_day) for interval in stored] == [
        "2024-01-01",
        "2025-01-01",  # the 40 leaves its window
        "2025-02-01",  # and so does its restatement
    ]


def test_intervals_agree_with_direct_estimates_on_every_day():
    stored = intervals(NEPAL_NOVEMBER, "killed")

    day = stored[0].from_day - timedelta(days=1)
    while day <= stored[-1].from_day + timedelta(days=1):
        assert on_day(stored, day) == estimate(NEPAL_NOVEMBER, "killed", day)
        day += timedelta(days=1)


def test_a_groups_intervals_follow_its_own_figures_and_its_members():
    nepal = [Interval(date(2024, 3, 1), None, Estimate(low=30))]
    india = [
        Interval(date(2024, 1, 1), date(2024, 5, 1), Estimate(low=10)),
        Interval(date(2024, 5, 1), None, Estimate(low=25)),
    ]
    direct = intervals([exactly(50, "2024-04-01", NGO, area="FOREIGN")], "killed")

    stored = group_intervals(direct, [("NPL", nepal), ("IND", india)])

    assert [(str(i.from_day), i.estimate.low) for i in stored] == [
        ("2024-01-01", 10),
        ("2024-03-01", 40),
        ("2024-04-01", 50),
        ("2024-05-01", 55),
        ("2025-04-02", 55),
    ]


def test_a_group_that_nobody_counted_has_no_intervals():
    assert group_intervals([], [("NPL", [])]) == []
