"""The record's own pages: a figure, a claimant, a source."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dashboard.chart_views import citation, origin_of
from dashboard.citing import CITATIONS, Work, work_of
from recruitment.accounting import account_for
from recruitment.estimates import ESTIMATED
from recruitment.explaining import Use
from recruitment.models import Claimant, Conflict, Figure, Identity, Source
from recruitment.wording import in_words, who


@require_safe
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    figures = Figure.objects.published().with_citations().select_related("spread")
    found = get_object_or_404(figures, slug=slug)
    conflicts = Conflict.objects.filter(Q(one=found) | Q(other=found))
    return render(
        request,
        "dashboard/figure.html",
        {
            "figure": found,
            "work": _work(request, found),
            "variants": found.variants.published(),
            "use": _use(found),
            "conflicts": conflicts.select_related(
                "one__claimant",
                "one__evidence_origin",
                "other__claimant",
                "other__evidence_origin",
            ),
            "identities": Identity.objects.filter(Q(recruited=found) | Q(parts=found))
            .distinct()
            .select_related("recruited")
            .prefetch_related("parts"),
        },
    )


@require_safe
def figure_citation(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give how to cite a figure: bib, ris or csl."""
    found = get_object_or_404(Figure.objects.published().with_citations(), slug=slug)
    if form not in CITATIONS:
        raise Http404
    return citation(_work(request, found), form)


def _work(request: HttpRequest, found: Figure) -> Work:
    counted = found.get_metric_display().lower()
    title = f"{found.country}, {counted}: {in_words(found)} ({who(found)})"
    return work_of(title, origin_of(request) + reverse("figure", args=[found.slug]))


def _use(found: Figure) -> Use | None:
    """Say what today's estimate makes of a figure; None for a metric of context."""
    if found.metric not in ESTIMATED:
        return None
    key = (found.country.code, found.side, found.metric)
    _, uses = account_for(key, Figure.objects.latest_day())
    return next(use for use in uses if use.slug == found.slug)


@require_safe
def claimant(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Claimant.objects.select_related("country"), slug=slug)
    figures = (
        Figure.objects.published()
        .filter(Q(claimant=found) | Q(evidence_origin=found))
        .select_related("country", "claimant", "evidence_origin")
        .order_by("-as_of", "slug")
    )
    return render(
        request, "dashboard/claimant.html", {"claimant": found, "figures": figures}
    )


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Source.objects.select_related("publisher").prefetch_related(
            "derived_from__publisher", "derivatives__publisher"
        ),
        slug=slug,
    )
    figures = (
        Figure.objects.published()
        .filter(citations__source=found)
        .select_related("country", "claimant", "evidence_origin")
        .order_by("-as_of", "slug")
    )
    return render(
        request, "dashboard/source.html", {"source": found, "figures": figures}
    )
