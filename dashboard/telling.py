"""One change in words: which row it is about, and what the row was and became."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from recruitment import wording
from recruitment.choices import ChangeKind, Metric, Resource, Side
from recruitment.models import (
    RECORD,
    Change,
    Claimant,
    Country,
    Estimate,
    Figure,
    Incentive,
    Method,
    Presence,
    Publisher,
    Response,
    Source,
)

BOUNDS = ("low", "high", "qualifier")
ENDS = {"best": "best", "low": "lowest", "high": "highest", "label": "support"}
type_names = dict[str, "Named"]
type_state = dict[str, Any]


class Named(NamedTuple):
    """What a reader calls a row, and the page that shows it, if one does."""

    name: str
    url: str  # empty for what is shown nowhere
    who: str = ""  # the claimant of a figure, and the day


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


def counted(country: str, metric: str, side: str) -> str:
    """Name what is counted: Nepal, killed, Russian side."""
    return f"{country}, {Metric(metric).label.lower()}, {Side(side).label}"


def _figures(ids: Iterable[str]) -> type_names:
    rows = Figure.objects.published().filter(slug__in=ids)
    return {
        one.slug: Named(
            counted(one.country.name, one.metric, one.side),
            reverse("figure", args=[one.slug]),
            f"{wording.who(one)}, {wording.day(one.as_of, one.as_of_precision)}",
        )
        for one in rows.select_related("country", "claimant", "evidence_origin")
    }


def _estimates(ids: Iterable[str]) -> type_names:
    held = Estimate.objects.filter(key__in=ids).order_by("key").distinct()
    rows = held.values_list("key", "country_id", "country__name", "metric", "side")
    return {
        key: Named(
            counted(country, metric, side),
            reverse("country", args=[code])
            + f"?{urlencode({'side': side, 'metric': metric})}#claims",
        )
        for key, code, country, metric, side in rows
    }


def _countries(ids: Iterable[str]) -> type_names:
    rows = Country.objects.filter(code__in=ids)
    return {
        one.code: Named(one.name, reverse("country", args=[one.code])) for one in rows
    }


def _publishers(ids: Iterable[str]) -> type_names:
    rows = Publisher.objects.filter(slug__in=ids)
    return {one.slug: Named(one.name, "") for one in rows}


def _sources(ids: Iterable[str]) -> type_names:
    rows = Source.objects.filter(slug__in=ids).select_related("publisher")
    return {
        one.slug: Named(
            f"{one.publisher.name}: {one.title_gist}",
            reverse("source", args=[one.slug]),
        )
        for one in rows
    }


def _claimants(ids: Iterable[str]) -> type_names:
    rows = Claimant.objects.filter(slug__in=ids)
    return {
        one.slug: Named(one.name, reverse("claimant", args=[one.slug])) for one in rows
    }


def _methods(ids: Iterable[str]) -> type_names:
    rows = Method.objects.published().filter(slug__in=ids)
    return {one.slug: Named(one.kind_in_words, "") for one in rows}


def _of_country(
    model: type[Response | Incentive | Presence], what: Callable[[Any], str]
) -> Callable[[Iterable[str]], type_names]:
    """Name claims about a country that stand on its page."""

    def names(ids: Iterable[str]) -> type_names:
        rows = model.objects.published().filter(slug__in=ids).select_related("country")
        return {
            one.slug: Named(
                f"{one.country.name}, {what(one)}",
                reverse("country", args=[one.country.code]),
            )
            for one in rows
        }

    return names


# How to name the rows of each kind; the others are told by their public ids.
NAMES: dict[str, Callable[[Iterable[str]], type_names]] = {
    Resource.FIGURES: _figures,
    Resource.ESTIMATES: _estimates,
    Resource.COUNTRIES: _countries,
    Resource.PUBLISHERS: _publishers,
    Resource.SOURCES: _sources,
    Resource.CLAIMANTS: _claimants,
    Resource.RESPONSES: _of_country(
        Response, lambda one: one.get_kind_display().lower()
    ),
    Resource.INCENTIVES: _of_country(
        Incentive, lambda one: one.get_kind_display().lower()
    ),
    Resource.METHODS: _methods,
    Resource.PRESENCE: _of_country(
        Presence, lambda one: f"present on the {one.get_side_display()}"
    ),
}
