"""The rules R0 to R15 of the methodology page, case by case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from recruitment.choices import Metric
from recruitment.estimates import (
    CUMULATIVE,
    ESTIMATED,
    STOCK,
    Estimate,
    admitted_by_policy,
    dispersion,
    estimate,
    with_members,
)
from recruitment.intervals import Interval, group_intervals, intervals, on_day
from tests.recruitment.claims import (
    EMBASSY,
    FAMILIES,
    FIGHTER,
    INDIA,
    LEGISLATOR,
    MEDIAZONA,
    MINISTRY,
    NGO,
    OFFICIAL,
    RESEARCHER,
    RUSSIA,
    SPIES,
    UKRAINE,
    UKRAINE_SPIES,
    UN,
    WASHINGTON,
    about,
    almost,
    at_least,
    between,
    exactly,
    more_than,
    of_part,
    rendered,
    up_to,
)

WITH = {"interest": "with", "credibility": 3}
AGAINST = {"interest": "against", "credibility": 3}
A_LIST = {"evidence": "enumerated"}
BELIEVED = {"credibility": 3}
ANONYMOUS = {"credibility": 4}


def on(day, figures, metric="killed"):
    return estimate(figures, metric, date.fromisoformat(day))


def ends(drawn):
    return (drawn.low, drawn.best, drawn.high)


NEPAL = [
    exactly(19, "2024-03-14", MINISTRY),
    exactly(33, "2024-03-01", OFFICIAL, **ANONYMOUS),
]
NEPAL_2024 = [
    *NEPAL,
    exactly(40, "2024-09-02", MINISTRY),
    exactly(49, "2024-12-23", EMBASSY),
]
NEPAL_JULY = [
    *NEPAL_2024,
    exactly(70, "2025-07-11", MEDIAZONA, **of_part("names"), **A_LIST),
]
NEPAL_AUGUST = [
    *NEPAL_JULY,
    exactly(71, "2025-07-29", MINISTRY),
    at_least(113, "2025-07-29", FAMILIES, **ANONYMOUS),
]
NEPAL_NOVEMBER = [
    *NEPAL_AUGUST,
    exactly(104, "2025-11-18", RUSSIA, **AGAINST),
    exactly(156, "2025-11-18", FAMILIES, **ANONYMOUS),
]
CUBA = [
    at_least(20_000, "2025-09-18", UKRAINE, area="CUB", **WITH),
    at_least(1_038, "2025-09-18", UKRAINE, area="CUB", **of_part("a"), **A_LIST),
    at_least(1_076, "2025-10-15", UKRAINE, area="CUB", **of_part("b"), **A_LIST),
]
CABLE = [
    between(1_000, 5_000, "2025-10-02", WASHINGTON, area="CUB", evidence="estimate")
]
INDIAN_MISSING = [
    exactly(16, "2025-01-17", INDIA, area="IND", counted_by=RUSSIA, **AGAINST),
    exactly(7, "2025-12-18", INDIA, area="IND", counted_by=RUSSIA, **AGAINST),
]
FOREIGN_KILLED = [
    at_least(3_388, "2025-11-19", UKRAINE, area="FOREIGN", **WITH),
    exactly(523, "2025-07-11", MEDIAZONA, area="FOREIGN", **of_part("names"), **A_LIST),
]
FOREIGN_HELD = [
    almost(200, "2025-11-25", UKRAINE, area="FOREIGN", evidence="custody", **WITH)
]
MADE_UP = [
    exactly(6_000, "2024-01-01", MINISTRY),
    up_to(2_999, "2026-01-01", MINISTRY),
    exactly(2_926, "2026-01-01", NGO, **A_LIST),
]


@pytest.mark.parametrize(
    ("figures", "metric", "day", "low", "best", "high", "is_open", "reason", "label"),
    [
        pytest.param(
            *(NEPAL, "killed", "2024-03-31", 19, 19, 33, False, "tier_1", "B"),
            id="nepal-a-ministry-and-an-unnamed-official",
        ),
        pytest.param(
            *(NEPAL_2024, "killed", "2024-12-31", 49, 49, 49, False, "tier_1", "B"),
            id="nepal-ministry-and-embassy-are-one-origin",
        ),
        pytest.param(
            *(NEPAL_JULY, "killed", "2025-07-20", 70, 70, 70, True),
            *("floor_raised", "C"),
            id="nepal-a-list-of-names-lifts-all-three",
        ),
        pytest.param(
            *(NEPAL_AUGUST, "killed", "2025-07-31", 71, 71, 113, True, "tier_1", "B"),
            id="nepal-families-stand-at-the-high-end",
        ),
        pytest.param(
            *(NEPAL_NOVEMBER, "killed", "2025-11-30", 104, 104, 156, False),
            *("tier_1", "B"),
            id="nepal-russia-against-its-interest",
        ),
        pytest.param(
            *(CUBA, "recruited", "2025-10-31", 1_076, None, 20_000, True),
            *("party_only", "D"),
            id="cuba-lists-and-a-partys-word",
        ),
        pytest.param(
            *(CABLE, "serving", "2025-10-31", 1_000, None, 5_000, False),
            *("range_only", "C"),
            id="cuba-a-range-has-no-best",
        ),
        pytest.param(
            *(INDIAN_MISSING, "missing", "2025-01-31", 16, 16, 16, False),
            *("tier_1", "B"),
            id="indian-missing-fresh",
        ),
        pytest.param(
            *(INDIAN_MISSING, "missing", "2025-09-01", None, None, None, False),
            *("stale", "E"),
            id="indian-missing-stale",
        ),
        pytest.param(
            *(INDIAN_MISSING, "missing", "2025-12-31", 7, 7, 7, False, "tier_1", "B"),
            id="indian-missing-counted-anew",
        ),
        pytest.param(
            *(FOREIGN_KILLED, "killed", "2025-11-30", 523, None, 3_388, True),
            *("party_only", "D"),
            id="foreigners-killed",
        ),
        pytest.param(
            *(FOREIGN_HELD, "captured_held", "2025-11-30", 200, 200, 200, False),
            *("tier_1", "B"),
            id="foreigners-held-by-a-custodian",
        ),
        pytest.param(
            *(FOREIGN_HELD, "captured_held", "2026-11-30", None, None, None, False),
            *("stale", "E"),
            id="foreigners-held-a-year-later",
        ),
        pytest.param(
            *(MADE_UP, "killed", "2024-06-01", 6_000, 6_000, 6_000, False),
            *("tier_1", "B"),
            id="made-up-before-the-revision",
        ),
        pytest.param(
            *(MADE_UP, "killed", "2026-01-31", 2_926, 2_926, 2_999, False),
            *("tier_2", "B"),
            id="made-up-after-the-revision",
        ),
    ],
)
def test_worked_example(figures, metric, day, low, best, high, is_open, reason, label):
    drawn = on(day, figures, metric)

    assert ends(drawn) == (low, best, high)
    assert drawn.high_open is is_open
    assert (drawn.reason, drawn.label) == (reason, label)
    assert drawn.revised_down is (figures is MADE_UP and day > "2026")


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


def disjoint(*figures):
    """Let an editor find all of these subsets disjoint."""
    slugs = frozenset(figure.slug for figure in figures)
    return [replace(f, disjoint_with=slugs - {f.slug}) for f in figures]


NORTH = exactly(30, "2024-06-01", NGO, **of_part("north"))
SOUTH = exactly(20, "2024-06-01", NGO, **of_part("south"))
LIST = exactly(45, "2024-06-01", MEDIAZONA, **of_part("names"))


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
