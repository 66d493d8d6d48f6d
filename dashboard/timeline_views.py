"""The page that tells the record month by month."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dashboard.chart_views import not_understood
from dashboard.forms import TimelineForm
from dashboard.timeline import years
from recruitment.models import Country, Figure, Response
from recruitment.querysets import FigureQuerySet, RecordQuerySet

# Above this, a page shows one year at a time.
MOST = 2_000


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    form = TimelineForm(request.GET)
    if not form.is_valid():
        return not_understood(request, form)
    country, side, year = (form.cleaned_data[n] for n in ("country", "side", "year"))
    figures: FigureQuerySet = Figure.objects.published()
    responses: RecordQuerySet = Response.objects.published()
    if country:
        figures = figures.filter(country=country)
        responses = responses.filter(country=country)
    if side:
        figures = figures.on_side(side)
    all_years = sorted(
        {day.year for day in figures.dates("as_of", "year")}
        | {day.year for day in responses.dates("date", "year")},
        reverse=True,
    )
    is_short = figures.count() + responses.count() <= MOST
    if not is_short and year is None:
        year = next(iter(all_years), None)
    if year:
        figures = figures.filter(as_of__year=year)
        responses = responses.filter(date__year=year)
    figures = figures.select_related("country", "claimant", "evidence_origin")
    found = list(figures), list(responses.select_related("country", "claimant"))
    asked = {"country": country.code if country else "", "side": side}
    context = {
        "form": form,
        "country": country,
        "countries": _countries(),
        "side": side,
        "year": year,
        "all_years": all_years,
        "is_short": is_short,
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "figure_count": len(found[0]),
        "response_count": len(found[1]),
        "years": years(*found),
    }
    return render(request, "dashboard/timeline.html", context)


def _countries() -> list[Country]:
    """Give the countries and groups that the page has anything to tell of."""
    shown = Q(pk__in=Figure.objects.published().values("country"))
    shown |= Q(pk__in=Response.objects.published().values("country"))
    return list(Country.objects.filter(shown).order_by("name"))
