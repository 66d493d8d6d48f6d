"""The record's own pages: a figure, a claimant, a source."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dashboard.accounts import account_of, history_of
from dashboard.chart_views import citation, not_understood, origin_of
from dashboard.charts.claimant import claimant_chart
from dashboard.charts.figure import figure_chart
from dashboard.charts.lineage_way import source_lineage
from dashboard.charts.records import figures_of_claimant, lineage_of
from dashboard.citing import CITATIONS, Work, work_of
from dashboard.claimant_record import record_of
from dashboard.corrections import corrections_of
from dashboard.gone import gone, gone_file
from dashboard.record_forms import CountForm
from recruitment.choices import Role
from recruitment.models import (
    Citation,
    Claimant,
    Conflict,
    Figure,
    Identity,
    Source,
    Visit,
)
from recruitment.track_record import ENOUGH, LATER
from recruitment.wording import in_words, who


@require_safe
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    figures = Figure.objects.published().with_citations().select_related("spread")
    found = get_object_or_404(figures, slug=slug)
    if found.is_retracted:
        return gone(request, found)
    conflicts = Conflict.objects.filter(Q(one=found) | Q(other=found))
    sums = Identity.objects.filter(Q(recruited=found) | Q(parts=found)).distinct()
    ends = ("one", "other")
    alone = figure_chart(found)
    return render(
        request,
        "dashboard/figure.html",
        {
            "figure": found,
            "work": _work(request, found),
            "variants": found.variants.published().without_retracted(),
            "disjoint": found.disjoint_with.published().without_retracted(),
            "account": account_of(found),
            "citations": _visited(_by_role(found)),
            "chart": lineage_of(found),
            "alone": alone,
            "preview": alone,
            "conflicts": conflicts.select_related(
                *(f"{end}__claimant" for end in ends),
                *(f"{end}__evidence_origin" for end in ends),
            ),
            "identities": sums.select_related("recruited").prefetch_related("parts"),
            "corrections": corrections_of(found),
            "history": history_of(found),
        },
    )


def _by_role(found: Figure) -> list[Citation]:
    """Put the claimant's own page first, and what rewrites others last."""
    return sorted(found.citations.all(), key=lambda one: (_place(one), one.slug))


def _visited(citations: list[Citation]) -> list[Citation]:
    """Fetch for the page of each what the last visit to it found."""
    sources = [one.source for one in citations]
    prefetch_related_objects(sources, Visit.objects.as_last_visits())
    return citations


def _place(one: Citation) -> int:
    return [*Role.values].index(one.role)


@require_safe
def figure_citation(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give how to cite a figure: bib, ris or csl."""
    found = get_object_or_404(Figure.objects.published().with_citations(), slug=slug)
    if form not in CITATIONS:
        raise Http404
    if found.is_retracted:
        return gone_file(request, found)
    return citation(_work(request, found), form)


def _work(request: HttpRequest, found: Figure) -> Work:
    counted = found.get_metric_display().lower()
    title = f"{found.country}, {counted}: {in_words(found)} ({who(found)})"
    return work_of(title, origin_of(request) + reverse("figure", args=[found.slug]))


@require_safe
def claimant(request: HttpRequest, slug: str) -> HttpResponse:
    form = CountForm(request.GET)
    if not form.is_valid():
        return not_understood(request, form)
    found = get_object_or_404(
        Claimant.objects.published().select_related("country"), slug=slug
    )
    figures = list(figures_of_claimant(found))
    chart = claimant_chart(found, figures, **form.asked())
    return render(
        request,
        "dashboard/claimant.html",
        {
            "claimant": found,
            "figures": figures,
            "record": record_of(found, figures),
            "chart": chart,
            "later": LATER.days,
            "enough": ENOUGH,
        },
    )


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    sources = Source.objects.published().select_related("publisher")
    found = get_object_or_404(sources.with_last_visit(), slug=slug)
    cited = found.citations.published().with_records()
    figures = [one for one in cited if one.figure]
    figures.sort(key=lambda one: one.figure.as_of or date.min, reverse=True)
    figures.sort(key=_place)
    return render(
        request,
        "dashboard/source.html",
        {
            "source": found,
            "figures": figures,
            "others": [one for one in cited if not one.figure],
            "chart": source_lineage(
                found, Source.objects.in_lineage_of(found.pk, below=True)
            ),
        },
    )
