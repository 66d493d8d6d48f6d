"""What a stored record costs: rebuilding all estimates, refreshing those of one key.

    python bench/refresh.py              # up to 10,000 figures; --most 100000 for more

Each size is a process with a scratch SQLite database of its own. "One key" is the median
of nine refreshes of a key of six figures that no group adds up.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from bench.synthetic import record, type_key
from recruitment import estimates

SIZES = (1_000, 10_000, 100_000, 1_000_000)
DEPTH = 6


class Filler:
    """Writes a made-up record past the one writer: its rows are only there to be read."""

    def __init__(self) -> None:
        from recruitment import models

        self.models = models
        self.countries: dict[str, models.Country] = {}
        self.claimants: dict[str, models.Claimant] = {}

    def fill(self, figures: int) -> type_key:
        """Write the record; give a key of six figures to refresh."""
        chosen = None
        rows = []
        for key, held in record(figures):
            if chosen is None and len(held) == DEPTH:
                chosen = key
            rows += [self.figure(key, one) for one in held]
            if len(rows) > 5_000:
                self.models.Figure.objects.bulk_create(rows)
                rows = []
        self.models.Figure.objects.bulk_create(rows)
        if chosen is None:
            raise ValueError(f"no key has {DEPTH} figures")
        return chosen

    def country(self, code: str):  # type: ignore[no-untyped-def]
        if code not in self.countries:
            self.countries[code] = self.models.Country(
                code=code, kind="country", name=code
            )
            self.countries[code].save_base(raw=True)
        return self.countries[code]

    def claimant(self, one: estimates.Claimant):  # type: ignore[no-untyped-def]
        if one.slug not in self.claimants:
            self.claimants[one.slug] = self.models.Claimant(
                slug=one.slug,
                name=one.slug,
                kind=one.kind,
                party=one.party,
                country=self.country(one.country or "NONE"),
            )
            self.claimants[one.slug].save_base(raw=True)
        return self.claimants[one.slug]

    def figure(self, key: type_key, one: estimates.Figure):  # type: ignore[no-untyped-def]
        return self.models.Figure(
            slug=one.slug,
            country=self.country(key[0]),
            side=key[1],
            metric=key[2],
            low=one.low,
            high=one.high,
            qualifier=one.qualifier,
            wording="made up",
            scope=one.scope,
            scope_note=one.scope_note,
            as_of=one.as_of,
            as_of_precision="day",
            claimant=self.claimant(one.claimant),
            evidence=one.evidence,
            interest=one.interest,
            credibility=one.credibility,
            summary="made up",
            status="published",
            confidence="high",
        )


def measure(size: int) -> None:
    django.setup()
    from django.core.management import call_command

    from recruitment.rebuilding import rebuild_estimates, refresh_estimates

    call_command("migrate", verbosity=0)
    key = Filler().fill(size)
    start = time.perf_counter()
    rows = rebuild_estimates()
    rebuilt = time.perf_counter() - start
    refreshed = []
    for _ in range(9):
        start = time.perf_counter()
        refresh_estimates([key])
        refreshed.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size:>10,}{rows:>11,}{rebuilt:>12.2f}{rebuilt / size * 1e6:>11.0f}"
        f"{statistics.median(refreshed) * 1000:>12.1f}{peak:>6.0f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.one)
        return
    print("   figures       rows  rebuild, s  µs/figure  one key, ms    MB", flush=True)
    for size in SIZES:
        if size <= options.most:
            with tempfile.TemporaryDirectory() as folder:
                scratch = {
                    "DJANGO_SETTINGS_MODULE": "config.settings",
                    "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
                    "SECRET_KEY": "bench",
                    "ALLOWED_HOSTS": "localhost",
                }
                command = [sys.executable, __file__, "--one", str(size)]
                subprocess.run(command, check=True, env=os.environ | scratch)


if __name__ == "__main__":
    main()
