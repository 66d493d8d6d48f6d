"""What answers at the addresses of a figure that was taken back: status 410, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dashboard.accounts import history_of
from dashboard.corrections import corrections_of, named
from recruitment.models import Figure


def gone(
    request: HttpRequest, figure: Figure, template: str = "dashboard/gone.html"
) -> HttpResponse:
    """Say what was taken back, when and why, and lead to what stands in its place."""
    told = corrections_of(figure)
    context = {
        "figure": figure,
        "row": named(figure),
        # None where it came into the record as taken back.
        "retraction": next((one for one in told if one.is_retraction), None),
        "history": history_of(figure),
    }
    return render(request, template, context, status=410)


def gone_file(request: HttpRequest, figure: Figure) -> HttpResponse:
    """Say the same in a line to whoever asked for a file."""
    page = request.build_absolute_uri(reverse("figure", args=[figure.slug]))
    told = f"This figure was taken back and must no longer be cited. Why: {page}\n"
    return HttpResponse(told, status=410, content_type="text/plain; charset=utf-8")
