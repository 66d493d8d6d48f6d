"""Reads numbers in words: twenty-three, полторы тысячи, quatre-vingt-dix."""

from __future__ import annotations

from collections.abc import Sequence

from recruitment.extraction.tokens import Token
from recruitment.extraction.words import Words

ANYTHING = 10.0**12
GROUPING = 1000  # scales from here on close a group: two thousand | five hundred


def read_words(
    tokens: Sequence[Token], place: int, words: Words
) -> tuple[int, int] | None:
    """Give the end and the value of a number in words that begins at a token."""
    if words.at("number_words", "articles", tokens, place):
        return None
    total = group = 0.0
    room = ANYTHING  # what is added next must be below: units behind tens
    scale = ANYTHING  # and what multiplies next, too: thousands behind millions
    end = place
    position = place
    joined: tuple[int, float] | None = None  # what stood before the last "and"
    while position < len(tokens):
        if end > place and words.at("number_words", "joins", tokens, position):
            joined = end, total + group
            position += 1
            continue
        values = _values(tokens[position], words)
        if values is None:
            break
        for value, is_scale in values:
            if is_scale and value >= GROUPING and value < scale:
                total += (group or 1) * value
                group, room, scale = 0, value, value
            elif is_scale and value < GROUPING and group < value:
                group = (group or 1) * value
                room = value
            elif value == 20 and group == 4:  # quatre-vingt
                group, room = 80, 20
            elif not is_scale and value < room:
                group += value
                room = _room(value)
            else:
                end, total = joined or (end, total + group)
                return _whole(end, total) if end > place else None
        position += 1
        end = position
    return _whole(end, total + group) if end > place else None


def _room(value: float) -> float:
    """Give what may follow a value: below 100 behind hundreds, below 10 behind tens."""
    if value >= 100:
        return 100
    if value == 60:  # soixante-douze
        return 20
    # dix-sept; half of a thousand may follow any unit: две с половиной тысячи
    return 10 if value >= 20 or value == 10 else 1


def _whole(end: int, value: float) -> tuple[int, int] | None:
    return (end, int(value)) if value == int(value) else None


def _values(token: Token, words: Words) -> list[tuple[float, bool]] | None:
    """Give the values of a word, or of its parts where hyphens join them."""
    if not token.is_word:
        return None
    found = []
    for part in token.folded.split("-"):
        if part in words.scales:
            found.append((words.scales[part], True))
        elif part in words.numbers:
            found.append((words.numbers[part], False))
        elif part not in {"et", "and", "y", "odd"} or not found:
            return None
    return found
