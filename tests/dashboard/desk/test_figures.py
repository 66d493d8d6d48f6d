"""Public figures are corrected and taken back in public, from the desk."""

import pytest

from recruitment.models import Correction, Figure
from recruitment.reviewing import version_of
from tests.dashboard.desk.test_candidates import figure_form
from tests.factories import FigureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure():
    return FigureFactory(slug="npl-public", wording="91 Nepalis", low=91, high=91)


def correction(**changes):
    return figure_form(
        credibility="2",
        reason="misread",
        public_note="We read 91 for 19.",
        asked_by="a reader",
        **changes,
    )


def test_figure_is_found_by_words_by_its_id_and_by_its_address(publisher, figure):
    listed = publisher.get("/desk/figures/?q=nepal").content.decode()
    assert "/desk/figures/npl-public/" in listed

    for asked in ("npl-public", "https://muster.example/figures/npl-public/"):
        answer = publisher.get("/desk/figures/", {"q": asked})
        assert answer["Location"] == "/desk/figures/npl-public/"

    nothing = publisher.get("/desk/figures/?q=atlantis").content.decode()
    assert "No public figure matches" in nothing
    refused = publisher.get("/desk/figures/?q=%20-%20").content.decode()
    assert "Give a word" in refused


def test_correction_shows_before_and_after_and_is_then_made(publisher, figure):
    address = "/desk/figures/npl-public/correct/"
    seen = {"seen": version_of(figure)}

    shown = publisher.post(address, correction(do="check", **seen))
    assert "<del>91</del> <ins>19</ins>" in shown.content.decode()
    assert not Correction.objects.exists()
    publisher.post(address, correction(**seen))

    figure.refresh_from_db()
    assert figure.low == 19
    made = Correction.objects.get()
    assert (made.asked_by, made.made_by.username) == ("a reader", "publisher")
    assert (
        "We read 91 for 19."
        in publisher.get("/desk/figures/npl-public/").content.decode()
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"public_note": ""}, "required", id="no-note"),
        pytest.param({"reason": "needs_review"}, "valid choice", id="reason"),
        pytest.param({"seen": "1.2.3.4"}, "changed after", id="outdated"),
        pytest.param(
            {"claimant": "", "new-name": "Somebody", "new-kind": "ngo"},
            "a claimant whom the record knows",
            id="new-claimant",
        ),
        pytest.param({"asked_on": "2999-01-01"}, "day to come", id="asked-tomorrow"),
    ],
)
def test_correction_with_a_mistake_changes_nothing(publisher, figure, changes, words):
    sent = {"seen": version_of(figure), **correction(), **changes}

    answer = publisher.post("/desk/figures/npl-public/correct/", sent)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert Figure.objects.get(slug="npl-public").low == 91
    assert not Correction.objects.exists()


def test_figure_is_taken_back_with_its_successor(publisher, figure):
    FigureFactory(slug="npl-right")

    answer = publisher.post(
        "/desk/figures/npl-public/retract/",
        {
            "reason": "probable_error",
            "public_note": "It counted another war.",
            "successor": "https://muster.example/figures/npl-right/",
            "seen": version_of(figure),
        },
    )

    assert answer.status_code == 302
    figure.refresh_from_db()
    assert figure.status == "retracted"
    assert Correction.objects.get().successor.slug == "npl-right"
    page = publisher.get("/desk/figures/npl-public/").content.decode()
    assert "It was taken back." in page
    assert "/correct/" not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"successor": "npl-nowhere"}, "no figure with", id="unknown"),
        pytest.param({"successor": "npl-public"}, "must be public", id="itself"),
        pytest.param({"public_note": " "}, "required", id="no-note"),
    ],
)
def test_figure_is_not_taken_back_with_a_mistake(publisher, figure, changes, words):
    sent = {"reason": "misread", "public_note": "Wrong.", **changes}

    answer = publisher.post("/desk/figures/npl-public/retract/", sent)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert Figure.objects.get(slug="npl-public").status == "published"
