"""The outcome of a trial as a page shows it: refused rows, and rows before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.desk.versions import Difference
from recruitment.dataset import Refusal


@dataclass(frozen=True)
class ChangedRow:
    file: str
    public_id: str
    differences: list[Difference]


def refused_rows(outcome: dict[str, Any]) -> list[Refusal]:
    return [Refusal(**one) for one in outcome.get("refusals", [])]


def rows_changed(outcome: dict[str, Any], which: str = "changes") -> list[ChangedRow]:
    return [
        ChangedRow(
            one["file"],
            one["id"],
            [
                Difference(name.replace("_", " "), _told(before), _told(after))
                for name, (before, after) in one["fields"].items()
            ],
        )
        for one in outcome.get(which, [])
    ]


def _told(value: Any) -> str:
    """Write a value of a row as an editor reads it."""
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    if isinstance(value, dict):
        return "; ".join(f"{name} {_told(one)}" for name, one in value.items())
    return f"{value}"
