"""From figures to what follows from them: asks the rules, writes rows.

The rows can be thrown away and made again: the same figures and the same rules version
give the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection, models, transaction

from recruitment import estimates
from recruitment.choices import CountryKind, Policy
from recruitment.finding import rebuild_findings, refresh_findings
from recruitment.intervals import Interval, group_intervals, intervals
from recruitment.models import RECORD, Country, Estimate, Figure
from recruitment.publishing import publishing
from recruitment.querysets import FigureQuerySet
from recruitment.reading import BATCH, figures_by_key, public_id, type_key
from recruitment.searching import search_text

type_drawn = tuple[type_key, str, list[Interval]]  # key, policy, intervals
OWN_STATE = {"russia": "RUS", "ukraine": "UKR"}


def rebuild() -> int:
    """Replace all that follows from the figures; give the number of estimates."""
    with publishing("all estimates were computed anew") as derived:
        with connection.cursor() as cursor:
            # Tables just filled have no statistics; queries would be planned blindly.
            cursor.execute("ANALYZE")
        derived.watch()
        rebuild_findings()
        return rebuild_estimates()


def refresh(keys: Collection[type_key]) -> int:
    """Replace what follows from the figures of the given keys."""
    with publishing("estimates were computed anew") as derived:
        derived.watch([public_id(key) for key in {*keys, *_groups_above(keys)}])
        refresh_findings({code for code, _, _ in keys})
        return refresh_estimates(keys)


@transaction.atomic
def make_searchable(*, anew: bool = False) -> int:
    """Write what rows are found by where it is missing, or everywhere; count those rows.

    Saving a row does so by itself; loading a fixture, or new rules of folding, does not.
    """
    written = 0
    for model in RECORD.values():
        if not hasattr(model, "searched_terms"):
            continue
        rows: models.QuerySet[Any] = model._default_manager.order_by("pk")
        if not anew:
            rows = rows.filter(search_text="")
        last = 0
        while batch := list(rows.filter(pk__gt=last)[:BATCH]):
            for row in batch:
                row.search_text = search_text(row.searched_terms())
            model._default_manager.bulk_update(batch, ["search_text"])
            last = batch[-1].pk
            written += len(batch)
    return written


@transaction.atomic
def rebuild_estimates() -> int:
    """Replace every stored estimate; give the number of rows written."""
    Estimate.objects.all().delete()
    counted = Figure.objects.usable().counting(estimates.ESTIMATED)
    keys = counted.values_list("country__code", "side", "metric").order_by().distinct()
    return _write(set(keys), counted)


@transaction.atomic
def refresh_estimates(keys: Collection[type_key]) -> int:
    """Replace the estimates of the given keys and of the groups that add them up."""
    touched = {*keys, *_groups_above(keys)}
    Estimate.objects.filter(key__in=map(public_id, touched)).delete()
    counted = Figure.objects.usable().counting(estimates.ESTIMATED)
    return _write(touched, counted.about(*{code for code, _, _ in touched}))


def _groups() -> dict[str, list[str]]:
    """Give the codes of each group's members."""
    groups = Country.objects.filter(kind=CountryKind.GROUP)
    return {
        group.code: [member.code for member in group.members.all()]
        for group in groups.prefetch_related("members")
    }


def _groups_above(keys: Iterable[type_key]) -> set[type_key]:
    groups = _groups()
    return {
        (group, side, metric)
        for code, side, metric in keys
        for group, members in groups.items()
        if code in members
    }


def _write(keys: set[type_key], counted: FigureQuerySet) -> int:
    """Estimate the countries first, then the groups from what was stored of those."""
    groups = _groups()
    of_groups = {key for key in keys | _groups_above(keys) if key[0] in groups}
    of_countries = keys - of_groups
    in_groups = counted.filter(country__kind=CountryKind.GROUP)
    in_countries = counted.filter(country__kind=CountryKind.COUNTRY)
    return _store(_of_countries(of_countries, in_countries)) + _store(
        _of_groups(of_groups, in_groups, groups)
    )


def _of_countries(keys: set[type_key], counted: FigureQuerySet) -> Iterator[type_drawn]:
    for key, figures in figures_by_key(counted):
        if key in keys:
            for policy, held in _by_policy(figures):
                yield key, policy, intervals(held, key[2])


def _of_groups(
    keys: set[type_key], counted: FigureQuerySet, groups: dict[str, list[str]]
) -> Iterator[type_drawn]:
    own = dict(figures_by_key(counted))
    for key in sorted(keys):
        group, side, metric = key
        codes = [code for code in groups[group] if code != OWN_STATE[side]]
        shares = _stored_lows([(code, side, metric) for code in codes])
        for policy, held in _by_policy(own.get(key, [])):
            direct = intervals(held, metric)
            members = sorted(shares.get(policy, {}).items())
            yield key, policy, group_intervals(direct, members)


def _by_policy(
    figures: list[estimates.Figure],
) -> Iterator[tuple[str, list[estimates.Figure]]]:
    for policy in Policy.values:
        yield (
            policy,
            [one for one in figures if estimates.admitted_by_policy(one, policy)],
        )


def _stored_lows(
    keys: Iterable[type_key],
) -> dict[str, dict[str, list[Interval]]]:
    """Give by policy and country what a group adds up: lows and their intervals."""
    rows = Estimate.objects.filter(key__in=map(public_id, keys)).order_by("from_day")
    shares: dict[str, dict[str, list[Interval]]] = {}
    for row in rows:
        drawn = estimates.Estimate(
            low=row.low, low_strict=row.low_strict, revised_down=row.revised_down
        )
        of_policy = shares.setdefault(row.policy, {})
        of_policy.setdefault(row.country_id, []).append(
            Interval(row.from_day, row.to_day, drawn)
        )
    return shares


def _store(drawn: Iterable[type_drawn]) -> int:
    """Write intervals as rows, a batch at a time, so that memory stays flat."""
    batch: list[Estimate] = []
    written = 0
    for key, policy, held in drawn:
        batch += [_row(key, policy, interval) for interval in held]
        if len(batch) >= BATCH:
            written += len(Estimate.objects.bulk_create(batch, BATCH))
            batch = []
    return written + len(Estimate.objects.bulk_create(batch, BATCH))


def _row(key: type_key, policy: str, interval: Interval) -> Estimate:
    code, side, metric = key
    drawn = interval.estimate
    return Estimate(
        key=public_id(key),
        country_id=code,
        side=side,
        metric=metric,
        policy=policy,
        from_day=interval.from_day,
        to_day=interval.to_day,
        low=drawn.low,
        best=drawn.best,
        high=drawn.high,
        low_strict=drawn.low_strict,
        high_open=drawn.high_open,
        label=drawn.label,
        reason=drawn.reason,
        revised_down=drawn.revised_down,
        origins=drawn.origins,
        low_figure_id=drawn.low_figure,
        best_figure_id=drawn.best_figure,
        high_figure_id=drawn.high_figure,
        last_known_figure_id=drawn.last_known_figure,
        low_sum_of=list(drawn.low_sum_of),
        rules_version=estimates.RULES_VERSION,
    )
