"""The shells that Celery calls."""

import pytest
from celery import current_app

import recruitment.tasks
from recruitment.choices import JobKind
from recruitment.models import Job


def test_every_scheduled_task_is_one_that_the_worker_knows():
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}

    assert scheduled
    assert scheduled <= set(current_app.tasks)


@pytest.mark.django_db
@pytest.mark.parametrize("each", ["hour", "day", "month"])
def test_what_comes_round_is_asked_for_once_in_a_turn(each):
    for _ in range(2):
        recruitment.tasks.ask_in_turn("rebuild_estimates", each)

    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_another_kind_has_a_turn_of_its_own():
    for kind in ("rebuild_estimates", "make_release"):
        recruitment.tasks.ask_in_turn(kind, "day")

    assert {job.kind for job in Job.objects.all()} == {
        JobKind.REBUILD_ESTIMATES,
        JobKind.MAKE_RELEASE,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "each", "error"),
    [
        pytest.param("dance", "day", ValueError, id="kind"),
        pytest.param("make_release", "fortnight", KeyError, id="turn"),
    ],
)
def test_turn_that_nobody_knows_is_an_error(kind, each, error):
    with pytest.raises(error):
        recruitment.tasks.ask_in_turn(kind, each)

    assert not Job.objects.exists()


def test_messages_survive_a_worker_and_are_read_as_json_only():
    conf = current_app.conf

    assert (conf.task_acks_late, conf.task_reject_on_worker_lost) == (True, True)
    assert conf.worker_prefetch_multiplier == 1
    assert conf.accept_content == ["json"]
    longest = conf.task_time_limit
    assert conf.visibility_timeout > longest > conf.task_soft_time_limit
