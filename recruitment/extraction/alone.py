"""Reads numbers that no noun follows: 97 had joined; Kenya (200); 31 are Brazilian."""

from __future__ import annotations

from recruitment.extraction.areas import FOREIGN, Area
from recruitment.extraction.counted import Counted
from recruitment.extraction.nouns import QUOTES
from recruitment.extraction.numbers import Quantity
from recruitment.extraction.readings import Reading

OPENING = frozenset("(–—-:=")
LIST_MARKS = frozenset("(),;.:–—-]…")


def stands_alone(reading: Reading, quantity: Quantity, place: int) -> bool:
    """Whether what follows is no noun: a verb, a mark, what is said of people."""
    words, tokens = reading.words, reading.tokens
    while place < len(tokens) and (
        tokens[place].text in QUOTES
        or words.at("functions", "adjectives", tokens, place)
    ):
        place += 1
    if rate := words.at("functions", "rates", tokens, place):
        place = rate.end  # about 600 a month | sign contracts
    if place >= len(tokens) or tokens[place].text in LIST_MARKS:
        return True
    return bool(
        words.section("relative").at(tokens, place)
        or words.at("functions", "verbs", tokens, place)
        or words.section("metrics").at(tokens, place)
        or words.section("head_metrics").at(tokens, place)
    )


def read_alone(reading: Reading, quantity: Quantity) -> Counted:
    """Read a number without a noun: Kenya (200), "of whom 13 died", "61 in Guinea"."""
    words, tokens = reading.words, reading.tokens
    if (
        (match := words.at("functions", "located", tokens, quantity.end))
        and (home := reading.area_at(match.end))
        and not home.is_party
        and home.kind == "name"
        and not _lists_on(reading, home.end)
    ):
        return Counted(quantity, "elliptical", home.end, (home,))
    if words.at("functions", "be", tokens, quantity.end) and (
        area := _predicate(reading, quantity.end + 1)
    ):
        return Counted(quantity, "elliptical", area.end, (area,))
    before = quantity.start - 1
    if words.at("functions", "with", tokens, before) and (
        lead := _leading(reading, before)
    ):
        return Counted(quantity, "elliptical", quantity.end, (lead,), is_listed=True)
    back = any(
        words.at("functions", "back", tokens, near) for near in (before, before - 1)
    )
    place = before
    if reading.is_mark(before, OPENING) or words.at(
        "functions", "with", tokens, before
    ):
        place -= 1
    listed = next(
        (area for area in reading.areas if area.end == place + 1 and place >= 0), None
    )
    if listed and listed.is_party and not reading.is_mark(before, frozenset("(")):
        listed = None  # "on the Russian side: half a hundred"
    if listed and (place < before or reading.is_mark(quantity.end, LIST_MARKS)):
        return Counted(quantity, "elliptical", quantity.end, (listed,), is_listed=True)
    return Counted(quantity, "elliptical", quantity.end, is_back=back)


def _predicate(reading: Reading, place: int) -> Area | None:
    """Give where they are said to be from: 31 are Brazilian, eleven are citizens of Peru."""
    words, tokens = reading.words, reading.tokens
    while match := (
        words.at("people", "nouns", tokens, place)
        or words.at("functions", "of", tokens, place)
        or words.at("functions", "origin", tokens, place)
    ):
        place = match.end
    area = reading.area_at(place)
    return area if area and not area.is_party else None


def _leading(reading: Reading, place: int) -> Area | None:
    """Give whom a clause is about: Uzbeks head the tally with about 2,900."""
    before = (
        area
        for area in reversed(reading.areas)
        if reading.floor(place) <= area.start < place
        and not area.is_party
        and area.code != FOREIGN
    )
    return next(before, None)


def _lists_on(reading: Reading, place: int) -> bool:
    """Whether another country follows at once: 30 from India, Nepal and Cuba."""
    joined = reading.is_mark(place, frozenset(",")) or reading.words.at(
        "functions", "and", reading.tokens, place
    )
    return bool(joined) and reading.area_at(place + 1) is not None
