"""Fetches one page from an address that an editor gave, and nothing that is not public.

Whoever gives an address must not reach through us what they cannot reach themselves: this
machine, its network, a cloud's metadata. So each hop is checked before anybody is asked,
and time and space are bounded whatever the server does. No cookies, no proxies, nothing
kept from one request to the next. robots.txt is not asked for: it speaks to crawlers, and
an editor reads a single page.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

import httpcore

from recruitment.addressing import PORTS, Target, is_public, target_of
from recruitment.connecting import CheckedNetwork, ForbiddenAddressError, type_policy

READABLE = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
REDIRECTS = (301, 302, 303, 307, 308)
NOT_FOLLOWED = "This address is not followed"
SHOWN = 200  # characters at most of what a server sent, in a message


class FetchError(ValueError):
    """The page was not read; the message tells the editor why, and at which redirect."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.redirected_to: str | None = None

    def __str__(self) -> str:
        place = (
            f" A redirect led to {self.redirected_to}." if self.redirected_to else ""
        )
        return f"{self.reason}{place}"


class RefusedAddressError(FetchError):
    """The address, or one that it leads to, is not followed: nobody was asked there."""


class StatusError(FetchError):
    """The server answered, but not with the page."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Page:
    """What an address gave in the end."""

    url: str  # where it was found, after all redirects
    content: bytes  # unpacked
    content_type: str  # as the server says it, with its charset
    hops: tuple[str, ...]  # the addresses that led here, the one asked for first


@dataclass(frozen=True)
class _Answer:
    """What one server says: a page, or where to look for it."""

    content: bytes = b""
    content_type: str = ""
    location: str | None = None


@dataclass(frozen=True)
class Fetcher:
    """Fetches pages as `user_agent`, within its bounds."""

    user_agent: str
    seconds: float = 20  # for everything, from the first look-up to the last byte
    most_bytes: int = 10_000_000  # of the page, packed and unpacked
    most_hops: int = 5
    ports: frozenset[int] = frozenset(PORTS.values())
    resolve: Callable[..., Any] = socket.getaddrinfo
    is_allowed: type_policy = is_public
    tls: ssl.SSLContext | None = None  # None trusts the public authorities

    def fetch(self, url: str) -> Page:
        """Follow an address to its page; FetchError tells why there is none."""
        deadline = time.monotonic() + self.seconds
        hops: list[str] = []
        following = url.strip()
        while len(hops) <= self.most_hops:
            try:
                target = self._checked(following)
                if target.url in hops:
                    raise FetchError("The redirects go round in a circle.")
                answer = self._ask(target, deadline)
            except FetchError as error:
                error.redirected_to = following[:SHOWN] if hops else None
                raise
            if answer.location is None:
                return Page(
                    target.url, answer.content, answer.content_type, tuple(hops)
                )
            hops.append(target.url)
            following = _joined(target.url, answer.location)
        raise FetchError(f"The address redirects more than {self.most_hops} times.")

    def _checked(self, url: str) -> Target:
        try:
            target = target_of(url)
            if target.port not in self.ports:
                raise ValueError(f"port {target.port} is not one of the web's")
        except ValueError as error:
            raise RefusedAddressError(f"{NOT_FOLLOWED}: {error}.") from error
        return target

    def _ask(self, target: Target, deadline: float) -> _Answer:
        """Ask one server, once; tell every failure in an editor's words."""
        connection = httpcore.HTTPConnection(
            httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port),
            ssl_context=self.tls,
            network_backend=CheckedNetwork(self.resolve, self.is_allowed, deadline),
        )
        url = httpcore.URL(
            scheme=target.scheme,
            host=target.host,
            port=target.port,
            target=target.path,
        )
        headers = [
            ("Host", target.authority.encode()),
            ("User-Agent", self.user_agent.encode("ascii", "replace")),
            ("Accept", ", ".join(READABLE).encode()),
            ("Accept-Encoding", b"gzip"),
            ("Connection", b"close"),
        ]
        try:
            with connection, connection.stream("GET", url, headers=headers) as response:
                return self._read(response)
        except ForbiddenAddressError as error:
            raise RefusedAddressError(f"{NOT_FOLLOWED}: {error}.") from error
        except httpcore.TimeoutException as error:
            raise FetchError(
                f"The page did not come within {self.seconds:g} seconds."
            ) from error
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                told = error.__cause__.verify_message
                raise FetchError(
                    f"The server does not prove that it is {target.host}: {told}."
                ) from error
            raise FetchError(f"The server cannot be reached: {error}.") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(f"The server broke off: {error}.") from error

    def _read(self, response: httpcore.Response) -> _Answer:
        headers = _headers(response)
        if response.status in REDIRECTS and "location" in headers:
            return _Answer(location=headers["location"])
        if response.status != HTTPStatus.OK:
            raise StatusError(
                f"The server answers with status {_in_words(response.status)}.",
                response.status,
            )
        content_type = headers.get("content-type", "")
        kind = content_type.partition(";")[0].strip().lower()
        if kind not in READABLE:
            raise FetchError(
                "Only HTML, plain text and PDF are read; this is"
                f" {kind[:SHOWN] or 'of a kind that the server does not tell'}."
            )
        packed = bytearray()
        for piece in response.iter_stream():
            packed += piece
            self._refuse_too_large(packed)
        encoding = headers.get("content-encoding", "identity").strip().lower()
        return _Answer(self._unpacked(bytes(packed), encoding), content_type)

    def _unpacked(self, packed: bytes, encoding: str) -> bytes:
        """Unpack a page, and never more of it than is allowed."""
        if encoding == "identity":
            return packed
        if encoding not in ("gzip", "x-gzip"):
            raise FetchError(
                f"The page is packed as {encoding[:SHOWN]!r}, which was not asked for."
            )
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            content = unpacker.decompress(packed, self.most_bytes + 1)
        except zlib.error as error:
            raise FetchError("The page cannot be unpacked.") from error
        self._refuse_too_large(content)
        if not unpacker.eof or unpacker.unused_data:
            raise FetchError("The page came packed, and not in one whole piece.")
        return content

    def _refuse_too_large(self, content: bytes | bytearray) -> None:
        if len(content) > self.most_bytes:
            raise FetchError(f"The page is larger than {self.most_bytes:,} bytes.")


def _headers(response: httpcore.Response) -> dict[str, str]:
    """Give the headers by their names in small letters; one that comes twice, joined."""
    headers: dict[str, str] = {}
    for name, value in response.headers:
        key, text = name.decode("latin-1").lower(), value.decode("utf-8", "replace")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _joined(url: str, location: str) -> str:
    """Give the address that a redirect names; what is no address is refused as such."""
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _in_words(status: int) -> str:
    known = [one for one in HTTPStatus if one == status]
    return f"{status} ({known[0].phrase})" if known else f"{status}"
