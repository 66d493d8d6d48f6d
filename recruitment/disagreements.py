"""Where figures contradict each other or themselves: found and shown, never repaired.

Pure functions over the figures of estimates.py; rules R4, R12 and R14.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import inf

from recruitment.estimates import CUMULATIVE, Figure, lines_of, revises_down

NEAR = timedelta(days=180)
FAR_APART = 1.5
# Who was recruited is in exactly one of these, as far as one claimant counts them.
FATES = ("killed", "returned", "captured_total", "captured_held", "missing", "serving")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two figures of one key that cannot both hold; `one` is the earlier."""

    kind: str  # contradiction (R12) or revised_down (R4)
    one: str
    other: str
    ratio: float | None  # how far apart; None beside a zero


@dataclass(frozen=True, slots=True)
class Identity:
    """R14: one claimant's count of recruits against the sum of what became of them."""

    recruited: str
    parts: tuple[str, ...]
    most: int | None  # the most recruits that the claimant's words allow
    least: int  # the fewest that the parts need

    @property
    def holds(self) -> bool:
        return self.most is None or self.most >= self.least


def conflicts(figures: Sequence[Figure], metric: str) -> Iterator[Conflict]:
    """Find all conflicts within one key."""
    yield from contradictions(figures)
    yield from revisions(figures, metric)


def contradictions(figures: Iterable[Figure]) -> Iterator[Conflict]:
    """R12: link figures of one key and scope by different claimants that exclude each other."""
    by_scope = defaultdict(list)
    for figure in figures:
        if figure.is_used:
            by_scope[figure.label].append(figure)
    for held in by_scope.values():
        held.sort(key=lambda figure: (figure.day, figure.slug))
        for place, one in enumerate(held):
            for other in held[place + 1 :]:
                if other.day - one.day > NEAR:
                    break
                ratio = gap(one, other)
                if one.claimant != other.claimant and ratio > FAR_APART:
                    yield Conflict(
                        "contradiction",
                        one.slug,
                        other.slug,
                        None if ratio == inf else round(ratio, 3),
                    )


def gap(one: Figure, other: Figure) -> float:
    """Say how many times the upper interval's low is the lower one's high; 0 if they meet."""
    lower, upper = sorted((one.bounds, other.bounds), key=lambda bounds: bounds.high)
    if upper.low <= lower.high:
        return 0
    return upper.low / lower.high if lower.high else inf


def revisions(figures: Iterable[Figure], metric: str) -> Iterator[Conflict]:
    """R4: link each figure to the older ones of its series that it takes back."""
    if metric not in CUMULATIVE:
        return
    for series in lines_of(figures).values():
        for older, newer in combinations(series, 2):
            if revises_down(newer, older):
                yield Conflict("revised_down", older.slug, newer.slug, None)


def identities(figures: Sequence[tuple[str, Figure]]) -> Iterator[Identity]:
    """R14: check recruited against what became of them; takes (metric, figure) pairs.

    The figures are those of one area and side. What a claimant only relays is another's
    count and is checked apart, since it may overlap with the claimant's own.
    """
    by_count: dict[tuple[object, date], dict[str, Figure]] = defaultdict(dict)
    for metric, figure in figures:
        if figure.is_used and not figure.is_subset:
            who = (figure.claimant, figure.counted_by)
            by_count[who, figure.day].setdefault(metric, figure)
    for counts in by_count.values():
        recruited = counts.get("recruited")
        fates = {
            metric: counts[metric]
            for metric in FATES
            if metric in counts and counts[metric].low is not None
        }
        if "captured_total" in fates:
            fates.pop("captured_held", None)
        if recruited and fates:
            most = recruited.bounds.high
            yield Identity(
                recruited.slug,
                tuple(part.slug for part in fates.values()),
                None if most == inf else int(most),
                sum(int(part.bounds.low) for part in fates.values()),
            )
