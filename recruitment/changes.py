"""What a publish changed for the public, row by row.

A change is of what a row says itself. What is nested in it, or counted from other rows,
changes with those. Drafts never show: a draft that is published is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models

from recruitment.choices import ChangeKind, Resource, StatusReason
from recruitment.models import RECORD, Change, Figure
from recruitment.reading import id_field
from recruitment.touched import CITED_RESOURCES, Moment, columns, history_of, recited


def changes_between(before: Moment, after: Moment, reason: str) -> Iterator[Change]:
    """Tell what became of each touched row in the eyes of the public."""
    links = {resource: link for link, resource in CITED_RESOURCES.items()}
    for resource in RECORD:
        cited = recited(before, after, links[resource]) if resource in links else set()
        yield from _Log(resource, before, after, cited).changes(reason)


class _Log:
    """Tells what became of the rows of one kind."""

    def __init__(
        self, resource: str, before: Moment, after: Moment, recited: set[int]
    ) -> None:
        self.resource, self.before, self.after = resource, before, after
        self.recited = recited
        self._public_ids: dict[tuple[type[models.Model], int], str] = {}
        model = RECORD[resource]
        self.names = [
            *columns(model).values(),
            *(link.name for link in model._meta.many_to_many),
        ]

    def changes(self, reason: str) -> Iterator[Change]:
        was = self.before.shown(self.resource)
        now = self.after.shown(self.resource)
        for public_id in sorted(was | now):
            change = Change(resource=self.resource, public_id=public_id, reason=reason)
            if public_id not in now:
                self._remove(change, was[public_id])
            elif public_id not in was:
                change.kind = ChangeKind.ADDED
            else:
                self._compare(change, was[public_id], now[public_id])
            if change.kind != ChangeKind.CHANGED or change.fields:
                yield change

    def _remove(self, change: Change, pk: int) -> None:
        """Tell of a row that is hidden or deleted, and of what stands in for it."""
        change.kind = ChangeKind.REMOVED
        after = self.after.rows[self.resource].get(pk)
        if after is None:
            return
        self._take_reason(change, pk)
        if pk in self.after.shown(self.resource).values():
            change.successor = after[id_field(RECORD[self.resource])]
        elif "variant_of" in self.names:
            original = self.after.value(self.resource, pk, "variant_of")
            change.successor = self._as_json(Figure, original)

    def _compare(self, change: Change, old: int, new: int) -> None:
        """Name the fields that differ; of a figure, tell how."""
        change.kind = ChangeKind.CHANGED
        for name in self.names:
            ends = (
                self.before.value(self.resource, old, name),
                self.after.value(self.resource, new, name),
            )
            if ends[0] != ends[1]:
                change.fields.append(name)
                column: Any = RECORD[self.resource]._meta.get_field(name)
                # What we took out of a free text must not stand here for ever.
                is_text = isinstance(column, models.TextField)
                if self.resource == Resource.FIGURES and not is_text:
                    change.differences[name] = [
                        self._as_json(column.related_model, end) for end in ends
                    ]
        if "status" in change.fields:
            self._take_reason(change, new)
        if new in self.recited:
            change.fields.append("citations")

    def _take_reason(self, change: Change, pk: int) -> None:
        """Give the reason of the row's status, where it has one, before the publish's."""
        given = self.after.rows[self.resource][pk].get("status_reason")
        change.reason = StatusReason(given).label if given else change.reason

    def _as_json(self, model: type[models.Model] | None, value: Any) -> Any:
        """Give a value as JSON has it: rows by their public ids, days as text."""
        if isinstance(value, set):
            return sorted(self._as_json(model, pk) for pk in value)
        if isinstance(value, date):
            return value.isoformat()
        if model is None or value is None:
            return value
        if (model, value) not in self._public_ids:
            # From history, which knows a row that was deleted, too.
            entries = history_of(model).filter(id=value).values_list(id_field(model))
            [self._public_ids[model, value]] = entries.latest("history_id")
        return self._public_ids[model, value]
