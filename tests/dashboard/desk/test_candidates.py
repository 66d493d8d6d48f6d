"""From a candidate to a draft: the order of the steps, the warnings, and each mistake."""

import pytest

from recruitment.models import Candidate, Claimant, Figure
from tests.factories import (
    CandidateFactory,
    ClaimantFactory,
    FigureFactory,
    PageFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidate():
    ClaimantFactory()
    return CandidateFactory(
        article__source=PageFactory(), claimant_text="the foreign ministry"
    )


@pytest.fixture
def judged(candidate):
    Candidate.objects.update(credibility=2, judged_by=PersonFactory(role="editor"))
    return candidate


def figure_form(**changes):
    return {
        "claimant": "Ministry of Foreign Affairs of Nepal",
        "country": "Nepal",
        "side": "russia",
        "metric": "killed",
        "qualifier": "exact",
        "low": "19",
        "high": "19",
        "scope": "total",
        "as_of": "2024-03-14",
        "as_of_precision": "day",
        "evidence": "statement",
        "interest": "none",
        "wording": "19 Nepalis have been killed",
        "summary": "The ministry said that 19 Nepalis had been killed.",
        "confidence": "high",
        "countable": "on",
        "do": "keep",
        **changes,
    }


def accept(client, candidate, **sent):
    return client.post(f"/desk/candidates/{candidate.pk}/accept/", sent)


def read_from(answer):
    """Give the digest of the cautions that a page shows."""
    return answer.context["check"].digest


def test_page_is_asked_for_before_anything_else(editor):
    candidate = CandidateFactory()

    answer = editor.get(f"/desk/candidates/{candidate.pk}/accept/")

    expected = f"/desk/articles/{candidate.article_id}/page/?then={candidate.pk}"
    assert answer["Location"] == expected


def test_claimants_record_is_hidden_until_the_passage_is_judged(editor, candidate):
    FigureFactory(low=7, high=7)
    address = f"/desk/candidates/{candidate.pk}/accept/"
    first = editor.get(address).content.decode()
    assert "How credible are these words?" in first
    assert "19 Nepalis have been killed" in first
    assert "Ministry of Foreign Affairs" not in first

    # Even the whole form, sent at once, is answered by the question.
    refused = accept(editor, candidate, **figure_form())
    assert refused.status_code == 400
    assert not Figure.objects.filter(low=19).exists()

    accept(editor, candidate, credibility="2")
    second = editor.get(address).content.decode()
    assert "Ministry of Foreign Affairs of Nepal" in second
    assert "Own counts" in second


def test_another_editor_judges_for_themselves(as_role, judged):
    page = as_role("editor-two").get(f"/desk/candidates/{judged.pk}/accept/")

    assert "How credible are these words?" in page.content.decode()


def test_form_begins_with_what_was_read(editor, judged):
    page = editor.get(f"/desk/candidates/{judged.pk}/accept/")

    form = page.context["form"]
    assert form["claimant"].value() == "Ministry of Foreign Affairs of Nepal"
    assert form["country"].value() == "Nepal"
    assert form["wording"].value() == "19 Nepalis have been killed"
    assert "says that 19 nationals of Nepal have been killed" in form["summary"].value()


def test_accepted_candidate_leads_to_the_next_one(editor, judged):
    later = CandidateFactory(article=judged.article)

    answer = accept(editor, judged, **figure_form())

    place = f"/desk/articles/{judged.article_id}/#candidate-{later.pk}"
    assert answer["Location"] == place
    figure = Figure.objects.get()
    assert (figure.status, figure.credibility, figure.low) == ("draft", 2, 19)
    assert figure.history.get().history_user.username == "editor"


def test_cautions_are_read_before_the_draft_is_made(editor, judged):
    FigureFactory(slug="npl-there")

    warned = accept(editor, judged, **figure_form())
    page = warned.content.decode()
    assert "The record has this number of this claimant already" in page
    assert "Make the draft all the same" in page
    assert Figure.objects.count() == 1

    outdated = accept(editor, judged, **figure_form(read="0" * 16))
    assert Figure.objects.count() == 1
    accept(editor, judged, **figure_form(read=read_from(outdated)))

    assert Figure.objects.count() == 2


def test_only_checking_keeps_nothing(editor, judged):
    answer = accept(editor, judged, **figure_form(do="check"))

    assert "Nothing speaks against it" in answer.content.decode()
    assert not Figure.objects.exists()


def test_proposed_sentence_follows_what_is_changed_until_somebody_writes_one(
    editor, judged
):
    ClaimantFactory(slug="families", name="Families", kind="families")
    changes = {"claimant": "Families", "do": "check"}
    proposed = {"summary": "Proposed.", "proposed": "Proposed."}

    followed = accept(editor, judged, **figure_form(**changes, **proposed))
    kept = accept(editor, judged, **figure_form(**changes, proposed="Proposed."))

    assert followed.context["form"]["summary"].value().startswith("Families says")
    assert kept.context["form"]["summary"].value().startswith("The ministry said")


def test_suggested_claimant_is_picked_without_a_script(editor, judged):
    typed = figure_form(claimant="", do="", pick="Ministry of Foreign Affairs of Nepal")

    answer = accept(editor, judged, **typed)

    field = answer.context["form"]["claimant"]
    assert field.value() == "Ministry of Foreign Affairs of Nepal"
    assert not Figure.objects.exists()


def test_new_claimant_is_entered_with_the_draft(editor, judged):
    new = {"new-name": "Union of Returned Workers", "new-kind": "ngo"}

    warned = accept(editor, judged, **figure_form(claimant="", **new))
    assert "in the new claimant’s name may be a person’s" in warned.content.decode()
    read = read_from(warned)
    accept(editor, judged, **figure_form(claimant="", read=read, **new))

    claimant = Claimant.objects.get(slug="union-of-returned-workers")
    assert claimant.is_draft
    assert Figure.objects.get().claimant == claimant


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"claimant": ""}, "Say who claims it", id="nobody"),
        pytest.param({"claimant": "Nemo"}, "knows nobody of that name", id="unknown"),
        pytest.param(
            {"new-name": "Somebody", "new-kind": "ngo"}, "not both", id="two-claimants"
        ),
        pytest.param(
            {"claimant": "", "new-name": "Somebody"}, "Look at the new", id="no-kind"
        ),
        pytest.param(
            {
                "claimant": "",
                "new-name": "ministry of foreign affairs of nepal",
                "new-kind": "ngo",
            },
            "knows somebody of that name",
            id="not-new",
        ),
        pytest.param({"country": "Atlantis"}, "no such country", id="country"),
        pytest.param({"low": "20"}, "“Qualifier” does not fit", id="bounds"),
        pytest.param({"low": "-1"}, "greater than or equal to 0", id="negative"),
        pytest.param({"low": "", "high": ""}, "lower or an upper bound", id="none"),
        pytest.param({"wording": "a " * 13}, "Quote at most 12 words", id="wording"),
        pytest.param({"as_of": ""}, "empty exactly when", id="no-day"),
        pytest.param(
            {"scope": "subset"},
            '_error">Say in “Which part” which part is counted.</p>',
            id="which-part",
        ),
        pytest.param({"low": "9", "high": "8"}, "“Lower bound” is above", id="above"),
        pytest.param(
            {"metric": "enlistment_flow"}, "start of its period", id="no-period"
        ),
        pytest.param({"summary": "a\0b"}, "Null characters", id="null"),
    ],
)
def test_mistake_is_told_and_nothing_is_kept(editor, judged, changes, words):
    answer = accept(editor, judged, **figure_form(**changes))

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Figure.objects.exists()
    assert not Claimant.objects.filter(is_draft=True).exists()


def test_decided_candidate_is_not_there_to_decide(editor, judged):
    accept(editor, judged, **figure_form())

    for decision in ("accept", "edit", "merge", "reject"):
        address = f"/desk/candidates/{judged.pk}/{decision}/"
        assert editor.get(address).status_code == 404


def test_candidate_is_mended_in_place(editor, candidate):
    answer = editor.post(
        f"/desk/candidates/{candidate.pk}/edit/",
        {
            "country": "NPL",
            "side": "russia",
            "metric": "wounded",
            "low": "9",
            "high": "9",
            "qualifier": "exact",
            "scope": "total",
            "as_of": "",
            "as_of_precision": "unknown",
            "passage": "19  Nepalis\nhave been",
        },
    )

    assert answer["Location"].endswith(f"#candidate-{candidate.pk}")
    candidate.refresh_from_db()
    assert (candidate.metric, candidate.low) == ("wounded", 9)
    assert candidate.passage == "19 Nepalis have been"


@pytest.mark.parametrize(
    ("passage", "status"),
    [("Kathmandu said that 19", 302), ("18 Nepalis", 400), ("", 400)],
    ids=["there", "not-there", "nothing"],
)
def test_figure_that_was_missed_is_entered_by_its_passage(
    editor, candidate, passage, status
):
    answer = editor.post(
        f"/desk/articles/{candidate.article_id}/candidates/",
        {
            "country": "NPL",
            "side": "russia",
            "metric": "killed",
            "low": "19",
            "high": "19",
            "qualifier": "exact",
            "scope": "total",
            "as_of_precision": "unknown",
            "passage": passage,
        },
    )

    assert answer.status_code == status
    assert candidate.article.candidates.count() == (2 if status == 302 else 1)


def test_candidate_is_merged_into_a_figure_that_is_like_it(editor, candidate):
    draft = FigureFactory(slug="npl-like", draft=True)
    address = f"/desk/candidates/{candidate.pk}/merge/"
    assert "npl-like" in editor.get(address).content.decode()

    answer = editor.post(address, {"like": "npl-like", "role": "repeats"})

    assert answer.status_code == 302
    assert draft.citations.filter(role="repeats").exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param({}, "Choose the figure", id="none"),
        pytest.param({"figure": "npl-nowhere"}, "no figure with that", id="unknown"),
        pytest.param({"like": "npl-there", "role": "x"}, "valid choice", id="role"),
        pytest.param(
            {"figure": "https://muster.example/figures/npl-citing/"},
            "cites this page already",
            id="cited",
        ),
    ],
)
def test_merging_with_a_mistake_decides_nothing(editor, candidate, sent, words):
    FigureFactory(slug="npl-there")
    FigureFactory(slug="npl-citing", citation__source=candidate.article.source)

    answer = editor.post(
        f"/desk/candidates/{candidate.pk}/merge/", {"role": "carries", **sent}
    )

    assert answer.status_code == 400
    assert words in answer.content.decode()
    candidate.refresh_from_db()
    assert candidate.state == "open"


def test_candidate_is_rejected_with_a_reason_and_undone(editor, candidate):
    address = f"/desk/candidates/{candidate.pk}"

    refused = editor.post(f"{address}/reject/", {"reason": ""})
    editor.post(f"{address}/reject/", {"reason": "misread", "note": "It counts tanks."})

    assert refused.status_code == 400
    article = editor.get(f"/desk/articles/{candidate.article_id}/").content.decode()
    assert "It counts tanks." in article
    editor.post(f"{address}/undo/")
    candidate.refresh_from_db()
    assert candidate.state == "open"
