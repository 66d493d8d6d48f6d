"""The outbox: a job's row is written with what it is about, its message sent afterwards.

`running.run` does what is asked for here. A message may be lost or come twice: `sweep`
sends it again, and the row says whether somebody has the job.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import KombuError
from redis import RedisError

from recruitment.choices import JobKind, JobState
from recruitment.models import Heartbeat, Job, Upload

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5  # which `sweep` tells in words
MOST_SENT_AT_ONCE = 100
JOBS_KEPT = timedelta(days=90)
# As long as somebody may want to have a failed job done again.
UPLOADS_OF_FAILED_KEPT = timedelta(days=7)
HEARTBEATS_KEPT = timedelta(days=1)
SECONDS_PROGRESS_IS_KEPT = 3600
OUTAGES = (KombuError, RedisError, OSError)


class RetryRefusedError(ValueError):
    """A job that has not failed, and so cannot be tried again."""


def ask(
    kind: JobKind,
    *,
    by: User | None = None,
    once: str | None = None,
    upload: Upload | None = None,
    **arguments: Any,
) -> Job:
    """Have a job done when the caller's transaction is committed, and not if it fails.

    What is the same `once` is one job: whoever asks again gets the job that was there.
    """
    with transaction.atomic():
        now = timezone.now()
        asked = {
            "kind": kind,
            "arguments": arguments,
            "upload": upload,
            "asked_by": by,
            "asked_at": now,
            "sent_at": now,
        }
        if once is None:
            job, is_new = Job.objects.create(**asked), True
        else:
            job, is_new = Job.objects.get_or_create(once=once, defaults=asked)
        if is_new:
            transaction.on_commit(partial(_send, job.pk), robust=True)
    return job


def retry(job: Job, by: User | None) -> None:
    """Have a failed job done again, by the will of somebody who read why it failed."""
    with transaction.atomic():
        now = timezone.now()
        queued = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.QUEUED,
            asked_by=by,
            asked_at=now,
            sent_at=now,
            ended_at=None,
            attempts=0,
            told="",
        )
        if not queued:
            raise RetryRefusedError("Only a job that has failed can be tried again.")
        transaction.on_commit(partial(_send, job.pk), robust=True)
    job.refresh_from_db()


def tell(job: Job, done: int, of: int) -> None:
    """Say how far a job is.

    In the cache, not in its row: the transaction in which it writes would hide that.
    """
    try:
        caches["shared"].set(_progress_of(job), (done, of), SECONDS_PROGRESS_IS_KEPT)
    except OUTAGES as error:
        logger.warning("The progress of job %s is not told: %s", job.pk, error)


def progress(job: Job) -> tuple[int, int] | None:
    """Give how much of a running job is done, and of how much; null where it is silent."""
    if job.state != JobState.RUNNING:
        return None
    try:
        told: tuple[int, int] | None = caches["shared"].get(_progress_of(job))
    except OUTAGES as error:
        logger.warning("The progress of job %s is not known: %s", job.pk, error)
        return None
    return told


def sweep() -> int:
    """Send what has no message, take up what a lost worker had, forget what is over.

    Gives the number of messages sent.
    """
    now = timezone.now()
    lost = Job.objects.lost(now)
    lost.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=JobState.FAILED,
        ended_at=now,
        told="The worker was lost five times while it did this.",
    )
    lost.update(state=JobState.QUEUED, sent_at=None)
    unsent = Job.objects.unsent(now - settings.JOB_RESENT_AFTER)[:MOST_SENT_AT_ONCE]
    keys = list(unsent.values_list("pk", flat=True))
    Job.objects.filter(pk__in=keys).update(sent_at=now)
    for key in keys:
        _send(key)
    _forget(now)
    return len(keys)


def _send(key: int) -> None:
    """Tell the workers of a job; without a broker, leave that to the next sweep."""
    try:
        current_app.send_task("recruitment.tasks.run_job", [key], retry=False)
    except OUTAGES as error:
        logger.warning("Job %s waits, as the broker does not answer: %s", key, error)
        Job.objects.filter(pk=key).update(sent_at=None)


def _forget(now: datetime) -> None:
    Job.objects.filter(ended_at__lt=now - JOBS_KEPT).delete()
    needed = Job.objects.exclude(state=JobState.DONE).exclude(
        ended_at__lt=now - UPLOADS_OF_FAILED_KEPT
    )
    Upload.objects.filter(jobs__isnull=False).exclude(jobs__in=needed).delete()
    Heartbeat.objects.filter(at__lt=now - HEARTBEATS_KEPT).delete()


def _progress_of(job: Job) -> str:
    return f"progress of {job.pk}, attempt {job.attempts}".replace(" ", "-")
