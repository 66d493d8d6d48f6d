"""Finds what is said of those who are counted: killed, captured, recruited, serving …"""

from __future__ import annotations

from dataclasses import dataclass

from recruitment.extraction.areas import PARTIES
from recruitment.extraction.counted import Counted
from recruitment.extraction.phrases import Match
from recruitment.extraction.readings import Reading

# What became of people tells more than that they joined or serve.
FATES = frozenset(
    {
        "killed",
        "wounded",
        "casualties",
        "missing",
        "captured_held",
        "captured_total",
        "returned",
        "fled_mobilisation",
        "convicted",
        "arrested",
    }
)
TAKEN = frozenset({"captured_held", "captured_total"})
NEAR = 3
MARKS = ",;:()\"'“”«»‘’"
REACH = 10  # words within which a plan, a request or a "not" governs a verb
# What these say of a side's own people has a name of its own; the rest is not counted.
OF_OWN = {
    "recruited": "enlistment_flow",
    "serving": "force_size",
    "state_deployed": "force_size",
    "mobilised": "mobilised",
    "fled_mobilisation": "fled_mobilisation",
    "killed": "killed",
    "wounded": "wounded",
    "missing": "missing",
    "casualties": "casualties",
    "captured_held": "captured_held",
    "captured_total": "captured_total",
}
# To be on a list says least: they are recruits of whom nothing else is told.
LISTED = "listed"
# A state that sends its troops as such.
SENDING_STATES = frozenset({"PRK"})


@dataclass(frozen=True, slots=True)
class _Clause:
    """The verbs around a number, up to the numbers beside it, from left to right."""

    before: list[Match[str]]
    close: list[Match[str]]  # those of them that stand right before it
    after: list[Match[str]]
    start: int
    end: int


def metric_of(reading: Reading, found: Counted) -> str | None:
    """Give the metric that a number's own clause supports.

    In this order: the counted word itself (39 deaths); the verb right before (killing at
    least one); what follows up to the next number, fates first; what goes before.
    """
    if found.metric:
        return _fate_of_head(reading, found) or found.metric
    clause = _clause(reading, found)
    if clause.close and clause.close[-1].value in FATES:
        return clause.close[-1].value
    return (
        _fate_behind(reading, found, clause)
        or _fate_before(reading, found, clause)
        or _clearest(clause)
        or _usual(reading, found, clause)
    )


def _clause(reading: Reading, found: Counted) -> _Clause:
    start = found.quantity.start
    floor, ceiling = reading.floor(start), reading.ceiling(found.end)
    before = [
        cue
        for cue in reading.cues
        if floor <= cue.start
        and cue.end <= start
        and counts(reading, cue)
        and not _is_aside(reading, cue, start)
    ]
    close = [
        cue
        for cue in before
        if start - cue.end < NEAR and _same_clause(reading, cue.end, start)
    ]
    stop = _stop(reading, found.end, ceiling)
    after = [
        cue
        for cue in reading.cues
        if found.quantity.end <= cue.start < stop and counts(reading, cue)
    ]
    if _is_part_taken(reading, start):
        after = [cue for cue in after if cue.value not in FATES]
    if _is_divided(reading, found):  # из 202 завербованных погибли | 26
        after = [cue for cue in after if ceiling - cue.end > 1]
    if found.kind == "elliptical":  # confirms 23 and gives as missing | 41
        after = [cue for cue in after if not _leads_on(reading, found, cue, ceiling)]
    return _Clause(before, close, after, floor, ceiling)


def _fate_behind(reading: Reading, found: Counted, clause: _Clause) -> str | None:
    """Give what became of them as a verb behind the number tells it."""
    fates = [
        cue
        for cue in clause.after
        if cue.value in FATES and not _is_of_others(reading, found, cue)
    ]
    if clause.close and clause.close[-1].value != LISTED:
        # recruited 15,000, and casualties … exceeded | 6,000
        fates = [cue for cue in fates if _same_clause(reading, found.end, cue.start)]
    if not fates or not _is_main(reading, fates[0], clause.after):
        return None
    values = [cue.value for cue in fates]
    if values[0] in TAKEN:  # who were captured, and then tried, or are held
        later = [one for one in ("convicted", "captured_held") if one in values]
        return (later or values)[0]
    return values[0]


def _fate_before(reading: Reading, found: Counted, clause: _Clause) -> str | None:
    led = [cue for cue in clause.before if cue.value in FATES]
    if led and _same_clause(reading, led[-1].end, found.quantity.start):
        return led[-1].value
    return None


def _clearest(clause: _Clause) -> str | None:
    """Give what the nearest verb tells that says more than that they are on a list."""
    clear = [value for value in _told(clause) if value != LISTED]
    if clear:
        return clear[0]
    return "recruited" if _is_listed(clause) else None


def _told(clause: _Clause) -> list[str]:
    told = [*clause.close[-1:], *clause.after]
    if not _is_listed(clause):
        told += clause.before[::-1]
    return [cue.value for cue in told]


def _is_listed(clause: _Clause) -> bool:
    return bool(clause.close) and clause.close[-1].value == LISTED


def _usual(reading: Reading, found: Counted, clause: _Clause) -> str | None:
    """Give what people of whom no verb tells usually are: in an army, so they serve."""
    if _return_is_asked(reading, clause.start, clause.end):
        return "serving"
    if any(
        clause.start <= cue.start < clause.end
        for cue in reading.sides
        if cue.value not in {"neutral", "arrived"}
    ):
        # 55 Swiss on Ukraine's side; but 55, of whom three dead, are all who joined
        parted = any(
            reading.has("functions", key, found.end, clause.end)
            for key in ("part", "back")
        )
        dead = any(cue.value == "killed" for cue in reading.cues)
        return "recruited" if dead and parted else "serving"
    if _told(clause) or _is_divided(reading, found):
        return "recruited"
    fights = found.kind == "units" or reading.has(
        "people", "fighters", found.quantity.end, found.end
    )
    return "serving" if fights and found.areas else None


def _is_divided(reading: Reading, found: Counted) -> bool:
    """Whether a number is the whole that a sentence divides: of the 14, five died."""
    quantity, words, tokens = found.quantity, reading.words, reading.tokens
    if found.kind != "people" or quantity is reading.quantities[-1]:
        return False
    lead = range(max(0, quantity.start - 2), quantity.start)
    led = any(words.at("functions", "of", tokens, place) for place in lead)
    opens = lead.start == 0 or any(
        tokens[place].text in MARKS
        for place in range(max(0, lead.start - 1), lead.stop)
    )
    return led and opens


def _is_of_others(reading: Reading, found: Counted, cue: Match[str]) -> bool:
    """Whether another country's clause stands between: 29 cases, and in Malawi police."""
    return any(
        found.end < area.start < cue.start
        and not area.is_party
        and not _same_clause(reading, found.end, area.start)
        for area in reading.areas
    )


def _leads_on(reading: Reading, found: Counted, cue: Match[str], ceiling: int) -> bool:
    """Whether a verb behind an "and" leads up to the next number."""
    words, tokens = reading.words, reading.tokens
    return ceiling < len(tokens) and any(
        words.at("functions", "and", tokens, place)
        for place in range(found.end, cue.start)
    )


def _is_part_taken(reading: Reading, place: int) -> bool:
    """Whether what follows is told of a part without a number: half of the 40 died."""
    words, tokens = reading.words, reading.tokens
    for near in range(max(0, place - 4), place - 1):
        part = words.at("functions", "stops", tokens, near)
        of = part and words.at("functions", "of", tokens, part.end)
        if of and of.end in {place, place - 1}:
            return True
    return False


def _is_aside(reading: Reading, cue: Match[str], place: int) -> bool:
    """Whether a verb stands in brackets that end before a place."""
    between = [token.text for token in reading.tokens[cue.end : place]]
    return between.count(")") > between.count("(")


def _fate_of_head(reading: Reading, found: Counted) -> str | None:
    """Give what became of prisoners right behind that word: 20 Tajik prisoners killed.

    Prisoners who sign up are convicts.
    """
    if found.metric != "captured_held":
        return None
    near = [cue.value for cue in reading.cues if 0 <= cue.start - found.end < 2]
    return near[0] if near and near[0] in {"killed", "recruited"} else None


def _return_is_asked(reading: Reading, start: int, end: int) -> bool:
    """Whether somebody asks for their return: then they still serve."""
    return any(
        cue.value == "returned" and not counts(reading, cue)
        for cue in reading.cues
        if start <= cue.start < end
    )


def settled(metric: str, code: str, kind: str, *, is_named: bool) -> str | None:
    """Fit a metric to whom it is about."""
    if code in PARTIES:
        return OF_OWN.get(metric)
    if code in SENDING_STATES:
        return "state_deployed" if metric == "recruited" else metric
    if metric == "state_deployed":
        if kind == "units":
            return metric
        return "recruited" if is_named else None
    if metric == "mobilised":
        return "recruited"
    return None if metric == "fled_mobilisation" else metric


def counts(reading: Reading, cue: Match[str]) -> bool:
    """Whether a verb is claimed: not one that is asked for, planned or negated."""
    start = max(0, cue.start - REACH)
    for place in range(cue.start - 1, start - 1, -1):
        if reading.tokens[place].text in ",;:()":
            return True
        if any(one.end - 1 == place for one in reading.cues):
            return True  # what was asked for is the verb between
        if reading.words.at("refusals", "requests", reading.tokens, place):
            # "asked Russia to send back", "await release", but "asked how many died"
            return cue.value != "returned" and not reading.has(
                "refusals", "infinitive", place + 1, cue.start
            )
        if cue.start - place <= 3 and reading.words.at(
            "refusals", "not", reading.tokens, place
        ):
            return False
    return True


def is_refused(reading: Reading, found: Counted) -> bool:
    """Whether a number is only planned, wished for or denied."""
    quantity = found.quantity
    if reading.has("refusals", "asked", quantity.start - 2, quantity.start):
        return True
    for place in range(quantity.start - 1, max(-1, quantity.start - 1 - REACH), -1):
        if place < reading.floor(quantity.start) or reading.tokens[place].text in MARKS:
            break
        if reading.words.at(
            "refusals", "plans", reading.tokens, place
        ) and not _is_in_a_name(reading, place):
            return True
        if reading.words.at("refusals", "denied", reading.tokens, place):
            return not _says_more(reading, place, quantity.start)
    return False


def _is_in_a_name(reading: Reading, place: int) -> bool:
    """Whether a word is part of a known name: "I Want to Live" plans nothing."""
    return any(
        name.start <= place < name.end
        for name in reading.words.list("claimants", "outlets").all(reading.tokens)
    )


def _says_more(reading: Reading, start: int, end: int) -> bool:
    """Whether who denies something goes on to say another: denies it and recalls that."""
    return any(
        reading.words.at("functions", "and", reading.tokens, place)
        and reading.has("claimants", "says", place + 1, place + 3)
        for place in range(start, end)
    )


def _stop(reading: Reading, start: int, ceiling: int) -> int:
    """Give where what is said of others begins: some of whom, while, but."""
    passed = start
    while passed < ceiling and (
        match := reading.words.at("functions", "adjectives", reading.tokens, passed)
        or reading.words.at("functions", "of", reading.tokens, passed)
    ):
        passed = match.end  # une dizaine d'autres | ont disparu
    for place in range(start, ceiling):
        if match := reading.words.at("functions", "mostly", reading.tokens, place):
            passed = max(passed, match.end)  # most of them former soldiers
        if place < passed:
            continue
        if reading.tokens[place].text in ";:" or (
            reading.words.at("functions", "stops", reading.tokens, place)
            and not _goes_on(reading, place)
        ):
            return place
    return ceiling


def _goes_on(reading: Reading, place: int) -> bool:
    """Whether the same people do the next thing: captured while fighting."""
    return reading.tokens[place].folded == "while" and any(
        token.folded.endswith("ing") for token in reading.tokens[place + 1 : place + 2]
    )


def _is_main(reading: Reading, fate: Match[str], after: list[Match[str]]) -> bool:
    """Whether a fate is told of them: not of what they did behind a comma."""
    first = after[0]
    if fate is first:
        return True
    between = reading.tokens[first.end : fate.start]
    return all(token.text not in ",;:—–" for token in between)


def _same_clause(reading: Reading, start: int, end: int) -> bool:
    """Whether no mark and no "and" parts two places."""
    return not any(
        reading.tokens[place].text in ",;:()—–"
        or reading.words.at("functions", "and", reading.tokens, place)
        for place in range(start, end)
        if place not in reading.asides
    )
