"""Finds for whom they fight.

Words such as "for Russia" decide at once. "Captured by Ukrainian forces" says that they fought for the other side. An army that is only named is where they serve, except
behind "by" and before a capture: then it is the one that killed or took them.
"""

from __future__ import annotations

from recruitment.extraction.counted import Counted
from recruitment.extraction.readings import Reading

TAKEN = frozenset({"captured_held", "captured_total"})
DIRECT = {
    "russia": "russia",
    "ukraine": "ukraine",
    "held_by_ukraine": "russia",
    "held_by_russia": "ukraine",
}
ARMIES = {"russian_army": "russia", "ukrainian_army": "ukraine"}
OTHER_SIDE = "other_side"  # on the other side of the front
OTHER = {"russia": "ukraine", "ukraine": "russia"}


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
    for cue in near:
        if cue.value in ARMIES:
            army = ARMIES[cue.value]
            by = reading.words.at("sides_by", "by", reading.tokens, cue.start - 1)
            took = metric in TAKEN and cue.end <= quantity.start
            if ((metric in TAKEN or metric == "killed") and by) or took:
                return OTHER[army]
            return army
    return None


def _distance(start: int, end: int, first: int, last: int) -> int:
    """Give how far a phrase is; what follows a number is nearer to it than what leads."""
    if start >= last:
        return start - last
    return max(first - end, 0) * 2 if end <= first else 0
