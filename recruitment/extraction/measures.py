"""Tells counts from dates, ages and measures."""

from __future__ import annotations

from recruitment.extraction.nouns import is_person
from recruitment.extraction.numbers import DASHES, YEARS, Quantity
from recruitment.extraction.readings import Reading
from recruitment.extraction.tokens import ENDS

LONGEST_LEAD = 4  # words of a phrase that leads up to a number


def is_date_or_age(reading: Reading, quantity: Quantity) -> bool:
    """Whether plain digits are a year, a day of a month, or somebody's age."""
    words, tokens = reading.words, reading.tokens
    before, after = quantity.start - 1, quantity.end
    if _is_of_month(reading, quantity):
        return True
    if quantity.is_plain and any(  # entre el 18 y el 24 de agosto
        0 < one.start - quantity.end <= 2
        and one.is_plain
        and _is_of_month(reading, one)
        for one in reading.quantities
    ):
        return (quantity.low or 0) <= 31
    if not quantity.is_plain or quantity.low is None:
        return False
    if quantity.low in YEARS and len(tokens[quantity.number].text) == 4:
        return not (
            is_person(reading, after) and not words.at("dates", "in", tokens, before)
        )
    return (
        quantity.low < 100
        and reading.is_mark(before, frozenset(","))
        and (
            reading.is_mark(after, frozenset(",)"))
            or (reading.is_mark(after, ENDS) and tokens[before - 1].is_capitalised)
        )
        and before > 0
        and tokens[before - 1].is_word
        and not any(area.end == before for area in reading.areas)
        and not any(cue.end == before for cue in reading.cues)
    )


def _is_of_month(reading: Reading, quantity: Quantity) -> bool:
    """Whether the name of a month stands beside a day or a year: Dec. 10, 24 лютого."""
    tokens, months = reading.tokens, reading.words.section("months")
    if not quantity.low or (quantity.low > 31 and quantity.low not in YEARS):
        return False
    before = quantity.start - 1
    if reading.is_mark(before, frozenset(".")):
        before -= 1
    of = reading.words.at("dates", "of", tokens, quantity.end)
    behind = of.end if of else quantity.end
    is_english = reading.words.language == "en"
    return any(
        0 <= place < len(tokens)
        and (months.at(tokens, place) is not None)
        and (not is_english or tokens[place].is_capitalised)
        # Only in English a day stands behind its month.
        and (place == behind or is_english or quantity.low in YEARS)
        for place in (before, behind)
    )


def is_age(reading: Reading, quantity: Quantity) -> bool:
    """Whether a word for age leads up to a number: aged 20, between the ages of 20."""
    if any(
        ends_at(reading, "durations", "age", place)
        for place in (quantity.start, quantity.number)
    ):
        return True
    before = [one for one in reading.quantities if one.end == quantity.start - 1]
    joined = reading.words.at(
        "functions", "and", reading.tokens, quantity.start - 1
    ) or reading.is_mark(quantity.start - 1, frozenset(","))
    return bool(before and joined and quantity.is_plain) and is_age(reading, before[0])


def ends_at(reading: Reading, section: str, key: str, place: int) -> bool:
    """Whether a phrase of a list ends right before a place."""
    return any(
        (match := reading.words.at(section, key, reading.tokens, near))
        and match.end == place
        for near in range(place - LONGEST_LEAD, place)
    )


def has_unit(reading: Reading, place: int) -> bool:
    """Whether years, kilometres or dollars are counted."""
    if reading.is_mark(place, DASHES):
        place += 1
    return reading.words.at("durations", "units", reading.tokens, place) is not None
