"""A figure's place in the estimate of today, and what the record did with it since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.telling import Line, lines
from recruitment.accounting import account_for
from recruitment.choices import Policy, Resource
from recruitment.estimates import ESTIMATED
from recruitment.explaining import Use
from recruitment.models import Change, Estimate, Figure, Revision
from recruitment.sentences import sentence


@dataclass(frozen=True)
class Account:
    """What the estimate of a day made of each figure of a key, and of one above all."""

    day: date
    sentence: str
    figures: list[Figure]  # each with its `use`, the newest first
    use: Use
    newer: Figure | None  # what superseded the one
    older: list[Figure]  # what the one superseded


@dataclass(frozen=True)
class Event:
    """One change of a record, and the publish that made it."""

    revision: Revision
    line: Line


def account_of(figure: Figure) -> Account | None:
    """Account for a figure on the record's latest day; None for a metric of context."""
    if figure.metric not in ESTIMATED:
        return None
    code, side, metric = key = (figure.country.code, figure.side, figure.metric)
    day = Figure.objects.latest_day()
    _, uses = account_for(key, day)
    held = Figure.objects.published().about(code).on_side(side).counting([metric])
    related = ("country", "claimant", "evidence_origin", "spread")
    by_slug = {one.slug: one for one in held.select_related(*related)}
    figures = with_uses((by_slug[use.slug] for use in uses), uses)
    use = next(use for use in uses if use.slug == figure.slug)
    return Account(
        day=day,
        sentence=_sentence(figure, day),
        figures=figures,
        use=use,
        newer=by_slug.get(use.by or ""),
        older=[by_slug[one.slug] for one in uses if one.by == figure.slug],
    )


def with_uses(figures: Iterable[Figure], uses: Iterable[Use]) -> list[Figure]:
    """Give each figure its `use`: what the estimate made of it, and by which rule."""
    by_slug = {use.slug: use for use in uses}
    found = list(figures)
    for one in found:
        one.use = by_slug[one.slug]  # type: ignore[attr-defined]
    return found


def history_of(figure: Figure) -> list[Event]:
    """Tell every publish that changed a figure, the newest first."""
    changes = list(
        Change.objects.of(Resource.FIGURES, figure.slug)
        .select_related("revision")
        .order_by("-revision_id")
    )
    told = zip(changes, lines(changes), strict=True)
    return [Event(change.revision, line) for change, line in told]


def _sentence(figure: Figure, day: date) -> str:
    held = Estimate.objects.as_of(day).under(Policy.ALL).about(figure.country.code)
    mine = held.on_side(figure.side).counting([figure.metric]).with_ends().first()
    empty = Estimate(
        country=figure.country,
        side=figure.side,
        metric=figure.metric,
        reason="no_figure",
    )
    return sentence(mine or empty, day)
