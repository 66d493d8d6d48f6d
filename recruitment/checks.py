"""What is wrong with the settings and would otherwise not be noticed."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register  # noqa: A004


@register
def check_proxies(**kwargs: Any) -> list[CheckMessage]:
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        return [
            Warning(
                "All readers share one limit, as all have the address of the proxy that"
                " ends TLS.",
                hint="Set TRUSTED_PROXIES to the number of your proxies.",
                id="recruitment.W001",
            )
        ]
    if settings.TRUSTED_PROXIES and not settings.HTTPS:
        return [
            Warning(
                "The proxy is asked who the readers are, but not whether they came by"
                " TLS: links begin with http, and cookies go out unprotected.",
                hint="Set HTTPS=true where the proxy ends TLS.",
                id="recruitment.W002",
            )
        ]
    return []


@register
def check_throttle(**kwargs: Any) -> list[CheckMessage]:
    if settings.HTTPS and settings.THROTTLE_URL == "memory://":
        return [
            Warning(
                "Each web process counts requests for itself, so that the limits are as"
                " many times as high.",
                hint="Name a Redis or Valkey in THROTTLE_URL, unless there is only one"
                " process.",
                id="recruitment.W003",
            )
        ]
    return []
