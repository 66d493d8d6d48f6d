"""What changed in the record: all of it newest first, one revision, and the feeds."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dashboard.changelog import Entry, changes_in, counts_of, entries
from dashboard.chart_views import not_understood
from dashboard.feeds import JsonFeed, RecordFeed, guid
from dashboard.forms import BeforeForm, PageForm
from dashboard.telling import lines
from recruitment.models import Revision

REVISIONS_A_PAGE = 20
CHANGES_AN_ENTRY = 12
CHANGES_A_PAGE = 200
REVISIONS_IN_FEED = 30
CHANGES_IN_FEED = 40


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    form = BeforeForm(request.GET)
    if not form.is_valid():
        return not_understood(request, form)
    revisions = Revision.objects.all()
    if before := form.cleaned_data["before"]:
        revisions = revisions.filter(number__lt=before)
    found = list(revisions[: REVISIONS_A_PAGE + 1])
    shown = found[:REVISIONS_A_PAGE]
    context = {
        "entries": entries(shown, CHANGES_AN_ENTRY),
        "older": shown[-1].number if len(found) > len(shown) else None,
        "is_newest": not before,
    }
    return render(request, "dashboard/changes.html", context)


@require_safe
def revision(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Revision, number=number)
    form = PageForm(request.GET)
    if not form.is_valid():
        return not_understood(request, form)
    told = changes_in(found).select_related("revision")
    pages = Paginator(told, CHANGES_A_PAGE)
    try:
        page = pages.page(form.cleaned_data["page"] or 1)
    except EmptyPage as error:
        raise Http404 from error
    context = {
        "entry": Entry(found, counts_of(found), lines(page)),
        "page": page,
        "since": number - 1,
    }
    return render(request, "dashboard/revision.html", context)


class AtomOfChanges(RecordFeed):
    """The newest revisions, each with its first changes in words."""

    title = "Muster: changes of the record"
    subtitle = "What was added to the record, corrected in it or taken back, and why."
    description_template = "dashboard/feed_entry.html"

    def link(self) -> str:
        return reverse("changes")

    def items(self) -> list[Entry]:
        return entries(Revision.objects.all()[:REVISIONS_IN_FEED], CHANGES_IN_FEED)

    def item_title(self, entry: Entry) -> str:
        return f"Revision {entry.revision.number}: {entry.revision.reason}"

    def item_link(self, entry: Entry) -> str:
        return entry.url

    def item_guid(self, entry: Entry) -> str:
        """Give an id that is the same under every name of this site."""
        return guid(entry.revision)

    def item_pubdate(self, entry: Entry) -> Any:
        return entry.revision.made_at

    def item_updateddate(self, entry: Entry) -> Any:
        return entry.revision.made_at


class JsonOfChanges(AtomOfChanges):
    feed_type = JsonFeed


atom = require_safe(AtomOfChanges())
json_feed = require_safe(JsonOfChanges())
