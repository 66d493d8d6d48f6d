"""A made-up record of any size, the same for the same seed; shaped like the real one.

As in the founding data, a key (country, side, metric) has 1 to 25 figures, most of them
few; a third of the figures count a part; claimants repeat themselves over the years.
Two ways to grow: `wide` adds countries at the same depth, `deep` adds figures to the
same 300 keys.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from recruitment.estimates import WAR_BEGAN, Claimant, Figure

KINDS = (
    *("home_government",) * 4,
    *("independent_media",) * 3,
    *("ukrainian_authority", "russian_authority", "other_government"),
    *("researcher", "ngo", "intelligence", "families"),
)
PARTIES = {"ukrainian_authority": "ukraine", "russian_authority": "russia"}
QUALIFIERS = {
    "exact": 54,
    "about": 14,
    "at_least": 11,
    "more_than": 10,
    "range": 4,
    "order_of_magnitude": 4,
    "almost": 2,
    "up_to": 1,
}
CREDIBILITY = {2: 31, 3: 50, 4: 17, 5: 1, 6: 1}
DEPTHS = {1: 40, 2: 20, 3: 12, 4: 8, 6: 8, 10: 6, 16: 4, 25: 2}  # mean 3.8
DEEP_KEYS = 300
METRICS = ("killed", "recruited", "missing")

type_key = tuple[str, str, str]


def record(
    figures: int, *, deep: bool = False, seed: int = 1
) -> Iterator[tuple[type_key, list[Figure]]]:
    """Give keys with their figures until there are as many figures as asked for."""
    made = keys = 0
    while made < figures:
        rng = random.Random(f"{seed}-{keys}")
        depth = figures // DEEP_KEYS if deep else _choice(rng, DEPTHS)
        depth = min(max(depth, 1), figures - made)
        area = f"A{keys // len(METRICS):06d}"
        key = (area, "russia", METRICS[keys % len(METRICS)])
        yield key, [_figure(rng, area, keys, n, depth) for n in range(depth)]
        made += depth
        keys += 1


def _choice(rng: random.Random, weights: dict[Any, int]) -> Any:
    return rng.choices(list(weights), list(weights.values()))[0]


def _figure(rng: random.Random, area: str, key: int, n: int, depth: int) -> Figure:
    kind = rng.choice(KINDS)
    voice = rng.randrange(max(1, min(depth // 3, 25)))
    home = area if kind == "home_government" else f"B{voice:02d}"
    claimant = Claimant(f"c{key}-{kind}-{voice}", kind, PARTIES.get(kind), home)
    after = rng.randrange(1_500)
    number = int(10 + after * rng.uniform(0.5, 1.5))
    qualifier = _choice(rng, QUALIFIERS)
    low, high = {
        "at_least": (number, None),
        "more_than": (number, None),
        "up_to": (None, number),
        "range": (number, number * 2),
        "order_of_magnitude": (200, 999),
    }.get(qualifier, (number, number))
    is_part = rng.random() < 0.36
    is_own = claimant.party is not None and rng.random() < 0.8
    return Figure(
        slug=f"s{key}-{n}",
        area=area,
        low=low,
        high=high,
        qualifier=qualifier,
        as_of=WAR_BEGAN + timedelta(days=after),
        claimant=claimant,
        counted_by=claimant,
        scope="subset" if is_part else "total",
        scope_note=f"part {rng.randrange(depth)}" if is_part else "",
        evidence=rng.choice(("statement", "statement", "enumerated", "estimate")),
        interest="with" if is_own else "none",
        credibility=_choice(rng, CREDIBILITY),
    )
