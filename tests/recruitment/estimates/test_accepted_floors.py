"""Rules R5 to R8: what a claim is worth by its age, its source, its side and its scope."""

from dataclasses import replace

import pytest

from recruitment.estimates import (
    Estimate,
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
    NGO,
    NORTH,
    RUSSIA,
    SOUTH,
    UKRAINE,
    UN,
    WITH,
    between,
    disjoint,
    ends,
    exactly,
    of_part,
    on,
    up_to,
)

# R5 Time


def test_nothing_is_carried_back_in_time():
    figures = [exactly(40, "2024-06-01", NGO)]

    assert on("2024-05-31", figures) == Estimate()
    assert on("2024-06-01", figures).best == 40


def test_a_day_is_taken_as_written_whatever_its_precision():
    figures = [exactly(40, "2024-12-31", NGO, precision="year")]

    assert on("2024-12-30", figures) == Estimate()
    assert on("2024-12-31", figures).best == 40


def test_a_cumulative_figure_keeps_only_its_floor_after_365_days():
    figures = [exactly(40, "2023-06-01", NGO)]

    last_day, after = on("2024-05-31", figures), on("2024-06-01", figures)

    assert (ends(last_day), last_day.high_open) == ((40, 40, 40), False)
    assert (ends(after), after.high_open) == ((40, None, None), True)
    assert (after.reason, after.label) == ("stale", "C")
    assert after.last_known_figure == figures[0].slug


def test_the_last_known_best_is_not_below_the_floor():
    figures = [
        exactly(40, "2023-06-01", NGO),
        exactly(50, "2023-07-01", MEDIAZONA, **of_part("names")),
    ]

    assert on("2025-01-01", figures).last_known_figure is None


def test_there_is_no_last_known_best_beside_a_current_one_or_of_a_stock():
    older, newer = exactly(40, "2023-06-01", NGO), exactly(41, "2024-12-01", MEDIAZONA)

    assert on("2025-01-01", [older, newer]).last_known_figure is None
    assert on("2025-01-01", [older], "missing").last_known_figure is None
    assert on("2025-01-01", [up_to(40, "2023-06-01", NGO)]).last_known_figure is None


def test_a_stock_is_forgotten_after_180_days():
    figures = [exactly(40, "2024-01-01", NGO)]

    assert ends(on("2024-06-29", figures, "missing")) == (40, 40, 40)
    assert on("2024-06-30", figures, "missing") == Estimate(reason="stale")


# R6 Credibility


@pytest.mark.parametrize(
    ("figure", "low"),
    [
        pytest.param(exactly(40, "2024-06-01", FIGHTER, credibility=1), 40, id="1"),
        pytest.param(exactly(40, "2024-06-01", FIGHTER, credibility=2), 40, id="2"),
        pytest.param(exactly(40, "2024-06-01", NGO, **BELIEVED), None, id="3"),
        pytest.param(
            exactly(40, "2024-06-01", NGO, **BELIEVED, **A_LIST), 40, id="3-list"
        ),
        pytest.param(
            exactly(40, "2024-06-01", NGO, **BELIEVED, evidence="custody"),
            *(40,),
            id="3-custody",
        ),
        pytest.param(exactly(40, "2024-06-01", MINISTRY, **BELIEVED), 40, id="3-home"),
        pytest.param(
            exactly(40, "2024-06-01", MINISTRY, **BELIEVED, evidence="estimate"),
            *(None,),
            id="3-home-estimate",
        ),
        pytest.param(
            exactly(40, "2024-06-01", INDIA, **BELIEVED), None, id="3-other-government"
        ),
        pytest.param(
            exactly(40, "2024-06-01", LEGISLATOR, **BELIEVED), None, id="3-legislator"
        ),
        pytest.param(
            exactly(40, "2024-06-01", RUSSIA, **BELIEVED, area="RUS"),
            None,
            id="3-party",
        ),
        pytest.param(exactly(40, "2024-06-01", UN, **BELIEVED), 40, id="3-un"),
        pytest.param(exactly(40, "2024-06-01", RUSSIA, **AGAINST), 40, id="3-against"),
    ],
)
def test_how_credible_a_floor_must_be(figure, low):
    drawn = on("2024-07-01", [figure])

    assert drawn.low == low
    assert (drawn.best, drawn.high) == (40, 40)


@pytest.mark.parametrize("credibility", [4, 6])
def test_weak_figures_set_only_the_high(credibility):
    weak = exactly(40, "2024-06-01", NGO, **A_LIST, credibility=credibility)

    drawn = on("2024-07-01", [weak])

    assert ends(drawn) == (None, None, 40)
    assert (drawn.reason, drawn.label) == ("weak_only", "E")


def test_a_weak_total_beside_a_floor_is_a_floor_only():
    figures = [
        exactly(40, "2024-06-01", FAMILIES, **ANONYMOUS),
        exactly(30, "2024-06-01", NGO, **of_part("names")),
    ]

    drawn = on("2024-07-01", figures)

    assert ends(drawn) == (30, None, 40)
    assert (drawn.reason, drawn.label) == ("weak_only", "C")


# R7 Parties


def test_a_partys_word_sets_only_the_high():
    drawn = on("2024-07-01", [exactly(900, "2024-06-01", UKRAINE, interest="with")])

    assert ends(drawn) == (None, None, 900)
    assert (drawn.reason, drawn.label) == ("party_only", "D")


@pytest.mark.parametrize(
    ("points", "low"),
    [
        pytest.param([450], 900, id="half"),
        pytest.param([449], 449, id="less-than-half"),
        pytest.param([449, 1_801], 1_801, id="more-than-double"),
        pytest.param([0], 0, id="zero"),
    ],
)
def test_a_partys_word_counts_within_twice_of_anothers_point(points, low):
    figures = [
        exactly(900, "2024-06-01", UKRAINE, interest="with"),
        *(exactly(n, "2024-06-01", NGO, **of_part(f"unit {n}")) for n in points),
    ]

    assert on("2024-07-01", figures).low == low


@pytest.mark.parametrize(
    ("check", "counts"),
    [
        pytest.param(exactly(500, "2022-06-01", NGO), True, id="old"),
        pytest.param(exactly(500, "2024-06-01", NGO, **BELIEVED), True, id="believed"),
        pytest.param(exactly(500, "2024-06-01", NGO, **ANONYMOUS), False, id="weak"),
        pytest.param(exactly(500, "2024-06-01", RUSSIA), False, id="the-other-party"),
        pytest.param(between(500, 600, "2024-06-01", NGO), False, id="no-point"),
        pytest.param(exactly(500, "2024-07-02", NGO), False, id="not-yet-known"),
        pytest.param(
            exactly(500, "2024-06-01", NGO, counted_by=RUSSIA), False, id="relayed"
        ),
    ],
)
def test_what_can_vouch_for_a_partys_word(check, counts):
    party = exactly(900, "2024-06-01", UKRAINE, interest="with")

    drawn = on("2024-07-01", [party, check])

    assert (drawn.low == 900) is counts


def test_a_withdrawn_point_vouches_for_nothing():
    figures = [
        exactly(500, "2024-01-01", NGO),
        exactly(100, "2024-06-01", NGO),
        exactly(900, "2024-06-01", UKRAINE, interest="with"),
    ]

    assert ends(on("2024-05-31", figures)) == (500, 500, 500)
    assert on("2024-07-01", figures).low == 100


def test_a_partys_list_needs_nobody_to_vouch_for_it():
    figures = [exactly(900, "2024-06-01", UKRAINE, **WITH, **A_LIST)]

    drawn = on("2024-07-01", figures)

    assert ends(drawn) == (900, 900, 900)
    assert (drawn.reason, drawn.label) == ("tier_4", "D")


def test_a_partys_range_has_no_point_to_vouch_for():
    figures = [
        between(400, 600, "2024-06-01", UKRAINE, interest="with"),
        exactly(500, "2024-06-01", NGO, **of_part("names")),
    ]

    drawn = on("2024-07-01", figures)

    assert (drawn.low, drawn.reason) == (500, "party_only")


def test_the_origin_is_the_party_not_the_one_who_relays_it():
    relayed_by = exactly(900, "2024-06-01", NGO, counted_by=UKRAINE, interest="with")
    relayed_of = up_to(900, "2024-06-01", UKRAINE, counted_by=NGO, interest="with")

    assert on("2024-07-01", [relayed_by]).reason == "party_only"
    assert on("2024-07-01", [relayed_of]).reason == "range_only"


def test_a_partys_own_interest_takes_back_nothing_that_it_said_otherwise():
    figures = [
        exactly(104, "2024-01-01", RUSSIA, **AGAINST),
        exactly(10, "2024-06-01", RUSSIA, **WITH),
    ]

    drawn = on("2024-07-01", figures)

    assert (drawn.low, drawn.best, drawn.revised_down) == (104, 104, False)


# R8 Subset and total


def test_several_subsets_give_the_greatest_not_the_sum():
    drawn = on("2024-07-01", [NORTH, SOUTH])

    assert ends(drawn) == (30, None, None)
    assert (drawn.reason, drawn.label, drawn.high_open) == ("subset_only", "C", True)
    assert drawn.low_sum_of == ()


def test_disjoint_subsets_add_up_only_where_an_editor_said_so():
    figures = [*disjoint(NORTH, SOUTH), LIST]

    drawn = on("2024-07-01", figures)

    assert drawn.low == 50
    assert drawn.low_sum_of == (NORTH.slug, SOUTH.slug)


def test_a_sum_of_disjoint_subsets_outlives_a_newer_figure_of_one_of_them():
    newer = exactly(35, "2024-06-20", NGO, **of_part("north"))
    figures = [*disjoint(NORTH, SOUTH), newer]

    drawn = on("2024-07-01", figures)

    assert (drawn.low, drawn.revised_down) == (50, False)


def test_a_greater_subset_beats_a_sum_of_disjoint_ones():
    figures = [*disjoint(NORTH, SOUTH), replace(LIST, low=51, high=51)]

    drawn = on("2024-07-01", figures)

    assert (drawn.low, drawn.low_sum_of) == (51, ())


def test_subsets_that_are_not_all_disjoint_do_not_all_add_up():
    north, south, names = (
        replace(NORTH, disjoint_with=frozenset({SOUTH.slug})),
        replace(SOUTH, disjoint_with=frozenset({NORTH.slug, LIST.slug})),
        replace(LIST, disjoint_with=frozenset({SOUTH.slug})),
    )

    drawn = on("2024-07-01", [north, south, names])

    assert drawn.low == 65
    assert drawn.low_sum_of == (LIST.slug, SOUTH.slug)


def test_a_part_that_adds_nothing_is_not_in_the_sum():
    nobody = exactly(0, "2024-06-01", NGO, **of_part("east"))
    figures = disjoint(NORTH, nobody)

    for given in (figures, figures[::-1]):
        assert on("2024-07-01", given).low_sum_of == ()
        assert on("2024-07-01", given).low_figure == NORTH.slug


def test_thirty_disjoint_subsets_add_up_at_once():
    figures = disjoint(
        *(exactly(n, "2024-06-01", NGO, **of_part(f"{n}")) for n in range(1, 31))
    )

    assert on("2024-07-01", figures).low == 465
