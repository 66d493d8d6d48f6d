"""A small record that is published, and drafts of every kind beside it."""

from recruitment.models import Correction, Figure, Source
from recruitment.rebuilding import rebuild
from tests.factories import (
    ClaimantFactory,
    CorrectionFactory,
    CountryFactory,
    FigureFactory,
    GroupFactory,
    IncentiveFactory,
    MethodFactory,
    PresenceFactory,
    PublisherFactory,
    ResponseFactory,
    SourceFactory,
)

# In every slug, number, wording, summary, note and name of the drafts.
SECRET, SECRET_NUMBER = "zzsecret", 987_654


def make_published():
    """Publish a row of each kind; give the figure that others rest on."""
    GroupFactory(members=[CountryFactory(), CountryFactory(code="IND")])
    figure = FigureFactory(slug="npl-killed")
    FigureFactory(
        slug="npl-killed-again",
        low=44,
        high=44,
        as_of="2024-03-20",
        claimant=ClaimantFactory(slug="families", kind="families"),
    )
    FigureFactory(slug="npl-serving", metric="serving")
    FigureFactory(slug="npl-variant", variant_of=figure)
    make_claims("npl")
    taken_back = {"status": "retracted", "status_reason": "misread"}
    retracted = FigureFactory(slug="npl-retracted", **taken_back)
    rebuild()
    CorrectionFactory(figure=retracted, kind="retraction", successor=figure)
    return figure


def make_claims(name, **kept):
    """Make a claim of each kind that has no family, all citing one page."""
    FigureFactory(slug=f"{name}-arrested", metric="arrested", **kept)
    ResponseFactory(slug=f"{name}-response", **kept)
    IncentiveFactory(slug=f"{name}-incentive", **kept)
    MethodFactory(slug=f"{name}-method", **kept)
    PresenceFactory(slug=f"{name}-presence", **kept)


def _make_held_back(draft):
    """Make a draft with a publisher, a page and a claimant of its own."""
    name = {"name": f"{SECRET} name", "is_draft": True}
    page = SourceFactory(
        slug=f"{SECRET}-page",
        title_gist=f"{SECRET} gist",
        publisher=PublisherFactory(slug=f"{SECRET}-post", **name),
        is_draft=True,
    )
    page.derived_from.add(Source.objects.published().first())
    FigureFactory(
        slug=f"{SECRET}-from-the-desk",
        claimant=ClaimantFactory(slug=f"{SECRET}-office", **name),
        citation__source=page,
        **draft,
    )


def make_drafts(published):
    """Make drafts of every kind; a published figure now restates one of them."""
    draft = {"summary": f"{SECRET} summary", "note": f"{SECRET} note", "draft": True}
    number = {"low": SECRET_NUMBER, "high": SECRET_NUMBER, "wording": f"{SECRET} said"}
    killed = FigureFactory(slug=f"{SECRET}-killed", **draft | number)
    for metric in ("serving", "arrested"):
        FigureFactory(slug=f"{SECRET}-{metric}", metric=metric, **draft | number)
    FigureFactory(slug=f"{SECRET}-variant", variant_of=published, **draft | number)
    published.disjoint_with.add(killed)
    _make_held_back(draft | number)
    CorrectionFactory(figure=killed, note=f"{SECRET} note", asked_by=f"{SECRET} office")
    Correction.objects.filter(figure__slug="npl-retracted").update(successor=killed)
    Figure.objects.filter(slug="npl-variant").update(variant_of=killed)
    ResponseFactory(slug=f"{SECRET}-response", actor=f"{SECRET} police", **draft)
    IncentiveFactory(slug=f"{SECRET}-incentive", amount_high=SECRET_NUMBER, **draft)
    MethodFactory(slug=f"{SECRET}-method", kind=f"{SECRET}_kind", **draft)
    PresenceFactory(slug=f"{SECRET}-presence", **draft)
    rebuild()
