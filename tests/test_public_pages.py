"""Nothing of a draft is public: walks every address with drafts in the database."""

import pytest
from django.urls import URLPattern, get_resolver

from recruitment.models import Figure
from recruitment.rebuilding import rebuild_estimates
from tests.factories import (
    FigureFactory,
    IncentiveFactory,
    MethodFactory,
    PresenceFactory,
    ResponseFactory,
)

pytestmark = pytest.mark.django_db

SOURCE = "kathmandu-post-2024-03-14-nepalis-killed"
PATTERNS = {
    "": ["/", "/?metric=recruited&side=ukraine", "/?policy=no_party"],
    "countries/": ["/countries/"],
    "countries/<slug:code>/": [
        "/countries/NPL/",
        "/countries/NPL/?metric=serving&side=russia",
        "/countries/NPL/?as_of=2024-12-31",
    ],
    "figures/<slug:slug>/": ["/figures/npl-killed/", "/figures/npl-variant/"],
    "claimants/<slug:slug>/": ["/claimants/nepal-foreign-ministry/"],
    "sources/<slug:slug>/": [f"/sources/{SOURCE}/"],
    "method/": ["/method/"],
    "codebook/": ["/codebook/"],
    "data/": ["/data/"],
    "figures/<slug:slug>.<slug:form>": ["/figures/npl-killed.bib"],
    "embed/<slug:kind>/": ["/embed/ranked/", "/embed/claims/?country=NPL"],
    "charts/<slug:kind>/": [
        "/charts/ranked/",
        "/charts/claims/?country=NPL",
        "/charts/over-time/?country=NPL",
        "/charts/map/",
        "/charts/lineage/?figure=npl-killed",
    ],
    "charts/<slug:kind>.<slug:form>": [
        f"/charts/{name}.{form}{query}"
        for name, query in (
            ("ranked", ""),
            ("claims", "?country=NPL"),
            ("over-time", "?country=NPL"),
        )
        for form in ("csv", "json", "svg", "plotly")
    ]
    + [f"/charts/map.{form}" for form in ("csv", "json", "svg")]
    + [f"/charts/lineage.{form}?source={SOURCE}" for form in ("csv", "json", "svg")],
    "api/v1/": ["/api/v1/"],
    "api/v1/^countries/$": ["/api/v1/countries/?kind=country"],
    "api/v1/^countries/(?P<code>[-\\w]+)/$": ["/api/v1/countries/NPL/"],
    "api/v1/^figures/$": [
        "/api/v1/figures/",
        "/api/v1/figures/?country=NPL&metric=killed",
        f"/api/v1/figures/?source={SOURCE}",
    ],
    "api/v1/^figures/(?P<slug>[-\\w]+)/$": [
        "/api/v1/figures/npl-killed/",
        "/api/v1/figures/npl-variant/",
    ],
    "api/v1/^recruitment/$": ["/api/v1/recruitment/"],
    "api/v1/^recruitment/(?P<slug>[-\\w]+)/$": ["/api/v1/recruitment/npl-serving/"],
    "api/v1/^casualties/$": ["/api/v1/casualties/"],
    "api/v1/^casualties/(?P<slug>[-\\w]+)/$": ["/api/v1/casualties/npl-killed/"],
    "api/v1/^claimants/$": ["/api/v1/claimants/"],
    "api/v1/^claimants/(?P<slug>[-\\w]+)/$": [
        "/api/v1/claimants/nepal-foreign-ministry/"
    ],
    "api/v1/^sources/$": ["/api/v1/sources/"],
    "api/v1/^sources/(?P<slug>[-\\w]+)/$": [f"/api/v1/sources/{SOURCE}/"],
    "api/v1/^estimates/$": ["/api/v1/estimates/"],
    "api/v1/^estimates/(?P<key>[-\\w]+)/$": ["/api/v1/estimates/npl-russia-killed/"],
    "api/v1/^problems/$": ["/api/v1/problems/"],
    "api/v1/^problems/(?P<name>[-\\w]+)/$": ["/api/v1/problems/not-found/"],
}
ADDRESSES = [address for addresses in PATTERNS.values() for address in addresses]
# In every slug, number, wording, summary, note and name of the drafts.
SECRET, SECRET_NUMBER = "zzsecret", 987_654


def public_patterns(resolver, prefix=""):
    """Give the pattern of every address but those of the admin."""
    for entry in resolver.url_patterns:
        pattern = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield pattern
        elif pattern != "admin/":
            yield from public_patterns(entry, pattern)


def make_claims(**kept):
    """Make a claim of each kind that has no family, all citing one page."""
    FigureFactory(metric="arrested", **kept)
    ResponseFactory(**kept)
    IncentiveFactory(**kept)
    MethodFactory(**kept)
    PresenceFactory(**kept)


@pytest.fixture
def published():
    figure = FigureFactory(slug="npl-killed")
    FigureFactory(slug="npl-serving", metric="serving")
    FigureFactory(slug="npl-variant", variant_of=figure)
    make_claims()
    rebuild_estimates()
    return figure


@pytest.fixture
def drafts(published):
    """Drafts of every kind; a published figure now restates one of them."""
    draft = {"summary": f"{SECRET} summary", "note": f"{SECRET} note", "draft": True}
    number = {"low": SECRET_NUMBER, "high": SECRET_NUMBER, "wording": f"{SECRET} said"}
    killed = FigureFactory(slug=f"{SECRET}-killed", **draft | number)
    for metric in ("serving", "arrested"):
        FigureFactory(slug=f"{SECRET}-{metric}", metric=metric, **draft | number)
    FigureFactory(slug=f"{SECRET}-variant", variant_of=published, **draft | number)
    Figure.objects.filter(slug="npl-variant").update(variant_of=killed)
    ResponseFactory(slug=f"{SECRET}-response", actor=f"{SECRET} police", **draft)
    IncentiveFactory(slug=f"{SECRET}-incentive", amount_high=SECRET_NUMBER, **draft)
    MethodFactory(slug=f"{SECRET}-method", kind=f"{SECRET}_kind", **draft)
    PresenceFactory(slug=f"{SECRET}-presence", **draft)
    rebuild_estimates()


def test_nothing_of_a_draft_is_shown_anywhere(client, drafts):
    answers = {address: client.get(address) for address in ADDRESSES}

    for address, answer in answers.items():
        shown = answer.content.decode().lower()
        assert answer.status_code == 200, address
        for secret in (SECRET, f"{SECRET_NUMBER}", f"{SECRET_NUMBER:,}"):
            assert secret not in shown, address


def test_drafts_change_nothing_that_is_shown(client, published):
    before = {address: client.get(address).content for address in ADDRESSES}
    FigureFactory(draft=True, as_of="2025-01-01")
    FigureFactory(draft=True, variant_of=published)
    make_claims(draft=True)
    rebuild_estimates()

    after = {address: client.get(address).content for address in ADDRESSES}

    for address in ADDRESSES:
        assert after[address] == before[address], address


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(f"/figures/{SECRET}-killed/", id="page"),
        pytest.param(f"/api/v1/figures/{SECRET}-killed/", id="figures"),
        pytest.param(f"/api/v1/casualties/{SECRET}-killed/", id="casualties"),
        pytest.param(f"/api/v1/recruitment/{SECRET}-serving/", id="recruitment"),
    ],
)
def test_draft_has_no_address(client, drafts, address):
    assert client.get(address).status_code == 404


def test_every_answer_has_a_tag_by_which_it_is_not_sent_twice(client, published):
    for address in ADDRESSES:
        tag = client.get(address)["etag"]
        again = client.get(address, headers={"if-none-match": tag})
        assert again.status_code == 304, address


def test_every_public_address_is_walked():
    assert set(public_patterns(get_resolver())) == set(PATTERNS)
