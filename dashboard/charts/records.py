"""Charts of single records: the rows of each, by what its address asks for."""

from __future__ import annotations

from dashboard.charts.chart import Chart
from dashboard.charts.claimant import claimant_chart
from dashboard.charts.figure import figure_chart
from dashboard.charts.lineage import LineageChart
from dashboard.charts.lineage_way import figure_lineage, source_lineage
from dashboard.charts.responses import responses_chart
from recruitment.models import Claimant, Country, Figure, Response, Source
from recruitment.querysets import FigureQuerySet, ResponseQuerySet


def lineage(figure: Figure | None = None, source: Source | None = None) -> Chart:
    """Draw the way of a figure, or what a page rests on and what rests on it."""
    if source:
        related = Source.objects.in_lineage_of(source.pk, below=True)
        return source_lineage(source, related)
    if figure is None:
        raise ValueError("A lineage is that of a figure or of a source.")
    [cited] = Figure.objects.filter(pk=figure.pk).with_citations()
    return lineage_of(cited)


def lineage_of(figure: Figure) -> LineageChart:
    """Draw the way of a figure whose citations are at hand."""
    carriers = [citation.source_id for citation in figure.citations.all()]
    return figure_lineage(figure, Source.objects.in_lineage_of(*carriers))


def figure(figure: Figure) -> Chart:
    return figure_chart(figure)


def responses(country: Country | None = None, kind: str = "") -> Chart:
    """Set what states did on one line of time."""
    return responses_chart(responses_told(country, kind), country, kind)


def responses_told(country: Country | None = None, kind: str = "") -> ResponseQuerySet:
    """Give what states did, the newest first: about one country or all, of one kind or all."""
    told = Response.objects.published().with_citations().newest_first()
    told = told.about(country.code) if country else told
    return told.of_kind(kind) if kind else told


def claimant(claimant: Claimant, side: str = "", metric: str = "") -> Chart:
    """Set the figures of a claimant that count the same on one scale."""
    return claimant_chart(claimant, figures_of_claimant(claimant), side, metric)


def figures_of_claimant(claimant: Claimant) -> FigureQuerySet:
    """Give what somebody said or counted, the newest first."""
    told = Figure.objects.published().of_claimant(claimant)
    related = ("country", "claimant", "evidence_origin", "spread")
    return told.select_related(*related).newest_first()
