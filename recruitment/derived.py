"""Whether what follows from the figures came out differently when computed anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import models

from recruitment.choices import ChangeKind, Policy, Resource
from recruitment.models import Change, Conflict, Estimate, Figure, Identity, Spread
from recruitment.querysets import EstimateQuerySet
from recruitment.reading import BATCH

# What the log tells of an estimate: these, on one day, from all figures.
NUMBERS = ("low", "best", "high", "label")
NO_NUMBERS = (None,) * len(NUMBERS)
# Each finding without its own key, in an order that does not depend on it.
FINDINGS: dict[type[models.Model], tuple[str, ...]] = {
    Conflict: ("kind", "one_id", "other_id", "key", "ratio"),
    Identity: ("recruited_id", "parts__slug", "most", "least", "holds"),
    Spread: ("figure_id", "pages", "reports"),
}


class Derived:
    """Watches the estimates and findings, which have no history, for changes.

    Of all rows only digests are kept, one for each key.
    """

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._sees_all = False
        self._digests: dict[str, bytes] = {}
        self._numbers: dict[str, tuple[Any, ...]] = {}
        self._findings = b""
        self._day: date | None = None

    def watch(self, keys: Collection[str] | None = None) -> None:
        """Note how the estimates of some keys stand, or how everything does."""
        if self._sees_all:
            return
        rows = Estimate.objects.exclude(key__in=self._keys)
        if keys is None:
            self._sees_all = True
            self._findings = _digest_of_findings()
        else:
            rows = rows.filter(key__in=keys)
            self._keys.update(keys)
        self._day = self._day or Figure.objects.latest_day()
        self._digests |= _digests(rows)
        self._numbers |= _numbers(rows, self._day)

    def differ(self) -> bool:
        """Say whether the findings differ; they stand in no log of changes."""
        return self._sees_all and self._findings != _digest_of_findings()

    def changes(self, reason: str) -> Iterator[Change]:
        """Tell which of the watched keys have other estimates than they had."""
        if self._day is None:
            return
        rows = Estimate.objects.all()
        if not self._sees_all:
            rows = rows.filter(key__in=self._keys)
        digests, numbers = _digests(rows), _numbers(rows, self._day)
        for key in sorted(self._digests | digests):
            was, now = self._digests.get(key), digests.get(key)
            if was == now:
                continue
            change = Change(resource=Resource.ESTIMATES, public_id=key, reason=reason)
            if was is None:
                change.kind = ChangeKind.ADDED
            elif now is None:
                change.kind = ChangeKind.REMOVED
            else:
                change.kind = ChangeKind.CHANGED
                change.differences = _differences(
                    self._numbers.get(key, NO_NUMBERS), numbers.get(key, NO_NUMBERS)
                )
                change.fields = list(change.differences)
            yield change


def _digests(rows: EstimateQuerySet) -> dict[str, bytes]:
    """Digest the rows of each key."""
    names = [
        column.attname
        for column in Estimate._meta.concrete_fields
        if column.name != "id"
    ]
    held = rows.order_by("key", "policy", "from_day").values_list(*names)
    by_key = groupby(held.iterator(BATCH), key=itemgetter(names.index("key")))
    return {key: _digest(of_key) for key, of_key in by_key}


def _numbers(rows: EstimateQuerySet, day: date) -> dict[str, tuple[Any, ...]]:
    held = rows.as_of(day).under(Policy.ALL).values_list("key", *NUMBERS)
    return {key: tuple(numbers) for key, *numbers in held}


def _differences(
    before: tuple[Any, ...], after: tuple[Any, ...]
) -> dict[str, list[Any]]:
    return {
        name: [was, now]
        for name, was, now in zip(NUMBERS, before, after, strict=True)
        if was != now
    }


def _digest_of_findings() -> bytes:
    return _digest(
        row
        for model, names in FINDINGS.items()
        for row in model._default_manager.order_by(*names).values_list(*names)
    )


def _digest(rows: Iterable[tuple[Any, ...]]) -> bytes:
    digest = blake2b(digest_size=16)
    for row in rows:
        digest.update(repr(row).encode())
    return digest.digest()
