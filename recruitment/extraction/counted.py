"""Who is counted, as far as a number's own words say."""

from __future__ import annotations

from dataclasses import dataclass

from recruitment.extraction.areas import FOREIGN, Area
from recruitment.extraction.numbers import Quantity


@dataclass(frozen=True, slots=True)
class Counted:
    """Whom a number counts, as far as its own words say.

    kind: people · units (soldiers of any army) · accused (recruiters, suspects) · countries ·
    elliptical (97 had joined).
    """

    quantity: Quantity
    kind: str
    end: int
    areas: tuple[Area, ...] = ()
    metric: str | None = None
    is_back: bool = False  # 13 of them
    is_own: bool = False  # 5,000 of its citizens
    is_mixed: bool = False  # from India, Nepal and Cuba; from 40 countries
    is_listed: bool = False  # Kenya (200)


def code_of(found: Counted) -> str | None:
    """Give the country or group that the number's own words name."""
    codes = list(dict.fromkeys(area.code for area in found.areas))
    if found.is_mixed:
        return codes[0] if len(codes) == 1 and codes[0] != FOREIGN else FOREIGN
    named = [code for code in codes if code != FOREIGN]
    if "NATURALISED" in named:
        return "NATURALISED"  # newly naturalised Russians
    return named[0] if named else (codes[0] if codes else None)
