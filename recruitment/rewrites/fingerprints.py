"""What a text is compared by: it can be kept where the text itself may not be.

Names, quotations and runs of words are kept as digests alone; numbers as they are.
"""

from __future__ import annotations

import base64
import re
import zlib
from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from typing import Any, Literal

from recruitment.extraction import Candidate, extract
from recruitment.extraction.languages import languages_of
from recruitment.extraction.tokens import Sentence, sentences_of
from recruitment.rewrites.credits import Credit, credits_in
from recruitment.rewrites.names import names_in
from recruitment.rewrites.numerals import numerals_in, numerals_in_words, rarity

type_kind = Literal["number", "name", "quotation", "figure"]

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
QUOTATION = re.compile(r"“([^“”\n]{3,400})”|«([^«»\n]{3,400})»|\"([^\"\n]{3,400})\"")
LINE = re.compile(r"[^\n]+")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
RUN = 4  # words
MOST_RUNS = 20_000
MOST_MARKS = 2_000
NAME_WEIGHT = 0.5
QUOTATION_WEIGHT = 0.8
SCARE_WEIGHT = 0.3  # of one or two quoted words
LEAST_FIGURE_WEIGHT = 0.3  # even a small number is told from others by whom it counts


@dataclass(frozen=True, slots=True)
class Mark:
    """What a copy keeps: a number, a name, quoted words or a figure, and where it is."""

    kind: type_kind
    value: str
    weight: float
    start: int
    end: int
    sentence: int
    paragraph: int
    day: str | None = None  # of a figure, where it is known exactly


@dataclass(frozen=True)
class Fingerprint:
    """All that is needed of a text to compare it with another."""

    marks: tuple[Mark, ...] = ()
    runs: Mapping[int, int] = field(default_factory=dict)  # digest: sentence
    credits: tuple[Credit, ...] = ()
    sentences: int = 0
    is_cyrillic: bool = False

    @cached_property
    def first_marks(self) -> dict[tuple[str, str], Mark]:
        """Give the first of equal marks."""
        found: dict[tuple[str, str], Mark] = {}
        for mark in self.marks:
            found.setdefault((mark.kind, mark.value), mark)
        return found

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(mark.kind for mark in self.marks)

    def as_json(self) -> dict[str, Any]:
        """Give plain values, some 15 kB for a long article; no sentence is in them."""
        return {
            "marks": [list(astuple(mark)) for mark in self.marks],
            "runs": [_packed(self.runs), _packed(self.runs.values())],
            "credits": [list(astuple(credit)) for credit in self.credits],
            "sentences": self.sentences,
            "is_cyrillic": self.is_cyrillic,
        }

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Fingerprint:
        return cls(
            marks=tuple(Mark(*values) for values in held["marks"]),
            runs=dict(zip(*map(_unpacked, held["runs"]), strict=True)),
            credits=tuple(Credit(*values) for values in held["credits"]),
            sentences=held["sentences"],
            is_cyrillic=held["is_cyrillic"],
        )


def fingerprint_of(
    text: str,
    *,
    language: str | None = None,
    published: date | None = None,
    candidates: Sequence[Candidate] | None = None,
    outlets: Iterable[str] = (),
) -> Fingerprint:
    """Take a text's fingerprint; `candidates` are its figures, if they were read before.

    `outlets` are names that it may credit, besides the agencies and papers known here.
    """
    sentences = sentences_of(text)
    if candidates is None:
        candidates = extract(text, language=language, published=published)
    marks = sorted(
        _marks(text, sentences, languages_of(sentences, language), candidates),
        key=lambda mark: (mark.start, mark.kind, mark.value),
    )
    runs = runs_in(text)
    starts = [sentence.start for sentence in sentences]
    return Fingerprint(
        marks=tuple(marks[:MOST_MARKS]),
        runs={
            run: max(bisect(starts, start) - 1, 0)
            for run, (start, _) in islice(runs.items(), MOST_RUNS)
        },
        credits=credits_in(text, outlets),
        sentences=len(sentences),
        is_cyrillic=len(CYRILLIC.findall(text)) * 2 > len(text),
    )


def figure_value(
    country: str, metric: str, low: int | None, high: int | None
) -> tuple[str, float]:
    """Give what equal figures have in common, and how much it tells that texts share it.

    "More than 200" and "200" are one number, said in two ways.
    """
    bounds = sorted({bound for bound in (low, high) if bound is not None})
    value = f"{country} {metric} {'–'.join(map(str, bounds))}"
    return value, max(LEAST_FIGURE_WEIGHT, *map(rarity, bounds))


def _marks(
    text: str,
    sentences: Sequence[Sentence],
    languages: Sequence[str],
    candidates: Sequence[Candidate],
) -> Iterator[Mark]:
    if not sentences:
        return
    starts = [sentence.start for sentence in sentences]

    def mark(kind: type_kind, value: str, weight: float, start: int, end: int) -> Mark:
        place = max(bisect(starts, start) - 1, 0)
        return Mark(kind, value, weight, start, end, place, sentences[place].paragraph)

    for number in (*numerals_in(text), *numerals_in_words(sentences, languages)):
        if weight := rarity(number.value):
            yield mark("number", str(number.value), weight, number.start, number.end)
    for name, start, end in names_in(text):
        yield mark("name", digest(name), NAME_WEIGHT, start, end)
    for match in QUOTATION.finditer(text):
        words = WORD.findall(match.group().lower())
        weight = QUOTATION_WEIGHT if len(words) > 2 else SCARE_WEIGHT
        yield mark("quotation", digest(" ".join(words)), weight, *match.span())
    for one in candidates:
        value, weight = figure_value(one.country, one.metric, one.low, one.high)
        yield mark("figure", value, weight, one.start, one.end)


def runs_in(text: str) -> dict[int, tuple[int, int]]:
    """Give the runs of four words that stand outside quotations, and where they stand.

    What people said is quoted by everybody; the words around it are the writer's.
    """
    found: dict[int, tuple[int, int]] = {}
    own = QUOTATION.sub(lambda match: "\n" * len(match.group()), text)
    for line in LINE.finditer(own):
        words = list(WORD.finditer(own, line.start(), line.end()))
        for place in range(len(words) - RUN + 1):
            run = words[place : place + RUN]
            hashed = zlib.crc32(" ".join(word.group().lower() for word in run).encode())
            found.setdefault(hashed, (run[0].start(), run[-1].end()))
    return found


def digest(words: str) -> str:
    return blake2b(words.encode(), digest_size=6).hexdigest()


def _packed(numbers: Iterable[int]) -> str:
    return base64.b64encode(array("I", numbers).tobytes()).decode()


def _unpacked(written: str) -> array[int]:
    return array("I", base64.b64decode(written))
