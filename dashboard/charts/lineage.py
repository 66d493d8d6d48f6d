"""How a claim travelled: who counted, the pages that carry it, and whom these copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from dashboard.charts import lineage_drawing, lineage_plot
from dashboard.charts.chart import Chart, Drawing, type_record, type_url


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
    is_plotted = True
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

    def spec(self) -> dict[str, Any]:
        return lineage_plot.spec(self.rows)

    @property
    def standings(self) -> set[str]:
        """Name the standings that occur, for the key of the marks."""
        return {node.standing.name for node in self.rows}

    @property
    def has_loose_links(self) -> bool:
        return any(not link.is_firm for node in self.rows for link in node.links)
