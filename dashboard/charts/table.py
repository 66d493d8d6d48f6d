"""A chart as the table of a page: its records, with addresses turned into links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.charts.chart import Chart, type_record, type_url

PAGE = "page"  # a column "page" is the row's link; "low_page" is that of the cell "low"


@dataclass(frozen=True)
class Cell:
    text: str
    url: type_url = ""
    is_number: bool = False


def headings(chart: Chart) -> list[Cell]:
    """Give the heading of each column that is shown; those of addresses become links."""
    return [
        Cell(chart.columns[name], is_number=_is_number(chart, name))
        for name in _shown(chart)
    ]


def rows(chart: Chart) -> Iterator[list[Cell]]:
    """Give the cells of each row; the first is the row's own heading."""
    shown = _shown(chart)
    numbers = {name for name in shown if _is_number(chart, name)}
    for record in chart.records():
        yield [
            Cell(_text(record[name]), _url(record, name, shown), name in numbers)
            for name in shown
        ]


def _shown(chart: Chart) -> list[str]:
    """Leave out the addresses, and columns in which nothing stands."""
    return [
        name
        for name in chart.columns
        if not name.endswith(PAGE)
        and any(record[name] not in (None, "", False) for record in chart.records())
    ]


def _is_number(chart: Chart, name: str) -> bool:
    values = {type(record[name]) for record in chart.records()} - {type(None)}
    return bool(values) and values <= {int, float}


def _url(record: type_record, name: str, shown: list[str]) -> type_url:
    own = PAGE if name == shown[0] else f"{name}_{PAGE}"
    return record.get(own) or ""


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)
