"""The axis of days: from the month in which the invasion began to the day of the view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dashboard.charts.time_labels import LETTERS
from dashboard.lettering import width_of
from recruitment.choices import Precision

START = date(2022, 2, 1)
SHORTEST = timedelta(days=60)  # for a view of the war's first days
YEAR = 12


@dataclass(frozen=True)
class Days:
    """Maps days to 0..1."""

    last: date

    @property
    def end(self) -> date:
        return max(self.last, START + SHORTEST)

    def at(self, day: date) -> float:
        share = (day - START) / (self.end - START)
        return min(max(share, 0), 1)

    def ticks(self, width: float, apart: float) -> list[tuple[date, str]]:
        """Choose first days of months whose labels stay `apart` units from each other."""
        step = next(
            step
            for step in _steps()
            if all(
                (self.at(after) - self.at(before)) * width >= apart
                for before, after in pairwise(self._months(step))
            )
        )
        first = f"{START:%Y}" if step >= YEAR else f"{START:%b %Y}"
        return [
            (START, first),
            *(
                (day, f"{day:%Y}" if day.month == 1 else f"{day:%b}")
                for day in self._months(step)
                if self.at(day) * width >= width_of(first, LETTERS) + apart / 2
            ),
        ]

    def _months(self, step: int) -> list[date]:
        """Give the first days of every month, of every second, or as the step says."""
        last = (self.end.year - START.year) * YEAR + self.end.month
        return [
            date(START.year + month // YEAR, month % YEAR + 1, 1)
            for month in range(0, last, step)
            if month >= START.month
        ]


def _steps() -> Iterator[int]:
    """Give months from one label to the next, as clocks and calendars count them."""
    yield from (1, 2, 3, 6)
    years = YEAR
    while True:
        yield from (years, 2 * years, 5 * years)
        years *= 10


def spread_of(day: date, precision: str) -> tuple[date, date] | None:
    """Give the first and last day of a month or a year; None where the day is known."""
    if precision == Precision.YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if precision != Precision.MONTH:
        return None
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
