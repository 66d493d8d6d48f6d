"""What Lighthouse makes of our pages, on a phone and at a desk.

    make lighthouse                              # four kinds of pages, three runs of each
    python bench/lighthouse.py /timeline/ --runs 1

Starts the site as `make run` does, with the record of fixtures/, and ends with 1 where a
score is below 95. Lighthouse slows the phone down by reckoning, but what it reckons from is
measured: performance is judged by its median, all else by its lowest. Audits below their
full score are named; those in brackets count for nothing. Needs Node, npm and Chromium;
fetches Lighthouse into npm's cache.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from deploy.screenshots import chromium
from tests.site import running_site

LIGHTHOUSE = "lighthouse@12.8.2"  # the newest that runs on Node 18 and 20
ENOUGH = 95
TRIES = 3  # on a busy machine Chromium now and then loses the trace of a load
PAGES = [
    "/",
    "/countries/NPL/",
    "/figures/npl-russia-killed-2025-11-18-nepal-families-campaign/",
    "/data/",
]
PRESETS = {"phone": [], "desk": ["--preset=desktop"]}
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    program = chromium()
    if not (program and shutil.which("npx")):
        raise SystemExit("Lighthouse needs Chromium, and Node with npm.")
    low = False
    with (
        tempfile.TemporaryDirectory(prefix="muster-bench-") as scratch,
        running_site(Path(scratch)) as site,
    ):
        print(
            f"{'':6} {'performance':>15} {'accessib.':>9} {'practices':>9} {'SEO':>5}"
        )
        for page in asked.pages:
            print(page)
            for preset in PRESETS:
                runs = [
                    report(site.url + page, preset, program) for _ in range(asked.runs)
                ]
                low |= show(preset, runs)
    return int(low)


def report(address: str, preset: str, program: str) -> dict:
    """Give Lighthouse's own report on one load of a page."""
    command = ["npx", "--yes", LIGHTHOUSE, address, *PRESETS[preset]]
    command += ["--output=json", "--quiet", "--no-enable-error-reporting"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    env = os.environ | {"CHROME_PATH": program, "npm_config_loglevel": "error"}
    for _ in range(TRIES):
        told = subprocess.run(command, env=env, stdout=subprocess.PIPE)
        if told.returncode == 0:
            return json.loads(told.stdout)
    raise SystemExit(f"Lighthouse says nothing of {address}.")


def show(preset: str, runs: list[dict]) -> bool:
    """Print what the runs had in common and what they lacked; tell if a score is low."""
    scores = {
        name: [round(100 * run["categories"][name]["score"]) for run in runs]
        for name in CATEGORIES
    }
    speed = scores.pop("performance")
    judged = [round(statistics.median(speed)), *map(min, scores.values())]
    span = f"{judged[0]} ({min(speed)}–{max(speed)})"
    first, second, third = judged[1:]
    print(f"{preset:6} {span:>15} {first:>9} {second:>9} {third:>5}")
    for line in sorted({line for run in runs for line in lacking(run)}):
        print(f"       {line}")
    sys.stdout.flush()
    return min(judged) < ENOUGH


def lacking(run: dict) -> list[str]:
    """Name each audit below its full score; in brackets if no score follows from it."""
    named = []
    for name in CATEGORIES:
        for part in run["categories"][name]["auditRefs"]:
            audit = run["audits"][part["id"]]
            if audit["score"] is None or audit["score"] == 1:
                continue
            named.append(part["id"] if part["weight"] else f"({part['id']})")
    return named


if __name__ == "__main__":
    sys.exit(main())
