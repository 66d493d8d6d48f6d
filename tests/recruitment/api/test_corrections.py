"""Corrections as rows, and the address of a figure that was taken back."""

import pytest
from django.contrib.auth.models import User

from recruitment import reviewing
from recruitment.exporting import row_of
from recruitment.models import Figure
from recruitment.publishing import publishing
from tests.factories import FigureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return User.objects.create_superuser("editor")


@pytest.fixture
def loaded():
    with publishing("the record was loaded"):
        FigureFactory(slug="npl-newer", low=33, high=33, as_of="2024-06-01")
        return FigureFactory(slug="npl-killed", low=91, high=91)


def retract(figure, by, **more):
    told = {"reason": "withdrawn", "note": "The list was taken back."}
    return reviewing.retract(figure, by=by, **told, **more)


def get(client, path, status=200):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_correction_tells_values_before_and_after_and_repeats_no_free_text(
    client, loaded, by
):
    held = row_of(Figure.objects.get(slug="npl-killed"))
    row = held | {"low": 19, "high": 19, "note": "A secret."}
    told = {"reason": "misread", "note": "We had read 91 for 19."}
    reviewing.correct(loaded, row, by=by, asked_by="a reader", **told)

    [found] = get(client, "corrections/")["results"]

    made_at = found.pop("made_at")
    assert made_at.endswith("Z")
    assert found == {
        "slug": "npl-killed--2",
        "figure": "npl-killed",
        "country": "NPL",
        "side": "russia",
        "metric": "killed",
        "kind": "correction",
        "reason": "misread",
        "note": "We had read 91 for 19.",
        "asked_by": "a reader",
        "asked_on": None,
        "revision": 2,
        "fields": ["note", "low", "high"],
        "differences": {"low": [91, 19], "high": [91, 19]},
        "successor": None,
    }
    assert get(client, "corrections/npl-killed--2/") == found | {"made_at": made_at}


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        pytest.param("figure=npl-killed", 1, id="figure"),
        pytest.param("figure=npl-newer", 0, id="other-figure"),
        pytest.param("kind=retraction&country=NPL&metric=killed", 1, id="kind"),
        pytest.param("kind=correction", 0, id="other-kind"),
        pytest.param("since=1", 1, id="since"),
        pytest.param("since=2", 0, id="since-then"),
    ],
)
def test_corrections_are_asked_for(client, loaded, by, asked, count):
    retract(loaded, by)

    assert len(get(client, f"corrections/?{asked}")["results"]) == count


def test_correction_of_a_draft_is_no_row(client, loaded, by):
    retract(loaded, by)
    Figure.objects.filter(pk=loaded.pk).update(status="draft")

    assert get(client, "corrections/")["results"] == []
    get(client, "corrections/npl-killed--2/", status=404)


@pytest.mark.parametrize("resource", ["figures", "casualties"])
def test_retracted_figure_is_gone_and_names_correction_and_successor(
    client, loaded, by, resource
):
    retract(loaded, by, successor=Figure.objects.get(slug="npl-newer"))

    problem = get(client, f"{resource}/npl-killed/", status=410)

    assert problem["detail"] == (
        "This figure was taken back: The claimant withdrew it. The list was taken back."
    )
    home = "http://testserver/api/v1"
    assert problem["successor"] == f"{home}/{resource}/npl-newer/"
    assert problem["correction"] == f"{home}/corrections/npl-killed--2/"
    for address in (problem["successor"], problem["correction"]):
        assert client.get(address).status_code == 200


def test_figure_that_came_in_as_taken_back_is_gone_without_a_correction(client):
    FigureFactory(slug="npl-old", status="retracted", status_reason="misread")

    problem = get(client, "figures/npl-old/", status=410)

    assert problem["correction"] is None
    assert problem["successor"] is None


def test_list_keeps_a_retracted_figure_and_marks_it(client, loaded, by):
    retract(loaded, by)

    [found] = get(client, "figures/?status=retracted")["results"]

    assert (found["slug"], found["status"]) == ("npl-killed", "retracted")
    assert found["status_reason"] == "withdrawn"


def test_successor_that_is_hidden_is_not_named(client, loaded, by):
    retract(loaded, by, successor=Figure.objects.get(slug="npl-newer"))
    Figure.objects.filter(slug="npl-newer").update(status="draft")

    assert get(client, "figures/npl-killed/", status=410)["successor"] is None
    assert get(client, "corrections/npl-killed--2/")["successor"] is None
