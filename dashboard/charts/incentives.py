"""What recruits were promised, and what was taken from them: sums by kind and currency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from babel.numbers import get_currency_name
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.http import urlencode

from dashboard.charts import incentive_drawing, incentive_plot
from dashboard.charts.chart import (
    MOST_OF_A_BEGINNING,
    Chart,
    Drawing,
    type_record,
    type_url,
)
from dashboard.charts.ranges import Row
from recruitment import wording
from recruitment.choices import IncentiveKind, Period, Side
from recruitment.models import Country, Incentive

# In this order; the last is what recruits paid themselves.
KINDS = {
    IncentiveKind.MONTHLY_PAY: "Monthly pay",
    IncentiveKind.SIGNING_BONUS: "Signing bonus",
    IncentiveKind.DEBT_RELIEF: "Debts written off",
    IncentiveKind.OTHER: "Other sums",
    IncentiveKind.FEE_CHARGED_TO_RECRUIT: "Fees charged to recruits",
}
# How often these are paid goes without saying.
USUAL = {
    IncentiveKind.MONTHLY_PAY: Period.MONTH,
    IncentiveKind.SIGNING_BONUS: Period.ONCE,
    IncentiveKind.DEBT_RELIEF: Period.ONCE,
    IncentiveKind.FEE_CHARGED_TO_RECRUIT: Period.ONCE,
}


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One thing that was promised, paid or charged, as a claimant tells it."""

    country: str
    side: str
    kind: str
    summary: str
    url: type_url  # of the page that carries it
    publishers: tuple[str, ...]
    claimant: str = ""  # empty where the page says so itself
    day: date | None = None
    precision: str = "day"
    currency: str = ""
    period: str = ""
    low: int | None = None
    high: int | None = None
    is_party: bool = False  # told by an authority of a party to the war

    @property
    def is_sum(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def amount(self) -> str:
        return wording.amount(self.low, self.high)

    @property
    def when(self) -> str:
        return wording.day(self.day, self.precision)

    @property
    def who(self) -> str:
        """Name the claimant; a page that names none says so itself."""
        return self.claimant or self.publishers[0]

    @property
    def what(self) -> str:
        return IncentiveKind(self.kind).label


@dataclass(frozen=True)
class Group:
    """Sums that one scale can hold: of one kind, in one currency, paid as often."""

    title: str
    rows: tuple[Row, ...]
    is_charged: bool = False


@dataclass(frozen=True, kw_only=True)
class IncentivesChart(Chart):
    """Sums as the pages state them; none is converted."""

    kind = "incentives"
    key_template = "dashboard/charts/incentives_key.html"
    key = (
        "Filled: one sum. Tick: lowest. Hollow: highest, or told by a party to the war."
        " Dots: “up to”. Arrow: or more."
    )
    is_plotted = True
    columns = {
        "country": "Country",
        "side": "Side",
        "what": "What",
        "low": "Lowest",
        "high": "Highest",
        "in_words": "In words",
        "currency": "Currency",
        "period": "Paid",
        "as_of": "As of",
        "precision": "Known to the",
        "claimant": "Claimant",
        "publishers": "Published by",
        "summary": "In short",
        "page": "Page",
    }

    rows: tuple[Promise, ...]
    of: str = ""  # the country that it is about, where it is about one

    def records(self) -> list[type_record]:
        return [
            {
                "country": one.country,
                "side": one.side,
                "what": one.what,
                "low": one.low,
                "high": one.high,
                "in_words": one.amount or None,
                "currency": one.currency or None,
                "period": one.period or None,
                "as_of": one.day and one.day.isoformat(),
                "precision": one.precision,
                "claimant": one.claimant or None,
                "publishers": "; ".join(one.publishers),
                "summary": one.summary,
                "page": one.url,
            }
            for one in self.rows
        ]

    @cached_property
    def groups(self) -> list[Group]:
        return groups_of(self.rows, is_one_country=bool(self.of))

    @cached_property
    def drawings(self) -> list[Drawing]:
        return incentive_drawing.drawings(self.groups)

    def spec(self) -> dict[str, Any]:
        return incentive_plot.spec(self.groups)

    def beginnings(self) -> Iterator[Chart]:
        """Give the chart, and beginnings of its first group, the greatest sums first."""
        yield self
        first = [
            one
            for one in self.rows
            if one.is_sum
            and title_of(one.kind, one.currency, one.period) == self.groups[0].title
        ]
        first.sort(key=lambda one: -(one.high or one.low or 0))
        for most in range(min(len(first), MOST_OF_A_BEGINNING), 0, -1):
            yield replace(self, rows=tuple(first[:most]))

    @property
    def scale_name(self) -> str:
        return "linear scales" if self.groups else ""


def groups_of(promises: Iterable[Promise], *, is_one_country: bool) -> list[Group]:
    """Part the sums by kind, currency and period; what most pages tell comes first."""
    parts = defaultdict(list)
    for one in promises:
        if one.is_sum:
            parts[one.kind, one.currency, one.period].append(one)
    order = list(KINDS)
    ordered = sorted(
        parts.items(),
        key=lambda part: (
            order.index(IncentiveKind(part[0][0])),
            -len(part[1]),
            part[0],
        ),
    )
    has_both_sides = len({one.side for one in promises}) > 1
    return [
        Group(
            title=title_of(*key),
            rows=_ranked(
                _row(one, is_one_country=is_one_country, tells_side=has_both_sides)
                for one in part
            ),
            is_charged=key[0] == IncentiveKind.FEE_CHARGED_TO_RECRUIT,
        )
        for key, part in ordered
    ]


def title_of(kind: str, currency: str, period: str) -> str:
    """Name what is paid, in which currency, and how often where that is not plain."""
    title = f"{KINDS[IncentiveKind(kind)]}, {money(currency)}"
    if period == USUAL.get(IncentiveKind(kind)):
        return title
    told = Period(period).label.lower() if period else "period not stated"
    return f"{title}, {told}"


def money(currency: str) -> str:
    """Name a currency as one counts it: US dollars."""
    name: str = get_currency_name(currency, count=2, locale="en_GB")
    return name


def _ranked(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.top, row.name, row.url)))


def _row(one: Promise, *, is_one_country: bool, tells_side: bool) -> Row:
    name = one.who if is_one_country else one.country
    if tells_side and one.side == Side.UKRAINE:
        name = f"{name}, for Ukraine"
    is_point = one.low is not None and one.low == one.high
    return Row(
        name=name,
        url=one.url,
        value=one.amount,
        detail=f"{one.summary} ({one.who}, {one.when})",
        when=one.when,
        low=None if is_point else one.low,
        best=one.low if is_point else None,
        high=None if is_point else one.high,
        is_open=one.high is None,
        is_party=one.is_party,
    )


def promise_of(incentive: Incentive) -> Promise:
    claimant = incentive.claimant
    sources = [citation.source for citation in incentive.citations.all()]
    publishers = dict.fromkeys(source.publisher.name for source in sources)
    return Promise(
        country=incentive.country.name,
        side=incentive.side,
        kind=incentive.kind,
        summary=incentive.summary,
        url=reverse("source", args=[sources[0].slug]),
        claimant=claimant.name if claimant else "",
        publishers=tuple(publishers),
        day=incentive.as_of,
        precision=incentive.as_of_precision,
        currency=incentive.currency or "",
        period=incentive.period or "",
        low=incentive.amount_low,
        high=incentive.amount_high,
        is_party=bool(claimant and claimant.party),
    )


def incentives_chart(
    incentives: Iterable[Incentive], side: str = "", country: Country | None = None
) -> IncentivesChart:
    """Set the sums that recruits were promised, paid or charged under each other."""
    promises = tuple(promise_of(one) for one in incentives)
    about = f": {country.name}" if country else ""
    label = f", {Side(side).label}" if side else ""
    asked = {"country": country.code if country else "", "side": side}
    who = f"nationals of {country.name}" if country else "recruits"
    return IncentivesChart(
        query=urlencode({name: value for name, value in asked.items() if value}),
        title=f"What recruits were promised{about}{label}",
        summary=_in_words(promises),
        rows=promises,
        of=country.name if country else "",
        empty=(
            f"No page that the record knows tells what {who} were promised"
            f"{label.replace(', ', ' on the ')}. That does not mean that nothing was."
        ),
        note="In the currency of the page; nothing is converted",
    )


def _in_words(promises: Sequence[Promise]) -> str:
    sums = sum(one.is_sum for one in promises)
    others = len(promises) - sums
    if not promises:
        return ""
    counted = [
        f"{number} {name}{pluralize(number)}"
        for number, name in ((sums, "sum"), (others, "promise"))
        if number
    ]
    told = " and ".join(counted) + (" without one" if sums and others else "")
    countries = len({one.country for one in promises})
    where = f" about {countries} countries and groups" if countries > 1 else ""
    return f"{told}{where}.{_widest(promises)}"


def _widest(promises: Sequence[Promise]) -> str:
    """Tell the least and the most of the pay that most pages state."""
    groups = groups_of(promises, is_one_country=len({p.country for p in promises}) == 1)
    if not groups or len(groups[0].rows) < 2:
        return ""
    most, least = groups[0].rows[0], groups[0].rows[-1]
    to = "" if most.value.startswith("up to") else "to "
    return (
        f" {groups[0].title}: from {least.value} ({least.name}) {to}{most.value}"
        f" ({most.name})."
    )
