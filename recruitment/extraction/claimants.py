"""Finds who says it: before or behind a verb of saying, or behind "according to"."""

from __future__ import annotations

from dataclasses import dataclass

from recruitment.extraction.phrases import Match
from recruitment.extraction.readings import Reading

LONGEST = 14
BOUNDARIES = frozenset(',;:.()[]!?…—–"“”«»„‘')
LONGEST_QUOTED = 5
QUOTES = frozenset("\"“”«»„‘’'")
COMMA = frozenset(",")


@dataclass(frozen=True, slots=True)
class Claimant:
    """Words that name who says it; `pronoun` stands for somebody named before."""

    start: int
    end: int
    text_start: int
    text_end: int
    at: int  # the verb, or "according to"
    is_pronoun: bool = False
    is_bare_name: bool = False


def claimants_in(reading: Reading) -> list[Claimant]:
    """Give everybody who is said to say something in a sentence."""
    found = []
    place = 0
    while place < len(reading.tokens):
        one = None
        step = place + 1
        if match := reading.words.at("claimants", "according", reading.tokens, place):
            one = _behind(reading, match)
            step = match.end
        elif match := reading.words.at("claimants", "says", reading.tokens, place):
            one = _before(reading, match) or _behind_verb(reading, match)
            step = match.end
        if one:
            found.append(one)
            step = max(step, one.end if one.start >= place else step)
        place = step
    return found


def nearest(found: list[Claimant], start: int, end: int) -> Claimant | None:
    """Give whose words a number stands in: who spoke last before it, else who follows."""
    before = [one for one in found if one.at < start]
    if before:
        return before[-1]
    return next((one for one in found if one.at >= end), None)


def _behind(reading: Reading, match: Match[str]) -> Claimant | None:
    """Read "according to officials in Kathmandu"."""
    end = match.end
    while end < len(reading.tokens) and end - match.end < LONGEST:
        if reading.tokens[end].text in BOUNDARIES and not (
            end == match.end and reading.tokens[end].text in QUOTES
        ):
            break
        if end > match.end and (
            reading.words.at("claimants", "stops", reading.tokens, end)
            or reading.words.at("claimants", "says", reading.tokens, end)
            or any(quantity.start == end for quantity in reading.quantities)
        ):
            break
        end += 1
    return _named(reading, match.end, end, match.start)


def _before(reading: Reading, verb: Match[str]) -> Claimant | None:
    """Read "Iraqi officials say"; "Jane Doe, a researcher at the institute, said"."""
    words, tokens = reading.words, reading.tokens
    if words.at("functions", "be", tokens, verb.start - 1):
        return None  # "were reported" has no speaker
    if words.at("claimants", "says", tokens, verb.end):
        return None  # "the intelligence report said": a noun
    if words.at("functions", "articles", tokens, verb.start - 1):
        return None  # "has sent an estimated 600"
    end = verb.start
    while end and words.at("claimants", "drop", tokens, end - 1):
        end -= 1
    if end and tokens[end - 1].text == ",":
        inner = _left(reading, end - 1)
        if inner < end - 1 and inner and tokens[inner - 1].text == ",":
            outer = _left(reading, inner - 1)
            is_office = _has(reading, "offices", inner, end - 1)
            if is_office and not _has(reading, "outlets", outer, inner - 1):
                return _named(reading, inner, end - 1, verb.start)
            return _named(reading, outer, inner - 1, verb.start)
        return None
    start = _left(reading, end)
    if start == end or any(one.end == start for one in reading.quantities):
        return None  # "274 cases reported": those who are counted do not speak
    if (
        words.at("claimants", "who", tokens, end - 1)
        and start == end - 1
        and start
        and tokens[start - 1].text == ","
    ):
        first = _name_left(reading, start - 1)
        return _named(reading, first, start - 1, verb.start)
    return _named(reading, start, end, verb.start)


def _behind_verb(reading: Reading, verb: Match[str]) -> Claimant | None:
    """Read "…", said the spokesman for the ministry."""
    if not verb.start or reading.tokens[verb.start - 1].text not in BOUNDARIES:
        return None
    if not reading.words.at("claimants", "inverts", reading.tokens, verb.start):
        return None
    return _behind(reading, Match(verb.start, verb.end, verb.value))


def _left(reading: Reading, end: int) -> int:
    """Give where the words before a verb begin: behind a mark, a number or a "that"."""
    start = _before_quoted(reading, end)
    while start and end - start < LONGEST:
        if reading.tokens[start - 1].text in BOUNDARIES:
            break
        if reading.words.at(
            "claimants", "stops", reading.tokens, start - 1
        ) or reading.words.at("claimants", "says", reading.tokens, start - 1):
            break
        if any(one.start < start <= one.end for one in reading.quantities):
            break
        start -= 1
    return start


def _before_quoted(reading: Reading, end: int) -> int:
    """Step over a name in quotation marks: the project “I Want to Live” published."""
    if not end or reading.tokens[end - 1].text not in QUOTES:
        return end
    for place in range(end - 2, max(-1, end - 2 - LONGEST_QUOTED), -1):
        if reading.tokens[place].text in QUOTES:
            return place
    return end


def _name_left(reading: Reading, end: int) -> int:
    """Give where a name with its office begins, to the left of a place."""
    start = end
    while start and end - start < LONGEST:
        token = reading.tokens[start - 1]
        if not (
            token.is_capitalised
            or token.folded == "'s"
            or reading.words.at("claimants", "offices", reading.tokens, start - 1)
        ):
            break
        start -= 1
    return start


def _named(reading: Reading, start: int, end: int, at: int) -> Claimant | None:
    """Trim the words that name somebody; None if they name nobody."""
    words, tokens = reading.words, reading.tokens
    while start < end and (
        not tokens[start].is_word
        or words.at("claimants", "drop", tokens, start)
        or words.at("dates", "in", tokens, start)
        or words.section("months").at(tokens, start)
    ):
        start += 1
    while start < end and (
        tokens[end - 1].text in QUOTES
        or words.at("claimants", "drop", tokens, end - 1)
        or words.at("claimants", "joins", tokens, end - 1)
    ):
        end -= 1
    if start >= end:
        return None
    pronoun = words.at("claimants", "pronouns", tokens, start)
    if pronoun and pronoun.end == end:
        return Claimant(start, end, 0, 0, at, is_pronoun=True)
    known = (
        _has(reading, "offices", start, end)
        or _has(reading, "outlets", start, end)
        or any(start <= area.start and area.end == end for area in reading.areas)
    )
    names = [token for token in tokens[start:end] if token.is_capitalised]
    if not known and not names:
        return None
    if not known and len(names) * 2 < end - start:
        return None
    return Claimant(
        start,
        end,
        tokens[start].start,
        tokens[end - 1].end,
        at,
        is_bare_name=not known,
    )


def _has(reading: Reading, key: str, start: int, end: int) -> bool:
    return reading.has("claimants", key, start, end)
