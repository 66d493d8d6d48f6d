"""Records and pages as they read at a moment, with the citations that they then had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.db.models import Model

from recruitment.models import Citation, Source
from recruitment.models.base import Record
from recruitment.past import as_rows, links_at, published_at
from recruitment.querysets import followed

type_record = TypeVar("type_record", bound=Record)


def records_at(
    model: type[type_record], moment: datetime, *conditions: object, **wanted: object
) -> list[type_record]:
    """Give what was public at a moment, as it then read and was cited, by public id."""
    then = published_at(moment, model).filter(*conditions, **wanted)
    held = sorted(as_rows(model, then), key=lambda one: one.slug)
    link = model._meta.model_name
    cited = defaultdict(list)
    of_these = {f"{link}_id__in": [one.pk for one in held]}
    for citation in as_rows(
        Citation, Citation.history.as_of(moment).filter(**of_these)
    ):
        cited[getattr(citation, f"{link}_id")].append(citation)
    for citations in cited.values():
        citations.sort(key=lambda one: one.slug)
    _hold(held, "citations", cited)
    return held


def pages_in_lineage_at(
    moment: datetime, pages: Collection[int], *, below: bool = False
) -> list[Source]:
    """Give some pages and what they then rested on; with `below`, what rested on them too."""
    upward = links_at(Source, "derived_from", moment)
    found = followed(pages, upward)
    if below:
        found |= followed(pages, [(parent, page) for page, parent in upward])
    then = Source.history.as_of(moment).filter(id__in=found)
    held = {one.pk: one for one in as_rows(Source, then)}
    parents = defaultdict(list)
    for page, parent in upward:
        if parent in held:
            parents[page].append(held[parent])
    _hold(held.values(), "derived_from", parents)
    return [*held.values()]


def _hold(
    rows: Iterable[Model], name: str, linked: Mapping[int, Sequence[Model]]
) -> None:
    """Let `row.name.all()` give what was linked then, as a prefetch would.

    Django's own prefetch asks a model's manager, which knows of today alone.
    """
    for row in rows:
        manager = getattr(row, name)
        then = manager.get_queryset().none()
        then._result_cache = [*linked.get(row.pk, ())]
        row._prefetched_objects_cache = {name: then}  # type: ignore[attr-defined]
