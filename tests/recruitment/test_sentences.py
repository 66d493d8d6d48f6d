"""An estimate as a sentence: the exact words, for the awkward cases above all."""

from datetime import date

import pytest

from recruitment.choices import Metric, Side
from recruitment.estimates import ESTIMATED
from recruitment.sentences import people, sentence
from recruitment.wording import REASONS
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    RussianMinistryFactory,
)

DAY = date(2025, 3, 14)
NEPAL = CountryFactory.build(demonyms=["Nepali", "Nepalis", "Nepalese"])
BBC = ClaimantFactory.build(slug="bbc", name="BBC")
MINISTRY = "Ministry of Foreign Affairs of Nepal, 14 Mar 2024"


def group(code="FOREIGN", name="All foreign nationals", **fields):
    return CountryFactory.build(code=code, kind="group", name=name, iso2=None, **fields)


def figure(low=19, high=None, qualifier="exact", pk=1, **fields):
    fields = {"country": NEPAL, "as_of": date(2024, 3, 14)} | fields
    return FigureFactory.build(pk=pk, low=low, high=high, qualifier=qualifier, **fields)


def told(low=None, best=None, high=None, **fields):
    estimate = EstimateFactory.build(
        low=low, best=best, high=high, **{"country": NEPAL} | fields
    )
    return sentence(estimate, DAY)


def settled(one, number, **fields):
    """Tell an estimate whose three numbers are one figure's."""
    ends = dict.fromkeys(("low_figure", "best_figure", "high_figure"), one)
    return told(number, number, number, **ends | fields)


@pytest.mark.parametrize(
    ("qualifier", "number"),
    [
        pytest.param("exact", "19", id="exact"),
        pytest.param("about", "About 19", id="about"),
        pytest.param("almost", "Nearly 19", id="nearly"),
    ],
)
def test_one_claimant_at_both_ends_is_named_once(qualifier, number):
    assert settled(figure(19, 19, qualifier), 19) == (
        f"{number} Nepali nationals have been killed on the Russian side ({MINISTRY})."
    )


@pytest.mark.parametrize(
    ("one", "fields", "opening"),
    [
        pytest.param(
            figure(1500, qualifier="at_least"), {}, "At least 1,500", id="at-least"
        ),
        pytest.param(
            figure(1500, qualifier="more_than"),
            {"low_strict": True},
            "More than 1,500",
            id="more-than",
        ),
    ],
)
def test_open_end_is_told_by_its_word_alone(one, fields, opening):
    assert settled(one, 1500, high_open=True, **fields) == (
        f"{opening} Nepali nationals have been killed on the Russian side ({MINISTRY})."
    )


LIST = figure(523, qualifier="at_least", pk=2, claimant=BBC, as_of=date(2025, 2, 1))
CLAIM = figure(3388, qualifier="at_least", pk=3, claimant=BBC, as_of_precision="month")


def test_lowest_best_and_highest_each_name_their_claimant():
    assert told(
        *(523, 600, 3388),
        high_open=True,
        low_figure=LIST,
        best_figure=figure(600, 600, "about"),
        high_figure=CLAIM,
    ) == (
        "At least 523 Nepali nationals have been killed on the Russian side"
        f" (BBC, 1 Feb 2025); the best figure is about 600 ({MINISTRY});"
        " the highest claim is 3,388 or more (BBC, Mar 2024)."
    )


def test_null_best_is_left_out():
    assert told(
        *(523, None, 3388),
        low_figure=LIST,
        high_figure=CLAIM,
        reason="party_only",
    ) == (
        "At least 523 Nepali nationals have been killed on the Russian side"
        " (BBC, 1 Feb 2025); the highest claim is 3,388 (BBC, Mar 2024)."
    )


def test_floor_alone_is_told_alone():
    assert told(523, low_figure=LIST, high_open=True, reason="subset_only") == (
        "At least 523 Nepali nationals have been killed on the Russian side"
        " (BBC, 1 Feb 2025)."
    )


def test_best_without_a_floor_comes_first():
    one = figure(40, 40, "about")

    assert told(None, 40, 90, best_figure=one, high_figure=CLAIM) == (
        f"About 40 Nepali nationals have been killed on the Russian side ({MINISTRY});"
        " the highest claim is 90 (BBC, Mar 2024)."
    )


def test_floor_that_stands_in_for_a_lower_best_is_told_once():
    assert told(
        *(523, 523, 3388),
        low_figure=LIST,
        best_figure=LIST,
        high_figure=CLAIM,
        reason="floor_raised",
    ) == (
        "At least 523 Nepali nationals have been killed on the Russian side"
        " (BBC, 1 Feb 2025); the highest claim is 3,388 (BBC, Mar 2024)."
    )


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        pytest.param(date(2024, 3, 13), 12, id="a-day-too-old"),
        pytest.param(date(2023, 3, 14), 24, id="two-years"),
        pytest.param(date(2022, 2, 24), 37, id="since-the-war-began"),
    ],
)
def test_stale_cumulative_tells_how_old_its_last_total_is(as_of, months):
    last = figure(700, 700, pk=9, as_of=as_of, as_of_precision="year")

    assert told(
        523, low_figure=LIST, last_known_figure=last, high_open=True, reason="stale"
    ) == (
        "At least 523 Nepali nationals have been killed on the Russian side"
        f" (BBC, 1 Feb 2025); the last known total, 700, is {months} months old"
        f" (Ministry of Foreign Affairs of Nepal, {as_of.year})."
    )


def test_last_known_total_that_is_the_floor_is_not_told_again():
    old = figure(19, 19)

    assert told(
        19, low_figure=old, last_known_figure=old, high_open=True, reason="stale"
    ) == (
        "At least 19 Nepali nationals have been killed on the Russian side"
        f" ({MINISTRY})."
    )


@pytest.mark.parametrize(
    ("is_open", "claim"),
    [
        pytest.param(True, "90 or more", id="open"),
        pytest.param(False, "90", id="closed"),
    ],
)
def test_number_known_only_from_above_accepts_no_floor(is_open, claim):
    assert told(None, None, 90, high_figure=CLAIM, high_open=is_open) == (
        "No floor is accepted for how many Nepali nationals have been killed on the"
        f" Russian side; the highest claim is {claim} (BBC, Mar 2024)."
    )


@pytest.mark.parametrize(
    "reason", [pytest.param(reason, id=reason) for reason in REASONS]
)
def test_empty_estimate_gives_its_reason_and_is_no_zero(reason):
    assert told(reason=reason, metric="missing", label="E") == (
        "No current figure says how many Nepali nationals are missing on the Russian"
        f" side: {REASONS[reason]}. That is no zero."
    )


def test_stale_stock_is_said_to_be_too_old():
    assert told(reason="stale", metric="serving") == (
        "No current figure says how many Nepali nationals are serving on the Russian"
        " side: the last figure is too old to be current. That is no zero."
    )


def test_claimed_zero_is_told_as_a_number():
    assert settled(figure(0, 0), 0) == (
        f"0 Nepali nationals have been killed on the Russian side ({MINISTRY})."
    )


def test_zero_of_a_part_is_told_as_a_partial_count():
    part = figure(0, 0, scope="subset", scope_note="Those on a list")

    assert told(0, None, 90, low_figure=part, high_figure=CLAIM) == (
        "By a partial count, 0 Nepali nationals have been killed on the Russian side"
        f" ({MINISTRY}); the highest claim is 90 (BBC, Mar 2024)."
    )


def test_zero_of_a_total_that_others_exceed_is_no_partial_count():
    one = figure(0, 0)

    assert told(0, 0, 90, low_figure=one, best_figure=one, high_figure=CLAIM) == (
        "By the lowest count, 0 Nepali nationals have been killed on the Russian side"
        f" ({MINISTRY}); the highest claim is 90 (BBC, Mar 2024)."
    )


def test_relayed_claim_names_who_counted_first():
    relayed = figure(19, 19, evidence_origin=RussianMinistryFactory.build())

    assert settled(relayed, 19) == (
        "19 Nepali nationals have been killed on the Russian side (Ministry of Defence"
        " of Russia, relayed by Ministry of Foreign Affairs of Nepal, 14 Mar 2024)."
    )


@pytest.mark.parametrize(
    ("added", "said"),
    [
        pytest.param(["IND", "NPL"], "the sum of 2 lowest figures", id="of-two"),
        pytest.param(["NPL"], "the floor for Nepal alone", id="of-one"),
    ],
)
def test_groups_sum_names_what_was_added_up(added, said):
    assert told(50, country=group(), low_sum_of=added, high_open=True) == (
        f"At least 50 foreign nationals have been killed on the Russian side ({said})."
    )


def test_groups_sum_that_lifts_the_best_names_no_claimant():
    assert told(*(50, 50, 50), country=group(), low_sum_of=["IND", "NPL"]) == (
        "50 foreign nationals have been killed on the Russian side"
        " (the sum of 2 lowest figures)."
    )


def test_sum_of_disjoint_parts_is_not_put_in_one_claimants_mouth():
    assert told(
        *(553, 553, 553),
        low_figure=LIST,
        best_figure=LIST,
        high_figure=LIST,
        low_sum_of=["one", "two"],
        high_open=True,
        reason="floor_raised",
    ) == (
        "At least 553 Nepali nationals have been killed on the Russian side"
        " (the sum of 2 lowest figures)."
    )


MANY = {
    "recruited": "have been recruited",
    "serving": "are serving",
    "returned": "have come home",
    "state_deployed": "have been sent by their state",
    "killed": "have been killed",
    "wounded": "have been wounded",
    "missing": "are missing",
    "captured_held": "are held as prisoners of war",
    "captured_total": "have been captured",
}
ONE = {
    "recruited": "has been recruited",
    "serving": "is serving",
    "returned": "has come home",
    "state_deployed": "has been sent by their state",
    "killed": "has been killed",
    "wounded": "has been wounded",
    "missing": "is missing",
    "captured_held": "is held as a prisoner of war",
    "captured_total": "has been captured",
}
SIDES = {"russia": "on the Russian side", "ukraine": "on the Ukrainian side"}


def test_every_estimated_metric_and_every_side_has_its_words():
    assert set(MANY) == set(ONE) == ESTIMATED == ESTIMATED & set(Metric.values)
    assert set(SIDES) == set(Side.values)


@pytest.mark.parametrize("side", [pytest.param(side, id=side) for side in SIDES])
@pytest.mark.parametrize("metric", [pytest.param(name, id=name) for name in MANY])
def test_verb_agrees_with_the_number_and_the_side_is_named(metric, side):
    two = settled(figure(2, 2), 2, metric=metric, side=side)
    one = settled(figure(1, 1), 1, metric=metric, side=side)

    assert two == f"2 Nepali nationals {MANY[metric]} {SIDES[side]} ({MINISTRY})."
    assert one == f"1 Nepali national {ONE[metric]} {SIDES[side]} ({MINISTRY})."


@pytest.mark.parametrize(
    ("country", "many", "one"),
    [
        pytest.param(NEPAL, "Nepali nationals", "Nepali national", id="demonym"),
        pytest.param(
            CountryFactory.build(code="COD", name="DR Congo"),
            "nationals of DR Congo",
            "national of DR Congo",
            id="no-demonym",
        ),
        pytest.param(group(), "foreign nationals", "foreign national", id="all"),
        pytest.param(
            group(code="AFRICA", name="Africa", demonyms=["African", "Africans"]),
            "African nationals",
            "African national",
            id="group-with-a-demonym",
        ),
        pytest.param(
            group(code="NATURALISED", name="Naturalised Russian citizens"),
            "naturalised Russian citizens",
            "naturalised Russian citizen",
            id="group-without-a-demonym",
        ),
    ],
)
def test_people_are_named_in_the_plural_and_in_the_singular(country, many, one):
    assert people(country) == many
    assert people(country, is_one=True) == one
