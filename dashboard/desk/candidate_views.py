"""A page for each decision on a candidate; all work without a script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dashboard.desk.access import needs, person_of
from dashboard.desk.article_views import either
from dashboard.desk.figure_pages import checked_form, figure_context
from dashboard.desk.forms.candidates import CandidateForm, MergeForm, RejectForm
from dashboard.desk.forms.fields import names_to_choose
from dashboard.desk.forms.figures import CredibilityForm, FigureForm, proposal
from dashboard.desk.passages import around
from recruitment import deciding
from recruitment.choices import RejectReason, Role
from recruitment.models import Article, Candidate
from recruitment.proposing import claimants_for, figures_like
from recruitment.reviewing import DecisionError
from recruitment.wording import in_words


def _open(pk: int) -> Candidate:
    candidates = Candidate.objects.open().select_related("article__source", "country")
    candidate: Candidate = get_object_or_404(candidates, pk=pk)
    return candidate


def _back(candidate: Candidate) -> HttpResponse:
    """Go on with the next open candidate of the article, or back to the queue."""
    rest = candidate.article.candidates.open()
    following = rest.filter(start__gte=candidate.start).first() or rest.first()
    answer = redirect("desk:article", candidate.article_id)
    place = following or candidate
    answer["Location"] += f"#candidate-{place.pk}"
    return answer


@either
@needs("review")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft: which page, then how credible, then all the rest, in this order."""
    candidate = _open(pk)
    person = person_of(request)
    if candidate.article.source is None:
        answer = redirect("desk:page", candidate.article_id)
        answer["Location"] += f"?then={pk}"
        return answer
    if candidate.judged_by_id != person.pk or "again" in request.GET:
        return _judge(request, candidate)
    form = FigureForm(_typed(request), initial=proposal(candidate))
    check = checked_form(request, form, candidate.article.source)
    if check.may_be_kept:
        try:
            figure = deciding.accept(
                candidate,
                form.row() | {"variant_of": None},
                by=person,
                claimant=form.claimant_row(),
            )
        except DecisionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Draft made: {figure.summary}")
            return _back(candidate)
    return render(
        request,
        "desk/accept.html",
        {
            "candidate": candidate,
            "passage": around(candidate),
            "suggested": claimants_for(candidate),
            "like": figures_like(candidate)[:3],
            **figure_context(form, check),
        },
        status=400 if form.errors else 200,
    )


def _typed(request: HttpRequest) -> QueryDict | None:
    """Give what was typed, with the suggested claimant that was picked, if one was."""
    if request.method != "POST":
        return None
    typed = request.POST.copy()
    if picked := typed.get("pick"):
        typed["claimant"] = picked
    return typed


def _judge(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    """Ask how credible the passage is, with nothing else in view."""
    form = CredibilityForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        credibility = form.cleaned_data["credibility"]
        deciding.judge(candidate, credibility, by=person_of(request))
        return redirect("desk:accept", candidate.pk)
    return render(
        request,
        "desk/judge.html",
        {"candidate": candidate, "passage": around(candidate), "form": form},
        status=400 if form.errors else 200,
    )


@either
@needs("review")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend what was read: the counted, the bounds, the day, the passage itself."""
    candidate = _open(pk)
    form = CandidateForm(
        request.POST if request.method == "POST" else None,
        instance=candidate,
        initial={"passage": candidate.passage},
    )
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, "The candidate is mended.")
        answer = redirect("desk:article", candidate.article_id)
        answer["Location"] += f"#candidate-{candidate.pk}"
        return answer
    return _candidate_page(request, form, candidate.article)


@either
@needs("review")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a figure that the reading missed."""
    article = get_object_or_404(Article, pk=pk)
    form = CandidateForm(
        request.POST if request.method == "POST" else None,
        instance=Candidate(article=article),
    )
    if form.is_bound and form.is_valid():
        candidate = form.save()
        Article.objects.filter(pk=pk).update(closed_at=None)
        answer = redirect("desk:article", pk)
        answer["Location"] += f"#candidate-{candidate.pk}"
        return answer
    return _candidate_page(request, form, article)


def _candidate_page(
    request: HttpRequest, form: CandidateForm, article: Article
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "article": article,
        "names": names_to_choose(),
    }
    status = 400 if form.errors else 200
    return render(request, "desk/candidate.html", context, status=status)


@either
@needs("review")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    candidate = _open(pk)
    if candidate.article.source is None:
        return redirect("desk:page", candidate.article_id)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
        try:
            deciding.merge(
                candidate,
                chosen["into"],
                by=person_of(request),
                role=Role(chosen["role"]),
                note=chosen["note"],
            )
        except DecisionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Merged into {in_words(chosen['into'])}.")
            return _back(candidate)
    return render(
        request,
        "desk/merge.html",
        {
            "candidate": candidate,
            "passage": around(candidate),
            "form": form,
            "like": figures_like(candidate),
        },
        status=400 if form.errors else 200,
    )


@either
@needs("review")
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    candidate = _open(pk)
    form = RejectForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            deciding.reject(
                candidate,
                by=person_of(request),
                reason=RejectReason(form.cleaned_data["reason"]),
                note=form.cleaned_data["note"],
            )
        except DecisionError as error:
            messages.error(request, str(error))
        return _back(candidate)
    return render(
        request,
        "desk/reject.html",
        {"candidate": candidate, "passage": around(candidate), "form": form},
        status=400 if form.errors else 200,
    )


@require_POST
@needs("review")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    candidate = get_object_or_404(Candidate.objects.select_related("article"), pk=pk)
    try:
        deciding.undo(candidate, by=person_of(request))
    except DecisionError as error:
        messages.error(request, str(error))
    answer = redirect("desk:article", candidate.article_id)
    answer["Location"] += f"#candidate-{pk}"
    return answer
