"""Where each mark of a chart over time goes: its two scales and its two drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from dashboard.charts.chart import Drawing
from dashboard.charts.range_drawing import Scale, shortened
from dashboard.charts.time_axis import START, Days, spread_of
from dashboard.charts.time_labels import LETTERS, Box, Label, Room
from dashboard.lettering import width_of

if TYPE_CHECKING:
    from dashboard.charts.over_time import Break, Claim, Interval, OverTimeChart

REACH = 12  # of a mark, around its middle: what a finger can hit
GAP = 4  # on either side of a break


def scale_of(chart: OverTimeChart) -> Scale:
    numbers = [number for row in chart.rows for number in row.numbers]
    return Scale(max(numbers, default=0))


@dataclass(frozen=True)
class Layout:
    """The measures of one drawing, in its own units."""

    css_class: str
    width: int
    height: int
    left: int
    right: int
    top: int  # of the scale: above it there is room for arrows and remarks
    bottom: int
    tick_gap: int  # between lines across
    label_gap: int  # between labels of days
    label_lengths: tuple[int, ...]  # a name is cut to the first that fits
    is_narrow: bool = False


WIDE = Layout("chart-wide", 960, 456, 84, 948, 58, 424, 34, 52, (48, 30))
NARROW = Layout(
    "chart-narrow", 328, 416, 4, 322, 58, 386, 34, 44, (30, 18), is_narrow=True
)


@dataclass(frozen=True)
class Path:
    """A line or a surface, drawn with the absolute commands M, L, H, V and Z."""

    css: str
    d: str


@dataclass(frozen=True)
class Dot:
    """A mark at one number of a claim."""

    css: str  # low, best, party or high
    x: float
    y: float

    @property
    def tick(self) -> str:
        """Give the line that stands for a lowest number."""
        return f"M{self.x - 8:.1f} {self.y}H{self.x + 8:.1f}"


@dataclass(frozen=True)
class DrawnClaim:
    claim: Claim
    x: float
    y: float
    paths: list[Path]
    dots: list[Dot]
    boxes: list[Box]  # what it covers
    label: Label | None = None

    @property
    def dotted(self) -> Box | None:
        """Give where the line of a claim only from above hangs down."""
        is_only = any(path.css == "claimed" for path in self.paths)
        return Box(self.x - 2, self.y, self.x + 2, inf) if is_only else None

    @property
    def hit(self) -> Box:
        """Give the surface on which a click is this claim's."""
        ys = [dot.y for dot in self.dots]
        return Box(self.x - REACH, min(ys) - REACH, self.x + REACH, max(ys) + REACH)


@dataclass(frozen=True)
class DrawnBreak:
    of: Break
    path: Path
    label: Label | None


@dataclass(frozen=True)
class Placement:
    """A chart on one layout; template and Plotly only place what stands here."""

    of: OverTimeChart
    layout: Layout

    @cached_property
    def scale(self) -> Scale:
        return scale_of(self.of)

    @cached_property
    def days(self) -> Days:
        return Days(self.of.until)

    def x(self, day: date) -> float:
        layout = self.layout
        across = layout.right - layout.left
        return round(layout.left + self.days.at(day) * across, 1)

    def y(self, number: int) -> float:
        layout = self.layout
        up = self.scale.at(number) * (layout.bottom - layout.top)
        return round(layout.bottom - up, 1)

    @cached_property
    def numbers(self) -> list[tuple[float, str]]:
        """Give the lines across, each with its number."""
        layout = self.layout
        chosen = self.scale.ticks(layout.bottom - layout.top, layout.tick_gap)
        return [(self.y(number), f"{number:,}") for number in chosen]

    @cached_property
    def months(self) -> list[tuple[float, str]]:
        layout = self.layout
        across = layout.right - layout.left
        chosen = self.days.ticks(across, layout.label_gap)
        return [(self.x(day), label) for day, label in chosen]

    # The range that held

    @cached_property
    def runs(self) -> list[list[Interval]]:
        """Part the intervals where nothing held, and where a figure was taken back."""
        broken = {one.day for one in self.of.breaks}
        runs: list[list[Interval]] = []
        for one in self.of.intervals:
            last = runs[-1][-1] if runs else None
            if last is None or last.to_day != one.from_day or one.from_day in broken:
                runs.append([])
            runs[-1].append(one)
        return runs

    def _across(self, one: Interval) -> tuple[float, float]:
        """Give where an interval begins and ends, less the gap beside a break."""
        broken = {each.day for each in self.of.breaks}
        last = min(one.to_day or self.days.end, self.days.end)
        start = self.x(one.from_day) + (GAP if one.from_day in broken else 0)
        end = self.x(last) - (GAP if one.to_day in broken else 0)
        return round(start, 1), round(max(start, end), 1)

    @cached_property
    def background(self) -> list[Path]:
        """Give the band, its edges, the line of the best, and arrows at open ends."""
        return [path for run in self.runs for path in self._drawn_run(run)]

    def _drawn_run(self, run: Sequence[Interval]) -> Iterator[Path]:
        for part in _parts(
            run, [has_floor(one) and one.high is not None for one in run]
        ):
            yield Path("cover", self._surface(part))
        for css, values in (
            ("edge", [one.low for one in run]),
            ("edge", [one.high if is_bounded(one) else None for one in run]),
            ("claimed", [None if has_floor(one) else one.high for one in run]),
            ("steps", [one.best for one in run]),
        ):
            for part, numbers in _valued(run, values):
                yield Path(css, self._steps(part, numbers))
        for part in _parts(run, [one.is_open for one in run]):
            # One at the end of the open days says it for all of them.
            end = self._across(part[-1])[1]
            yield self._arrow(round(end - 6, 1), self.y(max(part[-1].numbers)), 3)

    def _steps(self, part: Sequence[Interval], numbers: Sequence[int]) -> str:
        start = self._across(part[0])[0]
        d = f"M{start} {self.y(numbers[0])}"
        for one, number in zip(part, numbers, strict=True):
            d += f"V{self.y(number)}H{self._across(one)[1]}"
        return d

    def _surface(self, part: Sequence[Interval]) -> str:
        there = self._steps(part, [one.high or 0 for one in part])
        back = ""
        for one in reversed(part):
            start, end = self._across(one)
            bottom = self.y(min(one.numbers))
            back += f"L{end} {bottom}L{start} {bottom}"
        return f"{there}{back}Z"

    def _arrow(self, x: float, y: float, away: float) -> Path:
        top = round(y - away - 18, 1)
        return Path(
            "open",
            f"M{x} {round(y - away, 1)}V{top}M{x - 5:.1f} {top + 6:.1f}"
            f"L{x} {top}L{x + 5:.1f} {top + 6:.1f}",
        )

    # The claims

    @cached_property
    def claims(self) -> list[DrawnClaim]:
        """Place the claims by day; each claimant is named beside the newest, if it fits."""
        drawn = [one for one in map(self._drawn, self.of.claims) if one]
        room = self._room(drawn)
        labels: dict[int, Label | None] = {}
        named: set[str] = set()
        ends = {
            url
            for one in self.of.intervals[-1:]
            for url in (one.high_url, one.best_url, one.low_url)
        }
        newest_first = sorted(
            enumerate(drawn), key=lambda one: (one[1].claim.url in ends, one[0])
        )
        for place, one in reversed(newest_first):
            if one.claim.claimant in named:
                continue
            names = dict.fromkeys(
                shortened(one.claim.claimant, length)
                for length in self.layout.label_lengths
            )
            texts = [f"{name}, {one.claim.value}" for name in names]
            top = min(dot.y for dot in one.dots)
            labels[place] = room.place(texts, one.x, top)
            named.add(one.claim.claimant)
        return [
            replace(one, label=labels.get(place)) for place, one in enumerate(drawn)
        ]

    def _drawn(self, claim: Claim) -> DrawnClaim | None:
        if claim.day is None or not START <= claim.day <= self.days.end:
            return None
        x = self.x(claim.day)
        named = [
            (name, number)
            for name in ("low", "best", "high")
            if (number := getattr(claim, name)) is not None
        ]
        ys = [self.y(number) for _, number in named]
        paths = []
        boxes = [Box(x - 9, min(ys) - 8, x + 9, max(ys) + 8)]
        if spread := spread_of(claim.day, claim.precision):
            first, last = spread
            paths.append(_bar(self.x(first), self.x(last), ys[0]))
            boxes.append(Box(self.x(first), ys[0] - 4, self.x(last), ys[0] + 4))
        if len(ys) > 1:
            paths.append(Path("reach", f"M{x} {ys[0]}V{ys[-1]}"))
        elif claim.low is None and claim.best is None:
            paths.append(Path("claimed", f"M{x} {self.layout.bottom}V{ys[0]}"))
        if claim.is_open:
            paths.append(self._arrow(x, ys[-1], 9))
            boxes.append(Box(x - 6, ys[-1] - 30, x + 6, ys[-1]))
        dots = [
            Dot("party" if claim.is_party and name != "high" else name, x, y)
            for (name, _), y in zip(named, ys, strict=True)
        ]
        return DrawnClaim(claim, x, ys[0], paths, dots, boxes)

    def _room(self, drawn: Iterable[DrawnClaim]) -> Room:
        layout = self.layout
        words = [
            Box(0, y - 20, width_of(number, LETTERS) + 8, y)
            for y, number in self.numbers
            if layout.is_narrow
        ]
        words += [one.label.box for one in self.breaks if one.label]
        return Room(
            frame=Box(layout.left, 4, layout.width, layout.bottom - 2),
            marks=[box for one in drawn for box in one.boxes],
            lines=[*self._lines(), *(one.dotted for one in drawn if one.dotted)],
            words=words,
        )

    def _lines(self) -> Iterator[Box]:
        """Give what words had better not cross: the range, its steps, and breaks."""
        for run in self.runs:
            for one, after in zip(run, [*run[1:], run[-1]], strict=True):
                start, end = self._across(one)
                ys = [self.y(number) for number in one.numbers]
                yield Box(start, min(ys) - 2, end, max(ys) + 2)
                ys += [self.y(number) for number in after.numbers]
                yield Box(end - 2, min(ys), end + 2, max(ys))
        for broken in self.breaks:
            x = self.x(broken.of.day)
            yield Box(x - 2, 0, x + 2, self.layout.bottom)

    # The breaks

    @cached_property
    def breaks(self) -> list[DrawnBreak]:
        """Place the breaks; a note that would run into another one is left to its title."""
        layout = self.layout
        drawn: list[DrawnBreak] = []
        taken = 0.0
        for one in self.of.breaks:
            x = self.x(one.day)
            path = Path("break", f"M{x} 8V{layout.bottom}")
            label = Label(one.note, x + 7, 18)
            if label.box.right > layout.width:
                label = Label(one.note, x - 7, 18, "end")
            is_free = label.box.left >= taken
            taken = label.box.right + 12 if is_free else taken
            drawn.append(DrawnBreak(one, path, label if is_free else None))
        return drawn


def _bar(start: float, end: float, y: float) -> Path:
    """Give a line across with an upright at each end."""
    top, bottom = f"{y - 5:.1f}", f"{y + 5:.1f}"
    ends = "".join(f"M{x} {top}V{bottom}" for x in (start, end))
    return Path("extent", f"M{start} {y}H{end}{ends}")


def has_floor(one: Interval) -> bool:
    return one.low is not None or one.best is not None


def is_bounded(one: Interval) -> bool:
    return has_floor(one) and not one.is_open


def _parts(run: Sequence[Interval], wanted: Sequence[bool]) -> list[list[Interval]]:
    """Give the stretches of neighbours that are wanted."""
    parts: list[list[Interval]] = []
    was_wanted = False
    for one, is_wanted in zip(run, wanted, strict=True):
        if is_wanted and not was_wanted:
            parts.append([])
        if is_wanted:
            parts[-1].append(one)
        was_wanted = is_wanted
    return parts


def _valued(
    run: Sequence[Interval], values: Sequence[int | None]
) -> Iterator[tuple[list[Interval], list[int]]]:
    """Give the stretches of neighbours that have a number, with their numbers."""
    known = [number for number in values if number is not None]
    for part in _parts(run, [number is not None for number in values]):
        numbers, known = known[: len(part)], known[len(part) :]
        yield part, numbers


def drawings(chart: OverTimeChart) -> list[Drawing]:
    """Give the wide and the narrow drawing."""
    return [_drawing(Placement(chart, layout)) for layout in (WIDE, NARROW)]


def _drawing(placement: Placement) -> Drawing:
    inner = render_to_string("dashboard/charts/over_time.svg", {"placement": placement})
    layout = placement.layout
    return Drawing(layout.css_class, layout.width, layout.height, inner)
