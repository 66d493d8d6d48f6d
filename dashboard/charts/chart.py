"""What a chart is: one object, told several ways, which cannot disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.safestring import SafeString

type_url = str
MOST_OF_A_BEGINNING = 12
type_record = dict[str, Any]


@dataclass(frozen=True)
class Drawing:
    """One drawing by the server, in its own units; style sheets show the one that fits."""

    css_class: str  # chart-wide or chart-narrow
    width: int
    height: int
    inner: SafeString  # what stands inside the <svg> element

    @property
    def is_narrow(self) -> bool:
        return self.css_class == "chart-narrow"


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A title, a sentence, and rows. Every other form is made of the rows."""

    kind: ClassVar[str]  # its name in addresses, and its id in a page
    # The columns of its table, CSV and JSON, each with its heading.
    columns: ClassVar[dict[str, str]]
    key_template: ClassVar[str] = ""  # explains the marks
    key: ClassVar[str] = ""  # the same in words, for a drawing that leaves the page
    is_plotted: ClassVar[bool] = False  # Plotly takes over from the drawing

    title: str
    rows: tuple[Any, ...]
    query: str = ""  # the view that it shows, as it stands in an address
    summary: str = ""
    empty: str = ""  # what to say where there are no rows
    note: str = ""  # as-of day, rules, order

    def records(self) -> list[type_record]:
        """Give each row as a flat record of `columns`; addresses are paths of this site."""
        raise NotImplementedError

    @cached_property
    def drawings(self) -> list[Drawing]:
        """Give the wide drawing, and the narrow one."""
        raise NotImplementedError

    def beginnings(self) -> Iterator[Chart]:
        """Give the chart, and its beginnings row by row, for a place with little room."""
        yield self
        for most in range(min(len(self.rows) - 1, MOST_OF_A_BEGINNING), 0, -1):
            yield replace(self, rows=self.rows[:most])

    def spec(self) -> dict[str, Any]:
        """Give `data` and `layout` of what Plotly draws over the wide drawing."""
        raise NotImplementedError

    @property
    def scale_name(self) -> str:
        """Name the scale, where it needs to be told."""
        return ""

    def address(self, form: str) -> type_url:
        """Give the address of one form: svg, png, csv, json, plotly, bib, ris, csl or card."""
        return self._at("chart-file", self.kind, form)

    @property
    def page(self) -> type_url:
        """Give the address of the page that holds the chart alone."""
        return self._at("chart", self.kind)

    @property
    def embed(self) -> type_url:
        """Give the address of the chart for another site's page."""
        return self._at("embed", self.kind)

    def embed_of(self, revision: int) -> type_url:
        """Give the address of the chart as a revision had it, for another site's page."""
        query = f"{self.query}&" if self.query else ""
        return f"{reverse('embed', args=[self.kind])}?{query}frozen={revision}"

    def _at(self, name: str, *args: str) -> type_url:
        path = reverse(name, args=args)
        return f"{path}?{self.query}" if self.query else path
