"""The axis of days: from the month in which the invasion began to the day of the view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dashboard.charts.time_labels import LETTERS
from dashboard.lettering import width_of
from recruitment.choices import Precision

START = date(2022, 2, 1)
SHORTEST = timedelta(days=60)  # for a view of the war's first days
YEAR = 12
MONTHS_APART = (1, 2, 3, 6, YEAR, 2 * YEAR, 5 * YEAR)


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
        months = (self.end.year - START.year) * 12 + self.end.month - START.month
        for step in MONTHS_APART:
            days = [
                date(START.year + month // 12, month % 12 + 1, 1)
                for month in range(START.month - 1, START.month + months)
                if month % step == 0
            ]
            places = [self.at(day) * width for day in days]
            if all(after - before >= apart for before, after in pairwise(places)):
                break
        first = f"{START:%Y}" if step >= YEAR else f"{START:%b %Y}"
        return [
            (START, first),
            *(
                (day, f"{day:%Y}" if day.month == 1 else f"{day:%b}")
                for day, place in zip(days, places, strict=True)
                if place >= width_of(first, LETTERS) + apart / 2 and day <= self.end
            ),
        ]


def spread_of(day: date, precision: str) -> tuple[date, date] | None:
    """Give the first and last day of a month or a year; None where the day is known."""
    if precision == Precision.YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if precision != Precision.MONTH:
        return None
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
