"""What a set of rows changes, told exactly: the record before and after, row by row.

A trial is the writing itself, taken back; so is its account the same as that of the writing,
and a digest of both tells whether they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from recruitment.choices import Status
from recruitment.dataset import FILES, File, Report, Row, storable
from recruitment.exporting import rows_of
from recruitment.importing import write_numbered
from recruitment.reading import BATCH
from recruitment.running import type_tell

type_numbered = dict[str, list[tuple[int, Any]]]
type_rows = dict[str, dict[str, dict[str, Any]]]  # by file and public id
MOST_SHOWN = 500  # refusals and changes that a page lists; all are counted
EVERY = 50  # rows between two signs of how far it is


def written(
    rows: type_numbered,
    report: Report,
    *,
    about: str,
    reason: str,
    by: User | None,
    tell: type_tell,
    dry_run: bool = False,
) -> dict[str, Any]:
    """Write rows, inside a publish; tell what became of each, and name it by a digest.

    `about` is what the digest is of, beside the outcome: that of the bytes they came in.
    """
    before = _held(rows)
    after: type_rows = {}
    public = 0

    def look() -> None:
        nonlocal public
        after.update(_held(rows))
        public = _public(_differing(before, after))

    write_numbered(
        rows,
        report,
        reason=reason,
        by=by,
        dry_run=dry_run,
        hold_back=True,
        progress=_telling(tell, sum(map(len, rows.values()))),
        look=look,
    )
    return _told(about, report, before, after) | {"public": public}


def _told(
    about: str, report: Report, before: type_rows, after: type_rows
) -> dict[str, Any]:
    differing = _differing(before, after)
    changes: list[dict[str, Any]] = [
        {"file": name, "id": key, "fields": _fields(before[name].get(key), row)}
        for name, held in differing.items()
        for key, row in held.items()
    ]
    refusals = [asdict(one) for one in report.refusals]
    all_of_it = [about, report.outcomes, refusals, changes]
    known: list[dict[str, Any]] = []
    new: list[dict[str, Any]] = []
    for one in changes:
        (known if one["id"] in before[one["file"]] else new).append(one)
    return {
        "outcomes": report.outcomes,
        "refused": len(refusals),
        "refusals": refusals[:MOST_SHOWN],
        "to_write": len(changes),
        "changed": len(known),
        "changes": known[:MOST_SHOWN],
        "new": new[:MOST_SHOWN],
        "digest": sha256(json.dumps(all_of_it, sort_keys=True).encode()).hexdigest(),
    }


def _held(rows: type_numbered) -> type_rows:
    """Read the rows that are there already of those that are given."""
    found: type_rows = {}
    for file in FILES:
        keys = {
            key
            for _, values in rows.get(file.name, [])
            if isinstance(values, dict)
            and isinstance(key := values.get(file.key), str)
            and storable(key)
        }
        if keys:
            records = _records(file, keys)
            held = rows_of(file, records)
            found[file.name] = {
                row[file.key]: row for row in held if row[file.key] in keys
            }
    return found


def _records(file: File, keys: Collection[str]) -> models.QuerySet[Any]:
    """Choose records by their public ids; all of them where no query takes so many."""
    every = file.model._default_manager.all()
    return every if len(keys) > BATCH else every.filter(**{f"{file.key}__in": keys})


def _differing(before: type_rows, after: type_rows) -> type_rows:
    return {
        name: {
            key: row
            for key, row in held.items()
            if before.get(name, {}).get(key) != row
        }
        for name, held in after.items()
    }


def _public(differing: type_rows) -> int:
    """Count the rows among them that the public sees, or is about to see."""
    count = 0
    for file in FILES:
        if keys := differing.get(file.name):
            records = _records(file, keys)
            if hasattr(file.model, "status"):
                records = records.exclude(status=Status.DRAFT)
            elif hasattr(file.model, "is_draft"):
                records = records.filter(is_draft=False)
            shown = records.values_list(file.key, flat=True)
            count += sum(key in keys for key in shown)
    return count


def _fields(before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, Any]:
    """Give each field that differs, before and after; all of a new row."""
    was = before or {}
    return {
        name: [was.get(name), value]
        for name, value in after.items()
        if was.get(name) != value
    }


def _telling(tell: type_tell, of: int) -> Callable[[str, list[Row]], Iterable[Row]]:
    """Tell how far it is, over all files."""
    done = 0

    def progress(_file: str, rows: list[Row]) -> Iterable[Row]:
        nonlocal done
        for row in rows:
            if done % EVERY == 0:
                tell(done, of)
            done += 1
            yield row

    return progress
