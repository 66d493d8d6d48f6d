"""Real workers, started as `make run` starts its own, and killed."""

import os
import shelve
import shlex
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager

from django.conf import settings

from deploy.run import WORKER, WORKER_ENVIRONMENT
from recruitment.choices import JobKind, JobState
from recruitment.models import Job, Revision

ENDED = [JobState.DONE, JobState.FAILED]


class Worker:
    """A worker with its beat and its children, in a process group of its own."""

    def __init__(self, name, app="config"):
        self.schedule = settings.VAR_DIR / f"beat-{name}"
        command = shlex.split(WORKER.replace("--app config", f"--app {app}"))
        options = ["--hostname", f"{name}@chaos", "--schedule", str(self.schedule)]
        with (settings.VAR_DIR / "workers.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command, *options],
                # What Django checks at the start of each is not what is tested here.
                env=os.environ | WORKER_ENVIRONMENT | {"CELERY_SKIP_CHECKS": "1"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def has(self, process):
        """Tell whether a process is this worker's."""
        try:
            return os.getpgid(process) == self.process.pid
        except ProcessLookupError:
            return False

    def kill(self):
        """Kill the worker and all that belongs to it at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def times_fired(self, entry):
        """Tell how often the beat of a worker has fired, once that worker is gone."""
        with shelve.open(str(self.schedule), "r") as kept:  # noqa: S301  # our own
            return kept["entries"][entry].total_run_count


@contextmanager
def workers(count, app="config"):
    running = [Worker(f"w{number}", app) for number in range(count)]
    try:
        yield running
    finally:
        for worker in running:
            worker.kill()


def within(seconds, found):
    """Wait until there is something, and give it."""
    until = time.monotonic() + seconds
    while not (it := found()):
        if time.monotonic() > until:
            raise TimeoutError(f"Nothing came of it in {seconds} seconds.")
        time.sleep(0.01)
    return it


def all_ended():
    return not Job.objects.exclude(state__in=ENDED).exists()


def outcome():
    """Count what became of the jobs, by the rows that their effects left."""
    effects = Counter(Revision.objects.values_list("reason", flat=True))
    asked = Job.objects.filter(kind=JobKind.IMPORT_ROWS)  # a publish asks for others
    times_done = [effects[f"job {job.pk} was done"] for job in asked]
    return {
        "jobs": len(times_done),
        "lost": times_done.count(0),
        "doubled": sum(times > 1 for times in times_done),
        "failed": Job.objects.filter(state=JobState.FAILED).count(),
        "runs": sum(job.attempts for job in asked),
    }
