"""The feeds of changes, as a feed reader takes them."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from recruitment.models import Revision
from recruitment.publishing import publishing
from tests.factories import ClaimantFactory, FigureFactory

pytestmark = pytest.mark.django_db
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def revisions():
    """Two revisions, the second with a figure whose claimant has signs of HTML."""
    with publishing("the record was loaded"):
        FigureFactory(slug="npl-killed")
    with publishing("a <b>new</b> page & more"):
        claimant = ClaimantFactory(slug="smith", name="Smith & <Sons>")
        FigureFactory(slug="npl-too", low=33, high=33, claimant=claimant)


def atom_of(client):
    answer = client.get("/changes.atom")
    assert answer["content-type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314  # our own answer


def json_of(client):
    answer = client.get("/changes.json")
    assert answer["content-type"] == "application/feed+json; charset=utf-8"
    return answer.json()


def test_atom_feed_has_what_the_standard_demands(client, revisions):
    feed = atom_of(client)

    for name in ("id", "title", "updated", "author/atom:name"):
        assert feed.find(f"atom:{name}", ATOM).text
    links = {one.get("rel"): one.get("href") for one in feed.findall("atom:link", ATOM)}
    assert links == {
        "alternate": "http://testserver/changes/",
        "self": "http://testserver/changes.atom",
    }
    found = feed.findall("atom:entry", ATOM)
    assert len(found) == 2
    for entry in found:
        for name in ("id", "title", "summary"):
            assert entry.find(f"atom:{name}", ATOM).text
        updated = datetime.fromisoformat(entry.find("atom:updated", ATOM).text)
        assert updated.tzinfo is not None


def test_json_feed_has_what_the_standard_demands(client, revisions):
    feed = json_of(client)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "http://testserver/changes/"
    assert feed["feed_url"] == "http://testserver/changes.json"
    assert [item["title"] for item in feed["items"]] == [
        "Revision 2: a <b>new</b> page & more",
        "Revision 1: the record was loaded",
    ]
    for item in feed["items"]:
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
        assert (
            client.get(item["url"].removeprefix("http://testserver")).status_code == 200
        )


def test_entry_tells_the_changes_with_whole_links(client, revisions):
    content = json_of(client)["items"][0]["content_html"]

    link = (
        '<a href="http://testserver/figures/npl-too/">Nepal, killed, Russian side</a>'
    )
    assert f"{link}: <b>33</b>" in content
    assert "(Smith &amp; &lt;Sons&gt;, 14 Mar 2024)" in content
    assert 'href="/' not in content


def test_both_feeds_name_an_entry_alike_under_every_address(client, revisions):
    ids = [item["id"] for item in json_of(client)["items"]]

    entries = atom_of(client).findall("atom:entry", ATOM)
    there = client.get("/changes.json", headers={"host": "localhost"}).json()["items"]

    assert [one.find("atom:id", ATOM).text for one in entries] == ids
    assert [item["id"] for item in there] == ids
    assert len(set(ids)) == 2


def test_entry_of_another_database_has_another_id(client, revisions):
    before = json_of(client)["items"][0]["id"]
    newest = Revision.objects.get(number=2)
    newest.made_at = newest.made_at.replace(year=2024)
    newest.save()

    assert json_of(client)["items"][0]["id"] != before


def test_feed_of_an_empty_record_is_a_feed(client):
    assert json_of(client)["items"] == []
    assert atom_of(client).findall("atom:entry", ATOM) == []


def test_feed_holds_the_newest_revisions_and_says_where_there_is_more(
    client, revisions, monkeypatch
):
    monkeypatch.setattr("dashboard.change_views.REVISIONS_IN_FEED", 1)
    monkeypatch.setattr("dashboard.change_views.CHANGES_IN_FEED", 1)

    [item] = json_of(client)["items"]

    assert item["title"].startswith("Revision 2")
    more = '<a href="http://testserver/changes/2/">All changes of revision 2</a>'
    assert more in item["content_html"]


@pytest.mark.parametrize("address", ["/changes.atom", "/changes.json"])
def test_feed_only_reads(client, address):
    assert client.post(address).status_code == 405
    assert client.head(address).content == b""


def test_every_page_names_both_feeds(client):
    page = client.get("/method/").content.decode()

    assert (
        '<link rel="alternate" href="/changes.atom" type="application/atom+xml"' in page
    )
    assert (
        '<link rel="alternate" href="/changes.json" type="application/feed+json"'
        in page
    )
