"""Running a job so that its effect happens exactly once, whatever dies when.

A handler is a function `work(job, tell)`. What takes long it does at once, outside of any
transaction; what is to stay it leaves to the function that it gives back, which is called
in the transaction that marks the job as done:

    def read_article(job: Job, tell: type_tell) -> type_effect:
        candidates = extract(job.upload.content)  # long; may be done twice, or in vain
        tell(1, 2)

        def effect() -> dict[str, Any]:
            article = keep(candidates)  # once
            return {"article": article.pk, "told": "Nine candidates were found."}

        return effect

`settings.JOB_HANDLERS` names the handler of each kind. A ValueError is told to whoever
asked, in its own words; every other error stays in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Any, Self
from uuid import uuid4

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from recruitment import jobs
from recruitment.choices import JobState
from recruitment.models import Job

logger = logging.getLogger(__name__)

type_tell = Callable[[int, int], None]
type_effect = Callable[[], dict[str, Any] | None]
type_handler = Callable[[Job, type_tell], type_effect]

SECONDS_BETWEEN_TELLINGS = 0.25


class HandedOnError(Exception):
    """A run that comes to its end when the job is no longer its own."""


def run(key: int) -> None:
    """Do a job, unless it is done, or somebody has it."""
    job = _take(key)
    if job is None:
        return
    with Lease(job):
        try:
            _work(job)
        except HandedOnError:
            logger.warning("Job %s was handed on: a run of it came to nothing.", key)
        except (OperationalError, InterfaceError):
            # It is not the job's fault: another attempt follows when the lease ends.
            logger.exception("The database failed job %s.", key)
        except SoftTimeLimitExceeded:
            logger.exception("Job %s took too long.", key)
            _fail(job, "It took too long and was stopped.")
        except ValueError as refusal:
            logger.info("Job %s was refused.", key, exc_info=True)
            _fail(job, str(refusal))
        except Exception:
            logger.exception("Job %s failed.", key)
            _fail(job, f"Something went wrong here; the log says what, at job {key}.")


def _take(key: int) -> Job | None:
    """Make a waiting job this run's own; only one of two runs can."""
    now = timezone.now()
    taken = Job.objects.filter(pk=key, state=JobState.QUEUED).update(
        state=JobState.RUNNING,
        holder=str(uuid4()),
        held_until=now + settings.JOB_LEASE,
        started_at=now,
        attempts=F("attempts") + 1,
    )
    return (
        Job.objects.select_related("upload", "asked_by").get(pk=key) if taken else None
    )


def _work(job: Job) -> None:
    effect = handler_of(job.kind)(job, _teller(job))
    with transaction.atomic():
        result = dict(effect() or {})
        told = result.pop("told", "")
        if not _end(job, JobState.DONE, told=told, result=result):
            raise HandedOnError  # which takes the effect back


def handler_of(kind: str) -> type_handler:
    """Give what does jobs of a kind; ValueError where nothing does."""
    if kind not in settings.JOB_HANDLERS:
        raise ValueError("No worker knows how to do this.")
    handler: type_handler = import_string(settings.JOB_HANDLERS[kind])
    return handler


def _teller(job: Job) -> type_tell:
    """Give what tells how far the job is, but not more often than a page asks."""
    told_at = 0.0

    def tell(done: int, of: int) -> None:
        nonlocal told_at
        if done >= of or monotonic() - told_at >= SECONDS_BETWEEN_TELLINGS:
            told_at = monotonic()
            jobs.tell(job, done, of)

    return tell


def _fail(job: Job, told: str) -> None:
    _end(job, JobState.FAILED, told=told)


def _end(job: Job, state: JobState, **values: Any) -> bool:
    """End a job; false where it is no longer this run's."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, holder=job.holder)
    return bool(mine.update(state=state, ended_at=timezone.now(), **values))


class Lease:
    """Says again and again that a job's worker is alive, until the job has ended.

    If the worker is killed, so is this, and the sweep hands the job on.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.is_over = Event()
        self.thread = Thread(target=self._renew, name="lease", daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.thread.join()

    def _renew(self) -> None:
        mine = Job.objects.filter(
            pk=self.job.pk, state=JobState.RUNNING, holder=self.job.holder
        )
        while not self.is_over.wait(settings.JOB_LEASE_RENEWED_EVERY.total_seconds()):
            try:
                mine.update(held_until=timezone.now() + settings.JOB_LEASE)
            except (OperationalError, InterfaceError) as error:
                # Such as SQLite while the job itself writes; the next time may do.
                logger.info("The lease of job %s waits: %s", self.job.pk, error)
            finally:
                connection.close()
