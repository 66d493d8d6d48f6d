"""Finds who is counted: the words behind a number, up to the noun and where they are from."""

from __future__ import annotations

from dataclasses import replace

from recruitment.extraction.alone import read_alone, stands_alone
from recruitment.extraction.areas import CYRILLIC, Area
from recruitment.extraction.counted import Counted
from recruitment.extraction.measures import ends_at, has_unit, is_age
from recruitment.extraction.nouns import Scan, noun, origin
from recruitment.extraction.numbers import Quantity
from recruitment.extraction.readings import Reading

OLDEST = 99


def counted(reading: Reading, quantity: Quantity) -> Counted | None:
    """Give whom a number counts; None where it counts no people."""
    words, tokens, place = reading.words, reading.tokens, quantity.end
    if has_unit(reading, _past_joined(reading, place)) or is_age(reading, quantity):
        return None
    if ends_at(reading, "people", "parents", quantity.start):
        return None  # a mother of two
    if of := words.at("functions", "of", tokens, place):
        if back := words.at(
            "functions", "back", tokens, _past_article(reading, of.end)
        ):
            return _of_them(reading, quantity, back.end)
        place = of.end
    elif (
        (back := words.at("functions", "back", tokens, place))
        and words.language == "fr"
        and tokens[place].folded == "d"
    ):
        return _of_them(reading, quantity, back.end)
    if number := _number_of(reading, place):
        place = number  # brings to 45 the number of | Kenyans
    scan = Scan()
    if _is_share(reading, quantity):
        return None  # nearly one in four
    if whole := _whole(reading, place):
        if quantity.low == quantity.high == 1:
            return None  # one of 335 Cameroonians: the 335 are counted
        place = whole  # 28 of the 60 Algerians
    end = noun(reading, place, scan)
    if scan.kind == "other":
        return None
    if scan.kind:
        end = origin(reading, end, scan)
        return Counted(
            quantity,
            scan.kind,
            end,
            tuple(scan.areas),
            scan.metric,
            is_own=scan.is_own,
            is_mixed=scan.is_mixed,
        )
    if not stands_alone(reading, quantity, place):
        return None
    if (quantity.high or quantity.low or 0) <= OLDEST and reading.has(
        "durations", "ages", 0, len(tokens)
    ):
        return None  # the youngest was 18 and the oldest 62
    alone = read_alone(reading, quantity)
    if whole:
        return replace(alone, end=max(alone.end, whole))  # six of the ten | were dead
    return alone


def _past_joined(reading: Reading, place: int) -> int:
    """Step over a number that shares its unit: 17 and 11 years."""
    joined = reading.words.at("functions", "and", reading.tokens, place)
    if not joined:
        return place
    ends = [one.end for one in reading.quantities if one.start == joined.end]
    return ends[0] if ends and has_unit(reading, ends[0]) else place


def _number_of(reading: Reading, place: int) -> int | None:
    """Give the end of a "the number of" that stands behind a number."""
    words, tokens = reading.words, reading.tokens
    article = words.at("functions", "articles", tokens, place)
    match = article and words.at("functions", "figure", tokens, article.end)
    return match.end if match else None


def _whole(reading: Reading, place: int) -> int | None:
    """Give the end of the number of whom a part is counted: 28 of | the 60 | Algerians."""
    words, tokens = reading.words, reading.tokens
    if not words.at("functions", "of", tokens, place - 1) and not words.at(
        "functions", "of", tokens, place - 2
    ):
        return None
    while match := (
        words.at("functions", "articles", tokens, place)
        or words.at("functions", "adjectives", tokens, place)
    ):
        place = match.end
    return next((one.end for one in reading.quantities if one.start == place), None)


def is_whole(reading: Reading, quantity: Quantity) -> bool:
    """Whether a number is only the whole of which the number before it is a part."""
    return any(
        _whole(reading, of.end) == quantity.end
        for one in reading.quantities
        if one.end <= quantity.start
        and not one.low == one.high == 1
        and (of := reading.words.at("functions", "of", reading.tokens, one.end))
    )


def _is_share(reading: Reading, quantity: Quantity) -> bool:
    """Whether a number is part of "one in four"."""
    tokens, words = reading.tokens, reading.words
    if quantity.low == 1 and words.at("functions", "share", tokens, quantity.end):
        return any(one.start == quantity.end + 1 for one in reading.quantities)
    before = [one for one in reading.quantities if one.end == quantity.start - 1]
    return bool(
        before
        and before[0].low == 1
        and words.at("functions", "share", tokens, quantity.start - 1)
    )


def _of_them(reading: Reading, quantity: Quantity, place: int) -> Counted:
    """Read "550 of those were foreigners": a country may stand in the predicate."""
    areas: tuple[Area, ...] = ()
    origin = reading.words.at("functions", "origin", reading.tokens, place)
    if origin and (area := reading.area_at(origin.end)):
        return Counted(quantity, "elliptical", area.end, (area,))
    if reading.words.language in CYRILLIC and (area := reading.area_at(place)):
        return Counted(quantity, "elliptical", area.end, (area,))  # из них белорусы
    for near in range(place, place + 4):  # of those confirmed deaths were foreign
        if reading.words.at("functions", "be", reading.tokens, near) and (
            area := reading.area_at(near + 1)
        ):
            areas, place = (area,), area.end
            break
    return Counted(quantity, "elliptical", place, areas, is_back=not areas)


def _past_article(reading: Reading, place: int) -> int:
    article = reading.words.at("functions", "articles", reading.tokens, place)
    back = reading.words.at("functions", "back", reading.tokens, place)
    return article.end if article and not back else place
