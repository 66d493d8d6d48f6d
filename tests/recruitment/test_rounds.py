"""What comes round by itself."""

import pytest

from recruitment import jobs, running
from recruitment.choices import JobKind, JobState
from recruitment.models import Estimate, Visit
from tests.factories import FigureFactory, SourceFactory


def done(kind):
    job = jobs.ask(kind)
    running.run(job.pk)
    job.refresh_from_db()
    return job


@pytest.mark.django_db
def test_nightly_round_computes_all_that_follows_from_the_figures():
    FigureFactory()

    job = done(JobKind.REBUILD_ESTIMATES)

    assert job.result["estimates"] == Estimate.objects.count() > 0


@pytest.mark.django_db
def test_pages_are_visited_where_fetching_is_switched_on(settings):
    settings.FETCHING = True
    SourceFactory(url="http://127.0.0.1/")  # which is refused, and nobody is asked

    job = done(JobKind.WATCH_SOURCES)

    assert job.told == "Pages visited: 1."
    assert Visit.objects.count() == 1


@pytest.mark.django_db
def test_no_page_is_visited_where_fetching_is_off(settings):
    settings.FETCHING = False
    SourceFactory()

    job = done(JobKind.WATCH_SOURCES)

    assert job.state == JobState.FAILED
    assert "the last known states stand" in job.told
    assert not Visit.objects.exists()
