"""A map of the world: each country shaded by its number, and told where there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.urls import reverse

from dashboard.charts import map_drawing
from dashboard.charts.chart import Chart, Drawing, type_record, type_url
from dashboard.charts.ranges import country_url, estimate_row
from dashboard.forms import View
from recruitment import wording
from recruitment.choices import Side
from recruitment.estimates import RULES_VERSION
from recruitment.models import Country, Estimate, Presence
from recruitment.rebuilding import OWN_STATE

# The two states at war are not shaded, whichever side their nationals are on.
AT_WAR = ("RUS", "UKR")
SIDES = {Side.RUSSIA: "on the Russian side", Side.UKRAINE: "on the Ukrainian side"}


class Standing(StrEnum):
    """What the record has about a country, for one count and side."""

    FIGURE = "figure"
    FROM_ABOVE = "only a party’s word, or only a highest claim"
    NO_FIGURE = "no current figure"
    NAMED = "named, never counted"


@dataclass(frozen=True)
class Place:
    """One country: its number, who says so, and where that leads."""

    code: str
    name: str
    url: type_url
    value: str  # the range in words, or why there is none
    detail: str  # who says so
    standing: Standing
    low: int | None = None
    best: int | None = None
    high: int | None = None
    is_open: bool = False
    grade: str = ""

    @property
    def number(self) -> int | None:
        """Give the best figure, else the floor, else the highest claim."""
        known = (self.best, self.low, self.high)
        return next((one for one in known if one is not None), None)

    @property
    def is_at_war(self) -> bool:
        return self.code in AT_WAR

    @property
    def is_shaded(self) -> bool:
        return self.standing == Standing.FIGURE and not self.is_at_war

    @property
    def label(self) -> str:
        return f"{self.name}: {self.value}" + (f". {self.detail}" * bool(self.detail))


@dataclass(frozen=True, kw_only=True)
class MapChart(Chart):
    kind = "map"
    columns = {
        "country": "Country",
        "code": "Code",
        "standing": "What there is",
        "low": "Lowest",
        "best": "Best",
        "high": "Highest",
        "is_open": "Or more",
        "in_words": "In words",
        "support": "Support",
        "who_says": "Who says so",
        "page": "Page",
    }
    rows: tuple[Place, ...]

    def records(self) -> list[type_record]:
        return [
            {
                "country": place.name,
                "code": place.code,
                "standing": place.standing.value,
                "low": place.low,
                "best": place.best,
                "high": place.high,
                "is_open": None if place.number is None else place.is_open,
                "in_words": place.value,
                "support": place.grade or None,
                "who_says": place.detail,
                "page": place.url,
            }
            for place in self.rows
        ]

    @cached_property
    def drawings(self) -> list[Drawing]:
        return map_drawing.drawings(self.rows)

    @property
    def scale_name(self) -> str:
        return "logarithmic classes"


def map_chart(
    estimates: Iterable[Estimate],
    counted: Iterable[Country],
    presences: Iterable[Presence],
    view: View,
) -> MapChart:
    """Shade countries by best figure, else floor, else highest claim.

    `counted` are those about whom there is any figure on the side, and `presences` who
    is named there with or without one.
    """
    held = list(estimates)
    has_row = {one.country_id for one in held}
    own = OWN_STATE[view.side]
    others = [one for one in counted if one.code not in {*has_row, own}]
    places = [
        *map(_estimated, held),
        *(_counted_otherwise(country, view) for country in others),
    ]
    known = has_row.union(country.code for country in others)
    places += _named(presences, known, view)
    places.sort(key=_rank)
    numbers = [place for place in places if place.number is not None]
    return MapChart(
        query=view.query(),
        title=f"{view.metric_label}, {view.side_label}, on the map",
        summary=_in_words(places, len(numbers)),
        rows=tuple(places),
        empty=(
            f"Nobody whom the record knows has placed foreign nationals"
            f" {SIDES[Side(view.side)]} by {wording.day(view.as_of)}. That is no zero."
        ),
        note=(
            f"As of {wording.day(view.as_of)} · rules {RULES_VERSION} · borders: no claim"
            " of ours"
        ),
    )


def _estimated(estimate: Estimate) -> Place:
    row = estimate_row(estimate)
    if not row.numbers:
        standing = Standing.NO_FIGURE
    elif row.is_party or (row.best is None and row.low is None):
        standing = Standing.FROM_ABOVE
    else:
        standing = Standing.FIGURE
    return Place(
        code=estimate.country_id,
        name=row.name,
        url=row.url,
        value=row.value,
        detail=row.detail,
        standing=standing,
        low=row.low,
        best=row.best,
        high=row.high,
        is_open=row.is_open and bool(row.numbers),
        grade=row.grade,
    )


def _counted_otherwise(country: Country, view: View) -> Place:
    return Place(
        code=country.code,
        name=country.name,
        url=country_url(
            country.code, side=view.side, metric=view.metric, policy=view.policy
        ),
        value="no figure for this count",
        detail="There are figures for other counts.",
        standing=Standing.NO_FIGURE,
    )


def _named(
    presences: Iterable[Presence], known: Collection[str], view: View
) -> list[Place]:
    """Give a place for each country that is named and not counted at all."""
    who: dict[str, list[str]] = {}
    countries: dict[str, Country] = {}
    for presence in presences:
        country = presence.country
        if country.code not in known:
            countries[country.code] = country
            who.setdefault(country.code, []).append(presence.claimant.name)
    return [
        Place(
            code=code,
            name=country.name,
            url=f"{reverse('uncounted')}?side={view.side}#named-{code}",
            value=Standing.NAMED.value,
            detail=f"Named by {' and '.join(dict.fromkeys(who[code]))}.",
            standing=Standing.NAMED,
        )
        for code, country in countries.items()
    ]


def _rank(place: Place) -> tuple[int, int, str]:
    """Rank by number; what has none comes last, and is no zero."""
    is_last = list(Standing).index(place.standing) if place.number is None else 0
    return is_last, -(place.number or 0), place.name


def _in_words(places: list[Place], numbers: int) -> str:
    standings = [place.standing for place in places]
    without = standings.count(Standing.NO_FIGURE)
    named = standings.count(Standing.NAMED)
    parts = [
        f"{numbers} countries have a current number"
        if numbers > 1
        else f"Only {places[0].name} has a current number"
        if numbers
        else "No country has a current number"
    ]
    if without:
        have = "have" if without > 1 else "has"
        parts.append(f"{without} more {have} figures, but none for this count now")
    if named:
        parts.append(f"{named} {'are' if named > 1 else 'is'} named and never counted")
    shading = " Shaded by best figure, else by the lowest accepted." * bool(numbers)
    return f"{'; '.join(parts)}.{shading}" if places else ""
