"""Finds for whom they fight.

Words such as "for Russia" decide at once. "Captured by Ukrainian forces" says that they fought for the other side. An army that is only named is where they serve, except
behind "by" and before a capture: then it is the one that killed or took them.
"""

from __future__ import annotations

from recruitment.extraction.counted import Counted
from recruitment.extraction.metrics import TAKEN
from recruitment.extraction.readings import Reading
from recruitment.extraction.words import read, split

DIRECT = {
    "russia": "russia",
    "ukraine": "ukraine",
    "held_by_ukraine": "russia",
    "held_by_russia": "ukraine",
}
ARMIES = {
    "russian_army": "russia",
    "russian_ministry": "russia",  # which signs contracts, and speaks of the other side's
    "ukrainian_army": "ukraine",
}
USUAL = {code: side for side, codes in read("sides").items() for code in split(codes)}
ARRIVED = "arrived"  # in Ukraine: of mercenaries, unless an army is named
OTHER_SIDE = "other_side"  # on the other side of the front
OTHER = {"russia": "ukraine", "ukraine": "russia"}
OWN = {"RUS": "russia", "UKR": "ukraine"}
NEAR = 3
FAR = 6


def side_of(reading: Reading, found: Counted, metric: str) -> str | None:
    """Give the side that a sentence names for those who are counted."""
    quantity = found.quantity
    near = sorted(
        reading.sides,
        key=lambda cue: _distance(cue.start, cue.end, quantity.start, found.end),
    )
    for cue in near:
        if cue.value in DIRECT:
            return DIRECT[cue.value]
    if recruiter := recruiter_in(reading):
        return recruiter
    for cue in near:
        if cue.value in ARMIES:
            army = ARMIES[cue.value]
            by = reading.words.at("sides_by", "by", reading.tokens, cue.start - 1)
            took = metric in TAKEN and _takes(reading, cue.end, quantity.start)
            if ((metric in TAKEN or metric == "killed") and by) or took:
                return OTHER[army]
            return army
    if any(cue.value == ARRIVED for cue in near) and reading.has(
        "people", "foreign", 0, len(reading.tokens)
    ):
        return "ukraine"
    return None


def _distance(start: int, end: int, first: int, last: int) -> int:
    """Give how far a phrase is; what follows a number is nearer to it than what leads."""
    if start >= last:
        return start - last
    return max(first - end, 0) * 2 if end <= first else 0


def _takes(reading: Reading, start: int, end: int) -> bool:
    """Whether an army takes prisoners: its first verb is one of capture."""
    if start > end:
        return False
    verbs = [cue.value for cue in reading.cues if start <= cue.start < end]
    return not verbs or verbs[0] in TAKEN


def recruiter_in(reading: Reading) -> str | None:
    """Give the side that recruits: Russia has contracted 300; recruited by Moscow."""
    words, tokens = reading.words, reading.tokens
    for cue in reading.cues:
        if cue.value != "recruited":
            continue
        for area in reading.areas:
            if not area.is_party:
                continue
            by = any(
                (match := words.at("sides_by", "by", tokens, place))
                and match.end == area.start
                for place in (cue.end, cue.end + 1)
            )
            between = range(area.end, cue.start)
            says = any(
                words.at("sides_by", "itself", tokens, place) for place in between
            ) and any(words.at("claimants", "says", tokens, place) for place in between)
            if says and len(between) <= FAR:
                return OWN[area.code]  # Ukraine's army says it has enlisted
            told = [place for place in between if tokens[place].is_word]
            leads = len(told) <= NEAR and all(
                words.at("functions", "verbs", tokens, place)
                or words.at("sides_by", "too", tokens, place)
                or tokens[place].folded.endswith("ly")
                for place in told
            )
            if by or (area.end <= cue.start and leads and area.kind == "name"):
                return OWN[area.code]
    return None
