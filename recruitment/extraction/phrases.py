"""Finding the lexicon's phrases among tokens, in time that grows with the text alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from recruitment.extraction.tokens import Token, folded

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Match(Generic[Value]):
    """A phrase that stands at tokens `start` to `end` (not included)."""

    start: int
    end: int
    value: Value


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a phrase: `saved`, a stem `gone*`, or `=US` with its own capitals."""

    text: str
    is_stem: bool
    is_exact: bool

    @classmethod
    def read(cls, written: str) -> _Word:
        if written.startswith("="):
            return cls(written[1:], False, True)
        return cls(folded(written.rstrip("*")), written.endswith("*"), False)

    def fits(self, token: Token) -> bool:
        if self.is_exact:
            return token.text.replace(".", "") == self.text
        if self.is_stem:
            return token.folded.startswith(self.text)
        return token.folded == self.text


@dataclass
class Phrases(Generic[Value]):
    """Phrases by their first word, so that each token is looked up and never scanned for.

    Where several fit, the one of most words goes first, then the one of most letters.
    """

    capitalised: bool = False
    _lengths: set[int] = field(default_factory=set)  # of the stems
    _whole: dict[str, list[tuple[list[_Word], Value]]] = field(default_factory=dict)
    _stems: dict[str, list[tuple[list[_Word], Value]]] = field(default_factory=dict)

    @classmethod
    def read(
        cls, lists: Mapping[Value, Iterable[str]], *, capitalised: bool = False
    ) -> Phrases[Value]:
        phrases = cls(capitalised)
        for value, written in lists.items():
            for phrase in written:
                phrases.add(phrase, value)
        return phrases

    def add(self, phrase: str, value: Value) -> None:
        words = [_Word.read(word) for word in phrase.split()]
        first = words[0]
        table = self._stems if first.is_stem else self._whole
        if first.is_stem:
            self._lengths.add(len(first.text))
        table.setdefault(folded(first.text), []).append((words, value))

    def at(self, tokens: Sequence[Token], place: int) -> Match[Value] | None:
        """Give the best phrase that begins at a token."""
        token = tokens[place]
        if token.kind == "number" or (self.capitalised and not token.is_capitalised):
            return None
        best: tuple[int, int, Value] | None = None
        for words, value in self._beginning(token.folded):
            if place + len(words) <= len(tokens) and _fit(words, tokens, place):
                size = (len(words), sum(len(word.text) for word in words))
                if best is None or size > best[:2]:
                    best = (*size, value)
        return Match(place, place + best[0], best[2]) if best else None

    def all(self, tokens: Sequence[Token]) -> list[Match[Value]]:
        """Give the phrases from left to right; none overlaps another."""
        found = []
        place = 0
        while place < len(tokens):
            match = self.at(tokens, place)
            if match:
                found.append(match)
            place = match.end if match else place + 1
        return found

    def _beginning(self, word: str) -> list[tuple[list[_Word], Value]]:
        found = self._whole.get(word, [])
        for length in self._lengths:
            if stems := self._stems.get(word[:length]):
                found = found + stems
        return found


def _fit(words: list[_Word], tokens: Sequence[Token], place: int) -> bool:
    for word in words:
        if not word.fits(tokens[place]):
            return False
        place += 1
    return True
