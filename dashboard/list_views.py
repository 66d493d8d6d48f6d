"""Lists of the record, page by page: every figure, and what states did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dashboard.chart_views import not_understood
from dashboard.charts.records import responses_told
from dashboard.charts.responses import responses_chart
from dashboard.record_forms import ORDERS, FiguresForm, ResponsesForm
from recruitment.api.filters import FigureFilter
from recruitment.api.pagination import Order
from recruitment.choices import ClaimantKind, Metric, Side
from recruitment.models import Country, Figure, Response

A_PAGE = 50
LABELS = {"metric": "Count", "claimant_kind": "Who says it"}


@dataclass(frozen=True)
class Listing:
    """One page of rows, and what the address asks for beside the page."""

    page: Page[Any]
    query: str

    def address(self, number: int) -> str:
        query = f"{self.query}&page={number}" if number > 1 else self.query
        return f"?{query.strip('&')}"

    @property
    def previous(self) -> str:
        page = self.page
        return self.address(page.previous_page_number()) if page.has_previous() else ""

    @property
    def next(self) -> str:
        page = self.page
        return self.address(page.next_page_number()) if page.has_next() else ""


@require_safe
def responses(request: HttpRequest) -> HttpResponse:
    form = ResponsesForm(request.GET)
    if not form.is_valid():
        return not_understood(request, form)
    told = list(responses_told(**form.asked()))
    chart = responses_chart(told, **form.asked())
    return render(
        request,
        "dashboard/responses.html",
        {
            "form": form,
            "chart": chart,
            "listing": _listing(told, form.cleaned_data["page"], chart.query),
            "countries": _countries_in(Response.objects.published()),
        },
    )


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    form = FiguresForm(request.GET)
    given = request.GET.dict()
    asked = {
        name: f"{value}"
        for name, value in given.items()
        if name in FigureFilter.base_filters and value
    }
    published = Figure.objects.published()
    filters = FigureFilter(asked, published)  # type: ignore[no-untyped-call]
    for one in (form, filters.form):
        if not one.is_valid():
            return not_understood(request, one)
    order, columns = form.order(), {one.name: one for one in Figure._meta.fields}
    by = Order(order, columns["slug"], columns[order.removeprefix("-")])
    related = ("country", "claimant", "evidence_origin", "spread")
    rows = by.sorted(filters.qs.select_related(*related))
    query = urlencode({**asked, "ordering": order})
    return render(
        request,
        "dashboard/figures.html",
        {
            "listing": _listing(rows, form.cleaned_data["page"], query),
            "columns": _columns(asked, order),
            "fields": _fields(asked),
            "asked": asked,
            "order": order,
            "orders": ORDERS,
            "caption": dict(ORDERS)[order],
        },
    )


def _fields(asked: dict[str, str]) -> list[dict[str, Any]]:
    """Give what the list can be narrowed by; a choice that it lacks stays as it is."""
    countries = _countries_in(Figure.objects.published())
    choices = {
        "country": [(one.code, one.name) for one in countries],
        "metric": Metric.choices,
        "side": Side.choices,
        "claimant_kind": ClaimantKind.choices,
    }
    for name, value in asked.items():
        if value not in dict(choices.get(name, ())):
            choices.setdefault(name, []).append((value, value))
    return [
        {
            "name": name,
            "label": LABELS.get(name, name.replace("_", " ")),
            "choices": some,
            "value": asked.get(name, ""),
        }
        for name, some in choices.items()
    ]


def _columns(asked: dict[str, str], order: str) -> list[dict[str, str]]:
    """Give the two headings that sort the list: where each leads, and how it is now."""
    found = []
    for name in ("as_of", "low"):
        is_down = order == f"-{name}"
        then = urlencode({**asked, "ordering": name if is_down else f"-{name}"})
        now, arrow = {f"-{name}": ("descending", "↓"), name: ("ascending", "↑")}.get(
            order, ("", "")
        )
        found.append({"address": f"?{then}", "sorted": now, "arrow": arrow})
    return found


def _listing(
    rows: Sequence[Any] | QuerySet[Any], number: int | None, query: str
) -> Listing:
    try:
        return Listing(Paginator(rows, A_PAGE).page(number or 1), query)
    except EmptyPage as error:
        raise Http404 from error


def _countries_in(rows: QuerySet[Any]) -> Iterable[Country]:
    """Give those countries and groups about which there are rows, by name."""
    return Country.objects.filter(pk__in=rows.values("country")).order_by("name")
