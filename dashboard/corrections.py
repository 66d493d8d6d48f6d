"""Corrections in words: what we had said, what we say now, and what was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from dashboard.naming import Named, counted
from dashboard.telling import lines
from recruitment import wording
from recruitment.choices import CorrectionKind, Resource
from recruitment.models import Change, Correction, Figure


@dataclass(frozen=True)
class Told:
    """One correction in words."""

    correction: Correction
    row: Named
    what: str  # the number before and after; of what was taken back, the number
    also: str  # what else changed; free texts are named and not repeated
    successor: Named | None

    @property
    def is_retraction(self) -> bool:
        return self.correction.kind == CorrectionKind.RETRACTION

    @property
    def anchor(self) -> str:
        return f"{self.correction.figure.slug}--{self.correction.revision_id}"

    @property
    def url(self) -> str:
        """Give its place among all corrections, which stays when more come."""
        later = self.correction.revision_id + 1
        return f"{reverse('corrections')}?before={later}#{self.anchor}"


def told(corrections: Iterable[Correction]) -> list[Told]:
    """Tell corrections in words, with as many queries for one as for many."""
    corrections = list(corrections)
    wanted = {one.successor_id for one in corrections if one.successor_id}
    public = (
        Figure.objects.published()
        .filter(pk__in=wanted)
        .select_related("country", "claimant", "evidence_origin")
    )
    successors = {one.pk: _with_number(one) for one in public} if wanted else {}
    logged = _logged(corrections)
    return [
        Told(
            one,
            named(one.figure),
            *logged.get((one.figure.slug, one.revision_id), ("", ""))
            if one.kind == CorrectionKind.CORRECTION
            else (wording.in_words(one.figure), ""),
            successor=successors.get(one.successor_id or 0),
        )
        for one in corrections
    ]


def corrections_of(figure: Figure) -> list[Told]:
    """Tell what was corrected in a figure, the newest first."""
    return told(figure.corrections.with_figures())


def named(figure: Figure) -> Named:
    """Name a figure that is at hand, with whom it is about and who says it."""
    return Named(
        counted(figure.country.name, figure.metric, figure.side),
        reverse("figure", args=[figure.slug]),
        f"{wording.who(figure)}, {wording.day(figure.as_of, figure.as_of_precision)}",
    )


def _with_number(figure: Figure) -> Named:
    row = named(figure)
    return row._replace(name=f"{row.name}: {wording.in_words(figure)}")


def _logged(corrections: list[Correction]) -> dict[tuple[str, int], tuple[str, str]]:
    """Tell what the log of changes says of the same figures in the same revisions."""
    slugs = {one.figure.slug for one in corrections}
    if not slugs:
        return {}
    changes = list(
        Change.objects.of(Resource.FIGURES, *slugs)
        .filter(revision__in={one.revision_id for one in corrections})
        .select_related("revision")
    )
    return {
        (change.public_id, change.revision_id): (line.what, line.also)
        for change, line in zip(changes, lines(changes), strict=True)
    }
