"""What a text is compared by: it can be kept where the text itself may not be.

Names, quotations and runs of words are kept as digests alone; numbers as they are.
"""

from __future__ import annotations

import base64
import re
import zlib
from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, Literal

from recruitment.rewrites.credits import Credit, credits_in
from recruitment.rewrites.numerals import numerals_in, rarity

type_kind = Literal["number", "name", "quotation"]

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
QUOTATION = re.compile(r"“([^“”\n]{3,400})”|«([^«»\n]{3,400})»|\"([^\"\n]{3,400})\"")
# Two capitalised words or more; of, de and the like may stand between them.
NAME = re.compile(
    r"(?<![\w.])[A-ZÀ-ÞĀ-ŽА-ЯЁЄІЇҐ][\w’'-]+(?:[ -][A-ZÀ-ÞĀ-ŽА-ЯЁЄІЇҐ][\w’'-]+)+"
)
SENTENCE_END = re.compile(r"[.!?…][\"”»’)]*\s+(?=[^\W\d_a-zа-яіїєґß-ÿ]|[“«\"])|\n")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
RUN = 4  # words
MOST_RUNS = 20_000
MOST_MARKS = 2_000
NAME_WEIGHT = 0.4
QUOTATION_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a copy keeps: a number, a name or quoted words, and where it is."""

    kind: type_kind
    value: str
    weight: float
    start: int
    end: int
    sentence: int
    paragraph: int


@dataclass(frozen=True)
class Fingerprint:
    """All that is needed of a text to compare it with another."""

    marks: tuple[Mark, ...]
    runs: frozenset[int]
    credits: tuple[Credit, ...]
    words: int
    is_cyrillic: bool

    @cached_property
    def first_marks(self) -> dict[tuple[str, str], Mark]:
        """Give the first of equal marks."""
        found: dict[tuple[str, str], Mark] = {}
        for mark in self.marks:
            found.setdefault((mark.kind, mark.value), mark)
        return found

    def as_json(self) -> dict[str, Any]:
        """Give plain values, some kilobytes for an article; no sentence is in them."""
        return {
            "marks": [list(asdict(mark).values()) for mark in self.marks],
            "runs": base64.b85encode(array("I", sorted(self.runs)).tobytes()).decode(),
            "credits": [list(asdict(credit).values()) for credit in self.credits],
            "words": self.words,
            "is_cyrillic": self.is_cyrillic,
        }

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Fingerprint:
        return cls(
            marks=tuple(Mark(*values) for values in held["marks"]),
            runs=frozenset(array("I", base64.b85decode(held["runs"]))),
            credits=tuple(Credit(*values) for values in held["credits"]),
            words=held["words"],
            is_cyrillic=held["is_cyrillic"],
        )


def fingerprint_of(text: str, outlets: Iterable[str] = ()) -> Fingerprint:
    """Take the fingerprint of a text; `outlets` are further names that it may credit."""
    marks = sorted(_marks(text), key=lambda mark: (mark.start, mark.kind))
    return Fingerprint(
        marks=tuple(marks[:MOST_MARKS]),
        runs=frozenset(list(runs_in(text))[:MOST_RUNS]),
        credits=credits_in(text, outlets),
        words=sum(1 for _ in WORD.finditer(text)),
        is_cyrillic=len(CYRILLIC.findall(text)) * 2 > len(text) / 2,
    )


def _marks(text: str) -> Iterator[Mark]:
    sentences = [match.end() for match in SENTENCE_END.finditer(text)]
    paragraphs = [match.end() for match in re.finditer("\n", text)]

    def mark(kind: type_kind, value: str, weight: float, start: int, end: int) -> Mark:
        sentence, paragraph = bisect(sentences, start), bisect(paragraphs, start)
        return Mark(kind, value, weight, start, end, sentence, paragraph)

    for number in numerals_in(text):
        if weight := rarity(number.value):
            yield mark("number", str(number.value), weight, number.start, number.end)
    for match in NAME.finditer(text):
        name = digest(match.group().lower())
        yield mark("name", name, NAME_WEIGHT, *match.span())
    for match in QUOTATION.finditer(text):
        words = " ".join(word_list(match.group()))
        if len(words) > 3:
            yield mark("quotation", digest(words), QUOTATION_WEIGHT, *match.span())


def runs_in(text: str) -> dict[int, tuple[int, int]]:
    """Give the runs of four words that stand outside quotations, and where they stand.

    What people said is quoted by everybody; the words around it are the writer's.
    """
    found: dict[int, tuple[int, int]] = {}
    own = QUOTATION.sub(lambda match: "\n" * len(match.group()), text)
    words = [(m.group().lower(), m.start(), m.end()) for m in WORD.finditer(own)]
    for place in range(len(words) - RUN + 1):
        run = words[place : place + RUN]
        hashed = zlib.crc32(" ".join(word for word, _, _ in run).encode())
        found.setdefault(hashed, (run[0][1], run[-1][2]))
    return found


def word_list(text: str) -> list[str]:
    return [match.group().lower() for match in WORD.finditer(text)]


def digest(words: str) -> str:
    return blake2b(words.encode(), digest_size=6).hexdigest()
