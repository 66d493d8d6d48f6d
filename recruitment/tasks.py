"""Celery shells over plain functions: small, safe to run twice."""

from celery import shared_task

from recruitment import rebuilding, releasing


@shared_task
def rebuild_estimates() -> int:
    """Compute all that follows from the figures; nightly proof that none has drifted."""
    return rebuilding.rebuild()


@shared_task
def make_release(note: str = "") -> str | None:
    """Freeze what is public now, unless the last release holds it already."""
    try:
        return releasing.make_release(note).slug
    except releasing.ReleaseRefusedError:
        return None
