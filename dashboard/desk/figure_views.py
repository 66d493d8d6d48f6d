"""Public figures at the desk: found, corrected, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from dashboard.desk.access import needs, person_of
from dashboard.desk.article_views import either
from dashboard.desk.figure_pages import checked_form, figure_context
from dashboard.desk.forms.corrections import CorrectionForm, RetractionForm
from dashboard.desk.forms.figures import PublicFigureForm
from dashboard.desk.versions import differences, versions_of
from recruitment import reviewing
from recruitment.choices import Status
from recruitment.exporting import row_of
from recruitment.models import Figure
from recruitment.reviewing import DecisionError

MOST = 50


@require_safe
@needs()
def figures(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:200]
    public = Figure.objects.published().select_related(
        "country", "claimant", "evidence_origin"
    )
    refusal, found = "", public.none()
    if asked:
        slug = asked.rstrip("/").rpartition("/")[2]
        if public.filter(slug=slug).exists():
            return redirect("desk:figure", slug)
        try:
            found = public.matching(asked).newest_first()
        except ValueError as error:
            refusal = str(error)
    context = {"asked": asked, "refusal": refusal, "figures": found[:MOST]}
    return render(request, "desk/figures.html", context)


def _public(slug: str) -> Figure:
    figure: Figure = get_object_or_404(
        Figure.objects.published().with_citations(), slug=slug
    )
    return figure


@require_safe
@needs()
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    found = _public(slug)
    return render(
        request,
        "desk/figure.html",
        {
            "figure": found,
            "citations": found.citations.all(),
            "versions": versions_of(found),
            "corrections": found.corrections.select_related("revision", "made_by"),
            "is_retracted": found.status == Status.RETRACTED,
        },
    )


@either
@needs("publish")
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what would be changed and told; write it once that was looked at."""
    found = _public(slug)
    old, held = row_of(found), _public(slug)
    data = request.POST if request.method == "POST" else None
    seen = request.POST.get("seen") or reviewing.version_of(found)
    form = PublicFigureForm(
        data, instance=found, initial={"claimant": found.claimant_id}
    )
    told = CorrectionForm(data)
    check = checked_form(request, form)
    changes = differences(held, form.instance) if form.is_bound else []
    if check.may_be_kept and told.is_valid():
        try:
            if form.claimant_row():
                raise DecisionError("Correct to a claimant whom the record knows.")
            reviewing.correct(
                held,
                old | form.row(),
                by=person_of(request),
                seen=seen,
                **told.told(),
            )
        except DecisionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Corrected, and told in public.")
            return redirect("desk:figure", slug)
    return render(
        request,
        "desk/correct.html",
        {
            "figure": held,
            "told": told,
            "seen": seen,
            "changes": changes,
            **figure_context(form, check),
        },
        status=400 if form.errors or told.errors else 200,
    )


@either
@needs("publish")
def retract(request: HttpRequest, slug: str) -> HttpResponse:
    found = _public(slug)
    seen = request.POST.get("seen") or reviewing.version_of(found)
    form = RetractionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            reviewing.retract(found, by=person_of(request), seen=seen, **form.told())
        except DecisionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Taken back, and told in public.")
            return redirect("desk:figure", slug)
    context = {"figure": found, "form": form, "seen": seen}
    status = 400 if form.errors else 200
    return render(request, "desk/retract.html", context, status=status)
