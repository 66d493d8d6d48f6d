"""Whether we are well is told to whoever watches over the site."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from recruitment.models import Heartbeat
from recruitment.tasks import beat_heart
from tests.factories import JobFactory


def minutes_ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)


def heartbeat(minutes):
    Heartbeat.objects.create(worker=f"worker {minutes}", at=minutes_ago(minutes))


def running_job(seconds_left):
    until = timezone.now() + timedelta(seconds=seconds_left)
    JobFactory(state="running", holder="a token", held_until=until)


def test_process_that_answers_is_alive_without_a_database(client):
    # No test without a mark reaches the database: it would fail here.
    answer = client.get("/health/")

    assert answer.status_code == 200
    assert "no-store" in answer["cache-control"]
    assert "etag" not in answer


def test_process_is_asked_from_within_without_tls(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/health/").status_code == 200


@pytest.mark.parametrize("path", ["/health/", "/health/jobs/"])
def test_health_can_only_be_read(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_jobs_are_done_where_a_worker_was_heard(client):
    heartbeat(1)
    heartbeat(2)
    heartbeat(60)
    JobFactory(asked_at=minutes_ago(2))

    answer = client.get("/health/jobs/")

    told = answer.json()
    assert answer.status_code == 200
    assert "no-store" in answer["cache-control"]
    assert (told["is_well"], told["words"]) == (True, "Jobs are done.")
    assert (told["workers"], told["waiting"], told["running"]) == (2, 1, 0)
    assert told["last_heartbeat"] > told["waiting_since"]


@pytest.mark.django_db
def test_jobs_are_not_done_where_no_worker_was_ever_heard(client):
    answer = client.get("/health/jobs/")

    assert answer.status_code == 503
    assert answer.json()["words"] == "No worker was ever heard."


@pytest.mark.django_db
def test_worker_that_has_become_deaf_is_found(client):
    heartbeat(6)

    answer = client.get("/health/jobs/")

    assert answer.status_code == 503
    assert answer.json()["words"] == "No worker was heard for 6 minutes."


@pytest.mark.django_db
def test_worker_that_is_busy_with_a_long_job_is_not_deaf(client):
    heartbeat(14)
    running_job(seconds_left=50)

    assert client.get("/health/jobs/").status_code == 200


@pytest.mark.django_db
def test_worker_that_died_with_its_job_is_not_busy(client):
    heartbeat(14)
    running_job(seconds_left=-1)

    assert client.get("/health/jobs/").status_code == 503


@pytest.mark.django_db
def test_job_that_nobody_takes_is_told_of(client):
    heartbeat(1)
    JobFactory(asked_at=minutes_ago(11))

    answer = client.get("/health/jobs/")

    assert answer.status_code == 503
    assert answer.json()["words"] == "A job waits for 11 minutes, and none is done."


@pytest.mark.django_db
def test_long_queue_that_moves_is_well(client):
    heartbeat(1)
    JobFactory(asked_at=minutes_ago(11))
    running_job(seconds_left=50)

    assert client.get("/health/jobs/").status_code == 200


@pytest.mark.django_db
def test_database_that_does_not_answer_is_told_of(client):
    def refuse(*_):
        raise OperationalError("could not connect to server")

    with connection.execute_wrapper(refuse):
        answer = client.get("/health/jobs/")

    assert answer.status_code == 503
    assert answer.json()["words"] == "The database does not answer."


@pytest.mark.django_db
def test_heartbeat_is_the_worker_s_last(client):
    for _ in range(2):
        beat_heart.apply()

    assert Heartbeat.objects.count() == 1
    assert client.get("/health/jobs/").status_code == 200
