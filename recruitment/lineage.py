"""Which pages are one report: a hundred copies of an agency's story count once.

Pure functions. A page that copies or rewrites carries the report of the pages that it
rests on, or of those whom it credits; any other page is a report of its own, even where
it rests on others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COPIES = frozenset({"wire_copy", "rewrite", "blog"})


@dataclass(frozen=True, slots=True)
class Page:
    """One source, as far as lineage goes; `parents` are slugs of other pages."""

    slug: str
    publisher: str
    kind: str
    parents: frozenset[str] = frozenset()
    credits: frozenset[str] = frozenset()


def reports_of(
    page: Page, pages: Mapping[str, Page], *, repeats: bool = False
) -> frozenset[str]:
    """Name the publishers whose reports a page carries; its own, if it copies nobody.

    `repeats` says that the page is cited as a repetition, whatever its kind. A ring of
    pages that rest on each other ends where it began.
    """
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [(page, repeats or page.kind in COPIES)]
    while waiting:
        one, is_copy = waiting.pop()
        seen.add(one.slug)
        parents = [pages[slug] for slug in sorted(one.parents) if slug in pages]
        if is_copy and parents:
            waiting += [
                (other, other.kind in COPIES)
                for other in parents
                if other.slug not in seen
            ]
        elif is_copy and one.credits:
            found |= one.credits
        else:
            found.add(one.publisher)
    return frozenset(found) or frozenset({page.publisher})


def independent(carried: Iterable[frozenset[str]]) -> int:
    """Count the groups of pages that share no report with each other."""
    return len(joined(carried))


def joined(carried: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Give the reports of each group of pages that shares none with another group."""
    groups: list[frozenset[str]] = []
    for reports in carried:
        shared = [group for group in groups if group & reports]
        groups = [group for group in groups if not group & reports]
        groups.append(reports.union(*shared))
    return groups


def trail(carriers: Iterable[str], pages: Mapping[str, Page]) -> frozenset[str]:
    """Name the pages on a claim's way: its carriers, what they rest on, and what copies
    among these rest on; a page with a report of its own leads no further back."""
    found = {slug for slug in carriers if slug in pages}
    waiting = [parent for slug in found for parent in pages[slug].parents]
    while waiting:
        slug = waiting.pop()
        if slug in pages and slug not in found:
            found.add(slug)
            waiting += pages[slug].parents if pages[slug].kind in COPIES else ()
    return frozenset(found)
