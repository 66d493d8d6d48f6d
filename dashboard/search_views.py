"""Search: countries, claimants, pages and figures by the words that a reader types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from recruitment.models import Claimant, Country, Figure, Source
from recruitment.searching import words_of

MOST = 20
SHELVES: dict[str, Any] = {
    "countries": Country.objects.with_figure_counts(),
    "claimants": Claimant.objects.published().select_related("country"),
    "figures": Figure.objects.published().select_related(
        "country", "claimant", "evidence_origin"
    ),
    "sources": Source.objects.published().select_related("publisher"),
}


@dataclass(frozen=True)
class Shelf:
    """The best rows of one kind, and how many there are in all."""

    name: str
    rows: list[Any]
    count: int

    @property
    def rest(self) -> int:
        return self.count - len(self.rows)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what a search finds; lead straight to a country that is called just so."""
    asked = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"asked": asked}
    if asked:
        try:
            words_of(asked)
        except ValueError as error:
            context["refusal"] = str(error)
            return render(request, "dashboard/search.html", context, status=400)
        named = list(Country.objects.called(asked)[:2])
        if len(named) == 1 and "all" not in request.GET:
            return redirect("country", code=named[0].code)
        shelves = [_shelf(name, asked) for name in SHELVES]
        context |= {"shelves": shelves, "found": any(one.rows for one in shelves)}
    return render(request, "dashboard/search.html", context)


def _shelf(name: str, asked: str) -> Shelf:
    found = SHELVES[name].matching(asked)
    rows = list(found.best_first(asked)[: MOST + 1])
    count = found.count() if rows[MOST:] else len(rows)
    return Shelf(name, rows[:MOST], count)
