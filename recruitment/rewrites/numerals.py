"""The numbers of a text, sums and ages and page counts too: what a translation keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recruitment.extraction.number_words import read_words
from recruitment.extraction.tokens import Sentence
from recruitment.extraction.words import words

# 2,350 · 2.350 · 2 350 · 2350 · 1.4
DIGITS = (
    r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d{1,3}(?:[.,'’]\d{3})+|\d+(?:[.,]\d+)?"
)
NUMERAL = re.compile(
    rf"(?<![\w.,])(?P<digits>{DIGITS})(?![\d%])(?:[ \u00a0-]?(?P<scale>[^\W\d_]+))?"
)
GROUPED = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u2009\u202f]\d{3})+")
SEPARATORS = re.compile(r"[.,'’ \u00a0\u2009\u202f]")
SCALES = {
    1_000: ("thousand", "k", "mil", "mille", "тыс", "тысяч", "тис", "тисяч"),
    1_000_000: ("million", "mln", "millón", "millon", "млн", "миллион", "мільйон"),
    1_000_000_000: ("billion", "bn", "milliard", "млрд", "миллиард", "мільярд"),
}
WHOLE_WORDS = {"k", "mil", "mille", "bn", "mln"}  # not the beginning of another word
LEAST_IN_WORDS = 13  # "one" and "three" are no more than words
YEARS = range(1900, 2101)
LONGEST = 12  # digits


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as a text writes it, and where."""

    value: int
    start: int
    end: int


def numerals_in(text: str) -> Iterator[Numeral]:
    """Give the numbers in digits that may tell a text from others; years do not."""
    for match in NUMERAL.finditer(text):
        digits, scale = match["digits"], _scale(match["scale"])
        value = _value(digits, scale)
        if value is None or (digits == str(value) and value in YEARS):
            continue
        yield Numeral(
            value, match.start(), match.end("scale" if scale > 1 else "digits")
        )


def numerals_in_words(
    sentences: Sequence[Sentence], languages: Sequence[str]
) -> Iterator[Numeral]:
    """Give the numbers that are written in words: thirty-eight, one million."""
    for sentence, language in zip(sentences, languages, strict=True):
        tokens, place = sentence.tokens, 0
        while place < len(tokens):
            number = None
            scales_digits = place > 0 and tokens[place - 1].kind == "number"
            if tokens[place].is_word and not scales_digits:
                number = read_words(tokens, place, words(language))
            if number is None:
                place += 1
                continue
            end, value = number
            if value >= LEAST_IN_WORDS:
                yield Numeral(value, tokens[place].start, tokens[end - 1].end)
            place = end


def rarity(value: int) -> float:
    """Say how much it tells that two texts share a number, from 0 to 1.

    Small numbers are met everywhere, round ones are rounded alike.
    """
    if value <= 12:
        return 0.0
    if value <= 31:  # may be a day of a month
        return 0.2
    digits = len(str(value).rstrip("0"))
    if value < 100:
        return 0.4 if digits > 1 else 0.2
    return {1: 0.4, 2: 0.7}.get(digits, 1.0)


def _value(digits: str, scale: int) -> int | None:
    if len(digits) > LONGEST:
        return None
    if scale == 1 and GROUPED.fullmatch(digits):
        return int(SEPARATORS.sub("", digits))
    if digits.isdecimal():
        return int(digits) * scale
    if scale == 1:
        return None  # 4.5: no count
    return round(float(digits.replace(",", ".")) * scale)


def _scale(word: str | None) -> int:
    if not word:
        return 1
    folded = word.lower()
    for scale, ways in SCALES.items():
        for known in ways:
            if folded == known or (
                known not in WHOLE_WORDS and folded.startswith(known)
            ):
                return scale
    return 1
