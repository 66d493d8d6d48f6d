"""Each chart at its own addresses: a page, and a file for each of its forms."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.charts import files
from dashboard.charts.chart import Chart
from dashboard.charts.kinds import KINDS, chart_of
from dashboard.forms import ViewForm
from recruitment.api.renderers import as_json

FORMS: dict[str, tuple[str, Callable[[Chart, str], bytes | str]]] = {
    "csv": ("text/csv; charset=utf-8", files.as_csv),
    "json": ("application/json", files.as_data),
    "svg": ("image/svg+xml", files.as_svg),
    "png": ("image/png", files.as_png),
    "plotly": ("application/json", lambda chart, origin: as_json(chart.spec())),
}


@require_safe
def chart(request: HttpRequest, kind: str) -> HttpResponse:
    form = _form(request, kind)
    if not form.is_valid():
        return not_understood(request, form)
    made = chart_of(KINDS[kind], form)
    context = {"chart": made, "records": made.records(), "origin": origin_of(request)}
    return render(request, "dashboard/chart.html", context)


@require_safe
# An SVG that is opened by itself brings its own style, and can run nothing.
@csp_update(  # type: ignore[arg-type]  # typed for views without arguments
    {"style-src": [UNSAFE_INLINE]}
)
def chart_file(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    asked = _form(request, kind)
    if not asked.is_valid():
        errors = as_json(asked.errors.get_json_data())
        return HttpResponse(errors, content_type="application/json", status=400)
    made = chart_of(KINDS[kind], asked)
    if form not in FORMS or (form == "plotly" and not made.is_plotted):
        raise Http404
    media_type, write = FORMS[form]
    answer = HttpResponse(write(made, origin_of(request)), content_type=media_type)
    if form == "csv":
        answer["Content-Disposition"] = f'attachment; filename="muster-{kind}.csv"'
    return answer


def not_understood(request: HttpRequest, form: ViewForm) -> HttpResponse:
    return render(request, "dashboard/not_understood.html", {"form": form}, status=400)


def origin_of(request: HttpRequest) -> str:
    """Give scheme and host, as a file's addresses begin with them."""
    return request.build_absolute_uri("/").rstrip("/")


def _form(request: HttpRequest, kind: str) -> ViewForm:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind].form(request.GET)
