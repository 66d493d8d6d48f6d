"""What a reader of the board of disagreements sees."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboard.disagreements import contested
from recruitment.choices import ClaimantKind, Evidence
from recruitment.rebuilding import rebuild
from tests.factories import (
    ClaimantFactory,
    ConflictFactory,
    CountryFactory,
    FigureFactory,
    RussianMinistryFactory,
)

pytestmark = pytest.mark.django_db


def section(client, name, query=""):
    """Give the words of one section as they are read."""
    answer = client.get(f"/disagreements/{query}")
    assert answer.status_code == 200
    page = answer.content.decode()
    part = page.split(f'<section class="card" id="{name}"', 1)[1]
    words = re.sub(r"<[^>]*>", " ", "<" + part.split("</section>", 1)[0])
    return " ".join(unescape(words).split())


def says(number, slug="families", **fields):
    """Let a claimant other than the ministry say a number, three months later."""
    claimant = ClaimantFactory(
        slug=slug, name=slug.title(), kind=ClaimantKind.FAMILIES, country=None
    )
    made = {"as_of": "2024-06-14", "credibility": 4, "claimant": claimant} | fields
    return FigureFactory(low=number, high=number, **made)


@pytest.fixture
def record():
    """The ministry of Nepal counts 19 killed, families 190; of India one is alone."""
    FigureFactory()
    says(190)
    FigureFactory(country=CountryFactory(code="IND"), low=5, high=5)
    rebuild()


def test_board_ranks_how_far_apart_the_ends_are(client, record):
    answer = client.get("/disagreements/")

    [row] = answer.context["chart"].rows
    assert (row.name, row.low, row.high, row.times) == ("Nepal", 19, 190, "×10")
    assert 'id="dispersion-table"' in answer.content.decode()


def test_both_claimants_stand_side_by_side_with_how_far_apart_they_are(client, record):
    text = section(client, "contradictions")

    assert (
        "Nepal , killed, Russian side ×10 19 , Ministry of Foreign Affairs of Nepal,"
        " 14 Mar 2024 190 , Families, 14 Jun 2024"
    ) in text


def test_lower_claim_comes_first_though_it_is_the_later():
    later = FigureFactory.build(slug="later", low=3, high=3)
    earlier = FigureFactory.build(slug="earlier", low=None, high=40)
    conflict = ConflictFactory.build(one=earlier, other=later, ratio=13.3)

    [one] = contested([conflict])

    assert (one.widest.lower, one.widest.upper) == (later, earlier)
    assert one.widest.apart == "×13"


def test_pairs_of_one_count_stand_together_the_widest_first():
    pairs = [
        ConflictFactory.build(key=key, ratio=ratio)
        for key, ratio in (("npl", 2), ("ind", 9), ("npl", 30), ("ken", None))
    ]

    found = contested(pairs)

    assert [[pair.apart for pair in one.pairs] for one in found] == [
        ["one says none"],
        ["×30", "×2.0"],
        ["×9.0"],
    ]
    assert [pair.apart for pair in found[1].others] == ["×2.0"]


def test_more_pairs_of_a_count_are_folded_below_the_widest(client, record):
    says(60, "village")
    rebuild()

    text = section(client, "contradictions")

    assert "2 more pairs: Nepal, killed" in text
    assert "×3.2: 60 , Village, 14 Jun 2024 , against 190" in text


def test_revision_downwards_tells_first_and_then(client):
    FigureFactory(low=40, high=40)
    FigureFactory(low=12, high=12, as_of="2024-09-01")
    rebuild()

    assert section(client, "revisions").endswith(
        "Nepal , killed, Russian side Ministry of Foreign Affairs of Nepal 40 , 14 Mar 2024"
        " 12 , 1 Sep 2024"
    )


def test_count_of_one_origin_is_said_to_be_alone(client, record):
    text = section(client, "alone")

    assert "For 1 count every figure that holds comes from one origin." in text
    assert "India , killed, Russian side 5 B Ministry" in text
    assert "Nepal , killed" not in text


def test_nothing_to_show_is_no_agreement(client):
    for name, words in (
        ("contradictions", "That is no agreement"),
        ("revisions", "No claimant has taken a figure back here."),
        ("alone", "No count here rests on one origin alone."),
    ):
        assert words in section(client, name)
    assert "That is no agreement" in client.get("/disagreements/").content.decode()


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        pytest.param("", True, id="all"),
        pytest.param("?side=russia&metric=killed", True, id="this-count"),
        pytest.param("?side=ukraine", False, id="other-side"),
        pytest.param("?metric=serving", False, id="other-count"),
        pytest.param("?as_of=2024-05-01", False, id="before-the-second-claim"),
        pytest.param("?policy=named_only", False, id="without-statements"),
    ],
)
def test_contradictions_are_those_of_the_view(client, record, query, is_there):
    assert ("Families" in section(client, "contradictions", query)) is is_there


def test_figures_of_parties_leave_with_the_policy(client):
    FigureFactory()
    FigureFactory(
        claimant=RussianMinistryFactory(), low=190, high=190, evidence=Evidence.CUSTODY
    )
    rebuild()

    assert "Ministry of Defence" in section(client, "contradictions")
    assert "Ministry of Defence" not in section(
        client, "contradictions", "?policy=no_party"
    )


def test_form_keeps_what_was_chosen(client, record):
    page = client.get("/disagreements/?side=russia&policy=no_party").content.decode()

    assert '<option value="russia" selected>' in page
    assert '<option value="" selected>Every count</option>' in page
    assert '<option value="no_party" selected>' in page


@pytest.mark.parametrize("query", ["?side=both", "?metric=offers", "?as_of=no"])
def test_unknown_value_is_not_understood(client, query):
    assert client.get(f"/disagreements/{query}").status_code == 400


@pytest.mark.parametrize("rows", [2, 9])
def test_number_of_queries_does_not_grow_with_rows(client, rows):
    for code in ["NPL", "IND", "KEN", "CUB", "LKA", "GHA", "PRK", "UZB", "TJK"][:rows]:
        country = CountryFactory(code=code)
        FigureFactory(country=country)
        says(190, f"families-{code}".lower(), country=country)
    rebuild()

    with CaptureQueriesContext(connection) as queries:
        client.get("/disagreements/")

    # 1. the latest day  2. estimates apart  3. contradictions  4. revisions  5. who is
    # alone; one more is for the revision, which is remembered outside a test
    assert len(queries) - 1 == 5
