"""Connects to checked addresses only, and never for longer than is left."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from concurrent import futures
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import httpcore

type_policy = Callable[[IPv4Address | IPv6Address], bool]


class ForbiddenAddressError(ValueError):
    """A name leads to an address that may not be connected to."""


class CheckedNetwork(httpcore.NetworkBackend):
    """Looks a host up once, and connects to what was looked up if all of it is allowed.

    To check first and to let the library look up again is no check: a name can lead
    elsewhere the second time.
    """

    def __init__(
        self, resolve: Callable[..., Any], is_allowed: type_policy, deadline: float
    ) -> None:
        self.resolve, self.is_allowed, self.deadline = resolve, is_allowed, deadline

    def connect_tcp(
        self, host: str, port: int, *args: Any, **options: Any
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError("it has no address")
        addresses = self._addresses(host, port)
        for address in addresses:
            if not self.is_allowed(ip_address(address)):
                raise ForbiddenAddressError(
                    f"{host} leads to {address}, which is not on the open internet"
                )
        for number, address in enumerate(addresses):
            share = _left(self.deadline) / (len(addresses) - number)
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self.deadline)
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        # In a thread, since a look-up cannot be told when to stop.
        thread = futures.ThreadPoolExecutor(max_workers=1)
        try:
            answers = thread.submit(
                self.resolve, host, port, type=socket.SOCK_STREAM
            ).result(_left(self.deadline))
        except futures.TimeoutError as error:
            raise httpcore.ConnectTimeout("its name is not found") from error
        except OSError as error:
            raise httpcore.ConnectError("its name is not found") from error
        finally:
            thread.shutdown(wait=False)
        return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class _TimedStream(httpcore.NetworkStream):
    """Gives every read and write only what is left of the time for all of them.

    A timeout for each would never end where a server sends a byte now and then.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.deadline))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            left = _left(self.deadline)
            stream = self.stream.start_tls(ssl_context, server_hostname, left)
        except Exception:
            self.close()  # nobody else does: there is no connection yet
            raise
        return _TimedStream(stream, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(deadline: float) -> float:
    """Give the seconds until a moment of time.monotonic()."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return left
