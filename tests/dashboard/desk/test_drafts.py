"""A second person reads a draft whole, and publishes it, or sends it back."""

import pytest

from recruitment import deciding
from recruitment.choices import Role
from recruitment.exporting import row_of
from recruitment.importing import write_rows
from recruitment.models import Figure
from recruitment.reviewing import version_of
from tests.dashboard.desk.test_candidates import figure_form
from tests.factories import CandidateFactory, FigureFactory, PageFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """Make a draft that an editor has written."""
    FigureFactory(slug="npl-drafted", draft=True)
    return written_by("editor")


def written_by(name, **changes):
    figure = Figure.objects.get(slug="npl-drafted")
    row = row_of(figure) | {"note": f"By {name}.", **changes}
    write_rows({"figures": [row]}, reason="edited", by=PersonFactory(username=name))
    figure.refresh_from_db()
    return figure


def publish(client, figure, **sent):
    sent = {"seen": version_of(figure), **sent}
    return client.post(f"/desk/drafts/{figure.slug}/publish/", sent, follow=True)


def test_draft_waits_for_others_and_not_for_its_author(editor, publisher, draft):
    assert "waits for somebody else" in editor.get("/desk/drafts/").content.decode()
    assert "waits for you" in publisher.get("/desk/drafts/").content.decode()
    assert "Nepal, killed" in publisher.get("/desk/").content.decode()


def test_draft_from_a_file_is_told_apart_with_what_held_it_back(publisher):
    FigureFactory(slug="npl-from-file", draft=True)

    page = publisher.get("/desk/drafts/").content.decode()

    assert "No draft waits" in page
    assert "The reading of the page is uncertain" in page


def test_publisher_sees_passage_warnings_and_who_wrote_it(publisher, draft):
    CandidateFactory(state="accepted", figure=draft, decided_at=draft_time(draft))
    FigureFactory(slug="npl-there")

    page = publisher.get("/desk/drafts/npl-drafted/").content.decode()

    assert "<mark" in page
    assert "The record has this number" in page
    assert "<b>editor</b>: edited" in page
    assert "Publish it" in page


def draft_time(figure):
    return figure.history.latest("history_id").history_date


def test_second_person_publishes(client, publisher, draft):
    answer = publish(publisher, draft)

    assert "Published: Nepal" in answer.content.decode()
    assert client.get("/api/v1/figures/npl-drafted/").status_code == 200


def test_author_is_told_that_a_second_person_publishes(as_role, draft):
    publisher = as_role("publisher-two")
    written_by("publisher-two")
    page = publisher.get("/desk/drafts/npl-drafted/").content.decode()
    assert "Publish it" not in page

    answer = publish(publisher, draft)

    assert "You wrote it: a second person has to publish it." in (
        answer.content.decode()
    )
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_admin_publishes_alone_with_a_reason_and_it_is_listed(as_role, draft):
    admin = as_role("admin")
    written_by("admin")
    assert "Publish it alone" in admin.get("/desk/drafts/npl-drafted/").content.decode()
    draft.refresh_from_db()

    publish(admin, draft, alone="nobody else is here")

    listed = admin.get("/desk/drafts/alone/").content.decode()
    assert "published alone: nobody else is here" in listed
    assert "npl-drafted" in listed


def test_draft_that_was_edited_meanwhile_is_not_published(publisher, draft):
    seen = version_of(draft)
    written_by("editor-two", low=91, high=91)

    answer = publish(publisher, draft, seen=seen)

    assert "changed after you had opened it" in answer.content.decode()
    assert Figure.objects.get(slug="npl-drafted").status == "draft"


def test_second_publisher_is_told_that_one_was_faster(as_role, publisher, draft):
    seen = version_of(draft)
    publish(publisher, draft, seen=seen)

    answer = publish(as_role("publisher-two"), draft, seen=seen)

    assert "changed after you had opened it" in answer.content.decode()


def test_draft_is_sent_back_with_a_remark_that_its_author_answers(
    editor, publisher, draft
):
    address = "/desk/drafts/npl-drafted/remark/"
    publisher.post(address, {"words": "Which <b>day</b>?", "do": "send_back"})

    assert "sent back to you" in editor.get("/desk/drafts/").content.decode()
    page = editor.get("/desk/drafts/npl-drafted/").content.decode()
    assert "Which &lt;b&gt;day&lt;/b&gt;?" in page

    editor.post(address, {"words": "The page’s.", "do": "tell"})

    assert "waits for you" in publisher.get("/desk/drafts/").content.decode()
    empty = publisher.post(address, {"words": " "}, follow=True)
    assert "Say what should be changed" in empty.content.decode()


def test_editor_does_not_send_back(editor, draft):
    answer = editor.post(
        "/desk/drafts/npl-drafted/remark/", {"words": "No.", "do": "send_back"}
    )

    assert answer.status_code == 403
    assert not draft.remarks.exists()


def test_edited_draft_has_its_editor_as_an_author(as_role, publisher, draft):
    form = figure_form(low="20", high="20", credibility="3")
    page = publisher.post(
        "/desk/drafts/npl-drafted/edit/", form | {"seen": version_of(draft)}
    )

    assert page.status_code == 302
    draft.refresh_from_db()
    assert (draft.low, draft.credibility) == (20, 3)
    shown = publisher.get("/desk/drafts/npl-drafted/").content.decode()
    assert "<del>19</del> <ins>20</ins>" in shown
    assert "You wrote it" in publish(publisher, draft).content.decode()


def test_two_editors_do_not_overwrite_each_other(editor, draft):
    seen = version_of(draft)
    written_by("editor-two", low=91, high=91)

    answer = editor.post(
        "/desk/drafts/npl-drafted/edit/",
        figure_form(credibility="3", seen=seen),
    )

    assert answer.status_code == 400
    assert "changed after you had opened it" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.low == 91


def test_page_of_a_merged_candidate_is_added_by_a_second_person(editor, publisher):
    public = FigureFactory(slug="npl-public")
    candidate = CandidateFactory(article__source=PageFactory())
    deciding.merge(
        candidate, public, by=PersonFactory(username="editor"), role=Role.CARRIES
    )
    assert "1 page to add" in publisher.get("/desk/").content.decode()
    assert "Add the page" in publisher.get("/desk/drafts/").content.decode()
    assert "Add the page" not in editor.get("/desk/drafts/").content.decode()

    publisher.post(f"/desk/candidates/{candidate.pk}/cite/")

    assert public.citations.count() == 2


def test_list_of_drafts_costs_no_more_with_more_of_them(
    publisher, draft, django_assert_max_num_queries
):
    for number in range(5):
        figure = FigureFactory(slug=f"npl-more-{number}", draft=True)
        row = row_of(figure) | {"note": "By somebody."}
        person = PersonFactory(username=f"editor-{number}")
        write_rows({"figures": [row]}, reason="edited", by=person)

    # Session and user, permissions (2), drafts, their history, citations' authors, people,
    # remarks, what waits to be cited.
    with django_assert_max_num_queries(11):
        publisher.get("/desk/drafts/")
