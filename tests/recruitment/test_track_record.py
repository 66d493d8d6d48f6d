"""What a claimant raised, took back, and had matched by others, at its edges."""

from datetime import date

import pytest

from recruitment.track_record import (
    Matches,
    Revisions,
    held_up,
    matches,
    median_lag,
    own_counts,
    revisions,
)
from tests.recruitment.claims import (
    EMBASSY,
    MEDIAZONA,
    MINISTRY,
    NGO,
    RUSSIA,
    about,
    at_least,
    between,
    exactly,
    of_part,
    up_to,
)

DAY = "2024-01-01"


def matched(one, *others):
    """Compare the ministry's one figure with those of others."""
    return matches([one], [one, *others])


def test_own_counts_are_those_that_the_claimant_counted_whoever_tells_them():
    own = exactly(19, DAY, MINISTRY)
    relayed = exactly(20, DAY, RUSSIA, counted_by=MINISTRY)
    anothers = exactly(21, DAY, MINISTRY, counted_by=MEDIAZONA)
    forecast = exactly(22, DAY, MINISTRY, evidence="forecast")

    counts = own_counts(MINISTRY.slug, [own, relayed, anothers, forecast])

    assert counts == [own, relayed]


@pytest.mark.parametrize(
    ("numbers", "counted"),
    [
        pytest.param([19], Revisions(0, 0), id="one-figure"),
        pytest.param([19, 25, 40], Revisions(2, 0), id="raised-twice"),
        pytest.param([40, 19], Revisions(0, 1), id="taken-back"),
        pytest.param([19, 40, 25], Revisions(1, 1), id="up-and-down"),
        pytest.param([19, 19], Revisions(0, 0), id="the-same-again"),
    ],
)
def test_growing_count_is_raised_or_taken_back(numbers, counted):
    own = [
        exactly(number, f"2024-0{month}-01", MINISTRY)
        for month, number in enumerate(numbers, start=1)
    ]

    assert revisions(own, "killed") == counted


def test_vaguer_wording_takes_nothing_back():
    own = [exactly(44, DAY, MINISTRY), about(40, "2024-02-01", MINISTRY)]

    assert revisions(own, "killed") == Revisions(0, 0)


def test_lists_of_different_parts_are_no_revisions_of_each_other():
    own = [
        exactly(44, DAY, NGO, **of_part("one unit")),
        exactly(19, "2024-02-01", NGO, **of_part("another unit")),
    ]

    assert revisions(own, "killed") == Revisions(0, 0)


def test_stock_may_fall_without_being_taken_back():
    own = [exactly(44, DAY, MINISTRY), exactly(19, "2024-02-01", MINISTRY)]

    assert revisions(own, "serving") == Revisions(0, 0)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(exactly(100, DAY, NGO), Matches(1, 1, 1), id="the-same-number"),
        pytest.param(exactly(125, DAY, NGO), Matches(1, 1, 1), id="a-quarter-above"),
        pytest.param(exactly(126, DAY, NGO), Matches(1, 1, 0), id="more-than-that"),
        pytest.param(exactly(80, DAY, NGO), Matches(1, 1, 1), id="a-quarter-below"),
        pytest.param(at_least(100, DAY, NGO), Matches(1, 1, 1), id="at-least"),
        pytest.param(
            exactly(100, "2024-06-29", NGO), Matches(1, 1, 1), id="180-days-later"
        ),
        pytest.param(
            exactly(100, "2024-06-30", NGO), Matches(1, 0, 0), id="181-days-later"
        ),
        pytest.param(exactly(100, "2023-12-31", NGO), Matches(1, 0, 0), id="earlier"),
        pytest.param(exactly(100, DAY, EMBASSY), Matches(1, 0, 0), id="one-state"),
        pytest.param(
            exactly(100, DAY, NGO, counted_by=MINISTRY),
            Matches(1, 0, 0),
            id="only-relays-it",
        ),
        pytest.param(between(90, 110, DAY, NGO), Matches(1, 0, 0), id="a-range"),
        pytest.param(up_to(100, DAY, NGO), Matches(1, 0, 0), id="only-from-above"),
        pytest.param(
            exactly(100, DAY, NGO, **of_part("a list")), Matches(1, 0, 0), id="a-part"
        ),
        pytest.param(
            exactly(100, DAY, NGO, credibility=5), Matches(1, 0, 0), id="an-error"
        ),
    ],
)
def test_total_is_matched_by(other, expected):
    assert matched(exactly(100, DAY, MINISTRY), other) == expected


def test_one_of_several_others_is_enough():
    others = [exactly(300, DAY, NGO), exactly(110, DAY, MEDIAZONA)]

    assert matched(exactly(100, DAY, MINISTRY), *others) == Matches(1, 1, 1)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(between(90, 110, DAY, MINISTRY), id="a-range"),
        pytest.param(exactly(100, DAY, MINISTRY, **of_part("a list")), id="a-part"),
    ],
)
def test_what_is_no_total_with_a_number_is_not_compared(one):
    assert matched(one, exactly(100, DAY, NGO)) == Matches(0, 0, 0)


def test_zero_is_matched_by_zero_alone():
    zero = exactly(0, DAY, MINISTRY)

    assert matched(zero, exactly(0, DAY, NGO)).matched == 1
    assert matched(zero, exactly(1, DAY, NGO)).matched == 0


def test_keys_add_up_and_keep_to_themselves():
    killed = [exactly(100, DAY, MINISTRY), exactly(110, DAY, NGO)]
    missing = [exactly(40, DAY, MINISTRY), exactly(20, "2024-02-01", MINISTRY)]
    home = [exactly(40, DAY, MINISTRY), exactly(20, "2024-02-01", MINISTRY)]

    kept = held_up(
        MINISTRY.slug, [("killed", killed), ("missing", missing), ("returned", home)]
    )

    assert kept == (Revisions(0, 1), Matches(5, 1, 1))


@pytest.mark.parametrize(
    ("counted", "share"),
    [
        pytest.param(Matches(9, 5, 2), 0.4, id="enough"),
        pytest.param(Matches(9, 4, 4), None, id="too-few"),
        pytest.param(Matches(0, 0, 0), None, id="none"),
    ],
)
def test_share_is_told_where_enough_were_compared(counted, share):
    assert counted.share == share


def test_lag_is_the_median_from_the_figures_day_to_its_first_page():
    as_of = date(2024, 1, 1)
    published = [date(2024, 1, day) for day in (1, 1, 3, 10, 31)]

    assert median_lag((as_of, day) for day in published) == 2
    assert median_lag((as_of, day) for day in published[1:]) is None
