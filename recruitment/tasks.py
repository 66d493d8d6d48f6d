"""Celery shells over plain functions: small, safe to run twice."""

from celery import shared_task
from django.conf import settings

from recruitment import rebuilding, releasing, watching
from recruitment.fetching import Fetcher


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


@shared_task
def watch_sources() -> int:
    """Visit some pages that are due; none where fetching is switched off."""
    if not settings.FETCHING:
        return 0
    return len(watching.watch(Fetcher(settings.USER_AGENT).fetch))
