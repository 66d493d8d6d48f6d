"""Why this number: every figure of a key, what it was used for, or why not.

Pure functions beside estimates.py. Each answer names the rule that decided.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from recruitment import estimates
from recruitment.estimates import WAR_BEGAN, Estimate, Figure, Line, Standing

ENDS = {
    "low": ("R9", "sets the lowest number that is accepted"),
    "best": ("R10", "is the best figure"),
    "high": ("R11", "sets the highest number that is claimed"),
    "last_known": ("R5", "was the last best figure, and is now too old to be the best"),
}
SUPERSEDED = "is superseded by the claimant’s newer figure"


@dataclass(frozen=True, slots=True)
class Use:
    """What one figure was used for (low, best, high, last_known), and by which rule."""

    slug: str
    used_for: tuple[str, ...]
    rule: str
    why: str
    by: str | None = None  # the figure that superseded it


def explain(
    figures: Sequence[Figure],
    metric: str,
    day: date,
    policy: str = "all",
    members: Collection[tuple[str, Estimate]] = (),
) -> tuple[Estimate, list[Use]]:
    """Estimate a key and account for every figure, the newest first.

    A group's figures give way to the sum of its members' lows (R13).
    """
    admitted = [one for one in figures if estimates.admitted_by_policy(one, policy)]
    direct = estimates.estimate(admitted, metric, day)
    drawn = estimates.with_members(direct, members)
    lines = estimates.lines_on(admitted, metric, day)
    held = Standing(list(lines.values()), day - estimates.window(metric))
    ordered = sorted(
        figures, key=lambda figure: (figure.day, figure.slug), reverse=True
    )
    uses = []
    for figure in ordered:
        ends = _ends(drawn, figure.slug)
        if ends:
            rule = ENDS[ends[0]][0]
            why = "; ".join(ENDS[end][1] for end in ends)
        elif figure not in admitted:
            rule, why = "policy", "is left out by the choice of figures"
        elif _ends(direct, figure.slug):
            rule, why = "R13", "gives way to the sum of the members’ lowest figures"
        else:
            line = lines.get(figure.series)
            rule, why = _why_not(figure, line, held, metric, day)
        newer = lines[figure.series].current.slug if why == SUPERSEDED else None
        uses.append(Use(figure.slug, ends, rule, why, newer))
    return drawn, uses


def _ends(drawn: Estimate, slug: str) -> tuple[str, ...]:
    ends = {
        "low": {drawn.low_figure, *drawn.low_sum_of},
        "best": {drawn.best_figure},
        "high": {drawn.high_figure},
        "last_known": {drawn.last_known_figure},
    }
    return tuple(end for end, slugs in ends.items() if slug in slugs)


def _why_not(
    figure: Figure, line: Line | None, held: Standing, metric: str, day: date
) -> tuple[str, str]:
    """Name the first rule that keeps a figure from either end."""
    if not figure.is_used:
        return "R0", _unused(figure)
    if figure.day > day or line is None:
        return "R5", "is dated after this day; nothing is carried back in time"
    if figure not in line.figures:
        return "R3", "only restates an older figure of the claimant in vaguer words"
    if figure.slug in line.withdrawn:
        return "R4", "was taken back by the claimant's later, lower figure"
    if figure != line.current:
        return "R3", SUPERSEDED
    if figure.day < held.opens:
        days = estimates.window(metric).days
        return "R5", f"is more than {days} days old"
    if not held.admits(figure):
        return "R7", "is a party's own-interest number that nobody else comes near"
    if figure.credibility > 3:
        return "R6", "is not credible enough to set more than the highest"
    if figure.is_subset:
        return _small_part(figure)
    if figure.point is None:
        return "R10", "gives a range, and a midpoint would be invented"
    return "R10", "gives way to a better placed, better confirmed or newer figure"


def _small_part(figure: Figure) -> tuple[str, str]:
    """Say why a part that counts sets no floor."""
    if not figure.may_set_low:
        return "R6", "is not credible enough to set a floor"
    if figure.low is None:
        return "R8", "counts a part, and only from above"
    return "R8", "counts a part: a floor, and one as great is accepted"


def _unused(figure: Figure) -> str:
    if not figure.is_countable:
        return "is a variant, a plan, a probable error, or no longer published"
    if figure.as_of is None:
        return "bears no date"
    if figure.evidence == "forecast":
        return "is a forecast"
    if figure.credibility == 5:
        return "is probably an error"
    return f"starts before {WAR_BEGAN.day} {WAR_BEGAN:%B %Y}"
