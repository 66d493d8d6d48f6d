import os
import re
import shelve
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace
from urllib.request import urlopen

import pytest

from deploy.run import forget_broken
from tests.site import ROOT, running_site, start


@pytest.fixture(scope="module")
def first_run(var_dir):
    """Start on an empty folder, read, and stop as Ctrl-C does; give what was seen."""
    commands = re.findall(r"^curl '[^']+'$", (ROOT / "README.md").read_text(), re.M)
    with running_site(var_dir) as site:
        seen = SimpleNamespace(
            page=urlopen(f"{site.url}/").read().decode(),
            processes=" ".join(site.processes().values()),
            answers={
                command: subprocess.run(
                    ["bash", "-c", command.replace("http://127.0.0.1:8000", site.url)],
                    capture_output=True,
                    text=True,
                )
                for command in commands
            },
        )
        seen.code = site.stop()
    seen.left = site.processes()
    return seen


def test_run_serves_the_record_and_leaves_no_process_after_ctrl_c(first_run):
    assert "Nepal" in first_run.page
    assert "granian" in first_run.processes
    assert "celery" in first_run.processes
    assert first_run.left == {}
    assert first_run.code == 0


def test_every_curl_of_the_readme_answers(first_run):
    shown = '"low":104,"low_strict":false,"best":104,"high":156'

    assert len(first_run.answers) == 6
    for command, answer in first_run.answers.items():
        assert answer.returncode == 0, command
        assert answer.stdout, command
        assert "problems/" not in answer.stdout, answer.stdout
    assert shown in next(iter(first_run.answers.values())).stdout


def test_run_keeps_its_state_from_one_start_to_the_next(first_run, var_dir):
    key = (var_dir / "local.env").read_text()
    record = (var_dir / "muster.sqlite3").stat().st_ino

    with running_site(var_dir):
        pass

    assert (var_dir / "local.env").read_text() == key
    assert (var_dir / "muster.sqlite3").stat().st_ino == record


@pytest.mark.parametrize(
    ("victim", "processes"),
    [pytest.param("granian", 2, id="web"), pytest.param("celery", 3, id="worker")],
)
def test_run_stops_as_a_whole_when_one_process_dies(var_dir, victim, processes):
    with running_site(var_dir) as site:
        ended = time.monotonic() + 40
        while len(own := processes_of(site, victim)) < processes:
            assert time.monotonic() < ended
            time.sleep(0.1)
        os.kill(min(own), signal.SIGKILL)  # the one that started the others
        said, _ = site.process.communicate(timeout=40)

    assert "because one of its processes ended" in said
    assert site.process.returncode != 0
    assert site.processes() == {}


def processes_of(site, name):
    return [
        pid
        for pid, args in site.processes().items()
        if args.startswith(f"{sys.executable} -m {name} ")
    ]


def test_run_says_in_one_sentence_that_the_port_is_taken(tmp_path):
    with socket.socket() as other, start_on_port_of(other, tmp_path) as process:
        said, _ = process.communicate(timeout=20)

    assert said.count("\n") == 1
    assert "is not free" in said
    assert process.returncode == 1
    assert list(tmp_path.iterdir()) == []


def start_on_port_of(other, var_dir):
    other.bind(("127.0.0.1", 0))
    other.listen()
    return start(other.getsockname()[1], var_dir)


def test_notes_of_beat_are_forgotten_only_if_a_crash_has_cut_them_short(tmp_path):
    with shelve.open(str(tmp_path / "beat")) as noted:  # noqa: S301  # our own
        noted["entries"] = {"sweep": "at noon"}

    forget_broken(tmp_path / "beat")
    with shelve.open(str(tmp_path / "beat")) as noted:  # noqa: S301  # our own
        assert noted["entries"] == {"sweep": "at noon"}

    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:30] if file.suffix == ".dir" else b"")
    forget_broken(tmp_path / "beat")
    assert list(tmp_path.iterdir()) == []
