"""How a claimant's own counts held up: what it raised, took back, and who came near.

Pure functions over the figures of estimates.py. They count what happened; they do not say
that anybody was right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from recruitment.estimates import (
    CORROBORATION,
    CUMULATIVE,
    Figure,
    lines_of,
    revises_down,
    within,
)

LATER = timedelta(days=180)  # how long another may take to count the same
ENOUGH = 5  # of fewer, a share or a median says nothing


@dataclass(frozen=True, slots=True)
class Revisions:
    """How often a newer figure of a growing count went above or below the older one."""

    raised: int
    lowered: int


@dataclass(frozen=True, slots=True)
class Matches:
    """How often another origin counted the same a little later, and came near."""

    totals: int  # what could be matched: totals with a number
    compared: int  # those of them that another origin counted in the half-year after
    matched: int  # those of them to whose number another came near

    @property
    def share(self) -> float | None:
        """Give the share that was matched, where enough were compared."""
        return self.matched / self.compared if self.compared >= ENOUGH else None


def held_up(
    claimant: str, keys: Iterable[tuple[str, Sequence[Figure]]]
) -> tuple[Revisions, Matches]:
    """Add up, over keys told by metric and figures, what became of a claimant's counts."""
    revised, matched = [], []
    for metric, figures in keys:
        own = own_counts(claimant, figures)
        revised.append(revisions(own, metric))
        matched.append(matches(own, figures))
    return (
        Revisions(
            raised=sum(one.raised for one in revised),
            lowered=sum(one.lowered for one in revised),
        ),
        Matches(
            totals=sum(one.totals for one in matched),
            compared=sum(one.compared for one in matched),
            matched=sum(one.matched for one in matched),
        ),
    )


def own_counts(claimant: str, figures: Iterable[Figure]) -> list[Figure]:
    """Keep what a claimant counted itself, whoever relayed it, as far as R0 uses it."""
    return [one for one in figures if one.counted_by.slug == claimant and one.is_used]


def revisions(own: Iterable[Figure], metric: str) -> Revisions:
    """Count rises (any growth) and falls (R4) in a key's series, from figure to figure."""
    if metric not in CUMULATIVE:
        return Revisions(0, 0)
    pairs = [pair for line in lines_of(own).values() for pair in pairwise(line)]
    return Revisions(
        raised=sum(newer.bounds.low > older.bounds.low for older, newer in pairs),
        lowered=sum(revises_down(newer, older) for older, newer in pairs),
    )


def matches(own: Iterable[Figure], figures: Sequence[Figure]) -> Matches:
    """Compare a claimant's totals in a key with those that others gave later.

    Later is the same day or up to half a year after. Another is another origin (R10):
    who counted, not who relayed. Near is within a quarter of the number, as R10 asks.
    """
    totals = [one for one in own if _is_total(one)]
    others = [
        [
            other.point
            for other in figures
            if _is_total(other)
            and other.counted_by.origin != one.counted_by.origin
            and one.day <= other.day <= one.day + LATER
        ]
        for one in totals
    ]
    return Matches(
        totals=len(totals),
        compared=sum(bool(points) for points in others),
        matched=sum(
            any(within(one.point or 0, point or 0, CORROBORATION) for point in points)
            for one, points in zip(totals, others, strict=True)
        ),
    )


def median_lag(days: Iterable[tuple[date, date]]) -> float | None:
    """Give the median of days from what a figure is for to its first page, if enough."""
    lags = [(published - as_of).days for as_of, published in days]
    return median(lags) if len(lags) >= ENOUGH else None


def _is_total(figure: Figure) -> bool:
    return figure.is_used and not figure.is_subset and figure.point is not None
