"""Files of rows: handed in, tried out, let in by a second person; and the record as files."""

from __future__ import annotations

import csv
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dashboard.desk.access import needs, person_of
from dashboard.desk.article_views import either
from dashboard.desk.changed_rows import refused_rows, rows_changed
from dashboard.desk.forms.batches import BatchForm
from recruitment import batches as coming_in
from recruitment import exports, jobs
from recruitment.batches import KEPT
from recruitment.choices import JobKind, JobState
from recruitment.models import Batch, Job
from recruitment.reviewing import DecisionError
from recruitment.tables import FIGURES, columns
from recruitment.uploads import UploadError

LATEST = 20
OUTCOMES = ("new", "changed", "same", "refused")


@either
@needs()
def batches(request: HttpRequest) -> HttpResponse:
    """Show what was handed in, and take a file in."""
    form = BatchForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = coming_in.bring(by=person_of(request), **form.brought())
        except UploadError as error:
            form.add_error("file", str(error))
        else:
            return redirect("desk:batch", made.pk)
    latest = Batch.objects.defer("content").select_related("brought_by", "job")
    made_files = Job.objects.filter(kind=JobKind.EXPORT_ROWS).select_related("asked_by")
    context = {
        "form": form,
        "batches": latest[:LATEST],
        "exports": [(job, exports.path_of(job)) for job in made_files[:LATEST]],
        "days": KEPT.days,
        "columns": [(name, _means(name)) for name in columns()],
    }
    status = 400 if form.errors else 200
    return render(request, "desk/batches.html", context, status=status)


def _means(column: str) -> str:
    if field := FIGURES.columns.get(column):
        return str(field.help_text)
    return (
        "Of the page that is cited; several are parted by a bar, in every such column."
    )


@require_safe
@needs()
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty table of figures, with the names of its columns."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="figures.csv"'
    csv.writer(answer).writerow(columns())
    return answer


@require_safe
@needs()
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    related = ("brought_by", "confirmed_by", "job")
    found = get_object_or_404(Batch.objects.select_related(*related), pk=pk)
    is_mine = person_of(request) == found.brought_by
    outcome = found.outcome
    context = {
        "batch": found,
        "is_under_way": found.job
        and found.job.state in (JobState.QUEUED, JobState.RUNNING),
        "has_bytes": bool(found.content),
        "counts": [
            (name, [held.get(one, 0) for one in OUTCOMES])
            for name, held in outcome.get("outcomes", {}).items()
        ],
        "refusals": refused_rows(outcome),
        "changes": rows_changed(outcome),
        "new": rows_changed(outcome, "new"),
        "needs_another": is_mine and bool(outcome.get("public")),
    }
    return render(request, "desk/batch.html", context)


def _decide(
    request: HttpRequest, pk: int, decide: Callable[[Batch], None], onward: str
) -> HttpResponse:
    """Carry out a decision; say in words why not, on the page that it was made on."""
    found = get_object_or_404(Batch.objects.defer("content"), pk=pk)
    try:
        decide(found)
    except DecisionError as error:
        messages.error(request, str(error))
        return redirect("desk:batch", pk)
    return redirect(onward, pk) if onward == "desk:batch" else redirect(onward)


@require_POST
@needs("review")
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    by = person_of(request)
    return _decide(
        request, pk, lambda found: coming_in.try_out(found, by=by), "desk:batch"
    )


@require_POST
@needs("publish")
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    by, told = person_of(request), request.POST
    seen, alone = told.get("seen", ""), told.get("alone", "")
    return _decide(
        request,
        pk,
        lambda found: coming_in.let_in(found, by=by, seen=seen, alone=alone),
        "desk:batch",
    )


@require_POST
@needs("review")
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    by = person_of(request)
    return _decide(
        request, pk, lambda found: coming_in.give_up(found, by=by), "desk:batches"
    )


@require_POST
@needs("review")
def export(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        job = jobs.ask(JobKind.EXPORT_ROWS, by=person_of(request))
    return redirect("desk:job", job.pk)


@require_safe
@needs("review")
def export_file(request: HttpRequest, pk: int) -> FileResponse:
    path = exports.path_of(get_object_or_404(Job, pk=pk))
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
