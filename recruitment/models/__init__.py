"""The record: who claimed which number, when, and which pages carry it.

Slugs are the public ids, for ever. Null means "not stated", never zero. What can never
be true is refused by named constraints; the citation chain is PROTECT throughout.
"""

from django.db import models

from recruitment.choices import Resource
from recruitment.models.batches import Batch
from recruitment.models.citations import CITED, Citation
from recruitment.models.claims import Incentive, Method, Presence, Response
from recruitment.models.desk import Article, Candidate, Correction, Remark
from recruitment.models.estimates import Estimate
from recruitment.models.figures import Casualty, Figure, RecruitmentFigure
from recruitment.models.findings import Conflict, Identity, Spread
from recruitment.models.jobs import Heartbeat, Job, Upload
from recruitment.models.quality import Dismissal
from recruitment.models.releases import Release
from recruitment.models.revisions import Change, Revision
from recruitment.models.sources import Claimant, Country, Publisher, Source
from recruitment.models.visits import Visit

__all__ = [
    "CITED",
    "RECORD",
    "Article",
    "Batch",
    "Candidate",
    "Casualty",
    "Change",
    "Citation",
    "Claimant",
    "Conflict",
    "Correction",
    "Country",
    "Dismissal",
    "Estimate",
    "Figure",
    "Heartbeat",
    "Identity",
    "Incentive",
    "Job",
    "Method",
    "Presence",
    "Publisher",
    "RecruitmentFigure",
    "Release",
    "Remark",
    "Response",
    "Revision",
    "Source",
    "Spread",
    "Upload",
    "Visit",
]

# What is entered, by its name in files and in the API; all else is computed from it.
RECORD: dict[str, type[models.Model]] = {
    Resource.COUNTRIES: Country,
    Resource.PUBLISHERS: Publisher,
    Resource.SOURCES: Source,
    Resource.CLAIMANTS: Claimant,
    Resource.FIGURES: Figure,
    Resource.RESPONSES: Response,
    Resource.INCENTIVES: Incentive,
    Resource.METHODS: Method,
    Resource.PRESENCE: Presence,
    Resource.CITATIONS: Citation,
}
