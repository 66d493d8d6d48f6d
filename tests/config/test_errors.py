"""What a reader sees of an error that no view answers: a page, or a problem."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import path

from config import urls
from config.urls import handler400, handler403, handler404, handler500  # noqa: F401

RAISED = {
    "suspicious": SuspiciousOperation("secret of the inside"),
    "refused": PermissionDenied("secret of the inside"),
    "unforeseen": RuntimeError("secret of the inside"),
}


def raises(request, name):
    raise RAISED[name]


urlpatterns = [
    path("raises/<slug:name>/", raises),
    path("api/raises/<slug:name>/", raises),
    *urls.urlpatterns,
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        pytest.param("/raises/suspicious/", 400, "Bad Request", id="suspicious"),
        pytest.param(
            "/raises/refused/", 403, "Your role does not allow this", id="refused"
        ),
        pytest.param("/nowhere/", 404, "No such page", id="missing"),
        pytest.param("/apis/", 404, "No such page", id="almost-the-api"),
        pytest.param("/raises/unforeseen/", 500, "Something broke", id="unforeseen"),
    ],
)
def test_error_outside_the_api_is_a_page(client, address, status, heading):
    client.raise_request_exception = False

    answer = client.get(address)

    assert answer.status_code == status
    assert answer["content-type"].startswith("text/html")
    assert heading in answer.content.decode()
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "status"), [("suspicious", 400), ("refused", 403), ("unforeseen", 500)]
)
def test_error_of_a_plain_view_below_the_api_is_a_problem(client, name, status):
    client.raise_request_exception = False

    answer = client.get(f"/api/raises/{name}/")

    assert answer.status_code == answer.json()["status"] == status
    assert answer["content-type"] == "application/problem+json"
    assert "secret" not in answer.content.decode()
