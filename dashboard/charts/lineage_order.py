"""In which order the nodes of a lineage stand: each below the one that it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from dashboard.charts.lineage import Link, Node


def in_order(nodes: Iterable[Node], root: str = "") -> list[Node]:
    """Put each node below the one that it hangs on, the earliest first.

    Of several it is one from which its words came, and of these the one furthest from the
    root, whose own way may lead through the others. Nothing hangs on itself by a ring.
    """
    by_day = sorted(
        nodes, key=lambda node: (node.day or date.max, node.name, node.slug)
    )
    links = {node.slug: node.links for node in by_day}
    place = {node.slug: number for number, node in enumerate(by_day)}
    hangs_on: dict[str, str] = {}
    for node in by_day:
        free = [
            link for link in node.links if node.slug not in _above(link.base, hangs_on)
        ]
        if free:
            hangs_on[node.slug] = max(
                free,
                key=lambda link: (
                    link.is_firm,
                    _length(link.base, links),
                    -place.get(link.base, 0),
                ),
            ).base
    below: dict[str, list[Node]] = {}
    for node in by_day:
        base = hangs_on.get(node.slug, "")
        first = sorted(node.links, key=lambda link: link.base != base)
        below.setdefault(base, []).append(replace(node, links=tuple(first)))
    rows = [*_walked(root, below), *(_walked("", below) if root else ())]
    return _with_bases_at_hand(rows, below)


def _with_bases_at_hand(
    rows: list[Node], below: Mapping[str, list[Node]]
) -> list[Node]:
    """Move what nothing hangs on, and what hangs on nothing, before what rests on it."""
    alone = {node.slug: node for node in below.get("", ()) if node.slug not in below}
    moved = {link.base for node in rows for link in node.links[1:]} & alone.keys()
    found: dict[str, Node] = {}
    for node in rows:
        for link in node.links[1:]:
            if link.base in moved:
                found.setdefault(link.base, alone[link.base])
        if node.slug not in moved:
            found[node.slug] = node
    return [*found.values()]


def _length(
    slug: str, links: Mapping[str, Iterable[Link]], seen: frozenset[str] = frozenset()
) -> int:
    """Count the steps of the longest way back; a ring ends where it began."""
    if slug in seen:
        return 0
    ways = (_length(link.base, links, seen | {slug}) for link in links.get(slug, ()))
    return 1 + max(ways, default=0)


def _above(slug: str, hangs_on: Mapping[str, str]) -> list[str]:
    found = [slug]
    while found[-1] in hangs_on:
        found.append(hangs_on[found[-1]])
    return found


def _walked(root: str, below: Mapping[str, list[Node]]) -> Iterator[Node]:
    waiting = [*reversed(below.get(root, []))]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(below.get(node.slug, []))
