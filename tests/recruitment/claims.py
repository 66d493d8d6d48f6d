"""Figures that the rules work on, without a database, and what two test modules ask.

What a test leaves out is what method examples leave out: a total, exact, a statement,
credibility 2, dated to the day, about Nepal.
"""

from dataclasses import replace
from datetime import date

from recruitment.estimates import Claimant, Figure, estimate

MINISTRY = Claimant("nepal-ministry", "home_government", country="NPL")
EMBASSY = Claimant("nepal-embassy", "home_government", country="NPL")
LEGISLATOR = Claimant("nepal-legislator", "legislator", country="NPL")
OFFICIAL = Claimant("nepal-unnamed-official", "home_government", country="NPL")
INDIA = Claimant("india-ministry", "home_government", country="IND")
RUSSIA = Claimant("russia-mod", "russian_authority", party="russia", country="RUS")
UKRAINE = Claimant("ukraine-hq", "ukrainian_authority", party="ukraine", country="UKR")
UKRAINE_SPIES = Claimant("ukraine-gur", "intelligence", party="ukraine", country="UKR")
WASHINGTON = Claimant("us-state-department", "other_government", country="USA")
SPIES = Claimant("us-intelligence", "intelligence", country="USA")
UN = Claimant("un-ohchr", "un_body")
MEDIAZONA = Claimant("mediazona-bbc", "independent_media")
NGO = Claimant("inpact", "ngo")
RESEARCHER = Claimant("researcher", "researcher")
FAMILIES = Claimant("families", "families")
FIGHTER = Claimant("fighter", "fighter")

RENDERED = {"dozens": (24, 99), "hundreds": (200, 999), "thousands": (2000, 9999)}


def figure(qualifier, low, high, as_of, by, **details):
    slug = f"{by.slug}-{as_of}-{qualifier}-{low}-{high}-{details.get('scope_note', '')}"
    details = {"slug": slug, "area": "NPL", "counted_by": by} | details
    return Figure(
        qualifier=qualifier,
        low=low,
        high=high,
        as_of=as_of and date.fromisoformat(as_of),
        claimant=by,
        **details,
    )


def exactly(number, as_of, by, **details):
    return figure("exact", number, number, as_of, by, **details)


def about(number, as_of, by, **details):
    return figure("about", number, number, as_of, by, **details)


def almost(number, as_of, by, **details):
    return figure("almost", number, number, as_of, by, **details)


def at_least(number, as_of, by, **details):
    return figure("at_least", number, None, as_of, by, **details)


def more_than(number, as_of, by, **details):
    return figure("more_than", number, None, as_of, by, **details)


def up_to(number, as_of, by, **details):
    return figure("up_to", None, number, as_of, by, **details)


def between(low, high, as_of, by, **details):
    return figure("range", low, high, as_of, by, **details)


def rendered(word, as_of, by, **details):
    return figure("order_of_magnitude", *RENDERED[word], as_of, by, **details)


def of_part(note, **details):
    """Give the details of a figure that counts only a part."""
    return {"scope": "subset", "scope_note": note} | details


WITH = {"interest": "with", "credibility": 3}
AGAINST = {"interest": "against", "credibility": 3}
A_LIST = {"evidence": "enumerated"}
BELIEVED = {"credibility": 3}
ANONYMOUS = {"credibility": 4}


def on(day, figures, metric="killed"):
    return estimate(figures, metric, date.fromisoformat(day))


def ends(drawn):
    return (drawn.low, drawn.best, drawn.high)


def disjoint(*figures):
    """Let an editor find all of these subsets disjoint."""
    slugs = frozenset(figure.slug for figure in figures)
    return [replace(f, disjoint_with=slugs - {f.slug}) for f in figures]


NORTH = exactly(30, "2024-06-01", NGO, **of_part("north"))
SOUTH = exactly(20, "2024-06-01", NGO, **of_part("south"))
LIST = exactly(45, "2024-06-01", MEDIAZONA, **of_part("names"))
NEPAL = [
    exactly(19, "2024-03-14", MINISTRY),
    exactly(33, "2024-03-01", OFFICIAL, **ANONYMOUS),
]
NEPAL_2024 = [
    *NEPAL,
    exactly(40, "2024-09-02", MINISTRY),
    exactly(49, "2024-12-23", EMBASSY),
]
NEPAL_JULY = [
    *NEPAL_2024,
    exactly(70, "2025-07-11", MEDIAZONA, **of_part("names"), **A_LIST),
]
NEPAL_AUGUST = [
    *NEPAL_JULY,
    exactly(71, "2025-07-29", MINISTRY),
    at_least(113, "2025-07-29", FAMILIES, **ANONYMOUS),
]
NEPAL_NOVEMBER = [
    *NEPAL_AUGUST,
    exactly(104, "2025-11-18", RUSSIA, **AGAINST),
    exactly(156, "2025-11-18", FAMILIES, **ANONYMOUS),
]
