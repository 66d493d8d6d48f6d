"""What was written in a draft, when and by whom; and how it differs from what was public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from recruitment.choices import Status
from recruitment.models import Figure


@dataclass(frozen=True)
class Difference:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One entry of a figure's history."""

    at: datetime
    by: str
    reason: str
    changes: list[Difference]


def versions_of(figure: Figure) -> list[Version]:
    """Give every entry of a figure's history, the newest first, with what it changed."""
    entries = list(
        figure.history.select_related(
            "history_user", "claimant", "evidence_origin", "country", "variant_of"
        ).order_by("history_id")
    )
    versions = []
    for before, entry in zip([None, *entries], entries, strict=False):
        person = entry.history_user
        versions.append(
            Version(
                entry.history_date,
                person.get_username() if person else "from a file",
                entry.history_change_reason or "",
                differences(before, entry) if before else [],
            )
        )
    return versions[::-1]


def compared(figure: Figure) -> list[Difference]:
    """Tell how a draft differs from what was last public of it; nothing, if nothing was."""
    entries = figure.history.order_by("history_id")
    public = entries.exclude(status=Status.DRAFT).last()
    return differences(public, figure) if public else []


def differences(before: Any, after: Any) -> list[Difference]:
    """Compare two states of a figure, field by field, as editors read them."""
    found = []
    for column in Figure._meta.concrete_fields:
        if column.primary_key or not column.editable or column.name == "status":
            continue
        old, new = getattr(before, column.attname), getattr(after, column.attname)
        if old != new:
            ends = (_told(one, column) for one in (before, after))
            found.append(Difference(str(column.verbose_name), *ends))
    return found


def _told(record: Any, column: models.Field[Any, Any]) -> str:
    value = getattr(record, column.name)
    if value is None or value == "":
        return "none"
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and not column.choices:
        return f"{value:,}"
    return str(dict(column.flatchoices).get(value, value))
