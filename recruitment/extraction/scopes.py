"""Tells a count of all whom the claimant knows of from one of a part."""

from __future__ import annotations

from recruitment.extraction.counted import Counted
from recruitment.extraction.readings import Reading

JUSTICE = frozenset({"arrested", "convicted"})
# Told case by case, of a few at a time, in the record and in the news.
OF_A_FEW = JUSTICE | {"captured_total"}


def scope_of(reading: Reading, found: Counted, metric: str, last: str | None) -> str:
    """Give total, unless the clause names a list, unit, network, place or period.

    Those counted without a noun are of those counted last: three of the 14 of one unit.
    """
    quantity = found.quantity
    start, end = reading.floor(quantity.start), reading.ceiling(quantity.end)
    if reading.has("scopes", "total", start, end):
        return "total"
    if (
        found.is_listed
        or metric in OF_A_FEW
        or reading.has("scopes", "subset", start, end)
    ):
        return "subset"
    return (last if found.kind == "elliptical" else None) or "total"
