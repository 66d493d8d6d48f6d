"""Whether we are well, for whoever watches over the site: load balancers and monitors."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recruitment.pulse import Pulse


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; asks nothing else, so that it fails with nothing else."""
    return HttpResponse("This process answers.\n", content_type="text/plain")


@never_cache
@require_safe
def jobs(request: HttpRequest) -> JsonResponse:
    """Say whether jobs are done, with status 503 where they are not."""
    try:
        pulse = Pulse.taken(timezone.now())
    except DatabaseError:
        return _answer(["The database does not answer."])
    return _answer(
        list(pulse.troubles()),
        last_heartbeat=pulse.heard_at,
        workers=pulse.workers,
        running=pulse.running,
        waiting=pulse.waiting,
        waiting_since=pulse.waiting_since,
    )


def _answer(troubles: list[str], **told: object) -> JsonResponse:
    words = " ".join(troubles) or "Jobs are done."
    return JsonResponse(
        {"is_well": not troubles, "words": words, **told},
        status=503 if troubles else 200,
    )
