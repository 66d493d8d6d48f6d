"""Rules R9 to R12: the three ends of an estimate, and how far they lie apart."""

from dataclasses import replace
from datetime import date

import pytest

from recruitment.estimates import (
    dispersion,
)
from tests.recruitment.claims import (
    A_LIST,
    AGAINST,
    ANONYMOUS,
    BELIEVED,
    FAMILIES,
    FIGHTER,
    INDIA,
    LEGISLATOR,
    LIST,
    MEDIAZONA,
    MINISTRY,
    NEPAL,
    NGO,
    NORTH,
    RESEARCHER,
    RUSSIA,
    SOUTH,
    SPIES,
    UKRAINE,
    UKRAINE_SPIES,
    UN,
    WASHINGTON,
    at_least,
    between,
    disjoint,
    ends,
    exactly,
    of_part,
    on,
    up_to,
)

# R9 Low


def test_a_cumulative_low_is_the_greatest_accepted_floor():
    figures = [exactly(40, "2022-06-01", NGO), exactly(30, "2024-06-01", MINISTRY)]

    assert ends(on("2024-07-01", figures)) == (40, 40, 40)


def test_a_stock_low_is_the_smallest_accepted_total():
    figures = [
        exactly(40, "2024-06-01", NGO),
        exactly(30, "2024-06-02", MINISTRY),
        exactly(10, "2024-06-01", FAMILIES, **ANONYMOUS),
    ]

    assert ends(on("2024-07-01", figures, "missing")) == (30, 30, 40)


def test_a_stock_low_is_not_below_its_greatest_subset():
    figures = [exactly(40, "2024-06-01", MEDIAZONA), exactly(25, "2024-06-02", NGO)]

    drawn = on("2024-07-01", [*figures, NORTH, SOUTH], "missing")

    assert ends(drawn) == (30, 30, 40)
    assert drawn.low_figure == NORTH.slug


def test_low_is_never_borrowed_from_best():
    drawn = on("2024-07-01", [exactly(40, "2024-06-01", NGO, **BELIEVED)])

    assert ends(drawn) == (None, 40, 40)


def test_of_equal_figures_the_more_recent_is_named():
    older = exactly(40, "2024-05-01", NGO, **A_LIST, slug="z")
    newer = exactly(40, "2024-06-01", MEDIAZONA, **A_LIST, slug="a")

    drawn = on("2024-07-01", [newer, older])

    assert drawn.low_figure == drawn.best_figure == drawn.high_figure == "a"


def test_of_equal_floors_a_strict_one_is_greater():
    figures = [
        *disjoint(replace(NORTH, qualifier="more_than", high=None), SOUTH),
        exactly(50, "2024-06-20", MEDIAZONA, **of_part("names")),
    ]

    drawn = on("2024-07-01", figures)

    assert (drawn.low, drawn.low_strict) == (50, True)
    assert drawn.low_sum_of == (NORTH.slug, SOUTH.slug)


def test_of_equal_floors_one_that_somebody_gave_goes_before_a_sum():
    figures = [
        *disjoint(NORTH, SOUTH),
        exactly(50, "2024-05-01", MEDIAZONA, **of_part("names")),
    ]

    assert on("2024-07-01", figures).low_sum_of == ()


# R10 Best


@pytest.mark.parametrize(
    ("points", "best", "reason"),
    [
        pytest.param([100, 125], 125, "corroborated", id="within-a-quarter"),
        pytest.param([100, 126], 126, "tier_2", id="further-apart"),
        pytest.param([125, 100], 100, "corroborated", id="the-most-recent-of-the-two"),
        pytest.param([0, 0], 0, "corroborated", id="zero-and-zero"),
        pytest.param([0, 1], 1, "tier_2", id="zero-and-one"),
    ],
)
def test_two_origins_agree_within_a_quarter(points, best, reason):
    figures = [
        exactly(points[0], "2024-06-01", NGO, **BELIEVED),
        exactly(points[1], "2024-06-02", MEDIAZONA, **BELIEVED),
    ]

    drawn = on("2024-07-01", figures)

    assert (drawn.best, drawn.reason) == (best, reason)
    assert drawn.label == ("A" if reason == "corroborated" else "B")


def test_a_corroborated_best_beats_a_better_placed_one():
    figures = [
        exactly(19, "2024-06-03", MINISTRY, **BELIEVED),
        exactly(40, "2024-06-01", NGO, **BELIEVED),
        exactly(41, "2024-06-02", MEDIAZONA, **BELIEVED),
    ]

    drawn = on("2024-07-01", figures)

    assert (drawn.best, drawn.reason) == (41, "corroborated")


def test_of_corroborated_figures_of_one_day_the_better_placed_is_best():
    figures = [
        exactly(40, "2024-06-01", MINISTRY, **BELIEVED),
        exactly(41, "2024-06-01", MEDIAZONA, **BELIEVED),
    ]

    assert on("2024-07-01", figures).best == 40


@pytest.mark.parametrize(
    ("figure", "reason", "label"),
    [
        pytest.param(exactly(40, "2024-06-01", MINISTRY), "tier_1", "B", id="home"),
        pytest.param(exactly(40, "2024-06-01", UN), "tier_1", "B", id="un"),
        pytest.param(
            exactly(40, "2024-06-01", FIGHTER, evidence="custody"),
            *("tier_1", "B"),
            id="custodian",
        ),
        pytest.param(
            exactly(40, "2024-06-01", RUSSIA, **AGAINST), "tier_1", "B", id="against"
        ),
        pytest.param(exactly(40, "2024-06-01", MEDIAZONA), "tier_2", "B", id="media"),
        pytest.param(exactly(40, "2024-06-01", NGO), "tier_2", "B", id="ngo"),
        pytest.param(
            exactly(40, "2024-06-01", RESEARCHER), "tier_2", "B", id="researcher"
        ),
        pytest.param(exactly(40, "2024-06-01", INDIA), "tier_3", "B", id="other-state"),
        pytest.param(
            exactly(40, "2024-06-01", WASHINGTON), "tier_3", "B", id="a-third-state"
        ),
        pytest.param(
            exactly(40, "2024-06-01", SPIES), "tier_3", "B", id="intelligence"
        ),
        pytest.param(
            exactly(40, "2024-06-01", SPIES, area="USA"),
            *("tier_1", "B"),
            id="intelligence-at-home",
        ),
        pytest.param(exactly(40, "2024-06-01", LEGISLATOR), "tier_4", "D", id="deputy"),
        pytest.param(exactly(40, "2024-06-01", FAMILIES), "tier_4", "D", id="families"),
        pytest.param(exactly(40, "2024-06-01", RUSSIA), "tier_4", "D", id="party"),
        pytest.param(
            exactly(40, "2024-06-01", RUSSIA, area="RUS"), "tier_4", "D", id="own-party"
        ),
        pytest.param(
            exactly(40, "2024-06-01", UKRAINE_SPIES), "tier_4", "D", id="party-spies"
        ),
        pytest.param(
            exactly(40, "2024-06-01", NGO, counted_by=MINISTRY),
            *("tier_1", "B"),
            id="the-origin-decides",
        ),
    ],
)
def test_how_well_placed_the_origin_is(figure, reason, label):
    drawn = on("2024-07-01", [figure])

    assert (drawn.best, drawn.reason, drawn.label) == (40, reason, label)


def test_the_better_placed_beats_the_more_recent():
    figures = [
        exactly(19, "2024-06-01", MINISTRY, **BELIEVED),
        exactly(90, "2024-06-20", NGO, **BELIEVED),
    ]

    assert on("2024-07-01", figures).best == 19


def test_of_one_tier_the_more_recent_then_the_larger_is_best():
    older = exactly(90, "2024-06-01", NGO, **BELIEVED)
    newer = exactly(40, "2024-06-20", RESEARCHER, **BELIEVED)
    larger = exactly(60, "2024-06-20", MEDIAZONA, **BELIEVED)

    assert on("2024-07-01", [older, newer]).best == 40
    assert on("2024-07-01", [older, newer, larger]).best == 60


def test_a_floor_raises_a_best_below_it():
    figures = [exactly(30, "2024-06-01", MINISTRY), LIST]

    drawn = on("2024-07-01", figures)

    assert ends(drawn) == (45, 45, 45)
    assert (drawn.reason, drawn.label, drawn.high_open) == ("floor_raised", "C", True)
    assert drawn.best_figure == drawn.high_figure == LIST.slug


def test_a_floor_may_raise_best_and_leave_high_alone():
    figures = [
        exactly(30, "2024-06-01", MINISTRY),
        LIST,
        exactly(60, "2024-06-01", FAMILIES, **ANONYMOUS),
    ]

    drawn = on("2024-07-01", figures)

    assert (ends(drawn), drawn.high_open) == ((45, 45, 60), False)


PARTY = exactly(900, "2024-06-01", UKRAINE, interest="with")
WEAK = exactly(300, "2024-06-01", FAMILIES, **ANONYMOUS)
RANGE = up_to(200, "2024-06-01", NGO)
PART = exactly(30, "2024-06-01", NGO, **of_part("north"))


@pytest.mark.parametrize(
    ("figures", "day", "metric", "reason"),
    [
        pytest.param(
            [RANGE, PARTY, WEAK], "2024-07-01", "killed", "range_only", id="1"
        ),
        pytest.param([PARTY, WEAK, PART], "2024-07-01", "killed", "party_only", id="2"),
        pytest.param([WEAK, PART], "2024-07-01", "killed", "weak_only", id="3"),
        pytest.param([PART], "2024-07-01", "killed", "subset_only", id="4"),
        pytest.param(
            [PART], "2026-07-01", "killed", "subset_only", id="never-a-total-cumulative"
        ),
        pytest.param(
            [PART], "2026-07-01", "missing", "stale", id="never-a-total-stock"
        ),
        pytest.param(
            [PART, replace(RANGE, as_of=date(2022, 6, 1))],
            *("2024-07-01", "killed", "subset_only"),
            id="a-stale-total-and-a-subset",
        ),
        pytest.param([PART, RANGE], "2026-07-01", "killed", "stale", id="all-stale"),
        pytest.param([], "2024-07-01", "killed", "no_figure", id="nothing"),
    ],
)
def test_why_there_is_no_best(figures, day, metric, reason):
    drawn = on(day, figures, metric)

    assert (drawn.best, drawn.reason) == (None, reason)


def test_a_weak_range_is_weak_not_a_range():
    drawn = on("2024-07-01", [between(40, 50, "2024-06-01", NGO, **ANONYMOUS)])

    assert drawn.reason == "weak_only"


def test_a_range_without_a_floor_is_labelled_as_neither():
    drawn = on("2024-07-01", [RANGE])

    assert (ends(drawn), drawn.label) == ((None, None, 200), "E")


# R11 High


def test_high_is_the_highest_figure_claimed_parties_included():
    figures = [exactly(19, "2024-06-01", MINISTRY), RANGE, WEAK, PARTY]

    drawn = on("2024-07-01", figures)

    assert ends(drawn) == (19, 19, 900)
    assert (drawn.high_figure, drawn.high_open) == (PARTY.slug, False)


def test_high_is_open_where_any_total_is_and_not_for_a_subset():
    closed = exactly(19, "2024-06-01", MINISTRY)
    open_total = at_least(10, "2024-06-01", NGO)
    open_part = at_least(10, "2024-06-01", NGO, **of_part("north"))

    assert on("2024-07-01", [closed, open_total]).high_open
    assert not on("2024-07-01", [closed, open_part]).high_open


def test_of_equal_highs_the_open_one_is_named():
    figures = [at_least(40, "2024-05-01", NGO), exactly(40, "2024-06-01", MEDIAZONA)]

    drawn = on("2024-07-01", figures)

    assert (drawn.high, drawn.high_figure) == (40, figures[0].slug)


def test_a_high_out_of_its_window_no_longer_counts():
    figures = [exactly(90, "2023-06-01", NGO, **BELIEVED), NEPAL[0]]

    assert on("2024-05-31", figures).high == 90
    assert on("2024-06-01", figures).high == 19


# R12 Contradiction


def test_dispersion_is_how_many_times_the_high_is_the_low():
    assert dispersion(1_000, 5_000) == 5
    assert dispersion(0, 5) is None
    assert dispersion(None, 5) is None
    assert dispersion(5, None) is None
