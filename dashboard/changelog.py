"""The log of changes as pages and feeds show it: one entry for each revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.text import capfirst

from dashboard.telling import Line, lines
from recruitment.choices import ChangeKind, Resource
from recruitment.models import Change, Revision
from recruitment.querysets import ChangeQuerySet

NOUNS = {
    Resource.FIGURES: ("figure", "figures"),
    Resource.ESTIMATES: ("estimate", "estimates"),
    Resource.RESPONSES: ("response", "responses"),
    Resource.INCENTIVES: ("incentive", "incentives"),
    Resource.METHODS: ("method", "methods"),
    Resource.PRESENCE: ("claim of presence", "claims of presence"),
    Resource.CLAIMANTS: ("claimant", "claimants"),
    Resource.SOURCES: ("source", "sources"),
    Resource.PUBLISHERS: ("publisher", "publishers"),
    Resource.COUNTRIES: ("country", "countries"),
    Resource.CITATIONS: ("citation", "citations"),
}
FIRST = 1  # the number of the revision by which everything came in


@dataclass(frozen=True)
class Entry:
    """One revision: how many rows it changed, and its first changes in words."""

    revision: Revision
    counts: str
    lines: list[Line]
    has_more: bool = False

    @property
    def url(self) -> str:
        return reverse("revision", args=[self.revision.number])

    @property
    def reason(self) -> str:
        return capfirst(self.revision.reason)


def entries(revisions: Iterable[Revision], most: int) -> list[Entry]:
    """Tell revisions, each with at most so many changes in words.

    The first one is told in numbers alone: to say that a row came in says nothing where
    all did.
    """
    revisions = list(revisions)
    numbers = [one.number for one in revisions]
    if not numbers:
        return []
    counts = _counts(numbers)
    changes = (
        Change.objects.filter(revision__in=[one for one in numbers if one != FIRST])
        .telling()
        .first_of_each_revision(most + 1)
    )
    held: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        held[change.revision_id].append(change)
    shown = {number: some[:most] for number, some in held.items()}
    told = iter(lines(change for number in shown for change in shown[number]))
    by_number = {number: [next(told) for _ in some] for number, some in shown.items()}
    return [
        Entry(
            one,
            counts[one.number],
            by_number.get(one.number, []),
            len(held[one.number]) > most,
        )
        for one in revisions
    ]


def latest(most: int) -> list[Entry]:
    """Tell the newest revisions after the first, each with its most telling change."""
    return entries(Revision.objects.filter(number__gt=FIRST)[:most], 1)


def changes_in(revision: Revision) -> ChangeQuerySet:
    """Give what is told of one revision, the most telling first."""
    if revision.number == FIRST:
        return Change.objects.none()
    changes: ChangeQuerySet = revision.changes.telling().most_telling_first()
    return changes


def counts_of(revision: Revision) -> str:
    return _counts([revision.number])[revision.number]


def _counts(numbers: Sequence[int]) -> dict[int, str]:
    """Say how many rows of each kind each revision added, changed and took back."""
    rows = Change.objects.filter(revision__in=numbers).order_by()
    found: dict[int, dict[str, dict[str, int]]] = {number: {} for number in numbers}
    for number, resource, kind, count in rows.values_list(
        "revision_id", "resource", "kind"
    ).annotate(count=Count("id")):
        found[number].setdefault(resource, {})[kind] = count
    return {number: _in_words(number, held) for number, held in found.items()}


def _in_words(number: int, held: dict[str, dict[str, int]]) -> str:
    if not held:  # contradictions and the like, which are no rows of the log
        return "No row of the record changed; what follows from it was found anew."
    parts = []
    for resource, nouns in NOUNS.items():
        for place, kind in enumerate(ChangeKind):
            if count := held.get(resource, {}).get(kind, 0):
                is_first = not any(held[resource].get(k) for k in [*ChangeKind][:place])
                noun = f" {nouns[count != 1]}" if is_first else ""
                what = "" if number == FIRST else f" {kind.label.lower()}"
                parts.append(f"{count:,}{noun}{what}")
    return f"{', '.join(parts)}."
