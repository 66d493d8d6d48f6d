"""The one writer: rows of the dataset in, records, citations and history out.

All or nothing. Each row ends as new, changed, same or refused; one refused row leaves
the database as it was. The files and their fields are those of the data's README.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from recruitment import rebuilding
from recruitment.choices import Confidence, CountryKind, Status, StatusReason
from recruitment.iso import iso_countries
from recruitment.models import (
    Citation,
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
from recruitment.reading import type_key

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
            if not column.primary_key
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


class _Pending(NamedTuple):
    """A written row whose many-to-many links are still to be set."""

    row: Row
    record: models.Model
    before: type_key | None
    outcome: str


class RefusedError(ValueError):
    """A row, or a field of it, that cannot come in."""

    def __init__(self, where: str | None, reason: str) -> None:
        super().__init__(reason)
        self.where = where


type_progress = Callable[[str, list[Row]], Iterable[Row]]


def _silently(_file: str, rows: list[Row]) -> Iterable[Row]:
    return rows


@transaction.atomic
def import_dataset(
    directory: Path, *, dry_run: bool = False, progress: type_progress = _silently
) -> Report:
    """Write every row of the files in `directory`, or none where one is refused.

    Raises FileNotFoundError when the directory holds none of the files, ValueError
    when it holds a .jsonl file of another name.
    """
    report = Report()
    present = _present_files(directory)
    writer = _Writer(report)
    for file in present:
        rows = _read(directory / f"{file.name}.jsonl", file, report)
        writer.write(file, progress(file.name, _in_order(file, rows, report)))
        if file.model is Country:
            writer.write_missing(file, iso_countries())
    if dry_run or report.refusals:
        transaction.set_rollback(True)
    elif writer.changes_the_ground:
        rebuilding.rebuild()
    elif writer.touched:
        rebuilding.refresh(writer.touched)
    return report


def _present_files(directory: Path) -> list[File]:
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


def _read(path: Path, file: File, report: Report) -> list[Row]:
    """Parse a file line by line; what is no object with a key of its own is refused."""
    rows: list[Row] = []
    lines_by_key: dict[str, int] = {}
    lines = path.read_bytes().splitlines()
    if not lines:
        report.refuse(file.name, 1, None, "the file is empty")
    for number, raw in enumerate(lines, 1):
        try:
            values = json.loads(raw.decode())
        except (ValueError, RecursionError) as error:
            report.refuse(file.name, number, None, f"not a line of JSON: {error}")
            continue
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


def _in_order(file: File, rows: list[Row], report: Report) -> list[Row]:
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


class _Writer:
    """Turns rows into records; knows the keys of everything written so far."""

    def __init__(self, report: Report) -> None:
        self.report = report
        # What has to be computed anew: single keys of figures, or all of them.
        self.touched: set[type_key] = set()
        self.changes_the_ground = False
        self._ids: dict[type[models.Model], dict[str, int]] = {}

    def ids(self, model: type[models.Model]) -> dict[str, int]:
        """Map public ids to primary keys, read once for each model."""
        if model not in self._ids:
            key = "code" if model is Country else "slug"
            pairs = model._default_manager.values_list(key, "pk")
            self._ids[model] = dict(pairs)
        return self._ids[model]

    def write(self, file: File, rows: Iterable[Row]) -> None:
        existing = file.model._default_manager.in_bulk(field_name=file.key)
        cited = _citations_by_record(file)
        pending: list[_Pending] = []
        for row in rows:
            try:
                record = existing.get(row.values[file.key]) or file.model()
                before = self._key(record)
                outcome = self._write_row(file, row, record)
                if file.cites:
                    old = cited.get(record.pk, {})
                    if self._write_citations(file.cites, row, record, old):
                        outcome = "changed" if outcome == "same" else outcome
                pending.append(_Pending(row, record, before, outcome))
            except RefusedError as error:
                self.report.refuse(file.name, row.line, error.where, str(error))
            except ValidationError as error:
                self._refuse_all(file, row, error)
        self._write_many(file, pending)

    def write_missing(self, file: File, rows: Iterator[dict[str, Any]]) -> None:
        """Write the rows whose key is not in the database; touch no other."""
        for values in rows:
            if values[file.key] in self.ids(file.model):
                self.report.count("iso countries", "same")
                continue
            row = Row(0, values)
            try:
                self._write_row(file, row, file.model())
                self.report.count("iso countries", "new")
            except ValidationError as error:  # another area has its two letters
                self._refuse_all(file, row, error)

    def _refuse_all(self, file: File, row: Row, error: ValidationError) -> None:
        for name, messages in error.message_dict.items():
            where = None if name == NON_FIELD_ERRORS else name
            for message in messages:
                self.report.refuse(file.name, row.line, where, message)

    def _write_row(self, file: File, row: Row, record: models.Model) -> str:
        """Save the row's own fields if they differ; give new, changed or same."""
        changed = False
        for attribute, value in self._attributes(file, row.values):
            if getattr(record, attribute) != value:
                setattr(record, attribute, value)
                changed = True
        is_new = record.pk is None
        if not (changed or is_new):
            return "same"
        record._change_reason = f"import of {file.name}.jsonl"  # type: ignore[attr-defined]
        _save(record)
        self.ids(file.model)[row.values[file.key]] = record.pk
        return "new" if is_new else "changed"

    def _attributes(
        self, file: File, values: dict[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        """Give attribute and Python value for each field that is a column."""
        for name, value in _checked(file, values).items():
            column = file.columns[name]
            if isinstance(column, models.ManyToManyField):
                continue
            if isinstance(column, models.ForeignKey):
                yield column.attname, self._id(column, name, value)
            else:
                yield column.attname, _python(column, name, value)

    def _id(
        self, link: models.ForeignKey[Any, Any], name: str, key: str | None
    ) -> int | None:
        if key is None:
            if not link.null:
                raise RefusedError(name, "may not be null")
            return None
        return self._find(link.related_model, name, key)

    def _find(self, model: type[models.Model], name: str, key: Any) -> int:
        ids = self.ids(model)
        if not isinstance(key, str):
            raise RefusedError(name, "not text")
        if key not in ids:
            raise RefusedError(name, f"there is no {model._meta.verbose_name} “{key}”")
        return ids[key]

    def _write_citations(
        self, link: str, row: Row, record: models.Model, old: dict[str, Citation]
    ) -> bool:
        """Make the record's citations those of the row; say whether any differed."""
        given = row.values.get("citations")
        if not isinstance(given, list) or not given:
            raise RefusedError("citations", "a record needs at least one citation")
        wanted: dict[str, dict[str, Any]] = {}
        for number, citation in enumerate(given):
            values = self._citation_values(citation, f"citations[{number}]")
            slug = f"{row.values['slug']}--{citation['source']}"
            if slug in wanted:
                raise RefusedError("citations", f"cites {citation['source']} twice")
            wanted[slug] = values
        changed = False
        for number, (slug, values) in enumerate(wanted.items()):
            citation = old.get(slug) or Citation(slug=slug, **{f"{link}_id": record.pk})
            if citation.pk is None or any(
                getattr(citation, name) != value for name, value in values.items()
            ):
                for name, value in values.items():
                    setattr(citation, name, value)
                try:
                    _save(citation)
                except ValidationError as error:
                    raise _within(f"citations[{number}]", error) from error
                changed = True
        for slug in old.keys() - wanted.keys():
            old[slug].delete()
            changed = True
        return changed

    def _citation_values(self, citation: Any, where: str) -> dict[str, Any]:
        expected = {"source", "role", "locator", "passage_sha256"}
        if not isinstance(citation, dict) or citation.keys() != expected:
            raise RefusedError(where, f"needs exactly {', '.join(sorted(expected))}")
        locator = citation["locator"]
        if locator is None:
            locator = dict.fromkeys(LOCATOR)
        if not isinstance(locator, dict) or locator.keys() != set(LOCATOR):
            raise RefusedError(
                f"{where}.locator", f"needs exactly {', '.join(LOCATOR)}"
            )
        given = {
            "role": citation["role"],
            "passage_sha256": citation["passage_sha256"],
            **locator,
        }
        return {
            "source_id": self._find(Source, f"{where}.source", citation["source"]),
            **{
                column.name: _python(
                    column, f"{where}.{column.name}", given[column.name]
                )
                for column in Citation._meta.concrete_fields
                if column.name in given
            },
        }

    def _write_many(self, file: File, pending: list[_Pending]) -> None:
        """Set the many-to-many links, once every row of the file has its key."""
        held = {link: _links(link) for link in file.model._meta.many_to_many}
        for row, record, before, outcome in pending:
            try:
                for link, keys_held in held.items():
                    if link.name not in row.values:
                        continue
                    keys = row.values[link.name]
                    if not isinstance(keys, list):
                        raise RefusedError(link.name, "not a list")
                    if not keys and not link.blank:
                        raise RefusedError(link.name, "may not be empty")
                    wanted = {
                        self._find(link.related_model, link.name, key) for key in keys
                    }
                    if wanted != keys_held.get(record.pk, set()):
                        getattr(record, link.name).set(wanted)
                        outcome = "changed" if outcome == "same" else outcome
            except RefusedError as error:
                self.report.refuse(file.name, row.line, error.where, str(error))
            else:
                self.report.count(file.name, outcome)
                if outcome != "same":
                    self._mark(record, outcome, before)

    def _key(self, record: models.Model) -> type_key | None:
        """Give the key of a figure that has a country; None for all else."""
        if isinstance(record, Figure) and record.country_id:
            code = self._codes[record.country_id]
            return code, record.side, record.metric
        return None

    @cached_property
    def _codes(self) -> dict[int, str]:
        return {pk: code for code, pk in self.ids(Country).items()}

    def _mark(
        self, record: models.Model, outcome: str, before: type_key | None
    ) -> None:
        """Note what has to be computed anew. New pages and claimants change no figure."""
        if isinstance(record, Figure):
            self.touched |= {key for key in (before, self._key(record)) if key}
        elif isinstance(record, Country | Claimant | Publisher | Source):
            is_group = isinstance(record, Country) and record.kind == CountryKind.GROUP
            self.changes_the_ground |= outcome == "changed" or is_group


def _links(link: models.ManyToManyField[Any, Any]) -> dict[int, set[int]]:
    """Map the primary key of each row to those that it is linked to."""
    held: dict[int, set[int]] = {}
    through: Any = link.remote_field.through
    for one, other in through.objects.values_list(
        link.m2m_field_name(), link.m2m_reverse_field_name()
    ):
        held.setdefault(one, set()).add(other)
    return held


def _within(where: str, error: ValidationError) -> ValidationError:
    """Say of each fault in which part of its row it is."""
    return ValidationError(
        {
            where if name == NON_FIELD_ERRORS else f"{where}.{name}": messages
            for name, messages in error.message_dict.items()
        }
    )


def _save(record: models.Model) -> None:
    """Save a valid record; ask which constraint only where the database refuses it."""
    record.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        record.validate_constraints()
        raise


def _citations_by_record(file: File) -> dict[int, dict[str, Citation]]:
    held: dict[int, dict[str, Citation]] = {}
    if file.cites:
        link = f"{file.cites}_id"
        for citation in Citation.objects.filter(**{f"{link}__isnull": False}):
            held.setdefault(getattr(citation, link), {})[citation.slug] = citation
    return held


def _checked(file: File, values: dict[str, Any]) -> dict[str, Any]:
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


def _python(column: models.Field[Any, Any], name: str, value: Any) -> Any:
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
        if UNSTORABLE.search(text):
            raise RefusedError(name, "holds a character that cannot be stored")
    try:
        return column.to_python(value)
    except ValidationError as error:
        raise RefusedError(name, " ".join(error.messages)) from error


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
