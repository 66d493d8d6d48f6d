"""What comes round by itself, as the work of jobs."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from recruitment import rebuilding, releasing, watching
from recruitment.fetching import Fetcher
from recruitment.models import Job
from recruitment.running import type_effect, type_tell


def rebuild_estimates(job: Job, tell: type_tell) -> type_effect:
    """Compute all that follows from the figures; nightly proof that none has drifted."""

    def effect() -> dict[str, Any]:
        written = rebuilding.rebuild()
        return {"estimates": written, "told": f"{written:,} estimates were written."}

    return effect


def make_release(job: Job, tell: type_tell) -> type_effect:
    """Freeze what is public now; by itself only where it is not frozen already."""

    def effect() -> dict[str, Any]:
        try:
            made = releasing.make_release(job.arguments.get("note", ""))
        except releasing.ReleaseRefusedError as refusal:
            if job.asked_by is not None:
                raise
            return {"told": str(refusal)}
        return {"release": made.slug, "told": f"Release {made.slug} was made."}

    return effect


def watch_sources(job: Job, tell: type_tell) -> type_effect:
    """Visit some pages that are due: are the words that we read still there?"""
    if not settings.FETCHING:
        raise ValueError("No page is fetched here: the last known states stand.")
    fetch = Fetcher(settings.USER_AGENT).fetch
    due = list(watching.one_of_each_host(watching.AT_ONCE))
    visits = []
    for number, source in enumerate(due, 1):
        visits.append(watching.look(source, fetch))
        tell(number, len(due))

    def effect() -> dict[str, Any]:
        kept = watching.record_each(visits)
        return {"visits": len(kept), "told": f"Pages visited: {len(kept)}."}

    return effect
