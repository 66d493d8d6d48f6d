"""From conflicting claims to low, best and high: rules R0 to R15, as pure functions.

Figures go in, estimates come out; both are frozen. Nothing here reads a database, and
nothing is ever averaged. The rule numbers are those of the methodology page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from math import inf

RULES_VERSION = "r1"
WAR_BEGAN = date(2022, 2, 24)

# R0. Every other metric is context: shown, never estimated.
CUMULATIVE = frozenset(
    {"recruited", "killed", "wounded", "returned", "captured_total", "state_deployed"}
)
STOCK = frozenset({"serving", "missing", "captured_held"})
ESTIMATED = CUMULATIVE | STOCK

CORROBORATION = 1.25  # R10(a): how near two origins must be to agree
PARTY_CHECK = 2  # R7: how near another's point must be to a party's
AUTHORITIES = frozenset(
    {
        "home_government",
        "other_government",
        "russian_authority",
        "ukrainian_authority",
        "intelligence",
    }
)
OBSERVERS = frozenset({"independent_media", "ngo", "researcher"})
PRECISION_RANK = {"unknown": 0, "year": 1, "month": 2, "day": 3}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The numbers that a wording supports, as they compare: an open end is infinite."""

    low: float
    high: float

    def contains(self, other: Bounds) -> bool:
        return self.low <= other.low and other.high <= self.high


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who says it, or who counted."""

    slug: str
    kind: str
    party: str | None = None
    country: str | None = None

    @property
    def origin(self) -> str:
        """Name the origin: all authorities of one state are one."""
        if self.kind in AUTHORITIES and self.country:
            return f"state:{self.country}"
        return self.slug


@dataclass(frozen=True)
class Figure:
    """One number or range by one claimant, for one key (area, side, metric)."""

    slug: str
    area: str
    low: int | None
    high: int | None
    qualifier: str
    as_of: date | None
    claimant: Claimant
    counted_by: Claimant
    scope: str = "total"
    scope_note: str = ""
    precision: str = "day"
    period_start: date | None = None
    published: date | None = None
    evidence: str = "statement"
    interest: str = "none"
    credibility: int = 2
    is_countable: bool = True
    disjoint_with: frozenset[str] = frozenset()

    @cached_property
    def bounds(self) -> Bounds:
        """R2, in whole people: more than 40 is 41 and up; dozens have no upper end."""
        low = -inf if self.low is None else self.low
        high = inf if self.high is None else self.high
        if self.qualifier == "more_than":
            low += 1
        if self.qualifier == "order_of_magnitude":
            high = inf
        return Bounds(low, high)

    @cached_property
    def point(self) -> int | None:
        """The N of exact, about, almost, at least and more than; no midpoint, ever."""
        if self.qualifier in {"exact", "about", "almost", "at_least", "more_than"}:
            return self.low
        return None

    @cached_property
    def ceiling(self) -> int | None:
        """The number that this figure can set as the highest claimed (R11)."""
        if self.qualifier == "order_of_magnitude":
            return None
        return self.high if self.high is not None else self.point

    @property
    def is_strict(self) -> bool:
        return self.qualifier == "more_than"

    @property
    def is_open(self) -> bool:
        return self.qualifier in {"at_least", "more_than"}

    @property
    def is_list(self) -> bool:
        return self.evidence in {"enumerated", "custody"}

    @property
    def is_subset(self) -> bool:
        """R0: a flow, which has a period, counts as a subset too."""
        return self.scope == "subset" or self.period_start is not None

    @property
    def suits_party(self) -> bool:
        """R7: a party's own-interest number that is not a list; the origin's party."""
        has_party = self.counted_by.party is not None
        return has_party and self.interest == "with" and not self.is_list

    @cached_property
    def label(self) -> tuple[str, date | None] | None:
        """R3: total (None), or the subset's note and period."""
        return (self.scope_note, self.period_start) if self.is_subset else None

    @cached_property
    def series(self) -> tuple[object, ...]:
        """R3: what a newer figure must share with an older one to supersede it."""
        return (self.claimant.slug, self.label, self.is_list, self.suits_party)

    @property
    def is_used(self) -> bool:
        """R0: whether any rule may look at this figure."""
        return (
            self.is_countable
            and self.as_of is not None
            and min(self.as_of, self.period_start or self.as_of) >= WAR_BEGAN
            and self.evidence != "forecast"
            and self.credibility != 5
        )

    @property
    def day(self) -> date:
        """R5: the figure's day is its as_of, whatever the precision; undated, never."""
        return self.as_of or date.max

    @cached_property
    def tier(self) -> int:
        """R10(b): how well placed the origin is to know, 1 to 4."""
        origin = self.counted_by
        if self.evidence == "custody" or origin.kind == "un_body":
            return 1
        if origin.party:
            return 1 if self.interest == "against" else 4
        if origin.kind in AUTHORITIES and origin.country == self.area:
            return 1
        if origin.kind in OBSERVERS:
            return 2
        return 3 if origin.kind in AUTHORITIES else 4

    @property
    def may_set_low(self) -> bool:
        """R6: credible, or usual with a list or the statement of a best-placed origin."""
        if self.credibility == 3:
            return self.is_list or (self.evidence == "statement" and self.tier == 1)
        return self.credibility < 3


@dataclass(frozen=True, slots=True)
class Estimate:
    """Low, best and high of one key on one day, and who stands at each end."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    low_strict: bool = False
    high_open: bool = False
    label: str = "E"
    reason: str = "no_figure"
    revised_down: bool = False
    origins: int = 0
    low_figure: str | None = None
    best_figure: str | None = None
    high_figure: str | None = None
    last_known_figure: str | None = None
    low_sum_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """R3 and R4: what one series holds on a day, in succession; the last one stands."""

    figures: Sequence[Figure]  # never empty; mere restatements are left out
    withdrawn: Collection[str]  # slugs of those whose lows a later one took back

    @cached_property
    def current(self) -> Figure:
        return self.figures[-1]

    @cached_property
    def day(self) -> date:
        return self.current.day

    @cached_property
    def held(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.slug not in self.withdrawn]

    @cached_property
    def floors(self) -> list[Figure]:
        """R6: what may set a low, the greatest first."""
        return sorted(filter(_is_floor, self.held), key=_by_floor, reverse=True)

    @cached_property
    def outside_points(self) -> list[int]:
        """R7: the points of non-party origins, in order."""
        return sorted(
            figure.point
            for figure in self.held
            if figure.point is not None
            and figure.counted_by.party is None
            and figure.credibility <= 3
        )


@dataclass(frozen=True)
class Standing:
    """What all series of a key hold on a day, and what of it is in the window (R5)."""

    lines: Collection[Line]
    opens: date  # the first day of the window

    @cached_property
    def recent(self) -> list[Figure]:
        return [line.current for line in self.lines if line.day >= self.opens]

    @cached_property
    def totals(self) -> list[Figure]:
        return [figure for figure in self.recent if not figure.is_subset]

    def admits(self, figure: Figure) -> bool:
        """R7: whether a figure may set low or best, as far as parties go."""
        return not figure.suits_party or any(
            _has_near(line.outside_points, figure.point) for line in self.lines
        )


def _has_near(points: Sequence[int], point: int | None) -> bool:
    """R7: say whether an ordered list has a point within ×2; of all ages and scopes."""
    if point is None:
        return False
    place = bisect_left(points, point / PARTY_CHECK)
    return place < len(points) and within(point, points[place], PARTY_CHECK)


def within(one: int, other: int, factor: float) -> bool:
    """Say whether two points lie no further apart than a factor; zero equals only zero."""
    return max(one, other) <= factor * min(one, other)


def dispersion(low: int | None, high: int | None) -> float | None:
    """R12: how many times the high is the low; None unless both are above zero."""
    return high / low if low and high else None


def window(metric: str) -> timedelta:
    """R5: how long a figure counts after its day."""
    return timedelta(days=180 if metric in STOCK else 365)


def admitted_by_policy(figure: Figure, policy: str) -> bool:
    """Say whether a policy (all, no_party, named_only) lets a figure count."""
    if policy == "no_party":
        return not (figure.claimant.party or figure.counted_by.party)
    if policy == "named_only":
        return figure.is_list
    return True


def lines_of(figures: Iterable[Figure]) -> dict[tuple[object, ...], list[Figure]]:
    """R3: part what is used into series, each in succession."""
    series = defaultdict(list)
    used = (figure for figure in figures if figure.is_used)
    for figure in sorted(used, key=_succession):
        series[figure.series].append(figure)
    return series


def line(series: Iterable[Figure], metric: str, day: date) -> Line | None:
    """R3 and R4: see what supersedes, restates or takes back what, by a day."""
    opens = day - window(metric)
    figures: list[Figure] = []
    withdrawn: set[str] = set()
    for figure in series:
        if figure.day > day:
            break
        if figures and _restates(figure, figures[-1], opens):
            continue
        if metric in CUMULATIVE:
            withdrawn |= {old.slug for old in figures if revises_down(figure, old)}
        figures.append(figure)
    return Line(figures, withdrawn) if figures else None


def _succession(figure: Figure) -> tuple[date, date, int, float, str]:
    """R3. Of a tie the larger is the newer, so that no slug's spelling revises down."""
    published = figure.published or date.min
    precision = PRECISION_RANK[figure.precision]
    return (figure.day, published, precision, figure.bounds.low, figure.slug)


def _restates(newer: Figure, older: Figure, opens: date) -> bool:
    """R3: a vaguer wording of the older claim, while that is in its window."""
    return (
        older.day >= opens
        and newer.bounds != older.bounds
        and newer.bounds.contains(older.bounds)
    )


def revises_down(newer: Figure, older: Figure) -> bool:
    """R4: the newer interval ends below the older's low."""
    # Tenths, so that "about 40" reaches 44 without a rounding.
    tenths = 11 if newer.qualifier in {"about", "almost"} else 10
    return newer.bounds.high * tenths < older.bounds.low * 10


def estimate(figures: Iterable[Figure], metric: str, day: date) -> Estimate:
    """Estimate one key on one day; an empty key gives a labelled empty estimate."""
    return estimate_of(lines_on(figures, metric, day).values(), metric, day)


def lines_on(
    figures: Iterable[Figure], metric: str, day: date
) -> dict[tuple[object, ...], Line]:
    """Give what each series holds on a day."""
    return seen_through(lines_of(figures), metric, day)


def seen_through(
    series: Mapping[tuple[object, ...], Sequence[Figure]], metric: str, day: date
) -> dict[tuple[object, ...], Line]:
    drawn = {name: line(members, metric, day) for name, members in series.items()}
    return {name: one for name, one in drawn.items() if one}


def estimate_of(lines: Collection[Line], metric: str, day: date) -> Estimate:
    """Estimate a key from what each of its series holds on a day."""
    held = Standing(lines, day - window(metric))
    floors = _floors(held, metric)
    best, reason = _best(held, metric)
    ceilings = [figure for figure in held.totals if figure.ceiling is not None]
    high = max(ceilings, key=_by_ceiling) if ceilings else None
    origins = {f.counted_by.origin for f in (*held.recent, *floors)}
    low = sum(figure.low or 0 for figure in floors) if floors else None
    drawn = Estimate(
        low=low,
        best=best.point if best else None,
        high=high.ceiling if high else None,
        low_strict=any(figure.is_strict for figure in floors),
        high_open=any(figure.is_open for figure in held.totals),
        reason=reason,
        revised_down=any(line.withdrawn for line in held.lines),
        origins=len(origins),
        low_figure=floors[0].slug if floors else None,
        best_figure=best.slug if best else None,
        high_figure=high.slug if high else None,
        last_known_figure=None if best else _last_known(held, metric, low),
        low_sum_of=tuple(figure.slug for figure in floors) if len(floors) > 1 else (),
    )
    return _labelled(_raised(drawn))


def _floors(held: Standing, metric: str) -> list[Figure]:
    """R8 and R9: the figures whose lows add up to the low; more than one if disjoint."""
    if metric in STOCK:
        accepted = [one for one in held.recent if _is_floor(one) and held.admits(one)]
    else:
        accepted = [one for line in held.lines for one in _line_floors(line, held)]
    totals = [[figure] for figure in accepted if not figure.is_subset]
    if metric in STOCK and totals:
        totals = [min(totals, key=_by_sum)]
    subsets = [figure for figure in accepted if figure.is_subset]
    disjoint = _greatest_sum([figure for figure in subsets if figure.disjoint_with])
    return max([*totals, *([part] for part in subsets), disjoint], key=_by_sum)


def _line_floors(line: Line, held: Standing) -> Iterator[Figure]:
    """Give the greatest admitted floor of a series, and all that may add up (R8)."""
    is_greatest = True
    for figure in line.floors:
        if (is_greatest or figure.disjoint_with) and held.admits(figure):
            yield figure
            is_greatest = False


def _greatest_sum(subsets: Sequence[Figure]) -> list[Figure]:
    """R8: those subsets, each found disjoint with all others, that add up to most."""
    greatest: list[Figure] = []
    ranked = sorted(subsets, key=lambda figure: _by_sum([figure]), reverse=True)
    for place, figure in enumerate(ranked, start=1):
        rest = ranked[place:]
        beside = [other for other in rest if other.slug in figure.disjoint_with]
        greatest = max(greatest, [figure, *_greatest_sum(beside)], key=_by_sum)
        if beside == rest:  # what leaves this figure out cannot be greater
            break
    return greatest


def _is_floor(figure: Figure) -> bool:
    return figure.low is not None and figure.may_set_low


def _by_floor(figure: Figure) -> tuple[int, bool, date, str]:
    return (figure.low or 0, figure.is_strict, figure.day, figure.slug)


def _by_sum(figures: Sequence[Figure]) -> tuple[object, ...]:
    """Rank sums; of equal ones that of the fewest figures, and none of all below one."""
    if not figures:
        return (-1,)
    total = sum(figure.low or 0 for figure in figures)
    is_strict = any(figure.is_strict for figure in figures)
    return (total, is_strict, -len(figures), figures[0].day, figures[0].slug)


def _by_ceiling(figure: Figure) -> tuple[int, bool, date, str]:
    return (figure.ceiling or 0, figure.is_open, figure.day, figure.slug)


def _has_best_point(figure: Figure, held: Standing) -> bool:
    return figure.point is not None and figure.credibility <= 3 and held.admits(figure)


def _best(held: Standing, metric: str) -> tuple[Figure | None, str]:
    """R10: the chosen figure and the reason for it, or for there being none."""
    points = [figure for figure in held.totals if _has_best_point(figure, held)]
    if points:
        return _chosen(points)
    if any(f.credibility <= 3 and held.admits(f) for f in held.totals):
        return None, "range_only"
    if not all(held.admits(figure) for figure in held.totals):
        return None, "party_only"
    if held.totals:
        return None, "weak_only"
    never_a_total = all(line.current.is_subset for line in held.lines)
    if held.recent or (held.lines and never_a_total and metric in CUMULATIVE):
        return None, "subset_only"
    return None, "stale" if held.lines else "no_figure"


def _chosen(points: Sequence[Figure]) -> tuple[Figure, str]:
    """R10(a) and (b): the most recent that another origin confirms, else the best placed."""

    def by_recency(figure: Figure) -> tuple[date, int, int, str]:
        return (figure.day, -figure.tier, figure.point or 0, figure.slug)

    confirmed = [
        figure
        for figure in points
        if any(
            other.counted_by.origin != figure.counted_by.origin
            and within(figure.point or 0, other.point or 0, CORROBORATION)
            for other in points
        )
    ]
    if confirmed:
        return max(confirmed, key=by_recency), "corroborated"
    tier = min(figure.tier for figure in points)
    placed = [figure for figure in points if figure.tier == tier]
    return max(placed, key=by_recency), f"tier_{tier}"


def _last_known(held: Standing, metric: str, low: int | None) -> str | None:
    """R5: the best that a cumulative key without one in the window had before."""
    if metric in STOCK:
        return None
    points = [
        line.current
        for line in held.lines
        if not line.current.is_subset
        and _has_best_point(line.current, held)
        and (line.current.point or 0) >= (low or 0)
    ]
    return _chosen(points)[0].slug if points else None


def _raised(drawn: Estimate) -> Estimate:
    """R10(c) and R11: a floor lifts a best below it and a high below it."""
    low = drawn.low
    if low is None:
        return drawn
    if drawn.best is not None and drawn.best < low:
        drawn = replace(
            drawn, best=low, best_figure=drawn.low_figure, reason="floor_raised"
        )
    if drawn.high is None:
        return replace(drawn, high_open=True)
    if drawn.high < low:
        return replace(drawn, high=low, high_figure=drawn.low_figure, high_open=True)
    return drawn


def _labelled(drawn: Estimate) -> Estimate:
    """Grade the support: a party's word is D even above a floor."""
    if drawn.reason == "corroborated":
        label = "A"
    elif drawn.reason in {"tier_4", "party_only"}:
        label = "D"
    elif drawn.reason.startswith("tier_"):
        label = "B"
    else:
        label = "E" if drawn.low is None else "C"
    return replace(drawn, label=label)


def with_members(
    direct: Estimate, members: Collection[tuple[str, Estimate]]
) -> Estimate:
    """R13: lift a group's low to the sum of its members' lows, where that is greater.

    `members` are (code, estimate) pairs, without the side's own state.
    """
    revised = direct.revised_down or any(member.revised_down for _, member in members)
    group = replace(direct, revised_down=revised)
    counted = [(code, member) for code, member in members if member.low is not None]
    total = sum(member.low or 0 for _, member in counted)
    if not counted or (direct.low is not None and direct.low >= total):
        return group
    lifted = replace(
        group,
        low=total,
        low_strict=any(member.low_strict for _, member in counted),
        low_figure=None,
        low_sum_of=tuple(sorted(code for code, _ in counted)),
    )
    return _labelled(_raised(lifted))
