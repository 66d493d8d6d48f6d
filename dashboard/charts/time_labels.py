"""Words beside the marks of a crowded drawing: each where nothing lies yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dashboard.lettering import width_of

LETTERS = 15  # the size of text, as in the style sheet


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Label:
    text: str
    x: float
    y: float  # of the line that the letters stand on
    anchor: str = "start"  # or middle, or end
    leader: str = ""  # a line to a mark that is not right beside it

    @cached_property
    def box(self) -> Box:
        width = width_of(self.text, LETTERS)
        left = self.x - width * {"start": 0, "middle": 0.5, "end": 1}[self.anchor]
        return Box(left, self.y - 13, left + width, self.y + 4)


def _around(text: str, x: float, y: float) -> Iterator[tuple[int, Label]]:
    """Give the places near a mark, each with what it costs: a level one is clearest."""
    for cost, anchor, at, line in (
        (0, "start", x + 13, y + 5),
        (0, "end", x - 13, y + 5),
        (1, "start", x + 9, y - 10),
        (1, "start", x + 9, y + 20),
        (1, "end", x - 9, y - 10),
        (1, "end", x - 9, y + 20),
        (3, "middle", x, y - 14),
        (3, "middle", x, y + 25),
    ):
        yield cost, Label(text, round(at, 1), round(line, 1), anchor)
    for cost, away in enumerate((26, 44, 62), 5):
        for up in (-away, away):
            for out, anchor in ((-18, "end"), (18, "start")):
                leader = (
                    f"M{x + out / 3:.1f} {y + up / away * 12:.1f}"
                    f"L{x + out / 1.2:.1f} {y + up:.1f}"
                )
                place = round(x + out, 1), round(y + up + 5, 1)
                yield cost, Label(text, *place, anchor, leader)


@dataclass
class Room:
    """What is taken already; finds a place for words beside a mark."""

    frame: Box
    marks: list[Box]
    lines: list[Box]
    words: list[Box] = field(default_factory=list)

    def place(self, texts: Sequence[str], x: float, y: float) -> Label | None:
        """Give the best free place beside a mark; None where all are taken.

        The first of the texts is the fullest; one line left free is worth a shorter one.
        """
        found = [
            (cost + length + 2 * sum(map(label.box.meets, self.lines)), label)
            for length, text in enumerate(texts)
            for cost, label in _around(text, x, y)
            if self.holds(label.box)
        ]
        if not found:
            return None
        _, label = min(found, key=lambda one: one[0])
        self.words.append(label.box)
        return label

    def holds(self, box: Box) -> bool:
        inside = (
            self.frame.left <= box.left
            and box.right <= self.frame.right
            and self.frame.top <= box.top
            and box.bottom <= self.frame.bottom
        )
        return inside and not any(map(box.meets, [*self.marks, *self.words]))
