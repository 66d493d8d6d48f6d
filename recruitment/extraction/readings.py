"""A sentence with all that the lexicon finds in it, looked up once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recruitment.extraction.areas import Area, areas_in
from recruitment.extraction.numbers import Quantity, quantities_in
from recruitment.extraction.phrases import Match
from recruitment.extraction.tokens import Sentence, Token
from recruitment.extraction.words import Words


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence holds, each by the place of its tokens."""

    sentence: Sentence
    words: Words
    areas: tuple[Area, ...]
    quantities: tuple[Quantity, ...]
    cues: tuple[Match[str], ...]
    sides: tuple[Match[str], ...]
    spoken: frozenset[int] = frozenset()  # where areas stand in names of who says it
    asides: frozenset[int] = frozenset()  # of who says it, between two commas

    @property
    def tokens(self) -> Sequence[Token]:
        return self.sentence.tokens

    def has(self, section: str, key: str, start: int, end: int) -> bool:
        """Whether a phrase of a list begins between two tokens."""
        return any(
            self.words.at(section, key, self.tokens, place)
            for place in range(max(start, 0), min(end, len(self.tokens)))
        )

    def is_mark(self, place: int, marks: frozenset[str]) -> bool:
        return 0 <= place < len(self.tokens) and self.tokens[place].text in marks

    def area_at(self, place: int) -> Area | None:
        return next((area for area in self.areas if area.start == place), None)

    def floor(self, place: int) -> int:
        """Give where the words that lead up to a place begin: behind the last number."""
        return max((one.end for one in self.quantities if one.end <= place), default=0)

    def ceiling(self, place: int) -> int:
        """Give where the words that follow a place end: before the next number."""
        starts = (one.start for one in self.quantities if one.start >= place)
        return next(starts, len(self.tokens))


def read(sentence: Sentence, words: Words) -> Reading:
    tokens = sentence.tokens
    areas = areas_in(tokens, words.language)
    quantities = quantities_in(tokens, words)
    quantities += _last_of_lists(tokens, areas, quantities, words)
    return Reading(
        sentence,
        words,
        tuple(areas),
        tuple(sorted(quantities, key=lambda one: one.start)),
        tuple(words.section("metrics").all(tokens)),
        tuple(words.section("sides").all(tokens)),
    )


def _last_of_lists(
    tokens: Sequence[Token],
    areas: Sequence[Area],
    quantities: Sequence[Quantity],
    words: Words,
) -> list[Quantity]:
    """Give the one at the end of a list of counts: nine Togolese and a Beninese."""
    counted = {
        one.end for one in quantities if any(one.end == area.start for area in areas)
    }
    starts = {area.end for area in areas if area.start in counted}
    return [
        Quantity(area.start - 1, area.start - 1, area.start, 1, 1, "exact")
        for area in areas
        if words.at("number_words", "single", tokens, area.start - 1)
        and (
            words.at("functions", "and", tokens, area.start - 2)
            or tokens[area.start - 2].text == ","
        )
        and {area.start - 2, area.start - 3} & starts
        and (
            area.end >= len(tokens)
            or not tokens[area.end].is_word
            or words.at("functions", "and", tokens, area.end)
        )
        and not any(one.start <= area.start - 1 < one.end for one in quantities)
    ]
