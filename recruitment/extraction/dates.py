"""Finds the day that a claim speaks of: written out, or told from the day of publication."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from recruitment.extraction.numbers import YEARS, Quantity
from recruitment.extraction.readings import Reading
from recruitment.extraction.tokens import Token
from recruitment.extraction.words import Words

DATELINE_REACH = 600  # characters within which a text tells its own day


@dataclass(frozen=True, slots=True)
class Day:
    """A day and how exactly it is known; below day precision, the last of its period."""

    day: date
    precision: str  # day | month | year


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    day: Day


def day_of(reading: Reading, quantity: Quantity, published: Day | None) -> Day | None:
    """Give the day nearest to a number in its sentence, else that of publication."""
    if not reading.sentence.tokens:
        return published
    found = dates_in(reading.tokens, reading.words, published)
    usable = [
        one
        for one in found
        if not reading.words.at("dates", "not_since", reading.tokens, one.start - 1)
        and not (one.start <= quantity.start < one.end)
    ]
    floor, ceiling = reading.floor(quantity.start), reading.ceiling(quantity.end)
    inside = [one for one in usable if floor <= one.start < ceiling]
    best = min(
        inside or usable, key=lambda one: abs(one.start - quantity.end), default=None
    )
    if best is None:
        return published
    return _not_after(best.day, published)


def dateline(text_tokens: list[Token], words: Words) -> Day | None:
    """Give the day that a text states for itself near its beginning."""
    head = [token for token in text_tokens if token.start < DATELINE_REACH]
    exact = [one for one in dates_in(head, words, None) if one.day.precision == "day"]
    return exact[0].day if exact else None


def dates_in(
    tokens: Sequence[Token], words: Words, published: Day | None
) -> list[Found]:
    """Give the dates of a sentence, from left to right."""
    found = []
    place = 0
    while place < len(tokens):
        one = _date_at(tokens, place, words, published)
        if one:
            found.append(one)
        place = one.end if one else place + 1
    return found


def _date_at(
    tokens: Sequence[Token],
    place: int,
    words: Words,
    published: Day | None,
) -> Found | None:
    if one := _iso_or_dotted(tokens, place):
        return one
    if month := _month(tokens, place, words):
        number, end = month
        day, start = None, place
        if place and (before := _number(tokens[place - 1])) and 1 <= before <= 31:
            day, start = before, place - 1
        elif (  # 7 de febrero
            place > 1
            and words.at("dates", "of", tokens, place - 1)
            and (before := _number(tokens[place - 2]))
            and 1 <= before <= 31
        ):
            day, start = before, place - 2
        elif end < len(tokens) and (after := _number(tokens[end])) and 1 <= after <= 31:
            day, end = after, end + 1
            if end < len(tokens) and tokens[end].folded in {"st", "nd", "rd", "th"}:
                end += 1
        year, end = _year_behind(tokens, end, words)
        if year is None:
            if published is None or (
                day is None and not words.at("dates", "in", tokens, start - 1)
            ):
                return None
            year = published.day.year
            if (number, day or 1) > (published.day.month, published.day.day):
                year -= 1
        return _found(start, end, year, number, day)
    year = _number(tokens[place])
    if (
        year in YEARS
        and len(tokens[place].text) == 4
        and words.at("dates", "in", tokens, place - 1)
    ):
        return _found(place, place + 1, year or 0, None, None)
    return _relative(tokens, place, words, published)


def _relative(
    tokens: Sequence[Token],
    place: int,
    words: Words,
    published: Day | None,
) -> Found | None:
    if published is None:
        return None
    today = published.day
    match = words.section("relative").at(tokens, place)
    if match is None:
        return None
    if match.value == "year_ago":
        day = Day(date(today.year - 1, 12, 31), "year")
    elif match.value == "this_year":
        day = Day(today, "year")
    elif match.value == "month_ago":
        day = Day(today.replace(day=1) - timedelta(days=1), "month")
    elif match.value == "this_month":
        day = Day(today, "month")
    elif match.value == "week_ago":
        day = Day(today - timedelta(days=7), "month")
    elif match.value == "yesterday":
        day = Day(today - timedelta(days=1), "day")
    else:
        day = Day(today, "day")
    return Found(place, match.end, day)


def _iso_or_dotted(tokens: Sequence[Token], place: int) -> Found | None:
    """Read 2025-10-15, 15.10.2025 and 15/10/2025, whose parts stand glued together."""
    if one := _dotted(tokens, place):
        return one
    if place + 4 >= len(tokens):
        return None
    five = tokens[place : place + 5]
    if any(one.end != two.start for one, two in pairwise(five)):
        return None
    first, second, third = (_number(five[index]) for index in (0, 2, 4))
    if first is None or second is None or third is None or five[1].text != five[3].text:
        return None
    if five[1].text == "-" and first in YEARS:
        return _found(place, place + 5, first, second, third)
    if five[1].text in "./" and third in YEARS and second <= 12:
        return _found(place, place + 5, third, second, first)
    return None


def _dotted(tokens: Sequence[Token], place: int) -> Found | None:
    """Read 15.10.2025, whose first two parts look like a decimal number."""
    day, dot, month = tokens[place].text.partition(".")
    three = tokens[place : place + 3]
    if not dot or len(three) < 3 or three[1].text != "." or not day.isdecimal():
        return None
    if any(one.end != two.start for one, two in pairwise(three)):
        return None
    year = _number(three[2])
    if year not in YEARS or not month.isdecimal() or len(day) > 2 or len(month) > 2:
        return None
    return _found(place, place + 3, year or 0, int(month), int(day))


def _found(
    start: int, end: int, year: int, month: int | None, day: int | None
) -> Found | None:
    if month is None:
        return Found(start, end, Day(date(year, 12, 31), "year"))
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day is None:
        return Found(start, end, Day(date(year, month, last), "month"))
    return (
        Found(start, end, Day(date(year, month, day), "day"))
        if 1 <= day <= last
        else None
    )


def _month(tokens: Sequence[Token], place: int, words: Words) -> tuple[int, int] | None:
    """Give the number of a month that is named here, and where its name ends."""
    if words.language == "en" and not tokens[place].is_capitalised:
        return None
    match = words.section("months").at(tokens, place)
    if match is None:
        return None
    end = match.end
    if end < len(tokens) and tokens[end].text == "." and len(tokens[place].text) <= 5:
        end += 1
    return int(match.value), end


def _year_behind(
    tokens: Sequence[Token], end: int, words: Words
) -> tuple[int | None, int]:
    """Give the year behind a month: December 2023; Dec. 10, 2025; octubre de 2025."""
    place = end
    if place < len(tokens) and (
        tokens[place].text == "," or words.at("dates", "of", tokens, place)
    ):
        place += 1
    if place < len(tokens):
        year = _number(tokens[place])
        if year in YEARS and len(tokens[place].text) == 4:
            return year, place + 1
    return None, end


def _number(token: Token) -> int | None:
    if token.kind == "number" and len(token.text) <= 4 and token.text.isdecimal():
        return int(token.text)
    return None


def _not_after(day: Day, published: Day | None) -> Day:
    """A claim speaks of no day behind its publication: the period ends with it."""
    if published is None or day.day <= published.day:
        return day
    return Day(published.day, day.precision)
