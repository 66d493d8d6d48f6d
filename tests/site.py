"""The whole site, started as a reader of the README starts it."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Site:
    process: subprocess.Popen
    port: int
    var_dir: Path

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def processes(self):
        """Return the command line of each process that serves this site, by its id."""
        listing = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,args="], capture_output=True, text=True
        )
        rows = (line.split(maxsplit=1) for line in listing.stdout.splitlines())
        own = [f"--port {self.port} ", f"--schedule {self.var_dir}"]
        return {int(pid): args for pid, args in rows if any(o in args for o in own)}

    def stop(self):
        """Stop the site as Ctrl-C does; return its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=40)


def start(port, var_dir):
    """Start deploy/run.py with an environment that names no setting but VAR_DIR."""
    kept = {"HOME", "LANG", "PATH", "SYSTEMROOT", "TMPDIR"} & set(os.environ)
    return subprocess.Popen(
        [sys.executable, "-m", "deploy.run", str(port)],
        cwd=ROOT,
        env={name: os.environ[name] for name in kept} | {"VAR_DIR": str(var_dir)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def running_site(var_dir):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with start(port, var_dir) as process:
        site = Site(process, port, var_dir)
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                if "is ready" in line:
                    break
            else:
                raise RuntimeError(f"The site did not start:\n{''.join(said)}")
            yield site
        finally:
            process.terminate()
