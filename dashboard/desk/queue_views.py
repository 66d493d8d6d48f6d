"""The front page of the desk: what waits for somebody."""

from __future__ import annotations

from contextlib import suppress

from django.core.cache import cache
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.desk.access import needs, person_of
from dashboard.desk.drafts import waiting_drafts
from dashboard.desk.parents import with_likely_parents
from recruitment import quality
from recruitment.choices import CandidateState, JobState
from recruitment.jobs import OUTAGES
from recruitment.models import Article, Candidate, Job

MOST = 10
LATEST_CLOSED = 5
COUNTED = "muster:desk:worth-a-look"
SECONDS_COUNTED = 300


@require_safe
@needs()
def queue(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    open_ones = Count("candidates", filter=Q(candidates__state=CandidateState.OPEN))
    articles = (
        Article.objects.select_related("brought_by", "source")
        .annotate(found=Count("candidates"), left=open_ones)
        .defer("text", "fingerprint")
    )
    drafts = waiting_drafts(person)
    return render(
        request,
        "desk/queue.html",
        {
            "articles": with_likely_parents(articles.filter(closed_at=None)),
            "closed": articles.exclude(closed_at=None).order_by("-closed_at")[
                :LATEST_CLOSED
            ],
            "drafts": [one for one in drafts if one.is_from_desk][:MOST],
            "draft_count": len(drafts),
            "worth_a_look": worth_a_look(),
            "to_cite": Candidate.objects.waiting_to_be_cited().count(),
            "failed": Job.objects.filter(state=JobState.FAILED)[:MOST],
            "running": Job.objects.filter(
                state__in=[JobState.QUEUED, JobState.RUNNING]
            ).count(),
        },
    )


def worth_a_look() -> int:
    """Count what the rules of quality find; remembered, since they go through the record."""
    try:
        found = cache.get(COUNTED)
    except OUTAGES:
        found = None
    if found is None:
        found = sum(len(one.open) for one in quality.look())
        with suppress(*OUTAGES):
            cache.set(COUNTED, found, SECONDS_COUNTED)
    return int(found)
