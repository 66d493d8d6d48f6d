"""The record in the form that the pure rules work on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import models

from recruitment import estimates, lineage
from recruitment.choices import Status
from recruitment.models import Country, Figure, Source
from recruitment.querysets import FigureQuerySet

type_key = tuple[str, str, str]  # country code, side, metric
BATCH = 2_000  # rows read or written at a time


def public_id(key: type_key) -> str:
    return "-".join(key).lower().replace("_", "-")


def id_field(model: type[models.Model]) -> str:
    """Name the field that holds the public ids of a model's rows."""
    return "code" if model is Country else "slug"


def links_of(link: models.ManyToManyField[Any, Any]) -> dict[int, set[int]]:
    """Map the primary key of each row to those that it is linked to."""
    held: dict[int, set[int]] = {}
    through: Any = link.remote_field.through
    for one, other in through.objects.values_list(
        link.m2m_field_name(), link.m2m_reverse_field_name()
    ):
        held.setdefault(one, set()).add(other)
    return held


def figures_by_key(
    counted: FigureQuerySet,
) -> Iterator[tuple[type_key, list[estimates.Figure]]]:
    """Give the figures of each key in the form that the rules work on, key by key."""
    disjoint = _disjoint_slugs(counted)
    rows = (
        counted.with_first_published()
        .order_by("country__code", "side", "metric", "slug")
        .values(*COLUMNS, *CLAIMANT_COLUMNS, "first_published")
    )
    for key, held in groupby(rows.iterator(BATCH), key=key_of):
        yield (
            key,
            [
                pure_figure(
                    row,
                    _claimant(row, "claimant"),
                    _claimant(row, "evidence_origin"),
                    disjoint.get(row["slug"], frozenset()),
                )
                for row in held
            ],
        )


def figures_of(key: type_key) -> list[estimates.Figure]:
    """Give every published figure of one key, the unused ones too."""
    code, side, metric = key
    figures = Figure.objects.published().about(code).on_side(side).counting([metric])
    return [figure for _, held in figures_by_key(figures) for figure in held]


COLUMNS = (
    *("country__code", "side", "metric"),
    *("slug", "low", "high", "qualifier", "scope", "scope_note", "as_of"),
    *("as_of_precision", "period_start", "variant_of_id", "status", "countable"),
    *("evidence", "interest", "credibility"),
)
CLAIMANT_COLUMNS = tuple(
    f"{link}__{column}"
    for link in ("claimant", "evidence_origin")
    for column in ("slug", "kind", "party", "country__code")
)


def key_of(row: dict[str, Any]) -> type_key:
    return row["country__code"], row["side"], row["metric"]


def pure_figure(
    row: dict[str, Any],
    claimant: estimates.Claimant | None,
    origin: estimates.Claimant | None,
    disjoint_with: frozenset[str],
) -> estimates.Figure:
    """Give a row of COLUMNS as the rules see it; `origin` is set where a claimant relays."""
    if claimant is None:
        raise ValueError(f"{row['slug']} has no claimant")
    return estimates.Figure(
        slug=row["slug"],
        area=row["country__code"],
        low=row["low"],
        high=row["high"],
        qualifier=row["qualifier"],
        as_of=row["as_of"],
        claimant=claimant,
        counted_by=origin or claimant,
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
        disjoint_with=disjoint_with,
    )


def _claimant(row: dict[str, Any], link: str) -> estimates.Claimant | None:
    slug = row[f"{link}__slug"]
    if slug is None:
        return None
    return estimates.Claimant(
        slug,
        row[f"{link}__kind"],
        row[f"{link}__party"],
        row[f"{link}__country__code"],
    )


def _disjoint_slugs(figures: FigureQuerySet) -> dict[str, frozenset[str]]:
    links = Figure.disjoint_with.through.objects.filter(from_figure__in=figures)
    pairs = links.values_list("from_figure__slug", "to_figure__slug")
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
