"""A job's effect happens exactly once, whatever happens to those who do it."""

import time
from contextlib import suppress
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError
from django.utils import timezone

from recruitment import jobs, running
from recruitment.choices import JobKind, JobState
from recruitment.models import Job, Revision
from recruitment.revisions import publish
from tests.factories import JobFactory

pytestmark = pytest.mark.django_db

WORDS = "Line 7 holds no country."


def publishing(job, tell):
    """Work whose effect leaves a revision each time that it happens."""
    tell(1, 2)

    def effect():
        publish("a job was done")
        return {"rows": 9, "told": "Nine rows were written."}

    return effect


def refusing(job, tell):
    raise ValueError(WORDS)


def refusing_late(job, tell):
    def effect():
        publish("a job was done")
        raise ValueError(WORDS)

    return effect


def breaking(job, tell):
    raise RuntimeError("the secret is 1234")


def breaking_late(job, tell):
    def effect():
        publish("a job was done")
        raise RuntimeError("the secret is 1234")

    return effect


def taking_too_long(job, tell):
    raise SoftTimeLimitExceeded


def losing_the_database(job, tell):
    raise OperationalError("server closed the connection")


def losing_its_lease(job, tell):
    """Work that another worker takes up and ends, as this one was not heard of."""
    if job.attempts == 1:
        Job.objects.update(held_until=timezone.now() - timedelta(seconds=1))
        jobs.sweep()
        running.run(job.pk)
    return publishing(job, tell)


def saying_nothing(job, tell):
    return lambda: None


def telling_how_far_it_is(job, tell):
    for done in range(1000):
        tell(done, 1000)
    seen = jobs.progress(job)
    tell(1000, 1000)
    return lambda: {"seen": [seen, jobs.progress(job)]}


def waiting_for_its_lease(job, tell):
    until = time.monotonic() + 10
    while time.monotonic() < until:
        time.sleep(0.02)
        with suppress(OperationalError):  # SQLite in memory, while the lease is written
            if Job.objects.get(pk=job.pk).held_until != job.held_until:
                return lambda: None
    raise RuntimeError("The lease was not renewed.")


@pytest.fixture
def run(settings):
    """Give what runs a job that does one of the works above, and gives the job."""

    def run(work, **values):
        settings.JOB_HANDLERS = {"export_rows": f"{__name__}.{work.__name__}"}
        job = JobFactory(kind=JobKind.EXPORT_ROWS, **values)
        running.run(job.pk)
        job.refresh_from_db()
        return job

    return run


def test_job_that_is_done_tells_what_came_of_it(run):
    job = run(publishing)

    assert job.state == JobState.DONE
    assert job.told == "Nine rows were written."
    assert job.result == {"rows": 9}
    assert job.started_at <= job.ended_at
    assert Revision.objects.count() == 1


def test_job_may_say_nothing(run):
    job = run(saying_nothing)

    assert (job.state, job.told, job.result) == (JobState.DONE, "", {})


def test_job_is_not_done_again_when_its_message_comes_again(run):
    job = run(publishing)

    running.run(job.pk)

    assert Revision.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {
            "state": "running",
            "holder": "another",
            "held_until": timezone.now() + timedelta(minutes=1),
        },
        {"state": "failed", "ended_at": timezone.now()},
    ],
    ids=["somebody-has-it", "it-failed"],
)
def test_job_that_does_not_wait_is_left_alone(run, values):
    job = run(publishing, **values)

    assert job.state == values["state"]
    assert job.attempts == 0
    assert not Revision.objects.exists()


def test_job_that_is_no_longer_there_is_left_alone():
    running.run(123_456)

    assert not Job.objects.exists()


def test_effect_of_a_run_that_lost_its_job_is_taken_back(run, caplog):
    job = run(losing_its_lease)

    assert job.attempts == 2
    assert job.state == JobState.DONE
    assert Revision.objects.count() == 1
    assert "was handed on" in caplog.text


@pytest.mark.parametrize("work", [refusing, refusing_late])
def test_refusal_is_told_in_its_own_words(run, work):
    job = run(work)

    assert (job.state, job.told) == (JobState.FAILED, WORDS)
    assert not Revision.objects.exists()


@pytest.mark.parametrize("work", [breaking, breaking_late])
def test_what_broke_stands_in_the_log_and_not_on_the_page(run, caplog, work):
    job = run(work)

    assert job.state == JobState.FAILED
    assert "1234" not in job.told
    assert f"at job {job.pk}" in job.told
    assert f"Job {job.pk} failed" in caplog.text
    assert "the secret is 1234" in caplog.text
    assert not Revision.objects.exists()


def test_job_that_takes_too_long_says_so(run):
    job = run(taking_too_long)

    assert (job.state, job.told) == (
        JobState.FAILED,
        "It took too long and was stopped.",
    )


def test_job_that_nobody_knows_how_to_do_says_so(settings):
    settings.JOB_HANDLERS = {}
    job = JobFactory()

    running.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.told) == (
        JobState.FAILED,
        "No worker knows how to do this.",
    )


def test_job_that_lost_the_database_is_tried_again_when_its_lease_ends(run, settings):
    settings.JOB_LEASE = timedelta(0)
    job = run(losing_the_database)
    assert job.state == JobState.RUNNING

    jobs.sweep()

    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_progress_is_told_often_but_not_at_each_row(run):
    job = run(telling_how_far_it_is)

    first, last = job.result["seen"]
    assert first[0] < 999
    assert last == [1000, 1000]


@pytest.mark.django_db(transaction=True)
def test_lease_is_renewed_while_a_job_runs(run, settings):
    settings.JOB_LEASE_RENEWED_EVERY = timedelta(seconds=0.05)

    job = run(waiting_for_its_lease)

    assert job.state == JobState.DONE


@pytest.mark.parametrize("kind", JobKind.values)
def test_every_kind_of_job_has_somebody_who_can_do_it(kind):
    assert callable(running.handler_of(kind))
