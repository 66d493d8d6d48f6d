"""What followed for every day from the figures that the record held at a moment."""

from __future__ import annotations

from datetime import datetime

from recruitment import disagreements, estimates
from recruitment.accounting import ENDS, as_row
from recruitment.intervals import Interval, group_intervals, intervals
from recruitment.models import Conflict, Country, Estimate
from recruitment.past import figures_known_at, groups_at, pure_figures_at
from recruitment.reading import public_id, type_key
from recruitment.rebuilding import OWN_STATE


def series_known_at(key: type_key, moment: datetime, policy: str) -> list[Estimate]:
    """Give the estimates of a key for every day, as rows, by the rules of today."""
    held = _intervals(key, moment, policy)
    slugs = {getattr(one.estimate, end) for one in held for end in ENDS} - {None}
    figures = figures_known_at(moment, slugs)
    country = Country.objects.get(code=key[0])
    rows = []
    for one in held:
        row = as_row(key, country, one.estimate, one.from_day, policy, figures)
        row.to_day = one.to_day
        rows.append(row)
    return rows


def revisions_known_at(key: type_key, moment: datetime) -> list[Conflict]:
    """Give the pairs in which a claimant took an older figure of a key back (R4)."""
    held = pure_figures_at(moment, {key[0]}).get(key, [])
    found = list(disagreements.revisions(held, key[2]))
    figures = figures_known_at(
        moment, {slug for pair in found for slug in (pair.one, pair.other)}
    )
    return [
        Conflict(
            key=public_id(key),
            kind=pair.kind,
            one=figures[pair.one],
            other=figures[pair.other],
        )
        for pair in found
    ]


def _intervals(key: type_key, moment: datetime, policy: str) -> list[Interval]:
    code, side, metric = key
    members = [one for one in groups_at(moment).get(code, []) if one != OWN_STATE[side]]
    figures = pure_figures_at(moment, {code, *members})

    def of(code: str) -> list[Interval]:
        counted = figures.get((code, side, metric), [])
        admitted = (one for one in counted if estimates.admitted_by_policy(one, policy))
        return intervals(admitted, metric)

    if not members:
        return of(code)
    return group_intervals(of(code), [(one, of(one)) for one in sorted(members)])
