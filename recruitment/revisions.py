"""The number of the record's state: it grows with each publish and names what is shown.

Every public page and answer follows from this number and the address that was asked for.
"""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from recruitment import jobs
from recruitment.choices import JobKind
from recruitment.models import Revision

BEGINNING = Revision(
    number=0, made_at=datetime(2022, 2, 24, tzinfo=UTC), reason="nothing published yet"
)
SECONDS_REMEMBERED = 1.0


class _Memory:
    """What this process last read, and until when it may rely on it."""

    revision = BEGINNING
    until = 0.0
    times_forgotten = 0


def current() -> Revision:
    """Give the newest revision, read at most once a second in each process.

    Inside a transaction it is always read: what it sees may yet be rolled back, and must
    not be remembered.
    """
    if connection.in_atomic_block:
        return _newest()
    if monotonic() >= _Memory.until:
        times_forgotten = _Memory.times_forgotten
        newest = _newest()
        # Else a publish in another thread ended while we read what was before it.
        if times_forgotten == _Memory.times_forgotten:
            _Memory.revision = newest
            _Memory.until = monotonic() + SECONDS_REMEMBERED
        return newest
    return _Memory.revision


def publish(reason: str) -> Revision:
    """Make the next revision, and forget the last one when it is committed."""
    one_writer_at_a_time()
    last = _newest()
    # A clock that is set back must not make a change look older than the last one.
    made_at = max(timezone.now(), last.made_at)
    made = Revision.objects.create(
        number=last.number + 1, made_at=made_at, reason=reason
    )
    transaction.on_commit(forget)
    if settings.DRAW_AHEAD:
        jobs.ask(JobKind.DRAW_CHARTS, once=f"draw_charts of revision {made.number}")
    return made


def one_writer_at_a_time() -> None:
    """Wait until no other transaction is publishing; hold the turn until ours ends.

    So numbers are committed in their order: who asks for what came after a number can
    miss nothing. On SQLite a transaction has the turn from its start.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Publish inside a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Readers are not held up: only SELECT goes along with this mode.
            cursor.execute(
                f"LOCK TABLE {Revision._meta.db_table} IN SHARE ROW EXCLUSIVE MODE"
            )


def forget() -> None:
    """Read the revision anew when it is next asked for."""
    _Memory.until = 0.0
    _Memory.times_forgotten += 1


def _newest() -> Revision:
    return Revision.objects.order_by("-number").first() or BEGINNING
