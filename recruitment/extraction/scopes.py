"""Tells a count of all whom the claimant knows of from one of a part."""

from __future__ import annotations

from recruitment.extraction.counted import Counted
from recruitment.extraction.readings import Reading


def scope_of(reading: Reading, found: Counted) -> str:
    """Give total, unless the clause names a list, unit, network, place or period."""
    quantity = found.quantity
    start, end = reading.floor(quantity.start), reading.ceiling(quantity.end)
    if reading.has("scopes", "total", start, end):
        return "total"
    if found.is_listed or reading.has("scopes", "subset", start, end):
        return "subset"
    return "total"
