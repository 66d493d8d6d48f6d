"""Which claims exclude each other, count by count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from recruitment import wording
from recruitment.models import Conflict, Figure


@dataclass(frozen=True)
class Pair:
    """Two figures of one count that cannot both hold, the lower one first."""

    lower: Figure
    upper: Figure
    ratio: float | None  # how many times the upper is the lower; None beside a zero

    @property
    def apart(self) -> str:
        return "one says none" if self.ratio is None else wording.times(self.ratio)


@dataclass(frozen=True)
class Contested:
    """One count, and the pairs that contradict each other about it, the widest first."""

    pairs: tuple[Pair, ...]

    @property
    def figure(self) -> Figure:
        """Give one of the figures, which all tell country, side and metric."""
        return self.pairs[0].lower

    @property
    def widest(self) -> Pair:
        return self.pairs[0]

    @property
    def others(self) -> tuple[Pair, ...]:
        return self.pairs[1:]


def contested(conflicts: Iterable[Conflict]) -> list[Contested]:
    """Gather contradictions by count, those that lie furthest apart first."""
    by_key: dict[str, list[Pair]] = {}
    for conflict in conflicts:
        by_key.setdefault(conflict.key, []).append(_pair(conflict))
    found = [
        Contested(tuple(sorted(pairs, key=_rank)))
        for _, pairs in sorted(by_key.items())
    ]
    return sorted(found, key=lambda one: _rank(one.pairs[0]))


def _pair(conflict: Conflict) -> Pair:
    lower, upper = sorted((conflict.one, conflict.other), key=_height)
    return Pair(lower, upper, conflict.ratio)


def _height(figure: Figure) -> float:
    """Rank a figure by its end that is known; the intervals of a pair do not meet."""
    ends = [end for end in (figure.low, figure.high) if end is not None]
    return sum(ends) / len(ends)


def _rank(pair: Pair) -> float:
    return -(inf if pair.ratio is None else pair.ratio)
