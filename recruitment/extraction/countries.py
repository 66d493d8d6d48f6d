"""Decides whose nationals a number counts, where its own words leave that open."""

from __future__ import annotations

from recruitment.extraction.areas import FOREIGN, PARTIES
from recruitment.extraction.counted import Counted, code_of
from recruitment.extraction.readings import Reading
from recruitment.extraction.sides import USUAL
from recruitment.extraction.telling import Telling

# These are told of a side's own people where no other country is in sight.
OF_PARTIES = frozenset({"mobilised", "fled_mobilisation"})


def country_of(
    reading: Reading, found: Counted, metric: str, telling: Telling
) -> str | None:
    """Give the code of those who are counted: the number's own words say it, or

    - "of them", "97 had joined": whoever was counted last, or is named before;
    - soldiers: the nearest country before, also one at war;
    - people: the nearest other country before, what the text is about, foreigners.
    """
    if code := code_of(found):
        return code
    if found.kind == "people" and _are_mostly(reading, found.end):
        return FOREIGN
    if metric in OF_PARTIES:
        return telling.party_in(reading)
    if found.is_back and telling.code:
        return telling.code
    before = _before(reading, found)
    if found.kind == "elliptical" and _looks_on(reading, before, telling):
        before = None
    if found.kind == "units" and metric == "state_deployed" and before in PARTIES:
        # sent to Russia 14,000 soldiers
        before = _sender(reading, found) or before
    if found.kind == "units":
        if before or telling.code in {*PARTIES, FOREIGN, None}:
            return before or telling.party_in(reading)
        return telling.newest(reading) or telling.code
    if before and (found.is_own or before not in PARTIES):
        return before
    counted = telling.newest(reading)
    if found.kind == "elliptical":
        if before is None and _follows_foreigners(reading, found):
            return FOREIGN
        return counted or _behind(reading, found) or telling.last(reading)
    here = telling.counted_in == reading.sentence.paragraph and found.metric
    if before is None and telling.topic is None and _follows_foreigners(reading, found):
        return FOREIGN
    near = _behind(reading, found) or (counted if here else None) or telling.topic
    if near is None and reading.has("people", "foreign", found.quantity.end, found.end):
        return FOREIGN
    return near or counted or telling.last(reading)


def _are_mostly(reading: Reading, place: int) -> bool:
    """Whether they are told to come mostly, so not all, from somewhere."""
    return reading.has("functions", "mostly", place, place + 3)


def _looks_on(reading: Reading, code: str | None, telling: Telling) -> bool:
    """Whether a country only speaks of another's: US officials put the Cubans at 1,000."""
    newest = telling.newest(reading)
    if code is None or newest is None or code == newest:
        return False
    speaks = all(
        area.start in reading.spoken for area in reading.areas if area.code == code
    )
    return speaks and USUAL.get(code) == "ukraine" and USUAL.get(newest) == "russia"


def _follows_foreigners(reading: Reading, found: Counted) -> bool:
    return any(
        area.code == FOREIGN and area.end <= found.quantity.start
        for area in reading.areas
    )


def _sender(reading: Reading, found: Counted) -> str | None:
    return next(
        (
            area.code
            for area in reading.areas
            if area.end <= found.quantity.start and not area.is_party
        ),
        None,
    )


def _before(reading: Reading, found: Counted) -> str | None:
    """Give the nearest country before a number; of the parties only for soldiers."""
    start = found.quantity.start
    named = [
        area
        for area in reversed(reading.areas)
        if area.end <= start
        and area.code != FOREIGN
        and (not area.is_party or found.kind == "units")
    ]
    # "The ambassador of Colombia in London": a capital may only be a place,
    # and who only speaks is rarely who is counted.
    named.sort(
        key=lambda area: (
            area.start in reading.spoken and not found.is_own,
            area.kind == "capital",
        )
    )
    return named[0].code if named else None


def _behind(reading: Reading, found: Counted) -> str | None:
    behind = (
        area.code
        for area in reading.areas
        if found.end <= area.start < reading.ceiling(found.end)
        and not area.is_party
        and area.code != FOREIGN
    )
    return next(behind, None)
