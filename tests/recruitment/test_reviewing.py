"""What a second person decides: publishing, sending back, correcting, taking back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from recruitment import deciding, reviewing
from recruitment.choices import CorrectionKind, StatusReason
from recruitment.exporting import row_of
from recruitment.importing import write_rows
from recruitment.models import Change, Correction, Figure, Revision, Source
from recruitment.reviewing import DecisionError, version_of
from tests.factories import ClaimantFactory, FigureFactory, PageFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return PersonFactory(role="editor")


@pytest.fixture
def publisher():
    return PersonFactory(role="publisher")


@pytest.fixture
def admin():
    return PersonFactory(role="admin")


def written_by(person, slug="npl-drafted"):
    """Write a draft through the one writer, as the desk does."""
    pattern = FigureFactory(slug="npl-pattern", draft=True)
    row = row_of(pattern) | {"slug": slug, "status_reason": None}
    pattern.citations.all().delete()
    pattern.delete()
    assert not write_rows({"figures": [row]}, reason="written", by=person).refusals
    return Figure.objects.get(slug=slug)


def edited_by(person, figure, **changes):
    row = row_of(Figure.objects.get(pk=figure.pk)) | changes
    seen = version_of(figure)
    deciding.edit(figure, row, by=person, claimant=None, seen=seen)
    return Figure.objects.get(pk=figure.pk)


def publish(figure, by, alone=""):
    reviewing.publish(figure, by=by, seen=version_of(figure), alone=alone)
    figure.refresh_from_db()


def test_second_person_publishes_and_history_says_who_did_what(editor, publisher):
    draft = written_by(editor)

    publish(draft, publisher)

    assert draft.status == "published"
    people = draft.history.order_by("history_id").values_list("history_user", flat=True)
    assert list(people) == [editor.pk, publisher.pk]
    added = Change.objects.get(public_id="npl-drafted")
    assert (added.kind, added.revision.reason) == ("added", "figures were published")


@pytest.mark.parametrize("role", ["publisher", "admin"])
def test_who_wrote_it_does_not_publish_it(role):
    person = PersonFactory(role=role)
    draft = written_by(person)

    with pytest.raises(DecisionError, match="You wrote it"):
        publish(draft, person)

    draft.refresh_from_db()
    assert draft.status == "draft"
    assert not Revision.objects.exists()


def test_who_edited_it_does_not_publish_it_either(editor, publisher):
    draft = edited_by(publisher, written_by(editor), note="Read again.")

    with pytest.raises(DecisionError, match="You wrote it"):
        publish(draft, publisher)


def test_who_only_remarked_on_it_publishes_it(editor, publisher):
    draft = written_by(editor)
    reviewing.remark(draft, "Which day?", by=publisher, sends_back=True)

    publish(draft, publisher)

    assert draft.status == "published"


def test_who_added_a_page_to_it_is_an_author(editor, publisher):
    draft = written_by(editor)
    row = row_of(draft)
    page = PageFactory()
    row["citations"].append(row["citations"][0] | {"source": page.slug})
    write_rows({"figures": [row]}, reason="merged", by=publisher)

    assert reviewing.authors_of(draft) == {editor.pk, publisher.pk}


def test_only_what_was_written_since_it_was_public_makes_an_author(editor, publisher):
    figure = written_by(publisher)
    publish(figure, PersonFactory(username="publisher-two"))
    row = row_of(figure) | {"status": "draft", "low": 20, "high": 20}
    write_rows({"figures": [row]}, reason="looked at again", by=editor)
    figure.refresh_from_db()

    assert reviewing.authors_of(figure) == {editor.pk}
    publish(figure, publisher)
    assert figure.low == 20


def test_draft_from_a_file_without_a_name_has_no_author(publisher):
    draft = FigureFactory(draft=True)

    publish(draft, publisher)

    assert (draft.status, draft.status_reason) == ("published", None)


def test_admin_publishes_alone_with_a_reason_that_stays(admin):
    draft = written_by(admin)

    publish(draft, admin, alone=" nobody else is here ")

    assert draft.status == "published"
    told = draft.history.latest("history_id").history_change_reason
    assert told == "published alone: nobody else is here"
    assert Revision.objects.get().reason == "figures were published"  # what is public


@pytest.mark.parametrize(
    ("role", "alone", "message"),
    [
        pytest.param("publisher", "in a hurry", "second person", id="not-allowed"),
        pytest.param("admin", "  ", "say why", id="no-reason"),
        pytest.param("admin", "x" * 81, "at most 80", id="long-reason"),
    ],
)
def test_publishing_alone_is_refused_otherwise(role, alone, message):
    person = PersonFactory(role=role)
    draft = written_by(person)

    with pytest.raises(DecisionError, match=message):
        publish(draft, person, alone)


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_others_publish_correct_and_retract_nothing(role, admin):
    person = PersonFactory(role=role)
    draft, public = written_by(admin), FigureFactory()

    with pytest.raises(PermissionDenied):
        publish(draft, person)
    with pytest.raises(PermissionDenied):
        correct(public, person, low=20, high=20)
    with pytest.raises(PermissionDenied):
        reviewing.retract(public, reason="misread", note="Wrong.", by=person)
    with pytest.raises(PermissionDenied):
        reviewing.remark(draft, "No.", by=person, sends_back=True)


def test_draft_that_was_changed_after_it_was_read_is_not_published(editor, publisher):
    draft = written_by(editor)
    seen = version_of(draft)
    edited_by(editor, draft, low=91, high=91)

    with pytest.raises(DecisionError, match="changed after you had opened it"):
        reviewing.publish(draft, by=publisher, seen=seen)

    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.parametrize("what", ["claimant", "page"])
def test_change_of_what_goes_out_with_a_draft_counts_as_one(editor, publisher, what):
    draft = written_by(editor)
    seen = version_of(draft)
    if what == "claimant":
        row = row_of(draft.claimant) | {"name": "Another name"}
        write_rows({"claimants": [row]}, reason="renamed", by=editor)
    else:
        row = row_of(draft.citations.get().source) | {"title_gist": "Another gist"}
        write_rows({"sources": [row]}, reason="renamed", by=editor)

    with pytest.raises(DecisionError, match="changed after you had opened it"):
        reviewing.publish(draft, by=publisher, seen=seen)


def test_second_of_two_publishers_is_told_that_it_is_public(editor, publisher):
    draft = written_by(editor)
    seen = version_of(draft)
    reviewing.publish(draft, by=publisher, seen=seen)

    with pytest.raises(DecisionError, match=r"changed after|public already"):
        reviewing.publish(draft, by=PersonFactory(username="publisher-two"), seen=seen)

    assert Revision.objects.count() == 1


def test_deleted_draft_is_told_as_such(editor, publisher):
    draft = written_by(editor)
    seen = version_of(draft)
    gone = Figure(pk=draft.pk + 1000)

    with pytest.raises(DecisionError, match="deleted it meanwhile"):
        reviewing.publish(gone, by=publisher, seen=seen)


def test_published_draft_shows_the_pages_that_its_page_rests_on(editor, publisher):
    parent = PageFactory(slug="parent-page")
    page = PageFactory(slug="page")
    page.derived_from.add(parent)
    other = PageFactory(slug="other-page")
    draft = FigureFactory(draft=True, citation__source=page)

    publish(draft, publisher)

    shown = Source.objects.published().values_list("slug", flat=True)
    assert set(shown) == {"page", "parent-page"}
    assert other.publisher == page.publisher


def test_claimant_of_a_draft_is_shown_when_it_is_public(publisher):
    new = ClaimantFactory(slug="new-office", is_draft=True)
    counted = ClaimantFactory(slug="new-counter", is_draft=True)
    draft = FigureFactory(draft=True, claimant=new, evidence_origin=counted)

    publish(draft, publisher)

    for one in (new, counted):
        one.refresh_from_db()
        assert not one.is_draft


def test_draft_sent_back_waits_until_it_is_edited_or_answered(editor, publisher):
    draft = written_by(editor)
    reviewing.remark(draft, "Which day?", by=publisher, sends_back=True)
    assert reviewing.is_sent_back(draft)

    edited = edited_by(editor, draft, note="The day is the page’s.")
    assert not reviewing.is_sent_back(edited)

    reviewing.remark(draft, "And the part?", by=publisher, sends_back=True)
    reviewing.remark(draft, "The page names none.", by=editor)
    assert not reviewing.is_sent_back(draft)


def test_remark_needs_words_and_a_draft(publisher):
    with pytest.raises(DecisionError, match="Say what"):
        reviewing.remark(FigureFactory(draft=True), " ", by=publisher)
    with pytest.raises(DecisionError, match="public already"):
        reviewing.remark(FigureFactory(), "Wrong.", by=publisher)


def correct(figure, by, *, reason="misread", note="We read 91 for 19.", **changes):
    told = {key: changes.pop(key) for key in ("asked_on", "seen") if key in changes}
    row = row_of(figure) | changes
    return reviewing.correct(figure, row, reason=reason, note=note, by=by, **told)


def test_correction_is_told_with_the_revision_that_made_it(publisher):
    figure = FigureFactory(slug="npl-killed", low=91, high=91)
    write_rows({"figures": [row_of(figure)]}, reason="as is")

    made = correct(figure, publisher, low=19, high=19, asked_on=timezone.now().date())

    figure.refresh_from_db()
    assert (figure.low, figure.status) == (19, "published")
    assert (made.kind, made.reason) == (CorrectionKind.CORRECTION, "misread")
    assert (made.note, made.made_by) == ("We read 91 for 19.", publisher)
    change = made.revision.changes.get(public_id="npl-killed")
    assert change.differences["low"] == [91, 19]
    assert made.revision.reason == "a figure was corrected: We misread the page"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({}, "Nothing was changed", id="nothing"),
        pytest.param({"low": 20, "note": " "}, "what was wrong", id="no-note"),
        pytest.param({"low": 20, "reason": "needs_review"}, "reasons", id="reason"),
        pytest.param({"low": 20}, "refuses it. .*qualifier", id="does-not-fit"),
        pytest.param({"status": "draft"}, "keeps public id", id="hidden"),
        pytest.param({"slug": "npl-other"}, "keeps public id", id="another"),
        pytest.param(
            {"low": 20, "asked_on": timezone.now().date() + timedelta(days=2)},
            "day to come",
            id="asked-tomorrow",
        ),
        pytest.param({"low": 20, "seen": "0.0"}, "changed after", id="outdated"),
    ],
)
def test_correction_is_refused_and_nothing_is_half_written(publisher, changes, message):
    figure = FigureFactory()
    before = row_of(figure)

    with pytest.raises(DecisionError, match=message):
        correct(figure, publisher, **changes)

    assert row_of(Figure.objects.get(pk=figure.pk)) == before
    assert not Correction.objects.exists()
    assert not Revision.objects.exists()


def test_retracted_figure_says_why_and_what_stands_in_for_it(publisher):
    figure, other = FigureFactory(slug="npl-wrong"), FigureFactory(slug="npl-right")

    made = reviewing.retract(
        figure,
        reason="probable_error",
        note="The page counted another war.",
        by=publisher,
        successor=other,
        asked_by="a reader",
    )

    figure.refresh_from_db()
    assert (figure.status, figure.status_reason) == ("retracted", "probable_error")
    assert (made.kind, made.successor) == (CorrectionKind.RETRACTION, other)
    assert made.asked_by == "a reader"
    assert made.revision.changes.filter(public_id="npl-wrong").exists()


def test_what_was_taken_back_is_not_corrected_again(publisher):
    figure = FigureFactory(
        status="retracted", status_reason=StatusReason.PROBABLE_ERROR
    )

    with pytest.raises(DecisionError, match="taken back already"):
        correct(figure, publisher, low=20, high=20)


def test_draft_is_edited_and_not_corrected(publisher):
    with pytest.raises(DecisionError, match="edited, not corrected"):
        correct(FigureFactory(draft=True), publisher, low=20, high=20)


@pytest.mark.parametrize("successor", ["draft", "retracted", "itself"])
def test_successor_must_be_another_that_is_public_and_holds(publisher, successor):
    figure = FigureFactory()
    others = {
        "draft": lambda: FigureFactory(draft=True),
        "retracted": lambda: FigureFactory(status="retracted", status_reason="misread"),
        "itself": lambda: figure,
    }

    with pytest.raises(DecisionError, match="must be public, and hold"):
        reviewing.retract(
            figure,
            reason="misread",
            note="Wrong.",
            by=publisher,
            successor=others[successor](),
        )


def test_public_figure_is_not_edited_as_a_draft(editor):
    figure = FigureFactory()

    with pytest.raises(DecisionError, match="correct it instead"):
        edited_by(editor, figure, low=20, high=20)
