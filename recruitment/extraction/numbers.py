"""Reads how many: digits and words, orders of magnitude, ranges, and the word before them.

Bounds follow rule R2 of the method: exact N [N, N]; at least and more than N [N, open);
up to N (open, N]; about and almost N [N, N]; a range [a, b]; "hundreds" [200, 999].
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from recruitment.extraction.number_words import read_words
from recruitment.extraction.phrases import Match
from recruitment.extraction.tokens import CLOSING, Token
from recruitment.extraction.words import Words

MOST = 20_000_000  # nobody counts more people than this
LONGEST_DIGITS = 12
SPACES = re.compile(r"[ \u00a0\u2009\u202f'’]")
THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
CURRENCIES = frozenset("$€£¥₽₴₹₦")
SHARES = frozenset("%°‰")
DASHES = frozenset("-–—−")
GLUE_BEFORE = frozenset(":/_.,@#№")
GLUE_AFTER = frozenset(":/_@")
WIDE_DASHES = frozenset("–—−")
HYPHENS = frozenset("-‑")
ITEM_ENDS = frozenset(").")
YEARS = range(1900, 2101)
FAR = 6  # tokens between "rose" and "from 12 to 33"


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, and the tokens that say so.

    The qualifier begins at `start`, the number itself at `number`. `is_plain`: nothing
    but digits, so that it may be a year, an age, or the day of a month.
    """

    start: int
    number: int
    end: int
    low: int | None
    high: int | None
    qualifier: str
    is_plain: bool = False

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class _Number:
    end: int
    low: int
    high: int
    kind: Literal["digits", "scaled", "words", "rounded", "magnitude"]
    scale: int = 1


def quantities_in(tokens: Sequence[Token], words: Words) -> list[Quantity]:
    """Give the numbers of a sentence, from left to right, with range and qualifier."""
    found: list[Quantity] = []
    place = 0
    while place < len(tokens):
        number = _number_at(tokens, place, words)
        if number is None:
            place += 1
        elif _is_no_count(tokens, place, number.end, words):
            place = number.end
        else:
            floor = found[-1].end if found else 0
            quantity = _read(tokens, place, number, floor, words)
            if (quantity.low or 0) <= MOST and (quantity.high or 0) <= MOST:
                found.append(quantity)
            place = quantity.end
    return found


def _read(
    tokens: Sequence[Token], place: int, first: _Number, floor: int, words: Words
) -> Quantity:
    """Put a number together with its other end and with the words around it."""
    other = _other_end(tokens, place, first, floor, words)
    if other is None:
        return _qualified(tokens, place, first, floor, words)
    other_place, last = other
    opening = place - 1 if place > floor else place
    opens = words.at("ranges", "opens", tokens, opening)
    if opens and _tells_change(tokens, opening, floor, words):
        # rose from 12 to 33: only where it arrived is claimed
        return _qualified(tokens, other_place, last, other_place, words)
    if first.kind == "magnitude" and opens:
        first = _governed(tokens, place, first, words)  # от тысячи до полутора тысяч
    start = opening if opens else place
    qualifier = "order_of_magnitude" if last.kind == "magnitude" else "range"
    low = first.low
    if first.kind == "digits" and last.kind == "scaled" and low < last.scale:
        low *= last.scale  # 10–15 thousand
    if low >= last.high:
        return _qualified(tokens, place, first, floor, words)
    return Quantity(start, place, last.end, low, last.high, qualifier)


def _other_end(
    tokens: Sequence[Token], place: int, first: _Number, floor: int, words: Words
) -> tuple[int, _Number] | None:
    """Give the second number of a range, and where it begins."""
    join = words.at("ranges", "joins", tokens, first.end)
    if join is None:
        return None
    if words.at("ranges", "alone", tokens, first.end):
        before = range(max(floor, place - 4), place)  # between the ages of
        if not any(words.at("ranges", "between", tokens, near) for near in before):
            return None
    position = join.end
    if position >= len(tokens):
        return None
    if tokens[position - 1].text in WIDE_DASHES and tokens[position].is_capitalised:
        return None  # Jan. 13 — Some 300 soldiers
    if word := words.section("qualifiers").at(tokens, position):
        position = word.end
        if position >= len(tokens):
            return None
    last = _number_at(tokens, position, words)
    if last is None or _is_no_count(tokens, position, last.end, words):
        return None
    if (
        first.kind == last.kind == "digits"
        and first.low in YEARS
        and (last.high in YEARS or _is_dated(tokens, place, words))
    ):
        return None
    return position, last


def _is_dated(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Whether digits are a year: since 2024, autumn 2024, May 2024; not 2,000."""
    return (
        _is_year(tokens[place])
        and any(words.at("dates", key, tokens, place - 1) for key in ("in", "seasons"))
    ) or bool(words.section("months").at(tokens, place - 1))


def _tells_change(
    tokens: Sequence[Token], opening: int, floor: int, words: Words
) -> bool:
    near = range(max(floor, opening - FAR), opening)
    return any(words.at("ranges", "change", tokens, place) for place in near)


def _qualified(
    tokens: Sequence[Token], place: int, number: _Number, floor: int, words: Words
) -> Quantity:
    """Read a single number with the qualifier before it, or else behind it."""
    start, word = place, None
    for begin in range(max(floor, place - FAR), place):
        match = words.section("qualifiers").at(tokens, begin)
        if match and match.end == place:
            start, word = begin, match.value
            break
    end = number.end
    if word is None and (match := _after(tokens, end, words)):
        end, word = match.end, match.value
    if number.kind == "magnitude" and word not in {None, "exact"}:
        number = _governed(tokens, place, number, words)
    low: int | None = number.low
    high: int | None = number.high
    if word in {"at_least", "more_than"}:
        high = None
    elif word == "up_to":
        low = None
    elif number.kind == "magnitude":
        word = "order_of_magnitude"
    elif word is None:
        word = "about" if number.kind == "rounded" else "exact"
    plain = number.kind == "digits" and end == number.end and start == place
    return Quantity(start, place, end, low, high, word or "exact", plain)


def _governed(
    tokens: Sequence[Token], place: int, number: _Number, words: Words
) -> _Number:
    """Give one thousand where Russian "тысячи" follows "more than", not thousands."""
    one = words.section("governed").at(tokens, place)
    if one is None or one.end != number.end:
        return number
    return _Number(number.end, int(one.value), int(one.value), "rounded")


def _after(tokens: Sequence[Token], end: int, words: Words) -> Match[str] | None:
    return (
        words.section("qualifiers_after").at(tokens, end) if end < len(tokens) else None
    )


def _is_no_count(tokens: Sequence[Token], place: int, end: int, words: Words) -> bool:
    """Whether a number is money, a share, a time, or part of a name or another number."""
    before = tokens[place - 1] if place else None
    after = tokens[end] if end < len(tokens) else None
    if before and before.text in CURRENCIES:
        return True
    if after and (after.text in CURRENCIES or after.text in SHARES):
        return True
    if tokens[place].kind != "number":
        return False
    if before and before.end == tokens[place].start:  # 10:30, COVID-19, №7; not (15)
        if before.is_word or before.text in GLUE_BEFORE:
            return True
        further = tokens[place - 2] if place > 1 else None
        if before.text in DASHES and further and further.end == before.start:
            short = len(tokens[place].text) == 2  # 2022-23
            third = tokens[place - 3] if place > 2 else None
            is_date = third and third.text in DASHES and third.end == further.start
            return further.is_word or bool(is_date) or (short and _is_year(further))
    if after and after.start == tokens[end - 1].end:  # 4th, 155mm, 24/7, 152-mm, 7-й
        further = tokens[end + 1] if end + 1 < len(tokens) else None
        glued = further is not None and further.start == after.end
        if after.text in HYPHENS and glued and further is not None and further.is_word:
            return not (
                words.at("number_words", "glued", tokens, end + 1)
                or words.section("qualifiers_after").at(tokens, end)
                or _number_at(tokens, end + 1, words)
            )
        if after.is_word or (after.text in GLUE_AFTER and glued):
            return True
    if before and after and before.text == "[" and after.text == "]":
        return True  # of a note
    return _is_item(tokens, place, end, words) or _is_label(tokens, place, words)


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdecimal() and int(token.text) in YEARS


def _is_item(tokens: Sequence[Token], place: int, end: int, words: Words) -> bool:
    """Whether a number only marks a place in a list: "(2) how many", "3. Findings"."""
    before = tokens[place - 1] if place else None
    after = tokens[end] if end < len(tokens) else None
    if before is None:
        return after is not None and after.text in ITEM_ENDS
    if before.text != "(" or after is None or after.text != ")":
        return False
    if place == 1:
        return True
    further = tokens[place - 2]
    joined = words.at("functions", "and", tokens, place - 2) is not None
    return joined or not (further.is_word or further.text in CLOSING)


def _is_label(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Whether a number is the name of a thing: Article 47, court 3, day 1,200."""
    return words.at("number_words", "labels", tokens, place - 1) is not None


def _number_at(tokens: Sequence[Token], place: int, words: Words) -> _Number | None:
    """Read one number, without its other end and the words around it."""
    if tokens[place].kind == "number":
        return _digits_at(tokens, place, words)
    if not tokens[place].is_word:
        return None
    if match := words.section("magnitudes").at(tokens, place):
        low, high = match.value.split()
        return _Number(match.end, int(low), int(high), "magnitude")
    if match := words.section("fixed").at(tokens, place):
        return _Number(match.end, int(match.value), int(match.value), "words")
    if match := words.section("rounded").at(tokens, place):
        return _Number(match.end, int(match.value), int(match.value), "rounded")
    if in_words := read_words(tokens, place, words):
        end, value = in_words
        return _Number(end, value, value, "words")
    return None


def _digits_at(tokens: Sequence[Token], place: int, words: Words) -> _Number | None:
    """Read digits, with the word that multiplies them: 12,000 · 1.3 million · 15-thousand."""
    written = SPACES.sub("", tokens[place].text)
    if len(written) > LONGEST_DIGITS:
        return None
    end = place + 1
    at = end + 1 if end < len(tokens) and tokens[end].text == "-" else end
    scale = words.scales.get(tokens[at].folded) if at < len(tokens) else None
    if scale is None:
        if THOUSANDS.fullmatch(written):
            written = written.replace(",", "").replace(".", "")
        if not written.isdecimal():
            return None  # 4.5: no number of people
        value = int(written)
        return _Number(end, value, value, "digits")
    value = round(float(written.replace(",", ".")) * scale)
    end = _behind_abbreviation(tokens, at + 1)
    return _Number(end, value, value, "scaled", int(scale))


def _behind_abbreviation(tokens: Sequence[Token], end: int) -> int:
    """Step over the full stop of "1,5 тыс. бойцов"."""
    if end + 1 < len(tokens) and tokens[end].text == "." and tokens[end + 1].is_word:
        return end + 1
    return end
