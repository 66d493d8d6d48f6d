from django import template

from dashboard.charts import table
from dashboard.charts.chart import Chart
from dashboard.citing import as_text
from recruitment import wording
from recruitment.models import Estimate, Figure, Incentive, Response, Source

register = template.Library()

# Where the method page tells each rule by which a figure is used, or is not.
PLACES = {
    "R0": "claims",
    "R3": "newer",
    "R4": "newer",
    "R5": "best",
    "R6": "low",
    "R7": "parties",
    "R8": "low",
    "R9": "low",
    "R10": "best",
    "R11": "high",
    "R13": "groups",
    "policy": "parties",
}

register.filter("in_words", wording.in_words)
register.filter("span", wording.span)
register.filter("best", wording.best)
register.filter("who", wording.who)
register.filter("who_says", wording.who_says)


register.filter("cited", as_text)
register.filter("table_headings", table.headings)
register.filter("table_rows", table.rows)


@register.filter
def address(chart: Chart, form: str) -> str:
    return chart.address(form)


@register.filter
def thousands(number: int) -> str:
    return f"{number:,}"


@register.filter
def rule_place(rule: str) -> str:
    return PLACES[rule]


@register.filter
def reason(estimate: Estimate) -> str:
    return wording.REASONS[estimate.reason]


@register.filter
def amount(incentive: Incentive) -> str:
    return wording.amount(incentive.amount_low, incentive.amount_high)


@register.filter
def dated(claim: Figure | Incentive | Response | Source) -> str:
    """Tell the day of a claim or of a source as exactly as it is known."""
    for name in ("as_of", "date", "published"):
        if hasattr(claim, name):
            precision = getattr(claim, f"{name}_precision")
            return wording.day(getattr(claim, name), precision)
    raise TypeError(f"{claim!r} has no day")


@register.filter
def day(moment) -> str:  # type: ignore[no-untyped-def]  # a date, or a template's nothing
    return wording.day(moment or None)
