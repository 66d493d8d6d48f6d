"""Whether two texts are one report: how much of the same they tell, and in what order.

What two texts share is parted into statements, since whoever quotes a ministry quotes all
of its numbers: a statement counts once, whatever it holds. One that both share proves
nothing. Several, from different places, in the same order, are a copy's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import sqrt

from recruitment.rewrites.fingerprints import Fingerprint, Mark

type_pair = tuple[Mark, Mark]

NEAR = 250  # characters; further apart, two numbers of a paragraph are two statements
FURTHER = 0.3  # what each further mark adds to the weight of its statement …
MOST = 1.5  # … which never weighs more than this
WELL_KNOWN = 0.4  # what is left of a number's weight that many report independently
DAYS = 3  # by which two copies of a figure may differ
# Below the first a sum of evidence is chance, above the second it is certain.
STATEMENTS = (1.5, 3.5)  # weight of the shared statements
SENTENCES = (0.05, 0.35)  # share of sentences that repeat others' words
FEWEST_SENTENCES = 3
SHARED_RUNS = 2  # runs of four words, so five words in all, make a repeated sentence
CREDIT, CREDIT_OF_WHOLE = 0.2, 0.5
OF_WHOLE_TIMES = 100  # a credit for the whole text goes before any other
NEARLY = 0.97  # nothing is certain


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two texts are one report, and what shows it."""

    score: float
    statements: tuple[tuple[type_pair, ...], ...] = ()
    repeated: tuple[int, ...] = ()  # the first one's sentences that the other repeats
    credits: tuple[str, ...] = ()


def compare(
    one: Fingerprint,
    other: Fingerprint,
    *,
    publishers: tuple[str | None, str | None] = (None, None),
    well_known: Collection[int] = (),
) -> Comparison:
    """Compare two texts; `publishers` are theirs, if known: each may credit the other's."""
    shared = _shared(one, other, frozenset(map(str, well_known)))
    statements = statements_of(shared)
    weight = sum(map(_weight, statements))
    by_statements = _ramp(_evidence(one, other, statements, weight), *STATEMENTS)
    repeated = _repeated(one, other)
    by_words = 0.0
    if len(repeated) >= FEWEST_SENTENCES:
        fewest = max(min(one.sentences, other.sentences), 1)
        by_words = _ramp(len(repeated) / fewest, *SENTENCES)
    names, by_credit = _credited(one, other, publishers)
    if by_statements + by_words == 0:
        by_credit = 0.0  # to name the same agency is no sign by itself
    score = 1 - (1 - by_statements) * (1 - by_words) * (1 - by_credit)
    return Comparison(
        score=round(score, 3),
        statements=tuple(map(tuple, statements)),
        repeated=repeated,
        credits=names,
    )


def _shared(
    one: Fingerprint, other: Fingerprint, well_known: Collection[str]
) -> list[type_pair]:
    """Give the marks that both hold, each where it first stands, by the first's order."""
    kinds = _comparable(one, other)
    pairs = []
    for key in one.first_marks.keys() & other.first_marks.keys():
        if key[0] not in kinds:
            continue
        mark, same = one.first_marks[key], other.first_marks[key]
        if _differ_in_day(mark, same):
            continue
        if mark.kind == "number" and mark.value in well_known:
            mark = _lighter(mark)
        pairs.append((mark, same))
    return sorted(pairs, key=lambda pair: (pair[0].start, pair[0].value))


def _comparable(one: Fingerprint, other: Fingerprint) -> set[str]:
    """Name the kinds of marks by which two texts can be compared.

    A source that is known by its figures alone is compared by figures; texts by their
    numbers, and by names and quotations too where they are in one script.
    """
    if not (one.kinds - {"figure"} and other.kinds - {"figure"}):
        return {"figure"}
    if one.is_cyrillic != other.is_cyrillic:
        return {"number"}
    return {"number", "name", "quotation"}


def statements_of(pairs: Sequence[type_pair]) -> list[list[type_pair]]:
    """Part shared marks into statements: what stands together in both texts.

    A sentence is one statement. So are near numbers of a paragraph, if the other text
    has them near each other, too.
    """
    group = list(range(len(pairs)))

    def root(index: int) -> int:
        while group[index] != index:
            index = group[index]
        return index

    by_other = sorted(range(len(pairs)), key=lambda index: pairs[index][1].start)
    by_one = range(len(pairs))
    for order in (by_one, by_other):
        for first, second in pairwise(order):
            if _belong_together(pairs[first], pairs[second]):
                group[root(first)] = root(second)
    found: dict[int, list[type_pair]] = {}
    for index, pair in enumerate(pairs):
        found.setdefault(root(index), []).append(pair)
    return list(found.values())


def _belong_together(first: type_pair, second: type_pair) -> bool:
    both = list(zip(first, second, strict=True))
    return any(a.sentence == b.sentence for a, b in both) or all(
        a.paragraph == b.paragraph and abs(a.start - b.start) <= NEAR for a, b in both
    )


def _evidence(
    one: Fingerprint,
    other: Fingerprint,
    statements: Sequence[Sequence[type_pair]],
    weight: float,
) -> float:
    """Weigh the shared statements by their share in the text that says less, and order."""
    if weight <= STATEMENTS[0]:
        return weight  # what follows only makes it less
    kinds = _comparable(one, other)
    shared = {(pair[0].kind, pair[0].value) for group in statements for pair in group}
    whole = min(_whole(text, kinds, shared) for text in (one, other))
    places = [min(same.start for _, same in group) for group in statements]
    in_order = _longest_rising(places) / len(places)
    share = min(1.0, weight / whole) if whole else 1.0
    return weight * sqrt(share) * (0.7 + 0.3 * in_order)


def _whole(
    text: Fingerprint, kinds: set[str], shared: Collection[tuple[str, str]]
) -> float:
    """Weigh all that a text states; quotation marks around a word of its own do not count."""
    pairs = [
        (mark, mark)
        for key, mark in text.first_marks.items()
        if mark.kind in kinds and (mark.kind != "quotation" or key in shared)
    ]
    return sum(map(_weight, statements_of(pairs)))


def _weight(statement: Sequence[type_pair]) -> float:
    most, *further = sorted((mark.weight for mark, _ in statement), reverse=True)
    return min(MOST, most + FURTHER * sum(further))


def _repeated(one: Fingerprint, other: Fingerprint) -> tuple[int, ...]:
    """Number the sentences of the first whose words stand in the other, too."""
    counts = Counter(one.runs[run] for run in one.runs.keys() & other.runs.keys())
    return tuple(sorted(place for place, runs in counts.items() if runs >= SHARED_RUNS))


def _credited(
    one: Fingerprint, other: Fingerprint, publishers: tuple[str | None, str | None]
) -> tuple[tuple[str, ...], float]:
    """Name whom both credit, or whom one credits that published the other."""
    first = {credit.name: credit for credit in one.credits}
    second = {credit.name: credit for credit in other.credits}
    own, others = publishers
    names = first.keys() & second.keys()
    names |= (first.keys() & {others}) | (second.keys() & {own})
    if not names:
        return (), 0.0
    held = [text[name] for name in names for text in (first, second) if name in text]
    of_whole = any(credit.of_whole for credit in held)
    times: Counter[str] = Counter()
    for credit in held:
        times[credit.name] += credit.times + OF_WHOLE_TIMES * credit.of_whole
    ordered = tuple(name for name, _ in times.most_common())
    return ordered, CREDIT_OF_WHOLE if of_whole else CREDIT


def _differ_in_day(one: Mark, other: Mark) -> bool:
    if one.day is None or other.day is None:
        return False
    days = (date.fromisoformat(mark.day) for mark in (one, other) if mark.day)
    first, second = days
    return abs((first - second).days) > DAYS


def _lighter(mark: Mark) -> Mark:
    return replace(mark, weight=mark.weight * WELL_KNOWN)


def _longest_rising(places: Sequence[int]) -> int:
    """Count the most places that stand in the same order in both texts."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def _ramp(value: float, chance: float, certain: float) -> float:
    return max(0.0, min(NEARLY, (value - chance) / (certain - chance)))
