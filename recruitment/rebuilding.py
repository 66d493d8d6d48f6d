"""From figures to stored estimates: reads the record, asks estimates.py, writes rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction

from recruitment import estimates
from recruitment.choices import Policy
from recruitment.models import Claimant, Country, Estimate, Figure

type_key = tuple[str, str, str]  # country code, side, metric
OWN_STATE = {"russia": "RUS", "ukraine": "UKR"}


@transaction.atomic
def rebuild_estimates() -> int:
    """Replace every stored estimate; give the number of rows written."""
    Estimate.objects.all().delete()
    figures = _figures_by_key()
    ids = {
        "country": dict(Country.objects.values_list("code", "pk")),
        "figure": dict(Figure.objects.values_list("slug", "pk")),
    }
    rows = [
        _row(key, policy, interval, ids)
        for policy in Policy.values
        for key, intervals in _intervals(figures, policy)
        for interval in intervals
    ]
    Estimate.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _figures_by_key() -> dict[type_key, list[estimates.Figure]]:
    figures = (
        Figure.objects.usable()
        .counting(estimates.ESTIMATED)
        .select_related("country", "claimant__country", "evidence_origin__country")
        .prefetch_related("disjoint_with")
        .with_report_counts()
    )
    by_key = defaultdict(list)
    for figure in figures:
        key = (figure.country.code, figure.side, figure.metric)
        by_key[key].append(pure_figure(figure))
    return dict(by_key)


def pure_figure(figure: Figure) -> estimates.Figure:
    """Give the figure in the form that the rules work on."""
    return estimates.Figure(
        slug=figure.slug,
        area=figure.country.code,
        low=figure.low,
        high=figure.high,
        qualifier=figure.qualifier,
        as_of=figure.as_of,
        claimant=_pure_claimant(figure.claimant),
        counted_by=_pure_claimant(figure.evidence_origin or figure.claimant),
        scope=figure.scope,
        scope_note=figure.scope_note,
        precision=figure.as_of_precision,
        period_start=figure.period_start,
        published=figure.first_published,  # type: ignore[attr-defined]  # annotated
        evidence=figure.evidence,
        interest=figure.interest,
        credibility=figure.credibility,
        is_countable=figure.countable and figure.variant_of_id is None,
        disjoint_with=frozenset(other.slug for other in figure.disjoint_with.all()),
    )


def _pure_claimant(claimant: Claimant) -> estimates.Claimant:
    return estimates.Claimant(
        slug=claimant.slug,
        kind=claimant.kind,
        party=claimant.party,
        country=claimant.country.code if claimant.country else None,
    )


def _intervals(
    figures: dict[type_key, list[estimates.Figure]], policy: str
) -> Iterator[tuple[type_key, list[estimates.Interval]]]:
    """Estimate every key: the countries first, then the groups that add them up."""
    own = {
        key: estimates.intervals(
            [one for one in held if estimates.admitted_by_policy(one, policy)], key[2]
        )
        for key, held in figures.items()
    }
    groups = {
        group.code: [member.code for member in group.members.all()]
        for group in Country.objects.filter(kind="group").prefetch_related("members")
    }
    for key, intervals in own.items():
        if key[0] not in groups:
            yield key, intervals
    for (code, side, metric), members in _group_keys(groups, own):
        yield (
            (code, side, metric),
            estimates.group_intervals(
                own.get((code, side, metric), []),
                [(member, own[member, side, metric]) for member in members],
            ),
        )


def _group_keys(
    groups: dict[str, list[str]], own: Iterable[type_key]
) -> Iterator[tuple[type_key, list[str]]]:
    """Give each group's keys with the members counted there, less the side's own state."""
    counted = set(own)
    for code, members in sorted(groups.items()):
        for side, metric in sorted({key[1:] for key in counted}):
            present = [
                member
                for member in members
                if (member, side, metric) in counted and member != OWN_STATE[side]
            ]
            if present or (code, side, metric) in counted:
                yield (code, side, metric), present


def _row(
    key: type_key,
    policy: str,
    interval: estimates.Interval,
    ids: dict[str, dict[str, int]],
) -> Estimate:
    country, side, metric = key
    drawn = interval.estimate
    figure = ids["figure"].get
    return Estimate(
        key="-".join(key).lower().replace("_", "-"),
        country_id=ids["country"][country],
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
        low_figure_id=figure(drawn.low_figure or ""),
        best_figure_id=figure(drawn.best_figure or ""),
        high_figure_id=figure(drawn.high_figure or ""),
        last_known_figure_id=figure(drawn.last_known_figure or ""),
        low_sum_of=list(drawn.low_sum_of),
        rules_version=estimates.RULES_VERSION,
    )
