"""The record in the form that the pure rules work on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from recruitment import estimates, lineage
from recruitment.choices import Status
from recruitment.models import Claimant, Figure, Source
from recruitment.querysets import FigureQuerySet

type_key = tuple[str, str, str]  # country code, side, metric
BATCH = 2_000  # rows read or written at a time


def public_id(key: type_key) -> str:
    return "-".join(key).lower().replace("_", "-")


def figures_by_key(
    counted: FigureQuerySet,
) -> Iterator[tuple[type_key, list[estimates.Figure]]]:
    """Give the figures of each key in the form that the rules work on, key by key."""
    claimants = {
        claimant.pk: estimates.Claimant(
            claimant.slug,
            claimant.kind,
            claimant.party,
            claimant.country.code if claimant.country else None,
        )
        for claimant in Claimant.objects.select_related("country")
    }
    disjoint = _disjoint_slugs()
    rows = (
        counted.with_first_published()
        .order_by("country__code", "side", "metric", "slug")
        .values("country__code", "side", "metric", "first_published", *COLUMNS)
    )
    for key, held in groupby(rows.iterator(BATCH), key=key_of):
        yield key, [pure_figure(row, claimants, disjoint) for row in held]


def figures_of(key: type_key) -> list[estimates.Figure]:
    """Give every published figure of one key, the unused ones too."""
    code, side, metric = key
    figures = Figure.objects.published().about(code).on_side(side).counting([metric])
    return [figure for _, held in figures_by_key(figures) for figure in held]


COLUMNS = (
    *("slug", "low", "high", "qualifier", "scope", "scope_note", "as_of"),
    *("as_of_precision", "period_start", "claimant_id", "evidence_origin_id"),
    *("evidence", "interest", "credibility", "status", "countable", "variant_of_id"),
)


def key_of(row: dict[str, Any]) -> type_key:
    return row["country__code"], row["side"], row["metric"]


def pure_figure(
    row: dict[str, Any],
    claimants: dict[int, estimates.Claimant],
    disjoint: dict[str, frozenset[str]],
) -> estimates.Figure:
    return estimates.Figure(
        slug=row["slug"],
        area=row["country__code"],
        low=row["low"],
        high=row["high"],
        qualifier=row["qualifier"],
        as_of=row["as_of"],
        claimant=claimants[row["claimant_id"]],
        counted_by=claimants[row["evidence_origin_id"] or row["claimant_id"]],
        scope=row["scope"],
        scope_note=row["scope_note"],
        precision=row["as_of_precision"],
        period_start=row["period_start"],
        published=row["first_published"],
        evidence=row["evidence"],
        interest=row["interest"],
        credibility=row["credibility"],
        is_countable=row["status"] == Status.PUBLISHED
        and row["countable"]
        and row["variant_of_id"] is None,
        disjoint_with=disjoint.get(row["slug"], frozenset()),
    )


def _disjoint_slugs() -> dict[str, frozenset[str]]:
    pairs = Figure.disjoint_with.through.objects.values_list(
        "from_figure__slug", "to_figure__slug"
    )
    found = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return {slug: frozenset(others) for slug, others in found.items()}


def pages_by_slug() -> dict[str, lineage.Page]:
    """Give every source as lineage sees it."""
    parents = defaultdict(set)
    links = Source.derived_from.through.objects.values_list(
        "from_source__slug", "to_source__slug"
    )
    for slug, parent in links:
        parents[slug].add(parent)
    rows = Source.objects.values_list("slug", "publisher__name", "kind", "credits")
    return {
        slug: lineage.Page(
            slug, publisher, kind, frozenset(parents[slug]), frozenset(names)
        )
        for slug, publisher, kind, names in rows
    }
