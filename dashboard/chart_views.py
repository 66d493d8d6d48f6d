"""Each chart at its own addresses: a page, and a file for each of its forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from dashboard import metadata
from dashboard.charts import files
from dashboard.charts.chart import Chart
from dashboard.charts.kinds import KINDS, chart_of, frozen
from dashboard.citing import CITATIONS, Work, work_of
from dashboard.forms import ChartForm
from dashboard.gone import gone, gone_file
from recruitment import revisions
from recruitment.api.renderers import as_json
from recruitment.models import Figure, Revision

FEW = 8  # rows of a table that need not be folded away
FORMS: dict[str, tuple[str, Callable[[Chart, str], bytes | str]]] = {
    "csv": ("text/csv; charset=utf-8", files.as_csv),
    "json": ("application/json", files.as_data),
    "svg": ("image/svg+xml", files.as_svg),
    "png": ("image/png", files.as_png),
    "card": ("image/png", files.as_card),  # of a link preview
    "plotly": ("application/json", lambda chart, origin: as_json(chart.spec())),
}


@require_safe
def chart(request: HttpRequest, kind: str) -> HttpResponse:
    form = _form(request, kind)
    if not form.is_valid():
        return not_understood(request, form)
    if figure := _taken_back(form):
        return gone(request, figure)
    made = chart_of(KINDS[kind], form)
    context = {
        "chart": made,
        "records": made.records(),
        "few": FEW,
        "origin": origin_of(request),
        "work": _work(request, made),
        "frozen_embed": made.embed_of(revisions.current().number),
        "dataset": metadata.of_chart(
            origin_of(request), made, form.cleaned_data.get("country")
        ),
    }
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
    if figure := _taken_back(asked):
        return gone_file(request, figure)
    made = chart_of(KINDS[kind], asked)
    if form in CITATIONS:
        return citation(_work(request, made), form)
    if form not in FORMS or (form == "plotly" and not made.is_plotted):
        raise Http404
    media_type, write = FORMS[form]
    answer = HttpResponse(write(made, origin_of(request)), content_type=media_type)
    if form == "csv":
        answer["Content-Disposition"] = f'attachment; filename="muster-{kind}.csv"'
    return answer


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # as above
def embed(request: HttpRequest, kind: str) -> HttpResponse:
    """Show a chart alone, to stand in another site's page: live, or as a revision had it."""
    form = _form(request, kind)
    if not form.is_valid():
        return not_understood(request, form)
    if figure := _taken_back(form):
        return gone(request, figure, "dashboard/gone_embed.html")
    context: dict[str, Any] = {"origin": origin_of(request)}
    if number := request.GET.get("frozen"):
        revision = Revision.objects.filter(number=_whole(number)).first()
        if revision is None:
            raise Http404
        if "as_of" in form.fields and not form.cleaned_data["as_of"]:
            form.add_error(
                "as_of", "A frozen chart needs its day, or it would move on."
            )
            return not_understood(request, form)
        held = frozen(KINDS[kind], form, revision)
        context |= {"chart": held.chart, "frozen": held}
    else:
        context["chart"] = chart_of(KINDS[kind], form)
    return render(request, "dashboard/embed.html", context)


def citation(work: Work, form: str) -> HttpResponse:
    media_type, write = CITATIONS[form]
    answer = HttpResponse(write(work), content_type=f"{media_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{work.key}.{form}"'
    return answer


def not_understood(request: HttpRequest, form: Form) -> HttpResponse:
    return render(request, "dashboard/not_understood.html", {"form": form}, status=400)


def origin_of(request: HttpRequest) -> str:
    """Give scheme and host, as a file's addresses begin with them."""
    return request.build_absolute_uri("/").rstrip("/")


def _whole(number: str) -> int:
    """Read the number of a revision; no revision has the number -1."""
    return int(number) if number.isdecimal() and len(number) < 18 else -1


def _taken_back(form: ChartForm) -> Figure | None:
    """Give the figure that is asked for, where it was taken back."""
    figure: Figure | None = form.cleaned_data.get("figure")
    return figure if figure and figure.is_retracted else None


def _work(request: HttpRequest, made: Chart) -> Work:
    return work_of(made.title, origin_of(request) + made.page)


def _form(request: HttpRequest, kind: str) -> ChartForm:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind].form(request.GET)
