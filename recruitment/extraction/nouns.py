"""Walks from a number to the noun that it counts, and on to where they are from."""

from __future__ import annotations

from dataclasses import dataclass, field

from recruitment.extraction.areas import Area
from recruitment.extraction.numbers import DASHES
from recruitment.extraction.readings import Reading

LONGEST = (
    9  # words between a number and the noun that it counts, or where they are from
)
MOST_UNKNOWN = 3
QUOTES = frozenset("\"'“”«»‘’„")


@dataclass
class Scan:
    areas: list[Area] = field(default_factory=list)
    kind: str = ""
    metric: str | None = None
    unknown: int = 0
    is_own: bool = False
    is_mixed: bool = False


def noun(reading: Reading, place: int, scan: Scan) -> int:
    """Walk to the noun; what stands before it may be adjectives, also of countries."""
    words, tokens = reading.words, reading.tokens
    limit = min(place + LONGEST, reading.ceiling(place))
    while place < limit:
        token = tokens[place]
        if area := reading.area_at(place):
            scan.areas.append(area)
            scan.unknown = 0
            place = area.end
            continue
        if token.text in QUOTES or token.text in DASHES or token.text == "/":
            place += 1
            continue
        if not token.is_word:
            break
        if match := words.at("people", "accused", tokens, place):
            scan.kind = "accused"
            return match.end
        if match := words.at("people", "others", tokens, place):
            scan.kind = "people" if _goes_to_war(reading, match.end) else "other"
            return match.end
        if match := words.section("head_metrics").at(tokens, place):
            behind = not words.at("functions", "origin", tokens, match.end) and (
                reading.area_at(match.end) or is_person(reading, match.end)
            )
            if not (behind and not scan.areas):
                scan.kind, scan.metric = "people", match.value
                cue = words.section("metrics").at(tokens, place)
                if cue and cue.end > match.end:  # killed or wounded
                    scan.metric = cue.value
                    return cue.end
                return match.end
            place = match.end
            continue
        if match := words.at("people", "units", tokens, place):
            scan.kind = "units"
            return _behind_units(reading, match.end, scan)
        if match := words.at("people", "nouns", tokens, place):
            scan.kind = "people"
            return match.end
        if match := words.at("functions", "countries", tokens, place):
            scan.kind = "countries"
            return match.end
        if match := words.at("functions", "own", tokens, place):
            scan.is_own = True
            place = match.end
            continue
        if match := words.at("functions", "adjectives", tokens, place):
            place = match.end
            continue
        cue = words.section("metrics").at(tokens, place)
        if cue and not scan.areas and is_person(reading, cue.end):
            area = reading.area_at(cue.end)
            if not (cue.value == "recruited" and area and area.is_party):
                place = cue.end
                continue  # not 530 joined Russian forces
        if cue and words.at("people", "others", tokens, cue.end):
            scan.kind = "other"  # six recruitment agencies
            return place
        if cue or words.at("functions", "verbs", tokens, place):
            break
        if words.at("functions", "articles", tokens, place):
            place += 1
            continue
        scan.unknown += 1
        if scan.unknown > MOST_UNKNOWN:
            break
        place += 1
    if scan.areas and _may_be_noun(reading, scan.areas[-1]):
        scan.kind = "people"
        return scan.areas[-1].end
    return place


def origin(reading: Reading, place: int, scan: Scan) -> int:
    """Read on behind the noun: citizens of Nepal; people from India, Nepal and Cuba."""
    words, tokens = reading.words, reading.tokens
    end, steps, listed = place, 0, 0
    while place < len(tokens) and steps < LONGEST:
        if area := reading.area_at(place):
            if area.is_party and (scan.is_own or (scan.kind == "units" and scan.areas)):
                break  # its citizens from the Russian army
            scan.areas.append(area)
            place = end = area.end
            listed += 1
            continue
        if words.at("functions", "mostly", tokens, place):
            break  # people from the continent, mostly from Cameroon
        if words.at("functions", "own", tokens, place):
            scan.is_own = True
            end = place = place + 1
        elif (
            match := (
                words.at("functions", "origin", tokens, place)
                or words.at("functions", "articles", tokens, place)
                or words.at("people", "nouns", tokens, place)
                or words.at("people", "units", tokens, place)
            )
        ) or (
            (listed or steps < 2)
            and (match := words.at("functions", "and", tokens, place))
            and (reading.area_at(match.end) or is_person(reading, match.end))
        ):
            place = match.end
        elif listed and tokens[place].text == "," and reading.area_at(place + 1):
            place += 1
        elif behind := _behind_countries(reading, place):
            # 1,436 citizens of 36 African countries
            scan.areas += [
                area for area in reading.areas if place <= area.start <= behind
            ]
            scan.is_mixed = True
            return behind
        else:
            break
        steps += 1
    scan.is_mixed |= listed > 1 and len({area.code for area in scan.areas}) > 1
    return end


def _goes_to_war(reading: Reading, place: int) -> bool:
    """Whether it is told of others that they fight: deserters who left to fight for it."""
    tokens, ceiling = reading.tokens, reading.ceiling(place)
    if not reading.words.at("functions", "relative", tokens, place):
        return False
    return any(place < cue.start < ceiling for cue in reading.sides) and any(
        place < cue.start < ceiling for cue in reading.cues
    )


def _behind_units(reading: Reading, place: int, scan: Scan) -> int:
    """Read on: "troop fatalities"; "soldiers dispatched by North Korea"."""
    words, tokens = reading.words, reading.tokens
    if place >= len(tokens):
        return place
    if head := words.section("head_metrics").at(tokens, place):
        scan.metric = head.value
        return head.end
    sent = words.at("metrics", "state_deployed", tokens, place)
    by = sent and words.at("functions", "sent_by", tokens, sent.end)
    if by and (area := reading.area_at(by.end)):
        scan.areas.append(area)
    return place


def _may_be_noun(reading: Reading, area: Area) -> bool:
    """Whether a demonym stands for people itself: 23 Nepalese and three Indians."""
    tokens, words, place = reading.tokens, reading.words, area.end
    if place >= len(tokens) or not tokens[place].is_word:
        return True
    return bool(
        tokens[area.end - 1].folded.endswith(("s", "ese", "men"))
        or words.language != "en"
        or words.at("functions", "verbs", tokens, place)
        or words.section("metrics").at(tokens, place)
        or tokens[place].folded.endswith("ly")
    )


def is_person(reading: Reading, place: int) -> bool:
    """Whether a country or a noun for people stands within two words."""
    return any(
        reading.area_at(near)
        or reading.words.at("people", "nouns", reading.tokens, near)
        or reading.words.at("people", "units", reading.tokens, near)
        for near in (place, place + 1)
    )


def _behind_countries(reading: Reading, place: int) -> int | None:
    """Give where "40 countries" ends, if it stands here."""
    for one in reading.quantities:
        if one.start == place:
            for near in range(one.end, one.end + 3):
                if match := reading.words.at(
                    "functions", "countries", reading.tokens, near
                ):
                    return match.end
    return None
