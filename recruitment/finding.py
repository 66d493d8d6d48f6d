"""From figures to stored findings: conflicts, identities, and how far a figure spread."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby

from django.db import transaction

from recruitment import disagreements, estimates, lineage
from recruitment.choices import Role
from recruitment.models import Citation, Conflict, Figure, Identity, Spread
from recruitment.querysets import FigureQuerySet
from recruitment.reading import BATCH, figures_by_key, pages_by_slug, public_id


@transaction.atomic
def rebuild_findings() -> None:
    """Replace every stored finding."""
    for model in (Conflict, Identity, Spread):
        model._default_manager.all().delete()
    _find(Figure.objects.all())


@transaction.atomic
def refresh_findings(codes: Collection[str]) -> None:
    """Replace the findings about the given countries."""
    Conflict.objects.filter(one__country__code__in=codes).delete()
    Identity.objects.filter(country_id__in=codes).delete()
    Spread.objects.filter(figure__country__code__in=codes).delete()
    _find(Figure.objects.about(*codes))


def _find(figures: FigureQuerySet) -> None:
    counted = figures.usable().counting(estimates.ESTIMATED)
    Conflict.objects.bulk_create(_conflicts(counted), BATCH)
    _write_identities(counted)
    Spread.objects.bulk_create(_spreads(figures.published()), BATCH)


def _conflicts(counted: FigureQuerySet) -> Iterator[Conflict]:
    for key, held in figures_by_key(counted):
        for found in disagreements.conflicts(held, key[2]):
            yield Conflict(
                key=public_id(key),
                kind=found.kind,
                one_id=found.one,
                other_id=found.other,
                ratio=found.ratio,
            )


def _write_identities(counted: FigureQuerySet) -> None:
    by_area = groupby(figures_by_key(counted), key=lambda item: item[0][:2])
    for (code, side), keys in by_area:
        pairs = [(key[2], figure) for key, held in keys for figure in held]
        for found in disagreements.identities(pairs):
            identity = Identity.objects.create(
                country_id=code,
                side=side,
                recruited_id=found.recruited,
                most=found.most,
                least=found.least,
                holds=found.holds,
            )
            identity.parts.set(Figure.objects.filter(slug__in=found.parts))


def _spreads(figures: FigureQuerySet) -> Iterator[Spread]:
    sources = pages_by_slug()
    citations = (
        Citation.objects.filter(figure__in=figures)
        .order_by("figure__slug", "slug")
        .values_list("figure__slug", "source__slug", "role")
    )
    for slug, cited in groupby(citations.iterator(BATCH), key=lambda row: row[0]):
        carried = [
            lineage.reports_of(sources[page], sources, repeats=role == Role.REPEATS)
            for _, page, role in cited
        ]
        yield Spread(
            figure_id=slug,
            pages=len(carried),
            reports=lineage.independent(carried),
        )
