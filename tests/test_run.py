import os
import re
import signal
import socket
import subprocess
from urllib.request import urlopen

import pytest

from tests.site import ROOT, running_site, start


def test_run_serves_the_record_and_leaves_no_process_after_ctrl_c(var_dir):
    with running_site(var_dir) as site:
        page = urlopen(f"{site.url}/").read().decode()
        commands = " ".join(site.processes().values())
        code = site.stop()

    assert "Nepal" in page
    assert "granian" in commands
    assert "celery" in commands
    assert site.processes() == {}
    assert code == 0


def test_run_keeps_its_state_from_one_start_to_the_next(var_dir):
    with running_site(var_dir):
        key = (var_dir / "local.env").read_text()
        record = (var_dir / "muster.sqlite3").stat().st_ino

    with running_site(var_dir):
        pass

    assert (var_dir / "local.env").read_text() == key
    assert (var_dir / "muster.sqlite3").stat().st_ino == record


def test_every_curl_of_the_readme_answers(var_dir):
    commands = re.findall(r"^curl '[^']+'$", (ROOT / "README.md").read_text(), re.M)
    shown = '"low":104,"low_strict":false,"best":104,"high":156'

    with running_site(var_dir) as site:
        answers = [
            subprocess.run(
                ["bash", "-c", command.replace("http://127.0.0.1:8000", site.url)],
                capture_output=True,
                text=True,
            )
            for command in commands
        ]

    assert len(commands) == 6
    for command, answer in zip(commands, answers, strict=True):
        assert answer.returncode == 0, command
        assert answer.stdout, command
        assert "problems/" not in answer.stdout, answer.stdout
    assert shown in answers[0].stdout


@pytest.mark.parametrize("victim", ["granian", "celery"])
def test_run_stops_as_a_whole_when_one_process_dies(var_dir, victim):
    with running_site(var_dir) as site:
        for pid, command in site.processes().items():
            if victim in command:
                os.kill(pid, signal.SIGKILL)
        said, _ = site.process.communicate(timeout=40)

    assert "because one of its processes ended" in said
    assert site.process.returncode != 0
    assert site.processes() == {}


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
