"""Why this number: a key's estimate on a day, and what became of each of its figures.

The rows are read here and explained by explaining.py; what was known at a moment comes
from past.py in the same form.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from recruitment import estimates
from recruitment.choices import CountryKind, Metric, Policy, Side
from recruitment.explaining import Use, explain
from recruitment.models import Country, Estimate
from recruitment.reading import figures_of, type_key
from recruitment.rebuilding import OWN_STATE


def key_of_id(public_id: str) -> type_key | None:
    """Read a key back from its public id; None where it names no key of estimates."""
    metrics = "|".join(one.replace("_", "-") for one in sorted(estimates.ESTIMATED))
    sides = "|".join(Side.values)
    parts = re.fullmatch(rf"([a-z-]+)-({sides})-({metrics})", public_id)
    if parts is None:
        return None
    code, side, metric = parts.groups()
    return code.upper().replace("-", "_"), side, Metric(metric.replace("-", "_")).value


def account_for(
    key: type_key, day: date, policy: str = Policy.ALL
) -> tuple[estimates.Estimate, list[Use]]:
    """Explain a key by the figures that are published now, the newest first."""
    code, side, metric = key
    shares = _shares(members_of(code), side, metric, day, policy)
    return explain(figures_of(key), metric, day, policy, shares)


def members_of(code: str) -> list[str]:
    """Give the codes of a group's members; none for a country."""
    groups = Country.objects.filter(kind=CountryKind.GROUP, code=code)
    members = groups.values_list("members__code", flat=True)
    return [member for member in members if member]


def _shares(
    codes: Collection[str], side: str, metric: str, day: date, policy: str
) -> list[tuple[str, estimates.Estimate]]:
    """Give what each member of a group brings to it (R13)."""
    counted = {*codes} - {OWN_STATE[side]}
    if not counted:
        return []
    held = Estimate.objects.as_of(day).under(policy).about(*counted).on_side(side)
    columns = ("country_id", "low", "low_strict", "revised_down")
    return [
        (code, estimates.Estimate(low=low, low_strict=strict, revised_down=revised))
        for code, low, strict, revised in held.filter(metric=metric)
        .order_by("country_id")
        .values_list(*columns)
    ]
