"""The page about the site: what it promises, held to what the site does."""

import re
from urllib.parse import urlsplit

import pytest

from recruitment.publishing import publishing
from tests.factories import FigureFactory

pytestmark = pytest.mark.django_db


def test_page_tells_the_revision_that_it_was_made_of(client):
    with publishing("the record was loaded"):
        FigureFactory()

    assert "made of revision 1." in client.get("/about/").content.decode()


def test_contact_is_shown_where_there_is_one(client, settings):
    settings.CONTACT = "corrections@muster.example"
    by_mail = client.get("/about/").content.decode()
    settings.CONTACT = "https://muster.example/corrections"
    by_page = client.get("/about/").content.decode()

    assert '<a href="mailto:corrections@muster.example">' in by_mail
    assert 'href="https://muster.example/corrections"' in by_page


def test_contact_is_not_made_up(client, settings):
    settings.CONTACT = ""

    page = client.get("/about/").content.decode()

    assert "has not yet said where to write" in page
    assert "mailto:" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/about/",
        "/timeline/",
        "/changes/",
        "/countries/NPL/",
        "/figures/npl-killed/",
    ],
)
def test_pages_set_no_cookie_and_load_nothing_from_elsewhere(client, address):
    FigureFactory(slug="npl-killed")

    answer = client.get(address)

    assert answer.cookies == {}
    assert "set-cookie" not in answer
    loaded = re.findall(
        r"<(?:script|img|iframe|source)[^>]*\ssrc=\"([^\"]*)\"|"
        r"<link[^>]*rel=\"(?:stylesheet|preload|icon)\"[^>]*href=\"([^\"]*)\"|"
        r"<link[^>]*href=\"([^\"]*)\"[^>]*as=",
        answer.content.decode(),
    )
    loaded = ["".join(one) for one in loaded]
    assert len(loaded) > 3
    assert [one for one in loaded if urlsplit(one).netloc] == []
