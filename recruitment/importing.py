"""The one writer: rows of the dataset in, records, citations and history out.

All or nothing. Each row ends as new, changed, same or refused; one refused row leaves
the database as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from recruitment import rebuilding
from recruitment.choices import CountryKind, Status
from recruitment.dataset import (
    FILES,
    LOCATOR,
    File,
    RefusedError,
    Report,
    Row,
    as_python,
    checked,
    in_order,
    keyed,
    present_files,
    read_rows,
    storable,
)
from recruitment.holding import needed_by_the_public, type_held
from recruitment.iso import iso_countries
from recruitment.models import (
    Citation,
    Claimant,
    Country,
    Figure,
    Publisher,
    Source,
)
from recruitment.publishing import publishing
from recruitment.reading import BATCH, id_field, links_of, type_key


class _Pending(NamedTuple):
    """A written row whose many-to-many links are still to be set."""

    row: Row
    record: models.Model
    before: type_key | None
    outcome: str


REASON = "rows were imported"
type_progress = Callable[[str, list[Row]], Iterable[Row]]


def _silently(_file: str, rows: list[Row]) -> Iterable[Row]:
    return rows


def import_dataset(
    directory: Path,
    *,
    dry_run: bool = False,
    reason: str = REASON,
    progress: type_progress = _silently,
) -> Report:
    """Publish every row of the files in `directory`, or none where one is refused.

    Raises FileNotFoundError when the directory holds none of the files, ValueError
    when it holds a .jsonl file of another name.
    """
    present = present_files(directory)
    report = Report()
    with _writing(report, reason, dry_run=dry_run) as writer:
        for file in present:
            rows = read_rows(directory / f"{file.name}.jsonl", file, report)
            writer.write(file, in_order(file, rows, report), progress)
            if file.model is Country:
                writer.write_missing(file, iso_countries())
    return report


def write_rows(
    rows: Mapping[str, Iterable[dict[str, Any]]],
    *,
    reason: str,
    by: User | None = None,
    dry_run: bool = False,
    hold_back: bool = False,
) -> Report:
    """Write rows given by the name of their file, in its format; all, or none.

    A row that is there already is given whole, as `exporting.rows_of` gives it. `by`
    stands in the history of what was written. With `hold_back`, new publishers, claimants
    and pages stay with the desk until something public needs them.
    """
    if strangers := sorted(rows.keys() - {file.name for file in FILES}):
        raise ValueError(f"No file of the dataset is called {', '.join(strangers)}")
    report = Report()
    numbered = {name: enumerate(given, 1) for name, given in rows.items()}
    write_numbered(
        numbered, report, reason=reason, by=by, dry_run=dry_run, hold_back=hold_back
    )
    return report


def write_numbered(
    rows: Mapping[str, Iterable[tuple[int, Any]]],
    report: Report,
    *,
    reason: str,
    by: User | None = None,
    dry_run: bool = False,
    hold_back: bool = False,
    progress: type_progress = _silently,
    look: Callable[[], None] = lambda: None,
) -> None:
    """Do the same with rows that have their line, and a report that may refuse some already.

    `look` is called when all is written, and may be taken back again.
    """
    with _writing(report, reason, by=by, dry_run=dry_run, look=look) as writer:
        writer.holds_back = hold_back
        for file in FILES:
            given = keyed(file, rows.get(file.name, []), report)
            writer.write(file, in_order(file, given, report), progress)


def delete_draft(figure: Figure, *, reason: str, by: User) -> None:
    """Delete a draft that was never public, with its citations; history keeps it.

    Raises ValueError for a figure that is, or was, public: that has a public id for ever.
    """
    with _writing(Report(), reason, by=by) as writer:
        if figure.history.exclude(status=Status.DRAFT).exists():
            raise ValueError("What was public once is retracted, not deleted.")
        for record in (*figure.citations.all(), figure):
            writer.delete(record)


def delete_citation(citation: Citation, *, reason: str, by: User) -> None:
    with _writing(Report(), reason, by=by) as writer:
        writer.delete(citation)


@contextmanager
def _writing(
    report: Report,
    reason: str,
    *,
    by: User | None = None,
    dry_run: bool = False,
    look: Callable[[], None] = lambda: None,
) -> Iterator[_Writer]:
    """Publish what the writer writes and all that follows from it, unless refused."""
    with publishing(reason), transaction.atomic():
        writer = _Writer(report, reason, by)
        yield writer
        writer.show_what_is_needed()
        look()
        if dry_run or report.refusals:
            transaction.set_rollback(True)
        elif writer.changes_the_ground:
            rebuilding.rebuild()
        elif writer.touched:
            rebuilding.refresh(writer.touched)


class _Writer:
    """Turns rows into records; knows the keys of everything written so far."""

    def __init__(self, report: Report, reason: str, by: User | None = None) -> None:
        self.report = report
        self.reason = reason
        self.by = by
        self.holds_back = False
        # What has to be computed anew: single keys of figures, or all of them.
        self.touched: set[type_key] = set()
        self.changes_the_ground = False
        self._ids: dict[type[models.Model], dict[str, int]] = {}

    def _sign(self, record: models.Model) -> None:
        """Let the history say why, and who; without a name it asks the request."""
        record._change_reason = self.reason[:100]  # type: ignore[attr-defined]
        if self.by:
            record._history_user = self.by  # type: ignore[attr-defined]

    def ids(self, model: type[models.Model]) -> dict[str, int]:
        """Map public ids to primary keys, read once for each model."""
        if model not in self._ids:
            pairs = model._default_manager.values_list(id_field(model), "pk")
            self._ids[model] = dict(pairs)
        return self._ids[model]

    def write(
        self, file: File, rows: list[Row], progress: type_progress = _silently
    ) -> None:
        # What cannot be stored is refused below, and would stop the query.
        keys = [key for row in rows if storable(key := row.values[file.key])]
        existing = file.model._default_manager.in_bulk(keys, field_name=file.key)
        cited = _citations_by_record(file, [record.pk for record in existing.values()])
        pending: list[_Pending] = []
        for row in progress(file.name, rows):
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

    def delete(self, record: Figure | Citation) -> None:
        self._sign(record)
        if key := self._key(record):
            self.touched.add(key)
        record.delete()

    def show_what_is_needed(self) -> None:
        """Show the publishers, claimants and pages that came with what is public now."""
        for held in needed_by_the_public():
            held.is_draft = False
            self._sign(held)
            held.save(update_fields=["is_draft"])

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
        if is_new and self.holds_back and isinstance(record, type_held):
            record.is_draft = True
        self._sign(record)
        _save(record)
        self.ids(file.model)[row.values[file.key]] = record.pk
        return "new" if is_new else "changed"

    def _attributes(
        self, file: File, values: dict[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        """Give attribute and Python value for each field that is a column."""
        for name, value in checked(file, values).items():
            column = file.columns[name]
            if isinstance(column, models.ManyToManyField):
                continue
            if isinstance(column, models.ForeignKey):
                yield column.attname, self._id(column, name, value)
            else:
                yield column.attname, as_python(column, name, value)

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
                self._sign(citation)
                try:
                    _save(citation)
                except ValidationError as error:
                    raise _within(f"citations[{number}]", error) from error
                changed = True
        for slug in old.keys() - wanted.keys():
            self._sign(old[slug])
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
                column.name: as_python(
                    column, f"{where}.{column.name}", given[column.name]
                )
                for column in Citation._meta.concrete_fields
                if column.name in given
            },
        }

    def _write_many(self, file: File, pending: list[_Pending]) -> None:
        """Set the many-to-many links, once every row of the file has its key."""
        held = {link: links_of(link) for link in file.model._meta.many_to_many}
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


def _citations_by_record(file: File, keys: list[int]) -> dict[int, dict[str, Citation]]:
    """Map the key of each record to its citations by public id."""
    held: dict[int, dict[str, Citation]] = {}
    if file.cites:
        link = f"{file.cites}_id"
        # So many keys make no query that a database would take.
        few = {f"{link}__in": keys} if len(keys) < BATCH else {f"{link}__isnull": False}
        for citation in Citation.objects.filter(**few):
            held.setdefault(getattr(citation, link), {})[citation.slug] = citation
    return held
