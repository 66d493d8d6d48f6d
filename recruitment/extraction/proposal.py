"""A figure as one sentence seems to claim it."""

from __future__ import annotations

from dataclasses import dataclass

from recruitment.extraction.numbers import Quantity


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure as one sentence seems to claim it; tokens `start` to `end` say so."""

    quantity: Quantity
    country: str
    metric: str
    side: str
    scope: str
    claimant: str | None
    start: int
    end: int
