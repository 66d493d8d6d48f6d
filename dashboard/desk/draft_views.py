"""Drafts: read whole by a second person, published, or sent back with a remark."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dashboard.desk.access import needs, person_of
from dashboard.desk.article_views import either
from dashboard.desk.drafts import published_alone, read_in, waiting_drafts
from dashboard.desk.figure_pages import checked_form, figure_context
from dashboard.desk.forms.figures import PublicFigureForm
from dashboard.desk.passages import around
from dashboard.desk.versions import compared, versions_of
from recruitment import deciding, reviewing
from recruitment.cautions import cautions
from recruitment.choices import Status
from recruitment.exporting import row_of
from recruitment.models import Candidate, Figure
from recruitment.reviewing import DecisionError


def _draft(slug: str) -> Figure:
    drafts = Figure.objects.filter(status=Status.DRAFT).with_citations()
    figure: Figure = get_object_or_404(drafts, slug=slug)
    return figure


@require_safe
@needs()
def drafts(request: HttpRequest) -> HttpResponse:
    waiting = waiting_drafts(person_of(request))
    return render(
        request,
        "desk/drafts.html",
        {
            "ours": [one for one in waiting if one.is_from_desk],
            "imported": [one for one in waiting if not one.is_from_desk],
            "to_cite": Candidate.objects.waiting_to_be_cited().select_related(
                "figure__country",
                "figure__claimant",
                "figure__evidence_origin",
                "article__source__publisher",
                "decided_by",
            ),
        },
    )


@require_safe
@needs()
def alone(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/alone.html", {"entries": published_alone()})


@require_safe
@needs()
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    figure = _draft(slug)
    person = person_of(request)
    candidates = read_in(figure)
    sources = [citation.source for citation in figure.citations.all()]
    return render(
        request,
        "desk/draft.html",
        {
            "figure": figure,
            "citations": figure.citations.all(),
            "passages": [(one, around(one)) for one in candidates],
            "cautions": cautions(figure, sources[0] if sources else None),
            "changed": compared(figure),
            "versions": versions_of(figure),
            "remarks": figure.remarks.select_related("by"),
            "seen": reviewing.version_of(figure),
            "is_mine": person.pk in reviewing.authors_of(figure),
            "is_sent_back": reviewing.is_sent_back(figure),
            "longest": reviewing.LONGEST_REASON,
        },
    )


@either
@needs("review")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    figure = _draft(slug)
    old = row_of(figure)
    seen = request.POST.get("seen") or reviewing.version_of(figure)
    form = PublicFigureForm(
        request.POST if request.method == "POST" else None,
        instance=figure,
        initial={"claimant": figure.claimant_id},
    )
    check = checked_form(request, form)
    if check.may_be_kept:
        try:
            deciding.edit(
                figure,
                old | form.row(),
                by=person_of(request),
                claimant=form.claimant_row(),
                seen=seen,
            )
        except DecisionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, "The draft is edited. Somebody else publishes it."
            )
            return redirect("desk:draft", slug)
    context = {"figure": figure, "seen": seen, **figure_context(form, check)}
    status = 400 if form.errors else 200
    return render(request, "desk/draft_edit.html", context, status=status)


@require_POST
@needs("publish")
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    figure = get_object_or_404(Figure, slug=slug)
    try:
        reviewing.publish(
            figure,
            by=person_of(request),
            seen=request.POST.get("seen", ""),
            alone=request.POST.get("alone", ""),
        )
    except DecisionError as error:
        messages.error(request, str(error))
        is_draft = Figure.objects.filter(slug=slug, status=Status.DRAFT).exists()
        return redirect("desk:draft", slug) if is_draft else redirect("desk:drafts")
    messages.success(request, f"Published: {figure.summary}")
    return redirect("desk:drafts")


@require_POST
@needs("publish")
def cite(request: HttpRequest, pk: int) -> HttpResponse:
    candidate = get_object_or_404(Candidate, pk=pk)
    try:
        deciding.cite(
            candidate, by=person_of(request), alone=request.POST.get("alone", "")
        )
    except DecisionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The figure cites the page now.")
    return redirect("desk:drafts")


class RemarkForm(forms.Form):
    words = forms.CharField(max_length=2000)


@require_POST
@needs("review")
def remark(request: HttpRequest, slug: str) -> HttpResponse:
    figure = get_object_or_404(Figure, slug=slug)
    form = RemarkForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    sends_back = request.POST.get("do") == "send_back"
    try:
        reviewing.remark(figure, words, by=person_of(request), sends_back=sends_back)
    except DecisionError as error:
        messages.error(request, str(error))
    return redirect("desk:draft", slug)
