"""Reads tables: a row a country, a column what became of its nationals.

Columns are parted by bars, tabs, or two blanks and more, as in texts of web pages and reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recruitment.extraction.areas import Area, areas_in
from recruitment.extraction.metrics import FATES, LISTED, settled
from recruitment.extraction.numbers import Quantity, quantities_in
from recruitment.extraction.tokens import Token, tokens_of
from recruitment.extraction.words import Words

CELL = re.compile(r"[^|\t \n](?:[^|\t\n ]| (?! ))*")
LONGEST = 6  # words and marks of a cell; prose may have two blanks behind a full stop
RULE = re.compile(r"[\s|:+=–—-]*")  # the line below a header


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table; `start` to `end` is its row, from the country to the number."""

    area: Area
    metric: str
    quantity: Quantity
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    start: int
    end: int
    cells: tuple[Cell, ...]


def tables_in(text: str, words: Words) -> list[Table]:
    """Give the tables of a text that count nationals of countries."""
    return [
        Table(rows[0][0][0], rows[-1][-1][1], cells)
        for rows in _grids(text)
        if (cells := tuple(_cells(text, rows, words)))
    ]


def _grids(text: str) -> Iterator[list[list[tuple[int, int]]]]:
    """Give the places of cells in each run of lines with columns."""
    rows: list[list[tuple[int, int]]] = []
    for line in re.finditer(r"[^\n]*\n?", text):
        if rows and line.group().strip() and RULE.fullmatch(line.group()):
            continue
        cells = [cell.span() for cell in CELL.finditer(text, *line.span())]
        if len(cells) > 1:
            rows.append(cells)
            continue
        if len(rows) > 1:
            yield rows
        rows = []


def _cells(
    text: str, rows: list[list[tuple[int, int]]], words: Words
) -> Iterator[Cell]:
    metrics = [_metric(_read(text, place), words) for place in rows[0]]
    for row in rows[1:]:
        if len(row) != len(metrics):
            continue
        first, *others = (_read(text, place) for place in row)
        areas = areas_in(first, words.language)
        if len(areas) != 1 or areas[0].is_party or len(first) > LONGEST:
            continue
        for metric, tokens in zip(metrics[1:], others, strict=True):
            fitted = metric and settled(metric, areas[0].code, "people", is_named=True)
            quantities = quantities_in(tokens, words)
            if fitted and len(quantities) == 1 and len(tokens) <= LONGEST:
                start, end = first[0].start, tokens[-1].end
                yield Cell(areas[0], fitted, quantities[0], start, end)


def _read(text: str, place: tuple[int, int]) -> list[Token]:
    return list(tokens_of(text, *place))


def _metric(tokens: list[Token], words: Words) -> str | None:
    """Give what a column counts: its fate if its heading tells of one."""
    told = [
        match.value
        for section in ("head_metrics", "metrics")
        for match in words.section(section).all(tokens)
    ]
    fates = [value for value in told if value in FATES]
    named = [*fates, *(value for value in told if value != LISTED)]
    return named[0] if named else None
