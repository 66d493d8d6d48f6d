"""What workers were asked for: where it stands, what came of it, and once more."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dashboard.desk.access import needs, person_of
from dashboard.forms import PageForm
from recruitment import jobs as outbox
from recruitment.choices import JobState
from recruitment.models import Article, Job

PER_PAGE = 50
SECONDS_BETWEEN = 3  # of a page without scripts, which loads itself again


@require_safe
@needs()
def jobs(request: HttpRequest) -> HttpResponse:
    form = PageForm(request.GET)
    number = (form.cleaned_data["page"] if form.is_valid() else None) or 1
    every = Job.objects.select_related("asked_by").prefetch_related("articles")
    page = Paginator(every, PER_PAGE).get_page(number)
    return render(request, "desk/jobs.html", {"page": page})


@require_safe
@needs()
def job(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Job.objects.select_related("asked_by", "upload"), pk=pk)
    context = {
        "job": found,
        "progress": outbox.progress(found),
        "articles": _articles_of(found).defer("text", "fingerprint"),
        "is_under_way": _is_under_way(found),
        "seconds": SECONDS_BETWEEN,
    }
    return render(request, "desk/job.html", context)


def _articles_of(job: Job) -> models.QuerySet[Article]:
    """Give the article that a job read, or found to be on the desk already."""
    known = Article.objects.filter(pk=job.result.get("article"))
    return known | Article.objects.filter(job=job)


@require_safe
@needs()
def job_state(request: HttpRequest, pk: int) -> JsonResponse:
    """Tell the script of a job's page how far it is."""
    found = get_object_or_404(Job, pk=pk)
    done, of = outbox.progress(found) or (None, None)
    return JsonResponse(
        {
            "state": found.get_state_display(),
            "is_under_way": _is_under_way(found),
            "done": done,
            "of": of,
        }
    )


def _is_under_way(job: Job) -> bool:
    return job.state in (JobState.QUEUED, JobState.RUNNING)


@require_POST
@needs("review")
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Job, pk=pk)
    try:
        outbox.retry(found, by=person_of(request))
    except ValueError as error:
        messages.error(request, str(error))
    return redirect("desk:job", pk)
