"""The shells that Celery calls."""

import pytest
from celery import current_app
from django.conf import settings

from recruitment.models import Estimate, Spread
from recruitment.tasks import rebuild_estimates
from tests.factories import FigureFactory


@pytest.mark.django_db
def test_nightly_task_computes_all_that_follows_from_the_figures():
    FigureFactory()

    written = rebuild_estimates()

    assert written == Estimate.objects.count() > 0
    assert Spread.objects.count() == 1


def test_every_scheduled_task_is_one_that_the_worker_knows():
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert scheduled
    assert scheduled <= set(current_app.tasks)
