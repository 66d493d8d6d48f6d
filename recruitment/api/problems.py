"""Every error of the API in one form: a problem as RFC 9457 describes it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.text import Truncator
from rest_framework import exceptions
from rest_framework.views import exception_handler as drf_exception_handler

MOST_SAID = 200  # characters of a detail that repeats the request
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of error; its name is part of an address, and stays."""

    name: str
    status: int
    title: str
    description: str


TYPES = {
    kind.name: kind
    for kind in (
        ProblemType(
            "invalid-parameter",
            400,
            "A parameter is not accepted",
            "A parameter is unknown, given twice, empty, has a value that is not"
            " accepted, or does not go together with another. `errors` names each such"
            " parameter and says what is accepted.",
        ),
        ProblemType(
            "bad-request",
            400,
            "The request cannot be read",
            "The request is malformed, or asks for a host name that this site does not"
            " answer to.",
        ),
        ProblemType(
            "mixed-metrics",
            400,
            "These numbers must not be mixed",
            "The request would add or compare numbers of different kinds, such as a"
            " stock (how many on one day) and a cumulative count (how many so far)."
            " Ask for each metric on its own.",
        ),
        ProblemType(
            "invalid-key",
            401,
            "The API key is not accepted",
            "The key in the Authorization header is unknown, revoked or expired. Send a"
            " valid one as `Authorization: Api-Key …`, or no such header at all: every"
            " address can be read without a key.",
        ),
        ProblemType(
            "forbidden",
            403,
            "This is not open to you",
            "What was asked for is not public.",
        ),
        ProblemType(
            "not-found",
            404,
            "There is nothing here",
            "No public resource has this address. Public ids never change; a row that"
            " was taken back keeps its address and says so.",
        ),
        ProblemType(
            "method-not-allowed",
            405,
            "This method is not allowed",
            "The API is read-only: GET, HEAD and OPTIONS.",
        ),
        ProblemType(
            "not-acceptable",
            406,
            "No such format",
            "None of the formats in the Accept header can be given here.",
        ),
        ProblemType(
            "gone",
            410,
            "This address has ended",
            "What was here was taken back, or withdrawn from the API after notice."
            " `successor`, where there is one, is the address that took over;"
            " `correction` tells what was wrong with a figure.",
        ),
        ProblemType(
            "precondition-failed",
            412,
            "The answer is not the one you know",
            "If-Match or If-Unmodified-Since names another state of this answer. Ask"
            " without it, or with If-None-Match or If-Modified-Since.",
        ),
        ProblemType(
            "unsupported-media-type",
            415,
            "The body's format is not understood",
            "The Content-Type of the request's body is none that can be read here.",
        ),
        ProblemType(
            "too-many-requests",
            429,
            "Too many requests",
            "More requests came than the RateLimit-Policy header allows. Wait as many"
            " seconds as Retry-After says, or use an API key, which allows more.",
        ),
        ProblemType(
            "server-error",
            500,
            "Something broke on our side",
            "The error is logged under the `request_id`; the record itself is safe.",
        ),
    )
}
# Where two types share a status, the plainer one stands for it.
BY_STATUS = {kind.status: kind for kind in TYPES.values()} | {400: TYPES["bad-request"]}


class ProblemError(exceptions.APIException):
    """Raise it to answer with a type of the table, a detail and members of your own.

    raise ProblemError("gone", successor="https://…")
    """

    def __init__(self, name: str, detail: str | None = None, **members: Any) -> None:
        self.kind = TYPES[name]
        self.status_code = self.kind.status
        self.members = members
        super().__init__(detail or self.kind.description, code=name)


def exception_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Turn what a view raises into a problem; what nobody foresaw goes on to Django."""
    answer = drf_exception_handler(error, context)
    if answer is None:
        return None
    kind = BY_STATUS.get(answer.status_code)
    detail, members = None, {}
    if isinstance(error, ProblemError):
        kind, detail, members = error.kind, str(error.detail), error.members
    elif isinstance(error, exceptions.ValidationError):
        kind, detail, members = _refused(error.detail)
    elif isinstance(error, exceptions.NotAcceptable):
        formats = (one.media_type for one in context["view"].get_renderers())
        detail = f"Available: {', '.join(dict.fromkeys(formats))}."
    elif isinstance(error, exceptions.APIException):
        # What we wrote in the table says more than "Not found."
        detail = str(error.detail) if error.detail != error.default_detail else None
    if kind is None:
        phrase = HTTPStatus(answer.status_code).phrase
        kind = ProblemType("", answer.status_code, phrase, phrase)
    sent = ("Retry-After", "WWW-Authenticate")
    headers = {name: answer[name] for name in sent if name in answer}
    return problem(context["request"], kind, detail, headers=headers, **members)


def _refused(detail: Any) -> tuple[ProblemType, str, dict[str, Any]]:
    kind = TYPES["invalid-parameter"]
    if isinstance(detail, list):
        return kind, " ".join(map(str, detail)), {}
    errors = {
        name: [str(one) for one in (said if isinstance(said, list) else [said])]
        for name, said in detail.items()
    }
    names = Truncator(", ".join(errors)).chars(MOST_SAID)
    return kind, f"Not accepted: {names}.", {"errors": errors}


def problem(
    request: HttpRequest,
    kind: ProblemType,
    detail: str | None = None,
    *,
    headers: dict[str, str] | None = None,
    **members: Any,
) -> HttpResponse:
    """Answer with a problem, whatever format was asked for."""
    body = {
        "type": address(request, kind),
        "title": kind.title,
        "status": kind.status,
        "detail": detail or kind.description,
        "instance": request.get_full_path(),
        "request_id": request.META.get("HTTP_X_REQUEST_ID"),
    }
    return JsonResponse(
        body | members,
        status=kind.status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store"} | (headers or {}),
    )


def address(request: HttpRequest, kind: ProblemType) -> str:
    """Give the address that describes a type of problem."""
    if not kind.name:
        return "about:blank"
    path = reverse("problem-detail", args=[kind.name])
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path
