"""From a figure or a page to the nodes of its lineage, as the reports are counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.http import urlencode

from dashboard.charts import lineage_drawing
from dashboard.charts.lineage import LineageChart, Link, Node, Standing
from dashboard.charts.lineage_order import in_order
from recruitment import lineage, wording
from recruitment.choices import Precision, Role
from recruitment.models import Citation, Claimant, Figure, Source


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
    rows = _numbered([*ends, *in_order(nodes, ends[-1].slug)], way)
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
        replace(node, is_focus=node.slug == source.slug) for node in in_order(nodes)
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


def lineage_unknown(of: Figure | Source) -> LineageChart:
    """Say that a figure or a page was not on record yet."""
    name = "figure" if isinstance(of, Figure) else "source"
    return LineageChart(
        query=urlencode({name: of.slug}),
        title="How a claim travelled",
        rows=(),
        empty="The record did not have it then.",
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
