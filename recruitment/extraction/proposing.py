"""Puts a proposal together for each number of a sentence that counts people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from recruitment.extraction.areas import FOREIGN, PARTIES
from recruitment.extraction.claimants import Claimant, claimants_in, nearest
from recruitment.extraction.counted import (
    Counted,
    code_of,
    counted,
    is_date_or_age,
    is_whole,
)
from recruitment.extraction.countries import country_of
from recruitment.extraction.durations import duration_of, one_year_terms
from recruitment.extraction.metrics import FATES, LISTED, is_refused, metric_of, settled
from recruitment.extraction.numbers import Quantity
from recruitment.extraction.phrases import Match
from recruitment.extraction.readings import Reading
from recruitment.extraction.scopes import scope_of
from recruitment.extraction.sides import ARMIES, DIRECT, OTHER, OWN, side_of
from recruitment.extraction.telling import Telling

MOST_ABROAD = 500_000  # more than any army from abroad; so it is a population
# Words such as "returned" are about this war only where a word of war is near.
WEAK = frozenset(
    {"returned", "missing", "arrested", "convicted", "recruited", "offers"}
)
LONGEST_LIST = 12  # counts that wait for one verb
JUSTICE = frozenset({"arrested", "convicted"})
LOSSES = frozenset(
    {"killed", "wounded", "missing", "casualties", "captured_held", "captured_total"}
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure as one sentence seems to claim it; tokens `start` to `end` say so."""

    quantity: Quantity
    country: str
    metric: str
    side: str
    scope: str
    claimant: str | None
    start: int
    end: int


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
            yield _duration(reading, quantity, metric, claimant, telling)
            continue
        found = read[quantity]
        if found is None or is_refused(reading, found) or is_whole(reading, quantity):
            continue
        if found.kind == "countries":
            if _of_people(reading, found):
                group = _nationalities(reading, found, claimant, telling)
                telling.tell(group.side, _told(reading, found))
                yield group
            continue
        metric = _metric(reading, found, read, telling)
        if metric is None or (metric in WEAK and not about_war):
            if found.kind == "people":
                telling.name_only(country_of(reading, found, "", telling))
            continue
        if _is_nobody(reading, found, metric):
            continue
        if metric not in JUSTICE and _are_bystanders(reading, found):
            continue
        one = _proposal(reading, found, metric, claimant, telling)
        if one:
            is_part = found.kind == "elliptical" or _is_part(reading, found)
            telling.count(one.country, metric, one.side, found.kind, is_part=is_part)
            yield one
    for term in one_year_terms(reading):
        speaker = nearest(speakers, term.start, term.end)
        claimant = telling.name(speaker, text)
        yield _duration(reading, term, "contract_term_years", claimant, telling)
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
    """Leave out the one of "men of one battalion were killed": it parts no clause."""
    counts = tuple(
        one for one in reading.quantities if read[one] is not None or one.low != 1
    )
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
        scope_of(reading, found),
        claimant,
        *_span(reading, found),
    )


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


def _metric(
    reading: Reading,
    found: Counted,
    read: dict[Quantity, Counted | None],
    telling: Telling,
) -> str | None:
    """Give the metric of a number: its own, that of the list it stands in, or the last."""
    place = reading.quantities.index(found.quantity) + 1
    later = reading.quantities[place : place + LONGEST_LIST]
    chain = found
    if telling.metric and found.kind == "elliptical" and _is_figure(reading, found):
        named = any(area.end <= found.quantity.start for area in reading.areas)
        return (telling.main_metric if named else None) or telling.metric
    if found.areas and telling.metric and _is_part(reading, found):
        fate = metric_of(reading, found)
        return fate if fate in FATES else telling.metric
    if metric := metric_of(reading, found):
        return metric
    if found.quantity.low == found.quantity.high == 1 and not found.areas:
        return None  # "one of them" is somebody of whom a story is told
    for quantity in later:
        following = read[quantity]
        if (
            following is None
            or _is_clause(following)
            or not _is_list(reading, chain.end, quantity.start)
        ):
            break
        if metric := metric_of(reading, following):
            return metric
        chain = following
    first = reading.quantities[0] is found.quantity
    if found.areas and found.is_listed:
        return telling.main_metric or telling.metric or telling.hinted()
    if not first or found.kind == "elliptical" or (found.areas and not reading.cues):
        return telling.metric
    return None


def _is_part(reading: Reading, found: Counted) -> bool:
    """Whether a number is of a part of those counted before: among them 12 Togolese."""
    start = found.quantity.start
    if not reading.floor(start):
        return False
    return any(
        (match := reading.words.at("functions", "part", reading.tokens, place))
        and start - match.end <= 1
        for place in range(reading.floor(start), start)
    )


def _is_clause(found: Counted) -> bool:
    """Whether a number begins what is told of others: …, about 40 are missing."""
    return found.kind == "elliptical" and not found.areas


def _is_figure(reading: Reading, found: Counted) -> bool:
    """Whether a number is only called so: "a lower figure of 617,000"."""
    start = found.quantity.start
    named = reading.has("functions", "figure", start - 6, start)
    floor = reading.floor(start)
    fates = any(
        floor <= cue.start < start and cue.value in FATES for cue in reading.cues
    )
    return named and not fates


def _is_list(reading: Reading, start: int, end: int) -> bool:
    """Whether only a comma or an "and" parts two counts: 50 Cameroonians and 30 Ghanaians."""
    return all(
        reading.tokens[place].text in ",;()"
        or reading.words.at("functions", "and", reading.tokens, place)
        for place in range(start, end)
    )


def _of_people(reading: Reading, found: Counted) -> bool:
    """Whether the countries are those of people: foreigners from over 50 nationalities."""
    before = found.quantity.start - 1
    if any(
        reading.words.at("people", key, reading.tokens, before)
        for key in ("nouns", "units")
    ):
        return True  # граждане 40 стран
    if not (
        reading.words.at("functions", "origin", reading.tokens, before)
        or reading.words.at("functions", "of", reading.tokens, before)
    ):
        return False
    near = range(max(0, before - 4), before)
    return (
        any(
            reading.words.at("people", key, reading.tokens, place)
            for key in ("nouns", "units")
            for place in near
        )
        or any(
            cue.value in {"recruited", "serving"} and 0 <= before - cue.end < 3
            for cue in reading.cues
        )
        or _lived_in(reading, before) is not None
        or any(
            reading.words.at("functions", "back", reading.tokens, place)
            for place in near
        )
    )


def _lived_in(reading: Reading, place: int) -> str | None:
    """Give whom words right before a place name: foreigners, Africans from 36 countries."""
    near = (
        area.code
        for area in reversed(reading.areas)
        if place - 4 < area.end <= place and not area.is_party
    )
    return next(near, None)


def _told(reading: Reading, found: Counted) -> str | None:
    """Give what is said of people of so many countries; "volunteers" says least."""
    metric = metric_of(reading, found)
    serve = any(cue.value == "serving" for cue in reading.cues)
    return "serving" if metric == "recruited" and serve else metric


def _nationalities(
    reading: Reading, found: Counted, claimant: str | None, telling: Telling
) -> Proposal:
    quantity = found.quantity
    side = side_of(
        reading,
        found,
        "captured_held"
        if any(cue.value.startswith("captured") for cue in reading.cues)
        else "recruited",
    )
    code = code_of(found) or _lived_in(reading, quantity.start - 1) or FOREIGN
    return Proposal(
        quantity,
        code,
        "nationalities",
        side or telling.side_for(code),
        "subset",
        claimant,
        quantity.start,
        found.end,
    )


def _most(found: Counted) -> int:
    return found.quantity.high or found.quantity.low or 0


def _duration(
    reading: Reading,
    quantity: Quantity,
    metric: str,
    claimant: str | None,
    telling: Telling,
) -> Proposal:
    side = next(
        (
            told
            for cue in reading.sides
            if (told := {**DIRECT, **ARMIES}.get(cue.value))
        ),
        telling.side_for("RUS"),
    )
    code = next(code for code, own in OWN.items() if own == side)
    return Proposal(
        quantity,
        code,
        metric,
        side,
        "total",
        claimant,
        quantity.start,
        min(quantity.end + 2, len(reading.tokens)),
    )


def _span(reading: Reading, found: Counted) -> tuple[int, int]:
    """Give the tokens that show a figure: from its country or verb to its last word."""
    floor, ceiling = reading.floor(found.quantity.start), reading.ceiling(found.end)
    places = [found.quantity.start, found.quantity.end, found.end]
    for one in (*reading.cues, *reading.sides):
        if floor <= one.start and one.end <= ceiling:
            places += [one.start, one.end]
    return min(places), max(places)
