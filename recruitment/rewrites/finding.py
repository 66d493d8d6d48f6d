"""From comparisons to parents: which known texts, or which other files, a text rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from recruitment.rewrites.comparing import Comparison, compare, type_pair
from recruitment.rewrites.fingerprints import Fingerprint, runs_in

LIKELY = 0.5  # from this score on, two texts are called one report
MOST_PARENTS = 5
MOST_STATEMENTS = 12
MOST_SENTENCES = 3
WIDEST = 320  # characters of a passage
SENTENCE = re.compile(r"[.!?…][”»\")]*\s+|\n+")


@dataclass(frozen=True)
class Known:
    """A text, or a source of the record, as far as it is known.

    `wordings` are the words of figures, by what `figure_value` makes of them: what there is
    to show of a source whose text is not at hand.
    """

    name: str
    fingerprint: Fingerprint
    text: str | None = None
    published: date | None = None
    publisher: str | None = None
    wordings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that two texts share, with its passage in each; None is not at hand."""

    kind: str
    shared: tuple[str, ...]
    passage: str | None
    parent_passage: str | None


@dataclass(frozen=True, slots=True)
class Parent:
    """A text that another is likely to be a rewrite of."""

    name: str
    score: float
    evidence: tuple[Evidence, ...]


def find_parents(
    new: Known, known: Iterable[Known], *, well_known: Collection[int] = ()
) -> list[Parent]:
    """Give the known texts that are likely one report with a new one, the likeliest first.

    `well_known` are numbers that prove less, since many give them independently.
    """
    found = []
    for one in known:
        comparison = _compare(new, one, well_known)
        if comparison.score >= LIKELY:
            found.append((comparison, one))
    found.sort(key=lambda pair: (-pair[0].score, pair[1].name))
    return [_parent(new, one, comparison) for comparison, one in found[:MOST_PARENTS]]


def find_among(
    texts: Sequence[Known], *, well_known: Collection[int] = ()
) -> Iterator[tuple[str, Parent]]:
    """Give each text of a report, but for the likeliest original, with its parent.

    All texts of one report lead to the same original, the most where it is their own
    likeness that shows it, the others by way of the text that they are most like.
    """
    scores = {
        (one.name, other.name): comparison
        for one, other in combinations(texts, 2)
        if (comparison := _compare(one, other, well_known)).score >= LIKELY
    }
    by_name = {text.name: text for text in texts}
    for report in _reports(by_name, scores):
        original = _original([by_name[name] for name in report])
        for name in report:
            if name == original.name:
                continue
            alike = {
                (pair[1] if pair[0] == name else pair[0]): comparison.score
                for pair, comparison in scores.items()
                if name in pair
            }
            parent = original.name
            if parent not in alike:
                parent = max(alike, key=lambda other: (alike[other], other))
            one, other = by_name[name], by_name[parent]
            yield name, _parent(one, other, _compare(one, other, well_known))


def _compare(one: Known, other: Known, well_known: Collection[int]) -> Comparison:
    return compare(
        one.fingerprint,
        other.fingerprint,
        publishers=(one.publisher, other.publisher),
        well_known=well_known,
    )


def _reports(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Part the names into reports: whatever is linked, over others too, is one."""
    report = {name: [name] for name in names}
    for one, other in pairs:
        if report[one] is not report[other]:
            report[one] += report[other]
            for name in report[other]:
                report[name] = report[one]
    return list({id(held): held for held in report.values()}.values())


def _original(texts: Sequence[Known]) -> Known:
    """Choose the earliest text where all days are known, else the one that tells most.

    A text that bears an agency's mark goes first: it is nearer to the agency's own.
    """
    if all(text.published for text in texts):
        return min(texts, key=lambda text: (text.published or date.max, text.name))
    return min(
        texts,
        key=lambda text: (
            not any(credit.of_whole for credit in text.fingerprint.credits),
            -len(text.fingerprint.first_marks),
            text.name,
        ),
    )


def _parent(new: Known, parent: Known, comparison: Comparison) -> Parent:
    evidence = [
        *_statements(new, parent, comparison.statements),
        *_repeated(new, parent, comparison.repeated),
        *_credits(new, parent, comparison.credits),
    ]
    return Parent(parent.name, comparison.score, tuple(evidence))


def _statements(
    new: Known, parent: Known, statements: Sequence[Sequence[type_pair]]
) -> Iterator[Evidence]:
    heaviest = sorted(
        statements, key=lambda pairs: -sum(mark.weight for mark, _ in pairs)
    )
    for pairs in heaviest[:MOST_STATEMENTS]:
        here = [mark for mark, _ in pairs]
        there = [mark for _, mark in pairs]
        kinds = Counter(mark.kind for mark in here)
        main = next(
            kind for kind in ("figure", "number", "quotation", "name") if kind in kinds
        )
        values = tuple(mark.value for mark in here)
        words = [new.text[mark.start : mark.end] for mark in here] if new.text else []
        wordings = [parent.wordings.get(mark.value, "") for mark in there]
        yield Evidence(
            kind=main,
            shared=tuple(words) if main != "figure" else values,
            passage=passage(new.text, [(mark.start, mark.end) for mark in here]),
            parent_passage=" … ".join(filter(None, wordings))
            or passage(parent.text, [(mark.start, mark.end) for mark in there]),
        )


def _repeated(
    new: Known, parent: Known, sentences: Sequence[int]
) -> Iterator[Evidence]:
    """Show the sentences that repeat most of the other's words."""
    if not sentences or new.text is None:
        return
    here = runs_in(new.text)
    there = runs_in(parent.text) if parent.text else {}
    shared: dict[int, list[int]] = {}
    for run, sentence in new.fingerprint.runs.items():
        if run in parent.fingerprint.runs and run in here:
            shared.setdefault(sentence, []).append(run)
    longest = sorted(sentences, key=lambda sentence: -len(shared.get(sentence, ())))
    for sentence in longest[:MOST_SENTENCES]:
        runs = shared[sentence]
        yield Evidence(
            kind="words",
            shared=tuple(
                " ".join(new.text[start:end].split())
                for start, end in _joined(here[run] for run in runs)
            ),
            passage=passage(new.text, [here[run] for run in runs]),
            parent_passage=passage(
                parent.text, [there[run] for run in runs if run in there]
            ),
        )


def _joined(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join runs that overlap to the longest that the sentence repeats."""
    begin = finish = -1
    for start, end in sorted(places):
        if start > finish:
            if finish > 0:
                yield begin, finish
            begin = start
        finish = end
    if finish > 0:
        yield begin, finish


def _credits(new: Known, parent: Known, names: Sequence[str]) -> Iterator[Evidence]:
    for name in names:
        places = [
            [
                (credit.start, credit.end)
                for credit in text.fingerprint.credits
                if credit.name == name
            ]
            for text in (new, parent)
        ]
        yield Evidence(
            kind="credit",
            shared=(name,),
            passage=passage(new.text, places[0]),
            parent_passage=passage(parent.text, places[1]),
        )


def passage(text: str | None, places: Sequence[tuple[int, int]]) -> str | None:
    """Give the sentences around some places of a text, cut where they are too wide."""
    if text is None or not places:
        return None
    start = min(start for start, _ in places)
    end = min(max(end for _, end in places), start + WIDEST)
    ends = [
        match.end() for match in SENTENCE.finditer(text, max(0, start - WIDEST), start)
    ]
    begin = ends[-1] if ends else max(0, start - WIDEST)
    close = SENTENCE.search(text, end)
    finish = min(close.start() + 1 if close else len(text), begin + WIDEST * 2)
    return text[begin:finish].strip()
