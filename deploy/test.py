"""Run every test: on SQLite, on PostgreSQL, and in the browser, three runs at a time.

That is for two cores, as the run in the browser waits half of its time. The longest begin
first, and what each printed comes when it is done. What failed is named again at the end,
which is all that is left of a long log in many places.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

AT_A_TIME = 3
MADE_UP = "tests/recruitment/test_api_client.py::test_api_does_as_its_document_says"
RUNS = {
    "in the browser": ["tests/browser"],
    "of the record, on SQLite": ["tests/recruitment", "--deselect", MADE_UP],
    # Of the API what is made up from its document, of the pages the walk through all of
    # them: the rest of both is asked on SQLite.
    "of the record, on PostgreSQL": [
        *("tests/recruitment", "--ignore", "tests/recruitment/api"),
        *("tests/config", "tests/test_public_pages.py"),
        *("--database", "postgres", "-m", "not slow"),
    ],
    "of the pages, on SQLite": ["tests/dashboard"],
    "of all else, on SQLite": [
        *("--ignore", "tests/browser", "--ignore", "tests/dashboard"),
        *("--ignore", "tests/recruitment"),
    ],
}
NOTHING_TO_RUN = 5
running: list[subprocess.Popen[bytes]] = []


def run(arguments: list[str]) -> tuple[int, str, float]:
    """Run pytest; give its exit code, what it printed, and its seconds."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *arguments],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        running.append(process)
        code = process.wait()
        log.seek(0)
        return code, log.read().decode(errors="replace"), time.monotonic() - began


def summary(said: str) -> list[str]:
    """Give the lines in which pytest names what failed, or its last ones if none does."""
    lines = said.splitlines()
    named = [line for line in lines if line.startswith(("FAILED ", "ERROR "))]
    return named or lines[-10:]


def main() -> None:
    failed = {}
    with ThreadPoolExecutor(AT_A_TIME) as lanes:

        def stop(*_: object) -> None:
            lanes.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()
            sys.exit(1)

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        names = {lanes.submit(run, arguments): name for name, arguments in RUNS.items()}
        for done in as_completed(names):
            code, said, seconds = done.result()
            print(f"\n===== Tests {names[done]}, {seconds:.0f} s\n{said}", flush=True)
            if code not in {0, NOTHING_TO_RUN}:
                failed[names[done]] = summary(said)
    for name, lines in failed.items():
        print(f"\nFailed {name}:", *lines, sep="\n")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
