"""Figures as a table: the API's CSV, or one that somebody filled in, as rows of the dataset.

A column is named as a field of the dataset or by its path in the API; an empty cell is
"not stated", and the values of a list are parted by a bar.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.db import models

from recruitment.api.renderers import BETWEEN, FORMULA
from recruitment.api.serializers import FigureSerializer
from recruitment.api.shapes import shape_of
from recruitment.dataset import FILES, LOCATOR, File, RefusedError, Report
from recruitment.models import Citation, Figure

FIGURES: File = next(file for file in FILES if file.model is Figure)
# What the table holds of each page; a row that cites several has a list in each.
CITED = ("source", "role", *LOCATOR, "passage_sha256")
NEEDED_OF_CITED = ("source", "role")
# What the API calls otherwise.
PATHS = {
    "country.code": "country",
    "claimant.slug": "claimant",
    "evidence_origin.slug": "evidence_origin",
    "citations.source.slug": "source",
} | {f"citations.{name}": name for name in CITED[1:]}
BAR = re.compile(rf"\s*{re.escape(BETWEEN.strip())}\s*")
WHOLE = re.compile(r"-?\d{1,30}")
TRUTH = {"true": True, "false": False}
DELIMITERS = ",;\t"


def columns() -> list[str]:
    """Name the columns of a table in the order of the dataset's fields."""
    return [*FIGURES.columns, *CITED]


def figure_rows(text: str, report: Report) -> list[tuple[int, Any]]:
    """Give each row of a table as a row of the dataset, with its line.

    A row that cannot be read is refused; so is a table whose heading says too little.
    """
    return list(_rows(text, report))


def _rows(text: str, report: Report) -> Iterator[tuple[int, dict[str, Any]]]:
    heading = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=heading.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        names = [PATHS.get(name.strip(), name.strip()) for name in next(reader, [])]
        if faults := list(_faults(names)):
            for name, reason in faults:
                report.refuse(FIGURES.name, 1, name, reason)
            return
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                try:
                    yield line, _row(names, cells)
                except RefusedError as error:
                    report.refuse(FIGURES.name, line, error.where, str(error))
            line = reader.line_num + 1
    except csv.Error as error:
        report.refuse(FIGURES.name, line, None, f"not a row of a table: {error}")


def _faults(names: list[str]) -> Iterator[tuple[str | None, str]]:
    """Say what is wrong with a heading: a column unknown, twice, or missing."""
    known = {*columns(), *shape_of(FigureSerializer).paths()}
    needed = {*FIGURES.columns, *NEEDED_OF_CITED} - FIGURES.optional
    if not names:
        yield None, "the table is empty"
        return
    for name in dict.fromkeys(names):
        if name not in known:
            yield name or "a column without a name", "unknown column"
        elif names.count(name) > 1:
            yield name, "the column stands twice"
    for name in sorted(needed - {*names}):
        yield name, "the column is missing"


def _row(names: list[str], cells: list[str]) -> dict[str, Any]:
    if len(cells) != len(names):
        raise RefusedError(None, f"{len(cells)} cells under {len(names)} columns")
    plain = {name: _plain(cell) for name, cell in zip(names, cells, strict=True)}
    row = {
        name: _value(column, plain[name])
        for name, column in FIGURES.columns.items()
        if name in plain
    }
    return row | {"citations": _citations(plain)}


def _plain(cell: str) -> str:
    """Take away what keeps a spreadsheet from running a cell."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell


def _value(column: models.Field[Any, Any], cell: str) -> Any:
    """Read a cell as what its column holds; what it is not, the writer refuses."""
    if isinstance(column, models.ManyToManyField):
        return BAR.split(cell) if cell else []
    if not cell:
        return None if column.null else ""
    if isinstance(column, models.BooleanField):
        return TRUTH.get(cell.lower(), cell)
    if isinstance(column, models.IntegerField) and WHOLE.fullmatch(cell):
        return int(cell)
    return cell


def _citations(cells: dict[str, str]) -> list[dict[str, Any]]:
    sources = BAR.split(cells["source"])
    nothing = [""] * len(sources)
    held = {"source": sources}
    for name in CITED[1:]:
        values = BAR.split(cells.get(name, ""))
        if not any(values):
            values = nothing
        if len(values) != len(sources):
            raise RefusedError(name, f"{len(values)} values for {len(sources)} sources")
        column: Any = Citation._meta.get_field(name)
        held[name] = [_value(column, value) for value in values]
    rows = [
        dict(zip(held, values, strict=True))
        for values in zip(*held.values(), strict=True)
    ]
    return [_citation(row) for row in rows]


def _citation(row: dict[str, Any]) -> dict[str, Any]:
    locator = {name: row.pop(name) for name in LOCATOR}
    return row | {"locator": None if set(locator.values()) == {None} else locator}
