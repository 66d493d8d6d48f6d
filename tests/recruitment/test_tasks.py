"""The shells that Celery calls."""

import pytest
from celery import current_app
from django.conf import settings

from recruitment.models import Estimate, Spread, Visit
from recruitment.tasks import rebuild_estimates, watch_sources
from tests.factories import FigureFactory, SourceFactory


@pytest.mark.django_db
def test_nightly_task_computes_all_that_follows_from_the_figures():
    FigureFactory()

    written = rebuild_estimates()

    assert written == Estimate.objects.count() > 0
    assert Spread.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("is_on", [True, False])
def test_hourly_task_visits_pages_where_fetching_is_switched_on(settings, is_on):
    settings.FETCHING = is_on
    SourceFactory(url="http://127.0.0.1/")  # which is refused, and nobody is asked

    assert watch_sources() == Visit.objects.count() == int(is_on)


def test_every_scheduled_task_is_one_that_the_worker_knows():
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert scheduled
    assert scheduled <= set(current_app.tasks)
