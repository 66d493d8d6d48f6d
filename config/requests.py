"""What the outer layers ask of a request: is it for the API, and which id does it have."""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]

WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")
current_id: ContextVar[str] = ContextVar("current_id", default="-")


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


class RequestIdMiddleware:
    """Give each request an id: the reader's own, if it is well formed, or a new one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if WELL_FORMED.fullmatch(given) else uuid4().hex
        # In place of what was sent, so that whoever reads the header reads the id.
        request.META["HTTP_X_REQUEST_ID"] = request_id
        # Not reset at the end: streamed bodies and Django's last lines come after it.
        current_id.set(request_id)
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


class RequestIdFilter(logging.Filter):
    """Add the id of the request at hand to each line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_id.get()
        return True
