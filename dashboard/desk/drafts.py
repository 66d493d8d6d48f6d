"""Drafts as the desk lists them: whose turn it is, and what was done alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Max

from recruitment.choices import Status
from recruitment.models import Candidate, Citation, Figure, Remark
from recruitment.reviewing import ALONE


@dataclass(frozen=True)
class Draft:
    """A draft, and whose turn it is."""

    figure: Figure
    authors: list[str]
    since: datetime | None
    is_mine: bool
    is_sent_back: bool
    is_from_desk: bool

    @property
    def turn(self) -> str:
        if self.is_sent_back:
            return "sent back to you" if self.is_mine else "sent back"
        return "waits for somebody else" if self.is_mine else "waits for you"


def waiting_drafts(person: User) -> list[Draft]:
    """Give every draft: first what waits for this person, and of that the desk's own.

    The history of all is read at once; only what was written since a draft was last public
    counts, as reviewing.authors_of has it.
    """
    figures = list(
        Figure.objects.filter(status=Status.DRAFT)
        .select_related("country", "claimant", "evidence_origin")
        .annotate(read=Count("candidates"))
    )
    written = _written(one.pk for one in figures)
    people = dict(User.objects.values_list("pk", "username"))
    returned = _last_remarks()
    drafts = []
    for figure in figures:
        since, authors = written.get(figure.pk, (None, set()))
        back = returned.get(figure.pk)
        drafts.append(
            Draft(
                figure,
                sorted(people[pk] for pk in authors if pk in people),
                since,
                is_mine=person.pk in authors,
                is_sent_back=bool(back and (since is None or back > since)),
                is_from_desk=bool(authors or figure.read),
            )
        )
    drafts.sort(key=lambda one: one.figure.slug)
    drafts.sort(key=lambda one: (not one.is_from_desk, one.turn != "waits for you"))
    return drafts


def _written(pks: Iterable[int]) -> dict[int, tuple[datetime, set[int]]]:
    """Give when each draft was last written, and by whom since it was last public."""
    drafts = list(pks)
    entries: list[dict[str, Any]] = [
        *Figure.history.filter(id__in=drafts).values(
            "id", "status", "history_date", "history_user_id", "history_id"
        )
    ]
    entries.sort(key=lambda entry: entry["history_id"])
    found: dict[int, tuple[datetime, set[int]]] = {}
    for entry in entries:
        pk, day = entry["id"], entry["history_date"]
        if entry["status"] != Status.DRAFT:
            found.pop(pk, None)
            continue
        _, authors = found.get(pk, (day, set()))
        found[pk] = (day, authors | ({entry["history_user_id"]} - {None}))
    cited = Citation.history.filter(figure_id__in=drafts, history_user__isnull=False)
    for pk, author in cited.values_list("figure_id", "history_user_id"):
        if pk in found:
            found[pk][1].add(author)
    return found


def _last_remarks() -> dict[int, datetime]:
    """Give when each draft was sent back, unless something was said after that."""
    last = Remark.objects.values("figure").annotate(last=Max("pk")).values("last")
    remarks = Remark.objects.filter(pk__in=last, sends_back=True)
    return dict(remarks.values_list("figure_id", "at"))


def published_alone() -> list[Any]:
    """Give the entries of history that say that nobody else had looked."""
    entries = Figure.history.filter(history_change_reason__startswith=ALONE)
    pages = Citation.history.filter(
        history_change_reason__startswith=ALONE, figure__isnull=False
    )
    found = [
        *entries.select_related("history_user"),
        *pages.select_related("history_user", "figure"),
    ]
    found.sort(key=lambda entry: entry.history_date, reverse=True)
    return found


def read_in(figure: Figure) -> list[Candidate]:
    """Give the candidates that became a figure, with the articles that they were read in."""
    found = figure.candidates.select_related("article__source", "country", "decided_by")
    return list(found)
