"""The pages of errors: what a reader can do next, also when nothing works."""

import re

import pytest
from django.test import RequestFactory

from config.errors import server_error
from config.requests import current_id
from tests.factories import CountryFactory


def test_server_error_tells_its_request_id_without_the_database():
    # No test of this module that needs the database is marked for all: here it is shut.
    token = current_id.set("an-id-to-ask-about")
    try:
        answer = server_error(RequestFactory().get("/countries/"))
    finally:
        current_id.reset(token)

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "<code>an-id-to-ask-about</code>" in page
    assert '<meta name="robots" content="noindex">' in page


def test_server_error_shows_nothing_that_a_reader_sent_in():
    request = RequestFactory().get("/?q=<script>", headers={"user-agent": "<script>"})

    assert "<script" not in server_error(request).content.decode()


@pytest.mark.django_db
def test_missing_page_leads_on(client):
    CountryFactory()
    page = client.get("/countries/Nepal/").content.decode().split("<main")[1]

    assert '<form class="search" method="get" action="/search/">' in page
    links = re.findall(r'href="([^"]*)"', page.split("</main>")[0])
    told = {"/corrections/", "/changes/"}
    assert {"/", "/countries/", "/timeline/", "/data/"} | told == set(links)
    for link in links:
        assert client.get(link).status_code == 200


@pytest.mark.django_db
def test_what_is_not_understood_is_named_with_a_way_back(client):
    page = client.get("/?side=both&as_of=soon").content.decode()

    assert "<dt><code>side</code></dt>" in page
    assert "both is not one of the available choices." in page
    assert "<dt><code>as_of</code></dt><dd>Enter a valid date.</dd>" in page
    assert '<a href="/">See this page without it</a>' in page
