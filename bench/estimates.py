"""How the cost of estimates grows with the record.

    python bench/estimates.py            # up to 100,000 figures; --most 1000000 for all

Each row is a process of its own, so that its peak memory is its own. bench/refresh.py
measures the same with a database, and the refresh of a single key.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.synthetic import record
from recruitment import estimates
from recruitment.intervals import intervals

SIZES = (1_000, 10_000, 100_000, 1_000_000)
DEEP_MOST = 100_000  # 333 figures a key; ten times as many would be no real record
POLICIES = ("all", "no_party", "named_only")


def measure(figures: int, *, deep: bool) -> dict[str, float]:
    """Estimate every key for every day under every policy; seconds and MB."""
    seconds = 0.0
    keys = rows = 0
    for key, held in record(figures, deep=deep):
        keys += 1
        start = time.perf_counter()
        for policy in POLICIES:
            admitted = [
                one for one in held if estimates.admitted_by_policy(one, policy)
            ]
            rows += len(intervals(admitted, key[2]))
        seconds += time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"keys": keys, "rows": rows, "seconds": seconds, "mb": peak}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        size, shape = options.one
        print(json.dumps(measure(int(size), deep=shape == "deep")))
        return
    print("shape    figures     keys       rows   seconds  µs/figure    MB")
    for shape, most in (("wide", options.most), ("deep", min(options.most, DEEP_MOST))):
        for size in SIZES:
            if size <= most:
                _print_row(shape, size)


def _print_row(shape: str, size: int) -> None:
    command = [sys.executable, __file__, "--one", str(size), shape]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    got = json.loads(done.stdout)
    each = got["seconds"] / size * 1e6
    print(
        f"{shape:<6}{size:>10,}{got['keys']:>9,}{got['rows']:>11,}"
        f"{got['seconds']:>10.2f}{each:>11.0f}{got['mb']:>6.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
