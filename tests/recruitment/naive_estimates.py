"""The rules R0 to R11 and the labels once more, slowly, from their text alone.

Written without looking at how estimates.py does it, to be compared with it: every
rule is asked of one figure at a time, and every question is answered from scratch.
"""

from datetime import date
from fractions import Fraction
from itertools import combinations
from math import inf
from typing import NamedTuple

STOCKS = ["serving", "missing", "captured_held"]
STATES = [
    "home_government",
    "other_government",
    "russian_authority",
    "ukrainian_authority",
    "intelligence",
]


class Answer(NamedTuple):
    low: int | None
    low_strict: bool
    best: int | None
    high: int | None
    high_open: bool
    label: str
    reason: str
    revised_down: bool


def answer(figures, metric, day):
    is_stock = metric in STOCKS
    window = 180 if is_stock else 365

    # R0, and R5: nothing is carried back in time.
    usable = []
    for figure in figures:
        if not figure.is_countable or figure.as_of is None or figure.as_of > day:
            continue
        if figure.evidence == "forecast" or figure.credibility == 5:
            continue
        if figure.as_of < date(2022, 2, 24):
            continue
        if figure.period_start and figure.period_start < date(2022, 2, 24):
            continue
        usable.append(figure)

    def in_window(figure):
        return (day - figure.as_of).days <= window

    # R3: restatements are unused, and the rest stands or is superseded.
    def predecessor(figure):
        """The figure that this one would supersede."""
        found = None
        for other in usable:
            if line(other) != line(figure) or not is_newer(figure, other):
                continue
            if restates(other):
                continue
            if found is None or is_newer(other, found):
                found = other
        return found

    def restates(figure):
        older = predecessor(figure)
        if older is None or not in_window(older):
            return False
        return interval(figure) != interval(older) and encloses(figure, older)

    known = []
    for figure in usable:
        if not restates(figure):
            known.append(figure)
    current = []
    for figure in known:
        if not any(line(o) == line(figure) and is_newer(o, figure) for o in known):
            current.append(figure)

    # R4
    withdrawn = []
    for older in known:
        for newer in known:
            if (
                not is_stock
                and line(newer) == line(older)
                and is_newer(newer, older)
                and upper_end(newer) < interval(older)[0]
            ):
                withdrawn.append(older)

    # R7
    def passes_r7(figure):
        if not figure.counted_by.party or figure.interest != "with" or is_list(figure):
            return True
        for other in known:
            if other.counted_by.party or other.credibility > 3 or other in withdrawn:
                continue
            if near(point(figure), point(other), Fraction(2)):
                return True
        return False

    # R5: which figures may be asked for which end.
    in_time = [figure for figure in current if in_window(figure)]
    totals = [figure for figure in in_time if not is_part(figure)]

    # R6, R8 and R9: low. Written as (number, whether it is "more than" the number).
    accepted = []
    for figure in in_time if is_stock else known:
        if figure.low is None or figure in withdrawn:
            continue
        if passes_r7(figure) and r6_allows_low(figure):
            accepted.append(figure)
    floors = []
    for figure in accepted:
        if not is_part(figure):
            floors.append((figure.low, figure.qualifier == "more_than"))
    if is_stock and floors:
        floors = [min(floors)]
    parts = [figure for figure in accepted if is_part(figure)]
    for size in range(1, len(parts) + 1):
        for chosen in combinations(parts, size):
            if all(o.slug in f.disjoint_with for f, o in combinations(chosen, 2)):
                number = sum(figure.low for figure in chosen)
                floors.append((number, any(f.qualifier == "more_than" for f in chosen)))
    low, low_strict = max(floors, default=(None, False))

    # R10
    choices = []
    for figure in totals:
        if point(figure) is not None and figure.credibility <= 3 and passes_r7(figure):
            choices.append(figure)
    corroborated = []
    for figure in choices:
        for other in choices:
            agree = near(point(figure), point(other), Fraction(5, 4))
            if agree and origin(figure) != origin(other):
                corroborated.append(figure)
    best = None
    if corroborated:
        reason = "corroborated"
        best = point(max(corroborated, key=lambda f: (f.as_of, -tier(f), point(f))))
    elif choices:
        highest = min(tier(figure) for figure in choices)
        reason = f"tier_{highest}"
        placed = [figure for figure in choices if tier(figure) == highest]
        best = point(max(placed, key=lambda f: (f.as_of, point(f))))
    elif any(f.credibility <= 3 and passes_r7(f) for f in totals):
        reason = "range_only"
    elif any(not passes_r7(figure) for figure in totals):
        reason = "party_only"
    elif totals:
        reason = "weak_only"
    elif in_time or (known and not is_stock and all(map(is_part, known))):
        reason = "subset_only"
    elif known:
        reason = "stale"
    else:
        reason = "no_figure"
    if best is not None and low is not None and best < low:
        best, reason = low, "floor_raised"

    # R11
    highs = []
    for figure in totals:
        if figure.qualifier == "order_of_magnitude":
            continue  # R2: never sets high
        highs.append(point(figure) if figure.high is None else figure.high)
    high = max(highs, default=None)
    high_open = any(f.qualifier in ("at_least", "more_than") for f in totals)
    if low is not None and high is None:
        high_open = True
    if low is not None and high is not None and high < low:
        high, high_open = low, True

    return Answer(
        low=low,
        low_strict=low_strict,
        best=best,
        high=high,
        high_open=high_open,
        label=label(low, best, reason),
        reason=reason,
        revised_down=withdrawn != [],
    )


def label(low, best, reason):
    if reason == "corroborated":
        return "A"
    if reason in ("tier_1", "tier_2", "tier_3"):
        return "B"
    if reason in ("tier_4", "party_only"):
        return "D"
    if low is not None and (best is None or reason == "floor_raised"):
        return "C"
    return "E"


def interval(figure):
    """R2, in whole people: more than 40 is 41 and up."""
    low, high = figure.low, figure.high
    if figure.qualifier == "more_than":
        low = low + 1
    if figure.qualifier == "order_of_magnitude":
        high = None
    return (-inf if low is None else low, inf if high is None else high)


def encloses(outer, inner):
    return (
        interval(outer)[0] <= interval(inner)[0]
        and interval(inner)[1] <= interval(outer)[1]
    )


def upper_end(figure):
    """R4: about and almost reach a tenth further."""
    end = interval(figure)[1]
    if figure.qualifier in ("about", "almost"):
        return Fraction(end) * Fraction(11, 10)
    return end


def point(figure):
    if figure.qualifier in ("range", "up_to", "order_of_magnitude"):
        return None
    return figure.low


def near(one, other, factor):
    if one is None or other is None:
        return False
    return one <= factor * other and other <= factor * one


def is_list(figure):
    return figure.evidence in ("enumerated", "custody")


def is_part(figure):
    """R0: a flow counts as a subset."""
    return figure.scope == "subset" or figure.period_start is not None


def line(figure):
    """R3: what a newer figure must share with those that it supersedes.

    A party's own-interest statements make a line of their own, so that leaving them
    out never raises a low.
    """
    party_word = (
        bool(figure.counted_by.party)
        and figure.interest == "with"
        and not is_list(figure)
    )
    part = (figure.scope_note, figure.period_start) if is_part(figure) else "total"
    return (figure.claimant.slug, part, is_list(figure), party_word)


def is_newer(one, other):
    """R3: by as_of, first publication, precision; then the one with the larger low."""

    def place(figure):
        fineness = ["unknown", "year", "month", "day"].index(figure.precision)
        published = figure.published or date(1, 1, 1)
        return (figure.as_of, published, fineness, interval(figure)[0], figure.slug)

    return place(one) > place(other)


def origin(figure):
    by = figure.counted_by
    if by.kind in STATES and by.country is not None:
        return ("state", by.country)
    return ("claimant", by.slug)


def is_home_government(figure):
    """A party is none, even of its own people: its figures are "the rest" (R10)."""
    by = figure.counted_by
    return by.kind in STATES and by.country == figure.area and not by.party


def r6_allows_low(figure):
    if figure.credibility in (1, 2):
        return True
    if figure.credibility != 3:
        return False
    if is_list(figure):
        return True
    if figure.evidence != "statement":
        return False
    return (
        is_home_government(figure)
        or figure.counted_by.kind == "un_body"
        or (figure.counted_by.party and figure.interest == "against")
    )


def tier(figure):
    by = figure.counted_by
    if figure.evidence == "custody" or by.kind == "un_body":
        return 1
    if by.party and figure.interest == "against":
        return 1
    if is_home_government(figure):
        return 1
    if by.party:
        return 4
    if by.kind in ("independent_media", "ngo", "researcher"):
        return 2
    if by.kind in ("other_government", "intelligence", "home_government"):
        return 3
    return 4
