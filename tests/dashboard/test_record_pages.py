"""What the pages of a figure, a claimant and a source tell beyond the claim itself."""

import hashlib
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from dashboard.templatetags.words import PLACES
from recruitment import explaining
from recruitment.models import Figure
from recruitment.publishing import publishing
from recruitment.rebuilding import rebuild, refresh_estimates
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    IncentiveFactory,
    MethodFactory,
    PresenceFactory,
    PublisherFactory,
    ResponseFactory,
    RussianMinistryFactory,
    SourceFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
MINISTRY = "Ministry of Foreign Affairs of Nepal"


def html(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(client, address, start="<main", end="</main>"):
    """Give a part of the page's words as they are read, with single blanks."""
    part = html(client, address).split(start, 1)[1].split(end, 1)[0]
    words = re.sub(r"<title>.*?</title>|<[^>]*>", " ", f"{start}{part}")
    return " ".join(unescape(words).split())


def section(client, address, name):
    return words_of(client, address, f'<section class="card" id="{name}"', "</section>")


def count(slug, number, **fields):
    return FigureFactory(slug=slug, low=number, high=number, **fields)


def ngo(slug="ngo", name="INPACT"):
    return ClaimantFactory(slug=slug, name=name, kind="ngo", country=None)


# A figure


def test_figure_says_what_it_is_used_for_and_leads_to_the_whole_account(client):
    count("npl-one", 20)
    rebuild()

    assert section(client, "/figures/npl-one/", "use").endswith(
        "On 14 Mar 2024, the latest day of the record, this figure sets the lowest number"
        " that is accepted; is the best figure; sets the highest number that is claimed"
        " R9 The whole account of this count"
    )


def test_figure_leads_to_what_superseded_it_and_to_what_it_supersedes(client):
    count("npl-one", 20)
    count("npl-two", 21, as_of="2024-04-01")
    rebuild()

    assert "Superseded by 21, 1 Apr 2024" in words_of(client, "/figures/npl-one/")
    assert "Supersedes 20, 14 Mar 2024" in words_of(client, "/figures/npl-two/")


def test_figure_shows_every_figure_of_its_count_and_the_estimate_in_a_sentence(client):
    count("npl-one", 20)
    count("npl-claimed", 90, claimant=RussianMinistryFactory(), interest="with")
    count("npl-missing", 5, metric="missing")
    count("npl-draft", 876, draft=True)
    rebuild()

    account = section(client, "/figures/npl-one/", "account")

    assert (
        f"At least 20 nationals of Nepal have been killed on the Russian side ({MINISTRY},"
        " 14 Mar 2024); the highest claim is 90 (Ministry of Defence of Russia, 14 Mar"
        " 2024). As of 14 Mar 2024. Every figure of this count, and what became of it: 2"
    ) in account
    page = html(client, "/figures/npl-one/")
    assert re.findall(r'<tr id="([^"]*)"', page) == ["npl-one", "npl-claimed"]
    assert "876" not in page


def test_figure_shows_its_sources_by_role_the_claimants_own_first(client):
    figure = FigureFactory(slug="npl-one", citation=None)
    for slug, role in (("a", "repeats"), ("b", "carries"), ("c", "origin")):
        source = SourceFactory(slug=slug, title_gist=f"Page {slug}")
        CitationFactory(figure=figure, source=source, role=role)
    rebuild()

    words = section(client, "/figures/npl-one/", "sources")

    told = [
        *("The claimant’s own page", "Page c", "Quotes the claimant", "Page b"),
        *("Rewrites another page", "Page a"),
    ]
    places = [words.replace("'", "’").index(one) for one in told]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param(
            {}, "not been visited by us since the page was entered.", id="unvisited"
        ),
        pytest.param(
            {"accessed": "2026-05-01"},
            "not been visited by us since we read it on 1 May 2026.",
            id="read-once",
        ),
        pytest.param(
            {"link_state": "gone", "accessed": "2026-05-01"},
            "The page is gone, 1 May 2026.",
            id="gone",
        ),
        pytest.param(
            {"archive_url": "https://archive.example/1"}, "Archived copy", id="archived"
        ),
        pytest.param({}, "No archived copy is on record.", id="not-archived"),
    ],
)
def test_state_of_a_link_is_told_beside_the_figure_and_on_the_pages_own(
    client, fields, told
):
    source = SourceFactory(slug="page", **fields)
    CitationFactory(figure=FigureFactory(slug="npl-one", citation=None), source=source)
    rebuild()

    assert told in section(client, "/figures/npl-one/", "sources")
    assert told in words_of(client, "/sources/page/")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param(
            {"outcome": "there", "detail": "All words are there: 1."},
            "Visited on 5 Jun 2026: the page is there. All words are there: 1. No archived",
            id="there",
        ),
        pytest.param(
            {"outcome": "gone", "detail": "The server answers with status 404."},
            "Visited on 5 Jun 2026: the page is gone. The server answers with status 404."
            " The link counts as it did before until another visit finds the same.",
            id="gone-for-the-first-time",
        ),
    ],
)
def test_last_visit_is_told_beside_the_figure_and_on_the_pages_own(
    client, fields, told
):
    source = SourceFactory(slug="page", link_state="there")
    CitationFactory(figure=FigureFactory(slug="npl-one", citation=None), source=source)
    VisitFactory(source=source, at="2026-06-05T10:00Z", **fields)
    VisitFactory(source=source, at="2026-05-01T10:00Z", outcome="changed")
    VisitFactory(source=source, at="2026-07-01T10:00Z", outcome="unseen")
    VisitFactory(source=SourceFactory(slug="other"), at="2026-08-01T10:00Z")
    rebuild()

    assert told in section(client, "/figures/npl-one/", "sources")
    assert told in words_of(client, "/sources/page/")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param(
            {"quotes_found": ["npl-one--page"]},
            "The words above were found there then.",
            id="found",
        ),
        pytest.param(
            {"quotes_missing": ["npl-one--page"], "outcome": "changed"},
            "The words above were not found there any more.",
            id="missing",
        ),
    ],
)
def test_words_that_a_visit_looked_for_are_told_of_beside_each_page(
    client, fields, told
):
    figure = FigureFactory(slug="npl-one", citation=None)
    for slug in ("page", "silent"):
        CitationFactory(figure=figure, source=SourceFactory(slug=slug))
    VisitFactory(source=SourceFactory(slug="page"), **fields)
    VisitFactory(source=SourceFactory(slug="silent"))
    rebuild()

    words = section(client, "/figures/npl-one/", "sources")

    assert words.count("The words above") == words.count(told) == 1


def test_reader_can_check_the_very_words_by_the_command_that_the_page_gives(
    client, tmp_path
):
    text = "Une première ligne.\r\n\r\nMinistère : 19 Népalais tués.\r\n"
    start = text.index("19")
    end = start + len("19 Népalais")
    passage = hashlib.sha256(text[start:end].encode()).hexdigest()
    CitationFactory(
        figure=FigureFactory(slug="npl-one", citation=None),
        source=SourceFactory(text_sha256=hashlib.sha256(text.encode()).hexdigest()),
        paragraph=2,
        start=start,
        end=end,
        passage_sha256=passage,
    )
    rebuild()
    (tmp_path / "page.txt").write_bytes(text.encode())

    page = html(client, "/figures/npl-one/")
    [command] = re.findall(
        r"<code>python3 -c &quot;(.*?)&quot;</code>|"
        r'<code>python3 -c "(.*?)"</code>',
        page,
    )
    printed = subprocess.run(
        [sys.executable, "-c", unescape("".join(command))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert printed.stdout.strip() == passage
    assert passage in page
    assert hashlib.sha256((tmp_path / "page.txt").read_bytes()).hexdigest() in page


def test_place_that_is_not_on_record_is_said_to_be_missing(client):
    count("npl-one", 20)
    rebuild()

    assert "The place on the page is not on record" in section(
        client, "/figures/npl-one/", "sources"
    )


def test_figure_tells_every_publish_that_changed_it_the_newest_first(client):
    count("npl-one", 20)
    rebuild()
    with publishing("the ministry’s table was read again"):
        one = Figure.objects.get(slug="npl-one")
        one.low = one.high = 21
        one.save()
        refresh_estimates([("NPL", "russia", "killed")])
    with publishing("read in full"):
        one.status, one.status_reason = "superseded", "newer_claim"
        one.save()

    history = section(client, "/figures/npl-one/", "history")

    assert re.sub(r"\d+ \w+ \d{4} · revision \d+", "On a day:", history) == (
        "History On a day: Changed. Status: Published → Superseded. The claimant gave a"
        " newer figure. On a day: Changed: 20 → 21 . The ministry’s table was read again."
    )


def test_history_begins_with_the_publish_and_tells_nothing_of_the_draft(client):
    count("npl-one", 876, draft=True)
    rebuild()
    with publishing("reviewed by two"):
        one = Figure.objects.get(slug="npl-one")
        one.status, one.status_reason, one.low, one.high = "published", None, 20, 20
        one.save()
    rebuild()

    page = html(client, "/figures/npl-one/")

    assert "Added: <b>20</b>. Reviewed by two." in page
    assert "876" not in page


def test_part_names_those_with_whom_it_shares_nobody(client):
    one = count("npl-one", 20, scope="subset", scope_note="one unit")
    other = count("npl-other", 7, scope="subset", scope_note="another unit")
    draft = count("npl-draft", 876, scope="subset", scope_note="a third", draft=True)
    one.disjoint_with.add(other, draft)
    Figure.objects.filter(pk=one.pk).update(disjoint_reason="They served apart.")
    rebuild()

    words = words_of(client, "/figures/npl-one/")

    assert "Shares nobody with 7, 14 Mar 2024 : They served apart." in words
    assert "876" not in words


def test_figure_draws_its_way_and_tells_it_in_a_table(client):
    count("npl-one", 20)
    rebuild()

    page = html(client, "/figures/npl-one/")

    assert '<figure class="chart" id="lineage"' in page
    assert "/charts/lineage.csv?figure=npl-one" in page
    table = words_of(client, "/figures/npl-one/", 'id="lineage-table"', "</details>")
    assert f"The Kathmandu Post {'Nineteen Nepalis killed'}" in table


def test_every_rule_leads_to_its_place_on_the_method_page(client):
    given = re.findall(r'"(R\d+|policy)"', Path(explaining.__file__).read_text())
    page = html(client, "/method/")

    assert set(given) == PLACES.keys()
    for place in PLACES.values():
        assert f'id="{place}"' in page


# A claimant


def test_claimant_sums_up_what_it_counts(client):
    count("one", 20)
    count("two", 5, country=CountryFactory(code="IND"))
    count("three", 7, metric="serving", side="ukraine")
    count("draft", 876, metric="missing", draft=True)
    rebuild()

    record = section(client, "/claimants/nepal-foreign-ministry/", "record")

    assert "3 figures about 2 countries." in record
    assert (
        "Counts Killed, Russian side: 2 figures, 2 countries Serving, Ukrainian side: 1"
        " figure, 1 country Raised"
    ) in record


def test_claimant_tells_what_it_raised_and_took_back(client):
    for month, number in enumerate([19, 25, 40, 12], start=1):
        count(f"npl-{month}", number, as_of=f"2024-0{month}-01")
    rebuild()

    assert (
        "2 times a newer figure of a growing count was higher than the one before, 1 time it"
        " was lower, and so took it back."
    ) in section(client, "/claimants/nepal-foreign-ministry/", "record")


@pytest.mark.parametrize(
    ("compared", "matched", "told"),
    [
        pytest.param(
            6,
            3,
            "Of its 6 totals another origin counted 6 within 180 days after, and came within"
            " a quarter of 3 of them (50 %).",
            id="enough",
        ),
        pytest.param(
            2,
            0,
            "Of its 2 totals another origin counted 2 within 180 days after, and came within"
            " a quarter of none of them; too few to tell a share.",
            id="too-few",
        ),
        pytest.param(
            0,
            0,
            "Nobody else counted any of its 1 total within 180 days after.",
            id="nobody-else",
        ),
    ],
)
def test_claimant_tells_how_often_another_came_near(client, compared, matched, told):
    codes = ["NPL", "IND", "KEN", "CUB", "LKA", "GHA"]
    for n, code in enumerate(codes[: max(compared, 1)]):
        country = CountryFactory(code=code)
        count(f"own-{n}", 100, country=country)
        if compared:
            other = 110 if n < matched else 300
            count(f"other-{n}", other, country=country, claimant=ngo())
    rebuild()

    assert told in section(client, "/claimants/nepal-foreign-ministry/", "record")


def test_claimant_tells_how_long_its_counts_take_to_a_page(client):
    for n in range(5):
        count(f"npl-{n}", 10 + n, as_of=f"2024-03-0{n + 1}")  # the page: 14 March
    rebuild()

    assert "11 days, the median of 5 figures of which both days are known." in section(
        client, "/claimants/nepal-foreign-ministry/", "record"
    )


def test_claimant_without_enough_known_days_tells_no_median(client):
    count("npl-one", 20)
    rebuild()

    assert "Both days are known of 1 figure, too few for a median." in section(
        client, "/claimants/nepal-foreign-ministry/", "record"
    )


def test_claimant_names_who_relays_it_and_whom_it_relays(client):
    relay = ngo("relay", "Relay")
    count("one", 20, claimant=relay, evidence_origin=ClaimantFactory())
    count("two", 30, evidence_origin=ngo("counter", "Counter"))
    count("three", 40, claimant=relay, evidence_origin=ClaimantFactory())
    rebuild()

    record = section(client, "/claimants/nepal-foreign-ministry/", "record")

    assert "Relayed by Relay (2) Relays Counter (1)" in record
    assert (
        "3 figures about 1 country, its own counts and those that it relays." in record
    )


def test_claimant_names_who_carries_it_most(client):
    daily = SourceFactory(
        slug="daily-1", publisher=PublisherFactory(slug="daily", name="Daily")
    )
    for n in range(2):
        CitationFactory(figure=count(f"npl-{n}", 10 + n), source=daily)
    count("npl-3", 30, draft=True)
    CitationFactory(figure=count("other", 9, claimant=ngo()), source=daily)
    rebuild()

    assert "Carried most by Daily (2), The Kathmandu Post (2)" in section(
        client, "/claimants/nepal-foreign-ministry/", "record"
    )


@pytest.fixture
def two_counts():
    """Three killed, of which one does not count, and one serving."""
    count("npl", 20)
    count("ind", 5, country=CountryFactory(code="IND"), as_of="2024-04-01")
    count("npl-variant", 21, countable=False, as_of="2024-05-01")
    count("npl-serving", 7, metric="serving")
    rebuild()


CLAIMANT = "nepal-foreign-ministry"


@pytest.mark.parametrize(
    ("query", "title", "rows"),
    [
        pytest.param("", "killed", [("India", 5), ("Nepal", 20)], id="most-told"),
        pytest.param(
            "side=russia&metric=serving", "serving", [("Nepal", 7)], id="asked-for"
        ),
        pytest.param("metric=serving", "serving", [("Nepal", 7)], id="on-either-side"),
    ],
)
def test_figures_of_one_count_are_drawn_on_one_scale(
    client, two_counts, query, title, rows
):
    page = html(client, f"/claimants/{CLAIMANT}/?{query}")
    chart = client.get(f"/charts/claimant.json?claimant={CLAIMANT}&{query}").json()

    assert chart["title"] == f"{MINISTRY}: {title.capitalize()}, Russian side"
    assert [(row["name"], row["best"]) for row in chart["rows"]] == rows
    assert f">{chart['title']}</h2>" in page
    [tab] = re.findall(r'aria-current="true">([^<]*)</a>', page)
    assert tab == f"{title.capitalize()}, Russian side"


def test_table_of_a_claimant_holds_every_figure_of_every_count(client, two_counts):
    page = html(client, f"/claimants/{CLAIMANT}/?metric=serving")

    slugs = {"npl", "ind", "npl-variant", "npl-serving"}
    assert set(re.findall(r'<tr id="([^"]*)"', page)) == slugs


def test_claimant_of_one_count_has_no_tabs(client):
    count("npl", 20)
    rebuild()

    assert 'class="tabs"' not in html(client, f"/claimants/{CLAIMANT}/")


def test_count_that_a_claimant_does_not_give_is_drawn_as_nothing(client, two_counts):
    words = words_of(client, f"/claimants/{CLAIMANT}/?metric=wounded")

    assert "It has given no figure of this count." in words


@pytest.mark.parametrize(
    "query",
    ["side=both", "metric=killled"],
)
def test_claimants_page_refuses_a_count_that_there_is_not(client, two_counts, query):
    assert client.get(f"/claimants/{CLAIMANT}/?{query}").status_code == 400


def test_claimant_without_a_figure_has_no_record(client):
    ResponseFactory()

    words = words_of(client, "/claimants/nepal-foreign-ministry/")

    assert "has given no figure" in words
    assert "Its record" not in words


# A page


def test_page_tells_what_it_carries_by_role_and_where(client):
    source = SourceFactory(slug="page")
    CitationFactory(
        figure=count("npl-rewritten", 30, citation=None), source=source, role="repeats"
    )
    CitationFactory(
        figure=count("npl-quoted", 20, citation=None),
        source=source,
        paragraph=3,
        start=1,
        end=9,
        passage_sha256="b" * 64,
    )
    rebuild()

    words = section(client, "/sources/page/", "carries")

    assert (
        f"14 Mar 2024 Nepal Killed, Russian side {MINISTRY} 20 Quotes the claimant"
        f" paragraph 3 14 Mar 2024 Nepal Killed, Russian side {MINISTRY} 30 Rewrites"
        " another page not on record"
    ) in words


def test_page_tells_what_else_it_carries_and_no_draft(client):
    source = SourceFactory(slug="page")
    for factory in (ResponseFactory, IncentiveFactory, MethodFactory, PresenceFactory):
        factory(citation__source=source)
        factory(citation__source=source, draft=True, summary="A secret.")

    words = section(client, "/sources/page/", "carries")

    for told in (
        "Travel ban , Nepal Nepal stopped issuing",
        "Monthly pay , Nepal Recruits from Nepal were promised",
        "Student visas, Nepal Agents sent Nepalis",
        "Presence, Nepal Nepalis serve",
    ):
        assert told in words
    assert "secret" not in words


def test_page_tells_the_hash_of_its_text(client):
    SourceFactory(slug="page", text_sha256="c" * 64)
    SourceFactory(slug="other")

    assert f"SHA-256 {'c' * 64} : a text with this hash" in words_of(
        client, "/sources/page/"
    )
    assert "No hash of the text is on record." in words_of(client, "/sources/other/")
