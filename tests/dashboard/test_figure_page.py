"""What a figure's own page and its country's tell: conflicts, sums, spread and use."""

import re
from html import unescape

import pytest

from recruitment.rebuilding import rebuild
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    GroupFactory,
    PublisherFactory,
    RussianMinistryFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
MINISTRY = "Ministry of Foreign Affairs of Nepal"
AGAINST = "What speaks against it"
ROWS = f"{AGAINST} As of Figure Claimant Why Times apart"
ADDS_UP = "Does the claimant’s own count add up?"


def words_of(client, address):
    """Give the page's words as they are read, with single blanks between them."""
    answer = client.get(address)
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", "<main" + main)).split())


def page(client, slug):
    return words_of(client, f"/figures/{slug}/")


def row(client, slug, address="/countries/NPL/"):
    """Give the words of a figure's row in the table of its country's claims."""
    shown = client.get(address).content.decode()
    found = re.search(rf'<tr id="{slug}">.*?</tr>', shown, re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found)).split())


def count(slug, number, **fields):
    return FigureFactory(slug=slug, low=number, high=number, **fields)


def ngo():
    return ClaimantFactory(slug="ngo", name="INPACT", kind="ngo", country=None)


def test_conflict_is_told_on_both_pages(client):
    count("npl-low", 19)
    count("npl-high", 200, claimant=ngo(), as_of="2024-04-01")
    rebuild()

    kind = "Claimants contradict each other ×10.5"
    assert f"{ROWS} 1 Apr 2024 200 INPACT {kind}" in page(client, "npl-low")
    assert f"{ROWS} 14 Mar 2024 19 {MINISTRY} {kind}" in page(client, "npl-high")


def test_conflict_with_a_zero_tells_no_ratio(client):
    count("npl-none", 0)
    count("npl-some", 3, claimant=ngo())
    rebuild()

    words = page(client, "npl-none")

    kind = "Claimants contradict each other –"
    assert f"{ROWS} 14 Mar 2024 3 INPACT {kind}" in words


def test_figure_that_was_taken_back_is_told_on_both_pages(client):
    count("npl-older", 44)
    count("npl-newer", 19, as_of="2024-06-01")
    rebuild()

    kind = "The claimant took a higher figure back"
    assert f"{ROWS} 1 Jun 2024 19 {MINISTRY} {kind}" in page(client, "npl-older")
    assert f"{ROWS} 14 Mar 2024 44 {MINISTRY} {kind}" in page(client, "npl-newer")


def test_figure_that_nothing_speaks_against_has_no_such_part(client):
    count("npl-one", 19)
    rebuild()

    words = page(client, "npl-one")

    assert AGAINST not in words
    assert ADDS_UP not in words


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("npl-recruited", id="recruited"),
        pytest.param("npl-killed", id="first-part"),
        pytest.param("npl-returned", id="second-part"),
    ],
)
@pytest.mark.parametrize(
    ("recruited", "verdict"),
    [
        pytest.param(24, "it holds. R14", id="holds"),
        pytest.param(23, "it does not hold . R14", id="does-not-hold"),
    ],
)
def test_sum_is_told_on_the_page_of_each_of_its_figures(
    client, slug, recruited, verdict
):
    count("npl-recruited", recruited, metric="recruited")
    count("npl-killed", 19)
    count("npl-returned", 5, metric="returned")
    rebuild()

    assert (
        f"{ADDS_UP} {recruited} recruited against 24 of whom the claimant tells what"
        f" became ( 19 killed , 5 returned home ): {verdict}"
    ) in page(client, slug)


def test_drafts_are_neither_conflicts_nor_parts(client):
    count("npl-killed", 19)
    count("npl-recruited", 9, metric="recruited")
    count("npl-draft", 876, claimant=ngo(), draft=True)
    count("npl-draft-returned", 876, metric="returned", draft=True)
    rebuild()

    words = page(client, "npl-killed"), page(client, "npl-recruited")

    for shown in words:
        assert AGAINST not in shown
        assert "876" not in shown
        assert "9 recruited against 19 of whom" in shown


def test_figure_that_becomes_a_draft_is_no_conflict_any_more(client):
    count("npl-killed", 19)
    draft = count("npl-high", 876, claimant=ngo())
    rebuild()
    assert "876" in page(client, "npl-killed")
    draft.status, draft.status_reason = "draft", "needs_review"
    draft.save()

    rebuild()

    assert "876" not in page(client, "npl-killed")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        pytest.param("wire_copy", "2 pages, 1 report, one origin", id="a-copy"),
        pytest.param("news_report", "2 pages, 2 reports, one origin", id="a-report"),
    ],
)
def test_spread_counts_copies_of_a_story_once(client, kind, line):
    figure = count("npl-one", 19)
    copy = SourceFactory(
        slug="copy",
        kind=kind,
        publisher=PublisherFactory(slug="other", name="The Other"),
    )
    copy.derived_from.add(SourceFactory())
    CitationFactory(figure=figure, source=copy)
    rebuild()

    assert line in page(client, "npl-one")


@pytest.mark.parametrize(
    ("fields", "use"),
    [
        pytest.param({}, "is the best figure; ", id="used"),
        pytest.param(
            {"evidence": "forecast"}, "figure is a forecast R0", id="never-looked-at"
        ),
        pytest.param(
            {"as_of": "2024-01-01"},
            "is superseded by the claimant’s newer figure ( which ) R3",
            id="superseded",
        ),
    ],
)
def test_figure_tells_what_it_is_used_for_and_by_which_rule(client, fields, use):
    count("npl-one", 20, **fields)
    count("npl-other", 20, as_of="2024-02-01")
    rebuild()

    assert use in page(client, "npl-one")


def test_superseded_figure_leads_to_the_newer_one(client):
    count("npl-one", 20)
    count("npl-newer", 21, as_of="2024-04-01")
    rebuild()

    shown = client.get("/figures/npl-one/").content.decode()

    assert '<a href="/figures/npl-newer/">which</a>' in shown


def test_figure_of_context_is_used_for_nothing(client):
    count("npl-offers", 19, metric="offers")
    rebuild()

    words = page(client, "npl-offers")

    assert "It is context: shown, never estimated." in words
    assert "Why this number" not in words


def test_draft_changes_nothing_of_what_others_are_used_for(client):
    count("npl-one", 20)
    rebuild()
    before = page(client, "npl-one")
    count("npl-draft", 21, as_of="2024-03-14", draft=True)
    rebuild()

    assert page(client, "npl-one") == before


def test_country_tells_its_estimate_in_a_sentence(client):
    count("npl-one", 20)
    count("npl-other", 90, claimant=RussianMinistryFactory(), interest="with")
    rebuild()

    assert (
        "At least 20 nationals of Nepal have been killed on the Russian side"
        f" ({MINISTRY}, 14 Mar 2024); the highest claim is 90 (Ministry of Defence of"
        " Russia, 14 Mar 2024). As of 14 Mar 2024."
    ) in words_of(client, "/countries/NPL/")


def test_country_without_a_figure_says_so_in_its_sentence(client):
    count("npl-one", 20)
    rebuild()

    assert (
        "No current figure says how many nationals of Nepal are missing on the Russian"
        " side: nobody whom the record knows has given a figure. That is no zero."
    ) in words_of(client, "/countries/NPL/?metric=missing&side=russia")


def test_country_tells_beside_each_claim_what_became_of_it(client):
    count("npl-one", 20)
    count("npl-claimed", 900, claimant=RussianMinistryFactory(), interest="with")
    count("npl-older", 12, as_of="2024-02-01")
    rebuild()

    assert row(client, "npl-one").endswith("is the best figure R9")
    assert row(client, "npl-claimed").endswith("that is claimed R11")
    assert row(client, "npl-older").endswith("newer figure ( which ) R3")


def test_country_tells_the_use_under_the_choice_and_on_the_day_of_the_view(client):
    count("npl-claimed", 900, claimant=RussianMinistryFactory(), interest="with")
    count("npl-one", 20, as_of="2024-06-01")
    rebuild()
    chosen = "/countries/NPL/?side=russia&metric=killed"

    without = row(client, "npl-claimed", f"{chosen}&policy=no_party")
    earlier = row(client, "npl-one", f"{chosen}&as_of=2024-04-01")

    assert without.endswith("is left out by the choice of figures policy")
    assert earlier.endswith("nothing is carried back in time R5")


def test_group_tells_that_the_sum_of_its_members_sets_the_low(client):
    group = GroupFactory(members=[CountryFactory()])
    count("npl-one", 20)
    count("foreign-one", 12, country=group)
    rebuild()

    use = "gives way to the sum of the members’ lowest figures R13"
    assert row(client, "foreign-one", "/countries/FOREIGN/").endswith(use)
    assert use in page(client, "foreign-one")
