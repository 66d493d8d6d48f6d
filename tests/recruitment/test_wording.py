"""Numbers, ranges and days in plain English."""

from datetime import date

import pytest

from recruitment import wording
from tests.factories import (
    ClaimantFactory,
    EstimateFactory,
    FigureFactory,
    RussianMinistryFactory,
)


def figure(low=19, high=None, qualifier="exact", **fields):
    return FigureFactory.build(
        low=low, high=high, qualifier=qualifier, as_of=date(2024, 3, 14), **fields
    )


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "told"),
    [
        pytest.param(19, 19, "exact", "19", id="exact"),
        pytest.param(0, 0, "exact", "0", id="zero"),
        pytest.param(1234567, 1234567, "exact", "1,234,567", id="thousands"),
        pytest.param(20, 20, "about", "about 20", id="about"),
        pytest.param(200, 200, "almost", "nearly 200", id="nearly"),
        pytest.param(500, None, "at_least", "at least 500", id="at-least"),
        pytest.param(0, None, "at_least", "at least 0", id="at-least-zero"),
        pytest.param(500, None, "more_than", "more than 500", id="more-than"),
        pytest.param(None, 1500, "up_to", "up to 1,500", id="up-to"),
        pytest.param(None, 0, "up_to", "up to 0", id="up-to-zero"),
        pytest.param(10, 1200, "range", "10–1,200", id="range"),
        pytest.param(0, 5, "range", "0–5", id="range-from-zero"),
        pytest.param(24, 99, "order_of_magnitude", "dozens", id="dozens"),
        pytest.param(200, 999, "order_of_magnitude", "hundreds", id="hundreds"),
        pytest.param(2000, 9999, "order_of_magnitude", "thousands", id="thousands-of"),
        pytest.param(
            20000, 99999, "order_of_magnitude", "tens of thousands", id="tens-of"
        ),
        pytest.param(300, 900, "order_of_magnitude", "300–900", id="no-word-for-it"),
    ],
)
def test_figure_is_told_with_the_claimants_qualifier(low, high, qualifier, told):
    assert wording.in_words(figure(low, high, qualifier)) == told


def estimate(low=None, best=None, high=None, **fields):
    return EstimateFactory.build(low=low, best=best, high=high, **fields)


NEARLY_200 = figure(200, 200, "almost")


@pytest.mark.parametrize(
    ("estimated", "told"),
    [
        pytest.param(estimate(), "no current figure", id="nothing"),
        pytest.param(estimate(19, 19, 19), "19", id="point"),
        pytest.param(estimate(0, 0, 0), "0", id="zero"),
        pytest.param(estimate(0, 0, 5), "0–5", id="from-zero"),
        pytest.param(estimate(1000, None, 2000), "1,000–2,000", id="range"),
        pytest.param(estimate(10, 15, 20), "10–20", id="best-in-between"),
        pytest.param(
            estimate(10, None, 20, high_open=True), "10–20 or more", id="range-open"
        ),
        pytest.param(estimate(10, high_open=True), "10 or more", id="floor"),
        pytest.param(
            estimate(10, 10, 10, high_open=True), "10 or more", id="point-open"
        ),
        pytest.param(
            estimate(10, high_open=True, low_strict=True), "more than 10", id="strict"
        ),
        pytest.param(estimate(10), "10", id="floor-that-is-not-open"),
        pytest.param(estimate(None, 12, 20), "12–20", id="best-without-floor"),
        pytest.param(estimate(None, 12, 12), "12", id="best-alone"),
        pytest.param(estimate(None, None, 20), "up to 20", id="only-from-above"),
        pytest.param(estimate(None, None, 0), "up to 0", id="zero-from-above"),
        pytest.param(
            estimate(None, None, 20, high_open=True),
            "20 or more claimed",
            id="only-from-above-open",
        ),
        pytest.param(
            estimate(200, 200, 200, best_figure=NEARLY_200), "nearly 200", id="nearly"
        ),
        pytest.param(
            estimate(250, 250, 250, best_figure=NEARLY_200),
            "250",
            id="floor-above-the-figure",
        ),
    ],
)
def test_estimate_is_told_from_low_to_high(estimated, told):
    assert wording.span(estimated) == told


@pytest.mark.parametrize(
    ("estimated", "told"),
    [
        pytest.param(estimate(10, None, 20), "none", id="null"),
        pytest.param(estimate(0, 0, 0), "0", id="zero"),
        pytest.param(estimate(None, 1500, None), "1,500", id="number"),
        pytest.param(
            estimate(None, 200, None, best_figure=NEARLY_200), "nearly 200", id="nearly"
        ),
        pytest.param(
            estimate(None, 250, None, best_figure=NEARLY_200), "250", id="raised"
        ),
    ],
)
def test_best_is_told_or_said_to_be_none(estimated, told):
    assert wording.best(estimated) == told


@pytest.mark.parametrize(
    ("moment", "precision", "told"),
    [
        pytest.param(date(2024, 3, 4), "day", "4 Mar 2024", id="day"),
        pytest.param(date(2024, 3, 1), "month", "Mar 2024", id="month"),
        pytest.param(date(2024, 1, 1), "year", "2024", id="year"),
        pytest.param(None, "unknown", "undated", id="undated"),
        pytest.param(None, "day", "undated", id="no-day"),
    ],
)
def test_day_is_told_no_more_exactly_than_it_is_known(moment, precision, told):
    assert wording.day(moment, precision) == told


def test_claimant_that_relays_stands_behind_who_counted():
    relayed = figure(evidence_origin=RussianMinistryFactory.build())

    assert wording.who(relayed) == (
        "Ministry of Defence of Russia, relayed by Ministry of Foreign Affairs of Nepal"
    )
    assert wording.who(figure()) == "Ministry of Foreign Affairs of Nepal"


LOW = figure(pk=1, claimant=ClaimantFactory.build(name="Families"))
HIGH = figure(
    pk=2,
    claimant=ClaimantFactory.build(name="BBC"),
    as_of_precision="month",
)


@pytest.mark.parametrize(
    ("estimated", "told"),
    [
        pytest.param(
            estimate(19, 19, 19, low_figure=LOW, high_figure=LOW),
            "Families, 14 Mar 2024",
            id="one-at-both-ends",
        ),
        pytest.param(
            estimate(19, None, 30, low_figure=LOW, high_figure=HIGH),
            "lowest: Families, 14 Mar 2024; highest: BBC, Mar 2024",
            id="two",
        ),
        pytest.param(
            estimate(19, low_figure=LOW), "lowest: Families, 14 Mar 2024", id="floor"
        ),
        pytest.param(
            estimate(None, None, 30, high_figure=HIGH),
            "highest: BBC, Mar 2024",
            id="only-from-above",
        ),
        pytest.param(
            estimate(50, low_sum_of=["IND", "NPL"], high_figure=HIGH),
            "lowest: the sum of 2 lowest figures; highest: BBC, Mar 2024",
            id="sum",
        ),
        pytest.param(
            estimate(50, low_sum_of=["NPL"]),
            "lowest: the floor for Nepal alone",
            id="sum-of-one",
        ),
        pytest.param(
            estimate(reason="stale"),
            "the last figure is too old to be current",
            id="nobody",
        ),
    ],
)
def test_each_end_names_who_says_it_and_when(estimated, told):
    assert wording.who_says(estimated) == told


def test_every_reason_of_the_rules_has_words():
    assert set(wording.REASONS) == {
        *("corroborated", "tier_1", "tier_2", "tier_3", "tier_4"),
        *("floor_raised", "range_only", "party_only", "weak_only", "subset_only"),
        *("stale", "no_figure"),
    }
