"""What the record knows of a claimant: what it counted, how that held up, who relays it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from recruitment import track_record
from recruitment.choices import Metric, Precision, Side
from recruitment.estimates import ESTIMATED
from recruitment.models import Claimant, Figure, Publisher
from recruitment.reading import figures_by_key
from recruitment.track_record import Matches, Revisions

MOST_PUBLISHERS = 8


@dataclass(frozen=True)
class Counted:
    """One count that a claimant gives figures for."""

    side: str
    metric: str
    figures: int
    countries: int

    @property
    def label(self) -> str:
        return f"{Metric(self.metric).label}, {Side(self.side).label}"


@dataclass(frozen=True)
class ClaimantRecord:
    counts: list[Counted]
    countries: int
    revisions: Revisions
    matches: Matches
    lag: float | None  # median days from what a figure is for to its first page
    lagged: int  # figures of which both days are known
    relayed_by: list[tuple[Claimant, int]]
    relays: list[tuple[Claimant, int]]
    publishers: list[tuple[Publisher, int]]


def record_of(claimant: Claimant, figures: Sequence[Figure]) -> ClaimantRecord:
    """Sum up a claimant by its published figures; they come with country and claimants."""
    revised, matched = _held_up(claimant)
    days = _days(claimant)
    own = [one for one in figures if (one.evidence_origin or one.claimant) == claimant]
    return ClaimantRecord(
        counts=_counts(figures),
        countries=len({one.country for one in figures}),
        revisions=revised,
        matches=matched,
        lag=track_record.median_lag(days),
        lagged=len(days),
        relayed_by=_ranked(one.claimant for one in own if one.claimant != claimant),
        relays=_ranked(
            one.evidence_origin
            for one in figures
            if one.evidence_origin and one.evidence_origin != claimant
        ),
        publishers=_publishers(claimant),
    )


def _counts(figures: Iterable[Figure]) -> list[Counted]:
    held: dict[tuple[str, str], list[Figure]] = {}
    for one in figures:
        held.setdefault((one.side, one.metric), []).append(one)
    counts = [
        Counted(*count, len(some), len({one.country for one in some}))
        for count, some in held.items()
    ]
    return sorted(counts, key=lambda one: (-one.figures, one.label))


def _held_up(claimant: Claimant) -> tuple[Revisions, Matches]:
    """Add up, over every key, what became of the claimant's own counts."""
    told = Figure.objects.published().counting(ESTIMATED)
    own = told.of_claimant(claimant)
    beside = told.filter(
        country__in=own.values("country"), metric__in=own.values("metric")
    )
    keys = ((key[2], figures) for key, figures in figures_by_key(beside))
    return track_record.held_up(claimant.slug, keys)


def _days(claimant: Claimant) -> list[tuple[date, date]]:
    """Give for what day, and on what day first, of figures where both are known."""
    exact = Q(citations__source__published_precision=Precision.DAY)
    first = Min("citations__source__published", filter=exact)
    told = Figure.objects.published().of_claimant(claimant)
    dated = told.filter(as_of_precision=Precision.DAY).annotate(first=first)
    return list(dated.exclude(first=None).values_list("as_of", "first"))


def _ranked(claimants: Iterable[Claimant]) -> list[tuple[Claimant, int]]:
    return sorted(Counter(claimants).items(), key=lambda item: (-item[1], item[0].name))


def _publishers(claimant: Claimant) -> list[tuple[Publisher, int]]:
    """Name who carries most of a claimant's figures."""
    told = Figure.objects.published().of_claimant(claimant)
    carried = Count("sources__citations__figure", distinct=True)
    carriers = Publisher.objects.filter(sources__citations__figure__in=told)
    ranked = carriers.annotate(carried=carried).order_by("-carried", "name")
    return [(one, one.carried) for one in ranked[:MOST_PUBLISHERS]]
