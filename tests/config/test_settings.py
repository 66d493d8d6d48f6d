"""What the settings make of the environment."""

import json
import os
import subprocess
import sys

import pytest

PRINT = "import json; from config import settings; print(json.dumps(settings.CACHES))"


def caches(**environment):
    answer = subprocess.run(
        [sys.executable, "-c", PRINT],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)["default"]


@pytest.mark.parametrize("path", ["", "?max_connections=9"])
def test_cache_server_is_not_waited_for(path):
    cache = caches(CACHE_URL=f"redis://cache:6379/3{path}")

    assert cache["LOCATION"] == "redis://cache:6379/3"
    assert cache["OPTIONS"]["socket_timeout"] == 0.25
    assert cache["OPTIONS"]["socket_connect_timeout"] == 0.25
    assert ("max_connections" in cache["OPTIONS"]) == bool(path)


def test_memory_of_a_process_is_bounded():
    environment = {"CACHE_URL": "locmemcache://?max_entries=7"}

    assert caches(**environment)["OPTIONS"] == {"MAX_ENTRIES": 7}
