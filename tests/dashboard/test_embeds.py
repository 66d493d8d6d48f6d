"""Charts in other sites' pages, live and frozen, and how charts and figures are cited."""

import re

import pytest

from recruitment.models import Figure
from recruitment.publishing import publishing
from recruitment.rebuilding import rebuild
from recruitment.revisions import current
from tests.factories import FigureFactory

pytestmark = pytest.mark.django_db

RANKED = "/embed/ranked/?side=russia&metric=killed&policy=all&as_of=2024-04-01"
CLAIMS = f"{RANKED.replace('ranked', 'claims')}&country=NPL"


@pytest.fixture
def first():
    """Publish one figure; give the revision that shows it."""
    with publishing("first"):
        FigureFactory(slug="npl-first", low=19, high=19)
        rebuild()
    return current()


def raise_to_forty():
    """Publish a newer, higher figure of the same claimant."""
    with publishing("second"):
        FigureFactory(slug="npl-second", low=40, high=40, as_of="2024-03-30")
        rebuild()


def shown(client, address):
    page = client.get(address).content.decode()
    return re.findall(r'class="value"[^>]*>([^<]+)<', page)


def test_embed_may_stand_in_any_page_and_no_other_page_may(client, first):
    embed, page = client.get(RANKED), client.get("/charts/ranked/")

    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_live_embed_follows_the_record(client, first):
    before = shown(client, RANKED)
    raise_to_forty()

    assert before == ["19", "19"]  # the wide drawing, and the narrow one
    assert shown(client, RANKED) == ["40", "40"]


@pytest.mark.parametrize("address", [RANKED, CLAIMS], ids=["ranked", "claims"])
def test_frozen_embed_stays_and_says_that_it_is_old(client, first, address):
    address = f"{address}&frozen={first.number}"
    fresh = client.get(address).content.decode()
    raise_to_forty()

    old = client.get(address).content.decode()

    assert "nothing in it has changed since" in fresh
    assert shown(client, address) == ["19", "19"]
    assert "1 change since this was frozen" in old
    assert "data-plotly=" not in old  # which would draw the record of today


def test_frozen_embed_counts_changes_of_its_own_figures_alone(client, first):
    address = f"{CLAIMS}&frozen={first.number}"
    with publishing("correction"):
        figure = Figure.objects.get(slug="npl-first")
        figure.note = "The day was checked."
        figure.save()

    page = client.get(address).content.decode()

    assert "1 change since this was frozen" in page


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("999", id="to-come"),
        pytest.param("-1", id="negative"),
        pytest.param("one", id="word"),
        pytest.param("9" * 5000, id="very-long"),
        pytest.param("²", id="superscript"),
    ],
)
def test_unknown_revision_is_not_found(client, first, number):
    assert client.get(f"{RANKED}&frozen={number}").status_code == 404


def test_embed_names_what_it_does_not_understand(client):
    assert client.get("/embed/ranked/?side=north").status_code == 400


def test_unknown_kind_of_chart_is_not_found(client):
    addresses = ("/embed/pie/", "/charts/pie/", "/charts/pie.csv", "/charts/ranked.pdf")

    assert {client.get(address).status_code for address in addresses} == {404}


@pytest.mark.parametrize("form", ["bib", "ris", "csl"])
def test_chart_and_figure_can_be_cited(client, first, form):
    for address, title in (
        ("/charts/ranked", "Killed, Russian side, by country"),
        ("/figures/npl-first", "Nepal, killed: 19"),
    ):
        answer = client.get(f"{address}.{form}")

        assert answer.status_code == 200
        assert title in answer.content.decode()
        assert f"r{first.number}.{form}" in answer["Content-Disposition"]


def test_chart_page_gives_the_code_to_embed_it(client, first):
    page = client.get("/charts/ranked/?as_of=2024-04-01").content.decode()

    [live, frozen] = re.findall(r'iframe src="http://testserver(/embed/[^"]+)"', page)
    for address in (live, frozen):
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert frozen.endswith(f"frozen={first.number}")
