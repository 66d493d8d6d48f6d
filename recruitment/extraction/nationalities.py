"""Counts countries: foreigners from over 50 nationalities."""

from __future__ import annotations

from recruitment.extraction.areas import FOREIGN
from recruitment.extraction.counted import Counted, code_of
from recruitment.extraction.countries import group_before
from recruitment.extraction.metrics import metric_of
from recruitment.extraction.proposal import Proposal
from recruitment.extraction.readings import Reading
from recruitment.extraction.sides import side_of
from recruitment.extraction.telling import Telling


def are_of_people(reading: Reading, found: Counted) -> bool:
    """Whether the countries are those of people: foreigners from over 50 nationalities."""
    before = found.quantity.start - 1
    if any(
        reading.words.at("people", key, reading.tokens, before)
        for key in ("nouns", "units")
    ):
        return True  # граждане 40 стран
    if not (
        reading.words.at("functions", "origin", reading.tokens, before)
        or reading.words.at("functions", "of", reading.tokens, before)
    ):
        return False
    near = range(max(0, before - 4), before)
    return (
        any(
            reading.words.at("people", key, reading.tokens, place)
            for key in ("nouns", "units")
            for place in near
        )
        or any(
            cue.value in {"recruited", "serving"} and 0 <= before - cue.end < 3
            for cue in reading.cues
        )
        or _lived_in(reading, before) is not None
        or any(
            reading.words.at("functions", "back", reading.tokens, place)
            for place in near
        )
    )


def nationalities_of(
    reading: Reading, found: Counted, claimant: str | None, telling: Telling
) -> Proposal:
    quantity = found.quantity
    side = side_of(
        reading,
        found,
        "captured_held"
        if any(cue.value.startswith("captured") for cue in reading.cues)
        else "recruited",
    )
    code = (
        code_of(found)
        or _lived_in(reading, quantity.start - 1)
        or group_before(reading, found)
        or telling.group(reading)
        or FOREIGN
    )
    return Proposal(
        quantity,
        code,
        "nationalities",
        side or telling.side_for(code),
        "subset",
        claimant,
        quantity.start,
        found.end,
    )


def _lived_in(reading: Reading, place: int) -> str | None:
    """Give whom words right before a place name: foreigners, Africans from 36 countries."""
    near = (
        area.code
        for area in reversed(reading.areas)
        if place - 4 < area.end <= place and not area.is_party
    )
    return next(near, None)


def told_of(reading: Reading, found: Counted) -> str | None:
    """Give what is said of people of so many countries; "volunteers" says least."""
    metric = metric_of(reading, found)
    serve = any(cue.value == "serving" for cue in reading.cues)
    return "serving" if metric == "recruited" and serve else metric
