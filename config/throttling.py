"""How often one reader may ask the API, and how each answer says so.

The headers follow draft 10 of the IETF's "RateLimit header fields for HTTP".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b, sha256
from math import ceil
from threading import Lock
from time import monotonic, time
from unicodedata import normalize

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage, RedisStorage, Storage
from redis import ConnectionPool
from rest_framework_api_key.models import APIKey
from rest_framework_api_key.permissions import KeyParser

from config.outages import SECONDS_TO_ANSWER, Outage
from config.requests import GetResponse, is_api, reader_address
from recruitment.api.problems import TYPES, problem

KEY = re.compile(r"[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}")
SECONDS_KEY_IS_REMEMBERED = 60


@dataclass(frozen=True, slots=True)
class Left:
    """What one limit leaves a reader, and when it begins anew; below 0 it is exceeded."""

    limit: RateLimitItem
    requests: int
    seconds: int


def name_of(limit: RateLimitItem) -> str:
    unit = limit.GRANULARITY.name
    return unit if limit.multiples == 1 else f"{limit.multiples}-{unit}s"


class Memory(MemoryStorage):
    """Counts in this process; without the lock, first hits at the same moment are lost."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = Lock()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        with self.lock:
            return super().incr(key, expiry, amount)


class Counter:
    """Counts requests in windows of time, in one step, so that none slips through.

    A store that is away leaves each process to count for itself.
    """

    def __init__(self, url: str) -> None:
        self.own = Memory()
        self.shared: Storage = self.own if url == "memory://" else connect(url)
        self.outage = Outage("The throttle's store")

    def spend(self, limits: list[RateLimitItem], reader: str) -> list[Left]:
        """Count a request under each limit, up to the first that it exceeds."""
        # Else all readers' windows begin at the full minute, and so do their retries.
        now = time() + int(reader[:8], 16)
        left = []
        for limit in limits:
            window, since = divmod(now, limit.get_expiry())
            count = self._count(limit.key_for(reader, int(window)), limit.get_expiry())
            seconds = ceil(limit.get_expiry() - since)
            left.append(Left(limit, limit.amount - count, seconds))
            if count > limit.amount:
                break
        return left

    def _count(self, key: str, seconds: int) -> int:
        if not self.outage.is_on():
            try:
                return self.shared.incr(key, seconds)
            except self.shared.base_exceptions as error:
                self.outage.begin(error)
        return self.own.incr(key, seconds)


def connect(url: str) -> RedisStorage:
    pool = ConnectionPool.from_url(
        url,
        socket_timeout=SECONDS_TO_ANSWER,
        socket_connect_timeout=SECONDS_TO_ANSWER,
    )
    return RedisStorage(url, connection_pool=pool, key_prefix="muster:limit")


class Keys:
    """Which API keys are valid; remembered, so that a cached answer asks no database."""

    def __init__(self) -> None:
        self.until: dict[str, float] = {}

    def is_valid(self, key: str) -> bool:
        if monotonic() < self.until.get(key, 0):
            return True
        # PostgreSQL fails on a NUL byte.
        valid = bool(KEY.fullmatch(key)) and APIKey.objects.is_valid(key)
        if valid:
            self.until[key] = monotonic() + SECONDS_KEY_IS_REMEMBERED
        else:
            self.until.pop(key, None)
        return valid


def key_sent(request: HttpRequest) -> str | None:
    """Give the API key that the request carries, empty if it only says that it does."""
    scheme, _, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return key.strip() if scheme.lower() == KeyParser.keyword.lower() else None


class Allowance:
    """The limits that hold for a kind of reader, and how a header says them."""

    def __init__(self, limits: str) -> None:
        self.limits = parse_many(limits)
        self.policy = ", ".join(
            f'"{name_of(limit)}";q={limit.amount};w={limit.get_expiry()}'
            for limit in self.limits
        )


def hashed(reader: str) -> str:
    """Name a reader by a hash, so that nobody's address lies in the store."""
    secret = sha256(settings.SECRET_KEY.encode()).digest()
    return blake2b(reader.encode(), key=secret, digest_size=12).hexdigest()


class Attempts:
    """Counts attempts to log in, from one address and with one name, right or wrong."""

    def __init__(self) -> None:
        self.of_address = parse_many(settings.THROTTLE_LOGINS)
        self.of_name = parse_many(settings.THROTTLE_LOGINS_OF_NAME)
        self.counter = Counter(settings.THROTTLE_URL)

    def seconds_to_wait(self, request: HttpRequest, name: str) -> int:
        """Count an attempt; give for how long it is refused, 0 if it may be tried."""
        counted = (
            (self.of_address, f"login from {reader_address(request)}"),
            # As Django compares names, and whatever their case.
            (self.of_name, f"login of {normalize('NFKC', name).casefold()}"),
        )
        for limits, who in counted:
            last = self.counter.spend(limits, hashed(who))[-1]
            if last.requests < 0:
                return last.seconds
        return 0


class ThrottleMiddleware:
    """Count every request to the API; refuse those above the limit, and bad keys."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.anonymous = Allowance(settings.THROTTLE_ANONYMOUS)
        self.keyed = Allowance(settings.THROTTLE_KEYS)
        self.counter = Counter(settings.THROTTLE_URL)
        self.keys = Keys()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_api(request):
            return self.get_response(request)
        key = key_sent(request)
        if key is not None and self.keys.is_valid(key):
            allowance, reader = self.keyed, f"key {key}"
        else:
            allowance, reader = self.anonymous, f"address {reader_address(request)}"
        left = self.counter.spend(allowance.limits, hashed(reader))
        if left[-1].requests < 0:
            response: HttpResponseBase = too_many(request, left[-1])
        elif key is not None and allowance is self.anonymous:
            scheme = {"WWW-Authenticate": KeyParser.keyword}
            response = problem(request, TYPES["invalid-key"], headers=scheme)
        else:
            response = self.get_response(request)
        response["RateLimit-Policy"] = allowance.policy
        response["RateLimit"] = ", ".join(
            f'"{name_of(one.limit)}";r={max(one.requests, 0)};t={one.seconds}'
            for one in left
        )
        return response


def too_many(request: HttpRequest, exceeded: Left) -> HttpResponse:
    limit, seconds = exceeded.limit, exceeded.seconds
    return problem(
        request,
        TYPES["too-many-requests"],
        f"At most {limit.amount:,} requests in {limit.get_expiry():,} seconds."
        f" Try again in {seconds:,} seconds.",
        headers={"Retry-After": str(seconds)},
        **{"violated-policies": [name_of(limit)]},
    )
