"""What recruits were promised, paid and charged, on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.chart_views import FEW, not_understood
from dashboard.charts.incentives import incentives_chart
from dashboard.charts.kinds import promised
from dashboard.forms import IncentiveForm
from recruitment.choices import IncentiveKind
from recruitment.models import Country, Incentive


@require_safe
def incentives(request: HttpRequest) -> HttpResponse:
    form = IncentiveForm(request.GET)
    if not form.is_valid():
        return not_understood(request, form)
    asked = form.asked()
    told = list(promised(**asked))
    with_promises = Incentive.objects.published().filter(countable=True)
    return render(
        request,
        "dashboard/incentives.html",
        {
            "form": form,
            "asked": asked,
            "chart": incentives_chart(told, **asked),
            "incentives": told,
            "few": FEW,
            "beside_money": _by_kind(told),
            "countries": Country.objects.filter(
                pk__in=with_promises.values("country")
            ).order_by("name"),
        },
    )


def _by_kind(told: Iterable[Incentive]) -> list[tuple[str, list[Incentive]]]:
    """Give what was promised without a sum, by what it is."""
    found = defaultdict(list)
    for one in told:
        if one.amount_low is None and one.amount_high is None:
            found[IncentiveKind(one.kind)].append(one)
    return [(kind.label, found[kind]) for kind in IncentiveKind if kind in found]
