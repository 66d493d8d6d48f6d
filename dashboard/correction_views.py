"""What we corrected or took back, in public: the page and its feeds."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dashboard.chart_views import not_understood
from dashboard.corrections import Told, told
from dashboard.feeds import JsonFeed, RecordFeed, guid
from dashboard.forms import BeforeForm
from recruitment.models import Correction

REVISIONS_A_PAGE = 50
CORRECTIONS_IN_FEED = 30


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    form = BeforeForm(request.GET)
    if not form.is_valid():
        return not_understood(request, form)
    every = Correction.objects.published().with_figures()
    before = form.cleaned_data["before"]
    rows = every.filter(revision__lt=before) if before else every
    found = list(dict.fromkeys(rows.values_list("revision", flat=True)))
    shown = found[:REVISIONS_A_PAGE]
    context = {
        "entries": told(every.filter(revision__in=shown)),
        "older": shown[-1] if len(found) > len(shown) else None,
        "is_newest": not before,
    }
    return render(request, "dashboard/corrections.html", context)


class AtomOfCorrections(RecordFeed):
    """The newest corrections and retractions, each whole."""

    title = "Muster: corrections"
    subtitle = "What we had wrong in the record, what we say now, and why."
    description_template = "dashboard/correction_entry.html"

    def link(self) -> str:
        return reverse("corrections")

    def items(self) -> list[Told]:
        newest = Correction.objects.published().with_figures()
        return told(newest[:CORRECTIONS_IN_FEED])

    def item_title(self, entry: Told) -> str:
        return f"{entry.correction.get_kind_display()}: {entry.row.name}"

    def item_link(self, entry: Told) -> str:
        return entry.url

    def item_guid(self, entry: Told) -> str:
        return guid(entry.correction.revision, entry.correction.figure.slug)

    def item_pubdate(self, entry: Told) -> datetime:
        return entry.correction.revision.made_at

    def item_updateddate(self, entry: Told) -> datetime:
        return entry.correction.revision.made_at


class JsonOfCorrections(AtomOfCorrections):
    feed_type = JsonFeed


atom = require_safe(AtomOfCorrections())
json_feed = require_safe(JsonOfCorrections())
