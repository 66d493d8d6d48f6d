"""What an editor decides on articles and candidates; nothing of it is public yet.

An accepted candidate becomes a draft, and a merged one a further page of a figure. Both go
out by reviewing.py, when a second person has looked. Until then a decision can be undone.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from recruitment.choices import CandidateState, RejectReason, Role, Status
from recruitment.exporting import row_of
from recruitment.importing import delete_citation, delete_draft
from recruitment.models import Article, Candidate, Citation, Figure, Source
from recruitment.passages import paragraph_at
from recruitment.proposing import figure_slug
from recruitment.publishing import publishing
from recruitment.reviewing import (
    DecisionError,
    allow,
    at_its_turn,
    page_as_read,
    reason_to_be_alone,
    type_row,
    write,
)


def name_page(
    article: Article, row: type_row, *, by: User, publisher: type_row | None = None
) -> Source:
    """Enter the page that an article is; it is held back until a figure needs it.

    `publisher` is the row of one that is not in the record yet.
    """
    allow(by, "review")
    with publishing("a page was entered"):
        _without_page(article)
        publishers = [publisher] if publisher else []
        read = row | {"file_sha256": article.text_sha256}
        rows = {"publishers": publishers, "sources": [read]}
        write(rows, reason="entered from an article", by=by)
        return _take(article, Source.objects.get(slug=row["slug"]))


def take_page(article: Article, source: Source, *, by: User) -> Source:
    """Say that an article is a page that the record has."""
    allow(by, "review")
    with publishing("a page was found"):
        _without_page(article)
        if other := Article.objects.filter(source=source).first():
            raise DecisionError(
                f"“{other.title}” on the desk is that page already: its text differs."
            )
        return _take(article, source)


def _without_page(article: Article) -> None:
    if Article.objects.get(pk=article.pk).source_id:
        raise DecisionError("Somebody has said already which page it is.")


def _take(article: Article, source: Source) -> Source:
    article.source = source
    article.save(update_fields=["source"])
    return source


def judge(candidate: Candidate, credibility: int, *, by: User) -> None:
    """Keep how credible the passage is by itself, before the claimant's record is seen."""
    allow(by, "review")
    with publishing("a candidate was judged"):
        held = _open(candidate)
        held.credibility, held.judged_by = credibility, by
        held.save(update_fields=["credibility", "judged_by"])


def accept(
    candidate: Candidate,
    values: type_row,
    *,
    by: User,
    claimant: type_row | None = None,
) -> Figure:
    """Make a draft of a candidate, cited with the place of its very words.

    `values` are a figure's fields but for what follows from the candidate; `claimant` is
    the row of one that is not in the record yet.
    """
    allow(by, "review")
    with publishing("a candidate became a draft"):
        held = _open(candidate)
        if held.credibility is None or held.judged_by_id != by.pk:
            raise DecisionError("Judge the passage first, by itself.")
        row = values | {
            "slug": figure_slug(values),
            "credibility": held.credibility,
            "status": Status.DRAFT.value,
            "status_reason": None,
            "citations": [citation_of(held)],
        }
        claimants = [claimant] if claimant else []
        rows = {"claimants": claimants, "figures": [row]}
        write(rows, reason="accepted from an article", by=by)
        figure: Figure = Figure.objects.get(slug=row["slug"])
        _decide(held, CandidateState.ACCEPTED, by, figure=figure)
        return figure


def edit(
    figure: Figure, row: type_row, *, by: User, seen: str, claimant: type_row | None
) -> None:
    """Write a draft anew; whoever does so becomes an author of it."""
    allow(by, "review")
    with publishing("a draft was edited"):
        held = at_its_turn(figure, seen)
        if held.status != Status.DRAFT or row["status"] != Status.DRAFT:
            raise DecisionError("It is public: correct it instead.")
        claimants = [claimant] if claimant else []
        write({"claimants": claimants, "figures": [row]}, reason="edited", by=by)


def citation_of(candidate: Candidate) -> dict[str, Any]:
    """Give a candidate's citation as a row has it.

    Without a place where the record read another text of that page: its characters would
    be counted in the wrong one.
    """
    article = candidate.article
    if article.source is None:
        raise DecisionError("Say first which page the article is.")
    is_same = article.source.text_sha256 in (None, article.text_sha256)
    locator = {
        "paragraph": paragraph_at(article.text, candidate.start),
        "start": candidate.start,
        "end": candidate.end,
    }
    return {
        "source": article.source.slug,
        "role": candidate.role,
        "locator": locator if is_same else None,
        "passage_sha256": sha256(candidate.passage.encode()).hexdigest()
        if is_same
        else None,
    }


def merge(
    candidate: Candidate, figure: Figure, *, by: User, role: Role, note: str = ""
) -> None:
    """Say that a candidate is a figure that the record has, on a further page.

    A draft cites the page at once. A public figure does when a second person says so.
    """
    allow(by, "review")
    with publishing("a candidate was merged"):
        held = _open(candidate)
        held.role = role
        citation = citation_of(held)
        into = Figure.objects.get(pk=figure.pk)
        row = row_of(into)
        if citation["source"] in {one["source"] for one in row["citations"]}:
            raise DecisionError(
                "That figure cites this page already: reject the candidate as known."
            )
        if into.status == Status.RETRACTED:
            raise DecisionError("That figure was taken back.")
        if into.status == Status.DRAFT:
            row["citations"].append(citation)
            write({"figures": [row]}, reason="merged from an article", by=by)
        _decide(held, CandidateState.MERGED, by, figure=into, note=note)


def cite(candidate: Candidate, *, by: User, alone: str = "") -> None:
    """Let a public figure cite the page of a candidate that another merged into it."""
    allow(by, "publish")
    with publishing("pages were added to figures"):
        held = Candidate.objects.waiting_to_be_cited().filter(pk=candidate.pk).first()
        if held is None:
            raise DecisionError("It is cited already, or no longer merged.")
        reason = "page added"
        if held.decided_by_id == by.pk:
            reason = reason_to_be_alone(by, alone)
        row = row_of(held.figure)
        row["citations"].append(citation_of(held))
        pages = [page_as_read(held.article)]
        write({"sources": pages, "figures": [row]}, reason=reason, by=by)


def reject(
    candidate: Candidate, *, by: User, reason: RejectReason, note: str = ""
) -> None:
    allow(by, "review")
    with publishing("a candidate was rejected"):
        held = _open(candidate)
        held.reject_reason = reason
        _decide(held, CandidateState.REJECTED, by, note=note)


def undo(candidate: Candidate, *, by: User) -> None:
    """Open a decided candidate again, as long as nothing of it is public."""
    allow(by, "review")
    with publishing("a decision was undone"):
        held = Candidate.objects.select_related("figure", "article__source").get(
            pk=candidate.pk
        )
        figure = held.figure
        accepted = held.state == CandidateState.ACCEPTED
        if figure and accepted and figure.candidates.exclude(pk=held.pk).exists():
            raise DecisionError(
                "Another candidate is merged into its draft: undo that."
            )
        held.state, held.figure, held.reject_reason = CandidateState.OPEN, None, None
        held.decided_by = held.decided_at = None
        held.note = ""
        held.save()
        if figure and accepted:
            _take_back(figure, by)
        elif figure:
            for citation in figure.citations.filter(source=held.article.source):
                _take_out(citation, figure, by)
        Article.objects.filter(pk=held.article_id).update(closed_at=None)


def _take_back(figure: Figure, by: User) -> None:
    try:
        delete_draft(figure, reason="its acceptance was undone", by=by)
    except ValueError as error:
        raise DecisionError(str(error)) from error


def _take_out(citation: Citation, figure: Figure, by: User) -> None:
    if figure.status != Status.DRAFT:
        raise DecisionError("The page is public under that figure: correct the figure.")
    delete_citation(citation, reason="its merging was undone", by=by)


def close(article: Article, *, by: User) -> None:
    """Put an article away; what is still open in it stays so."""
    allow(by, "review")
    Article.objects.filter(pk=article.pk).update(closed_at=timezone.now())


def _open(candidate: Candidate) -> Candidate:
    """Read a candidate while no other writer has the turn; refuse one that is decided."""
    candidates = Candidate.objects.select_related("article__source")
    held: Candidate = candidates.get(pk=candidate.pk)
    if held.state != CandidateState.OPEN:
        raise DecisionError("Somebody has decided it already.")
    return held


def _decide(
    candidate: Candidate,
    state: CandidateState,
    by: User,
    figure: Figure | None = None,
    note: str = "",
) -> None:
    candidate.state, candidate.figure, candidate.note = state, figure, note.strip()
    candidate.decided_by, candidate.decided_at = by, timezone.now()
    candidate.save()
    article = candidate.article
    if not article.candidates.filter(state=CandidateState.OPEN).exists():
        close(article, by=by)
