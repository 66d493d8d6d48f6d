"""What changed since a copy was made: nobody has to walk every page again to find out."""

import pytest

from recruitment.models import Change, Citation, Figure
from recruitment.publishing import publishing
from recruitment.revisions import current
from tests.factories import FigureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def copied():
    """Publish two figures; give the number of the revision that a reader copied."""
    with publishing("first"):
        FigureFactory(slug="kept")
        FigureFactory(slug="taken-back")
    return current().number


def since(client, number, **filters):
    answer = client.get("/api/v1/changes/", {"since": number, **filters})
    return [
        (row["resource"], row["public_id"], row["kind"])
        for row in answer.json()["results"]
    ]


def take_back(slug):
    with publishing("a second look"):
        figure = Figure.objects.get(slug=slug)
        figure.status, figure.status_reason = "draft", "needs_review"
        figure.save()


def test_nothing_changed_since_the_revision_at_hand(client, copied):
    assert since(client, copied) == []


def test_changes_come_in_the_order_of_their_revisions(client, copied):
    with publishing("second"):
        FigureFactory(slug="newer", citation=None)
    with publishing("third"):
        figure = Figure.objects.get(slug="kept")
        figure.note = "The day was checked."
        figure.save()

    assert since(client, copied, resource="figures") == [
        ("figures", "newer", "added"),
        ("figures", "kept", "changed"),
    ]


def test_row_that_is_taken_back_leaves_a_tombstone(client, copied):
    take_back("taken-back")

    found = since(client, copied)

    assert ("figures", "taken-back", "removed") in found
    assert ("citations", Citation.objects.get(figure__slug="taken-back").slug) in {
        row[:2] for row in found
    }


def test_address_of_a_row_that_is_taken_back_is_gone(client, copied):
    take_back("taken-back")

    answer = client.get("/api/v1/figures/taken-back/")

    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["successor"] is None


def test_gone_row_names_its_successor(client, copied):
    take_back("taken-back")
    Change.objects.filter(public_id="taken-back", kind="removed").update(
        successor="kept"
    )

    answer = client.get("/api/v1/figures/taken-back/").json()

    assert answer["successor"] == "http://testserver/api/v1/figures/kept/"


def test_row_that_comes_back_is_there_again(client, copied):
    take_back("taken-back")
    with publishing("it held"):
        figure = Figure.objects.get(slug="taken-back")
        figure.status, figure.status_reason = "published", None
        figure.save()

    assert client.get("/api/v1/figures/taken-back/").status_code == 200


def test_draft_that_never_was_public_is_not_said_to_be_gone(client):
    with publishing("a draft"):
        FigureFactory(slug="secret", draft=True)

    assert client.get("/api/v1/figures/secret/").status_code == 404
    assert "secret" not in client.get("/api/v1/changes/").content.decode()


@pytest.mark.parametrize("number", ["-1", "1.5", "one", "1e999", "9" * 400, "NaN"])
def test_since_takes_the_number_of_a_revision(client, number):
    answer = client.get(f"/api/v1/changes/?since={number}")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["since"]
