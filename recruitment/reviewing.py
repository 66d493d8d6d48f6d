"""What a second person decides: drafts go out, and what is out is corrected in public.

The rules are kept here and not in pages, so that no way leads past them. What cannot be
decided raises DecisionError, in words for the editor; who may not decide it, PermissionDenied.
Everything is checked again while no other writer has the turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from recruitment import revisions
from recruitment.choices import CorrectionKind, Status, StatusReason
from recruitment.dataset import Refusal
from recruitment.exporting import row_of
from recruitment.importing import write_rows
from recruitment.models import (
    Article,
    Citation,
    Claimant,
    Correction,
    Figure,
    Remark,
    Source,
)
from recruitment.publishing import publishing

ALONE = "published alone: "
LONGEST_REASON = 80  # what history keeps of one, beside the words before it
# Why something public may be changed; the other reasons only hold back drafts.
REASONS = (
    StatusReason.MISREAD,
    StatusReason.PROBABLE_ERROR,
    StatusReason.WITHDRAWN,
    StatusReason.NEWER_CLAIM,
)
type_row = dict[str, Any]  # as exporting.row_of gives it


class DecisionError(ValueError):
    """What cannot be decided, in words for the editor; by field, where it is one's fault."""

    def __init__(self, words: str, refusals: list[Refusal] | None = None) -> None:
        super().__init__(words)
        self.refusals = refusals or []


def allow(by: User, permission: str) -> None:
    if not by.has_perm(f"recruitment.{permission}"):
        raise PermissionDenied(f"{by.get_username()} lacks {permission}")


def write(
    rows: Mapping[str, list[type_row]], *, reason: str, by: User, hold_back: bool = True
) -> None:
    """Write rows through the one writer, or raise what it refuses."""
    report = write_rows(rows, reason=reason, by=by, hold_back=hold_back)
    if report.refusals:
        words = "; ".join(
            f"{one.field}: {one.reason}" if one.field else one.reason
            for one in report.refusals
        )
        raise DecisionError(f"The record refuses it. {words}", report.refusals)


def version_of(figure: Figure) -> str:
    """Name what a figure, its citations, its pages and its claimant say at present.

    A form carries it, so that nobody decides on what was changed after they had read it.
    """
    cited = Citation.history.filter(figure_id=figure.pk)
    pages = figure.citations.values("source_id")
    said = Q(id=figure.claimant_id) | Q(id=figure.evidence_origin_id)
    parts = (
        figure.history.all(),
        cited,
        Source.history.filter(id__in=pages),
        Claimant.history.filter(said),
    )
    newest = (part.aggregate(newest=Max("history_id"))["newest"] or 0 for part in parts)
    return ".".join(map(str, newest))


def authors_of(figure: Figure) -> set[int]:
    """Give the keys of those who wrote what a draft says, since it was last public.

    Nobody is known for what came in from a file without a name; then everybody is a
    second person.
    """
    entries = figure.history.order_by("history_id")
    public = entries.exclude(status=Status.DRAFT).last()
    cited = Citation.history.filter(figure_id=figure.pk)
    if public:
        entries = entries.filter(history_id__gt=public.history_id)
        cited = cited.filter(history_date__gt=public.history_date)
    writers = {entry.history_user_id for entry in (*entries, *cited)}
    return writers - {None}


def publish(figure: Figure, *, by: User, seen: str, alone: str = "") -> None:
    """Publish a draft that somebody else wrote; `seen` is its version as it was read.

    Whoever wrote it may publish it only with the permission for it, and a reason, which
    stays in its history.
    """
    allow(by, "publish")
    with publishing("figures were published"):
        draft = at_its_turn(figure, seen)
        if draft.status != Status.DRAFT:
            raise DecisionError("It is public already: somebody was faster.")
        reason = "published"
        if by.pk in authors_of(draft):
            reason = reason_to_be_alone(by, alone)
        row = row_of(draft) | {"status": Status.PUBLISHED.value, "status_reason": None}
        read = Article.objects.filter(source__citations__figure=draft)
        pages = [page_as_read(article) for article in read.select_related("source")]
        write({"sources": pages, "figures": [row]}, reason=reason, by=by)


def page_as_read(article: Article) -> type_row:
    """Give the row of an article's page, with the digest of the text that was read."""
    row = row_of(article.source)
    return row | {"file_sha256": row["file_sha256"] or article.text_sha256}


def reason_to_be_alone(by: User, alone: str) -> str:
    """Give what history says of a decision without a second person; refuse it else."""
    if not by.has_perm("recruitment.publish_alone"):
        raise DecisionError("You wrote it: a second person has to publish it.")
    if not alone.strip():
        raise DecisionError("You wrote it: say why nobody else can look at it.")
    if len(alone) > LONGEST_REASON:
        raise DecisionError(f"Say why in at most {LONGEST_REASON} characters.")
    return f"{ALONE}{alone.strip()}"


def remark(figure: Figure, words: str, *, by: User, sends_back: bool = False) -> Remark:
    """Tell the others something of a draft; send it back to its author, if asked to."""
    allow(by, "publish" if sends_back else "review")
    if figure.status != Status.DRAFT:
        raise DecisionError("It is public already: correct it instead.")
    if not words.strip():
        raise DecisionError("Say what should be changed.")
    return Remark.objects.create(
        figure=figure, words=words, sends_back=sends_back, by=by, at=timezone.now()
    )


def is_sent_back(draft: Figure) -> bool:
    """Tell whether a draft waits for its author: nothing came after the last remark."""
    last = draft.remarks.last()
    changed = draft.history.aggregate(at=Max("history_date"))["at"]
    return bool(last and last.sends_back and (changed is None or last.at > changed))


def correct(
    figure: Figure,
    row: type_row,
    *,
    reason: str,
    note: str,
    by: User,
    asked_by: str = "",
    asked_on: date | None = None,
    seen: str | None = None,
) -> Correction:
    """Write a public figure anew, and say in public what was wrong.

    `row` is the whole row, as exporting.row_of gives it, with the changes made.
    """
    with transaction.atomic():
        with publishing(_told(CorrectionKind.CORRECTION, reason)):
            held = _to_correct(figure, reason, note, by, asked_on, seen)
            old = row_of(held)
            if any(row[name] != old[name] for name in ("slug", "status")):
                raise DecisionError("A correction keeps public id and status.")
            if row == old:
                raise DecisionError("Nothing was changed.")
            write({"figures": [row]}, reason=f"corrected: {reason}", by=by)
        return Correction.objects.create(
            figure=held,
            kind=CorrectionKind.CORRECTION,
            reason=reason,
            note=note.strip(),
            asked_by=asked_by.strip(),
            asked_on=asked_on,
            revision=revisions.current(),
            made_by=by,
        )


def retract(
    figure: Figure,
    *,
    reason: str,
    note: str,
    by: User,
    successor: Figure | None = None,
    asked_by: str = "",
    asked_on: date | None = None,
    seen: str | None = None,
) -> Correction:
    """Take a public figure back, and say in public why, and what stands in for it."""
    with transaction.atomic():
        with publishing(_told(CorrectionKind.RETRACTION, reason)):
            held = _to_correct(figure, reason, note, by, asked_on, seen)
            if successor and (
                successor == held
                or successor.status in (Status.DRAFT, Status.RETRACTED)
            ):
                raise DecisionError("What stands in for it must be public, and hold.")
            row = row_of(held) | {
                "status": Status.RETRACTED.value,
                "status_reason": reason,
            }
            write({"figures": [row]}, reason=f"retracted: {reason}", by=by)
        return Correction.objects.create(
            figure=held,
            kind=CorrectionKind.RETRACTION,
            reason=reason,
            note=note.strip(),
            asked_by=asked_by.strip(),
            asked_on=asked_on,
            successor=successor,
            revision=revisions.current(),
            made_by=by,
        )


def _told(kind: CorrectionKind, reason: str) -> str:
    label = StatusReason(reason).label if reason in StatusReason.values else reason
    return f"a figure was {kind.label.lower()}: {label}"


def _to_correct(
    figure: Figure,
    reason: str,
    note: str,
    by: User,
    asked_on: date | None,
    seen: str | None,
) -> Figure:
    """Give a public figure as it is now, unless it may not be corrected so."""
    allow(by, "publish")
    if reason not in REASONS:
        raise DecisionError("Say why, by one of the reasons for what is public.")
    if not note.strip():
        raise DecisionError("Say in public what was wrong.")
    if asked_on and asked_on > timezone.now().date():
        raise DecisionError("We cannot have been asked on a day to come.")
    held = at_its_turn(figure, seen)
    if held.status == Status.DRAFT:
        raise DecisionError("A draft is edited, not corrected: nobody has seen it.")
    if held.status == Status.RETRACTED:
        raise DecisionError("It was taken back already.")
    return held


def at_its_turn(figure: Figure, seen: str | None) -> Figure:
    """Read a figure while no other writer has the turn; refuse what is not as it was read."""
    held: Figure | None = Figure.objects.filter(pk=figure.pk).first()
    if held is None:
        raise DecisionError("Somebody has deleted it meanwhile.")
    if seen is not None and version_of(held) != seen:
        raise DecisionError("It was changed after you had opened it. Read it again.")
    return held
