"""The rows that a publish touched, as they were before and as they are now.

The history of every row tells both; only links and neighbours are read beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Max, Min, Q

from recruitment.choices import Resource, Status
from recruitment.models import CITED, RECORD, Citation, Figure
from recruitment.reading import BATCH, id_field, links_of

type_rows = dict[int, dict[str, Any]]  # columns, by primary key
type_links = dict[str, dict[int, set[int]]]  # by field, from a row to those linked
RESOURCES = {model: resource for resource, model in RECORD.items()}
# The column that says whether a row is a draft, and what it then holds.
DRAFTS = {
    name: (column, value)
    for name, model in RECORD.items()
    for column, value in (("status", Status.DRAFT), ("is_draft", True))
    if hasattr(model, column)
}
# What a citation may be for, by the name of its link.
CITED_RESOURCES = {
    link: RESOURCES[Citation._meta.get_field(link).related_model]  # type: ignore[index]
    for link in CITED
}


@dataclass(frozen=True)
class Start:
    """Where the record stood when a publish began."""

    last_history: dict[str, int]
    links: dict[str, type_links]


@dataclass
class Moment:
    """The touched rows at one end of a publish, and which rows were drafts then."""

    rows: dict[str, type_rows]
    links: dict[str, type_links]
    drafts: dict[str, set[int]]

    def shown(self, resource: str) -> dict[str, int]:
        """Map the public ids of the touched rows that the public sees to their keys."""
        key = id_field(RECORD[resource])
        rows = self.rows[resource].items()
        return {row[key]: pk for pk, row in rows if self._is_shown(resource, pk, row)}

    def _is_shown(self, resource: str, pk: int, row: dict[str, Any]) -> bool:
        if resource == Resource.CITATIONS:
            cited = CITED_RESOURCES.items()
            return not any(
                row[f"{link}_id"] in self.drafts[name] for link, name in cited
            )
        return pk not in self.drafts.get(resource, ())

    def value(self, resource: str, pk: int, name: str) -> Any:
        """Give what the public sees in a field: a value, a key, or a set of keys."""
        column: Any = RECORD[resource]._meta.get_field(name)
        drafts = self.drafts.get(RESOURCES.get(column.related_model, ""), set())
        if column.many_to_many:
            return self.links[resource][name].get(pk, set()) - drafts
        value = self.rows[resource][pk][column.attname]
        return None if column.is_relation and value in drafts else value


def start() -> Start:
    """Note where the record stands, before anything is written."""
    newest = Max("history_id")
    last = {
        resource: history_of(model).aggregate(newest=newest)["newest"] or 0
        for resource, model in RECORD.items()
    }
    return Start(last, _links())


def since(start: Start) -> tuple[Moment, Moment]:
    """Give the rows that were written since `start`, as they were and as they are."""
    before, after = Moment({}, start.links, {}), Moment({}, _links(), {})
    for resource, model in RECORD.items():
        last = start.last_history[resource]
        before.rows[resource], after.rows[resource] = _written(model, last)
    for resource, links in after.links.items():
        for name, now in links.items():
            was = before.links[resource][name]
            # The history of a symmetrical link is written at one of its ends.
            differing = [pk for pk in was | now if was.get(pk) != now.get(pk)]
            _add(resource, differing, before, after)
    if any(before.rows.values()) or any(after.rows.values()):
        _find_drafts(before, after)
        _add_neighbours(before, after)
    return before, after


def columns(model: type[models.Model]) -> dict[str, str]:
    """Map attribute to name of the columns that the public and history know."""
    kept = {column.attname for column in history_of(model).model._meta.concrete_fields}
    return {
        column.attname: column.name
        for column in model._meta.concrete_fields
        if column.attname in kept
        and not column.primary_key
        and column.name != "is_draft"  # which is not told, only whether a row is shown
    }


def _read(model: type[models.Model]) -> set[str]:
    """Name what is read of each row: the columns, and what may hide it."""
    hides = DRAFTS[RESOURCES[model]][:1] if RESOURCES[model] in DRAFTS else ()
    return {*columns(model), *hides}


def history_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """Give all entries of the history of a model's rows, in no order."""
    rows: models.QuerySet[Any] = model.history.order_by()  # type: ignore[attr-defined]
    return rows


def _links() -> dict[str, type_links]:
    return {
        resource: {link.name: links_of(link) for link in model._meta.many_to_many}
        for resource, model in RECORD.items()
    }


def _written(model: type[models.Model], last: int) -> tuple[type_rows, type_rows]:
    """Read what history tells of the rows that it has written since its entry `last`."""
    key, names = id_field(model), _read(model)
    new = history_of(model).filter(history_id__gt=last)
    # Of rows that were not there before, only what hides them is looked at.
    hiding = {"status", "is_draft", *(f"{link}_id" for link in CITED)}
    after = _last_states(new, {key, *hiding} & names)
    entries = history_of(model).filter(id__in=new.values("id")).values("id")
    # Not filter(history_id__lte=last): beside GROUP BY and IN, SQLite 3.40 overlooks it.
    was = Max("history_id", filter=Q(history_id__lte=last))
    newest = entries.annotate(newest=was).values("newest")
    before = _last_states(history_of(model).filter(history_id__in=newest), names)
    if before:
        existed = entries.annotate(oldest=Min("history_id")).filter(oldest__lte=last)
        deleted = new.filter(history_type="-").values(key)
        known = Q(id__in=existed.values("id")) | Q(**{f"{key}__in": deleted})
        after |= _last_states(new.filter(known), names)
    return before, after


def _last_states(history: models.QuerySet[Any], names: Collection[str]) -> type_rows:
    """Give the last state of each row; none of a row that was deleted."""
    rows: type_rows = {}
    entries = history.order_by("history_id").values("id", "history_type", *names)
    for row in entries.iterator(BATCH):
        pk = row.pop("id")
        if row.pop("history_type") == "-":
            rows.pop(pk, None)
        else:
            rows[pk] = row
    return rows


def _add(resource: str, pks: Iterable[int], before: Moment, after: Moment) -> None:
    """Add rows whose own columns were not written: they are as they were."""
    model = RECORD[resource]
    known = before.rows[resource].keys() | after.rows[resource].keys()
    wanted = sorted(set(pks) - known)
    for place in range(0, len(wanted), BATCH):
        batch = wanted[place : place + BATCH]
        rows = model._default_manager.filter(pk__in=batch)
        for row in rows.values("pk", *_read(model)):
            pk = row.pop("pk")
            before.rows[resource][pk] = after.rows[resource][pk] = row


def _find_drafts(before: Moment, after: Moment) -> None:
    for resource, (column, value) in DRAFTS.items():
        drafts = RECORD[resource]._default_manager.filter(**{column: value})
        after.drafts[resource] = set(drafts.values_list("pk", flat=True))
        was = before.rows[resource]
        before.drafts[resource] = (after.drafts[resource] - was.keys()) | {
            pk for pk, row in was.items() if row[column] == value
        }


def recited(before: Moment, after: Moment, link: str) -> set[int]:
    """Give the keys of the rows whose citations came, went or were written anew."""
    was, now = before.rows[Resource.CITATIONS], after.rows[Resource.CITATIONS]
    written = [pk for pk in was | now if was.get(pk) != now.get(pk)]
    held = (
        rows[pk][f"{link}_id"] for rows in (was, now) for pk in written if pk in rows
    )
    return {cited for cited in held if cited is not None}


def _add_neighbours(before: Moment, after: Moment) -> None:
    """Add whose citations were written, and what a row that shows or hides takes along."""
    for link, resource in CITED_RESOURCES.items():
        _add(resource, recited(before, after, link), before, after)
        rows = before.rows[resource].keys() & after.rows[resource].keys()
        turned = rows & (before.drafts[resource] ^ after.drafts[resource])
        _add(Resource.CITATIONS, _pointing(Citation, link, turned), before, after)
        if resource == Resource.FIGURES:
            linked = after.links[resource]["disjoint_with"]
            ends = {pk for one in turned for pk in linked.get(one, ())}
            ends |= set(_pointing(Figure, "variant_of", turned))
            _add(resource, ends, before, after)


def _pointing(
    model: type[models.Model], link: str, pks: Collection[int]
) -> Iterable[int]:
    """Give the keys of the rows that point to one of `pks`."""
    wanted = sorted(pks)
    for place in range(0, len(wanted), BATCH):
        batch = wanted[place : place + BATCH]
        rows = model._default_manager.filter(**{f"{link}__in": batch})
        yield from rows.values_list("pk", flat=True)
