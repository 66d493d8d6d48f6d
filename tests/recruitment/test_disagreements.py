"""Contradictions, revisions and sums that do not add up: R12, R4 and R14 at their edges."""

from dataclasses import replace

import pytest

from recruitment.disagreements import Conflict, conflicts, identities
from tests.recruitment.claims import (
    EMBASSY,
    INDIA,
    MEDIAZONA,
    MINISTRY,
    NGO,
    RUSSIA,
    about,
    at_least,
    between,
    exactly,
    more_than,
    of_part,
    rendered,
    up_to,
)

DAY = "2024-01-01"


def found(*figures, metric="killed"):
    return list(conflicts(figures, metric))


@pytest.mark.parametrize(
    ("later", "is_conflict"),
    [
        pytest.param(DAY, True, id="the-same-day"),
        pytest.param("2024-06-29", True, id="180-days-apart"),
        pytest.param("2024-06-30", False, id="181-days-apart"),
    ],
)
def test_claimants_contradict_each_other_within_180_days(later, is_conflict):
    one, other = exactly(20, DAY, MINISTRY), exactly(200, later, NGO)

    assert bool(found(one, other)) == is_conflict


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        pytest.param(
            exactly(20, DAY, MINISTRY), exactly(31, DAY, NGO), 1.55, id="above-1.5"
        ),
        pytest.param(
            exactly(200, DAY, MINISTRY), exactly(301, DAY, NGO), 1.505, id="just-above"
        ),
        pytest.param(
            between(5, 20, DAY, MINISTRY), between(40, 90, DAY, NGO), 2.0, id="ranges"
        ),
        pytest.param(
            up_to(20, DAY, MINISTRY), at_least(50, DAY, NGO), 2.5, id="open-outwards"
        ),
        pytest.param(
            up_to(20, DAY, MINISTRY), more_than(30, DAY, NGO), 1.55, id="more-than-30"
        ),
        pytest.param(
            exactly(20, DAY, MINISTRY), rendered("hundreds", DAY, NGO), 10.0, id="word"
        ),
        pytest.param(
            exactly(0, DAY, MINISTRY), exactly(1, DAY, NGO), None, id="zero-against-one"
        ),
        pytest.param(
            up_to(0, DAY, MINISTRY), at_least(3, DAY, NGO), None, id="up-to-zero"
        ),
    ],
)
def test_contradiction_tells_how_far_apart_they_are(one, other, ratio):
    first, second = sorted([one.slug, other.slug])

    assert found(one, other) == [Conflict("contradiction", first, second, ratio)]
    assert found(other, one) == [Conflict("contradiction", first, second, ratio)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            exactly(20, DAY, MINISTRY), exactly(30, DAY, NGO), id="ratio-of-just-1.5"
        ),
        pytest.param(
            up_to(20, DAY, MINISTRY), at_least(30, DAY, NGO), id="just-1.5-open"
        ),
        pytest.param(
            between(5, 20, DAY, MINISTRY), between(20, 90, DAY, NGO), id="they-touch"
        ),
        pytest.param(
            at_least(20, DAY, MINISTRY), exactly(900, DAY, NGO), id="open-upwards"
        ),
        pytest.param(
            rendered("dozens", DAY, MINISTRY),
            exactly(900, DAY, NGO),
            id="a-word-is-open",
        ),
        pytest.param(
            exactly(0, DAY, MINISTRY), exactly(0, DAY, NGO), id="zero-against-zero"
        ),
        pytest.param(
            exactly(0, DAY, MINISTRY), up_to(50, DAY, NGO), id="zero-against-up-to"
        ),
        pytest.param(
            exactly(20, DAY, NGO),
            exactly(90, DAY, NGO, evidence="enumerated"),
            id="one-claimant",
        ),
        pytest.param(
            exactly(20, DAY, MINISTRY),
            exactly(90, DAY, NGO, **of_part("unit")),
            id="a-total-and-a-part",
        ),
        pytest.param(
            exactly(20, DAY, MINISTRY, **of_part("list")),
            exactly(90, DAY, NGO, **of_part("unit")),
            id="two-different-parts",
        ),
        pytest.param(
            exactly(20, DAY, MINISTRY),
            exactly(90, DAY, NGO, evidence="forecast"),
            id="a-forecast",
        ),
        pytest.param(exactly(20, DAY, MINISTRY), exactly(90, None, NGO), id="undated"),
        pytest.param(
            exactly(20, DAY, MINISTRY),
            exactly(90, DAY, NGO, is_countable=False),
            id="not-counted",
        ),
    ],
)
def test_figures_do_not_contradict_each_other(one, other):
    assert found(one, other) == []


def test_two_counts_of_one_part_contradict_each_other():
    one = exactly(20, DAY, MINISTRY, **of_part("unit"))
    other = exactly(90, DAY, NGO, **of_part("unit"))

    assert [conflict.ratio for conflict in found(one, other)] == [4.5]


def test_contradiction_names_the_earlier_figure_first():
    high = exactly(200, "2024-02-01", MINISTRY)
    low = exactly(20, "2024-03-01", NGO)

    [conflict] = found(low, high)

    assert (conflict.one, conflict.other) == (high.slug, low.slug)


def test_every_pair_of_three_is_found_once():
    figures = [
        exactly(number, DAY, claimant)
        for number, claimant in [(10, MINISTRY), (100, NGO), (1000, MEDIAZONA)]
    ]

    pairs = {frozenset({one.one, one.other}) for one in found(*figures)}

    assert len(found(*figures)) == len(pairs) == 3


@pytest.mark.parametrize(
    ("older", "newer", "is_revision"),
    [
        pytest.param(
            exactly(40, DAY, MINISTRY),
            exactly(39, "2025-01-01", MINISTRY),
            True,
            id="lower",
        ),
        pytest.param(
            exactly(40, DAY, MINISTRY),
            exactly(40, "2025-01-01", MINISTRY),
            False,
            id="same",
        ),
        pytest.param(
            exactly(40, DAY, MINISTRY),
            exactly(39, "2028-01-01", MINISTRY),
            True,
            id="years-later",
        ),
        pytest.param(
            exactly(44, DAY, MINISTRY),
            about(40, "2025-01-01", MINISTRY),
            False,
            id="about-reaches-a-tenth-further",
        ),
        pytest.param(
            exactly(45, DAY, MINISTRY),
            about(40, "2025-01-01", MINISTRY),
            True,
            id="about-reaches-no-further",
        ),
        pytest.param(
            exactly(40, DAY, MINISTRY),
            at_least(30, "2025-01-01", MINISTRY),
            False,
            id="open-upwards",
        ),
        pytest.param(
            up_to(40, DAY, MINISTRY),
            exactly(10, "2025-01-01", MINISTRY),
            False,
            id="no-low",
        ),
        pytest.param(
            exactly(40, DAY, MINISTRY),
            exactly(10, "2025-01-01", MINISTRY, **of_part("unit")),
            False,
            id="a-part",
        ),
        pytest.param(
            exactly(40, DAY, MINISTRY),
            exactly(10, "2025-01-01", EMBASSY),
            False,
            id="another-claimant",
        ),
    ],
)
def test_claimant_takes_a_cumulative_figure_back(older, newer, is_revision):
    revised = Conflict("revised_down", older.slug, newer.slug, None)

    assert found(older, newer) == ([revised] if is_revision else [])


def test_later_figure_takes_back_each_older_one_that_is_above_it():
    twenty = exactly(20, "2024-01-01", MINISTRY)
    forty = exactly(40, "2024-02-01", MINISTRY)
    sixty = exactly(60, "2024-03-01", MINISTRY)
    thirty = exactly(30, "2024-04-01", MINISTRY)

    pairs = [(one.one, one.other) for one in found(twenty, forty, sixty, thirty)]

    assert pairs == [(forty.slug, thirty.slug), (sixty.slug, thirty.slug)]


def test_stock_that_falls_is_no_revision():
    figures = [exactly(40, DAY, MINISTRY), exactly(10, "2024-02-01", MINISTRY)]

    assert found(*figures, metric="serving") == []
    assert found(*figures, metric="killed") != []


def fates(**counts):
    """Give India's figures of one day; of each metric its count, or the figure itself."""
    return [
        (
            metric,
            replace(
                exactly(count, "2025-01-17", INDIA)
                if isinstance(count, int)
                else count,
                slug=metric,
            ),
        )
        for metric, count in counts.items()
    ]


def test_identity_leaves_out_what_the_claimant_only_relays():
    missing = exactly(16, "2025-01-17", INDIA, counted_by=RUSSIA)
    counts = fates(recruited=126, returned=96, killed=12, serving=18, missing=missing)

    [identity] = identities(counts)

    assert identity.recruited == "recruited"
    assert set(identity.parts) == {"returned", "killed", "serving"}
    assert (identity.most, identity.least) == (126, 96 + 12 + 18)
    assert identity.holds


@pytest.mark.parametrize(
    ("recruited", "killed", "bounds", "holds"),
    [
        pytest.param(10, 9, (10, 9), True, id="some-are-unaccounted-for"),
        pytest.param(10, 10, (10, 10), True, id="just-enough"),
        pytest.param(10, 11, (10, 11), False, id="one-too-many"),
        pytest.param(0, 1, (0, 1), False, id="nobody-recruited"),
        pytest.param(
            at_least(10, "2025-01-17", INDIA), 11, (None, 11), True, id="open-recruited"
        ),
        pytest.param(
            up_to(10, "2025-01-17", INDIA), 11, (10, 11), False, id="up-to-recruited"
        ),
        pytest.param(
            10, at_least(11, "2025-01-17", INDIA), (10, 11), False, id="at-least-killed"
        ),
        pytest.param(
            10,
            more_than(10, "2025-01-17", INDIA),
            (10, 11),
            False,
            id="more-than-killed",
        ),
        pytest.param(
            10, between(9, 90, "2025-01-17", INDIA), (10, 9), True, id="range-of-killed"
        ),
    ],
)
def test_recruited_are_held_against_what_became_of_them(
    recruited, killed, bounds, holds
):
    [identity] = identities(fates(recruited=recruited, killed=killed))

    assert (identity.most, identity.least) == bounds
    assert identity.holds == holds


def test_prisoners_held_are_not_counted_beside_all_those_captured():
    [identity] = identities(fates(recruited=10, captured_held=6, captured_total=8))

    assert identity.parts == ("captured_total",)
    assert identity.least == 8


def test_prisoners_held_count_where_those_captured_have_no_floor():
    captured = up_to(20, "2025-01-17", INDIA)

    [identity] = identities(
        fates(recruited=10, captured_held=6, captured_total=captured)
    )

    assert identity.parts == ("captured_held",)
    assert identity.least == 6


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param(fates(recruited=10), id="recruited-alone"),
        pytest.param(fates(killed=10, serving=3), id="nobody-tells-the-recruited"),
        pytest.param(
            fates(recruited=10, wounded=12), id="the-wounded-are-elsewhere-too"
        ),
        pytest.param(
            fates(recruited=10, killed=up_to(12, "2025-01-17", INDIA)), id="no-floor"
        ),
        pytest.param(
            fates(recruited=10, killed=exactly(12, "2025-01-18", INDIA)),
            id="another-day",
        ),
        pytest.param(
            fates(recruited=10, killed=exactly(12, "2025-01-17", MINISTRY)),
            id="another-claimant",
        ),
        pytest.param(
            fates(
                recruited=10, killed=exactly(12, "2025-01-17", INDIA, **of_part("unit"))
            ),
            id="a-part",
        ),
    ],
)
def test_there_is_nothing_to_check_in(counts):
    assert list(identities(counts)) == []
