"""How a claim travelled: who counted, the pages that carry it, and whom these copy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.http import urlencode

from dashboard.charts import lineage_drawing
from dashboard.charts.chart import Chart, Drawing, type_record, type_url
from recruitment import lineage, wording
from recruitment.choices import Precision, Role
from recruitment.models import Citation, Claimant, Figure, Source


class Standing(StrEnum):
    """How a node stands on the claim's way."""

    ORIGIN = "who counted"
    RELAY = "who says it"
    REPORT = "a report of its own"
    COPY = "a copy"
    BASE = "not read for this figure"
    CREDITED = "credited; its page is not on record"


@dataclass(frozen=True)
class Link:
    """One step back: to the page that a page rests on, or to whom it quotes."""

    base: str
    how: str
    is_firm: bool = True  # what the page tells came this way


@dataclass(frozen=True)
class Node:
    """A page, a claimant, or a name that a page credits."""

    slug: str
    name: str
    standing: Standing
    url: type_url = ""
    about: str = ""
    when: str = ""
    day: date | None = None
    is_exact: bool = True  # the day is known to the day
    role: str = ""
    report: int | None = None
    is_focus: bool = False
    links: tuple[Link, ...] = ()  # the first is its place in the tree

    @property
    def in_short(self) -> str:
        """Say in a word or two what it is; what stands at the end of its row."""
        if self.is_focus:
            return "this page"
        number = "" if self.report is None else f" {self.report}"
        return {
            Standing.REPORT: f"report{number}" if number else "own report",
            Standing.COPY: f"copies report{number}" if number else "copy",
            Standing.BASE: f"base of report{number}" if number else "rested on",
            Standing.CREDITED: f"source of report{number}" if number else "credited",
        }.get(self.standing, self.standing)

    @property
    def in_words(self) -> str:
        parts = (self.about, self.when, self.role, self.standing, self.in_short)
        told = dict.fromkeys(part for part in parts if part)
        return f"{self.name}: {'; '.join(told)}"


@dataclass(frozen=True, kw_only=True)
class LineageChart(Chart):
    """The way of a claim, or what a page rests on and what rests on it, as a tree."""

    kind = "lineage"
    key_template = "dashboard/charts/lineage_key.html"
    key = (
        "Diamond: who counted, and who says it. Full: a report of its own. Empty: a copy of"
        " what it hangs on. Dashed: not read for this figure, or only rested on."
    )
    columns = {
        "name": "Page",
        "about": "About",
        "published": "Published",
        "standing": "Standing",
        "report": "Report",
        "role": "Cited as",
        "rests_on": "Comes from",
        "how": "How",
        "page": "Address",
        "rests_on_page": "Address of where it comes from",
    }
    rows: tuple[Node, ...]  # each after the node that it hangs on

    def records(self) -> list[type_record]:
        """Give a record for each link; a node without any has a record too."""
        known = {node.slug: node for node in self.rows}
        return [
            {
                "name": node.name,
                "about": node.about or None,
                "published": node.when or None,
                "standing": str(node.standing),
                "report": node.report,
                "role": node.role or None,
                "rests_on": known[link.base].name if link else None,
                "how": link.how if link else None,
                "page": node.url or None,
                "rests_on_page": known[link.base].url or None if link else None,
            }
            for node in self.rows
            for link in node.links or (None,)
        ]

    @cached_property
    def drawings(self) -> list[Drawing]:
        return lineage_drawing.drawings(self.rows)

    @property
    def standings(self) -> set[str]:
        """Name the standings that occur, for the key of the marks."""
        return {node.standing.name for node in self.rows}

    @property
    def has_loose_links(self) -> bool:
        return any(not link.is_firm for node in self.rows for link in node.links)


def figure_lineage(figure: Figure, sources: Iterable[Source]) -> LineageChart:
    """Draw the way of a figure; `sources` are its pages and all that they rest on."""
    cited = {one.source.slug: one for one in figure.citations.all()}
    by_slug = {source.slug: source for source in sources}
    pages = {slug: _page(source) for slug, source in by_slug.items()}
    way = _Way(cited, pages)
    ends = _ends(figure)
    nodes = [
        *(_page_node(by_slug[slug], way, ends[-1].slug) for slug in way.slugs),
        *(_credited(name, way, ends[-1].slug) for name in way.names),
    ]
    rows = _numbered([*ends, *_in_order(nodes, ends[-1].slug)], way)
    return LineageChart(
        query=urlencode({"figure": figure.slug}),
        title=(
            f"How a claim travelled: {figure.country},"
            f" {figure.get_metric_display().lower()}, {wording.in_words(figure)}"
        ),
        summary=_figure_summary(figure, ends[0], rows, way),
        rows=tuple(rows),
        note=_note(rows),
    )


def source_lineage(source: Source, sources: Iterable[Source]) -> LineageChart:
    """Draw what a page rests on and what rests on it; `sources` are all of these."""
    by_slug = {one.slug: one for one in sources}
    pages = {slug: _page(one) for slug, one in by_slug.items()}
    way = _Way({}, pages, slugs=pages)
    nodes = [
        *(_page_node(one, way) for one in by_slug.values()),
        *(_credited(name, way) for name in way.names),
    ]
    rows = [
        replace(node, is_focus=node.slug == source.slug) for node in _in_order(nodes)
    ]
    is_alone = len(rows) == 1
    return LineageChart(
        query=urlencode({"source": source.slug}),
        title=(f"What rests on what: {source.publisher}, {source.title_gist}"),
        summary="" if is_alone else _source_summary(source, rows),
        rows=() if is_alone else tuple(rows),
        empty=(
            "The record knows of no page that this one rests on, and of none that rests on"
            " it."
        ),
        note=_note(rows),
    )


def _page(source: Source) -> lineage.Page:
    return lineage.Page(
        source.slug,
        source.publisher.name,
        source.kind,
        frozenset(parent.slug for parent in source.derived_from.all()),
        frozenset(source.credits),
    )


class _Way:
    """The pages to draw, which reports they carry, and whom else they credit."""

    def __init__(
        self,
        cited: Mapping[str, Citation],
        pages: Mapping[str, lineage.Page],
        slugs: Collection[str] | None = None,
    ) -> None:
        self.cited, self.pages = cited, pages
        self.slugs = sorted(lineage.trail(cited, pages) if slugs is None else slugs)
        self.groups = lineage.joined(
            lineage.reports_of(pages[slug], pages, repeats=self.is_repetition(slug))
            for slug in sorted(cited)
        )
        self._by_publisher = {pages[slug].publisher: slug for slug in self.slugs}
        self.names = sorted(
            {
                name
                for slug in self.slugs
                for name in self._credits(slug)
                if self._page_of(name, slug) is None
            }
        )

    def is_repetition(self, slug: str) -> bool:
        return slug in self.cited and self.cited[slug].role == Role.REPEATS

    def is_copy(self, slug: str) -> bool:
        is_copy = self.pages[slug].kind in lineage.COPIES or self.is_repetition(slug)
        return is_copy and bool(self._parents(slug) or self._credits(slug))

    def links(self, slug: str) -> Iterator[Link]:
        is_copy = self.is_copy(slug)
        for parent in self._parents(slug):
            yield Link(parent, "copies" if is_copy else "rests on", is_copy)
        for name in self._credits(slug):
            yield Link(self._page_of(name, slug) or f"name:{name}", "credits")

    def _parents(self, slug: str) -> list[str]:
        parents = self.pages[slug].parents
        return [parent for parent in self.slugs if parent in parents and parent != slug]

    def _credits(self, slug: str) -> list[str]:
        """Name whom a copy credits, which counts where it names no page."""
        page = self.pages[slug]
        is_copy = page.kind in lineage.COPIES or self.is_repetition(slug)
        return sorted(page.credits) if is_copy and not self._parents(slug) else []

    def _page_of(self, name: str, slug: str) -> str | None:
        """Find another page of whom a page credits, among those that are drawn."""
        page = self._by_publisher.get(name)
        return None if page == slug else page

    def carries(self, reports: Collection[str]) -> frozenset[str] | None:
        """Give the group of the figure's reports to which some reports belong."""
        found = (group for group in self.groups if group.intersection(reports))
        return next(found, None)

    def reports(self, node: Node) -> frozenset[str] | None:
        if node.standing == Standing.CREDITED:
            return self.carries({node.name})
        if node.slug not in self.pages:
            return None
        page = self.pages[node.slug]
        repeats = self.is_repetition(node.slug)
        return self.carries(lineage.reports_of(page, self.pages, repeats=repeats))


def _ends(figure: Figure) -> list[Node]:
    """Give who counted and, where another only relays it, who says it."""
    origin = _claimant(figure.evidence_origin or figure.claimant, Standing.ORIGIN)
    origin = replace(origin, when=wording.day(figure.as_of, figure.as_of_precision))
    if figure.evidence_origin is None:
        return [origin]
    relay = _claimant(figure.claimant, Standing.RELAY)
    return [origin, replace(relay, links=(Link(origin.slug, "relays"),))]


def _claimant(claimant: Claimant, standing: Standing) -> Node:
    return Node(
        slug=f"{standing.name.lower()}:{claimant.slug}",
        name=claimant.name,
        url=reverse("claimant", args=[claimant.slug]),
        about=claimant.get_kind_display(),
        standing=standing,
    )


def _page_node(source: Source, way: _Way, claimant: str = "") -> Node:
    citation, is_copy = way.cited.get(source.slug), way.is_copy(source.slug)
    standing = Standing.COPY if is_copy else Standing.REPORT
    node = Node(
        slug=source.slug,
        name=source.publisher.name,
        url=reverse("source", args=[source.slug]),
        about=source.title_gist,
        when=wording.day(source.published, source.published_precision),
        day=source.published,
        is_exact=source.published_precision == Precision.DAY,
        standing=Standing.BASE if claimant and citation is None else standing,
        role=citation.get_role_display() if citation else "",
    )
    links = tuple(way.links(source.slug))
    if not claimant or (is_copy and links):
        return replace(node, links=links)
    if citation:
        return replace(node, links=(Link(claimant, "quotes"), *links))
    if way.reports(node):
        unread = Link(claimant, str(Standing.BASE), is_firm=False)
        return replace(node, links=(unread, *links))
    return replace(node, links=links)


def _credited(name: str, way: _Way, claimant: str = "") -> Node:
    unread = Link(claimant, str(Standing.BASE), is_firm=False)
    node = Node(f"name:{name}", name, Standing.CREDITED)
    return replace(node, links=(unread,)) if claimant else node


def _in_order(nodes: Iterable[Node], root: str = "") -> list[Node]:
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


def _numbered(rows: list[Node], way: _Way) -> list[Node]:
    """Number the reports in the order in which they are drawn."""
    numbers: dict[frozenset[str], int] = {}
    found = []
    for node in rows:
        reports = way.reports(node)
        number = numbers.setdefault(reports, len(numbers) + 1) if reports else None
        found.append(replace(node, report=number))
    return found


def _figure_summary(
    figure: Figure, origin: Node, rows: Iterable[Node], way: _Way
) -> str:
    pages, reports = len(way.cited), len(way.groups)
    told = (
        f"One origin, {origin.name}; {reports} independent report{pluralize(reports)};"
        f" {pages} page{pluralize(pages)}."
    )
    dated = [node for node in rows if node.slug in way.cited and node.day]
    if dated:
        first = min(dated, key=lambda node: (node.day, node.slug))
        told += f" The first with a known day: {first.name}, {first.when}."
    return told


def _note(rows: Collection[Node]) -> str:
    told = "By day of publication"
    if len(rows) <= lineage_drawing.MOST:
        return told
    return f"{told}; the first {lineage_drawing.MOST} of {len(rows)} rows"


def _source_summary(source: Source, rows: Collection[Node]) -> str:
    [own] = (node for node in rows if node.slug == source.slug)
    above = len(own.links)
    below = sum(source.slug in {link.base for link in node.links} for node in rows)
    rests = "rests on" if below == 1 else "rest on"
    return (
        f"It rests on {above or 'no'} page{pluralize(above)} or outlet{pluralize(above)};"
        f" {below or 'no'} page{pluralize(below)} {rests} it."
    )
