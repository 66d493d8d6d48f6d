"""Files of rows that come in over the desk: tried out, looked at by a second person, written.

The rules are kept here and not in pages, as in reviewing.py.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from recruitment import jobs
from recruitment.choices import JobKind, JobState
from recruitment.dataset import Report
from recruitment.importing import REASON
from recruitment.models import Batch, Job
from recruitment.publishing import publishing
from recruitment.reviewing import DecisionError, allow, reason_to_be_alone
from recruitment.running import type_effect, type_tell
from recruitment.trying import type_numbered, written
from recruitment.uploads import MOST_BYTES, read_upload

KEPT = timedelta(days=7)


def bring(
    name: str, content: bytes, *, by: User, file: str = "", reason: str = ""
) -> Batch:
    """Take a file in, and have it tried out."""
    allow(by, "review")
    if len(content) > MOST_BYTES:  # said as reading would, but not kept for it
        read_upload(name, content, file, Report())
    with transaction.atomic():
        batch = Batch.objects.create(
            name=name[:200],
            content=content,
            sha256=sha256(content).hexdigest(),
            file=file,
            reason=reason.strip() or REASON,
            brought_by=by,
            brought_at=timezone.now(),
        )
        try_out(batch, by=by)
    return batch


def try_out(batch: Batch, *, by: User) -> None:
    """Ask for a trial, as the record may have changed since the last one."""
    allow(by, "review")
    with transaction.atomic():
        held = _at_its_turn(batch)
        held.outcome = {}
        held.job = jobs.ask(JobKind.IMPORT_ROWS, by=by, batch=held.pk)
        held.save(update_fields=["outcome", "job"])


def let_in(batch: Batch, *, by: User, seen: str, alone: str = "") -> None:
    """Have a batch written just as its trial, which `seen` names, has shown it.

    Where something public changes, whoever handed it in may not decide that alone.
    """
    allow(by, "publish")
    with transaction.atomic():
        held = _at_its_turn(batch)
        if not held.outcome or held.outcome["digest"] != seen:
            raise DecisionError("It was tried out anew after you had looked at it.")
        if held.outcome["refused"]:
            raise DecisionError("Rows of it are refused; all come in, or none.")
        if not held.outcome["to_write"]:
            raise DecisionError("There is nothing to write: all of it is known.")
        if held.outcome["public"] and by == held.brought_by:
            reason_to_be_alone(by, alone)
            held.alone = alone.strip()
        held.confirmed_by = by
        held.job = jobs.ask(
            JobKind.IMPORT_ROWS,
            by=by,
            once=f"write batch {held.pk} as job {held.job_id} tried it out",
            batch=held.pk,
            write=True,
        )
        held.save(update_fields=["alone", "confirmed_by", "job"])


def give_up(batch: Batch, *, by: User) -> None:
    """Drop a file that is not to come in."""
    allow(by, "review")
    with transaction.atomic():
        _at_its_turn(batch).delete()


def forget_old() -> None:
    """Drop the bytes of what nobody let in within a week."""
    before = timezone.now() - KEPT
    old = Batch.objects.filter(written_at=None, brought_at__lt=before)
    old.exclude(content=b"").update(content=b"", outcome={})


def import_rows(job: Job, tell: type_tell) -> type_effect:
    """Try a batch out, or write it: the work of a job."""
    batch = Batch.objects.select_related("brought_by", "confirmed_by").get(
        pk=job.arguments["batch"]
    )
    _refuse_what_is_over(batch)
    report = Report()
    rows = read_upload(batch.name, bytes(batch.content), batch.file, report)
    if job.arguments.get("write"):
        return lambda: _write(batch, rows, report, tell)
    outcome = _outcome(batch, rows, report, tell, dry_run=True)
    return lambda: _keep(batch, outcome)


def _keep(batch: Batch, outcome: dict[str, Any]) -> dict[str, Any]:
    batch.outcome = outcome
    batch.save(update_fields=["outcome"])
    if refused := outcome["refused"]:
        return {"told": f"Refused {refused:,} times; all rows come in, or none."}
    return {"told": f"{outcome['to_write']:,} rows would be written."}


def _write(
    batch: Batch, rows: type_numbered, report: Report, tell: type_tell
) -> dict[str, Any]:
    expected = batch.outcome.get("digest")
    with transaction.atomic():
        outcome = _outcome(batch, rows, report, tell)
        if outcome["digest"] != expected:
            raise DecisionError(
                "The record has changed since this was tried out, and other rows would"
                " be written than were shown. Nothing was: try it out again."
            )
        batch.written_at = timezone.now()
        batch.content = b""
        batch.save(update_fields=["written_at", "content"])
    return {"told": f"{outcome['to_write']:,} rows were written."}


def _outcome(
    batch: Batch,
    rows: type_numbered,
    report: Report,
    tell: type_tell,
    *,
    dry_run: bool = False,
) -> dict[str, Any]:
    with publishing(batch.reason):
        return written(
            rows,
            report,
            about=batch.sha256,
            reason=_signed(batch),
            by=batch.brought_by,
            tell=tell,
            dry_run=dry_run,
        )


def _signed(batch: Batch) -> str:
    """Say in the history of each row how it came in."""
    if batch.alone and batch.confirmed_by:
        return reason_to_be_alone(batch.confirmed_by, batch.alone)
    return f"imported: {batch.reason}"


def _refuse_what_is_over(batch: Batch) -> None:
    if batch.written_at:
        raise DecisionError("It is written already.")
    if not batch.content:
        raise DecisionError("Its bytes were dropped after a week; hand it in again.")


def _at_its_turn(batch: Batch) -> Batch:
    """Read a batch while nobody else decides on it; refuse what a worker is still at."""
    held = Batch.objects.select_for_update(of=["self"]).select_related("job")
    found = held.filter(pk=batch.pk).first()
    if found is None:
        raise DecisionError("Somebody has dropped it meanwhile.")
    _refuse_what_is_over(found)
    if found.job and found.job.state in (JobState.QUEUED, JobState.RUNNING):
        raise DecisionError("A worker is still at it.")
    return found
