"""The shells that Celery calls."""

from celery import current_app

import recruitment.tasks  # noqa: F401 - names its tasks to Celery


def test_every_scheduled_task_is_one_that_the_worker_knows():
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}

    assert scheduled
    assert scheduled <= set(current_app.tasks)
