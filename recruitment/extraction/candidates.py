"""Proposes figures: the sentences of a text read in order, with what was said before."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from recruitment.extraction.dates import Day, dateline, day_of
from recruitment.extraction.languages import languages_of
from recruitment.extraction.proposal import Proposal
from recruitment.extraction.proposing import proposals
from recruitment.extraction.readings import Reading, read
from recruitment.extraction.sides import ARMIES, DIRECT
from recruitment.extraction.tables import Table, tables_in
from recruitment.extraction.telling import Telling, main_side_of, topic_of
from recruitment.extraction.tokens import sentences_of
from recruitment.extraction.words import words

_Fullness = tuple[bool, bool, int]

# A text is about the war throughout if one in so many of its paragraphs speaks of it.
SHARE_OF_WAR = 3


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
    telling = Telling(topic_of(readings), main_side_of(readings))
    war = _paragraphs_of_war(readings)
    paragraphs = readings[-1].sentence.paragraph + 1
    is_of_war = len(war) * SHARE_OF_WAR >= paragraphs
    found: list[tuple[_Fullness, Candidate]] = []
    main = Counter(spoken).most_common(1)[0][0]
    tables = deque(tables_in(text, words(main)))
    for reading in readings:
        while tables and tables[0].end <= reading.sentence.start:
            found += _of_table(text, tables.popleft(), main, telling, day)
        if tables and tables[0].start < reading.sentence.end:
            continue  # its lines are no sentences
        about_war = is_of_war or bool(
            war & {reading.sentence.paragraph + step for step in (-1, 0, 1)}
        )
        telling.enter(reading)
        for one in proposals(reading, telling, text, about_war=about_war):
            fullness = _fullness(reading, one)
            found.append((fullness, _candidate(text, reading, one, day)))
        telling.leave(reading)
    for table in tables:
        found += _of_table(text, table, main, telling, day)
    return _once(found)


def _of_table(
    text: str, table: Table, language: str, telling: Telling, published: Day | None
) -> Iterator[tuple[_Fullness, Candidate]]:
    """Give the figures of a table; who made it stands elsewhere, if anywhere."""
    for cell in table.cells:
        passage = text[cell.start : cell.end]
        yield (
            (False, True, len(passage)),
            Candidate(
                country=cell.area.code,
                metric=cell.metric,
                side=telling.side_for(cell.area.code),
                low=cell.quantity.low,
                high=cell.quantity.high,
                qualifier=cell.quantity.qualifier,
                scope="subset",
                claimant_text=None,
                as_of=published.day if published else None,
                as_of_precision=published.precision if published else "unknown",
                passage=passage,
                start=cell.start,
                end=cell.end,
                language=language,
            ),
        )


def _candidate(
    text: str, reading: Reading, one: Proposal, published: Day | None
) -> Candidate:
    start, end = reading.tokens[one.start].start, reading.tokens[one.end - 1].end
    day = day_of(reading, one.quantity, published)
    return Candidate(
        country=one.country,
        metric=one.metric,
        side=one.side,
        low=one.quantity.low,
        high=one.quantity.high,
        qualifier=one.quantity.qualifier,
        scope=one.scope,
        claimant_text=one.claimant,
        as_of=day.day if day else None,
        as_of_precision=day.precision if day else "unknown",
        passage=text[start:end],
        start=start,
        end=end,
        language=reading.words.language,
    )


def _paragraphs_of_war(readings: list[Reading]) -> set[int]:
    return {
        reading.sentence.paragraph
        for reading in readings
        if reading.has("context", "war", 0, len(reading.tokens))
        or any(cue.value in DIRECT or cue.value in ARMIES for cue in reading.sides)
    }


def _own_day(readings: list[Reading]) -> Day | None:
    head = [token for reading in readings[:12] for token in reading.tokens]
    return dateline(head, readings[0].words)


def _fullness(reading: Reading, one: Proposal) -> _Fullness:
    """Rank the places that give one figure: a claimant; no "the"; more words.

    Headlines and leads are short; "the 700,000 troops" were told of before.
    """
    article = reading.words.at(
        "functions", "articles", reading.tokens, one.quantity.start - 1
    )
    length = reading.sentence.end - reading.sentence.start
    return one.claimant is not None, article is None, length


def _once(found: list[tuple[_Fullness, Candidate]]) -> list[Candidate]:
    """Keep the fullest place of each figure."""
    best: dict[tuple[object, ...], tuple[_Fullness, Candidate]] = {}
    for fullness, one in found:
        key = (one.country, one.metric, one.side, one.low, one.high)
        if key not in best or fullness >= best[key][0]:
            best[key] = fullness, one
    kept = [one for _, one in best.values()]
    return sorted(kept, key=lambda one: (one.start, one.end))
