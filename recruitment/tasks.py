"""Celery shells over plain functions: small, safe to run twice."""

from celery import shared_task

from recruitment import rebuilding


@shared_task
def rebuild_estimates() -> int:
    """Compute all that follows from the figures; nightly proof that none has drifted."""
    return rebuilding.rebuild()
