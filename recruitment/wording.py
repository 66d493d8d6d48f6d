"""Numbers, ranges and days in plain English; the one place where rounding may happen."""

from __future__ import annotations

from datetime import date

import pycountry

from recruitment.choices import Precision, Qualifier
from recruitment.models import Estimate, Figure

NOT_STATED = "not stated"
PREFIX = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "about ",
    Qualifier.ALMOST: "nearly ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.MORE_THAN: "more than ",
}
MAGNITUDES = {
    24: "dozens",
    200: "hundreds",
    2_000: "thousands",
    20_000: "tens of thousands",
}
REASONS = {
    "corroborated": "two independent origins agree",
    "tier_1": "home government, United Nations, custodian, or a party against its interest",
    "tier_2": "an independent count",
    "tier_3": "another government or an intelligence service",
    "tier_4": "a party to the war, or another interested voice",
    "floor_raised": "the best figure is below a proven floor, so the floor stands in",
    "range_only": "only a range is claimed, and a midpoint would be invented",
    "party_only": "only a party to the war gives a total, in its own interest",
    "weak_only": "only weak claims give a total",
    "subset_only": "only parts are counted: a list, a unit, a period",
    "stale": "the last figure is too old to be current",
    "no_figure": "nobody whom the record knows has given a figure",
}


def in_words(figure: Figure) -> str:
    """Tell a figure's bounds with the claimant's own qualifier."""
    if figure.qualifier in PREFIX and figure.low is not None:
        return f"{PREFIX[Qualifier(figure.qualifier)]}{figure.low:,}"
    if figure.qualifier == Qualifier.UP_TO and figure.high is not None:
        return f"up to {figure.high:,}"
    if figure.qualifier == Qualifier.ORDER_OF_MAGNITUDE and figure.low in MAGNITUDES:
        return MAGNITUDES[figure.low]
    return f"{figure.low:,}–{figure.high:,}"


def span(estimate: Estimate) -> str:
    """Tell an estimate from its lowest accepted to its highest claimed number."""
    low, high = estimate.low, estimate.high
    start = estimate.best if low is None else low
    if start is None:
        if high is None:
            return "no current figure"
        return f"{high:,} or more claimed" if estimate.high_open else f"up to {high:,}"
    if high is not None and high > start:
        return f"{start:,}–{high:,}" + (" or more" if estimate.high_open else "")
    if not estimate.high_open:
        one = estimate.best_figure
        return in_words(one) if one and one.low == start else f"{start:,}"
    return f"more than {start:,}" if estimate.low_strict else f"{start:,} or more"


def best(estimate: Estimate) -> str:
    """Tell the chosen figure, or say why there is none."""
    if estimate.best is None:
        return "none"
    one = estimate.best_figure
    return in_words(one) if one and one.low == estimate.best else f"{estimate.best:,}"


def who(figure: Figure) -> str:
    """Name the claimant, and who counted where the claimant only relays."""
    if figure.evidence_origin:
        return f"{figure.evidence_origin.name}, relayed by {figure.claimant.name}"
    return figure.claimant.name


def who_says(estimate: Estimate) -> str:
    """Name who stands at each end, with the day of the claim."""
    low, high = estimate.low_figure, estimate.high_figure
    if estimate.low_sum_of:
        low = None
    if low and high and low.pk == high.pk:
        return f"{who(low)}, {day(low.as_of, low.as_of_precision)}"
    parts = []
    if low:
        parts.append(f"lowest: {who(low)}, {day(low.as_of, low.as_of_precision)}")
    elif estimate.low is not None:
        parts.append(f"lowest: {sum_in_words(estimate.low_sum_of)}")
    if high:
        parts.append(f"highest: {who(high)}, {day(high.as_of, high.as_of_precision)}")
    return "; ".join(parts) or REASONS[estimate.reason]


def times(ratio: float) -> str:
    """Tell how many times one number is another, no more exactly than it means."""
    return f"×{ratio:,.0f}" if ratio >= 9.95 else f"×{ratio:.1f}"


def amount(low: int | None, high: int | None) -> str:
    """Tell a sum of money; the record keeps its bounds and no word before them."""
    if low is None:
        return "" if high is None else f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def sum_in_words(added: list[str]) -> str:
    if len(added) == 1:
        country = pycountry.countries.get(alpha_3=added[0])
        return f"the floor for {country.name if country else added[0]} alone"
    return f"the sum of {len(added)} lowest figures"


def day(moment: date | None, precision: str = Precision.DAY) -> str:
    """Tell a day no more exactly than it is known."""
    if moment is None or precision == Precision.UNKNOWN:
        return "undated"
    if precision == Precision.YEAR:
        return f"{moment:%Y}"
    if precision == Precision.MONTH:
        return f"{moment:%b %Y}"
    return f"{moment.day} {moment:%b %Y}"
