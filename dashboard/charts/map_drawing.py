"""Where everything on the map goes: its classes, its shapes, and its two drawings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from dashboard.atlas import Shape, atlas
from dashboard.charts.chart import Drawing
from dashboard.lettering import width_of

if TYPE_CHECKING:
    from dashboard.charts.map import Place

MOST_CLASSES = 5
SHADES = 5
# How classes may widen: the first digits of their starts, over and over.
STEPS = ((1, 2, 5), (1, 3), (1,))
SWATCH, AFTER, LINE = (
    36,
    26,
    30,
)  # of the key: a swatch, the room behind a label, a line


@dataclass(frozen=True)
class Band:
    """One class of the key: from a round number to below the next."""

    start: int
    end: int | None  # the start of the next; None for the last, which is open
    shade: int  # 1 lightest to 5 darkest

    @property
    def label(self) -> str:
        if self.end is None:
            return f"{self.start:,} or more"
        if self.start == 0:
            return f"under {self.end:,}"
        if self.end == self.start + 1:
            return f"{self.start:,}"
        return f"{self.start:,}–{self.end - 1:,}"


def bands(numbers: Sequence[int]) -> list[Band]:
    """Part numbers into a few classes that begin at round numbers and widen by ratio."""
    if not numbers:
        return []
    finest = (_starts(numbers, digits) for digits in STEPS)
    starts = next(
        (found for found in finest if len(found) <= MOST_CLASSES),
        _starts(numbers, (1,))[::2],
    )
    if min(numbers) == 0:  # somebody says zero, which no ratio reaches
        starts = [0, *starts[1:]]
    last = len(starts) - 1
    ends = [*starts[1:], None]
    return [
        Band(start, end, 1 + round(place * (SHADES - 1) / last) if last else SHADES - 2)
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _starts(numbers: Sequence[int], digits: Sequence[int]) -> list[int]:
    """Give the round numbers from just below the least number to the greatest."""
    least = max(1, min((one for one in numbers if one), default=1))
    chosen = [1]
    for number in (digit * 10**power for power in count() for digit in digits):
        if number > max(numbers):
            return chosen
        chosen = [number] if number <= least else [*chosen, number]
    raise AssertionError("Round numbers never end.")


@dataclass(frozen=True)
class Panel:
    """A piece of the world, and where in the drawing it stands."""

    x: float
    y: float
    width: float
    box: tuple[float, float, float, float]  # of the atlas: left, top, width, height
    name: str = ""  # of a piece that is shown again, larger and in a frame

    @property
    def scale(self) -> float:
        return self.width / self.box[2]

    @property
    def magnified(self) -> float:
        """Say how much larger arrows and dots are drawn than the shapes beneath them."""
        return round(1 / self.scale, 2)

    @property
    def height(self) -> float:
        return round(self.box[3] * self.scale, 1)

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def viewbox(self) -> str:
        return " ".join(f"{one:g}" for one in self.box)

    def holds(self, shape: Shape) -> bool:
        left, top, width, height = self.box
        return left <= shape.x <= left + width and top <= shape.y <= top + height


@dataclass(frozen=True)
class Layout:
    """The measures of one drawing, in its own units."""

    css_class: str
    width: int
    panels: tuple[Panel, ...]
    key_x: float  # where the shades of the key begin, and ...
    key_y: float
    rest_y: float  # ... where all else begins, unless the shades reach further down
    letter: int  # the largest letters that the style sheet gives this drawing
    is_narrow: bool = False


WORLD = Panel(0, 0, 960, (0, 0, 960, 431))
WIDE = Layout("chart-wide", 960, (WORLD,), 0, 462, 462, 20)
# A whole world of this width would be too small to see a country in: the Old World comes
# first, the Americas below it, and beside them Europe, which is small even so.
EUROPE = Panel(178, 292, 150, (416, 24, 104, 84), "Europe")
OLD_WORLD = Panel(0, 0, 328, (384, 12, 484, 414))
AMERICAS = Panel(0, 292, 164, (88, 34, 262, 376))
NARROW = Layout(
    css_class="chart-narrow",
    width=328,
    panels=(EUROPE, OLD_WORLD, AMERICAS),
    key_x=178,
    key_y=458,
    rest_y=552,
    letter=17,
    is_narrow=True,
)


@dataclass(frozen=True)
class DrawnPlace:
    """A place with its shape and the class that fills it."""

    place: Place
    shape: Shape
    fill: str
    pattern: str  # the id of the pattern that fills it, if any


@dataclass(frozen=True)
class KeyItem:
    """One line of the key: a swatch and what it means."""

    label: str
    x: float
    y: float
    fill: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class Placement:
    """Places on one layout; the template only places what stands here."""

    of: Sequence[Place]
    layout: Layout

    @cached_property
    def bands(self) -> list[Band]:
        return bands([one.number or 0 for one in self.of if one.is_shaded])

    @cached_property
    def drawn(self) -> list[DrawnPlace]:
        """Give the places in the order of drawing: outlines lie over their neighbours."""
        shapes = atlas().shapes
        drawn = [
            self._drawn(one, shapes[one.code]) for one in self.of if one.code in shapes
        ]
        return sorted(drawn, key=lambda one: one.fill == "from-above")

    @property
    def panels(self) -> list[tuple[Panel, list[DrawnPlace], list[DrawnPlace]]]:
        """Give each panel with its places, and with those that led on from an earlier one."""
        panels = []
        seen: list[DrawnPlace] = []
        for panel in self.layout.panels:
            held = [one for one in self.drawn if panel.holds(one.shape)]
            panels.append(
                (
                    panel,
                    [one for one in held if one not in seen],
                    [one for one in held if one in seen],
                )
            )
            seen += held
        return panels

    @property
    def land(self) -> list[str]:
        """Give the paths of all land about which there is nothing to say."""
        said = {one.code for one in self.of}
        world = atlas()
        plain = (shape.path for code, shape in world.shapes.items() if code not in said)
        return [path for path in (*plain, *world.others.values()) if path]

    @property
    def hatch(self) -> str:
        return f"map-hatch-{self.layout.css_class}"

    @property
    def dots(self) -> str:
        return f"map-dots-{self.layout.css_class}"

    @cached_property
    def key(self) -> list[KeyItem]:
        layout = self.layout
        shades = [(one.label, f"shade-{one.shade}", "") for one in self.bands]
        placed = list(self._flow(shades, layout.key_x, layout.key_y))
        below = max([layout.rest_y, *(one.y + LINE for one in placed)])
        return [*placed, *self._flow(self._rest, 0, below)]

    @property
    def elsewhere(self) -> list[tuple[float, DrawnPlace]]:
        """Give the places that no panel shows, each with its line below the key."""
        panels = self.layout.panels
        missed = (
            one
            for one in self.drawn
            if not any(panel.holds(one.shape) for panel in panels)
        )
        return [
            (self.key[-1].y + LINE * line, one) for line, one in enumerate(missed, 1)
        ]

    @property
    def height(self) -> float:
        bottom = max(panel.bottom for panel in self.layout.panels)
        lines = [self.key[-1].y, *(y for y, _ in self.elsewhere)]
        return max(bottom, max(lines) + LINE / 2)

    @property
    def _rest(self) -> list[tuple[str, str, str]]:
        """Give what the key explains beside the shades, as far as it is drawn."""
        fills = {one.fill for one in self.drawn}
        told = [
            ("only a party’s word or a highest claim", "from-above", ""),
            ("no figure for this count now", "no-figure", self.hatch),
            ("named, never counted", "named", self.dots),
        ]
        rest = [one for one in told if one[1] in fills]
        if any(one.place.is_open for one in self.drawn):
            rest.append(("or more", "open", ""))
        return [*rest, ("Russia and Ukraine: not shaded", "at-war", "")]

    def _drawn(self, place: Place, shape: Shape) -> DrawnPlace:
        pattern = ""
        if place.is_at_war:
            fill = "at-war"
        elif place.is_shaded:
            number = place.number or 0
            band = next(one for one in reversed(self.bands) if one.start <= number)
            fill = f"shade-{band.shade}"
        else:
            fill = place.standing.name.lower().replace("_", "-")
            patterns = {"no-figure": self.hatch, "named": self.dots}
            pattern = patterns.get(fill, "")
        return DrawnPlace(place, shape, fill, pattern)

    def _flow(
        self, items: Sequence[tuple[str, str, str]], left: float, top: float
    ) -> Iterator[KeyItem]:
        """Set swatches side by side, as many to a line as fit."""
        x, y = left, top
        for label, fill, pattern in items:
            width = SWATCH + width_of(label, self.layout.letter)
            if x > left and x + width > self.layout.width:
                x, y = left, y + LINE
            yield KeyItem(label, x, y, fill, pattern)
            x = round(x + width + AFTER)


def drawings(of: Sequence[Place]) -> list[Drawing]:
    """Give the wide and the narrow drawing; the narrow one reuses the wide one's shapes."""
    return [_drawing(Placement(of, layout)) for layout in (WIDE, NARROW)]


def _drawing(placement: Placement) -> Drawing:
    layout = placement.layout
    inner = render_to_string(
        "dashboard/charts/map.svg",
        {"placement": placement, "layout": layout, "swatch": SWATCH},
    )
    return Drawing(layout.css_class, layout.width, round(placement.height), inner)
