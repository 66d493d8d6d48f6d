"""Numbers of years: terms of contracts, prison sentences, ages of conscription."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from recruitment.extraction.areas import FOREIGN
from recruitment.extraction.numbers import DASHES, Quantity
from recruitment.extraction.proposal import Proposal
from recruitment.extraction.readings import Reading
from recruitment.extraction.sides import ARMIES, DIRECT, OWN
from recruitment.extraction.telling import Telling

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
        is_told = (near and _is_theirs(reading)) or _is_for_war(reading, quantity)
        return "prison_sentence_years" if is_told else None
    if reading.has("durations", "contract", quantity.start - 6, quantity.end + 4):
        return "contract_term_years"
    return None


def _is_theirs(reading: Reading) -> bool:
    """Whether a sentence threatens those who fight: not a court elsewhere."""
    return any(area.is_party for area in reading.areas) or (
        not reading.areas
        and reading.has("durations", "contract", 0, len(reading.tokens))
    )


def _is_for_war(reading: Reading, quantity: Quantity) -> bool:
    """Whether a sentence speaks of what is done to those who went to a foreign war.

    One man's sentence is his own; those of several, and what a law allows, are a range.
    """
    return reading.has("durations", "for_war", 0, len(reading.tokens)) or (
        quantity.low != quantity.high
        and any(cue.value == "convicted" for cue in reading.cues)
    )


def one_year_terms(reading: Reading) -> Iterator[Quantity]:
    """Give "a year-long contract", which has no number of its own."""
    counted = {one.start for one in reading.quantities}
    for match in reading.words.list("durations", "one_year").all(reading.tokens):
        near = range(match.start - 6, match.end + 3)
        term = any(
            reading.words.at("durations", "terms", reading.tokens, place)
            for place in near
        )
        if term and not counted & set(range(match.start, match.end)):
            yield Quantity(match.start, match.start, match.end, 1, 1, "exact")


def proposed_years(
    reading: Reading,
    quantity: Quantity,
    metric: str,
    claimant: str | None,
    telling: Telling,
) -> Proposal:
    side = next(
        (
            told
            for cue in reading.sides
            if (told := {**DIRECT, **ARMIES}.get(cue.value))
        ),
        telling.side_for("RUS"),
    )
    if _is_sentence(reading, quantity):
        quantity = replace(quantity, low=quantity.high, qualifier="exact")
    return Proposal(
        quantity,
        _bound(reading, metric, side, telling),
        metric,
        side,
        "total",
        claimant,
        quantity.start,
        min(quantity.end + 2, len(reading.tokens)),
    )


def _bound(reading: Reading, metric: str, side: str, telling: Telling) -> str:
    """Give whose number of years it is: the army's, which makes contracts.

    But a state punishes its own nationals for a foreign war.
    """
    own = next(code for code, its in OWN.items() if its == side)
    if metric != "prison_sentence_years":
        return own
    for area in reading.areas:
        if not area.is_party and area.code != FOREIGN:
            return area.code
    if reading.areas or reading.has("durations", "contract", 0, len(reading.tokens)):
        return own
    return telling.newest(reading) or telling.topic or own


def _is_sentence(reading: Reading, quantity: Quantity) -> bool:
    """Whether a Ukrainian "до" follows a court's verb: it is then no "up to"."""
    start = quantity.start
    return quantity.qualifier == "up_to" and reading.has(
        "durations", "sentenced", start - 5, start
    )
