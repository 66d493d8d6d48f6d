"""Rows that are worth a second look: by rule, and each with what was found in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from dashboard.desk.access import needs, person_of
from dashboard.forms import PageForm
from recruitment import quality, wording
from recruitment.choices import Resource, Status
from recruitment.models import RECORD, Dismissal, Estimate, Figure
from recruitment.quality import Finding, Found
from recruitment.quality_rules import Rule
from recruitment.reviewing import DecisionError

PER_PAGE = 50


@dataclass(frozen=True)
class Shown:
    """One finding as a page shows it."""

    finding: Finding
    name: str
    url: str
    told: str


@require_safe
@needs()
def rules(request: HttpRequest) -> HttpResponse:
    found = quality.look()
    total = sum(len(one.open) for one in found)
    return render(request, "desk/quality.html", {"found": found, "total": total})


@require_safe
@needs()
def rule(request: HttpRequest, code: str) -> HttpResponse:
    asked = _rule(code)
    found = quality.look_for(asked)
    form = PageForm(request.GET)
    number = (form.cleaned_data["page"] if form.is_valid() else None) or 1
    page = Paginator(found.open, PER_PAGE).get_page(number)
    context = {
        "rule": asked,
        "page": page,
        "rows": _shown(asked, page.object_list),
        "dismissed": _dismissals(found),
        "longest": quality.LONGEST_REASON,
    }
    return render(request, "desk/quality_rule.html", context)


@require_POST
@needs("review")
def dismiss(request: HttpRequest, code: str) -> HttpResponse:
    told = request.POST
    try:
        quality.dismiss(
            _rule(code),
            told.get("resource", ""),
            told.get("public_id", ""),
            version=told.get("version", ""),
            why=told.get("why", ""),
            by=person_of(request),
        )
    except DecisionError as error:
        messages.error(request, str(error))
    return redirect("desk:quality-rule", code)


@require_POST
@needs("review")
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    told = request.POST
    quality.reopen(
        _rule(code),
        told.get("resource", ""),
        told.get("public_id", ""),
        by=person_of(request),
    )
    return redirect("desk:quality-rule", code)


def _rule(code: str) -> Rule:
    found = quality.rule_of(code)
    if found is None:
        raise Http404
    return found


def _dismissals(found: Found) -> list[Dismissal]:
    """Give what was said of the rows that were found to be fine and have not changed."""
    fine = {(one.resource, one.public_id) for one in found.dismissed}
    held = Dismissal.objects.filter(rule=found.rule.code).select_related("by")
    return [one for one in held if (one.resource, one.public_id) in fine]


def _shown(asked: Rule, findings: Iterable[Finding]) -> list[Shown]:
    """Read the rows of a page of findings, those of each kind at once."""
    findings = list(findings)
    rows: dict[tuple[str, int], Any] = {}
    for resource in {one.resource for one in findings}:
        model = Estimate if resource == Resource.ESTIMATES else RECORD[resource]
        keys = [one.pk for one in findings if one.resource == resource]
        related = model._default_manager.filter(pk__in=keys).select_related()
        rows |= {(resource, row.pk): row for row in related}
    tell = asked.tell()
    return [
        Shown(one, *_named(one.resource, row), told=tell(row))
        for one in findings
        if (row := rows.get((one.resource, one.pk)))
    ]


def _named(resource: str, row: Any) -> tuple[str, str]:
    """Give what a row is called, and the page on which something can be done."""
    if isinstance(row, Figure):
        name = "draft" if row.status == Status.DRAFT else "figure"
        return wording.in_words(row), reverse(f"desk:{name}", args=[row.slug])
    if isinstance(row, Estimate):
        asked = urlencode({"side": row.side, "metric": row.metric})
        page = reverse("country", args=[row.country_id])
        return wording.best(row), f"{page}?{asked}#claims"
    model = row._meta
    page = reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[row.pk])
    return f"{model.verbose_name}", page
