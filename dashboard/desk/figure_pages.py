"""What every page with a figure's form shows beside it: cautions, and the claimant's record.

Nothing is kept before its cautions were read: the form carries their digest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from dashboard.charts.records import figures_of_claimant
from dashboard.claimant_record import ClaimantRecord, record_of
from dashboard.desk.forms.fields import names_to_choose
from dashboard.desk.forms.figures import FigureForm
from recruitment.cautions import Caution, cautions, digest
from recruitment.models import Claimant, Source

KEEP = "keep"


@dataclass(frozen=True)
class Check:
    """What came of a form: whether it may be kept, and what has to be read before."""

    may_be_kept: bool = False
    cautions: list[Caution] = field(default_factory=list)
    claimant: Claimant | None = None

    @property
    def digest(self) -> str:
        return digest(self.cautions)


def checked_form(
    request: HttpRequest, form: FigureForm, source: Source | None = None
) -> Check:
    """Find the cautions about what was typed; keep it only if just these were read."""
    if not form.is_bound:
        return Check(claimant=form.initial.get("claimant") or None)
    if not form.is_valid():
        return Check(claimant=form.cleaned_data.get("claimant"))
    found = cautions(form.instance, source)
    was_read = not found or request.POST.get("read") == digest(found)
    wanted = request.POST.get("do") == KEEP
    return Check(wanted and was_read, found, form.cleaned_data["claimant"])


def figure_context(form: FigureForm, check: Check) -> dict[str, Any]:
    return {
        "form": form,
        "check": check,
        "claimant": check.claimant,
        "record": _record(check.claimant),
        "names": names_to_choose(),
        "is_checked": form.is_bound and not form.errors,
    }


def _record(claimant: Claimant | int | None) -> ClaimantRecord | None:
    """Give how a claimant's own counts held up; None for one who is new."""
    if isinstance(claimant, int):  # as a form's initial value
        claimant = Claimant.objects.filter(pk=claimant).first()
    if claimant is None or claimant.pk is None:
        return None
    return record_of(claimant, list(figures_of_claimant(claimant)))
