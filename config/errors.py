"""Errors that no view answers: a problem below /api/, a page elsewhere."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from config import uploads
from config.requests import current_id, is_api
from recruitment.api.problems import BY_STATUS, problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problem(request, BY_STATUS[400])
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", {"limits": uploads.limits()}, status=413)
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problem(request, BY_STATUS[403])
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problem(request, BY_STATUS[404])
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return problem(request, BY_STATUS[500])
    # Without the request: what it would add to the page may be what is broken.
    page = render_to_string("500.html", {"request_id": current_id.get()})
    return HttpResponseServerError(page)
