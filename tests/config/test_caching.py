"""Public answers are made once for each state of the record, and named by that state."""

import gzip
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from secrets import token_hex

import brotli
import pytest
import zstandard
from csp.decorators import csp_update
from django.conf import settings as django_settings
from django.db import connection
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils.http import http_date

from config import caching, urls
from config.caching import code_version, last_modified
from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from recruitment import revisions
from recruitment.models import Revision

made = Counter()


def plain(request):
    return HttpResponse("a sentence of some length, " * 100)


def streamed(request):
    return StreamingHttpResponse(["a line\n"] * 1000)


def large(request):
    return HttpResponse(token_hex(600_000))


def with_cookie(request):
    response = HttpResponse("yours")
    response.set_cookie("colour", "red")
    return response


def with_session(request):
    return HttpResponse(f"yours: {request.session.get('colour')}")


def with_its_own_age(request):
    return HttpResponse("yours", headers={"Cache-Control": "private"})


@csp_update({"style-src": ["'unsafe-inline'"]})
def with_its_own_policy(request):
    return HttpResponse("a drawing")


def missing_at_first(request):
    if made["missing-at-first"] == 1:
        raise Http404
    return HttpResponse("here now")


def broken_at_first(request):
    if made["broken-at-first"] == 1:
        raise RuntimeError
    return HttpResponse("mended")


def moved(request):
    return HttpResponse(status=302, headers={"Location": "/"})


def publishing(request):
    """Answer while somebody publishes: the view already sees what is new."""
    if made["publishing"] == 1:
        revisions.publish("in the middle")
    return HttpResponse(f"revision {Revision.objects.count()}")


VIEWS = {
    view.__name__.replace("_", "-"): view
    for view in (
        *(plain, streamed, large, with_cookie, with_session, with_its_own_age),
        *(with_its_own_policy, missing_at_first, broken_at_first, moved, publishing),
    )
}


def counted(request, name):
    made[name] += 1
    return VIEWS[name](request)


urlpatterns = [
    path("counted/<slug:name>/", counted),
    path("counted/with-its-own-policy", lambda request: with_its_own_policy(request)),
    path("api/v1/counted/<slug:name>/", counted),
    *urls.urlpatterns,
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
PAGE, API = "/counted/plain/", "/api/v1/counted/plain/"


@pytest.fixture(autouse=True)
def kept(settings):
    """Keep answers in a memory that is this test's alone."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": token_hex(),
        }
    }
    made.clear()
    revisions.forget()
    yield
    revisions.forget()


# What an answer says of itself.


@pytest.mark.parametrize("address", [PAGE, API])
def test_answer_says_how_long_it_holds_and_of_what(client, address):
    with_revision = revisions.publish("a first figure")

    answer = client.get(address)

    assert answer["cache-control"] == (
        "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
    )
    assert answer["muster-revision"] == str(with_revision.number)
    assert answer["etag"].startswith('W/"')
    assert answer["last-modified"].endswith("GMT")


def test_api_varies_by_format_and_both_by_compression(client):
    assert client.get(API)["vary"] == "Accept-Encoding, Accept"
    assert client.get(PAGE)["vary"] == "Accept-Encoding"


def test_same_question_has_the_same_tag_in_every_process():
    tags = {Client().get(f"{API}?side=russia")["etag"] for _ in range(2)}

    assert len(tags) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"path": f"{API}?side=ukraine"}, id="query"),
        pytest.param({"path": f"{API}?side=russia&"}, id="query-by-a-sign"),
        pytest.param({"path": f"{PAGE}?side=russia"}, id="path"),
        pytest.param({"headers": {"accept": "text/csv"}}, id="format"),
        pytest.param({"headers": {"accept-encoding": "gzip"}}, id="compression"),
        pytest.param({"headers": {"host": "localhost"}}, id="host"),
        pytest.param({"secure": True}, id="scheme"),
    ],
)
def test_another_question_has_another_tag(client, other):
    question = {"path": f"{API}?side=russia"}

    one, two = client.get(**question), client.get(**question | other)

    assert one.status_code == two.status_code == 200
    assert one["etag"] != two["etag"]


def test_page_is_the_same_whatever_format_is_preferred(client):
    tags = {
        client.get(PAGE, headers={"accept": accept})["etag"]
        for accept in ("text/html", "*/*", "")
    }

    assert len(tags) == 1
    assert made["plain"] == 1


def test_no_format_is_any_format(client):
    assert client.get(API)["etag"] == client.get(API, headers={"accept": "*/*"})["etag"]


def test_publish_gives_every_answer_a_new_tag(client):
    before = client.get(PAGE)
    revisions.publish("a figure")
    after = client.get(PAGE)

    assert before["etag"] != after["etag"]
    assert int(after["muster-revision"]) == int(before["muster-revision"]) + 1
    assert made["plain"] == 2


def test_new_database_with_the_same_number_has_other_tags(client):
    revision = revisions.publish("in the old database")
    before = client.get(PAGE)["etag"]
    Revision.objects.update(made_at=revision.made_at + timedelta(seconds=1))

    assert client.get(PAGE)["etag"] != before


def test_new_code_gives_every_answer_a_new_tag(client, settings, tmp_path):
    before = client.get(PAGE)["etag"]
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("another sentence")
    settings.BASE_DIR = tmp_path
    code_version.cache_clear()
    try:
        assert Client().get(PAGE)["etag"] != before
    finally:
        settings.BASE_DIR = django_settings.BASE_DIR
        code_version.cache_clear()


def test_code_is_the_same_when_python_has_compiled_it(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "config" / "__pycache__").mkdir(parents=True)
    (tmp_path / "config" / "urls.py").write_text("urlpatterns = []")
    before = code_version.__wrapped__()

    (tmp_path / "config" / "__pycache__" / "urls.pyc").write_bytes(b"compiled")

    assert code_version.__wrapped__() == before


def test_next_day_has_new_tags(client, monkeypatch):
    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=1)

    before = client.get(PAGE)
    monkeypatch.setattr(caching, "datetime", Tomorrow)
    after = client.get(PAGE)

    assert before["etag"] != after["etag"]


@pytest.mark.parametrize(
    ("made_at", "today", "since"),
    [
        pytest.param(
            "2026-05-02T10:00", "2026-05-02", "2026-05-02T10:00", id="publish"
        ),
        pytest.param(
            "2026-05-02T10:00", "2026-05-03", "2026-05-03T00:00", id="midnight"
        ),
        pytest.param(
            "2026-04-30T10:00", "2026-04-30", "2026-05-01T08:00", id="new-code"
        ),
    ],
)
def test_last_modified_is_the_last_that_changed_it(monkeypatch, made_at, today, since):
    monkeypatch.setattr(caching, "STARTED_AT", datetime(2026, 5, 1, 8, tzinfo=UTC))
    moment = datetime.fromisoformat(f"{made_at}+00:00")

    found = last_modified.__wrapped__(moment, date.fromisoformat(today))

    assert datetime.fromtimestamp(found, UTC).isoformat()[:16] == since


# Answers with 304.


def tag_of(client, address):
    return client.get(address)["etag"]


@pytest.mark.parametrize("address", [PAGE, API, "/counted/streamed/"])
@pytest.mark.parametrize(
    "given",
    [
        pytest.param("{tag}", id="as-given"),
        pytest.param("{strong}", id="strong"),
        pytest.param('W/"x", {strong}', id="list"),
        pytest.param('"x",{tag} , "y"', id="list-without-spaces"),
        pytest.param("*", id="any"),
        pytest.param(" * ", id="any-with-spaces"),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_what_the_reader_has_is_not_sent_again(client, address, given, method):
    first = client.get(address)
    tag = first["etag"]
    sent = given.format(tag=tag, strong=tag.removeprefix("W/"))

    answer = getattr(client, method)(address, headers={"if-none-match": sent})

    assert answer.status_code == 304
    assert answer.content == b""
    for header in ("ETag", "Cache-Control", "Last-Modified", "Muster-Revision"):
        assert answer[header] == first[header]
    assert set(answer["vary"].split(", ")) == set(first["vary"].split(", "))
    assert "x-request-id" in answer


@pytest.mark.parametrize(
    "given",
    [
        pytest.param('W/"x", "y"', id="others"),
        pytest.param("", id="empty"),
        pytest.param("nonsense", id="nonsense"),
        pytest.param("ключ", id="cyrillic"),
        pytest.param('"a",' * 25_000, id="very-long"),
        pytest.param('W/"' + "f" * 32 + '"', id="made-up"),
    ],
)
def test_what_the_reader_has_not_is_sent(client, given):
    client.get(PAGE)

    assert client.get(PAGE, headers={"if-none-match": given}).status_code == 200


def test_tag_is_good_for_its_own_address_alone(client):
    tag = client.get(f"{API}?side=russia")["etag"]

    other = client.get(f"{API}?side=ukraine", headers={"if-none-match": tag})

    assert other.status_code == 200


def test_tag_of_an_older_revision_is_no_longer_good(client):
    tag = tag_of(client, PAGE)
    revisions.publish("a figure")

    assert client.get(PAGE, headers={"if-none-match": tag}).status_code == 200


def test_tag_of_another_site_is_not_good(client, settings):
    tag = tag_of(client, PAGE)
    settings.SECRET_KEY = token_hex()

    assert Client().get(PAGE, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("address", [PAGE, API])
@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        pytest.param(0, 304, id="since-then"),
        pytest.param(60, 304, id="later"),
        pytest.param(-1, 200, id="before"),
    ],
)
def test_what_is_unchanged_since_then_is_not_sent(client, address, seconds, status):
    modified = last_modified(revisions.current().made_at, datetime.now(UTC).date())

    answer = client.get(
        address, headers={"if-modified-since": http_date(modified + seconds)}
    )

    assert answer.status_code == status


@pytest.mark.parametrize(
    "since",
    [
        pytest.param("yesterday", id="word"),
        pytest.param("Sun, 99 Foo 9999 99:99:99 GMT", id="no-such-day"),
        pytest.param("١٢", id="arabic-digits"),
        pytest.param("Mon, " * 20_000, id="very-long"),
    ],
)
def test_moment_that_is_none_is_ignored(client, since):
    answer = client.get(PAGE, headers={"if-modified-since": since})

    assert answer.status_code == 200


def test_tag_goes_before_moment(client):
    later = http_date(datetime.now(UTC).timestamp() + 60)

    answer = client.get(
        PAGE, headers={"if-none-match": '"x"', "if-modified-since": later}
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param({"if-none-match": "*"}, id="any-tag"),
        pytest.param({"if-modified-since": http_date(4e9)}, id="any-moment"),
    ],
)
@pytest.mark.parametrize(
    "address", ["/nowhere/", "/countries/XXX/", "/api/v1/nothing/"]
)
def test_condition_means_nothing_where_there_is_no_answer(client, condition, address):
    answer = client.get(address, headers=condition)

    assert answer.status_code == 404


def test_condition_on_another_state_fails(client):
    for condition in ({"if-match": '"x"'}, {"if-unmodified-since": http_date(1e9)}):
        page = client.get(PAGE, headers=condition)
        problem = client.get(API, headers=condition)

        assert page.status_code == problem.status_code == 412
        assert problem.json()["type"].endswith("/precondition-failed/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [PAGE, API, "/countries/", "/api/v1/figures/"])
def test_neither_304_nor_a_kept_answer_asks_the_database(client, address):
    tag = tag_of(client, address)
    views_called = made.copy()

    for headers in ({}, {"if-none-match": tag}, {"if-modified-since": http_date(4e9)}):
        revisions.current()  # which a process remembers for a second
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address, headers=headers)
        assert answer.status_code == (304 if headers else 200)
        assert not asked.captured_queries

    assert made == views_called


@pytest.mark.django_db(transaction=True)
def test_tag_needs_neither_view_nor_kept_answer(client, settings):
    tag = tag_of(client, PAGE)
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }

    assert client.get(PAGE, headers={"if-none-match": tag}).status_code == 304
    assert made["plain"] == 1


# What is kept.

DECOMPRESS = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda content: zstandard.decompress(content),
}


@pytest.mark.parametrize("address", [PAGE, API])
@pytest.mark.parametrize("encoding", [None, *DECOMPRESS])
def test_answer_is_made_and_compressed_once(client, address, encoding):
    headers = {"accept-encoding": encoding} if encoding else {}

    first, second = (client.get(address, headers=headers) for _ in range(2))

    assert made["plain"] == 1
    assert second.content == first.content
    for header in first.headers.keys() - {"X-Request-ID", "RateLimit"}:
        assert second[header] == first[header]
    assert first.get("content-encoding") == encoding
    assert int(first["content-length"]) == len(first.content)
    text = DECOMPRESS.get(encoding, bytes)(second.content)
    assert text == plain(None).content


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        pytest.param("gzip, deflate, br, zstd", "zstd", id="browser"),
        pytest.param("gzip, deflate, br", "br", id="older-browser"),
        pytest.param("gzip, deflate", "gzip", id="python"),
        pytest.param("br;q=0, gzip", "gzip", id="all-but-one"),
        pytest.param("identity", None, id="none"),
        pytest.param("x" * 100_000, None, id="very-long"),
    ],
)
def test_compression_is_one_that_the_reader_takes(client, accepted, encoding):
    answer = client.get(PAGE, headers={"accept-encoding": accepted})

    assert answer.get("content-encoding") == encoding


def test_head_tells_of_an_answer_and_keeps_none(client):
    headed = client.head(PAGE)
    got = client.get(PAGE)
    again = client.head(PAGE)

    assert made["plain"] == 2
    for answer in (headed, again):
        assert answer.content == b""
        assert answer["etag"] == got["etag"]
        assert answer["content-length"] == got["content-length"]


@pytest.mark.parametrize("name", ["streamed", "large"])
def test_long_answer_has_a_tag_but_is_not_kept(client, name):
    answers = [client.get(f"/counted/{name}/") for _ in range(2)]

    assert made[name] == 2
    assert answers[0]["etag"] == answers[1]["etag"]
    assert [answer.getvalue() != b"" for answer in answers] == [True, True]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        pytest.param("missing-at-first", 404, id="missing"),
        pytest.param("broken-at-first", 500, id="broken"),
    ],
)
@pytest.mark.parametrize("folder", ["/counted", "/api/v1/counted"])
def test_error_is_not_kept_by_anybody(client, name, status, folder):
    client.raise_request_exception = False
    address = f"{folder}/{name}/"

    error = client.get(address, headers={"if-none-match": "*"})

    assert error.status_code == status
    assert error["cache-control"] == "no-store"
    assert "etag" not in error
    assert client.get(address).status_code == 200


def test_redirect_is_left_as_it_is(client):
    answer = client.get("/counted/moved/")

    assert answer.status_code == 302
    assert "cache-control" not in answer
    assert "etag" not in answer


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_only_reading_is_kept(client, method):
    answers = [getattr(client, method)(API) for _ in range(2)]

    assert made["plain"] == 2
    assert "etag" not in answers[0]


@pytest.mark.parametrize("name", ["with-cookie", "with-session", "with-its-own-age"])
def test_answer_for_one_reader_is_kept_by_nobody_else(client, name):
    answers = [client.get(f"/counted/{name}/") for _ in range(2)]

    assert made[name] == 2
    assert answers[0]["cache-control"].startswith("private")
    assert "etag" not in answers[0]


def test_editor_is_answered_anew_and_uncompressed(client, admin_client):
    headers = {"accept-encoding": "gzip"}
    client.get(PAGE, headers=headers)

    answer = admin_client.get(PAGE, headers=headers)

    assert made["plain"] == 2
    assert answer["cache-control"] == "private, no-cache"
    assert "etag" not in answer
    assert "content-encoding" not in answer


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/"])
def test_admin_is_neither_kept_nor_compressed(client, admin_client, address):
    for reader in (client, admin_client):
        answer = reader.get(address, headers={"accept-encoding": "gzip"}, follow=True)

        assert "no-store" in answer["cache-control"]
        assert "etag" not in answer
        assert "content-encoding" not in answer


def test_kept_answer_has_the_policy_of_its_view(client):
    first, second = (client.get("/counted/with-its-own-policy") for _ in range(2))

    assert "'unsafe-inline'" in first["content-security-policy"]
    assert second["content-security-policy"] == first["content-security-policy"]
    assert "'unsafe-inline'" not in client.get(PAGE)["content-security-policy"]


def test_answer_may_be_newer_than_its_name_but_never_older(client):
    address = "/counted/publishing/"

    first = client.get(address)
    second = client.get(address)

    assert (first["muster-revision"], first.content) == ("0", b"revision 1")
    assert (second["muster-revision"], second.content) == ("1", b"revision 1")
    assert made["publishing"] == 2


def test_nothing_is_kept_while_somebody_writes_code(settings):
    settings.DEBUG = True
    client = Client()

    answers = [client.get(PAGE) for _ in range(2)]

    assert made["plain"] == 2
    assert "etag" not in answers[0]


# The cache as a server of its own.


def redis_cache(url):
    return {
        "default": django_settings.CACHES["default"]
        | {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": token_hex(),
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }


def test_processes_share_what_they_keep_in_valkey(settings, valkey_url):
    settings.CACHES = redis_cache(valkey_url)

    first, second = (Client().get(PAGE) for _ in range(2))

    assert made["plain"] == 1
    assert second.content == first.content


@pytest.mark.parametrize("url", ["no_server", "deaf_server"])
def test_readers_are_answered_while_the_cache_is_away(
    client, settings, request, url, caplog
):
    settings.CACHES = redis_cache(request.getfixturevalue(url))

    answers = [client.get(PAGE) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert made["plain"] == 3
    assert [line.split(":")[0] for line in caplog.messages] == [
        "The cache does not answer"
    ]


def test_cache_that_falls_ill_while_a_view_answers_is_left_alone(
    client, settings, valkey_url, no_server, caplog, monkeypatch
):
    settings.CACHES = redis_cache(valkey_url)

    def fails(request):
        settings.CACHES = redis_cache(no_server)
        return plain(request)

    monkeypatch.setitem(VIEWS, "fails", fails)

    assert client.get("/counted/fails/").status_code == 200
    assert len(caplog.messages) == 1


def test_kept_and_unchanged_answers_count_for_the_throttle(settings):
    settings.THROTTLE_ANONYMOUS = "3/day"
    client = Client()
    tag = tag_of(client, API)

    answers = [
        client.get(API, headers=headers)
        for headers in ({}, {"if-none-match": tag}, {"if-none-match": tag})
    ]

    assert [answer.status_code for answer in answers] == [200, 304, 429]
    assert ";r=0;" in answers[1]["ratelimit"]
