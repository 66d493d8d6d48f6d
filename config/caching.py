"""Public answers, named and kept by all that they follow from.

These are the code, the revision of the record, the day, and what was asked for.
"""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime, time
from hashlib import blake2b, sha256

from compression_middleware.middleware import CompressionMiddleware, compressor
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from redis import RedisError

from config.outages import Outage
from config.requests import GetResponse, is_api, is_for_editors, is_public
from recruitment import revisions
from recruitment.api.problems import TYPES, problem
from recruitment.models import Revision

# A minute anywhere; then an old answer while a new one is fetched, or while we are away.
FOR_EVERYBODY = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
FOR_ONE_READER = "private, no-cache"
FOR_NOBODY = "no-store"
SECONDS_KEPT = 86_400
MOST_BYTES_KEPT = 500_000
MADE_BY = ["config", "dashboard", "recruitment", "templates"]
STARTED_AT = datetime.now(UTC)


@functools.cache
def code_version() -> str:
    """Hash what makes an answer beside the record: our files and those they rest on."""
    files = [settings.BASE_DIR / "requirements.txt"]
    files.append(settings.STATIC_ROOT / "staticfiles.json")
    for folder in MADE_BY:
        files += sorted((settings.BASE_DIR / folder).rglob("*"))
    version = blake2b(digest_size=16)
    for file in files:
        if file.is_file() and file.parent.name != "__pycache__":
            version.update(file.name.encode())
            version.update(sha256(file.read_bytes()).digest())
    return version.hexdigest()


@functools.lru_cache(maxsize=4)
def last_modified(made_at: datetime, today: date) -> int:
    """Give the second since which answers are as they are.

    New code changes them too, and so does midnight: a day that has come is answered.
    """
    midnight = datetime.combine(today, time(), UTC)
    return int(max(made_at, midnight, STARTED_AT).timestamp())


class RevisionCacheMiddleware:
    """Answer what has not changed with 304, and what was made before from the cache."""

    def __init__(self, get_response: GetResponse) -> None:
        if settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.outage = Outage("The cache")
        # Nobody else can make a tag, so that one which fits proves that we gave it out.
        self.secret = sha256(f"{settings.SECRET_KEY}{code_version()}".encode()).digest()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_for_editors(request):
            private = self.get_response(request)
            # Not even in the editor's own browser, for whoever sits there next.
            private["Cache-Control"] = FOR_NOBODY
            return private
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if not is_public(request):
            private = self.get_response(request)
            private.setdefault("Cache-Control", FOR_ONE_READER)
            return private
        # Before the view reads: an answer may be newer than what it is kept under, and is
        # soon no longer asked for, but never older.
        revision = revisions.current()
        today = datetime.now(UTC).date()
        name = self._name(request, revision, today)
        modified = last_modified(revision.made_at, today)
        stamps = {
            "ETag": f'W/"{name}"',
            "Last-Modified": http_date(modified),
            "Muster-Revision": str(revision.number),
        }
        if f'"{name}"' in request.META.get("HTTP_IF_NONE_MATCH", ""):
            return unchanged(request, stamps)
        response: HttpResponseBase | None = self._kept(name, request)
        if response is None:
            response = self.get_response(request)
            if not is_for_everybody(response):
                return response
            response["Cache-Control"] = FOR_EVERYBODY
            patch_vary_headers(response, varies_by(request))
            self._keep(name, request, response)
        for header, value in stamps.items():
            response[header] = value
        # Not before, as a condition means nothing where there is no answer.
        outcome = get_conditional_response(request, stamps["ETag"], modified)
        if outcome is None:
            return response
        if outcome.status_code == 412 and is_api(request):
            return problem(request, TYPES["precondition-failed"])
        return unchanged(request, stamps) if outcome.status_code == 304 else outcome

    def _name(self, request: HttpRequest, revision: Revision, today: date) -> str:
        """Name an answer by all that it follows from."""
        meta = request.META
        follows_from = (
            revision.number,
            # Numbers begin anew with a new database.
            revision.made_at,
            today,
            # Answers hold links with the name that we were asked by.
            request.scheme,
            request.get_host(),
            request.path_info,
            meta.get("QUERY_STRING", ""),
            meta.get("HTTP_ACCEPT", "*/*") if is_api(request) else "",
            compressor(meta.get("HTTP_ACCEPT_ENCODING", ""))[0],
        )
        text = repr(follows_from).encode()
        return blake2b(text, key=self.secret, digest_size=16).hexdigest()

    def _kept(self, name: str, request: HttpRequest) -> HttpResponse | None:
        if self.outage.is_on():
            return None
        try:
            kept = cache.get(name)
        except (RedisError, OSError) as error:
            self.outage.begin(error)
            return None
        if kept is None:
            return None
        headers, content = kept
        return HttpResponse(
            b"" if request.method == "HEAD" else content, headers=headers
        )

    def _keep(
        self, name: str, request: HttpRequest, response: HttpResponseBase
    ) -> None:
        if self.outage.is_on() or request.method != "GET":
            return
        if (
            isinstance(response, HttpResponse)
            and len(response.content) <= MOST_BYTES_KEPT
        ):
            try:
                kept = dict(response.headers), response.content
                cache.set(name, kept, SECONDS_KEPT)
            except (RedisError, OSError) as error:
                self.outage.begin(error)


def varies_by(request: HttpRequest) -> list[str]:
    return ["Accept", "Accept-Encoding"] if is_api(request) else ["Accept-Encoding"]


def is_for_everybody(response: HttpResponseBase) -> bool:
    """Tell whether others may get this answer too; else mark it so that they do not."""
    if response.status_code >= 400:
        response.setdefault("Cache-Control", FOR_NOBODY)
    elif response.cookies or "cookie" in response.get("Vary", "").lower():
        response.setdefault("Cache-Control", FOR_ONE_READER)
    elif response.status_code == 200:
        # A view that says how long its answer holds speaks for itself.
        return not response.has_header("Cache-Control")
    return False


def unchanged(request: HttpRequest, stamps: dict[str, str]) -> HttpResponseNotModified:
    response = HttpResponseNotModified(headers=stamps)
    response["Cache-Control"] = FOR_EVERYBODY
    response["Vary"] = ", ".join(varies_by(request))
    return response


class PublicCompressionMiddleware(CompressionMiddleware):  # type: ignore[misc]
    """Compress what is for everybody; the length of what holds a secret would tell it.

    That is the attack called BREACH, on editors' pages.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not is_public(request):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
