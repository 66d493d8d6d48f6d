"""What a text has told so far: whom it spoke of last, for the sentences that refer back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from recruitment.extraction.areas import FOREIGN
from recruitment.extraction.claimants import Claimant
from recruitment.extraction.metrics import LISTED
from recruitment.extraction.numbers import Quantity
from recruitment.extraction.proposal import Proposal
from recruitment.extraction.readings import Reading
from recruitment.extraction.sides import (
    ARMIES,
    DIRECT,
    OTHER,
    OTHER_SIDE,
    USUAL,
    recruiter_in,
)

STATES = {"russia": "RUS", "ukraine": "UKR"}
ISO = 3  # letters of a country's code; groups have more
LEAST_CLEAR = 3  # mentions of the country that a text is about
NEXT = 1  # paragraphs over which a count is still spoken of


@dataclass
class Telling:
    """The thread of a text; paragraphs are numbered from 0."""

    topic: str | None = None  # the country named most, apart from the parties
    main_side: str | None = None  # the side that the text names first
    paragraph: int = -1
    # Who was counted last, what was said of them, for whom they fought, and where.
    code: str | None = None
    metric: str | None = None
    side: str | None = None
    kind: str = ""
    scope: str | None = None
    counted_in: int = -1
    area: str | None = None  # the last country named, apart from the parties
    area_in: int = -1
    foreign_in: int = -9  # where foreigners were last spoken of
    party: str | None = None
    heard_side: str | None = None  # the side named last
    heard_in: int = -9
    claimant: str | None = None
    # How often each country was counted on each side.
    sides: dict[str, Counter[str]] = field(default_factory=dict)
    main_metric: str | None = None  # what was told last of all, not of a part of them
    hint: str | None = None  # what was last said of people, counted or not
    hinted_in: int = -9
    was_part: bool = False  # the last count was of a part of them
    has_counted: bool = False  # in this sentence
    is_area_newer: bool = False  # a country was named since somebody was counted
    introduced: dict[str, str] = field(default_factory=dict)  # a name, with its office
    # Whom each number counted: "of the 1,846" means them again.
    wholes: dict[tuple[int | None, int | None], str] = field(default_factory=dict)

    def enter(self, reading: Reading) -> None:
        """Forget what does not reach over the end of a paragraph."""
        self.has_counted = False
        if reading.sentence.paragraph != self.paragraph:
            self.paragraph = reading.sentence.paragraph
            self.claimant = self.metric = self.main_metric = self.scope = None
        elif self.was_part and self.main_metric:
            self.metric = self.main_metric
        self.was_part = False
        if any(cue.value == OTHER_SIDE for cue in reading.sides):
            known = self.heard_side or self.side or self.main_side or "russia"
            self.heard_side, self.heard_in = OTHER[known], self.paragraph
            self.side = None

    def count(self, one: Proposal, metric: str, kind: str, *, is_part: bool) -> None:
        """Remember whom the text has just counted, and what it said of them."""
        self.wholes[one.quantity.bounds] = one.country
        self.code, self.side, self.scope = one.country, one.side, one.scope
        self.metric, self.kind = metric, kind
        self.counted_in = self.paragraph
        self.is_area_newer, self.has_counted = False, True
        self.sides.setdefault(one.country, Counter())[one.side] += 1
        self.was_part = is_part
        if not is_part:
            self.main_metric = metric
            self.hint, self.hinted_in = metric, self.paragraph

    def tell(self, side: str, metric: str | None) -> None:
        """Remember what was said of people of so many countries."""
        if metric and not self.has_counted:
            self.metric = self.main_metric = metric
            self.side, self.counted_in = side, self.paragraph
            self.code, self.kind = FOREIGN, "people"
            self.is_area_newer, self.has_counted = False, True

    def hinted(self) -> str | None:
        """Give what a list is of that says nothing itself: Egypt (361), Ghana (234)."""
        return self.hint if self.paragraph - self.hinted_in <= NEXT + 1 else None

    def side_for(self, code: str) -> str:
        """Give the side where a sentence names none: theirs before, else the text's."""
        if self.side and self.paragraph == self.counted_in and code == self.code:
            return self.side
        if self.heard_side and self.paragraph == self.heard_in:
            return self.heard_side
        counts = self.sides.get(code, Counter[str]()).most_common(2)
        if (
            code != FOREIGN
            and counts
            and counts[0][1] > counts[-1][1] * (len(counts) - 1)
        ):
            return counts[0][0]
        if code in USUAL:
            return USUAL[code]
        if self.side and self.paragraph == self.counted_in:
            return self.side
        if self.heard_side and self.paragraph - self.heard_in <= NEXT + 1:
            return self.heard_side
        return self.main_side or "russia"

    def name(self, speaker: Claimant | None, text: str) -> str | None:
        """Give the words for who speaks; a pronoun and silence mean whoever spoke last."""
        if speaker is None or speaker.is_pronoun:
            return self.claimant
        written = text[speaker.text_start : speaker.text_end]
        if speaker.is_bare_name:
            return self.introduced.get(written.split()[-1], written)
        return written

    def hear(self, speaker: Claimant, text: str) -> None:
        """Remember who spoke; a name with its office is told once and then shortened."""
        self.claimant = self.name(speaker, text)
        if self.claimant and not speaker.is_bare_name:
            for word in self.claimant.split():
                if word[:1].isupper():
                    self.introduced[word] = self.claimant

    def name_only(self, quantity: Quantity, code: str | None) -> None:
        """Remember people of whom nothing was told yet: 335 Kenyans, of whom 94 died."""
        if code:
            self.wholes[quantity.bounds] = code
            if self.counted_in != self.paragraph:
                self.side = None
            self.code, self.counted_in = code, self.paragraph
            self.is_area_newer, self.has_counted = False, True

    def newest(self, reading: Reading) -> str | None:
        """Give the country that may still be meant: named, or counted, last of all."""
        here = reading.sentence.paragraph
        if self.is_area_newer and self.area_in == here:
            return self.area
        if self.counted_in != here and self.topic in self.sides:
            return self.topic  # a new paragraph comes back to what the text is about
        return self.code if here - self.counted_in <= NEXT else None

    def group(self, reading: Reading) -> str | None:
        """Give the group of countries that was counted in this paragraph: Africans."""
        is_here = self.counted_in == reading.sentence.paragraph
        is_group = self.code and len(self.code) > ISO and self.code != FOREIGN
        return self.code if is_here and is_group else None

    def last(self, reading: Reading) -> str | None:
        """Give the country last spoken of, if not too long ago; else who was counted."""
        here = reading.sentence.paragraph
        if self.area and here - self.area_in <= NEXT:
            return self.area
        if here - self.foreign_in <= NEXT:
            return FOREIGN
        return self.code or self.topic

    def party_in(self, reading: Reading) -> str:
        """Give the party whose army a sentence names, else the one that it names first."""
        for cue in reading.sides:
            if cue.value in ARMIES:
                return STATES[ARMIES[cue.value]]
        named = (area.code for area in reading.areas if area.is_party)
        return next(named, None) or self.party or "RUS"

    def leave(self, reading: Reading) -> None:
        """Remember the countries and the side of a sentence, and what it tells."""
        told = [cue.value for cue in reading.cues]
        if told and not self.has_counted:
            clear = [value for value in told if value != LISTED]
            self.hint = clear[0] if clear else "recruited"
            self.hinted_in = self.paragraph
        if recruiter := recruiter_in(reading):
            self.heard_side, self.heard_in = recruiter, self.paragraph
        for cue in reading.sides:
            if cue.value in DIRECT:
                self.heard_side, self.heard_in = DIRECT[cue.value], self.paragraph
        for area in reading.areas:
            if area.is_party:
                self.party = area.code
            elif area.code == FOREIGN:
                self.foreign_in = self.paragraph
            elif area.kind == "name" or self.area_in != self.paragraph:
                # The embassy in Warsaw is only a place where a country is spoken of.
                self.area, self.area_in = area.code, self.paragraph
                self.is_area_newer |= not self.has_counted


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
    second = max(
        (named[one] for one in named if one != code and len(one) == ISO), default=0
    )
    is_clear = times >= LEAST_CLEAR and times >= 2 * second
    return code if times * 2 > named.total() or is_clear else None


def main_side_of(readings: list[Reading]) -> str | None:
    """Give the side that a text names first: what it is about stands at its head.

    If it names none, it is that of most of those whom it names.
    """
    named = (
        side
        for reading in readings
        for cue in reading.sides
        if cue.value != "russian_ministry"
        and (side := DIRECT.get(cue.value) or ARMIES.get(cue.value))
    )
    usual = Counter(
        USUAL[area.code]
        for reading in readings
        for area in reading.areas
        if area.code in USUAL
    )
    return next(named, None) or next((side for side, _ in usual.most_common(1)), None)
