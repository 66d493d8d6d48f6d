"""What states did about the recruitment of their nationals, as marks on a line of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.http import urlencode

from dashboard.charts import response_drawing, response_plot
from dashboard.charts.chart import Chart, Drawing, type_record, type_url
from dashboard.charts.response_drawing import Mark
from recruitment import wording
from recruitment.choices import Precision, ResponseKind
from recruitment.models import Country, Response


@dataclass(frozen=True)
class Act:
    """One thing that a state did, by whom it is told, and where it stands in full."""

    slug: str
    lane: str  # the line of the chart that it stands on
    country: str
    kind: ResponseKind
    actor: str
    summary: str
    claimant: str
    publishers: tuple[str, ...]
    url: type_url
    when: str
    day: date | None = None
    precision: str = Precision.UNKNOWN
    persons: int | None = None

    @property
    def in_words(self) -> str:
        return (
            f"{self.country}, {self.when}: {self.kind.label}, {self.actor}."
            f" {self.summary} ({self.claimant})"
        )


@dataclass(frozen=True, kw_only=True)
class ResponsesChart(Chart):
    """A line for each country, or for each kind where there is one country."""

    kind = "responses"
    key_template = "dashboard/charts/responses_key.html"
    is_plotted = True
    columns = {
        "date": "Day",
        "country": "Country",
        "kind": "What",
        "actor": "Who",
        "summary": "In short",
        "persons": "People",
        "claimant": "According to",
        "publishers": "Pages",
        "page": "Address",
    }
    rows: tuple[Act, ...]  # the newest first, the undated last

    def records(self) -> list[type_record]:
        return [
            {
                "date": act.when,
                "country": act.country,
                "kind": act.kind.label,
                "actor": act.actor,
                "summary": act.summary,
                "persons": act.persons,
                "claimant": act.claimant,
                "publishers": ", ".join(act.publishers),
                "page": act.url,
            }
            for act in self.rows
        ]

    @cached_property
    def drawings(self) -> list[Drawing]:
        return response_drawing.drawings(self.rows)

    def spec(self) -> dict[str, Any]:
        return response_plot.spec(self.rows)

    @property
    def key(self) -> str:  # type: ignore[override]  # names only what occurs
        told = ". ".join(
            f"{mark.name.capitalize()}: {kind.lower()}" for mark, kind in self.marks
        )
        return f"{told}."

    @property
    def marks(self) -> list[tuple[Mark, str]]:
        """Give the mark and the name of each kind that occurs."""
        occurring = {act.kind for act in self.rows}
        return [
            (response_drawing.MARKS[kind], kind.label)
            for kind in ResponseKind
            if kind in occurring
        ]

    @property
    def has_year_marks(self) -> bool:
        return any(act.precision == Precision.YEAR for act in self.rows)


def responses_chart(
    responses: Iterable[Response], country: Country | None = None, kind: str = ""
) -> ResponsesChart:
    """Set what states did on one line of time; `responses` come newest first."""
    rows = tuple(_act(one, is_of_one_country=bool(country)) for one in responses)
    what = ResponseKind(kind).label.lower() if kind else ""
    subject = ", ".join(filter(None, (country.name if country else "", what)))
    asked = {"country": country.code if country else "", "kind": kind}
    return ResponsesChart(
        query=urlencode({name: value for name, value in asked.items() if value}),
        title=f"What states did{f': {subject}' if subject else ''}",
        summary=_summary(rows, country),
        rows=rows,
        empty=(
            "The record knows of nothing like it that any state did. That does not mean that"
            " none did."
        ),
        note="By the day on which it was done",
    )


def _act(response: Response, *, is_of_one_country: bool) -> Act:
    kind, country = ResponseKind(response.kind), response.country
    pages = (citation.source.publisher.name for citation in response.citations.all())
    return Act(
        slug=response.slug,
        lane=kind.label if is_of_one_country else country.name,
        country=country.name,
        kind=kind,
        actor=response.actor,
        summary=response.summary,
        claimant=response.claimant.name,
        publishers=tuple(dict.fromkeys(pages)),
        url=response_url(response),
        when=wording.day(response.date, response.date_precision),
        day=response.date,
        precision=response.date_precision,
        persons=response.persons,
    )


def response_url(response: Response) -> type_url:
    """Give the address of the row that tells a response in full."""
    query = urlencode({"country": response.country.code, "kind": response.kind})
    return f"{reverse('responses')}?{query}#{response.slug}"


def _summary(rows: tuple[Act, ...], country: Country | None) -> str:
    if not rows:
        return ""
    undated = sum(act.day is None for act in rows)
    told = f"{len(rows)} act{pluralize(len(rows))} about the recruitment of nationals"
    if country is None:
        countries = Counter(act.country for act in rows)
        told += f" of {len(countries)} countr{pluralize(len(countries), 'y,ies')}"
        if len(countries) > 2:
            most = (f"{name} ({count})" for name, count in countries.most_common(2))
            told += f", most of them of {' and '.join(most)}"
    if undated:
        told += f"; of {undated} the day is not known"
    return f"{told}."
