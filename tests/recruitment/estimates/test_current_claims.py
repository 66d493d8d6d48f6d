"""Rules R0 to R4: what counts, as what, which claim is current, what takes it back."""

from dataclasses import replace
from datetime import date

import pytest

from recruitment.choices import Metric
from recruitment.estimates import (
    CUMULATIVE,
    ESTIMATED,
    STOCK,
    Estimate,
)
from tests.recruitment.claims import (
    A_LIST,
    AGAINST,
    ANONYMOUS,
    EMBASSY,
    INDIA,
    LEGISLATOR,
    MEDIAZONA,
    MINISTRY,
    NGO,
    RUSSIA,
    SPIES,
    UKRAINE,
    UKRAINE_SPIES,
    WASHINGTON,
    about,
    almost,
    at_least,
    between,
    disjoint,
    ends,
    exactly,
    more_than,
    of_part,
    on,
    rendered,
    up_to,
)

# R0 What is estimated, and from what


def test_every_metric_is_a_cumulative_one_a_stock_or_context():
    context = {
        *("casualties", "offers", "enlistment_flow", "mobilised"),
        *("fled_mobilisation", "force_size", "nationalities", "arrested", "convicted"),
        *("contract_term_years", "prison_sentence_years", "conscript_age_years"),
    }

    assert CUMULATIVE.isdisjoint(STOCK)
    assert set(Metric.values) == ESTIMATED | context
    assert ESTIMATED.isdisjoint(context)


def test_figures_before_the_invasion_are_unused():
    on_the_eve = exactly(50, "2022-02-23", MINISTRY)
    on_the_day = exactly(5, "2022-02-24", MINISTRY)

    assert on("2022-03-01", [on_the_eve]).reason == "no_figure"
    assert ends(on("2022-03-01", [on_the_eve, on_the_day])) == (5, 5, 5)


def test_a_period_that_starts_before_the_invasion_is_unused():
    since_2014 = exactly(
        500, "2023-01-01", MINISTRY, period_start=date(2014, 4, 6), scope_note="since"
    )
    since_invasion = replace(since_2014, period_start=date(2022, 2, 24))

    assert on("2023-06-01", [since_2014]).reason == "no_figure"
    assert on("2023-06-01", [since_invasion]).low == 500


@pytest.mark.parametrize(
    "flaw",
    [
        pytest.param({"as_of": None}, id="undated"),
        pytest.param({"is_countable": False}, id="draft-or-variant-or-uncounted"),
        pytest.param({"evidence": "forecast"}, id="forecast"),
        pytest.param({"credibility": 5}, id="probable-error"),
    ],
)
def test_unused_figures_leave_no_trace(flaw):
    unused = replace(exactly(90, "2024-06-01", NGO), **flaw)
    used = exactly(19, "2024-03-14", MINISTRY)

    assert on("2024-07-01", [unused]) == Estimate()
    assert on("2024-07-01", [used, unused]) == on("2024-07-01", [used])


def test_a_flow_counts_as_a_subset():
    flow = exactly(60, "2024-06-01", MINISTRY, period_start=date(2024, 1, 1))
    total = exactly(40, "2024-05-01", MINISTRY)

    assert on("2024-07-01", [flow]).reason == "subset_only"
    assert ends(on("2024-07-01", [flow, total])) == (60, 60, 60)
    assert on("2024-07-01", [flow, total]).reason == "floor_raised"


# R1 One claim once


def test_a_claim_counts_once_however_often_it_is_given():
    claim = exactly(19, "2024-03-14", MINISTRY)

    once = on("2024-03-31", [claim])

    assert on("2024-03-31", [claim, claim, claim]) == once
    assert once.origins == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(MINISTRY, EMBASSY, id="home"),
        pytest.param(WASHINGTON, SPIES, id="government-and-its-intelligence"),
        pytest.param(UKRAINE, UKRAINE_SPIES, id="ukraine"),
        pytest.param(RUSSIA, replace(RUSSIA, slug="kremlin"), id="russia"),
    ],
)
def test_two_authorities_of_one_state_do_not_corroborate_each_other(one, other):
    figures = [exactly(48, "2024-12-20", one), exactly(49, "2024-12-23", other)]

    drawn = on("2024-12-31", figures)

    assert drawn.best == 49
    assert drawn.reason != "corroborated"
    assert drawn.origins == 1


def test_two_authorities_without_a_country_are_two_origins():
    west = replace(SPIES, slug="western-intelligence", country=None)
    north = replace(SPIES, slug="nordic-intelligence", country=None)

    drawn = on(
        "2024-12-31",
        [exactly(48, "2024-12-20", west), exactly(49, "2024-12-23", north)],
    )

    assert (drawn.reason, drawn.origins) == ("corroborated", 2)


def test_legislators_do_not_speak_for_their_state():
    figures = [
        exactly(48, "2024-12-20", MINISTRY),
        exactly(49, "2024-12-23", LEGISLATOR),
    ]

    assert on("2024-12-31", figures).reason == "corroborated"


def test_who_set_an_old_floor_is_still_counted_as_an_origin():
    figures = [exactly(40, "2022-06-01", NGO), exactly(30, "2024-06-01", MINISTRY)]

    assert on("2024-07-01", figures).origins == 2


def test_who_relays_a_count_does_not_corroborate_it():
    figures = [
        exactly(16, "2025-01-17", INDIA, area="IND", counted_by=RUSSIA, **AGAINST),
        exactly(15, "2025-01-10", RUSSIA, area="IND", **AGAINST),
    ]

    drawn = on("2025-01-31", figures)

    assert (drawn.reason, drawn.origins) == ("tier_1", 1)


# R2 Wording to interval


@pytest.mark.parametrize(
    ("figure", "expected", "is_open"),
    [
        pytest.param(exactly(40, "2024-06-01", NGO), (40, 40, 40), False, id="exact"),
        pytest.param(about(40, "2024-06-01", NGO), (40, 40, 40), False, id="about"),
        pytest.param(almost(40, "2024-06-01", NGO), (40, 40, 40), False, id="almost"),
        pytest.param(
            at_least(40, "2024-06-01", NGO), (40, 40, 40), True, id="at-least"
        ),
        pytest.param(
            more_than(40, "2024-06-01", NGO), (40, 40, 40), True, id="more-than"
        ),
        pytest.param(up_to(40, "2024-06-01", NGO), (None, None, 40), False, id="up-to"),
        pytest.param(
            between(40, 50, "2024-06-01", NGO), (40, None, 50), False, id="range"
        ),
        pytest.param(
            rendered("dozens", "2024-06-01", NGO), (24, None, None), True, id="dozens"
        ),
    ],
)
def test_a_wording_supports_these_ends_and_no_midpoint(figure, expected, is_open):
    drawn = on("2024-07-01", [figure])

    assert ends(drawn) == expected
    assert drawn.high_open is is_open


def test_dozens_set_a_floor_but_never_a_high():
    figures = [
        rendered("dozens", "2024-06-01", NGO),
        exactly(30, "2024-06-01", MEDIAZONA, **ANONYMOUS),
    ]

    assert ends(on("2024-07-01", figures)) == (24, None, 30)


def test_only_more_than_is_strict():
    strict = more_than(40, "2024-06-01", NGO)
    plain = at_least(40, "2024-06-02", MEDIAZONA)

    assert on("2024-07-01", [strict]).low_strict
    assert not on("2024-07-01", [plain]).low_strict
    assert on("2024-07-01", [plain, strict]).low_strict, "the greater floor of the two"


def test_a_sum_with_a_more_than_in_it_is_strict():
    figures = disjoint(
        more_than(10, "2024-06-01", NGO, **of_part("north")),
        exactly(5, "2024-06-01", MEDIAZONA, **of_part("south")),
    )

    drawn = on("2024-07-01", figures)

    assert (drawn.low, drawn.low_strict) == (15, True)


# R3 Current claim


def test_the_latest_figure_of_a_claimant_is_current():
    figures = [exactly(90, "2024-01-01", NGO), exactly(100, "2024-06-01", NGO)]

    drawn = on("2024-07-01", figures)

    assert drawn.best_figure == figures[1].slug


def test_a_superseded_figure_sets_no_best_and_no_high_but_keeps_its_floor():
    figures = [exactly(100, "2024-01-01", NGO), about(95, "2024-06-01", NGO)]

    drawn = on("2024-07-01", figures)

    assert ends(drawn) == (100, 100, 100)
    assert (drawn.reason, drawn.high_open) == ("floor_raised", True)
    assert not drawn.revised_down, "about 95 reaches 104"


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        pytest.param(
            {"published": date(2024, 6, 1)},
            {"published": date(2024, 6, 2), "precision": "year"},
            id="published-later",
        ),
        pytest.param({}, {"published": date(2024, 6, 1)}, id="published-at-all"),
        pytest.param({"precision": "month"}, {"precision": "day"}, id="more-precise"),
        pytest.param(
            {"precision": "year"}, {"precision": "month"}, id="month-before-year"
        ),
        pytest.param(
            {"precision": "unknown"}, {"precision": "year"}, id="year-before-unknown"
        ),
    ],
)
def test_of_one_day_the_later_publication_then_the_finer_date_is_current(older, newer):
    figures = [
        exactly(44, "2024-06-01", NGO, **older),
        exactly(40, "2024-06-01", NGO, **newer),
    ]

    drawn = on("2024-07-01", figures, "missing")

    assert ends(drawn) == (40, 40, 40)


def test_of_an_utter_tie_the_larger_is_current_and_nothing_is_revised():
    smaller = exactly(40, "2024-06-01", NGO, slug="z")
    larger = exactly(44, "2024-06-01", NGO, slug="a")

    drawn = on("2024-07-01", [larger, smaller])

    assert ends(drawn) == (44, 44, 44)
    assert not drawn.revised_down


def test_a_list_does_not_supersede_a_statement_nor_a_part_another():
    figures = [
        exactly(100, "2024-02-01", NGO),
        exactly(70, "2024-02-02", NGO, **A_LIST),
        exactly(20, "2024-03-01", NGO, **of_part("north")),
        exactly(10, "2024-04-01", NGO, **of_part("south")),
    ]

    drawn = on("2024-07-01", figures, "serving")

    assert ends(drawn) == (70, 70, 100)
    assert not on("2024-07-01", figures).revised_down


def test_flows_of_two_periods_do_not_supersede_each_other():
    figures = [
        exactly(90, "2024-06-30", NGO, period_start=date(2024, 1, 1)),
        exactly(20, "2024-12-31", NGO, period_start=date(2024, 7, 1)),
    ]

    drawn = on("2025-01-01", figures)

    assert (drawn.low, drawn.revised_down) == (90, False)


def test_the_note_of_a_total_starts_no_new_line():
    figures = [
        exactly(90, "2024-06-01", NGO, scope_note="with medics"),
        exactly(95, "2024-06-30", NGO),
    ]

    assert ends(on("2024-07-01", figures, "missing")) == (95, 95, 95)


def test_a_vaguer_wording_does_not_supersede_while_the_older_is_in_its_window():
    older = exactly(40, "2024-01-01", NGO)
    vaguer = more_than(30, "2024-06-01", NGO)

    in_window = on("2024-12-31", [older, vaguer])
    after = on("2025-01-01", [older, vaguer])

    assert ends(in_window) == (40, 40, 40)
    assert not in_window.high_open
    assert (after.best, after.reason) == (40, "floor_raised")
    assert (after.high, after.high_open) == (40, True)


@pytest.mark.parametrize(
    "vaguer",
    [
        pytest.param(between(30, 50, "2024-06-01", NGO), id="range-around-it"),
        pytest.param(up_to(40, "2024-06-01", NGO), id="up-to-it"),
        pytest.param(at_least(40, "2024-06-01", NGO), id="at-least-it"),
        pytest.param(rendered("dozens", "2024-06-01", NGO), id="dozens-reach-infinity"),
    ],
)
def test_an_interval_that_contains_the_older_one_restates_it(vaguer):
    older = exactly(40, "2024-01-01", NGO)

    assert on("2024-07-01", [older, vaguer]) == on("2024-07-01", [older])


@pytest.mark.parametrize(
    "newer",
    [
        pytest.param(more_than(40, "2024-06-01", NGO), id="more-than-it"),
        pytest.param(about(40, "2024-06-01", NGO), id="the-same-interval"),
        pytest.param(between(35, 39, "2024-06-01", NGO), id="range-below-it"),
        pytest.param(up_to(39, "2024-06-01", NGO), id="up-to-less"),
    ],
)
def test_an_interval_that_does_not_contain_the_older_one_supersedes_it(newer):
    older = exactly(40, "2024-05-01", NGO)

    drawn = on("2024-07-01", [older, newer], "missing")

    assert drawn == on("2024-07-01", [newer], "missing")


def test_a_restatement_is_no_second_floor_for_a_stock():
    figures = [
        between(30, 50, "2024-05-01", NGO),
        at_least(20, "2024-06-01", NGO),
    ]

    assert ends(on("2024-07-01", figures, "missing")) == (30, None, 50)


# R4 Downward revision


def test_a_lower_figure_withdraws_the_older_floor():
    figures = [exactly(100, "2024-01-01", NGO), exactly(60, "2024-06-01", NGO)]

    before, after = on("2024-05-31", figures), on("2024-06-01", figures)

    assert (ends(before), before.revised_down) == ((100, 100, 100), False)
    assert (ends(after), after.revised_down) == ((60, 60, 60), True)


def test_a_revision_takes_back_every_floor_above_it():
    figures = [
        exactly(100, "2024-01-01", NGO),
        exactly(120, "2024-02-01", NGO),
        exactly(60, "2024-06-01", NGO),
    ]

    assert on("2024-07-01", figures).low == 60


def test_a_revision_leaves_other_claimants_floors_alone():
    figures = [
        exactly(100, "2024-01-01", NGO),
        exactly(60, "2024-06-01", NGO),
        exactly(90, "2024-03-01", MEDIAZONA, **of_part("names")),
    ]

    drawn = on("2024-07-01", figures)

    assert (drawn.low, drawn.revised_down) == (90, True)


@pytest.mark.parametrize(
    ("newer", "revises"),
    [
        pytest.param(exactly(99, "2024-06-01", NGO), True, id="exactly-99"),
        pytest.param(exactly(100, "2024-06-01", NGO), False, id="exactly-100"),
        pytest.param(about(90, "2024-06-01", NGO), True, id="about-90-reaches-99"),
        pytest.param(about(91, "2024-06-01", NGO), False, id="about-91-reaches-100.1"),
        pytest.param(almost(90, "2024-06-01", NGO), True, id="almost-90-reaches-99"),
        pytest.param(almost(91, "2024-06-01", NGO), False, id="almost-91"),
        pytest.param(at_least(50, "2024-06-01", NGO), False, id="at-least-50"),
        pytest.param(between(50, 99, "2024-06-01", NGO), True, id="range-below"),
        pytest.param(between(50, 100, "2024-06-01", NGO), False, id="range-touches"),
        pytest.param(up_to(99, "2024-06-01", NGO), True, id="up-to-99"),
        pytest.param(rendered("dozens", "2024-06-01", NGO), False, id="dozens"),
    ],
)
def test_a_revision_ends_below_the_older_low(newer, revises):
    drawn = on("2024-07-01", [exactly(100, "2024-01-01", NGO), newer])

    assert drawn.revised_down is revises


def test_more_than_100_is_taken_back_by_100():
    figures = [more_than(100, "2024-01-01", NGO), exactly(100, "2024-06-01", NGO)]

    drawn = on("2024-07-01", figures)

    assert (drawn.low, drawn.low_strict, drawn.revised_down) == (100, False, True)


def test_more_than_100_is_not_taken_back_by_101():
    figures = [more_than(100, "2024-01-01", NGO), exactly(101, "2024-06-01", NGO)]

    drawn = on("2024-07-01", figures)

    assert (ends(drawn), drawn.revised_down) == ((101, 101, 101), False)


def test_a_range_without_a_low_end_has_nothing_to_take_back():
    figures = [up_to(100, "2024-01-01", NGO), exactly(60, "2024-06-01", NGO)]

    assert not on("2024-07-01", figures).revised_down


def test_a_stock_may_fall_without_a_revision():
    figures = [exactly(100, "2024-03-01", NGO), exactly(60, "2024-06-01", NGO)]

    drawn = on("2024-07-01", figures, "missing")

    assert (ends(drawn), drawn.revised_down) == ((60, 60, 60), False)
