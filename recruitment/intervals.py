"""Estimates for every day: the fewest intervals of days that say so (rule R5, R13).

Pure functions beside estimates.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from recruitment.estimates import (
    Estimate,
    Figure,
    Line,
    estimate_of,
    lines_of,
    seen_through,
    window,
    with_members,
)


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and the days on which it holds: from `from_day`, before `to_day`."""

    from_day: date
    to_day: date | None
    estimate: Estimate


def intervals(figures: Iterable[Figure], metric: str) -> list[Interval]:
    """Estimate one key for every day, as the fewest intervals that say so.

    An estimate can change when a figure comes and when it leaves its window; on such a
    day only that figure's series is seen through anew.
    """
    series = lines_of(figures)
    touched = defaultdict(set)
    for name, members in series.items():
        for figure in members:
            touched[figure.day].add(name)
            touched[figure.day + window(metric) + timedelta(days=1)].add(name)
    lines: dict[tuple[object, ...], Line] = {}

    def after(day: date) -> Estimate:
        anew = {name: series[name] for name in touched[day]}
        lines.update(seen_through(anew, metric, day))
        return estimate_of(lines.values(), metric, day)

    return merged((day, after(day)) for day in sorted(touched))


def group_intervals(
    direct: Sequence[Interval], members: Sequence[tuple[str, Sequence[Interval]]]
) -> list[Interval]:
    """R13 for every day: combine a group's own intervals with its members'."""

    def group(day: date) -> Estimate:
        shares = [(code, on_day(own, day)) for code, own in members]
        return with_members(on_day(direct, day), shares)

    every = [direct, *(own for _, own in members)]
    days = sorted({interval.from_day for own in every for interval in own})
    return merged((day, group(day)) for day in days)


def on_day(held: Sequence[Interval], day: date) -> Estimate:
    """Look up the estimate that holds on a day; empty before the first interval."""
    place = bisect_right(held, day, key=lambda interval: interval.from_day)
    return held[place - 1].estimate if place else Estimate()


def merged(changes: Iterable[tuple[date, Estimate]]) -> list[Interval]:
    """Join neighbouring days with equal estimates; the last interval has no end."""
    held: list[Interval] = []
    for day, drawn in changes:
        if held and held[-1].estimate == drawn:
            continue
        if held:
            held[-1] = replace(held[-1], to_day=day)
        held.append(Interval(day, None, drawn))
    return held
