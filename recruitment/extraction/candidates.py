"""Proposes figures: the sentences of a text read in order, with what was said before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from recruitment.extraction.areas import FOREIGN, Area
from recruitment.extraction.claimants import Claimant, claimants_in, nearest
from recruitment.extraction.counted import Counted, code_of, counted
from recruitment.extraction.dates import Day, dateline, day_of
from recruitment.extraction.durations import duration_of
from recruitment.extraction.languages import languages_of
from recruitment.extraction.metrics import is_refused, metric_of, settled
from recruitment.extraction.numbers import Quantity
from recruitment.extraction.readings import Reading, read
from recruitment.extraction.scopes import scope_of
from recruitment.extraction.sides import side_of
from recruitment.extraction.tokens import sentences_of
from recruitment.extraction.words import words

OWN_SIDE = {"RUS": "russia", "UKR": "ukraine"}
NEED_WAR = frozenset(
    {"returned", "missing", "arrested", "convicted", "offers", "recruited", "wounded"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure as a text seems to claim it; an editor decides."""

    country: str
    metric: str
    side: str
    low: int | None
    high: int | None
    qualifier: str
    scope: str
    claimant_text: str | None
    as_of: date | None
    as_of_precision: str
    passage: str
    start: int
    end: int
    language: str


@dataclass
class _Told:
    """What a text has told so far, for the sentences that refer back."""

    code: str | None = None  # who was counted last
    code_paragraph: int = -9
    metric: str | None = None
    side: str | None = None
    side_paragraph: int = -9
    sides: dict[str, str] = field(default_factory=dict)  # by country
    area: str | None = None  # the country named last that is no party
    area_paragraph: int = -9
    party: str | None = None
    claimant: str | None = None
    claimant_sentence: int = -9
    claimant_paragraph: int = -9
    names: dict[str, str] = field(default_factory=dict)  # by surname, with office


def extract(
    text: str, *, language: str | None = None, published: date | None = None
) -> list[Candidate]:
    """Give the figures that a text seems to claim, in the order of their passages."""
    sentences = sentences_of(text)
    if not sentences:
        return []
    spoken = languages_of(sentences, language)
    readings = [
        read(sentence, words(name))
        for sentence, name in zip(sentences, spoken, strict=True)
    ]
    if not any(area.is_party for reading in readings for area in reading.areas):
        return []
    day = Day(published, "day") if published else _own_day(readings)
    told = _Told()
    found: list[Candidate] = []
    for index, reading in enumerate(readings):
        found += _Sentence(text, reading, index, told, day).candidates()
    return _once(found)


def _own_day(readings: list[Reading]) -> Day | None:
    head = [token for reading in readings[:12] for token in reading.tokens]
    return dateline(head, readings[0].words)


def _once(found: list[Candidate]) -> list[Candidate]:
    """Keep one of equal figures: with a claimant, else from the fuller sentence."""
    best: dict[tuple[object, ...], Candidate] = {}
    for one in found:
        key = (one.country, one.metric, one.side, one.low, one.high)
        held = best.get(key)
        if held is None or _fullness(one) > _fullness(held):
            best[key] = one
    return sorted(best.values(), key=lambda one: (one.start, one.end))


def _fullness(one: Candidate) -> tuple[bool, int]:
    return one.claimant_text is not None, len(one.passage)
