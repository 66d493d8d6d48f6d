"""Publishers, claimants and pages that wait with the drafts that brought them.

Whatever the desk enters anew is held back until a record that needs it is public, so that
nobody's word goes out before a second person has read it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from recruitment.choices import Status
from recruitment.models import (
    Citation,
    Claimant,
    Figure,
    Incentive,
    Method,
    Presence,
    Publisher,
    Response,
    Source,
)

type_held = Publisher | Claimant | Source
SAID = (Figure, Response, Incentive, Method, Presence)


def needed_by_the_public() -> Iterator[type_held]:
    """Give what is held back although something public needs it now."""
    yield from _claimants()
    pages = _pages()
    yield from pages
    of_pages = Q(pk__in={page.publisher_id for page in pages})
    shown = Source.objects.published().filter(publisher=OuterRef("pk"))
    held = Publisher.objects.filter(is_draft=True)
    yield from held.filter(of_pages | Exists(shown))


def _claimants() -> list[Claimant]:
    counted = Figure.objects.published().filter(evidence_origin=OuterRef("pk"))
    needed = Q(Exists(counted))
    for model in SAID:
        public = model._default_manager.exclude(status=Status.DRAFT)
        needed |= Q(Exists(public.filter(claimant=OuterRef("pk"))))
    return list(Claimant.objects.filter(needed, is_draft=True))


def _pages() -> list[Source]:
    """Give the pages that are cited in public, and those on which public ones rest."""
    held = {page.pk: page for page in Source.objects.filter(is_draft=True)}
    if not held:
        return []
    cited = Citation.objects.published().filter(source__in=held)
    needed = {*cited.values_list("source_id", flat=True)}
    links = list(
        Source.derived_from.through.objects.filter(to_source__in=held).values_list(
            "from_source_id", "to_source_id"
        )
    )
    while True:
        more = {
            parent
            for page, parent in links
            if page in needed or page not in held  # a page that is shown
        }
        if more <= needed:
            return [held[pk] for pk in sorted(needed)]
        needed |= more
