"""The dataset's files: their fields, their lines, and what each field may hold.

The files and their fields are those of the data's README.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from recruitment.choices import Confidence, Status, StatusReason
from recruitment.models import (
    Claimant,
    Country,
    Figure,
    Incentive,
    Method,
    Presence,
    Publisher,
    Response,
    Source,
)

type_of_json: dict[type[models.Field[Any, Any]], type] = {
    models.BooleanField: bool,
    models.IntegerField: int,
    models.CharField: str,
    models.TextField: str,
    models.DateField: str,
}
words_for_type = {
    bool: "true or false",
    int: "a whole number",
    str: "text",
    list: "a list",
    dict: "an object",
}
# PostgreSQL stores no null character, and half of a surrogate pair is no UTF-8.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
LOCATOR = ("paragraph", "start", "end")


@dataclass(frozen=True)
class File:
    """One file of the dataset and the model that its rows become."""

    name: str
    model: type[models.Model]
    key: str = "slug"
    cites: str | None = None  # the name of the citation's link to this model
    renamed: Mapping[str, str] = field(default_factory=dict)
    unstored: frozenset[str] = frozenset()  # said elsewhere, or not of the record
    optional: frozenset[str] = frozenset()
    gives_status: bool = True  # else the confidence decides

    @cached_property
    def columns(self) -> dict[str, models.Field[Any, Any]]:
        """Map each stored field of the file to the model's."""
        meta = self.model._meta
        names = {stored: given for given, stored in self.renamed.items()}
        return {
            names.get(column.name, column.name): column
            for column in (*meta.concrete_fields, *meta.many_to_many)
            if column.editable and not column.primary_key
        }


STATUS_FIELDS = frozenset({"status", "status_reason"})
FILES = (
    File("areas", Country, key="code"),
    File("publishers", Publisher),
    File("claimants", Claimant),
    File(
        "sources",
        Source,
        renamed={"file_sha256": "text_sha256"},
        # The digest finds the article wherever it lies; its file name is not kept.
        unstored=frozenset({"article_file"}),
        optional=frozenset(
            {"article_file", "file_sha256", "accessed", "archive_url", "link_state"}
        ),
    ),
    File(
        "figures",
        Figure,
        cites="figure",
        optional=frozenset({"disjoint_with", "disjoint_reason"}),
    ),
    File("responses", Response, cites="response", gives_status=False),
    File("incentives", Incentive, cites="incentive", gives_status=False),
    File("methods", Method, cites="method", gives_status=False),
    File("presence", Presence, cites="presence", gives_status=False),
)


@dataclass(frozen=True)
class Refusal:
    """Why a row cannot come in, and where it stands."""

    file: str
    line: int
    field: str | None
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}.jsonl line {self.line}"
        return (
            f"{place}, {self.field}: {self.reason}"
            if self.field
            else f"{place}: {self.reason}"
        )


@dataclass
class Report:
    """What became of each row: counts by file and outcome, and every refusal."""

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def count(self, file: str, outcome: str) -> None:
        self.outcomes.setdefault(file, Counter())[outcome] += 1

    def refuse(self, file: str, line: int, where: str | None, reason: str) -> None:
        self.refusals.append(Refusal(file, line, where, reason))
        self.count(file, "refused")


@dataclass(frozen=True)
class Row:
    line: int
    values: dict[str, Any]


class RefusedError(ValueError):
    """A row, or a field of it, that cannot come in."""

    def __init__(self, where: str | None, reason: str) -> None:
        super().__init__(reason)
        self.where = where


def present_files(directory: Path) -> list[File]:
    names = {path.stem for path in directory.glob("*.jsonl")}
    wanted = {file.name for file in FILES}
    if strangers := sorted(names - wanted):
        raise ValueError(
            f"{directory} holds {', '.join(f'{name}.jsonl' for name in strangers)}; "
            f"known are {', '.join(f'{file.name}.jsonl' for file in FILES)}"
        )
    if not names:
        raise FileNotFoundError(f"{directory} holds no .jsonl file of the dataset")
    return [file for file in FILES if file.name in names]


def read_rows(path: Path, file: File, report: Report) -> list[Row]:
    """Parse a file line by line; what is no object with a key of its own is refused."""
    lines = path.read_bytes().splitlines()
    if not lines:
        report.refuse(file.name, 1, None, "the file is empty")
    return keyed(file, parsed(lines, file, report), report)


def parsed(lines: list[bytes], file: File, report: Report) -> Iterator[tuple[int, Any]]:
    """Give the value of each line with its number; what is no JSON is refused."""
    for number, raw in enumerate(lines, 1):
        try:
            yield number, json.loads(raw.decode())
        except (ValueError, RecursionError) as error:
            report.refuse(file.name, number, None, f"not a line of JSON: {error}")


def keyed(file: File, numbered: Iterable[tuple[int, Any]], report: Report) -> list[Row]:
    """Make rows of values by line; refuse what is no object with a key of its own."""
    rows: list[Row] = []
    lines_by_key: dict[str, int] = {}
    for number, values in numbered:
        if not isinstance(values, dict):
            report.refuse(file.name, number, None, "not a JSON object")
            continue
        key = values.get(file.key)
        if not isinstance(key, str) or not key:
            report.refuse(file.name, number, file.key, "missing, or not text")
        elif key in lines_by_key:
            first = lines_by_key[key]
            report.refuse(
                file.name, number, file.key, f"“{key}” stands already in line {first}"
            )
        else:
            lines_by_key[key] = number
            rows.append(Row(number, values))
    return rows


def _self_links(file: File) -> list[str]:
    return [
        link.name
        for link in file.model._meta.get_fields()
        if isinstance(link, models.ForeignKey) and link.related_model is file.model
    ]


def in_order(file: File, rows: list[Row], report: Report) -> list[Row]:
    """Sort rows so that what a row points to in its own file comes before it."""
    links = _self_links(file)
    if not links:
        return rows
    by_key = {row.values[file.key]: row for row in rows}
    graph = {
        key: [
            wanted
            for wanted in map(row.values.get, links)
            if isinstance(wanted, str) and wanted in by_key
        ]
        for key, row in by_key.items()
    }
    try:
        return [by_key[key] for key in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        key = error.args[1][0]
        report.refuse(
            file.name,
            by_key[key].line,
            links[0],
            "the rows point at each other in a ring",
        )
        return []


def checked(file: File, values: dict[str, Any]) -> dict[str, Any]:
    """Refuse unknown and missing fields; add the status that a row's file leaves out."""
    known = file.columns.keys() | file.unstored
    if file.cites:
        known.add("citations")
    if not file.gives_status and not STATUS_FIELDS & values.keys():
        values = {**values, **_status(values)}
    if unknown := sorted(values.keys() - known):
        raise RefusedError(unknown[0], "unknown field")
    if missing := sorted(known - values.keys() - file.optional):
        raise RefusedError(missing[0], "missing field")
    return {
        name: value
        for name, value in values.items()
        if name not in file.unstored and name != "citations"
    }


def _status(values: dict[str, Any]) -> dict[str, str | None]:
    """Hold back what we are not sure to have read rightly; publish the rest."""
    if values.get("confidence") == Confidence.LOW:
        return {"status": Status.DRAFT, "status_reason": StatusReason.LOW_CONFIDENCE}
    return {"status": Status.PUBLISHED, "status_reason": None}


def as_python(column: models.Field[Any, Any], name: str, value: Any) -> Any:
    """Check the JSON type and convert; "7" is no number and true is not 1."""
    if value is None:
        if not column.null:
            raise RefusedError(name, "may not be null")
        return None
    accepted = _json_type(column)
    if not isinstance(value, accepted) or (
        isinstance(value, bool) and accepted is not bool
    ):
        raise RefusedError(name, f"not {words_for_type[accepted]}")
    for text in _texts(value):
        if not isinstance(text, str):
            raise RefusedError(name, "holds what is not text")
        if not storable(text):
            raise RefusedError(name, "holds a character that cannot be stored")
    try:
        return column.to_python(value)
    except ValidationError as error:
        raise RefusedError(name, " ".join(error.messages)) from error


def storable(text: str) -> bool:
    """Say whether a database can keep a text."""
    return not UNSTORABLE.search(text)


def _json_type(column: models.Field[Any, Any]) -> type:
    if isinstance(column, models.JSONField):
        accepted: type = column.default  # list or dict
        return accepted
    return next(
        accepted for kind, accepted in type_of_json.items() if isinstance(column, kind)
    )


def _texts(value: Any) -> Iterable[Any]:
    """Give all that must be text in a value that has the right type."""
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) else []
