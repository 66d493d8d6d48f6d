"""Whatever changes public rows does so in here: one block, one revision, one log of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from recruitment import touched
from recruitment.changes import changes_between
from recruitment.derived import Derived
from recruitment.models import Change
from recruitment.reading import BATCH
from recruitment.revisions import one_writer_at_a_time, publish

_open: ContextVar[Derived | None] = ContextVar("publishing", default=None)


@contextmanager
def publishing(reason: str) -> Iterator[Derived]:
    """Publish all that the block changes as one revision, or nothing if it changes nothing.

    A block within another joins it. Yields what watches the estimates, which have no
    history.
    """
    if outer := _open.get():
        yield outer
        return
    with transaction.atomic():
        one_writer_at_a_time()
        start, derived = touched.start(), Derived()
        token = _open.set(derived)
        try:
            yield derived
        finally:
            _open.reset(token)
        if not transaction.get_rollback():
            changes = [*changes_between(*touched.since(start), reason)]
            changes += derived.changes(reason)
            if changes or derived.differ():
                revision = publish(reason)
                for change in changes:
                    change.revision = revision
                Change.objects.bulk_create(changes, BATCH)
