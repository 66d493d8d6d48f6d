"""Which addresses may be asked for a page: their form, and where they lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import (
    AddressValueError,
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
)
from urllib.parse import quote, urlsplit

import idna

LONGEST = 2_000  # characters of an address
PORTS = {"http": 80, "https": 443}

# Not from `is_global`: its answers differ from one Python to the next. These are IANA's
# registries of special addresses, without those that a web server could have.
SPECIAL_V4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared behind carriers' NAT; a cloud's metadata
        "127.0.0.0/8",  # this machine
        "168.63.129.16/32",  # a cloud's metadata, though it looks public
        "169.254.0.0/16",  # link-local; most clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; a cloud's metadata
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
# All that is public lies in here; loopback, ::ffff: and 64:ff9b:: do not.
GLOBAL_V6 = IPv6Network("2000::/3")
SPECIAL_V6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which holds an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether an address is one of the open internet, as far as itself tells."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in SPECIAL_V4)
    return address in GLOBAL_V6 and not any(
        address in network for network in SPECIAL_V6
    )


@dataclass(frozen=True)
class Target:
    """What an address asks for, and whom, after all doubt about its form."""

    scheme: str
    host: str  # as it is looked up: ASCII, small letters, no brackets
    port: int
    path: str  # with the query

    @property
    def authority(self) -> str:
        """Give host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def target_of(url: str) -> Target:
    """Take an address apart; ValueError says what about it cannot be followed.

    What is asked for is put together again from the parts that were checked, so that no
    other reading of the same text is ever followed.
    """
    if len(url) > LONGEST:
        raise ValueError(f"an address has at most {LONGEST:,} characters")
    # urlsplit would leave line breaks and tabs out in silence.
    if found := re.search(r"[\x00-\x1f\x7f\\\ud800-\udfff]", url):
        raise ValueError(f"it holds the character {found[0]!a}")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError("it is no valid address") from error
    if parts.scheme not in PORTS:
        raise ValueError("only http and https are followed")
    if "@" in parts.netloc:
        raise ValueError("it holds a user name or a password")
    if not host:
        raise ValueError("it names no host")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Target(
        scheme=parts.scheme,
        host=_host(host, is_bracketed="[" in parts.netloc),
        port=PORTS[parts.scheme] if port is None else port,
        path=f"{path}?{query}" if query else path,
    )


def _host(host: str, *, is_bracketed: bool) -> str:
    if is_bracketed:
        if "%" in host:
            raise ValueError("it names a network interface of one machine")
        try:
            return str(IPv6Address(host))
        except AddressValueError as error:
            raise ValueError("it is no valid address") from error
    name = host.removesuffix(".")
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode()
        except idna.IDNAError as error:
            raise ValueError("its host name is not valid") from error
    labels = name.lower().split(".")
    # A last label that is a number makes it an IPv4 address, for some in octal or hex.
    if re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
        try:
            return str(IPv4Address(name))
        except AddressValueError as error:
            raise ValueError("it writes an IP address in an unusual way") from error
    if len(name) > 253 or not all(
        re.fullmatch(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", label) for label in labels
    ):
        raise ValueError("its host name is not valid")
    if len(labels) == 1:
        raise ValueError("its host name is that of a local network, without a dot")
    return ".".join(labels)
