"""What the outer layers ask of a request: whose it is, what for, and its id."""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from ipaddress import IPv6Address, ip_address
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]

WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")
WITH_PORT = re.compile(r"([\d.]+|\[.*\]):\d+")
current_id: ContextVar[str] = ContextVar("current_id", default="-")


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def is_for_editors(request: HttpRequest) -> bool:
    return request.path_info.startswith(("/admin/", "/desk/"))


def is_public(request: HttpRequest) -> bool:
    """Tell whether everybody gets the same answer: not so editors, and what is theirs.

    Nor who asks whether we are well: that must be answered anew, and without a database.
    """
    return (
        not is_for_editors(request)
        and not request.path_info.startswith("/health/")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


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


def reader_address(request: HttpRequest) -> str:
    """Give the address that the first trusted proxy saw, or of its network in IPv6.

    Whoever is further away can write into X-Forwarded-For what they like. One reader has
    a whole /64 of IPv6 addresses.
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    seen = direct
    if hops := settings.TRUSTED_PROXIES:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", hops)
        # Fewer entries than proxies: the request came another way than it should.
        if len(forwarded) >= hops:
            seen = forwarded[-hops].strip()
    if with_port := WITH_PORT.fullmatch(seen):
        seen = with_port[1]
    try:
        address = ip_address(seen.strip("[]"))
    except ValueError:
        return direct
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
