"""A record with rows of everything, each with rows of its own in every relation."""

import pycountry

from recruitment.finding import rebuild_findings, refresh_findings
from recruitment.models import Figure, Release, Revision
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    ConflictFactory,
    CorrectionFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    GroupFactory,
    IncentiveFactory,
    MethodFactory,
    PresenceFactory,
    PublisherFactory,
    ResponseFactory,
    SourceFactory,
)

CODES = sorted(country.alpha_3 for country in pycountry.countries)
DAY = "2024-03-14"
# What a list of each resource is ordered by: the public id.
KEYS = {
    "countries": "code",
    "publishers": "slug",
    "claimants": "slug",
    "sources": "slug",
    "figures": "slug",
    "recruitment": "slug",
    "casualties": "slug",
    "citations": "slug",
    "responses": "slug",
    "incentives": "slug",
    "methods": "slug",
    "presence": "slug",
    "estimates": "key",
    "contradictions": "slug",
    "changes": "id",
    "corrections": "slug",
    "releases": "slug",
}


def make_record(rows):
    """Make as many rows of every resource, at least."""
    for n in range(rows):
        _make_claims(n)
    rebuild_findings()  # how far each figure has spread
    for n in range(rows):
        _make_findings(n)
    GroupFactory(members=[CountryFactory(code=CODES[n]) for n in range(rows)])


def _make_claims(n):
    country = CountryFactory(code=CODES[n], names={"fr": "Pays", "uk": "Країна"})
    GroupFactory(code=f"GROUP_{'ABCDEFGHIJKL'[n]}", members=[country, CountryFactory()])
    says = ClaimantFactory(slug=f"says-{n}", country=country)
    counts = ClaimantFactory(slug=f"counts-{n}", country=country, party="russia")
    pages = [
        SourceFactory(
            slug=f"page-{n}-{place}",
            publisher=PublisherFactory(slug=f"outlet-{n}"),
            credits=["Agence X", "Agence Y"][:place],
        )
        for place in range(2)
    ]
    pages[0].derived_from.add(pages[1])
    about = {"country": country, "claimant": says}
    FigureFactory(slug=f"original-{n}", evidence_origin=counts, **about)
    for metric in ("killed", "serving"):
        figure = FigureFactory(
            slug=f"{metric}-{n}",
            metric=metric,
            evidence_origin=counts,
            citation=None,
            **about,
        )
        for page in pages:
            CitationFactory(figure=figure, source=page)
    FigureFactory(slug=f"high-{n}", **about)
    # All of one key, so that this has as many figures, too.
    first = about | {"country": CountryFactory(code=CODES[0])}
    FigureFactory(slug=f"also-{n}", evidence_origin=counts, **first)
    ResponseFactory(slug=f"act-{n}", citation__source=pages[0], **about)
    IncentiveFactory(slug=f"pay-{n}", citation__source=pages[0], **about)
    PresenceFactory(slug=f"there-{n}", citation__source=pages[0], **about)
    MethodFactory(
        slug=f"way-{n}",
        claimant=says,
        countries=[country, CountryFactory()],
        citation__source=pages[0],
    )


def _make_findings(n):
    country = CountryFactory(code=CODES[n])
    original, high, serving = (
        Figure.objects.get(slug=f"{name}-{n}")
        for name in ("original", "high", "serving")
    )
    Figure.objects.filter(slug=f"killed-{n}").update(variant_of=original)
    original.disjoint_with.add(high, serving)
    EstimateFactory(
        country=country,
        low_figure=original,
        best_figure=original,
        high_figure=high,
        last_known_figure=serving,
        low_sum_of=["IND", "NPL"],
    )
    ConflictFactory(one=original, other=high)
    revision = Revision.objects.create(
        number=n + 1,
        made_at=f"2024-03-14T12:00:00.{n + 1:06}Z",
        reason="rows were imported",
    )
    revision.changes.create(
        resource="figures",
        public_id=f"high-{n}",
        kind="changed",
        fields=["low", "high"],
        differences={"low": [18, 19]},
        reason="The page was misread.",
    )
    CorrectionFactory(figure=high, revision=revision)
    file = {"name": "figures.csv", "bytes": 19, "sha256": "a" * 64, "rows": None}
    Release.objects.create(
        slug=f"2024-03-{n + 10}",
        made_at=revision.made_at,
        revision=revision,
        rules_version="r1",
        files=[file | {"media_type": "text/csv"}],
    )


def make_bare():
    """Make a row of what may leave out most: nothing stated that can be null."""
    country = CountryFactory(code="ZWE", iso2=None)
    GroupFactory(code="NOBODY")
    claimant = ClaimantFactory(slug="nobodys", country=None)
    SourceFactory(
        slug="unlinked",
        url=None,
        published=None,
        published_precision="unknown",
        language=None,
        publisher=PublisherFactory(slug="no-homepage", homepage=None),
    )
    about = {"country": country, "claimant": claimant}
    FigureFactory(
        slug="from-above",
        low=None,
        high=19,
        qualifier="up_to",
        as_of=None,
        as_of_precision="unknown",
        **about,
    )
    ResponseFactory(
        slug="some-day",
        date=None,
        date_precision="unknown",
        status_reason=None,
        **about,
    )
    IncentiveFactory(
        slug="nobody-says",
        claimant=None,
        country=country,
        amount_low=None,
        amount_high=None,
        currency=None,
        period=None,
    )
    none, some = FigureFactory(slug="none", low=0, high=0), FigureFactory(slug="some")
    refresh_findings({"ZWE", "NPL"})
    EstimateFactory(country=country, low=None, best=None, high=None, origins=0)
    ConflictFactory(one=none, other=some, ratio=None)
