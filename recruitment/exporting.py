"""Records as rows of the dataset's files: what the writer takes, and takes as the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from recruitment.dataset import FILES, LOCATOR, File
from recruitment.models import Citation
from recruitment.reading import id_field
from recruitment.revisions import one_writer_at_a_time


def file_of(model: type[models.Model]) -> File:
    """Give the dataset's file that holds the rows of a model or of its proxy."""
    concrete = model._meta.concrete_model
    return next(file for file in FILES if file.model is concrete)


def rows_of(
    file: File, records: models.QuerySet[Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Give each record as a row of its file, drafts too, in the order of public ids."""
    if records is None:
        records = file.model._default_manager.all()
    links = [c for c in file.columns.values() if isinstance(c, models.ForeignKey)]
    many = [c for c in file.columns.values() if isinstance(c, models.ManyToManyField)]
    cited = ["citations__source"] if file.cites else []
    records = records.order_by(file.key).select_related(*(link.name for link in links))
    records = records.prefetch_related(*(link.name for link in many), *cited)
    for record in records.iterator(500):
        yield row_of(record, file)


def lines_of(file: File) -> Iterator[bytes]:
    """Give each row of a file as it stands there: a line of JSON."""
    for row in rows_of(file):
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def write_dataset(directory: Path) -> dict[str, int]:
    """Write every file of the dataset, all of one moment; give the rows of each."""
    directory.mkdir(parents=True, exist_ok=True)
    counts = {}
    with transaction.atomic():
        one_writer_at_a_time()
        for file in FILES:
            with (directory / f"{file.name}.jsonl").open("wb") as written:
                counts[file.name] = 0
                for line in lines_of(file):
                    written.write(line)
                    counts[file.name] += 1
    return counts


def row_of(record: Any, file: File | None = None) -> dict[str, Any]:
    """Give one record as a row of its file."""
    file = file or file_of(type(record))
    row = fields_of(record, file.columns)
    if file.cites:
        citations = sorted(record.citations.all(), key=lambda one: one.slug)
        row["citations"] = [_citation(citation) for citation in citations]
    return row


def fields_of(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """Give some fields of a record as its row has them, saved or not."""
    columns = file_of(type(record)).columns
    return {name: _json(record, columns[name]) for name in names}


def _json(record: Any, column: models.Field[Any, Any]) -> Any:
    value = getattr(record, column.name)
    if isinstance(column, models.ManyToManyField):
        return sorted(getattr(one, id_field(type(one))) for one in value.all())
    if isinstance(column, models.ForeignKey):
        return value and getattr(value, id_field(type(value)))
    return value.isoformat() if isinstance(value, date) else value


def _citation(citation: Citation) -> dict[str, Any]:
    locator = {name: getattr(citation, name) for name in LOCATOR}
    return {
        "source": citation.source.slug,
        "role": citation.role,
        "locator": None if set(locator.values()) == {None} else locator,
        "passage_sha256": citation.passage_sha256,
    }
