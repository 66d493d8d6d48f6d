"""Whether jobs are done: what was last heard of the workers, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db.models import Max, Min

from recruitment.choices import JobState
from recruitment.models import Heartbeat, Job

# Each minute a message asks a worker for a heartbeat. One that no longer hears messages
# is found when this is over, though its process still runs.
SILENCE = timedelta(minutes=5)
WAIT = timedelta(minutes=10)


@dataclass(frozen=True)
class Pulse:
    """How jobs stand at one moment."""

    at: datetime
    heard_at: datetime | None  # a heartbeat, or a lease that was renewed
    workers: int  # that were heard not long ago
    waiting: int
    waiting_since: datetime | None
    running: int

    @classmethod
    def taken(cls, at: datetime) -> Self:
        heartbeats = Heartbeat.objects.all()
        waiting = Job.objects.filter(state=JobState.QUEUED)
        running = Job.objects.filter(state=JobState.RUNNING, held_until__gte=at)
        # A worker that is busy with one long job has no time for heartbeats.
        until: datetime | None = running.aggregate(Max("held_until"))["held_until__max"]
        signs = [
            heartbeats.aggregate(Max("at"))["at__max"],
            until and until - settings.JOB_LEASE,
        ]
        return cls(
            at=at,
            heard_at=max((sign for sign in signs if sign), default=None),
            workers=heartbeats.filter(at__gte=at - SILENCE).count(),
            waiting=waiting.count(),
            waiting_since=waiting.aggregate(Min("asked_at"))["asked_at__min"],
            running=running.count(),
        )

    def troubles(self) -> Iterator[str]:
        """Say in words what is wrong; nothing where all is well."""
        if self.heard_at is None:
            yield "No worker was ever heard."
        elif self.at - self.heard_at > SILENCE:
            yield f"No worker was heard for {_minutes(self.at - self.heard_at)}."
        if self.waiting_since and not self.running:
            waited = self.at - self.waiting_since
            if waited > WAIT:
                yield f"A job waits for {_minutes(waited)}, and none is done."


def _minutes(time: timedelta) -> str:
    return f"{int(time.total_seconds() // 60):,} minutes"
