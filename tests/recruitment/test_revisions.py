"""Each publish has a number; none is lost, given twice, or remembered for too long."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from recruitment import revisions
from recruitment.models import Revision

in_the_open = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def forgetful():
    """Let no test begin with what another one read."""
    revisions.forget()
    yield
    revisions.forget()


def publish(reason="a figure came in"):
    with transaction.atomic():
        return revisions.publish(reason)


@pytest.mark.django_db
def test_record_that_published_nothing_is_at_number_zero():
    beginning = revisions.current()

    assert (beginning.number, beginning.made_at) == (
        0,
        datetime(2022, 2, 24, tzinfo=UTC),
    )


@pytest.mark.django_db
def test_each_publish_has_the_next_number_and_its_moment():
    before = timezone.now()

    made = [publish() for _ in range(3)]

    assert [one.number for one in made] == [1, 2, 3]
    assert revisions.current() == made[-1]
    assert before <= made[0].made_at <= made[1].made_at <= timezone.now()


@pytest.mark.django_db
def test_clock_that_is_set_back_makes_no_revision_older_than_the_last():
    ahead = timezone.now() + timedelta(hours=1)
    Revision.objects.create(number=1, made_at=ahead, reason="by a clock that is fast")

    assert publish().made_at == ahead


@pytest.mark.django_db
def test_publish_that_is_rolled_back_gives_its_number_to_the_next():
    with transaction.atomic():
        revisions.publish("a row was refused")
        transaction.set_rollback(True)

    assert revisions.current().number == 0
    assert publish().number == 1


@in_the_open
def test_publish_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError, match="inside"):
        revisions.publish("alone")


@in_the_open
def test_current_is_read_once_a_second(django_assert_num_queries, monkeypatch):
    publish()
    clock = [100.0]
    monkeypatch.setattr(revisions, "monotonic", lambda: clock[0])

    with django_assert_num_queries(1):
        read = [revisions.current() for _ in range(9)]
        clock[0] += revisions.SECONDS_REMEMBERED - 0.001
        read.append(revisions.current())
    clock[0] += 0.001
    with django_assert_num_queries(1):
        revisions.current()

    assert {one.number for one in read} == {1}


@in_the_open
def test_publish_is_seen_in_its_own_process_at_once():
    assert revisions.current().number == 0

    publish()

    assert revisions.current().number == 1


@in_the_open
def test_publish_that_is_rolled_back_is_not_remembered():
    with transaction.atomic():
        revisions.publish("a row was refused")
        assert revisions.current().number == 1
        transaction.set_rollback(True)

    assert revisions.current().number == 0


@in_the_open
def test_revision_read_before_a_publish_ended_is_not_remembered(monkeypatch):
    """A thread reads, another one publishes, and only then is what was read kept."""
    read = revisions._newest

    def slowly():
        newest = read()
        revisions.forget()  # what a commit in another thread does
        return newest

    monkeypatch.setattr(revisions, "_newest", slowly)
    assert revisions.current().number == 0
    monkeypatch.setattr(revisions, "_newest", read)
    Revision.objects.create(number=1, made_at=timezone.now(), reason="elsewhere")

    assert revisions.current().number == 1


@in_the_open
def test_second_writer_waits_for_the_first_and_takes_the_next_number():
    """Else a reader could see 2 before 1, and would never ask for 1 again."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection; its file has one writer.")
    published = Event()
    numbers = []

    def second():
        with transaction.atomic():
            numbers.append(revisions.publish("second").number)
        published.set()
        connections.close_all()

    with transaction.atomic():
        revisions.one_writer_at_a_time()
        thread = Thread(target=second)
        thread.start()
        assert not published.wait(0.5)
        numbers.append(revisions.publish("first").number)
    thread.join(10)

    assert numbers == [1, 2]
    assert dict(Revision.objects.values_list("number", "reason")) == {
        1: "first",
        2: "second",
    }
