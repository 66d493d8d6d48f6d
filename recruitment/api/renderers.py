"""What a list is written as: JSON, a table (CSV), or a row a line (NDJSON).

CSV and NDJSON hold every row that the filters keep, streamed; they have no pages.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer

from recruitment.api.shapes import Written, flat, type_row

BETWEEN = " | "  # what parts the values of a list within a cell
# Spreadsheets run a cell that begins so; a plain number is harmless.
FORMULA = re.compile(r"[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def as_json(data: Any) -> bytes:
    return orjson.dumps(data, default=_plain, option=orjson.OPT_UTC_Z)


def _plain(value: Any) -> Any:
    if isinstance(value, Written):
        return orjson.Fragment(value.text)
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value)} has no form in JSON")


class JSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        return b"" if data is None else as_json(data)


class StreamRenderer(JSONRenderer):
    """Writes rows as they come; what is no list of rows (an error) is JSON."""

    def stream(
        self, rows: Iterable[type_row | Written], paths: list[str]
    ) -> Iterator[bytes]:
        raise NotImplementedError


class NDJSONRenderer(StreamRenderer):
    media_type = "application/x-ndjson"
    format = "ndjson"

    def stream(
        self, rows: Iterable[type_row | Written], paths: list[str]
    ) -> Iterator[bytes]:
        for row in rows:
            yield as_json(row) + b"\n"


class CSVRenderer(StreamRenderer):
    """RFC 4180, UTF-8; a column for each leaf, named by its path, as in `fields=`."""

    media_type = "text/csv"
    format = "csv"

    def stream(
        self, rows: Iterable[type_row | Written], paths: list[str]
    ) -> Iterator[bytes]:
        writer = csv.writer(_Echo())
        yield writer.writerow(paths).encode()
        for row in rows:
            yield writer.writerow(map(cell, flat(row, paths))).encode()


class _Echo:
    def write(self, line: str) -> str:
        return line


def cell(value: Any) -> str | int | float:
    """Write a value so that a spreadsheet reads it as it is, and never runs it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = _text(value)
    if FORMULA.match(text) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return BETWEEN.join(map(_text, _leaves(value)))
    return as_json(value).decode().strip('"')  # a number, true or false, a day


def _leaves(values: list[Any]) -> Iterator[Any]:
    """Give the values of a list of lists in one row."""
    for value in values:
        if isinstance(value, list):
            yield from _leaves(value)
        else:
            yield value
