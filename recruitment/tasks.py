"""Celery shells over plain functions: small, safe to run twice."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from recruitment import batches, exports, jobs, running
from recruitment.choices import JobKind
from recruitment.models import Heartbeat

TURNS = {"hour": "%Y-%m-%dT%H", "day": "%Y-%m-%d", "month": "%Y-%m"}


@shared_task
def run_job(key: int) -> None:
    running.run(key)


@shared_task
def sweep() -> None:
    jobs.sweep()


@shared_task
def ask_in_turn(kind: str, each: str) -> None:
    """Ask for what is to be done once an hour, day or month, however often this is called.

    The turn is the hour or day (UTC) in which the call is read, not its second: calls of two beats
    that go off at slightly different times, or that waited for a worker, are of one turn.
    The schedule must keep away from where one ends by more than clocks differ.
    """
    jobs.ask(JobKind(kind), once=f"{kind} {timezone.now():{TURNS[each]}}")


@shared_task
def forget() -> None:
    """Delete what was handed in or made for editors, and that nobody fetched in a week."""
    batches.forget_old()
    exports.forget_old()


@shared_task(bind=True)
def beat_heart(self: Any) -> None:
    """Leave a sign that messages reach this worker, and that it can write."""
    Heartbeat.objects.update_or_create(
        worker=self.request.hostname, defaults={"at": timezone.now()}
    )
