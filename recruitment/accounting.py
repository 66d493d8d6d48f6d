"""Why this number: a key's estimate on a day, and what became of each of its figures.

The rows are read here and explained by explaining.py; what was known at a moment comes
from past.py in the same form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from recruitment import estimates
from recruitment.choices import CountryKind, Metric, Policy, Side
from recruitment.explaining import Use, explain
from recruitment.models import Country, Estimate, Figure
from recruitment.reading import figures_of, public_id, type_key
from recruitment.rebuilding import OWN_STATE

NUMBERS = (
    *("low", "low_strict", "best", "high", "high_open"),
    *("label", "reason", "revised_down", "origins"),
)
ENDS = ("low_figure", "best_figure", "high_figure", "last_known_figure")


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


def as_row(
    key: type_key,
    country: Country,
    drawn: estimates.Estimate,
    day: date,
    policy: str,
    figures: Mapping[str, Figure],
) -> Estimate:
    """Give an estimate that is not stored as a row; it is said to hold for its one day."""
    slugs = {end: getattr(drawn, end) for end in ENDS}
    return Estimate(
        key=public_id(key),
        country=country,
        side=key[1],
        metric=key[2],
        policy=policy,
        from_day=day,
        to_day=day + timedelta(days=1),
        low_sum_of=list(drawn.low_sum_of),
        rules_version=estimates.RULES_VERSION,
        **{name: getattr(drawn, name) for name in NUMBERS},
        **{end: slug and figures.get(slug) for end, slug in slugs.items()},
    )
