"""What nobody has counted: each count without a best figure, by its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recruitment import wording
from recruitment.models import Estimate, Figure
from recruitment.reading import type_key

SHOWN = 10  # of a reason's counts; the others are folded away
LEFT_OUT = "no_figure"
# Each reason of an estimate without a best figure: a heading, and what it means.
REASONS = {
    "party_only": (
        "Only a party to the war says a number",
        """The only total comes from Russia or Ukraine and suits the one that gives it.
        Nobody else has counted.""",
    ),
    "weak_only": (
        "Only weak claims",
        """The only totals come from people without a name, from families or fighters, or
        cannot be judged.""",
    ),
    "range_only": (
        "Only a range",
        """Somebody gives a lowest or a highest number, or both. A number in between would
        be our invention.""",
    ),
    "subset_only": (
        "Only parts are counted",
        """A list, a unit, a network, a period: each proves that there are at least so
        many, and nobody says how many there are in all.""",
    ),
    "stale": (
        "Counted too long ago",
        """There was a figure once. A total older than a year, or a state of things older
        than 180 days, says nothing about now.""",
    ),
    LEFT_OUT: (
        "No figure left by this choice",
        "There are figures, but the choice of figures above leaves all of them out.",
    ),
}


@dataclass(frozen=True)
class Gap:
    """One count without a best figure, and the claim that comes nearest to one."""

    estimate: Estimate
    reason: str
    evidence: Figure | None = None

    @property
    def key(self) -> type_key:
        return self.estimate.country_id, self.estimate.side, self.estimate.metric

    @property
    def size(self) -> int:
        """Give the largest number at hand, to rank by."""
        figure = self.evidence
        claimed = (figure.low or 0, figure.high or 0) if figure else (0,)
        return max(*claimed, self.estimate.low or 0, self.estimate.high or 0)

    @property
    def holds(self) -> str:
        """Say what is known all the same; a part that found nobody is no number."""
        if self.reason == LEFT_OUT:
            return "nothing"
        if self.estimate.low == 0:
            return "a part of them was looked at; nobody was found"
        return wording.span(self.estimate)

    @property
    def claimed(self) -> str:
        figure = self.evidence
        if figure is None:
            return ""
        return "none found" if figure.high == 0 else wording.in_words(figure)


@dataclass(frozen=True)
class Reason:
    """Why there is no best figure, and all counts of which that is true."""

    name: str
    gaps: tuple[Gap, ...]

    @property
    def heading(self) -> str:
        return REASONS[self.name][0]

    @property
    def meaning(self) -> str:
        return REASONS[self.name][1]

    @property
    def first(self) -> tuple[Gap, ...]:
        return self.gaps[:SHOWN]

    @property
    def others(self) -> tuple[Gap, ...]:
        return self.gaps[SHOWN:]


def nearest(gap: Gap, newest: Mapping[type_key, str]) -> str | None:
    """Name the figure that comes nearest to a best one, else the newest of the count."""
    one = gap.estimate
    ends = [one.high_figure_id, one.best_figure_id, one.low_figure_id]
    if gap.reason in {"stale", "subset_only"}:
        ends = [one.last_known_figure_id, one.low_figure_id]
    return next(filter(None, ends), None) or newest.get(gap.key)


def by_reason(gaps: Iterable[Gap]) -> list[Reason]:
    """Gather the counts without a best figure, those of the largest claims first."""
    by_name: dict[str, list[Gap]] = {}
    for gap in sorted(gaps, key=lambda gap: (-gap.size, gap.key)):
        by_name.setdefault(gap.reason, []).append(gap)
    return [Reason(name, tuple(by_name[name])) for name in REASONS if name in by_name]
