"""Puts a proposal together for each number of a sentence that counts people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from recruitment.extraction.areas import FOREIGN, PARTIES
from recruitment.extraction.chains import chained_metric, is_part
from recruitment.extraction.claimants import Claimant, claimants_in, nearest
from recruitment.extraction.counted import Counted
from recruitment.extraction.counting import counted, is_whole
from recruitment.extraction.countries import country_of
from recruitment.extraction.durations import duration_of, one_year_terms, proposed_years
from recruitment.extraction.measures import is_date_or_age
from recruitment.extraction.metrics import LISTED, is_refused, settled
from recruitment.extraction.nationalities import (
    are_of_people,
    nationalities_of,
    told_of,
)
from recruitment.extraction.numbers import Quantity
from recruitment.extraction.phrases import Match
from recruitment.extraction.proposal import Proposal
from recruitment.extraction.readings import Reading
from recruitment.extraction.scopes import JUSTICE, scope_of
from recruitment.extraction.sides import ARMIES, OTHER, OWN, side_of
from recruitment.extraction.telling import Telling

MOST_ABROAD = 500_000  # more than any army from abroad; so it is a population
# Words such as "returned" are about this war only where a word of war is near.
WEAK = frozenset(
    {"returned", "missing", "arrested", "convicted", "recruited", "offers"}
)
LOSSES = frozenset(
    {"killed", "wounded", "missing", "casualties", "captured_held", "captured_total"}
)


def proposals(
    reading: Reading, telling: Telling, text: str, *, about_war: bool
) -> Iterator[Proposal]:
    """Give the figures of a sentence, and tell `telling` of them."""
    speakers = claimants_in(reading)
    reading = _cleared(reading, speakers)
    read = {quantity: counted(reading, quantity) for quantity in reading.quantities}
    told, reading = reading.quantities, _without(reading, read)
    for quantity in told:
        speaker = nearest(speakers, quantity.start, quantity.end)
        claimant = telling.name(speaker, text)
        if metric := duration_of(reading, quantity):
            yield proposed_years(reading, quantity, metric, claimant, telling)
            continue
        found = read[quantity]
        if found is None or is_refused(reading, found) or is_whole(reading, quantity):
            continue
        if found.kind == "countries":
            if are_of_people(reading, found):
                group = nationalities_of(reading, found, claimant, telling)
                telling.tell(group.side, told_of(reading, found))
                yield group
            continue
        metric = chained_metric(reading, found, read, telling)
        if metric is None or (metric in WEAK and not about_war):
            if found.kind == "people":
                telling.name_only(quantity, country_of(reading, found, "", telling))
            continue
        if _is_nobody(reading, found, metric):
            continue
        if metric not in JUSTICE and _are_bystanders(reading, found):
            continue
        one = _proposal(reading, found, metric, claimant, telling)
        if one:
            part = found.kind == "elliptical" or is_part(reading, found)
            telling.count(one, metric, found.kind, is_part=part)
            yield one
    for term in one_year_terms(reading):
        speaker = nearest(speakers, term.start, term.end)
        claimant = telling.name(speaker, text)
        yield proposed_years(reading, term, "contract_term_years", claimant, telling)
    for speaker in speakers:
        telling.hear(speaker, text)


def _cleared(reading: Reading, speakers: list[Claimant]) -> Reading:
    """Leave out dates and ages, and the verbs within a speaker's name.

    "The agency for prisoners of war said" tells of no prisoners, and South Korean
    intelligence counts no South Koreans.
    """
    quantities = tuple(
        one
        for one in reading.quantities
        if not is_date_or_age(reading, one)
        and not any(who.start <= one.start < who.end for who in speakers)
    )

    def outside(cue: Match[str]) -> bool:
        return not any(one.start <= cue.start < one.end for one in speakers)

    abroad = [
        who
        for who in speakers
        if reading.has("claimants", "abroad", who.start, who.end)
    ]
    areas = tuple(
        area
        for area in reading.areas
        if area.is_party or not any(who.start <= area.start < who.end for who in abroad)
    )
    return replace(
        reading,
        asides=_asides(reading, speakers),
        spoken=frozenset(
            area.start
            for area in areas
            if any(who.start <= area.start < who.end for who in speakers)
        ),
        areas=areas,
        quantities=quantities,
        cues=tuple(filter(outside, reading.cues)),
        sides=tuple(filter(outside, reading.sides)),
    )


def _without(reading: Reading, read: dict[Quantity, Counted | None]) -> Reading:
    """Leave out numbers that part no clause: "men of one battalion", "from two towns"."""

    def parts(one: Quantity) -> bool:
        if read[one] is not None:
            return True
        is_from = reading.words.at(
            "functions", "origin", reading.tokens, one.start - 1
        ) and not reading.words.at("functions", "of", reading.tokens, one.start - 1)
        return one.low != 1 and not is_from

    counts = tuple(filter(parts, reading.quantities))
    return replace(reading, quantities=counts)


def _asides(reading: Reading, speakers: list[Claimant]) -> frozenset[int]:
    """Give the tokens of ", according to the lawyer,", which parts no clause in two."""
    found: set[int] = set()
    for who in speakers:
        start, end = min(who.start, who.at) - 1, who.end
        if reading.is_mark(start, frozenset(",—–")) and reading.is_mark(
            end, frozenset(",—–")
        ):
            found.update(range(start, end + 1))
    return frozenset(found)


def _proposal(
    reading: Reading,
    found: Counted,
    metric: str,
    claimant: str | None,
    telling: Telling,
) -> Proposal | None:
    code = country_of(reading, found, metric, telling)
    if code not in PARTIES and _most(found) > MOST_ABROAD:
        if _is_abroad(reading, found.quantity.start):
            return None  # the army of Pyongyang is no side's own
        is_own = found.metric or found.kind == "elliptical"
        code = telling.party_in(reading) if is_own else None
    if code is None:
        return None
    side = side_of(reading, found, metric)
    kind = telling.kind if found.is_back and telling.kind else found.kind
    if _most(found) > MOST_ABROAD:
        kind = "units"
    if code in PARTIES:
        if side != OTHER[OWN[code]] or kind == "units":
            if metric in LOSSES and kind != "units" and not found.is_listed:
                return None  # the war's other victims are not ours to count
            side = OWN[code]
            own = settled(metric, code, kind, is_named=True)
            if own is None:
                return None
            metric = own
    else:
        counts_on = found.kind == "elliptical" and telling.metric is not None
        named = (
            bool(found.areas)
            or counts_on
            or any(
                cue.value == LISTED and found.quantity.end <= cue.start < found.end
                for cue in reading.cues
            )
        )
        fitted = settled(metric, code, kind, is_named=named)
        if fitted is None:
            return None
        metric = fitted
    side = side or telling.side_for(code)
    return Proposal(
        _qualified_behind(reading, found),
        code,
        metric,
        side,
        scope_of(reading, found, metric, telling.scope),
        claimant,
        *_span(reading, found),
    )


def _is_abroad(reading: Reading, place: int) -> bool:
    """Whether the country named last before a place is no party."""
    before = [
        area
        for area in reading.areas
        if area.end <= place and area.start not in reading.spoken
    ]
    return bool(before) and not before[-1].is_party and before[-1].code != FOREIGN


def _qualified_behind(reading: Reading, found: Counted) -> Quantity:
    """Give the bounds with what is said behind the noun: 41 Ivoiriens au moins."""
    quantity, tokens = found.quantity, reading.tokens
    if quantity.qualifier != "exact" or found.end >= len(tokens):
        return quantity
    behind = reading.words.section("qualifiers_after").at(tokens, found.end)
    if behind is None or behind.value not in {"at_least", "more_than"}:
        return quantity
    return replace(quantity, high=None, qualifier=behind.value)


def _is_nobody(reading: Reading, found: Counted, metric: str) -> bool:
    """Whether a number is no count of fighters: one recruit's brother, workers of a
    plant, victims of a strike, those who gave samples for the dead."""
    quantity = found.quantity
    end = len(reading.tokens)
    if reading.is_mark(end - 1, frozenset("?")):
        return True  # a question claims nothing
    if metric == "recruited" and reading.has("refusals", "labour", 0, end):
        return all(cue.value not in ARMIES for cue in reading.sides)
    if not reading.sides and reading.has("refusals", "elsewhere", 0, end):
        return True
    if found.areas:
        return False
    if (
        metric in LOSSES
        and not found.is_back
        and reading.has("people", "civilians", 0, end)
    ):
        return all(area.is_party for area in reading.areas)
    if found.metric == "captured_held" and quantity.low == quantity.high == 1:
        return True  # what one prisoner costs
    if found.metric or found.kind not in {"people", "elliptical"}:
        return False
    if quantity.low == quantity.high == 1 and metric in {"recruited", "serving"}:
        return all(area.is_party for area in reading.areas)
    return reading.has("people", "kin", quantity.start - 2, quantity.start)


def _are_bystanders(reading: Reading, found: Counted) -> bool:
    """Whether others are counted: 62 people accused of smuggling; 60 protested."""
    return found.kind == "accused" or reading.has(
        "people", "bystanders", found.end, found.end + 2
    )


def _most(found: Counted) -> int:
    return found.quantity.high or found.quantity.low or 0


def _span(reading: Reading, found: Counted) -> tuple[int, int]:
    """Give the tokens that show a figure: from its country or verb to its last word."""
    floor, ceiling = reading.floor(found.quantity.start), reading.ceiling(found.end)
    places = [found.quantity.start, found.quantity.end, found.end]
    for one in (*reading.cues, *reading.sides):
        if floor <= one.start and one.end <= ceiling:
            places += [one.start, one.end]
    return min(places), max(places)
