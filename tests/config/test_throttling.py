"""How often a reader may ask the API, and what the answers say about it."""

import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from secrets import token_hex

import pytest
import redis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from limits import parse_many
from rest_framework_api_key.models import APIKey

from config.outages import SECONDS_LEFT_ALONE, Outage
from config.throttling import SECONDS_KEY_IS_REMEMBERED, Counter

PATH = "/api/v1/problems/not-found/"
pytestmark = pytest.mark.django_db


class Clock:
    now = 1_800_000_000.0


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Stop the clock, as no test may cross from one minute to the next."""
    monkeypatch.setattr("config.throttling.time", lambda: Clock.now)
    yield Clock
    Clock.now = 1_800_000_000.0


@pytest.fixture(autouse=True)
def limits(settings, monkeypatch):
    # A busy machine may take longer to answer than a reader should wait.
    monkeypatch.setattr("config.throttling.SECONDS_TO_ANSWER", 1)
    settings.THROTTLE_ANONYMOUS = "3/minute; 100/hour"
    settings.THROTTLE_KEYS = "5/minute"


@pytest.fixture
def store(request, settings):
    """Count in the memory of this process, or in a real Valkey."""
    if request.param == "valkey":
        settings.THROTTLE_URL = request.getfixturevalue("valkey_url")
    # Readers are told apart by hashes with this key: else one test counts for the next.
    settings.SECRET_KEY = token_hex()


def statuses(client, count, path=PATH, **extra):
    return [client.get(path, **extra).status_code for _ in range(count)]


@pytest.mark.parametrize("store", ["memory", "valkey"], indirect=True)
def test_reader_is_refused_above_the_limit(client, store):
    assert statuses(client, 5) == [200, 200, 200, 429, 429]


def test_refusal_says_when_to_come_again(client):
    statuses(client, 3)

    answer = client.get(PATH)

    problem = answer.json()
    assert problem["type"] == "http://testserver/api/v1/problems/too-many-requests/"
    assert problem["violated-policies"] == ["minute"]
    assert 1 <= int(answer["retry-after"]) <= 60
    assert f";t={answer['retry-after']}" in answer["ratelimit"]
    assert answer["cache-control"] == "no-store"


def test_reader_who_waits_as_long_as_told_is_answered(client, clock):
    statuses(client, 3)
    wait = int(client.get(PATH)["retry-after"])

    clock.now += wait - 1
    assert statuses(client, 1) == [429]
    clock.now += 1
    assert statuses(client, 4) == [200, 200, 200, 429]


def test_each_answer_says_what_is_left(client):
    answers = [client.get(PATH) for _ in range(2)]

    assert {answer["ratelimit-policy"] for answer in answers} == {
        '"minute";q=3;w=60, "hour";q=100;w=3600'
    }
    left = r'"minute";r=(\d+);t=(\d+), "hour";r=(\d+);t=(\d+)'
    (minute, in_minute, hour, in_hour), (later, *_) = (
        map(int, re.fullmatch(left, answer["ratelimit"]).groups()) for answer in answers
    )
    assert (minute, later, hour) == (2, 1, 99)
    assert 1 <= in_minute <= 60
    assert 1 <= in_hour <= 3600


def test_limit_over_several_units_has_a_name_of_its_own(client, settings):
    settings.THROTTLE_ANONYMOUS = "1/10 second; 2/minute"

    answer = client.get(PATH)

    assert answer["ratelimit-policy"] == '"10-seconds";q=1;w=10, "minute";q=2;w=60'


def test_what_is_refused_in_the_minute_does_not_use_up_the_hour(
    client, settings, clock
):
    settings.THROTTLE_ANONYMOUS = "2/minute; 4/hour"
    assert statuses(client, 9) == [200] * 2 + [429] * 7

    clock.now += 60
    assert statuses(client, 3) == [200, 200, 429]


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda client: client.get("/api/v1/nothing/"), id="missing"),
        pytest.param(lambda client: client.get("/api/nothing/"), id="outside-v1"),
        pytest.param(lambda client: client.get(f"{PATH}?x=1"), id="refused-parameter"),
        pytest.param(lambda client: client.head(PATH), id="head"),
        pytest.param(lambda client: client.options(PATH), id="options"),
        pytest.param(lambda client: client.post(PATH), id="post"),
        pytest.param(lambda client: client.get("/api/v1/figures"), id="redirect"),
    ],
)
def test_every_request_to_the_api_counts(client, ask):
    answers = [ask(client) for _ in range(4)]

    assert answers[-1].status_code == 429
    assert all("ratelimit" in answer for answer in answers)


def test_pages_are_not_counted(client):
    answers = [client.get("/nowhere/") for _ in range(5)]

    assert {answer.status_code for answer in answers} == {404}
    assert not any("ratelimit" in answer for answer in answers)


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_forged_addresses_stay_in_one_bucket(client, settings, proxies):
    settings.TRUSTED_PROXIES = proxies
    appended = ", 192.0.2.7" + ", 10.0.0.1" * (proxies - 1) if proxies else ""

    answers = [
        client.get(
            PATH, headers={"x-forwarded-for": f"198.51.{n >> 8}.{n & 255}{appended}"}
        )
        for n in range(1000)
    ]

    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 997


@pytest.mark.parametrize(
    ("proxies", "one", "other"),
    [
        pytest.param(1, "192.0.2.1", "192.0.2.2", id="one-proxy"),
        pytest.param(2, "192.0.2.1, 10.0.0.1", "192.0.2.2, 10.0.0.1", id="two"),
        pytest.param(1, "2001:db8:0:1::1", "2001:db8:0:2::1", id="networks"),
    ],
)
def test_readers_behind_our_proxies_are_told_apart(
    client, settings, proxies, one, other
):
    settings.TRUSTED_PROXIES = proxies
    statuses(client, 3, headers={"x-forwarded-for": one})

    assert statuses(client, 1, headers={"x-forwarded-for": one}) == [429]
    assert statuses(client, 1, headers={"x-forwarded-for": other}) == [200]


@pytest.mark.parametrize(
    "addresses",
    [
        pytest.param(["192.0.2.1:4711", "192.0.2.1:4712", "192.0.2.1"], id="ports"),
        pytest.param(
            ["[2001:db8::1]:80", "[2001:db8::2]", "2001:DB8:0:0:ffff::"], id="ipv6-64"
        ),
        pytest.param(["::ffff:192.0.2.1", "192.0.2.1"], id="ipv4-in-ipv6"),
        pytest.param(["nonsense", "unknown", "", "x" * 100_000], id="no-address"),
    ],
)
def test_one_reader_in_several_spellings_has_one_bucket(client, settings, addresses):
    settings.TRUSTED_PROXIES = 1
    settings.THROTTLE_ANONYMOUS = f"{len(addresses)}/minute"
    for address in addresses:
        assert statuses(client, 1, headers={"x-forwarded-for": address}) == [200]

    assert statuses(client, 1, headers={"x-forwarded-for": addresses[0]}) == [429]


def test_request_that_came_past_a_proxy_counts_for_who_sent_it(client, settings):
    settings.TRUSTED_PROXIES = 2

    forged = [
        client.get(PATH, headers={"x-forwarded-for": f"192.0.2.{n}"}).status_code
        for n in range(4)
    ]

    assert forged == [200, 200, 200, 429]


@pytest.mark.parametrize("store", ["memory", "valkey"], indirect=True)
def test_requests_at_the_same_moment_never_exceed_the_limit(store, settings):
    settings.THROTTLE_ANONYMOUS = "40/minute"
    handler, factory = WSGIHandler(), RequestFactory()
    start = threading.Barrier(100)

    def ask(_):
        request = factory.post("/api/nothing/")  # which no thread asks the database for
        start.wait()
        return handler.get_response(request).status_code

    with ThreadPoolExecutor(100) as threads:
        answers = sorted(threads.map(ask, range(100)))

    assert answers == [404] * 40 + [429] * 60


def test_memory_loses_no_hit_of_threads_that_begin_a_window_together():
    counter, limits = Counter("memory://"), parse_many("9/minute")
    readers = [token_hex(12) for _ in range(500)]
    start = threading.Barrier(8)

    def hit(_):
        for reader in readers:
            start.wait()
            counter.spend(limits, reader)

    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(hit, range(8)))
    finally:
        sys.setswitchinterval(pause)

    left = [counter.spend(limits, reader)[0].requests for reader in readers]
    assert left == [0] * 500


@pytest.fixture
def key():
    return APIKey.objects.create_key(name="newsroom")[1]


def test_key_lifts_the_limit(client, key):
    sent = {"headers": {"authorization": f"Api-Key {key}"}}

    assert statuses(client, 6, **sent) == [200] * 5 + [429]
    assert client.get(PATH, **sent)["ratelimit-policy"] == '"minute";q=5;w=60'


def test_key_counts_wherever_it_comes_from(client, key):
    sent = {"headers": {"authorization": f"api-key {key}"}}

    assert statuses(client, 3, REMOTE_ADDR="192.0.2.1", **sent) == [200] * 3
    assert statuses(client, 3, REMOTE_ADDR="192.0.2.2", **sent) == [200, 200, 429]


def test_keys_are_stored_hashed(key):
    stored = APIKey.objects.values().get()

    assert key.partition(".")[2] not in str(stored)


def revoke(key):
    APIKey.objects.update(revoked=True)
    return key


def expire(key):
    APIKey.objects.update(expiry_date="2020-01-01T00:00Z")
    return key


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(revoke, id="revoked"),
        pytest.param(expire, id="expired"),
        pytest.param(lambda key: f"{key[:-1]}_", id="misspelt"),
        pytest.param(lambda key: key[:-1] + chr(ord(key[-1]) ^ 1), id="another"),
        pytest.param(lambda key: "", id="empty"),
        pytest.param(lambda key: f"{key[:8]}.\0", id="nul-byte"),
        pytest.param(lambda key: "ключ", id="cyrillic"),
        pytest.param(lambda key: "x" * 100_000, id="very-long"),
    ],
)
def test_bad_key_is_refused_not_taken_for_nobody(client, key, spoil):
    answer = client.get(PATH, headers={"authorization": f"Api-Key {spoil(key)}"})

    assert answer.status_code == 401
    assert answer["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith("/problems/invalid-key/")
    assert answer["www-authenticate"] == "Api-Key"


def test_keyword_without_a_key_is_refused(client):
    assert statuses(client, 1, headers={"authorization": "Api-Key"}) == [401]


def test_bad_keys_count_for_the_address(client):
    bad = {"headers": {"authorization": "Api-Key nonsense"}}

    assert statuses(client, 4, **bad) == [401, 401, 401, 429]


def test_other_schemes_are_left_to_the_proxy_that_asked_for_them(client):
    assert statuses(client, 1, headers={"authorization": "Basic eDp5"}) == [200]


def test_valid_key_is_remembered_for_a_while(client, key, monkeypatch):
    sent = {"headers": {"authorization": f"Api-Key {key}"}}
    monkeypatch.setattr("config.throttling.monotonic", lambda: now)
    now = 100.0
    assert statuses(client, 1, **sent) == [200]
    revoke(key)

    now += SECONDS_KEY_IS_REMEMBERED - 1
    assert statuses(client, 1, **sent) == [200]
    now += 1
    assert statuses(client, 1, **sent) == [401]


@pytest.mark.parametrize("url", ["no_server", "deaf_server"])
def test_readers_are_answered_while_the_store_is_away(
    client, settings, request, url, caplog
):
    settings.THROTTLE_URL = request.getfixturevalue(url)

    assert statuses(client, 3) == [200, 200, 200]
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("The throttle's store does not answer: ")


def test_each_process_counts_for_itself_while_the_store_is_away(
    client, settings, no_server
):
    settings.THROTTLE_URL = no_server

    assert statuses(client, 4) == [200, 200, 200, 429]


def test_store_is_used_again_when_it_answers(valkey_url, monkeypatch):
    now = 100.0
    monkeypatch.setattr("config.outages.monotonic", lambda: now)
    counter, limits, reader = Counter(valkey_url), parse_many("9/minute"), token_hex(12)

    before = counter.spend(limits, reader)
    counter.outage.begin(OSError("away"))
    away = counter.spend(limits, reader)
    now += SECONDS_LEFT_ALONE
    after = counter.spend(limits, reader)

    assert [left.requests for [left] in (before, away, after)] == [8, 8, 7]


def test_store_that_failed_is_left_alone_for_a_while(monkeypatch):
    outage = Outage("A store")
    moments = iter([100.0, 104.9, 105.1])
    monkeypatch.setattr("config.outages.monotonic", lambda: next(moments))

    outage.begin(OSError("away"))

    assert outage.is_on()
    assert not outage.is_on()


def test_no_address_of_a_reader_lies_in_the_store(settings, valkey_url):
    settings.THROTTLE_URL = valkey_url
    Client().get(PATH, REMOTE_ADDR="192.0.2.77")

    keys = redis.Redis.from_url(valkey_url).keys("muster:limit:*")
    assert keys
    assert not any(b"192.0.2.77" in key for key in keys)
