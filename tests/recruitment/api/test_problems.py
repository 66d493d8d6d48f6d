"""Every error of the API is a problem as RFC 9457 describes it."""

import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.urls import path
from rest_framework import exceptions
from rest_framework.decorators import api_view
from rest_framework.response import Response

from config import urls
from config.requests import RequestIdFilter
from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from recruitment.api.problems import TYPES, ProblemError

RAISED = {
    "parameters": exceptions.ValidationError({"side": ["No such side."], "x": "Why?"}),
    "request": exceptions.ValidationError("Give a country or a metric."),
    "unreadable": exceptions.ParseError(),
    "unreadable-because": exceptions.ParseError("The body is not JSON."),
    "refused": exceptions.PermissionDenied(),
    "refused-by-django": PermissionDenied(),
    "missing": exceptions.NotFound("There is no such figure."),
    "missing-by-django": Http404("No Figure matches the given query."),
    "tired": exceptions.Throttled(wait=7),
    "conflict": type("Conflict", (exceptions.APIException,), {"status_code": 409})(),
    "mixed": ProblemError("mixed-metrics", "killed is cumulative, serving a stock."),
    "gone": ProblemError("gone", successor="https://muster.example/api/v2/"),
    "suspicious": SuspiciousOperation("secret of the inside"),
    "unforeseen": RuntimeError("secret of the inside"),
}


@api_view(["GET"])
def raises(request, name):
    raise RAISED[name]


@api_view(["POST"])
def reads(request):
    return Response(request.data)


urlpatterns = [
    path("api/v1/raises/<slug:name>/", raises),
    path("api/v1/reads/", reads),
    *urls.urlpatterns,
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def get(client):
    client.raise_request_exception = False

    def get(path, method="get", **extra):
        answer = getattr(client, method)(path, **extra)
        assert answer["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["request_id"] == answer["x-request-id"]
        return answer, problem

    return get


@pytest.mark.parametrize(
    ("name", "status", "kind"),
    [
        pytest.param("parameters", 400, "invalid-parameter", id="parameters"),
        pytest.param("request", 400, "invalid-parameter", id="request-as-a-whole"),
        pytest.param("unreadable", 400, "bad-request", id="unreadable"),
        pytest.param("suspicious", 400, "bad-request", id="suspicious"),
        pytest.param("mixed", 400, "mixed-metrics", id="our-own"),
        pytest.param("refused", 403, "forbidden", id="refused"),
        pytest.param("refused-by-django", 403, "forbidden", id="refused-by-django"),
        pytest.param("missing", 404, "not-found", id="missing"),
        pytest.param("missing-by-django", 404, "not-found", id="missing-by-django"),
        pytest.param("gone", 410, "gone", id="gone"),
        pytest.param("tired", 429, "too-many-requests", id="throttled"),
        pytest.param("unforeseen", 500, "server-error", id="unforeseen"),
    ],
)
def test_what_a_view_raises_becomes_a_problem(get, name, status, kind):
    answer, problem = get(f"/api/v1/raises/{name}/?side=x")

    assert answer.status_code == status
    assert problem["type"] == f"http://testserver/api/v1/problems/{kind}/"
    assert problem["title"] == TYPES[kind].title
    assert problem["instance"] == f"/api/v1/raises/{name}/?side=x"


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        pytest.param("parameters", "Not accepted: side, x.", id="parameters"),
        pytest.param("request", "Give a country or a metric.", id="request-as-a-whole"),
        pytest.param("missing", "There is no such figure.", id="said-by-the-view"),
        pytest.param(
            "missing-by-django", TYPES["not-found"].description, id="said-by-django"
        ),
        pytest.param("unreadable", TYPES["bad-request"].description, id="said-by-drf"),
        pytest.param("unreadable-because", "The body is not JSON.", id="with-a-reason"),
        pytest.param("mixed", "killed is cumulative, serving a stock.", id="our-own"),
        pytest.param("gone", TYPES["gone"].description, id="nothing-said"),
    ],
)
def test_problem_says_what_went_wrong_this_time(get, name, detail):
    _, problem = get(f"/api/v1/raises/{name}/")

    assert problem["detail"] == detail


def test_problem_names_each_refused_parameter(get):
    _, problem = get("/api/v1/raises/parameters/")

    assert problem["errors"] == {"side": ["No such side."], "x": ["Why?"]}


def test_problem_that_is_no_parameters_has_no_errors(get):
    _, problem = get("/api/v1/raises/request/")

    assert "errors" not in problem


def test_problem_takes_members_of_its_own(get):
    _, problem = get("/api/v1/raises/gone/")

    assert problem["successor"] == "https://muster.example/api/v2/"


def test_problem_keeps_the_headers_that_tell_what_to_do(get):
    answer, _ = get("/api/v1/raises/tired/")

    assert answer["retry-after"] == "7"


def test_problem_without_a_type_of_ours_has_that_of_its_status(get):
    answer, problem = get("/api/v1/raises/conflict/")

    assert answer.status_code == 409
    assert (problem["type"], problem["title"]) == ("about:blank", "Conflict")


@pytest.mark.parametrize("name", ["unforeseen", "suspicious"])
def test_problem_tells_nothing_of_the_inside(get, name):
    answer, _ = get(f"/api/v1/raises/{name}/")

    assert "secret" not in answer.content.decode()


def test_error_that_nobody_foresaw_is_logged_under_its_id(get, caplog):
    caplog.handler.addFilter(RequestIdFilter())
    with caplog.at_level(logging.ERROR):
        _, problem = get("/api/v1/raises/unforeseen/")

    [line] = caplog.records
    assert line.request_id == problem["request_id"]
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_method_that_writes_is_a_problem_that_names_the_others(get, method):
    answer, problem = get(
        "/api/v1/problems/", method, data={"low": 1}, content_type="application/json"
    )

    assert answer.status_code == 405
    assert problem["detail"] == f'Method "{method.upper()}" not allowed.'
    assert "GET" in answer["allow"]


@pytest.mark.parametrize(
    "accept",
    [
        pytest.param("application/xml", id="another-format"),
        pytest.param("x" * 100_000, id="very-long"),
        pytest.param("nonsense", id="broken"),
    ],
)
def test_format_that_we_have_not_is_a_problem_that_names_ours(get, accept):
    answer, problem = get("/api/v1/problems/", headers={"accept": accept})

    assert answer.status_code == 406
    assert problem["detail"] == "Available: application/json."


def test_body_in_a_format_that_we_cannot_read_is_a_problem(get):
    answer, problem = get(
        "/api/v1/reads/", "post", data="<low>1</low>", content_type="text/xml"
    )

    assert answer.status_code == 415
    assert problem["detail"] == 'Unsupported media type "text/xml" in request.'


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/api/", id="above-the-versions"),
        pytest.param("/api/v2/figures/", id="another-version"),
        pytest.param("/api/v1/recruiters/", id="unknown-resource"),
        pytest.param("/api/v1/%00/", id="nul-byte"),
        pytest.param("/api/v1/%ff%fe/", id="no-utf-8"),
        pytest.param("/api/v1/" + "a/" * 5000, id="very-long"),
        pytest.param(f"/api/v1/recruiters/?{'x' * 20_000}", id="very-long-query"),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/csv", "text/html"])
def test_address_of_nothing_is_a_problem_in_any_format(get, path, accept):
    answer, problem = get(path, headers={"accept": accept})

    assert answer.status_code == 404
    assert problem["detail"] == TYPES["not-found"].description


def test_problem_that_we_do_not_know_is_a_problem(get):
    answer, _ = get("/api/v1/problems/recruiters/")

    assert answer.status_code == 404


def test_host_that_is_not_ours_is_a_problem_without_that_host(get):
    answer, problem = get("/api/v1/problems/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert problem["type"] == "/api/v1/problems/bad-request/"
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES)
def test_type_of_a_problem_leads_to_its_description(client, kind):
    address = f"/api/v1/problems/{kind.name}/"

    answer = client.get(address)

    assert answer["content-type"] == "application/json"
    assert answer.json() == {
        "type": f"http://testserver{address}",
        "title": kind.title,
        "status": kind.status,
        "description": kind.description,
    }


def test_all_types_are_listed(client):
    listed = client.get("/api/v1/problems/").json()

    assert [kind["title"] for kind in listed] == [kind.title for kind in TYPES.values()]


@pytest.mark.parametrize("path", ["", "not-found/"])
def test_descriptions_take_no_parameter(get, path):
    _, problem = get(f"/api/v1/problems/{path}?page=2")

    assert problem["errors"] == {"page": ["Unknown parameter. Accepted: none."]}
