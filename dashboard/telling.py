"""One change in words: what the row was before it, and what it became."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.text import capfirst

from dashboard.naming import NAMES, Named, type_names
from recruitment import wording
from recruitment.choices import ChangeKind, Resource
from recruitment.models import RECORD, Change, Figure

BOUNDS = ("low", "high", "qualifier")
ENDS = {"best": "best", "low": "lowest", "high": "highest", "label": "support"}
type_state = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One change in words."""

    kind: ChangeKind
    resource: str  # in words
    row: Named
    what: str = ""  # the number, before and after
    also: str = ""  # what else changed
    reason: str = ""  # where the row has one of its own
    successor: Named | None = None


def lines(changes: Iterable[Change]) -> list[Line]:
    """Tell changes in words, with as many queries for one as for many.

    A row that is no longer public is told by its public id alone, also where it changed
    while it was.
    """
    changes = list(changes)
    ids: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        ids[change.resource].add(change.public_id)
        if change.successor:
            ids[change.resource].add(change.successor)
    named = {
        resource: NAMES[resource](ids[resource]) for resource in NAMES if ids[resource]
    }
    teller = _Teller(named, _states(named.get(Resource.FIGURES, {})))
    return [teller.line(change) for change in changes]


@dataclass(frozen=True)
class _Teller:
    """Knows the rows that changes are about, and what figures were at each moment."""

    named: Mapping[str, type_names]
    states: Mapping[str, list[tuple[datetime, type_state]]]

    def line(self, change: Change) -> Line:
        kind = ChangeKind(change.kind)
        named = self.named.get(change.resource, {})
        found = named.get(change.public_id)
        is_own_reason = change.reason != change.revision.reason
        successor = change.successor
        return Line(
            kind,
            Resource(change.resource).label,
            found or Named(change.public_id, ""),
            *(self._told(change) if found else ("", "")),
            reason=change.reason if is_own_reason else "",
            successor=named.get(successor, Named(successor, "")) if successor else None,
        )

    def _told(self, change: Change) -> tuple[str, str]:
        """Give what became of the row's number, and of what else it says."""
        if change.resource == Resource.FIGURES:
            return self._of_figure(change)
        if change.resource == Resource.ESTIMATES:
            ends = [
                f"{word} {_ends(*change.differences[end])}"
                for end, word in ENDS.items()
                if end in change.differences
            ]
            return ", ".join(ends), ""
        return "", _fields(RECORD[change.resource], change.fields)

    def _of_figure(self, change: Change) -> tuple[str, str]:
        state = self._state(change)
        rest: dict[str, tuple[Any, Any]] = dict(change.differences)
        bounds = {name: rest.pop(name) for name in BOUNDS if name in rest}
        rest.pop("status_reason", None)  # it is the reason of the change
        if change.kind == ChangeKind.ADDED:
            return _in_words(state), ""
        what = ""
        if bounds:
            before = state | {name: pair[0] for name, pair in bounds.items()}
            what = f"{_in_words(before)} → {_in_words(state)}"
        parts = [
            f"{_label(Figure, name)}: {_ends(*ends, Figure._meta.get_field(name))}"
            for name, ends in rest.items()
        ]
        told = {*change.differences, *BOUNDS}
        parts.append(_fields(Figure, [one for one in change.fields if one not in told]))
        return what, capfirst("; ".join(filter(None, parts)))

    def _state(self, change: Change) -> type_state:
        """Give the bounds of a figure as they were when the change was published."""
        held = self.states[change.public_id]
        place = bisect_right(held, change.revision.made_at, key=lambda one: one[0])
        state = held[max(place - 1, 0)][1]
        told = change.differences.items()
        return state | {name: pair[1] for name, pair in told if name in BOUNDS}


def _states(figures: type_names) -> dict[str, list[tuple[datetime, type_state]]]:
    """Give the bounds of each figure with the moments from which they held."""
    held = defaultdict(list)
    entries = Figure.history.filter(slug__in=figures).order_by("history_date")
    for row in entries.values("slug", "history_date", *BOUNDS):
        held[row["slug"]].append((row["history_date"], {b: row[b] for b in BOUNDS}))
    return held


def _in_words(state: type_state) -> str:
    return wording.in_words(Figure(**state))


def _label(model: type[models.Model], name: str) -> str:
    column: Any = model._meta.get_field(name)
    return str(column.verbose_name)


def _fields(model: type[models.Model], names: Iterable[str]) -> str:
    """Name the fields that changed; the citations of a row are not a field of it."""
    labels = [name if name == "citations" else _label(model, name) for name in names]
    return capfirst(f"{', '.join(labels)} changed") if labels else ""


def _ends(before: Any, after: Any, column: Any = None) -> str:
    labels = dict(getattr(column, "choices", None) or ())
    return " → ".join(_value(end, labels) for end in (before, after))


def _value(value: Any, labels: Mapping[str, str]) -> str:
    if value is None or value == []:
        return "none"
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else labels.get(value, value)
