"""Charts of single records: the rows of each, by what its address asks for."""

from __future__ import annotations

from dashboard.charts.chart import Chart
from dashboard.charts.lineage import figure_lineage, source_lineage
from recruitment.models import Figure, Source


def lineage(figure: Figure | None = None, source: Source | None = None) -> Chart:
    """Draw the way of a figure, or what a page rests on and what rests on it."""
    if source:
        related = Source.objects.in_lineage_of(source.pk, below=True)
        return source_lineage(source, related)
    if figure is None:
        raise ValueError("A lineage is that of a figure or of a source.")
    [cited] = Figure.objects.filter(pk=figure.pk).with_citations()
    carriers = [citation.source_id for citation in cited.citations.all()]
    return figure_lineage(cited, Source.objects.in_lineage_of(*carriers))
