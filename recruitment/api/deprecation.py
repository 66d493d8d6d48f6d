"""Notice of what will end: told in the headers of each answer concerned.

Deprecation is RFC 9745's header, Sunset that of RFC 8594; both link to what tells more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from rest_framework.views import APIView

NOTICE = timedelta(days=365)
type_view = TypeVar("type_view", bound=type[APIView])


@dataclass(frozen=True)
class Notice:
    """Since when an operation, or one of its parameters, is deprecated; when it ends."""

    since: date
    ends: date
    told_at: str  # the address that tells why, and what to do
    successor: str | None = None  # the address that takes over
    parameter: str | None = None

    def __post_init__(self) -> None:
        if self.ends < self.since + NOTICE:
            raise ValueError("What is deprecated stays for twelve months at least.")

    def concerns(self, request: HttpRequest) -> bool:
        return self.parameter is None or self.parameter in request.GET

    def links(self) -> list[str]:
        rels = {"deprecation": self.told_at, "sunset": self.told_at}
        if self.successor:
            rels["successor-version"] = self.successor
        return [f'<{address}>; rel="{rel}"' for rel, address in rels.items()]


def deprecated(notice: Notice) -> Callable[[type_view], type_view]:
    """Have each answer that a notice concerns carry it, and the document mark it.

    It holds for the views that build on this one, too.
    """

    def decorate(view: type_view) -> type_view:
        first = not hasattr(view, "notices")
        view.notices = (*getattr(view, "notices", ()), notice)  # type: ignore[attr-defined]
        if first:
            view.finalize_response = _told(view.finalize_response)
        return view

    return decorate


def _told(finalize: Callable[..., Any]) -> Callable[..., Any]:
    def finalize_response(
        view: Any, request: Any, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer: HttpResponseBase = finalize(view, request, response, *args, **kwargs)
        concerned = [one for one in view.notices if one.concerns(view.request)]
        if concerned:
            tell(answer, concerned)
        return answer

    return finalize_response


def tell(answer: HttpResponseBase, notices: list[Notice]) -> None:
    """Say the earliest days of several notices, and all their links."""
    since = min(one.since for one in notices)
    ends = min(one.ends for one in notices)
    answer["Deprecation"] = f"@{moment(since)}"
    answer["Sunset"] = http_date(moment(ends))
    links = [link for one in notices for link in one.links()]
    if "Link" in answer:
        links.insert(0, answer["Link"])
    answer["Link"] = ", ".join(dict.fromkeys(links))


def moment(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
