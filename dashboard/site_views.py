"""What belongs to the site as a whole: about it, and what robots are told."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from recruitment import revisions


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {"revision": revisions.current(), "contact": settings.CONTACT}
    return render(request, "dashboard/about.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    answer = render(request, "robots.txt", {"sitemap": sitemap})
    answer["Content-Type"] = "text/plain; charset=utf-8"
    return answer
