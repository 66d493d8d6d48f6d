"""Decides whose nationals a number counts, where its own words leave that open."""

from __future__ import annotations

from recruitment.extraction.areas import FOREIGN, PARTIES
from recruitment.extraction.counted import Counted, code_of
from recruitment.extraction.readings import Reading
from recruitment.extraction.telling import Telling

# These are told of a side's own people where no other country is in sight.
OF_PARTIES = frozenset({"mobilised", "fled_mobilisation"})


def country_of(
    reading: Reading, found: Counted, metric: str, telling: Telling
) -> str | None:
    """Give the code of those who are counted.

    In this order: the number's own words; for "of them", whoever was counted last; the
    nearest country before it in the sentence; whoever was counted last in the paragraph;
    a country behind it; the country named last; what the whole text is about.
    """
    if code := code_of(found):
        return code
    if metric in OF_PARTIES:
        return telling.party_in(reading)
    if found.is_back and telling.code:
        return telling.code
    before = _before(reading, found)
    if found.kind == "units" and before is None:
        return (
            telling.party_in(reading)
            if telling.code in PARTIES | {None}
            else telling.code
        )
    if before and (found.is_own or found.kind == "units" or before not in PARTIES):
        return before
    if telling.code and telling.is_near(reading):
        return telling.code
    return _behind(reading, found) or telling.area or telling.topic


def _before(reading: Reading, found: Counted) -> str | None:
    """Give the nearest country before a number; of the parties only for soldiers."""
    start = found.quantity.start
    for area in reversed(reading.areas):
        if area.end > start or area.code == FOREIGN:
            continue
        if not area.is_party or found.kind == "units":
            return area.code
    return None


def _behind(reading: Reading, found: Counted) -> str | None:
    behind = (
        area.code
        for area in reading.areas
        if area.start >= found.end and not area.is_party and area.code != FOREIGN
    )
    return next(behind, None)
