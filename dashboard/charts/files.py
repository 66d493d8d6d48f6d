"""A chart as a file: its rows as CSV and JSON, its drawing as SVG and PNG."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.template.loader import render_to_string

from dashboard import cards
from dashboard.cards import card
from dashboard.charts.chart import Chart
from dashboard.pictures import png, standalone
from recruitment import revisions, wording
from recruitment.api.renderers import as_json, cell

LICENCE = "Claims, not a census. CC BY 4.0."
PICTURE_WIDTH = 1600


def as_csv(chart: Chart, origin: str) -> bytes:
    """Write the rows as a table; addresses are whole."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(chart.columns)
    for record in _records(chart, origin):
        writer.writerow(cell(record[column]) for column in chart.columns)
    return table.getvalue().encode()


def as_data(chart: Chart, origin: str) -> bytes:
    """Write title, sentence and rows as JSON."""
    return as_json(
        {
            "kind": chart.kind,
            "title": chart.title,
            "summary": chart.summary or chart.empty,
            "note": chart.note,
            "page": origin + chart.page,
            "columns": chart.columns,
            "rows": _records(chart, origin),
        }
    )


def as_svg(chart: Chart, origin: str) -> str:
    """Draw the chart to stand alone, with what it takes to cite it drawn inside."""
    drawing = chart.drawings[0]
    inner = render_to_string(
        "dashboard/charts/drawing.svg", {"drawing": drawing, "chart": chart}
    )
    return standalone(
        inner, drawing.width, drawing.height, chart.title, provenance(chart, origin)
    )


def as_png(chart: Chart, origin: str) -> bytes:
    return png(as_svg(chart, origin), PICTURE_WIDTH)


def as_card(chart: Chart, origin: str) -> bytes:
    """Draw the chart's link preview as PNG."""
    return png(card(chart, origin.partition("://")[2]), cards.WIDTH)


def provenance(chart: Chart, origin: str) -> list[str]:
    """Say where a drawing comes from, in the lines that stand below it."""
    revision = revisions.current()
    made = wording.day(revision.made_at.date())
    notes = (chart.note, chart.scale_name)
    return [
        chart.key,
        chart.summary,
        " · ".join(note for note in notes if note),
        f"Muster, data revision {revision.number} of {made}. {LICENCE}",
        origin + chart.page,
    ]


def _records(chart: Chart, origin: str) -> list[dict[str, Any]]:
    """Give the records with whole addresses, as a file is read far from the site."""
    return [
        {name: _whole(value, origin) for name, value in record.items()}
        for record in chart.records()
    ]


def _whole(value: Any, origin: str) -> Any:
    is_path = isinstance(value, str) and value.startswith("/")
    return origin + value if is_path else value
