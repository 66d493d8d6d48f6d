"""The world map's geometry, projected and simplified by deploy/assets/atlas.mjs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True)
class Shape:
    """One country on the map."""

    code: str
    path: str  # for <path d>; empty where the map is too coarse for the country
    x: float  # a point well inside the country's largest part
    y: float
    is_small: bool  # cannot be seen, or hit, without a dot at that point


@dataclass(frozen=True)
class Atlas:
    """Every ISO country but Antarctica, in one drawing's units."""

    width: int
    height: int
    shapes: Mapping[str, Shape]
    others: Mapping[str, str]  # paths of land that has no ISO code, by its name

    @property
    def viewbox(self) -> str:
        return f"0 0 {self.width} {self.height}"


@cache
def atlas() -> Atlas:
    drawn = json.loads(Path(__file__).with_name("atlas.json").read_text())
    shapes = {
        code: Shape(
            code=code,
            path=country.get("d", ""),
            x=country["at"][0],
            y=country["at"][1],
            is_small=country.get("small", False),
        )
        for code, country in drawn["countries"].items()
    }
    return Atlas(
        width=drawn["width"],
        height=drawn["height"],
        shapes=MappingProxyType(shapes),
        others=MappingProxyType(drawn["others"]),
    )
