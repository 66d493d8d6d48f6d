"""Why this number: what each figure was used for, or the rule that kept it out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.choices import Policy
from recruitment.estimates import Estimate, admitted_by_policy, estimate
from recruitment.explaining import explain
from tests.recruitment.claims import (
    EMBASSY,
    FAMILIES,
    MEDIAZONA,
    MINISTRY,
    NGO,
    RESEARCHER,
    UKRAINE,
    WASHINGTON,
    at_least,
    between,
    exactly,
    more_than,
    of_part,
    up_to,
)
from tests.recruitment.test_estimate_invariants import keys

DAY = date(2024, 12, 31)
policies = st.sampled_from(Policy.values)


def use_of(figure, *others, metric="killed", day=DAY, policy="all"):
    """Give what a figure was used for in the estimate of it and others."""
    _, uses = explain([figure, *others], metric, day, policy)
    return next(use for use in uses if use.slug == figure.slug)


MINISTRY_SAYS_40 = exactly(40, "2024-09-02", MINISTRY)


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        pytest.param(
            exactly(19, "2024-03-14", NGO, is_countable=False),
            "is a variant, a plan, a probable error, or no longer published",
            id="not-countable",
        ),
        pytest.param(exactly(19, None, NGO), "bears no date", id="undated"),
        pytest.param(
            exactly(19, "2024-03-14", NGO, evidence="forecast"),
            "is a forecast",
            id="forecast",
        ),
        pytest.param(
            exactly(19, "2024-03-14", NGO, credibility=5),
            "is probably an error",
            id="credibility-5",
        ),
        pytest.param(
            exactly(19, "2022-02-23", NGO),
            "starts before 24 February 2022",
            id="before-the-war",
        ),
        pytest.param(
            exactly(19, "2024-03-14", NGO, period_start=date(2022, 2, 23)),
            "starts before 24 February 2022",
            id="counted-since-before-the-war",
        ),
    ],
)
def test_figure_that_no_rule_may_look_at_says_why(figure, why):
    use = use_of(figure, MINISTRY_SAYS_40)

    assert (use.used_for, use.rule, use.why, use.by) == ((), "R0", why, None)


@pytest.mark.parametrize(
    ("figure", "others", "rule", "why"),
    [
        pytest.param(
            more_than(30, "2024-10-01", MINISTRY),
            [MINISTRY_SAYS_40],
            "R3",
            "only restates an older figure of the claimant in vaguer words",
            id="restated",
        ),
        pytest.param(
            exactly(50, "2024-03-14", MINISTRY),
            [MINISTRY_SAYS_40],
            "R4",
            "was taken back by the claimant's later, lower figure",
            id="taken-back",
        ),
        pytest.param(
            exactly(50, "2025-01-01", NGO),
            [MINISTRY_SAYS_40],
            "R5",
            "is dated after this day; nothing is carried back in time",
            id="after-the-day",
        ),
        pytest.param(
            exactly(50, "2025-01-01", MINISTRY),
            [MINISTRY_SAYS_40],
            "R5",
            "is dated after this day; nothing is carried back in time",
            id="after-the-day-by-a-claimant-with-an-older-figure",
        ),
        pytest.param(
            exactly(19, "2023-12-31", NGO),
            [MINISTRY_SAYS_40],
            "R5",
            "is more than 365 days old",
            id="too-old",
        ),
        pytest.param(
            exactly(30, "2024-09-02", FAMILIES, credibility=4),
            [MINISTRY_SAYS_40],
            "R6",
            "is not credible enough to set more than the highest",
            id="not-credible-enough",
        ),
        pytest.param(
            exactly(900, "2024-09-02", UKRAINE, interest="with"),
            [MINISTRY_SAYS_40, exactly(901, "2024-09-02", FAMILIES, credibility=4)],
            "R7",
            "is a party's own-interest number that nobody else comes near",
            id="a-partys-word",
        ),
        pytest.param(
            exactly(30, "2024-09-02", MEDIAZONA, **of_part("list")),
            [MINISTRY_SAYS_40],
            "R8",
            "counts a part: a floor, and one as great is accepted",
            id="a-part-below-the-floor",
        ),
        pytest.param(
            between(20, 30, "2024-09-02", NGO),
            [MINISTRY_SAYS_40],
            "R10",
            "gives a range, and a midpoint would be invented",
            id="a-range",
        ),
        pytest.param(
            exactly(35, "2024-09-02", WASHINGTON),
            [MINISTRY_SAYS_40, exactly(39, "2024-10-01", NGO)],
            "R10",
            "gives way to a better placed, better confirmed or newer figure",
            id="gives-way",
        ),
    ],
)
def test_unused_figure_names_the_first_rule_that_keeps_it_out(
    figure, others, rule, why
):
    use = use_of(figure, *others)

    assert (use.used_for, use.rule, use.why, use.by) == ((), rule, why, None)


def test_superseded_figure_names_the_newest_of_its_claimant():
    figures = [exactly(number, f"2024-0{number}-01", MINISTRY) for number in (3, 4, 5)]

    uses = [use_of(figure, *figures) for figure in figures]

    assert [use.by for use in uses] == [figures[2].slug, figures[2].slug, None]
    assert [use.rule for use in uses] == ["R3", "R3", "R9"]
    assert uses[0].why == "is superseded by the claimant’s newer figure"


def test_stock_is_too_old_after_half_a_year():
    use = use_of(exactly(19, "2024-07-03", NGO), metric="serving")

    assert (use.rule, use.why) == ("R5", "is more than 180 days old")


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param(
            exactly(30, "2024-09-02", NGO, credibility=3, **of_part("unit")),
            id="of-a-part",
        ),
        pytest.param(
            exactly(
                30, "2024-09-02", NGO, credibility=3, period_start=date(2024, 1, 1)
            ),
            id="of-a-period",
        ),
    ],
)
def test_usual_statement_that_may_set_no_floor_is_told_so(figure):
    drawn, [use] = explain([figure], "killed", DAY)

    assert drawn.low is None
    assert (use.used_for, use.rule) == ((), "R6")
    assert use.why == "is not credible enough to set a floor"


def test_part_that_is_told_only_from_above_is_no_floor():
    drawn, [use] = explain(
        [up_to(30, "2024-09-02", NGO, **of_part("unit"))], "killed", DAY
    )

    assert drawn.low is None
    assert (use.used_for, use.rule) == ((), "R8")
    assert use.why == "counts a part, and only from above"


@pytest.mark.parametrize(
    ("figure", "policy"),
    [
        pytest.param(
            exactly(44, "2024-09-02", UKRAINE, interest="with"), "no_party", id="party"
        ),
        pytest.param(
            exactly(44, "2024-09-02", NGO, counted_by=UKRAINE),
            "no_party",
            id="relayed-of-a-party",
        ),
        pytest.param(exactly(44, "2024-09-02", NGO), "named_only", id="no-list"),
    ],
)
def test_figure_that_the_readers_choice_leaves_out_says_so(figure, policy):
    use = use_of(figure, MINISTRY_SAYS_40, policy=policy)

    assert (use.used_for, use.rule) == ((), "policy")
    assert use.why == "is left out by the choice of figures"


def test_figure_left_out_by_choice_supersedes_nothing():
    older = exactly(30, "2024-03-14", NGO, evidence="enumerated")
    newer = exactly(44, "2024-09-02", NGO)

    use = use_of(older, newer, policy="named_only")

    assert use.used_for == ("low", "best", "high")


def test_one_figure_may_set_all_three():
    use = use_of(MINISTRY_SAYS_40)

    assert use.used_for == ("low", "best", "high")
    assert use.rule == "R9"


def test_each_end_names_its_own_figure_and_rule():
    floor = exactly(45, "2023-01-01", RESEARCHER, evidence="enumerated")
    best = exactly(49, "2024-12-23", EMBASSY)
    highest = at_least(113, "2024-10-01", FAMILIES, credibility=4)
    weaker = exactly(44, "2024-12-24", WASHINGTON, credibility=3)

    drawn, uses = explain([floor, best, highest, weaker], "killed", DAY)

    by_slug = {use.slug: (use.used_for, use.rule) for use in uses}
    assert (drawn.low, drawn.best, drawn.high) == (49, 49, 113)
    assert by_slug == {
        highest.slug: (("high",), "R11"),
        best.slug: (("low", "best"), "R9"),
        weaker.slug: ((), "R10"),
        floor.slug: ((), "R5"),
    }


def test_stock_may_have_a_figure_for_each_end():
    low = exactly(19, "2024-10-01", NGO, evidence="enumerated")
    best = exactly(25, "2024-10-01", EMBASSY)
    high = between(20, 90, "2024-09-02", MINISTRY)

    _, uses = explain([low, best, high], "serving", DAY)

    assert {use.slug: (use.used_for, use.rule) for use in uses} == {
        low.slug: (("low",), "R9"),
        best.slug: (("best",), "R10"),
        high.slug: (("high",), "R11"),
    }


def test_last_known_total_is_told_as_too_old_to_be_the_best():
    old = exactly(19, "2023-01-01", MINISTRY)
    floor = exactly(5, "2023-06-01", NGO, evidence="enumerated", **of_part("list"))

    drawn, uses = explain([old, floor], "killed", DAY)

    assert drawn.best is None
    by_slug = {use.slug: use for use in uses}
    assert by_slug[old.slug].used_for == ("low", "last_known")
    assert by_slug[old.slug].why.endswith("and is now too old to be the best")
    assert by_slug[floor.slug].rule == "R5"


@pytest.mark.parametrize(
    ("are_disjoint", "low", "used"),
    [
        pytest.param(True, 42, {"one", "two"}, id="found-disjoint"),
        pytest.param(False, 30, {"one"}, id="not-known-to-be-disjoint"),
    ],
)
def test_each_part_of_a_sum_is_told_to_set_the_low(are_disjoint, low, used):
    beside = {"one": {"two"}, "two": {"one"}} if are_disjoint else {}
    parts = [
        exactly(
            number,
            "2024-03-14",
            NGO,
            slug=slug,
            disjoint_with=frozenset(beside.get(slug, ())),
            **of_part(slug),
        )
        for slug, number in [("one", 30), ("two", 12)]
    ]

    drawn, uses = explain(parts, "killed", DAY)

    assert drawn.low == low
    assert {use.slug for use in uses if "low" in use.used_for} == used


def test_groups_figures_give_way_to_a_greater_sum_of_its_members():
    direct = exactly(40, "2024-09-02", MINISTRY, area="FOREIGN")
    other = exactly(30, "2024-09-02", WASHINGTON, area="FOREIGN")
    highest = exactly(90, "2024-09-02", FAMILIES, area="FOREIGN", credibility=4)
    members = [("NPL", Estimate(low=30)), ("IND", Estimate(low=25))]

    drawn, uses = explain([direct, other, highest], "killed", DAY, members=members)

    assert (drawn.low, drawn.best, drawn.high) == (55, 55, 90)
    assert {use.slug: (use.used_for, use.rule) for use in uses} == {
        direct.slug: ((), "R13"),
        other.slug: ((), "R10"),
        highest.slug: (("high",), "R11"),
    }


def test_uses_are_told_newest_first():
    figures = [
        exactly(19, "2024-03-14", MINISTRY),
        exactly(44, "2024-09-02", NGO),
        exactly(33, "2024-06-01", EMBASSY),
    ]

    _, uses = explain(figures, "killed", DAY)

    assert [use.slug for use in uses] == [figures[n].slug for n in (1, 2, 0)]


def test_key_without_figures_has_nothing_to_explain():
    drawn, uses = explain([], "killed", DAY)

    assert (drawn.reason, uses) == ("no_figure", [])


@given(keys(), policies)
def test_every_figure_is_accounted_for_exactly_once(key, policy):
    held, metric, day = key

    _, uses = explain(held, metric, day, policy)

    assert sorted(use.slug for use in uses) == sorted(figure.slug for figure in held)
    assert all(use.rule and use.why for use in uses)


@given(keys(), policies)
def test_what_is_explained_is_the_estimate_of_what_the_policy_admits(key, policy):
    held, metric, day = key

    drawn, uses = explain(held, metric, day, policy)

    admitted = [figure for figure in held if admitted_by_policy(figure, policy)]
    assert drawn == estimate(admitted, metric, day)
    setters = {
        "low": {drawn.low_figure, *drawn.low_sum_of},
        "best": {drawn.best_figure},
        "high": {drawn.high_figure},
        "last_known": {drawn.last_known_figure},
    }
    for end, slugs in setters.items():
        assert {use.slug for use in uses if end in use.used_for} == slugs - {None}


@given(keys(), policies)
def test_reasons_agree_with_the_estimate(key, policy):
    held, metric, day = key
    by_slug = {figure.slug: figure for figure in held}

    drawn, uses = explain(held, metric, day, policy)

    for use in uses:
        figure = by_slug[use.slug]
        assert figure.is_used or use.rule in {"R0", "policy"}
        if "one as great is accepted" in use.why:
            assert figure.low <= drawn.low
        if use.by:
            assert by_slug[use.by].day >= figure.day
            assert by_slug[use.by].claimant == figure.claimant
