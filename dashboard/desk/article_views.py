"""Bringing an article, reading it beside its candidates, and naming the page that it is."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from dashboard.desk.access import needs, person_of
from dashboard.desk.forms.articles import ArticleForm
from dashboard.desk.forms.candidates import RejectForm
from dashboard.desk.forms.fields import names_to_choose
from dashboard.desk.forms.pages import PageForm, page_of
from dashboard.desk.parents import parents_of
from dashboard.desk.passages import paragraphs
from recruitment import deciding, jobs
from recruitment.choices import CandidateState, JobKind
from recruitment.models import Article, Source
from recruitment.proposing import pages_like, publisher_of
from recruitment.reviewing import DecisionError

either = require_http_methods(["GET", "HEAD", "POST"])


@either
@needs("review")
def add(request: HttpRequest) -> HttpResponse:
    form = ArticleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            job = jobs.ask(
                JobKind.READ_ARTICLE,
                by=person_of(request),
                upload=form.upload(),
                **form.arguments(),
            )
        return redirect("desk:job", job.pk)
    return render(
        request,
        "desk/article_add.html",
        {"form": form},
        status=400 if form.errors else 200,
    )


@require_safe
@needs()
def article(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Article.objects.select_related("source__publisher", "brought_by"), pk=pk
    )
    candidates = list(
        found.candidates.select_related("country", "figure", "decided_by")
    )
    for number, one in enumerate(candidates, 1):
        one.article, one.number = found, number
    return render(
        request,
        "desk/article.html",
        {
            "article": found,
            "paragraphs": paragraphs(found.text, candidates),
            "candidates": candidates,
            "left": sum(one.state == CandidateState.OPEN for one in candidates),
            "parents": parents_of(found),
            "reject": RejectForm(auto_id=False),
        },
    )


@either
@needs("review")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which page of the record an article is, or enter it as a new one."""
    found = get_object_or_404(Article.objects.select_related("source"), pk=pk)
    parents = parents_of(found)
    like = pages_like(found)
    taken = request.POST.get("known")
    form = PageForm(
        request.POST if request.method == "POST" and not taken else None,
        likely=[one.source.slug for one in parents if one.source],
        initial=page_of(found, publisher_of(found)),
    )
    if request.method == "POST":
        try:
            if taken:
                known = get_object_or_404(Source, slug=taken)
                deciding.take_page(found, known, by=person_of(request))
            elif form.is_valid():
                deciding.name_page(
                    found,
                    form.row(),
                    by=person_of(request),
                    publisher=form.publisher_row(),
                )
        except DecisionError as error:
            form.add_error(None, str(error)) if form.is_bound else messages.error(
                request, str(error)
            )
        else:
            if taken or form.is_valid():
                messages.success(request, "The page is entered. Now the candidates.")
                return _onward(request, found)
    return render(
        request,
        "desk/page.html",
        {
            "article": found,
            "form": form,
            "like": like,
            "parents": parents,
            "names": names_to_choose(),
        },
        status=400 if form.errors else 200,
    )


def _onward(request: HttpRequest, article: Article) -> HttpResponse:
    """Go on to the candidate for which the page had to be named, or to the article."""
    wanted = request.GET.get("then", "")
    if wanted.isdecimal() and article.candidates.filter(pk=wanted).exists():
        return redirect("desk:accept", wanted)
    return redirect("desk:article", article.pk)


@require_POST
@needs("review")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Article, pk=pk)
    deciding.close(found, by=person_of(request))
    messages.success(request, f"“{found.title}” is put away.")
    return redirect("desk:queue")
