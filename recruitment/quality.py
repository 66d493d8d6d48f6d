"""What the quality rules find today, without what somebody looked at and found to be fine.

A dismissal is of a row as it was: when the row changes, it is found again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from recruitment.models import Dismissal, Estimate
from recruitment.quality_rules import BY_CODE, RULES, Rule
from recruitment.reading import id_field
from recruitment.reviewing import DecisionError, allow
from recruitment.touched import RESOURCES, history_of

LONGEST_REASON = Dismissal._meta.get_field("why").max_length or 0
type_key = tuple[str, str]  # resource and public id
# What an estimate says, in place of the history that it has not.
OF_ESTIMATE = ("low", "best", "high", "best_figure_id", "origins")


@dataclass(frozen=True)
class Finding:
    """One row that a rule finds, in the state in which it was found."""

    resource: str
    public_id: str
    version: str
    pk: int


@dataclass(frozen=True)
class Found:
    """What one rule finds: what is open, and what was looked at."""

    rule: Rule
    open: list[Finding]
    dismissed: list[Finding]


def look() -> list[Found]:
    """Ask every rule, with a number of queries that does not grow with the record."""
    held = _dismissed(Dismissal.objects.all())
    return [_found(rule, held.get(rule.code, {})) for rule in RULES]


def look_for(rule: Rule) -> Found:
    held = _dismissed(Dismissal.objects.filter(rule=rule.code))
    return _found(rule, held.get(rule.code, {}))


def dismiss(
    rule: Rule, resource: str, public_id: str, *, version: str, why: str, by: User
) -> Dismissal:
    """Note that somebody looked at a row as it is, and found it to be fine."""
    allow(by, "review")
    if not why.strip():
        raise DecisionError("Say why it is fine.")
    if len(why.strip()) > LONGEST_REASON:
        raise DecisionError(f"Say why in at most {LONGEST_REASON} characters.")
    found = look_for(rule)
    wanted = (resource, public_id, version)
    if wanted not in {(one.resource, one.public_id, one.version) for one in found.open}:
        raise DecisionError("It is no longer found so: it has changed meanwhile.")
    made, _ = Dismissal.objects.update_or_create(
        rule=rule.code,
        resource=resource,
        public_id=public_id,
        defaults={
            "version": version,
            "why": why.strip(),
            "by": by,
            "at": timezone.now(),
        },
    )
    return made


def reopen(rule: Rule, resource: str, public_id: str, *, by: User) -> None:
    """Find a row again that somebody had found to be fine."""
    allow(by, "review")
    held = Dismissal.objects.filter(rule=rule.code, resource=resource)
    held.filter(public_id=public_id).delete()


def rule_of(code: str) -> Rule | None:
    return BY_CODE.get(code)


def _found(rule: Rule, dismissed: dict[type_key, str]) -> Found:
    found = Found(rule, [], [])
    for rows in rule.find():
        for one in _findings(rows):
            is_fine = dismissed.get((one.resource, one.public_id)) == one.version
            (found.dismissed if is_fine else found.open).append(one)
    return found


def _findings(rows: models.QuerySet[Any]) -> Iterable[Finding]:
    model = rows.model
    if model is Estimate:
        states = rows.order_by("key").values_list("key", "pk", *OF_ESTIMATE)
        for key, pk, *state in states:
            yield Finding("estimates", key, " ".join(map(str, state))[:100], pk)
        return
    entries = history_of(model).filter(id=OuterRef("pk")).values("id")
    newest = Subquery(entries.annotate(newest=Max("history_id")).values("newest"))
    key = id_field(model)
    states = rows.annotate(version=newest).order_by(key)
    for public_id, pk, version in states.values_list(key, "pk", "version"):
        yield Finding(RESOURCES[model], public_id, f"{version}", pk)


def _dismissed(rows: models.QuerySet[Dismissal]) -> dict[str, dict[type_key, str]]:
    held: dict[str, dict[type_key, str]] = {}
    for one in rows:
        of_rule = held.setdefault(one.rule, {})
        of_rule[one.resource, one.public_id] = one.version
    return held
