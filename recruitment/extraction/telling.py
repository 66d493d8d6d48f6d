"""What a text has told so far: whom it spoke of last, for the sentences that refer back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from recruitment.extraction.areas import FOREIGN, Area
from recruitment.extraction.claimants import Claimant
from recruitment.extraction.counted import Counted, code_of
from recruitment.extraction.readings import Reading

OWN_SIDE = {"RUS": "russia", "UKR": "ukraine"}


@dataclass
class Telling:
    """The thread of a text; paragraphs are numbered from 0."""

    text: str
    topic: str | None = None  # the country named most, apart from the parties
    code: str | None = None  # who was counted last
    paragraph: int = -1
    metric: str | None = None
    side: str | None = None
    area: str | None = None  # the last country named, apart from the parties
    party: str | None = None
    claimant: str | None = None
    claimant_age: int = 0  # sentences since it spoke
    sides: dict[str, str] = field(default_factory=dict)  # by who was counted
    introduced: dict[str, str] = field(default_factory=dict)  # a name, with its office

    def enter(self, reading: Reading) -> None:
        """Forget what does not reach over the end of a paragraph."""
        self.claimant_age += 1
        if reading.sentence.paragraph != self.paragraph:
            self.paragraph = reading.sentence.paragraph
            self.claimant = self.metric = self.side = None

    def leave(self, reading: Reading) -> None:
        """Remember the countries of a sentence."""
        for area in reading.areas:
            if area.is_party:
                self.party = area.code
            elif area.code != FOREIGN:
                self.area = area.code


def topic_of(readings: list[Reading]) -> str | None:
    """Give the country that a text is about: most of what it names, parties apart."""
    named = Counter(
        area.code
        for reading in readings
        for area in reading.areas
        if not area.is_party and area.code != FOREIGN
    )
    if not named:
        return None
    code, times = named.most_common(1)[0]
    return code if times * 2 > named.total() else None
