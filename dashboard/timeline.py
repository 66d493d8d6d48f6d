"""Figures and responses by the month that they are about, the newest month first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from recruitment.choices import Precision
from recruitment.models import Figure, Response

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
EXACT = (Precision.DAY, Precision.MONTH)


@dataclass(frozen=True)
class Event:
    """One figure or one response, with the day of the month where that is known."""

    day: int | None
    figure: Figure | None = None
    response: Response | None = None


@dataclass(frozen=True)
class Month:
    name: str
    events: list[Event]


@dataclass(frozen=True)
class Year:
    name: str
    months: list[Month]


def years(figures: Iterable[Figure], responses: Iterable[Response]) -> list[Year]:
    """Sort events into the months of their years; what has no day comes last."""
    held: dict[int, dict[int, list[tuple[str, Event]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in figures:
        year, month, day = _place(one.as_of, one.as_of_precision)
        held[year][month].append((one.slug, Event(day, figure=one)))
    for other in responses:
        year, month, day = _place(other.date, other.date_precision)
        held[year][month].append((other.slug, Event(day, response=other)))
    return [
        Year(
            str(year or "Undated"),
            [
                Month(_name(year, month), _in_order(held[year][month]))
                for month in sorted(held[year], reverse=True)
            ],
        )
        for year in sorted(held, reverse=True)
    ]


def _place(moment: date | None, precision: str) -> tuple[int, int, int | None]:
    """Give year, month and day; zero for a year or month that is not known."""
    if moment is None:
        return 0, 0, None
    month = moment.month if precision in EXACT else 0
    return moment.year, month, moment.day if precision == Precision.DAY else None


def _name(year: int, month: int) -> str:
    if month:
        return MONTHS[month - 1]
    return "Month not known" if year else "Day not known"


def _in_order(events: list[tuple[str, Event]]) -> list[Event]:
    """Put the newest day first, and last what is known by its month alone."""
    events.sort(key=lambda pair: (-(pair[1].day or 0), pair[0]))
    return [event for _, event in events]
