"""Reads untrusted HTML and PDF in a process of its own, which is stopped in time.

The libraries that take such files apart can be kept busy for minutes, in C, where no
signal reaches them (200,000 attributes on one tag: 224 s), or can be made to crash.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from recruitment.texts.refusing import UnreadableError

SECONDS = 20  # of computing; a large page takes about one
MEGABYTES = 1_500  # of address space
ROOT = Path(__file__).resolve().parents[2]


def parse_fenced(
    kind: str, content: bytes, *, seconds: int = SECONDS
) -> dict[str, Any]:
    """Give what `parsing` finds in a file; refuse what takes too long or breaks it."""
    module = [sys.executable, "-m", "recruitment.texts.parsing"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file goes in by stdin
            [*module, kind, str(seconds), str(MEGABYTES)],
            input=content,
            capture_output=True,
            cwd=ROOT,
            timeout=seconds * 3,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(_too_long(seconds)) from error
    if done.returncode < 0:
        # Stopped by a signal: at its limit, or because it crashed.
        raise UnreadableError(_too_long(seconds))
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    found: dict[str, Any] = json.loads(done.stdout)
    if "problem" in found:
        raise UnreadableError(found["problem"])
    return found


def _too_long(seconds: int) -> str:
    return (
        f"This file could not be read within {seconds} seconds, which no ordinary article "
        "needs. Paste its text instead."
    )
