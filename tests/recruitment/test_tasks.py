"""The shells that Celery calls."""

from datetime import UTC, datetime

import pytest
from celery import current_app

from recruitment.choices import JobKind
from recruitment.models import Heartbeat, Job
from recruitment.tasks import ask_in_turn, beat_heart


def test_every_scheduled_task_is_one_that_the_worker_knows():
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}

    assert scheduled
    assert scheduled <= set(current_app.tasks)
