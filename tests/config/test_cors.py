"""Any site may read the API; none may write, or read with its reader's cookies."""

import pytest

pytestmark = pytest.mark.django_db
API, PAGE = "/api/v1/problems/", "/method/"
SITE = {"origin": "https://newsroom.example"}


@pytest.mark.parametrize("headers", [SITE, {}], ids=["from-a-site", "from-nowhere"])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_api_can_be_read_from_any_site(client, headers, method):
    answer = getattr(client, method)(API, headers=headers)

    assert answer["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer
    assert "origin" not in answer.get("vary", "").lower()


def test_scripts_may_see_what_the_answer_says_of_itself(client):
    exposed = client.get(API, headers=SITE)["access-control-expose-headers"].split(", ")

    assert {
        *("ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After"),
        *("Muster-Revision", "X-Request-ID"),
    } <= set(exposed)


@pytest.mark.parametrize("path", [API, "/api/v1/nothing/"])
@pytest.mark.parametrize("asked", ["GET", "POST", "DELETE"])
def test_preflight_allows_reading_alone(client, path, asked):
    answer = client.options(
        path,
        headers=SITE
        | {
            "access-control-request-method": asked,
            "access-control-request-headers": "authorization, if-none-match",
        },
    )

    assert answer.status_code == 200
    assert answer["access-control-allow-origin"] == "*"
    assert answer["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert {"authorization", "if-none-match"} <= set(
        answer["access-control-allow-headers"].split(", ")
    )
    assert answer["access-control-max-age"] == "86400"
    assert answer.content == b""


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/api/v1/nothing/", 404, id="missing"),
        pytest.param(f"{API}?x=1", 400, id="refused"),
    ],
)
def test_errors_can_be_read_too(client, path, status):
    answer = client.get(path, headers=SITE)

    assert answer.status_code == status
    assert answer["access-control-allow-origin"] == "*"


def test_refusal_of_the_throttle_can_be_read_too(client, settings):
    settings.THROTTLE_ANONYMOUS = "1/day"
    client.get(API)

    answer = client.get(API, headers=SITE)

    assert answer.status_code == 429
    assert answer["access-control-allow-origin"] == "*"


def test_unchanged_answer_can_be_read_too(client):
    tag = client.get(API)["etag"]

    answer = client.get(API, headers=SITE | {"if-none-match": tag})

    assert answer.status_code == 304
    assert answer["access-control-allow-origin"] == "*"


def test_preflight_is_not_counted_as_a_question(client, settings):
    settings.THROTTLE_ANONYMOUS = "1/day"
    for _ in range(3):
        client.options(API, headers=SITE | {"access-control-request-method": "GET"})

    assert client.get(API, headers=SITE).status_code == 200


@pytest.mark.parametrize("method", ["get", "options"])
@pytest.mark.parametrize("path", [PAGE, "/admin/login/", "/apis/"])
def test_pages_are_open_to_no_other_site(client, method, path):
    answer = getattr(client, method)(
        path, headers=SITE | {"access-control-request-method": "GET"}
    )

    assert "access-control-allow-origin" not in answer
