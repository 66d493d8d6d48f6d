"""A page is fetched from a public address, and from nowhere else, whatever leads there.

The servers are real ones on this machine, which the tests have to allow.
"""

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
from contextlib import contextmanager

import httpcore
import pytest
import trustme

from recruitment.connecting import CheckedNetwork
from recruitment.fetching import FetchError, Page, StatusError
from tests.recruitment.pages import (
    AGENT,
    HTML,
    OURS,
    answer,
    fetcher,
    redirect,
    serving,
    tls_of,
    url,
)


def test_page_is_fetched_with_its_kind_and_the_way_to_it(server):
    server.answers = {"/old": redirect("/new"), "/new": answer(b"<p>19 killed</p>")}

    page = fetcher(server).fetch(url(server, "/old"))

    assert page == Page(
        url=url(server, "/new"),
        content=b"<p>19 killed</p>",
        content_type=HTML,
        hops=(url(server, "/old"),),
    )


def test_server_is_told_who_asks_and_nothing_else(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.answers = {
        "/": redirect("/next", Set_Cookie="seen=1", WWW_Authenticate="Basic"),
        "/next": answer(),
    }

    fetcher(server).fetch(url(server))

    assert server.requests == [
        f"GET {path} HTTP/1.1\r\n"
        f"Host: news.example:{server.port}\r\n"
        f"User-Agent: {AGENT}\r\n"
        "Accept: text/html, application/xhtml+xml, text/plain, application/pdf\r\n"
        "Accept-Encoding: gzip\r\n"
        "Connection: close\r\n"
        for path in ("/", "/next")
    ]


def test_next_address_of_a_host_is_tried_where_one_does_not_answer(server):
    server.answers = {"/": answer(b"ours")}
    names = {"news.example": ["::1", OURS]}  # nobody listens at the first
    trying = fetcher(server, names, is_allowed=lambda address: True)

    page = trying.fetch(url(server))

    assert page.content == b"ours"


def test_five_redirects_are_followed_and_no_sixth(server):
    server.answers = {f"/{n}": redirect(f"{n + 1}") for n in range(9)}
    server.answers["/6"] = answer(b"the sixth")

    page = fetcher(server).fetch(url(server, "/1"))

    assert page.content == b"the sixth"
    assert len(page.hops) == 5
    with pytest.raises(FetchError, match="redirects more than 5 times"):
        fetcher(server).fetch(url(server, "/0"))


def test_redirects_in_a_circle_are_told(server):
    server.answers = {"/": redirect("/a"), "/a": redirect("./#again")}

    with pytest.raises(FetchError, match="go round in a circle"):
        fetcher(server).fetch(url(server))

    assert len(server.requests) == 2


LARGE = {
    "plain": answer(bytes(1_001)),
    "packed": answer(gzip.compress(bytes(1_001)), Content_Encoding="gzip"),
    "bomb": answer(gzip.compress(bytes(10_000_000), 9)[:900], Content_Encoding="gzip"),
}


@pytest.mark.parametrize("large", LARGE.values(), ids=LARGE)
def test_page_that_is_too_large_is_given_up(server, large):
    server.answers = {"/": large}

    with pytest.raises(FetchError, match="larger than 1,000 bytes"):
        fetcher(server, most_bytes=1_000).fetch(url(server))


def test_bomb_takes_no_more_space_than_a_page_may(server):
    bomb = gzip.compress(bytes(100_000_000))
    server.answers = {"/": answer(bomb, Content_Encoding="gzip")}
    tracemalloc.start()

    with pytest.raises(FetchError, match="larger than 1,000,000 bytes"):
        fetcher(server, most_bytes=1_000_000).fetch(url(server))

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


def test_page_without_an_end_is_given_up(server):
    head = answer(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    sent = []

    def endless():
        yield head
        while True:
            sent.append(10_000)
            yield b"2710\r\n" + bytes(10_000) + b"\r\n"

    server.answers = {"/": endless()}

    with pytest.raises(FetchError, match="larger than 50,000 bytes"):
        fetcher(server, most_bytes=50_000).fetch(url(server))

    assert sum(sent) < 20_000_000


def test_page_may_come_packed(server):
    packed = gzip.compress(b"<p>19 killed</p>")
    server.answers = {"/": answer(packed, Content_Encoding="GZip")}

    assert fetcher(server).fetch(url(server)).content == b"<p>19 killed</p>"


PACKED_BADLY = {
    "twice": (
        gzip.compress(gzip.compress(b"19")),
        "gzip, gzip",
        "packed as 'gzip, gzip'",
    ),
    "otherwise": (b"...", "br", "packed as 'br'"),
    "not-at-all": (b"<p>19</p>", "gzip", "cannot be unpacked"),
    "cut-short": (gzip.compress(b"19 killed")[:-4], "gzip", "not in one whole piece"),
    "in-two": (2 * gzip.compress(b"19"), "gzip", "not in one whole piece"),
}


@pytest.mark.parametrize(
    ("body", "encoding", "told"), PACKED_BADLY.values(), ids=PACKED_BADLY
)
def test_page_that_is_packed_in_another_way_is_refused(server, body, encoding, told):
    server.answers = {"/": answer(body, Content_Encoding=encoding)}

    with pytest.raises(FetchError, match=told):
        fetcher(server).fetch(url(server))


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "TEXT/HTML", "application/xhtml+xml;q=1", "application/pdf"],
)
def test_kind_of_page_that_can_be_read_is_taken(server, content_type):
    server.answers = {"/": answer(content_type=content_type)}

    assert fetcher(server).fetch(url(server)).content_type == content_type


@pytest.mark.parametrize(
    ("content_type", "told"),
    [
        ("image/svg+xml", "this is image/svg"),
        ("application/zip", "this is application/zip"),
        ("text/html, text/html", "this is text/html, text/html"),
        ("", "of a kind that the server does not tell"),
    ],
)
def test_kind_of_page_that_cannot_be_read_is_told(server, content_type, told):
    server.answers = {"/": answer(content_type=content_type)}

    with pytest.raises(FetchError, match=told):
        fetcher(server).fetch(url(server))


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("404 Nothing", "404 (Not Found)"),
        ("410 Gone", "410 (Gone)"),
        ("403 No", "403 (Forbidden)"),
        ("500 Oh", "500 (Internal Server Error)"),
        ("206 Part", "206 (Partial Content)"),
        ("302 Found", "302 (Found)"),
        ("999 Denied", "999"),
    ],
)
def test_answer_without_the_page_is_told_with_its_status(server, status, told):
    server.answers = {"/": answer(status=status)}

    with pytest.raises(StatusError) as caught:
        fetcher(server).fetch(url(server))

    assert str(caught.value) == f"The server answers with status {told}."
    assert caught.value.status == int(status[:3])


BROKEN = {
    "silence": b"",
    "no-http": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "half": answer(b"whole")[:-2],
    "endless-header": b"HTTP/1.1 200 OK\r\nX: " + 300_000 * b"x",
    "endless-headers": b"HTTP/1.1 200 OK\r\n" + 30_000 * b"X: x\r\n",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_answer_that_breaks_the_rules_is_told(server, broken):
    server.answers = {"/": broken}

    with pytest.raises(FetchError, match="The server broke off: "):
        fetcher(server).fetch(url(server))


@contextmanager
def given_up_in_time():
    """Expect that a page is given up after 0.3 seconds, and not much later."""
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"did not come within 0\.3 seconds"):
        yield
    assert time.monotonic() - began < 10  # on a busy machine, too


def drip(server, first, byte):
    """Send a byte now and then, so that no single wait is long."""
    yield first
    while not server.stopped.wait(0.05):
        yield byte


@pytest.mark.parametrize(
    ("first", "byte"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nX: ", b"x", id="headers"),
        pytest.param(answer(bytes(500))[:-500], b"x", id="page"),
        pytest.param(b"", b"HTTP/1.1 100 Continue\r\n\r\n", id="promises"),
    ],
)
def test_server_that_drips_is_given_up_in_time(server, first, byte):
    server.answers = {"/": drip(server, first, byte)}

    with given_up_in_time():
        fetcher(server, seconds=0.3).fetch(url(server))


def test_look_up_that_takes_for_ever_is_given_up_in_time(server):
    over = threading.Event()
    waiting = fetcher(server, seconds=0.3, resolve=lambda *a, **o: over.wait(30) and [])

    with given_up_in_time():
        waiting.fetch(url(server))

    over.set()


def test_time_is_one_for_all_hops(server):
    def slowly(location):
        server.stopped.wait(0.2)
        yield redirect(location)

    server.answers = {f"/{n}": slowly(f"/{n + 1}") for n in range(5)}

    with given_up_in_time():
        fetcher(server, seconds=0.3).fetch(url(server, "/0"))

    assert len(server.requests) <= 2


def test_name_that_nobody_has_is_told(server):
    def unknown(*args, **options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(FetchError, match="cannot be reached: its name is not found"):
        fetcher(server, resolve=unknown).fetch(url(server))


def test_server_that_is_not_there_is_told(server):
    with socket.socket() as idle:
        idle.bind((OURS, 0))
        port = idle.getsockname()[1]

        with pytest.raises(FetchError, match=r"cannot be reached: .*refused"):
            fetcher(server, ports=frozenset({port})).fetch(f"http://{OURS}:{port}/")


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def secure(authority):
    """Serve over TLS as news.example, and note for whom each client asks."""
    tls = tls_of(authority.issue_cert("news.example"))
    with serving(tls) as server:
        server.named = []
        tls.sni_callback = lambda _, name, __: server.named.append(name)
        server.answers = {"/": answer(b"proven")}
        yield server


def trusting(secure, authority):
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    return fetcher(secure, {"other.example": [OURS]}, tls=tls)


def test_certificate_is_asked_for_the_name_though_the_address_was_looked_up(
    secure, authority
):
    page = trusting(secure, authority).fetch(f"https://news.example:{secure.port}/")

    assert page.content == b"proven"
    assert secure.named == ["news.example"]


def test_certificate_of_another_name_is_refused(secure, authority):
    with pytest.raises(FetchError, match=r"not prove that it is other\.example"):
        trusting(secure, authority).fetch(f"https://other.example:{secure.port}/")

    assert secure.requests == []


def test_certificate_that_nobody_vouches_for_is_refused(secure):
    with pytest.raises(FetchError, match=r"not prove that it is news\.example"):
        fetcher(secure).fetch(f"https://news.example:{secure.port}/")


def test_server_that_stalls_within_tls_is_given_up_in_time(server):
    server.answers = {"/": answer()}  # reads on for the end of a request

    with given_up_in_time():
        fetcher(server, seconds=0.3).fetch(f"https://news.example:{server.port}/")


def test_connection_is_closed_where_no_time_is_left_for_tls(server):
    network = CheckedNetwork(
        socket.getaddrinfo, lambda address: True, deadline=time.monotonic() + 0.1
    )
    stream = network.connect_tcp(OURS, server.port)
    server.stopped.wait(0.1)

    with pytest.raises(httpcore.ReadTimeout):
        stream.start_tls(ssl.create_default_context(), "news.example")

    assert stream.get_extra_info("socket").fileno() == -1
