"""Search answers as a journalist types."""

import pytest

from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    PublisherFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    CountryFactory(code="NPL", demonyms=["Nepali"], names={"ru": "Непал"})
    CountryFactory(code="KEN", demonyms=["Kenyan"])
    ClaimantFactory(slug="hur", name="Main Directorate of Intelligence of Ukraine")
    SourceFactory(slug="post", publisher=PublisherFactory(name="The Kathmandu Post"))
    FigureFactory(slug="npl-killed")


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        pytest.param("nepal", "/countries/NPL/", id="name"),
        pytest.param("Непал", "/countries/NPL/", id="name-in-russian"),
        pytest.param("NPL", "/countries/NPL/", id="code"),
        pytest.param("kenyan", "/countries/KEN/", id="its-people"),
    ],
)
def test_name_of_a_country_leads_to_its_page(client, record, asked, leads_to):
    answer = client.get("/search/", {"q": asked})

    assert answer.status_code == 302
    assert answer["Location"] == leads_to


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("HUR", "/claimants/hur/", id="initials"),
        pytest.param("kathmandu post", "/sources/post/", id="publisher"),
        pytest.param("nepali killed", "/figures/npl-killed/", id="figure"),
    ],
)
def test_search_finds(client, record, asked, found):
    page = client.get("/search/", {"q": asked, "all": "1"}).content.decode()

    assert f'href="{found}"' in page


def test_name_of_a_country_can_be_searched_for_too(client, record):
    page = client.get("/search/", {"q": "nepal", "all": "1"}).content.decode()

    assert 'href="/countries/NPL/"' in page
    assert 'href="/figures/npl-killed/"' in page


def test_drafts_are_not_found(client, record):
    FigureFactory(slug="secret", summary="Nepal's zzsecret", draft=True)

    page = client.get("/search/", {"q": "zzsecret"}).content.decode()

    assert "Nothing in the record matches" in page


def test_search_that_finds_nothing_says_so(client, record):
    page = client.get("/search/", {"q": "atlantis"}).content.decode()

    assert "Nothing in the record matches “atlantis”" in page


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("!?", id="no-word"),
        pytest.param("a " + " ".join(f"w{n}" for n in range(40)), id="too-many-words"),
    ],
)
def test_search_that_cannot_be_answered_says_why(client, asked):
    answer = client.get("/search/", {"q": asked})

    assert answer.status_code == 400
    assert "Give" in answer.content.decode()


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", "nul\0byte", "%", "'"])
def test_search_survives_anything(client, record, asked):
    answer = client.get("/search/", {"q": asked, "all": "1"})

    assert answer.status_code in {200, 400}
    assert "<script>alert" not in answer.content.decode()


def test_page_without_words_tells_what_can_be_found(client):
    assert "HUR" in client.get("/search/").content.decode()
