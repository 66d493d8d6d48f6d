"""What a number shares with those before and behind it: 50 Kenyans and 30 Ghanaians died."""

from __future__ import annotations

from recruitment.extraction.counted import Counted
from recruitment.extraction.metrics import FATES, metric_of
from recruitment.extraction.numbers import Quantity
from recruitment.extraction.readings import Reading
from recruitment.extraction.telling import Telling

LONGEST_LIST = 12  # counts that wait for one verb


def chained_metric(
    reading: Reading,
    found: Counted,
    read: dict[Quantity, Counted | None],
    telling: Telling,
) -> str | None:
    """Give the metric of a number: its own, that of the list it stands in, or the last."""
    place = reading.quantities.index(found.quantity) + 1
    later = reading.quantities[place : place + LONGEST_LIST]
    chain = found
    if found.kind == "elliptical" and _is_figure(reading, found):
        if telling.metric:
            named = any(area.end <= found.quantity.start for area in reading.areas)
            return (telling.main_metric if named else None) or telling.metric
        return metric_of(reading, found) or telling.hinted()
    if found.areas and telling.metric and is_part(reading, found):
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
    are_groups = found.areas and reading.has("functions", "groups", 0, found.end)
    if (found.areas and found.is_listed) or are_groups:
        return telling.main_metric or telling.metric or telling.hinted()
    if not first or found.kind == "elliptical" or (found.areas and not reading.cues):
        return telling.metric
    return None


def is_part(reading: Reading, found: Counted) -> bool:
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
