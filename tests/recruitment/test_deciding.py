"""What an editor decides on a candidate, and what nobody sees of it yet."""

from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied

from recruitment import deciding, revisions
from recruitment.choices import CandidateState, RejectReason, Role
from recruitment.models import Claimant, Figure, Publisher, Revision, Source
from recruitment.reviewing import DecisionError, publish, version_of
from tests.factories import (
    ArticleFactory,
    CandidateFactory,
    ClaimantFactory,
    CorrectionFactory,
    FigureFactory,
    PageFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def figure_values(**changes):
    return {
        "country": "NPL",
        "side": "russia",
        "metric": "killed",
        "low": 19,
        "high": 19,
        "qualifier": "exact",
        "wording": "19 Nepalis have been killed",
        "summary": "Nepal's foreign ministry said so.",
        "scope": "total",
        "scope_note": "",
        "as_of": "2024-03-14",
        "as_of_precision": "day",
        "period_start": None,
        "claimant": "nepal-foreign-ministry",
        "note": "",
        "evidence_origin": None,
        "evidence": "statement",
        "interest": "none",
        "variant_of": None,
        "confidence": "high",
        "countable": True,
        **changes,
    }


@pytest.fixture
def editor():
    return PersonFactory(role="editor")


@pytest.fixture
def candidate():
    ClaimantFactory()
    return CandidateFactory(article__source=PageFactory())


@pytest.fixture
def accepted(candidate, editor):
    deciding.judge(candidate, 2, by=editor)
    return deciding.accept(candidate, figure_values(), by=editor)


def test_accepted_candidate_is_a_draft_that_cites_its_very_words(
    candidate, accepted, editor
):
    candidate.refresh_from_db()
    citation = accepted.citations.get()
    words = candidate.article.text[citation.start : citation.end]

    assert (accepted.status, accepted.credibility) == ("draft", 2)
    assert accepted.slug == "npl-russia-killed-2024-03-14-nepal-foreign-ministry"
    assert words == "19 Nepalis have been killed"
    assert citation.passage_sha256 == sha256(words.encode()).hexdigest()
    assert citation.paragraph == 1
    assert (candidate.state, candidate.figure) == (CandidateState.ACCEPTED, accepted)
    assert (candidate.decided_by, accepted.history.get().history_user) == (editor,) * 2
    assert candidate.article.closed_at is not None


def test_accepting_publishes_nothing_of_what_came_with_the_article(candidate, editor):
    article = ArticleFactory(text="Another: 19 Nepalis have been killed.")
    row = {
        "slug": "new-page",
        "url": None,
        "publisher": "new-post",
        "note": "",
        "title_gist": "A count",
        "author": None,
        "published": None,
        "published_precision": "unknown",
        "language": "en",
        "kind": "news_report",
        "derived_from": [],
        "credits": [],
    }
    publisher = {"slug": "new-post", "name": "New Post", "homepage": None}
    claimant = {
        "slug": "new-office",
        "name": "New Office",
        "kind": "ngo",
        "party": None,
        "country": "NPL",
        "note": "",
    }

    deciding.name_page(article, row, by=editor, publisher=publisher)
    read = CandidateFactory(article=article)
    deciding.judge(read, 3, by=editor)
    values = figure_values(claimant="new-office")
    draft = deciding.accept(read, values, by=editor, claimant=claimant)

    for model in (Publisher, Source, Claimant):
        assert not model.objects.published().filter(slug__startswith="new-").exists()
    assert not Revision.objects.exists()

    publish(draft, by=PersonFactory(role="publisher"), seen=version_of(draft))

    for model in (Publisher, Source, Claimant):
        assert model.objects.published().filter(slug__startswith="new-").exists()
    changes = revisions.current().changes.values_list("resource", "kind")
    assert {"publishers", "sources", "claimants", "figures"} <= dict(changes).keys()
    assert {kind for _, kind in changes} == {"added"}


def test_second_figure_of_one_day_and_claimant_is_told_apart_by_its_number(
    candidate, accepted, editor
):
    other = CandidateFactory(article=candidate.article)
    deciding.judge(other, 3, by=editor)

    figure = deciding.accept(other, figure_values(low=20, high=20), by=editor)

    assert figure.slug == f"{accepted.slug}-20"


@pytest.mark.parametrize("judge", [None, "editor-two"], ids=["nobody", "another"])
def test_candidate_is_not_accepted_before_one_has_judged_it_oneself(
    candidate, editor, judge
):
    if judge:
        deciding.judge(candidate, 2, by=PersonFactory(username=judge))

    with pytest.raises(DecisionError, match="Judge the passage first"):
        deciding.accept(candidate, figure_values(), by=editor)


def test_candidate_is_not_accepted_before_its_page_is_named(editor):
    candidate = CandidateFactory(article__source=None)
    deciding.judge(candidate, 2, by=editor)

    with pytest.raises(DecisionError, match="which page the article is"):
        deciding.accept(candidate, figure_values(), by=editor)


def test_what_the_record_refuses_is_named_by_field_and_nothing_is_written(
    candidate, editor
):
    deciding.judge(candidate, 2, by=editor)

    with pytest.raises(DecisionError) as refused:
        deciding.accept(candidate, figure_values(country="XXX"), by=editor)

    assert [one.field for one in refused.value.refusals] == ["country"]
    assert not Figure.objects.exists()
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.OPEN


def test_decided_candidate_is_not_decided_again(candidate, accepted, editor):
    with pytest.raises(DecisionError, match="decided it already"):
        deciding.reject(candidate, by=editor, reason=RejectReason.OTHER)


def test_reader_decides_nothing(candidate):
    reader = PersonFactory(role="reader")

    for decide in (
        lambda: deciding.judge(candidate, 2, by=reader),
        lambda: deciding.accept(candidate, figure_values(), by=reader),
        lambda: deciding.reject(candidate, by=reader, reason=RejectReason.OTHER),
        lambda: deciding.undo(candidate, by=reader),
        lambda: deciding.close(candidate.article, by=reader),
        lambda: deciding.merge(
            candidate, FigureFactory(), by=reader, role=Role.CARRIES
        ),
    ):
        with pytest.raises(PermissionDenied):
            decide()


def test_page_that_was_read_in_another_text_is_cited_without_a_place(editor):
    page = PageFactory(text_sha256="a" * 64)
    candidate = CandidateFactory(article__source=page)

    citation = deciding.citation_of(candidate)

    assert (citation["locator"], citation["passage_sha256"]) == (None, None)


def test_candidate_merged_into_a_draft_adds_its_page_at_once(candidate, editor):
    draft = FigureFactory(draft=True)

    deciding.merge(candidate, draft, by=editor, role=Role.REPEATS)

    cited = draft.citations.get(source=candidate.article.source)
    assert cited.role == Role.REPEATS
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.MERGED


def test_candidate_merged_into_a_public_figure_waits_for_a_second_person(
    candidate, editor
):
    public = FigureFactory()
    deciding.merge(candidate, public, by=editor, role=Role.CARRIES)
    assert public.citations.count() == 1

    deciding.cite(candidate, by=PersonFactory(role="publisher"))

    assert public.citations.filter(source=candidate.article.source).exists()
    page = Source.objects.published().get(slug=candidate.article.source.slug)
    assert page.text_sha256 == candidate.article.text_sha256
    with pytest.raises(DecisionError, match="cited already"):
        deciding.cite(candidate, by=PersonFactory(role="publisher"))


def test_who_merged_it_adds_no_page_alone_without_the_right_and_a_reason(candidate):
    publisher, admin = PersonFactory(role="publisher"), PersonFactory(role="admin")
    public = FigureFactory()
    deciding.merge(candidate, public, by=publisher, role=Role.CARRIES)

    with pytest.raises(DecisionError, match="second person"):
        deciding.cite(candidate, by=publisher, alone="in a hurry")

    assert public.citations.count() == 1
    deciding.undo(candidate, by=publisher)
    deciding.merge(candidate, public, by=admin, role=Role.CARRIES)
    with pytest.raises(DecisionError, match="say why"):
        deciding.cite(candidate, by=admin)
    deciding.cite(candidate, by=admin, alone="nobody else is here")

    added = public.citations.get(source=candidate.article.source)
    told = added.history.get().history_change_reason
    assert told == "published alone: nobody else is here"


def test_page_that_a_figure_cites_already_is_not_merged_into_it(candidate, editor):
    figure = FigureFactory(citation__source=candidate.article.source)

    with pytest.raises(DecisionError, match="cites this page already"):
        deciding.merge(candidate, figure, by=editor, role=Role.CARRIES)


def test_rejected_candidate_says_why_and_opens_again(candidate, editor):
    deciding.reject(
        candidate, by=editor, reason=RejectReason.MISREAD, note="It counts tanks."
    )
    candidate.refresh_from_db()
    assert (candidate.state, candidate.note) == ("rejected", "It counts tanks.")

    deciding.undo(candidate, by=editor)

    candidate.refresh_from_db()
    assert (candidate.state, candidate.reject_reason) == (CandidateState.OPEN, None)
    assert candidate.article.closed_at is None


def test_undone_acceptance_deletes_the_draft_but_not_its_history(
    candidate, accepted, editor
):
    deciding.undo(candidate, by=editor)

    assert not Figure.objects.exists()
    last = Figure.history.filter(slug=accepted.slug).latest("history_id")
    assert (last.history_type, last.history_user) == ("-", editor)
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.OPEN


def test_undone_merging_takes_the_page_from_the_draft(candidate, editor):
    draft = FigureFactory(draft=True)
    deciding.merge(candidate, draft, by=editor, role=Role.CARRIES)

    deciding.undo(candidate, by=editor)

    assert draft.citations.count() == 1


def test_draft_into_which_another_was_merged_is_not_undone(candidate, accepted, editor):
    page = PageFactory(slug="another-page")
    other = CandidateFactory(article__source=page)
    deciding.merge(other, accepted, by=editor, role=Role.CARRIES)

    with pytest.raises(DecisionError, match="undo that"):
        deciding.undo(candidate, by=editor)

    assert Figure.objects.get() == accepted


def test_what_is_public_is_not_undone(candidate, accepted, editor):
    publish(accepted, by=PersonFactory(role="publisher"), seen=version_of(accepted))

    with pytest.raises(DecisionError, match="retracted, not deleted"):
        deciding.undo(candidate, by=editor)

    candidate.refresh_from_db()
    assert candidate.state == CandidateState.ACCEPTED


def test_article_becomes_a_page_of_the_record_only_once(editor):
    page = PageFactory()
    first, second = ArticleFactory(), ArticleFactory()
    deciding.take_page(first, page, by=editor)

    with pytest.raises(DecisionError, match="is that page already"):
        deciding.take_page(second, page, by=editor)
    with pytest.raises(DecisionError, match="said already which page"):
        deciding.take_page(first, page, by=editor)


def test_retracted_figure_takes_nothing_in(candidate, editor):
    figure = CorrectionFactory(
        figure__status="retracted", figure__status_reason="misread"
    ).figure

    with pytest.raises(DecisionError, match="taken back"):
        deciding.merge(candidate, figure, by=editor, role=Role.CARRIES)
