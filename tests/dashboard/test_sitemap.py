"""What robots are told: every page that is public, and where not to go."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.urls import get_resolver

from recruitment.models import Revision
from recruitment.publishing import publishing
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def record():
    """A figure of 1 March; another claimant and source, and a figure, of 2 March."""
    with publishing("the record was loaded"):
        FigureFactory(slug="npl-killed")
        CountryFactory(code="KEN")
    with publishing("more came in"):
        ClaimantFactory(slug="families", name="Families")
        SourceFactory(slug="a-page")
        FigureFactory(slug="npl-too", low=33, high=33)
        FigureFactory(slug="npl-zzsecret", draft=True)
    for number in (1, 2):
        moment = datetime(2026, 3, number, tzinfo=UTC)
        Revision.objects.filter(number=number).update(made_at=moment)


def pages(client, address):
    """Give the addresses that a sitemap names, each with its day."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["content-type"] == "application/xml"
    root = ElementTree.fromstring(answer.content)  # noqa: S314  # our own answer
    return {
        one.find("s:loc", SPACE).text.removeprefix(SITE): one.find(
            "s:lastmod", SPACE
        ).text
        for one in root
    }


def test_index_names_a_sitemap_for_each_kind_of_page(client, record):
    found = pages(client, "/sitemap.xml")

    kinds = ("pages", "countries", "figures", "claimants", "sources")
    assert list(found) == [f"/sitemap-{kind}.xml" for kind in kinds]


def test_every_page_that_is_named_is_there(client, record):
    named = [
        page for part in pages(client, "/sitemap.xml") for page in pages(client, part)
    ]

    assert len(named) == len(set(named)) > 10
    for page in named:
        assert client.get(page).status_code == 200, page


def test_every_page_without_a_subject_is_named(client, record):
    named = pages(client, "/sitemap-pages.xml")

    for name in ("/", "/countries/", "/timeline/", "/method/", "/data/", "/about/"):
        assert named[name] == "2026-03-02"
    assert "/search/" not in named
    assert not [page for page in named if "." in page]


def test_row_changes_with_what_its_page_shows(client, record):
    assert pages(client, "/sitemap-figures.xml") == {
        "/figures/npl-killed/": "2026-03-01",
        "/figures/npl-too/": "2026-03-02",
    }
    assert pages(client, "/sitemap-countries.xml") == {"/countries/NPL/": "2026-03-02"}
    assert pages(client, "/sitemap-claimants.xml") == {
        "/claimants/families/": "2026-03-02",
        "/claimants/nepal-foreign-ministry/": "2026-03-02",
    }
    sources = pages(client, "/sitemap-sources.xml")
    assert sources["/sources/a-page/"] == "2026-03-02"
    assert len(sources) == 2


def test_who_counted_is_changed_by_what_another_relays(client, record):
    with publishing("a relayed count came in"):
        counted = ClaimantFactory(slug="families")
        FigureFactory(slug="npl-relayed", evidence_origin=counted, low=7, high=7)
    moment = datetime(2026, 3, 3, tzinfo=UTC)
    Revision.objects.filter(number=3).update(made_at=moment)

    assert (
        pages(client, "/sitemap-claimants.xml")["/claimants/families/"] == "2026-03-03"
    )


def test_row_of_which_no_revision_tells_is_as_old_as_the_record(client):
    FigureFactory(slug="npl-killed")

    assert pages(client, "/sitemap-figures.xml") == {
        "/figures/npl-killed/": "2022-02-24"
    }


@pytest.mark.parametrize(
    "address",
    ["/sitemap-drafts.xml", "/sitemap-figures.xml?p=2", "/sitemap-pages.xml?p=x"],
)
def test_sitemap_that_is_not_there_is_not_found(client, record, address):
    assert client.get(address).status_code == 404


def test_robots_may_go_where_readers_go(client):
    answer = client.get("/robots.txt")

    assert answer["content-type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert "Disallow: /desk/" in lines
    assert "Disallow: /embed/" in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    forbidden = [line.split()[1] for line in lines if line.startswith("Disallow")]
    named = {f"/{one.pattern}" for one in get_resolver().url_patterns}
    assert "/admin/" in named
    assert len(forbidden) == 3


@pytest.mark.parametrize(
    "address", ["/robots.txt", "/sitemap.xml", "/sitemap-pages.xml"]
)
def test_what_robots_read_is_only_read(client, address):
    assert client.post(address).status_code == 405
