"""How surely rewrites are recognised, and what it costs among many known texts.

    python bench/rewrites.py          # the texts of tests/recruitment/rewrites

Each folder there holds texts of one report (copies, paraphrases, summaries, translations),
`independent/` reports that quote the same numbers. Every pair is compared.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from recruitment.rewrites import (
    LIKELY,
    Known,
    compare,
    find_among,
    find_parents,
    fingerprint_of,
)

FOLDER = ROOT / "tests" / "recruitment" / "rewrites"
SIZES = (1_000, 10_000)


def pairs(known: list[Known]) -> None:
    """Print precision and recall over all pairs, and the scores nearest to the line."""
    scored = []
    for one, other in combinations(known, 2):
        folders = {text.name.partition("/")[0] for text in (one, other)}
        is_rewrite = len(folders) == 1 and folders != {"independent"}
        score = compare(one.fingerprint, other.fingerprint).score
        scored.append((is_rewrite, score, one.name, other.name))
    rewrites = [pair for pair in scored if pair[0]]
    found = [pair for pair in scored if pair[1] >= LIKELY]
    right = sum(pair[0] for pair in found)
    print(f"{len(scored)} pairs, {len(rewrites)} of them rewrites, {len(found)} found")
    print(f"precision {right / len(found):.3f}, recall {right / len(rewrites):.3f}")
    print("\nRewrites that were missed:")
    for _, score, one, other in sorted(pair for pair in rewrites if pair[1] < LIKELY):
        print(f"  {score:.3f}  {one}  {other}")
    print("\nIndependent pairs with the highest scores:")
    others = sorted((pair for pair in scored if not pair[0]), key=lambda pair: -pair[1])
    for _, score, one, other in others[:5]:
        print(f"  {score:.3f}  {one}  {other}")


def reports(known: list[Known]) -> None:
    """Print how many texts lead to the original of their report, over others or directly."""
    parents = {name: parent.name for name, parent in find_among(known)}
    folders = [text.name.partition("/")[0] for text in known]
    children = sum(
        folders.count(folder) - 1 for folder in set(folders) - {"independent"}
    )
    right = sum(
        name.partition("/")[0] == parent.partition("/")[0] != "independent"
        for name, parent in parents.items()
    )
    print(f"\n{right} of {children} rewrites lead to their report,", end=" ")
    print(f"{len(parents) - right} texts to another")


def costs(known: list[Known]) -> None:
    """Print the time to compare one text with many that share a little with it."""
    draw = random.Random(1)
    new = known[0]
    for size in SIZES:
        many = [
            strange(draw.choice(known), draw, str(number)) for number in range(size)
        ]
        start = time.perf_counter()
        find_parents(new, many)
        print(f"{size:>6,} known texts: {time.perf_counter() - start:.2f} s")


def strange(text: Known, draw: random.Random, name: str) -> Known:
    """Make a text of a report of its own, which shares some marks and words by chance."""
    print_ = text.fingerprint
    marks = tuple(
        mark
        if draw.random() < 0.05
        else replace(mark, value=str(draw.randrange(10**6)))
        for mark in print_.marks
    )
    runs = {
        run if draw.random() < 0.01 else draw.randrange(2**32): place
        for run, place in print_.runs.items()
    }
    return Known(name, replace(print_, marks=marks, runs=runs))


def main() -> None:
    paths = sorted(FOLDER.glob("*/*.txt"))
    texts = {str(path.relative_to(FOLDER)): path.read_text() for path in paths}
    start = time.perf_counter()
    known = [Known(name, fingerprint_of(text), text) for name, text in texts.items()]
    each = (time.perf_counter() - start) / len(known)
    pairs(known)
    reports(known)
    print(f"\nA fingerprint takes {each:.3f} s")
    costs(known)


if __name__ == "__main__":
    main()
