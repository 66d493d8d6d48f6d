"""Work that says when it is in the middle, so that it can be killed there."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from recruitment.revisions import publish

SECONDS = 0.3  # long enough to be killed in
STAGES = ("computing", "writing")


def middles() -> Path:
    """Give the folder with a file for each process that is in the middle of a job."""
    folder: Path = settings.VAR_DIR / "middles"
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def middle(stage: str, job) -> Iterator[None]:
    """Leave a file while a stage lasts; a process that is killed leaves it for good."""
    file = middles() / f"{stage}-{job.pk}-{os.getpid()}"
    file.touch()
    yield
    file.unlink()


def publish_slowly(job, tell):
    """Make a revision: a row more for each time that it is done, as nothing is upserted."""
    with middle("computing", job):
        time.sleep(SECONDS)

    def effect():
        publish(f"job {job.pk} was done")
        with middle("writing", job):
            time.sleep(SECONDS)

    return effect
