"""The record: who claimed which number, when, and which pages carry it.

Slugs are the public ids, for ever. Null means "not stated", never zero. What can never
be true is refused by named constraints; the citation chain is PROTECT throughout.
"""

from recruitment.models.citations import CITED, Citation
from recruitment.models.claims import Incentive, Method, Presence, Response
from recruitment.models.estimates import Estimate
from recruitment.models.figures import Casualty, Figure, RecruitmentFigure
from recruitment.models.findings import Conflict, Identity, Spread
from recruitment.models.revisions import Revision
from recruitment.models.sources import Claimant, Country, Publisher, Source

__all__ = [
    "CITED",
    "Casualty",
    "Citation",
    "Claimant",
    "Conflict",
    "Country",
    "Estimate",
    "Figure",
    "Identity",
    "Incentive",
    "Method",
    "Presence",
    "Publisher",
    "RecruitmentFigure",
    "Response",
    "Revision",
    "Source",
    "Spread",
]
