"""Decides whose nationals a number counts, where its own words leave that open."""

from __future__ import annotations

from recruitment.extraction.areas import FOREIGN, PARTIES, Area
from recruitment.extraction.counted import Counted, code_of
from recruitment.extraction.readings import Reading
from recruitment.extraction.sides import USUAL
from recruitment.extraction.telling import ISO, Telling

FAR = 8
NEAR = 3
LEAST_TELLING = 14  # smaller numbers come up for whatever there is
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
    if found.is_mixed and not found.areas:
        return group_before(reading, found) or telling.group(reading) or FOREIGN
    if code := code_of(found):
        return code
    if found.kind == "people" and _are_mostly(reading, found.end):
        return telling.group(reading) or FOREIGN
    if metric in OF_PARTIES:
        return telling.party_in(reading)
    if found.kind == "elliptical" and (of := _of_whole(reading, found, telling)):
        return of
    before = _before(reading, found)
    if found.is_back and telling.code:
        return _named_since(reading, found) or telling.code
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
    if counted and reading.has("functions", "that_country", 0, len(reading.tokens)):
        return counted
    if found.kind == "elliptical":
        if before is None and _follows_foreigners(reading, found):
            return FOREIGN
        return counted or _behind(reading, found) or telling.last(reading)
    here = telling.counted_in == reading.sentence.paragraph and (
        found.metric or (telling.code == FOREIGN and _are_foreign(reading, found))
    )
    if before is None and telling.topic is None and _follows_foreigners(reading, found):
        return FOREIGN
    near = _behind(reading, found) or (counted if here else None) or telling.topic
    if near is None and _are_foreign(reading, found):
        return FOREIGN
    return near or counted or telling.last(reading)


def group_before(reading: Reading, found: Counted) -> str | None:
    """Give the group that a sentence names before: Africans, 370 people of 22 countries."""
    named = [
        area.code
        for area in reading.areas
        if area.end <= found.quantity.start and len(area.code) > ISO
    ]
    return named[-1] if named and named[-1] != FOREIGN else None


def _named_since(reading: Reading, found: Counted) -> str | None:
    """Give whom words name behind the last number: after them the Tajiks, they are 38."""
    start = found.quantity.start
    named = [
        area
        for area in reading.areas
        if reading.floor(start) <= area.start
        and area.end <= start
        and not area.is_party
        and area.start not in reading.spoken
    ]
    return named[-1].code if named and reading.floor(start) else None


def _are_foreign(reading: Reading, found: Counted) -> bool:
    """Whether they are called mercenaries, volunteers or fighters, and no more."""
    return any(
        reading.has("people", key, found.quantity.end, found.end)
        for key in ("foreign", "fighters")
    )


def _of_whole(reading: Reading, found: Counted, telling: Telling) -> str | None:
    """Give whom a whole counted earlier: of the 1,846, 287 died; 137 of the 412."""
    start = reading.floor(found.quantity.start)
    for whole in reading.quantities:
        is_behind = 0 < whole.start - found.quantity.end <= NEAR
        if whole.end not in {start, found.quantity.end} and not is_behind:
            continue
        of = any(
            reading.words.at("functions", "of", reading.tokens, place)
            for place in (whole.start - 1, whole.start - 2)
        )
        if of and (whole.low or 0) >= LEAST_TELLING:
            return telling.wholes.get(whole.bounds)
    return None


def _are_mostly(reading: Reading, place: int) -> bool:
    """Whether they are told to come mostly, so not all, from somewhere."""
    return reading.has("functions", "mostly", place, place + 3) and any(
        place < area.start <= place + FAR for area in reading.areas
    )


def _looks_on(reading: Reading, code: str | None, telling: Telling) -> bool:
    """Whether a country only speaks of another's: US officials put the Cubans at 1,000."""
    newest = telling.newest(reading)
    if code is None or newest is None or code == newest:
        return False
    speaks = all(
        area.start in reading.spoken
        or reading.words.at("claimants", "offices", reading.tokens, area.end)
        for area in reading.areas
        if area.code == code
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
        and not _is_seat(reading, area)
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


def _is_seat(reading: Reading, area: Area) -> bool:
    """Whether a capital is only where somebody is: an NGO based in Madrid."""
    return (
        area.kind == "capital"
        and reading.words.at("functions", "seat", reading.tokens, area.start - 1)
        is not None
    )


def _behind(reading: Reading, found: Counted) -> str | None:
    behind = (
        area.code
        for area in reading.areas
        if found.end <= area.start < reading.ceiling(found.end)
        and not area.is_party
        and area.code != FOREIGN
    )
    return next(behind, None)
