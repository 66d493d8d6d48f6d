"""Hostile addresses are refused, and nobody is asked there."""

import socket

import pytest

from recruitment.fetching import Fetcher, RefusedAddressError
from tests.recruitment.pages import AGENT, OURS, Names, answer, fetcher, redirect, url

# Each name that a stranger may have entered somewhere, and where it leads.
NAMES = {
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "localhost.example": ["::1"],
    "metadata.example": ["169.254.169.254"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "teredo.example": ["2001:0:7f00:1::"],
    "6to4.example": ["2002:7f00:1::"],
    "unique-local.example": ["fd00::1"],
    "one-of-two.example": ["93.184.215.14", "127.0.0.1"],
    "one-of-two-v6.example": ["93.184.215.14", "::1"],
    "localhost": ["127.0.0.1"],
    "intranet": ["93.184.215.14"],
}
HOSTILE = {
    "loopback": "http://127.0.0.1:{port}/",
    "loopback-over-tls": "https://127.0.0.1:{port}/",
    "another-loopback": "http://127.8.8.8:{port}/",
    "short": "http://127.1:{port}/",
    "decimal": "http://2130706433:{port}/",
    "octal": "http://017700000001:{port}/",
    "dotted-octal": "http://0177.0.0.1:{port}/",
    "hex": "http://0x7f000001:{port}/",
    "short-hex": "http://0x7f.1:{port}/",
    "leading-zeros": "http://127.000.000.001:{port}/",
    "too-many-parts": "http://127.0.0.1.1:{port}/",
    "full-stop": "http://127.0.0.1.:{port}/",
    "wide-digits": "http://\N{FULLWIDTH DIGIT ONE}27.0.0.1:{port}/",
    "ringed-digits": "http://①②⑦.⓪.⓪.①:{port}/",
    "wide-full-stop": "http://127。0。0。1:{port}/",
    "percent-digits": "http://%31%32%37.0.0.1:{port}/",
    "zero": "http://0.0.0.0:{port}/",
    "bare-zero": "http://0:{port}/",
    "broadcast": "http://255.255.255.255:{port}/",
    "private": "http://10.0.0.1:{port}/",
    "carrier": "http://100.64.0.1:{port}/",
    "metadata": "http://169.254.169.254:{port}/latest/meta-data/",
    "v6-loopback": "http://[::1]:{port}/",
    "v6-long-loopback": "http://[0:0:0:0:0:0:0:1]:{port}/",
    "v6-unspecified": "http://[::]:{port}/",
    "v6-mapped": "http://[::ffff:127.0.0.1]:{port}/",
    "v6-mapped-hex": "http://[::ffff:7f00:1]:{port}/",
    "v6-link-local": "http://[fe80::1]:{port}/",
    "v6-zone": "http://[fe80::1%25lo]:{port}/",
    "v6-zone-of-loopback": "http://[::1%25lo]:{port}/",
    "v6-broken": "http://[::1:{port}/",
    "localhost": "http://localhost:{port}/",
    "without-a-dot": "http://intranet:{port}/",
    "localhost-full-stop": "http://localhost.:{port}/",
    **{f"name-{name}": f"http://{name}:{{port}}/" for name in NAMES if "." in name},
    "user": "http://news.example@127.0.0.1:{port}/",
    "user-and-password": "http://news.example:80@127.0.0.1:{port}/",
    "user-in-vain": "http://user@news.example:{port}/",
    "backslash": "http://127.0.0.1:{port}\\@news.example/",
    "hash-before-user": "http://127.0.0.1:{port}#@news.example/",
    "line-break": "http://127.0.0.1:{port}/\r\nX-Header: 1",
    "line-break-in-host": "http://news.example\r\n.127.0.0.1:{port}/",
    "tab-in-scheme": "ht\ttp://127.0.0.1:{port}/",
    "null": "http://127.0.0.1:{port}/\0",
    "surrogate": "http://127.0.0.1:{port}/\ud800",
    "no-host": "http:///",
    "port-alone": "http://:{port}/",
    "no-scheme": "//127.0.0.1:{port}/",
    "empty": "",
    "too-long": "http://127.0.0.1:{port}/" + 2_000 * "a",
    "empty-label": "http://news..example:{port}/",
    "long-label": "http://" + 64 * "a" + ".example:{port}/",
    "long-name": "http://" + 127 * "a." + "example:{port}/",
    "hyphen": "http://-news.example:{port}/",
    "not-idna": "http://\u2fd2-.example:{port}/",
    "port-too-high": "http://127.0.0.1:65536/",
    "port-no-number": "http://127.0.0.1:x/",
    "file": "file:///etc/passwd",
    "file-with-host": "file://127.0.0.1:{port}/",
    "ftp": "ftp://127.0.0.1:{port}/",
    "gopher": "gopher://127.0.0.1:{port}/_GET",
    "dict": "dict://127.0.0.1:{port}/",
    "unix": "http+unix://127.0.0.1:{port}/",
    "data": "data:text/html,<p>19</p>",
    "javascript": "javascript:alert(1)",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_address_is_refused_and_nobody_is_asked(server, hostile):
    server.answers = {"/": answer()}
    ports = frozenset({80, 443, server.port})
    guarded = Fetcher(AGENT, ports=ports, resolve=Names(NAMES))

    with pytest.raises(RefusedAddressError, match="This address is not followed: "):
        guarded.fetch(hostile.format(port=server.port))

    assert server.connections == 0


@pytest.mark.parametrize("port", [0, 22, 25, 6379, 8080])
def test_port_that_is_not_the_webs_is_refused_before_any_look_up(port):
    resolve = Names({"news.example": ["93.184.215.14"]})

    with pytest.raises(RefusedAddressError, match=f"port {port} is not one"):
        Fetcher(AGENT, resolve=resolve).fetch(f"http://news.example:{port}/")

    assert resolve.asked == []


TARGETS = {
    "private": "http://127.0.0.2:{port}/",
    "private-without-scheme": "//127.0.0.2:{port}/",
    "name": "http://inside.example:{port}/",
    "metadata": "http://169.254.169.254:{port}/",
    "v6": "http://[::1]:{port}/",
    "other-port": "http://news.example:22/",
    "user": "http://user:password@news.example:{port}/",
    "file": "file:///etc/passwd",
    "ftp": "ftp://news.example/",
    "gopher": "gopher://127.0.0.1:{port}/",
    "data": "data:text/html,19",
    "broken": "http://[",
    "too-long": "/" + 2_000 * "a",
}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_redirect_is_checked_like_the_address_itself(server, target):
    location = target.format(port=server.port)
    server.answers = {"/": redirect(location)}
    guarded = fetcher(server, {"inside.example": ["127.0.0.2"]})

    with pytest.raises(
        RefusedAddressError, match=r"not followed: .* A redirect led to"
    ):
        guarded.fetch(url(server))

    assert len(server.requests) == 1


def test_name_is_looked_up_once_so_that_it_cannot_lead_elsewhere_later(server):
    server.answers = {"/": answer(b"ours")}
    answers = iter([[OURS], ["169.254.169.254"]])

    def rebinding(host, port, **options):
        return [(socket.AF_INET, 1, 6, "", (one, port)) for one in next(answers)]

    page = fetcher(server, resolve=rebinding).fetch(url(server))

    assert page.content == b"ours"
    assert next(answers) == ["169.254.169.254"]


def test_name_that_leads_elsewhere_at_the_next_hop_is_refused_there(server):
    server.answers = {"/": redirect("/next")}
    answers = iter([OURS, "127.0.0.2"])

    def rebinding(host, port, **options):
        return [(socket.AF_INET, 1, 6, "", (next(answers), port))]

    with pytest.raises(RefusedAddressError, match=r"leads to 127\.0\.0\.2"):
        fetcher(server, resolve=rebinding).fetch(url(server))

    assert len(server.requests) == 1
