"""The outbox: what is asked for is done once its asking is committed, and not before."""

from datetime import timedelta

import pytest
from celery import current_app
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from recruitment import jobs
from recruitment.choices import JobKind, JobState
from recruitment.models import Heartbeat, Job, Upload
from tests.factories import JobFactory

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=100)


@pytest.fixture(autouse=True)
def nothing_told():
    """Forget what jobs of other tests have told: rows that are undone give keys anew."""
    caches["shared"].clear()


@pytest.fixture
def messages():
    """Give what reads the keys of the jobs that workers were told of."""
    with current_app.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery", no_ack=True)
        queue.clear()

        def read():
            arguments = [queue.get_nowait().payload[0] for _ in range(queue.qsize())]
            return [key for (key,) in arguments]

        yield read
        queue.close()


def job_that(state, **values):
    held = {"holder": "a token", "held_until": timezone.now() + timedelta(seconds=60)}
    defaults = {
        JobState.QUEUED: {"sent_at": timezone.now()},
        JobState.RUNNING: held | {"attempts": 1},
        JobState.DONE: {"ended_at": timezone.now()},
        JobState.FAILED: {"ended_at": timezone.now(), "told": "Too long."},
    }
    return JobFactory(state=state, **defaults[state] | values)


def lost_job(**values):
    return job_that(
        "running", held_until=timezone.now() - timedelta(seconds=1), **values
    )


def test_workers_are_told_of_a_job_when_it_is_committed(
    messages, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.ask(JobKind.EXPORT_ROWS, files="all")
        before = messages()

    assert before == []
    assert messages() == [job.pk]
    assert job.state == JobState.QUEUED
    assert job.arguments == {"files": "all"}


def test_job_goes_away_with_the_transaction_that_asked_for_it(
    messages, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        jobs.ask(JobKind.EXPORT_ROWS)
        transaction.set_rollback(True)

    assert messages() == []
    assert not Job.objects.exists()


def test_job_remembers_who_asked_and_what_was_handed_in():
    editor = User.objects.create_user("editor")
    upload = Upload.objects.create(name="article.txt", content=b"Nineteen, it said.")

    job = jobs.ask(JobKind.READ_ARTICLE, by=editor, upload=upload)

    job.refresh_from_db()
    assert (job.asked_by, job.upload) == (editor, upload)


def test_what_is_to_be_done_once_is_one_job(
    messages, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        asked = [jobs.ask(JobKind.MAKE_RELEASE, once="of May") for _ in range(3)]

    assert len(set(asked)) == 1
    assert messages() == [asked[0].pk]


def test_job_about_what_no_file_can_hold_is_refused():
    with pytest.raises(TypeError, match="not JSON serializable"):
        jobs.ask(JobKind.EXPORT_ROWS, files={"a set"})

    assert not Job.objects.exists()


def test_failed_job_is_done_again_when_somebody_wants_it(
    messages, django_capture_on_commit_callbacks
):
    editor = User.objects.create_user("editor")
    job = job_that("failed", attempts=5)

    with django_capture_on_commit_callbacks(execute=True):
        jobs.retry(job, editor)

    assert messages() == [job.pk]
    assert (job.state, job.attempts, job.told) == (JobState.QUEUED, 0, "")
    assert job.asked_by == editor


@pytest.mark.parametrize("state", ["queued", "running", "done"])
def test_job_that_has_not_failed_is_not_done_again(
    state, messages, django_capture_on_commit_callbacks
):
    job = job_that(state)

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(jobs.RetryRefusedError, match="Only a job that has failed"),
    ):
        jobs.retry(job, None)

    job.refresh_from_db()
    assert job.state == state
    assert messages() == []


def test_progress_is_told_while_a_job_runs():
    job, other = job_that("running"), job_that("running")

    jobs.tell(job, 3, 10)

    assert jobs.progress(job) == (3, 10)
    assert jobs.progress(other) is None


def test_progress_of_a_run_that_was_lost_is_forgotten():
    job = job_that("running")
    jobs.tell(job, 3, 10)

    job.attempts += 1

    assert jobs.progress(job) is None


def test_job_that_does_not_run_has_no_progress():
    job = job_that("running")
    jobs.tell(job, 3, 10)

    job.state = JobState.DONE

    assert jobs.progress(job) is None


def test_job_goes_on_where_its_progress_can_be_told_to_nobody(settings, tmp_path):
    (tmp_path / "a file, no folder").touch()
    settings.CACHES = settings.CACHES | {
        "shared": settings.CACHES["shared"]
        | {"LOCATION": tmp_path / "a file, no folder"}
    }
    job = job_that("running")

    jobs.tell(job, 3, 10)

    assert jobs.progress(job) is None


def test_sweep_sends_what_no_worker_was_told_of(messages):
    unsent = job_that("queued", sent_at=None)
    forgotten = job_that("queued", sent_at=timezone.now() - timedelta(minutes=6))
    job_that("queued", sent_at=timezone.now() - timedelta(minutes=4))
    job_that("running")
    job_that("done", sent_at=None)

    sent = jobs.sweep()

    assert sent == 2
    assert sorted(messages()) == sorted([unsent.pk, forgotten.pk])


def test_sweep_does_not_send_again_at_once(messages):
    job = job_that("queued", sent_at=None)

    jobs.sweep()
    jobs.sweep()

    assert messages() == [job.pk]


def test_sweep_sends_a_long_queue_bit_by_bit_and_the_oldest_first(messages):
    waiting = [
        job_that(
            "queued", sent_at=None, asked_at=timezone.now() - timedelta(seconds=seconds)
        ).pk
        for seconds in range(jobs.MOST_SENT_AT_ONCE + 1)
    ]

    jobs.sweep()

    assert messages() == waiting[:0:-1]


def test_sweep_hands_on_what_a_lost_worker_had(messages):
    lost = lost_job()

    jobs.sweep()

    lost.refresh_from_db()
    assert lost.state == JobState.QUEUED
    assert messages() == [lost.pk]


def test_job_that_cost_five_workers_is_given_up(messages):
    lost = lost_job(attempts=5)

    jobs.sweep()

    lost.refresh_from_db()
    assert lost.state == JobState.FAILED
    assert lost.told == "The worker was lost five times while it did this."
    assert messages() == []


def test_sweep_forgets_jobs_of_a_season_ago():
    job_that("done", ended_at=LONG_AGO)
    job_that("failed", ended_at=LONG_AGO)
    kept = {job_that("done").pk, job_that("queued", asked_at=LONG_AGO).pk}

    jobs.sweep()

    assert set(Job.objects.values_list("pk", flat=True)) == kept


@pytest.mark.parametrize(
    ("state", "ended_days_ago", "is_kept"),
    [
        pytest.param("queued", None, True, id="waiting"),
        pytest.param("running", None, True, id="running"),
        pytest.param("failed", 6, True, id="may-be-tried-again"),
        pytest.param("failed", 8, False, id="nobody-tried-again"),
        pytest.param("done", 0, False, id="done"),
    ],
)
def test_upload_is_kept_as_long_as_its_job_may_need_it(state, ended_days_ago, is_kept):
    upload = Upload.objects.create(name="article.txt", content=b"Nineteen, it said.")
    ended = (
        {}
        if ended_days_ago is None
        else {"ended_at": timezone.now() - timedelta(days=ended_days_ago)}
    )
    job = job_that(state, upload=upload, **ended)

    jobs.sweep()

    job.refresh_from_db()
    assert Upload.objects.exists() == is_kept
    assert (job.upload is not None) == is_kept


def test_upload_that_one_of_two_jobs_needs_is_kept():
    upload = Upload.objects.create(name="rows.jsonl", content=b"{}")
    job_that("done", upload=upload)
    job_that("queued", upload=upload)

    jobs.sweep()

    assert Upload.objects.exists()


def test_upload_that_no_job_is_about_yet_is_kept():
    Upload.objects.create(name="rows.jsonl", content=b"{}")

    jobs.sweep()

    assert Upload.objects.exists()


def test_sweep_forgets_workers_of_the_day_before():
    Heartbeat.objects.create(worker="an old one", at=timezone.now() - timedelta(days=2))
    Heartbeat.objects.create(worker="one of today", at=timezone.now())

    jobs.sweep()

    assert [one.worker for one in Heartbeat.objects.all()] == ["one of today"]
