"""Start Muster on this machine: its web server and its worker, and no other service."""

import argparse
import http.client
import os
import secrets
import shelve
import shlex
import socket
import sys
import threading
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from honcho import manager, printer

from deploy.prepare import prepare_database

HOST = "127.0.0.1"
WEB = f"granian --interface wsgi --host {HOST} --blocking-threads 4 --log-level warning"
APPLICATION = "config.wsgi:application"
WORKER = "celery --quiet --app config worker --beat --concurrency 1 --loglevel warning"
WORKER_ENVIRONMENT = {
    # A task that is cut short when the worker stops goes back into the queue.
    "REMAP_SIGTERM": "SIGQUIT",
    "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
}


class Printer(printer.Printer):  # type: ignore[misc]  # Honcho has no types
    """Print what the processes say, but not how Honcho starts and stops them."""

    def write(self, message: printer.Message) -> None:
        if message.name != manager.SYSTEM_PRINTER_NAME:
            super().write(message)


class Manager(manager.Manager):  # type: ignore[misc]
    def terminate(self) -> None:
        """Stop all processes, but not before each has told its id: Honcho would fail."""
        if self._all_started():
            super().terminate()
        else:
            threading.Timer(0.1, self.terminate).start()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("port", type=int)
    port = parser.parse_args().port
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            print(f"Port {port} is not free ({error}): try make run PORT=8001")
            return 1
    prepare()
    return serve(port)


def prepare() -> None:
    """Make the secret key, the tables, the record and the static files, once each."""
    var = Path(os.environ.setdefault("VAR_DIR", str(Path("var").absolute())))
    var.mkdir(parents=True, exist_ok=True)
    local = var / "local.env"  # which settings.py reads, for manage.py too
    if not local.exists():
        local.touch(mode=0o600)
        key = secrets.token_urlsafe(50)
        local.write_text(f"SECRET_KEY={key}\nALLOWED_HOSTS={HOST},localhost\n")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    prepare_database()
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    sources = [Path("requirements.txt"), *Path("static").rglob("*")]
    changed_at = max(source.stat().st_mtime for source in sources)
    if not manifest.exists() or manifest.stat().st_mtime < changed_at:
        call_command("collectstatic", interactive=False, verbosity=0)


def serve(port: int) -> int:
    """Run web and worker until a signal comes or one of them ends."""
    manager.KILL_WAIT = 20  # to put back what it holds takes the worker five seconds
    processes = Manager(Printer())
    forget_broken(settings.VAR_DIR / "beat")
    schedule = shlex.quote(str(settings.VAR_DIR / "beat"))
    web = f"{WEB} --port {port} {APPLICATION}"
    processes.add_process("web", whole(web))
    worker = whole(f"{WORKER} --schedule {schedule}")
    processes.add_process("worker", worker, env=os.environ | WORKER_ENVIRONMENT)
    threading.Thread(target=announce, args=[port], daemon=True).start()
    processes.loop()
    if processes.returncode in [130, 143]:  # by Ctrl-C, by SIGTERM
        return 0
    print("Muster has stopped, because one of its processes ended: see above.")
    return processes.returncode or 1


def whole(module: str) -> str:
    """Give the command that runs a module, and that ends with all that it started.

    Honcho waits until nobody holds the output of a process: without this, a worker that
    is killed leaves its beat behind, and nobody hears of its end. Each has a group of
    its own.
    """
    return f"{shlex.quote(sys.executable)} -m {module}; kill -s KILL 0"


def forget_broken(schedule: Path) -> None:
    """Remove what beat noted of its last turns if a crash has cut that short.

    Beat would not start with it; without it, it only counts its turns from now on.
    """
    files = [*schedule.parent.glob(f"{schedule.name}*")]
    try:
        if files:
            with shelve.open(str(schedule)) as noted:  # noqa: S301  # our own
                noted.get("entries")
    except Exception:  # whatever a damaged file gives rise to
        for file in files:
            file.unlink()


def announce(port: int) -> None:
    """Print the address when the front page answers."""
    while True:
        page = http.client.HTTPConnection(HOST, port)
        try:
            page.request("GET", "/")
            break
        except OSError:
            time.sleep(0.1)
    status = page.getresponse().status
    ready = "is ready" if status == 200 else f"answers with status {status}"
    print(f"Muster {ready}: http://{HOST}:{port}/  (Ctrl-C stops it)", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
