"""Nothing of a draft is public: walks every address with drafts in the database."""

import pytest
from django.urls import URLPattern, get_resolver

from recruitment.rebuilding import rebuild
from tests.drafts import (
    SECRET,
    SECRET_NUMBER,
    make_claims,
    make_drafts,
    make_published,
)
from tests.factories import FigureFactory
from tests.recruitment.api import addresses as api

pytestmark = pytest.mark.django_db

SOURCE = api.SOURCE
PATTERNS = {
    "": ["/", "/?metric=recruited&side=ukraine", "/?policy=no_party"],
    "countries/": ["/countries/"],
    "countries/<slug:code>/": [
        "/countries/NPL/",
        "/countries/NPL/?metric=serving&side=russia",
        "/countries/NPL/?as_of=2024-12-31",
    ],
    "figures/": ["/figures/", "/figures/?country=NPL&ordering=-low"],
    "responses/": ["/responses/", "/responses/?country=NPL"],
    "figures/<slug:slug>/": ["/figures/npl-killed/", "/figures/npl-variant/"],
    "claimants/<slug:slug>/": ["/claimants/nepal-foreign-ministry/"],
    "sources/<slug:slug>/": [f"/sources/{SOURCE}/"],
    "changes/": ["/changes/", "/changes/?before=2"],
    "changes/<int:number>/": ["/changes/1/"],
    "changes.atom": ["/changes.atom"],
    "changes.json": ["/changes.json"],
    "corrections/": ["/corrections/", "/corrections/?before=2"],
    "corrections.atom": ["/corrections.atom"],
    "corrections.json": ["/corrections.json"],
    "timeline/": ["/timeline/", "/timeline/?country=NPL&side=russia"],
    "about/": ["/about/"],
    "robots.txt": ["/robots.txt"],
    "sitemap.xml": ["/sitemap.xml"],
    "sitemap-<slug:section>.xml": [
        f"/sitemap-{name}.xml"
        for name in ("pages", "countries", "figures", "claimants", "sources")
    ],
    "compare/": ["/compare/", "/compare/?country=NPL&metric=serving"],
    "disagreements/": ["/disagreements/", "/disagreements/?side=russia&metric=killed"],
    "uncounted/": ["/uncounted/", "/uncounted/?policy=no_party"],
    "method/": ["/method/"],
    "codebook/": ["/codebook/"],
    "data/": ["/data/"],
    "search/": ["/search/", "/search/?q=nepal&all=1"],
    "figures/<slug:slug>.<slug:form>": ["/figures/npl-killed.bib"],
    "embed/<slug:kind>/": [
        "/embed/ranked/",
        "/embed/claims/?country=NPL",
        "/embed/figure/?figure=npl-killed",
    ],
    "incentives/": ["/incentives/", "/incentives/?country=NPL&side=russia"],
    "charts/<slug:kind>/": [
        "/charts/ranked/",
        "/charts/claims/?country=NPL",
        "/charts/over-time/?country=NPL",
        "/charts/incentives/?country=NPL",
        "/charts/map/",
        "/charts/dispersion/?side=russia",
        "/charts/compare/?country=NPL",
        "/charts/lineage/?figure=npl-killed",
        "/charts/figure/?figure=npl-killed",
        "/charts/responses/",
        "/charts/claimant/?claimant=nepal-foreign-ministry",
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
    + [f"/charts/incentives.{form}" for form in ("csv", "json", "svg", "plotly")]
    + [
        f"/charts/{name}.{form}"
        for name in ("dispersion", "compare")
        for form in ("csv", "json", "svg", "plotly")
    ]
    + [
        f"/charts/lineage.{form}?source={SOURCE}"
        for form in ("csv", "json", "svg", "plotly")
    ]
    + [
        f"/charts/figure.{form}?figure=npl-killed"
        for form in ("csv", "json", "svg", "plotly")
    ]
    + [f"/charts/responses.{form}" for form in ("csv", "json", "svg", "plotly")]
    + [
        f"/charts/claimant.{form}?claimant=nepal-foreign-ministry"
        for form in ("csv", "json", "svg", "plotly")
    ],
} | api.patterns()
ADDRESSES = [address for addresses in PATTERNS.values() for address in addresses]


def public_patterns(resolver, prefix=""):
    """Give the pattern of every address of the record, and of none of its keepers."""
    for entry in resolver.url_patterns:
        pattern = f"{prefix}{entry.pattern}"
        if pattern.startswith(("admin/", "desk/", "health/")):
            continue
        if isinstance(entry, URLPattern):
            yield pattern
        else:
            yield from public_patterns(entry, pattern)


def shown(client, address):
    """Give an answer whole, also one that comes in pieces."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer) if answer.streaming else answer.content


@pytest.fixture
def published():
    return make_published()


def test_nothing_of_a_draft_is_shown_anywhere(client, published):
    make_drafts(published)

    for address in ADDRESSES:
        text = shown(client, address).decode().lower()
        for secret in (SECRET, f"{SECRET_NUMBER}", f"{SECRET_NUMBER:,}"):
            assert secret not in text, address


@pytest.mark.slow
def test_drafts_change_nothing_that_is_shown(client, published):
    before = {address: shown(client, address) for address in ADDRESSES}
    FigureFactory(draft=True, as_of="2025-01-01")
    FigureFactory(draft=True, variant_of=published)
    make_claims("draft", draft=True)
    rebuild()

    for address in ADDRESSES:
        assert shown(client, address) == before[address], address


def test_draft_has_no_page(client, published):
    make_drafts(published)

    assert client.get(f"/figures/{SECRET}-killed/").status_code == 404


def test_every_answer_has_a_tag_by_which_it_is_not_sent_twice(client, published):
    for address in ADDRESSES:
        tag = client.get(address)["etag"]
        again = client.get(address, headers={"if-none-match": tag})
        assert again.status_code == 304, address


def test_every_public_address_is_walked():
    assert set(public_patterns(get_resolver())) == set(PATTERNS)
