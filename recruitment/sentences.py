"""An estimate as a sentence to paste: the range, who stands at each end, and when.

The verb comes from the metric's class: a stock is said to be so on a day, a cumulative
count to have happened by it.
"""

from __future__ import annotations

from datetime import date

from recruitment.choices import CountryKind, Metric, Precision, Scope, Side
from recruitment.models import Country, Estimate, Figure
from recruitment.wording import REASONS, day, in_words, sum_in_words, who

# Plural and singular.
VERBS = {
    Metric.RECRUITED: ("have been recruited", "has been recruited"),
    Metric.SERVING: ("are serving", "is serving"),
    Metric.RETURNED: ("have come home", "has come home"),
    Metric.STATE_DEPLOYED: (
        "have been sent by their state",
        "has been sent by their state",
    ),
    Metric.KILLED: ("have been killed", "has been killed"),
    Metric.WOUNDED: ("have been wounded", "has been wounded"),
    Metric.MISSING: ("are missing", "is missing"),
    Metric.CAPTURED_HELD: (
        "are held as prisoners of war",
        "is held as a prisoner of war",
    ),
    Metric.CAPTURED_TOTAL: ("have been captured", "has been captured"),
}
SIDES = {
    Side.RUSSIA: "on the Russian side",
    Side.UKRAINE: "on the Ukrainian side",
}
DAYS_A_MONTH = 30.44


def sentence(estimate: Estimate, as_of: date) -> str:
    """Tell an estimate on a day in one sentence; an empty one says why it is empty."""
    clauses = [clause for clause in _clauses(estimate, as_of) if clause]
    text = "; ".join(clauses)
    is_empty = estimate.low is estimate.best is estimate.high is None
    coda = " That is no zero." if is_empty else ""
    return f"{text[0].upper()}{text[1:]}.{coda}"


def claimed(figure: Figure) -> str:
    """Tell one claim in a sentence: who says that how many, and by what day."""
    number = in_words(figure)
    verbs = VERBS.get(Metric(figure.metric))
    is_one = figure.low == figure.high == 1
    if verbs:
        counted = people(figure.country, is_one=is_one)
        what = f"{number} {counted} {verbs[is_one]}"
    else:
        label = Metric(figure.metric).label
        counted = people(figure.country)
        what = f"the count “{label.lower()}” of {counted} is {number}"
    when = ""
    if figure.as_of and figure.as_of_precision != Precision.UNKNOWN:
        when = f" as of {day(figure.as_of, figure.as_of_precision)}"
    who_says = who(figure)
    text = f"{who_says} says that {what} {SIDES[Side(figure.side)]}{when}."
    return f"{text[0].upper()}{text[1:]}"


def people(country: Country, *, is_one: bool = False) -> str:
    """Name the people of a country or group."""
    if country.kind == CountryKind.GROUP and not country.demonyms:
        is_all = country.code == "FOREIGN"
        many = "foreign nationals" if is_all else country.name.replace("N", "n", 1)
        return many.removesuffix("s") if is_one else many
    noun = "national" if is_one else "nationals"
    if country.demonyms:
        return f"{country.demonyms[0]} {noun}"
    return f"{noun} of {country.name}"


def _what(estimate: Estimate, number: int | None = None) -> str:
    is_one = number == 1
    verb = VERBS[Metric(estimate.metric)][is_one]
    who = people(estimate.country, is_one=is_one)
    return f"{who} {verb} {SIDES[Side(estimate.side)]}"


def _clauses(estimate: Estimate, as_of: date) -> list[str | None]:
    low, best, high = estimate.low, estimate.best, estimate.high
    if low is None and best is None:
        how_many = f"how many {_what(estimate)}"
        if high is None:
            return [f"no current figure says {how_many}: {REASONS[estimate.reason]}"]
        return [f"no floor is accepted for {how_many}", _highest(estimate)]
    is_settled = low == best == high and not estimate.high_open
    is_best_first = low is None or is_settled
    return [
        _best(estimate) if is_best_first else _lowest(estimate),
        None if is_best_first or low == best else _chosen(estimate, as_of),
        None if high in (low, best) else _highest(estimate),
    ]


def _lowest(estimate: Estimate) -> str:
    word = "more than" if estimate.low_strict else "at least"
    if estimate.low == 0:  # zero is printed only where a claimant says it
        one = estimate.low_figure
        is_part = one is not None and one.scope == Scope.SUBSET
        word = "by a partial count," if is_part else "by the lowest count,"
    number = f"{word} {estimate.low:,} {_what(estimate, estimate.low)}"
    return f"{number} ({_who(estimate.low_figure, estimate)})"


def _best(estimate: Estimate) -> str:
    figure = estimate.best_figure
    is_own = figure is not None and figure.low == estimate.best
    number = in_words(figure) if figure and is_own else f"{estimate.best:,}"
    return f"{number} {_what(estimate, estimate.best)} ({_who(figure, estimate)})"


def _chosen(estimate: Estimate, as_of: date) -> str | None:
    """Tell the best figure beside a lowest, or the last one known."""
    best, last = estimate.best_figure, estimate.last_known_figure
    if best:
        return f"the best figure is {in_words(best)} ({_who(best, estimate)})"
    if last is None or last == estimate.low_figure:
        return None
    months = round((as_of - (last.as_of or as_of)).days / DAYS_A_MONTH)
    return (
        f"the last known total, {in_words(last)}, is {months} months old"
        f" ({_who(last, estimate)})"
    )


def _highest(estimate: Estimate) -> str | None:
    if estimate.high is None:
        return None
    claim = f"{estimate.high:,}" + (" or more" if estimate.high_open else "")
    return f"the highest claim is {claim} ({_who(estimate.high_figure, estimate)})"


def _who(figure: Figure | None, estimate: Estimate) -> str:
    is_sum = bool(estimate.low_sum_of) and figure == estimate.low_figure
    if figure is None or is_sum:  # nobody has said what was added up
        return sum_in_words(estimate.low_sum_of)
    return f"{who(figure)}, {day(figure.as_of, figure.as_of_precision)}"
