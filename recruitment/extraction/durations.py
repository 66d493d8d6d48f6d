"""Numbers of years: terms of contracts, prison sentences, ages of conscription."""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.extraction.numbers import DASHES, Quantity
from recruitment.extraction.readings import Reading

NEAR = 8
LONGEST_TERM = 40


def duration_of(reading: Reading, quantity: Quantity) -> str | None:
    """Give the metric that a number of years is of; None for other numbers."""
    if (quantity.high or quantity.low or 0) > 100:
        return None
    tokens, words = reading.tokens, reading.words
    unit = quantity.end
    if reading.is_mark(unit, DASHES):
        unit += 1
    start, end = quantity.start - NEAR, quantity.end + NEAR
    if words.at("durations", "age", tokens, quantity.number - 1) or words.at(
        "durations", "age", tokens, quantity.start - 1
    ):
        is_range = quantity.low != quantity.high
        called_up = reading.has("durations", "conscript", start, end)
        named = any(area.is_party for area in reading.areas)
        return "conscript_age_years" if is_range and called_up and named else None
    if not words.at("durations", "years", tokens, unit):
        return None
    if (quantity.high or quantity.low or 0) > LONGEST_TERM:
        return None
    close = reading.has("durations", "prison", quantity.start - 5, quantity.end + 5)
    if close:
        near = reading.has("durations", "prison_context", start - 4, end + 4)
        return "prison_sentence_years" if near and _is_theirs(reading) else None
    if reading.has("durations", "contract", quantity.start - 6, quantity.end + 4):
        return "contract_term_years"
    return None


def _is_theirs(reading: Reading) -> bool:
    """Whether a sentence threatens those who fight: not a court elsewhere."""
    return any(area.is_party for area in reading.areas) or (
        not reading.areas
        and reading.has("durations", "contract", 0, len(reading.tokens))
    )


def one_year_terms(reading: Reading) -> Iterator[Quantity]:
    """Give "a year-long contract", which has no number of its own."""
    counted = {one.start for one in reading.quantities}
    for match in reading.words.list("durations", "one_year").all(reading.tokens):
        near = range(match.start - 3, match.end + 3)
        term = any(
            reading.words.at("durations", "terms", reading.tokens, place)
            for place in near
        )
        if term and not counted & set(range(match.start, match.end)):
            yield Quantity(match.start, match.start, match.end, 1, 1, "exact")
