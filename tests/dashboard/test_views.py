"""What a reader of each page sees."""

import re
from html import unescape

import pycountry
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruitment.rebuilding import rebuild
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    GroupFactory,
    IncentiveFactory,
    MethodFactory,
    PublisherFactory,
    ResponseFactory,
    RussianMinistryFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
SOURCE = "kathmandu-post-2024-03-14-nepalis-killed"


@pytest.fixture
def record():
    """Nepal's killed and serving on the Russian side, and one on the Ukrainian."""
    FigureFactory(slug="npl-killed", low=19, high=19)
    FigureFactory(slug="npl-killed-too", low=33, high=33, as_of="2024-06-01")
    FigureFactory(slug="npl-serving", metric="serving", low=200, high=200)
    FigureFactory(slug="npl-legion", side="ukraine", metric="serving", low=7, high=7)
    GroupFactory(members=[CountryFactory()])
    rebuild()


PAGES = [
    pytest.param("/", "Killed, Russian side, by country · Muster", id="overview"),
    pytest.param("/countries/", "Countries · Muster", id="countries"),
    pytest.param("/countries/NPL/", "Nepal · Muster", id="country"),
    pytest.param("/countries/FOREIGN/", "All foreign nationals · Muster", id="group"),
    pytest.param("/figures/npl-killed/", "Nepal, killed: 19 · Muster", id="figure"),
    pytest.param(
        "/claimants/nepal-foreign-ministry/",
        "Ministry of Foreign Affairs of Nepal · Muster",
        id="claimant",
    ),
    pytest.param(
        f"/sources/{SOURCE}/",
        "The Kathmandu Post: Nineteen Nepalis killed in Russia's army · Muster",
        id="source",
    ),
    pytest.param("/method/", "Method · Muster", id="method"),
]
ADDRESSES = [pytest.param(page.values[0], id=page.id) for page in PAGES] + [
    pytest.param("/charts/ranked.plotly", id="ranked-spec"),
    pytest.param("/charts/claims.plotly?country=NPL", id="claims-spec"),
]


def text_of(client, address, status=200):
    """Give the page's words as they are read, with single blanks between them."""
    answer = client.get(address)
    assert answer.status_code == status
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    words = re.sub(r"<title>.*?</title>|<[^>]*>", " ", "<main" + main)
    return " ".join(unescape(words).split())


def current_tabs(client, address):
    page = client.get(address).content.decode()
    return re.findall(r'<a href="\?[^"]*" aria-current="true">([^<]*)</a>', page)


def tab_addresses(client, address):
    """Give the address of each tab by its label."""
    page = unescape(client.get(address).content.decode())
    tabs = "".join(re.findall(r'<nav class="tabs.*?</nav>', page))
    links = re.findall(r'<a href="(\?[^"]*)"[^>]*>([^<]*)</a>', tabs)
    return {label: query for query, label in links}


@pytest.mark.parametrize(("address", "title"), PAGES)
def test_page_has_its_title(client, record, address, title):
    answer = client.get(address)

    shown = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert f"<title>{title}</title>" in shown
    assert shown.count("<h1") == 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_gives_the_status_and_no_body(client, record, address):
    answer = client.head(address)

    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_page_only_reads(client, record, address, method):
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(("address", "title"), PAGES)
def test_page_may_load_only_what_is_ours(client, record, address, title):
    policy = client.get(address)["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_drawing_as_a_file_may_bring_its_style_and_nothing_else(client, record):
    policy = client.get("/charts/ranked.svg")["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert policy.count("unsafe-inline") == 1


@pytest.mark.parametrize(("address", "title"), PAGES)
def test_page_has_neither_style_nor_script_in_its_lines(client, record, address, title):
    page = client.get(address).content.decode()

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    # What is told to machines is data, which browsers do not run.
    assert not re.findall(r'<script(?! type="application/ld\+json">|[^>]*\ssrc=)', page)


@pytest.mark.parametrize(
    ("query", "tabs", "heading"),
    [
        pytest.param(
            "",
            ["Killed", "Russian side"],
            "Killed, Russian side, by country",
            id="none",
        ),
        pytest.param(
            "side=ukraine&metric=serving",
            ["Serving", "Ukrainian side"],
            "Serving, Ukrainian side, by country",
            id="side-and-metric",
        ),
        pytest.param(
            "metric=captured_held",
            ["Prisoners of war", "Russian side"],
            "Held as prisoners of war, Russian side, by country",
            id="short-label",
        ),
    ],
)
def test_overview_shows_the_side_and_the_count_that_were_chosen(
    client, record, query, tabs, heading
):
    assert current_tabs(client, f"/?{query}") == tabs
    assert heading in text_of(client, f"/?{query}")


def test_overview_ranks_the_countries_of_the_chosen_side(client, record):
    assert "Nepal 200 B" in text_of(client, "/?metric=serving")
    assert "Nepal 7 B" in text_of(client, "/?metric=serving&side=ukraine")


@pytest.mark.parametrize("address", ["/", "/countries/NPL/"])
def test_tabs_keep_the_rest_of_the_view(client, record, address):
    asked = "side=russia&metric=killed&policy=no_party&as_of=2024-12-31"

    tabs = tab_addresses(client, f"{address}?{asked}")

    fragment = "#ranked" if address == "/" else "#claims"
    assert tabs["Serving"] == f"?{asked.replace('killed', 'serving')}{fragment}"
    assert tabs["Ukrainian side"] == f"?{asked.replace('russia', 'ukraine')}{fragment}"
    for query in tabs.values():
        assert client.get(f"{address}{query}").status_code == 200


def test_overview_is_as_of_the_day_that_was_chosen(client, record):
    assert "Nepal 19 B" in text_of(client, "/?as_of=2024-05-31")
    assert "Nepal 33 B" in text_of(client, "/?as_of=2024-06-01")
    assert "That is no zero" in text_of(client, "/?as_of=2023-01-01")


def test_overview_follows_the_policy_that_was_chosen(client):
    FigureFactory(low=44, high=44, claimant=RussianMinistryFactory())
    rebuild()

    assert "Nepal 44" in text_of(client, "/")
    assert "Nepal 44" not in text_of(client, "/?policy=no_party")


def test_overview_of_an_empty_record_says_that_nothing_is_counted(client):
    words = text_of(client, "/")

    assert "0 published figures" in words
    assert "Nothing to draw." in words
    assert "That is no zero: nobody whom the record knows has said a number." in words
    assert "No figure is dated by" in words


def test_overview_leaves_out_groups_and_the_sides_own_nationals(client):
    FigureFactory(country=CountryFactory(code="RUS"), claimant=ClaimantFactory())
    FigureFactory(country=GroupFactory())
    rebuild()

    words = text_of(client, "/")

    assert "Nothing to draw." in words
    assert "Killed, all foreigners, Russian side 19" in words


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/", id="overview"),
        pytest.param("/countries/NPL/", id="country"),
    ],
)
@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("side=both", "side", id="side"),
        pytest.param("metric=dead", "metric", id="metric"),
        pytest.param("policy=best", "policy", id="policy"),
        pytest.param("as_of=yesterday", "as_of", id="as-of"),
        pytest.param("as_of=%00", "as_of", id="nul-byte"),
    ],
)
def test_page_names_the_parameter_that_it_does_not_understand(
    client, record, address, query, name
):
    words = text_of(client, f"{address}?{query}", status=400)

    assert f"What was wrong {name} " in words
    assert "See this page without it" in words


@pytest.mark.parametrize("form", ["csv", "json", "svg", "png", "plotly"])
@pytest.mark.parametrize(
    ("kind", "query", "name"),
    [
        pytest.param("ranked", "side=both", "side", id="ranked"),
        pytest.param("claims", "country=NPL&side=both", "side", id="claims"),
        pytest.param("claims", "country=XXX", "country", id="unknown-country"),
        pytest.param("claims", "", "country", id="no-country"),
    ],
)
def test_file_of_a_chart_names_the_parameter_that_it_does_not_understand(
    client, record, kind, query, name, form
):
    answer = client.get(f"/charts/{kind}.{form}?{query}")

    assert answer.status_code == 400
    assert list(answer.json()) == [name]


def test_what_was_asked_for_is_escaped_in_the_refusal(client):
    page = client.get("/?side=<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/nowhere/", id="address"),
        pytest.param("/countries/XXX/", id="country"),
        pytest.param("/countries/%00/", id="nul-byte"),
        pytest.param("/countries/Непал/", id="cyrillic"),
        pytest.param("/figures/nobody/", id="figure"),
        pytest.param(f"/figures/{'a' * 5000}/", id="very-long"),
        pytest.param("/claimants/nobody/", id="claimant"),
        pytest.param("/sources/-1/", id="source"),
        pytest.param("/charts/none/?country=NPL", id="chart"),
        pytest.param("/charts/none.svg?country=NPL", id="kind-of-file"),
        pytest.param("/charts/ranked.docx", id="form-of-file"),
    ],
)
def test_what_is_not_there_gets_a_page_that_says_so(client, address):
    words = text_of(client, address, status=404)

    assert "No such page" in words
    assert "Find a country" in words


def test_country_that_nobody_counted_says_that_this_is_no_zero(client):
    CountryFactory(code="AND")

    words = text_of(client, "/countries/AND/")

    assert "Nobody whom the record knows has given a number for Andorra here." in words
    assert "No page that the record knows gives a number for Andorra." in words
    assert words.count("That is no zero.") == 3


def test_country_opens_on_what_most_figures_are_about(client, record):
    assert current_tabs(client, "/countries/NPL/") == ["Killed", "Russian side"]
    FigureFactory.create_batch(3, side="ukraine", metric="missing")
    assert current_tabs(client, "/countries/NPL/") == ["Missing", "Ukrainian side"]


def test_country_tells_what_the_claims_add_up_to(client, record):
    words = text_of(client, "/countries/NPL/")

    assert (
        "33 nationals of Nepal have been killed on the Russian side"
        " (Ministry of Foreign Affairs of Nepal, 1 Jun 2024)." in words
    )
    assert "Serving , Ukrainian side" in words


def test_country_shows_every_claim_of_the_chosen_count(client, record):
    FigureFactory(slug="npl-doubled", countable=False, low=90, high=90)

    page = client.get("/countries/NPL/?metric=killed").content.decode()

    rows = re.findall(r'<tr id="([^"]*)"', page)
    assert rows == ["npl-killed-too", "npl-doubled", "npl-killed"]
    assert page.count('class="row" href="/figures/npl-killed-too/"') == 4
    assert 'class="row" href="/figures/npl-doubled/"' not in page


def test_country_shows_context_responses_promises_and_methods(client, record):
    FigureFactory(metric="arrested", low=12, high=12)
    ResponseFactory(summary="Permits were stopped.")
    IncentiveFactory(summary="2,000 dollars a month.", claimant=None)
    MethodFactory(summary="Agents sent them.", countable=False)

    words = text_of(client, "/countries/NPL/")

    assert "Figures for context Shown, never estimated." in words
    assert "Arrested, Russian side" in words
    assert "Permits were stopped." in words
    assert "2,000 dollars a month. the page itself The Kathmandu Post" in words
    assert "Student visas Agents sent them. not counted" in words


def test_figure_tells_the_whole_claim(client):
    original = FigureFactory(slug="npl-original", low=20, high=20)
    figure = FigureFactory(
        slug="npl-one",
        low=None,
        high=40,
        qualifier="up_to",
        wording="up to 40 of our people",
        scope="subset",
        scope_note="those with families",
        period_start="2023-07-01",
        evidence_origin=RussianMinistryFactory(),
        variant_of=original,
        countable=False,
        status="corrected",
        status_reason="misread",
        note="Relayed in Geneva.",
    )
    CitationFactory(
        figure=figure,
        source=SourceFactory(slug="wire", url=None, note="Withheld."),
        paragraph=3,
        start=120,
        end=160,
        passage_sha256="b" * 64,
    )
    rebuild()

    words = text_of(client, "/figures/npl-one/")

    for said in (
        "Nepal, killed: up to 40",
        "up to 40 of our people",
        "Claimant Ministry of Foreign Affairs of Nepal Government of the recruits",
        "Who counted Ministry of Defence of Russia",
        "As of 14 Mar 2024 Counted since 1 Jul 2023 Side Russian side",
        "A list, unit, network, region or period: those with families",
        "Status Corrected: We misread the page; not counted",
        "Restates 20, 14 Mar 2024",
        "Note Relayed in Geneva.",
        "2 pages, 1 report, one origin",
        "in paragraph 3, empty lines not counted: characters 120 to 160",
        "No address: Withheld.",
    ):
        assert said in words
    assert "Restated as up to 40, 14 Mar 2024" in text_of(
        client, "/figures/npl-original/"
    )


def test_figure_on_one_page_speaks_of_one(client, record):
    assert "1 page, 1 report, one origin" in text_of(client, "/figures/npl-killed/")


@pytest.mark.parametrize(
    "wording", ["قُتل 19 نيبالياً", "19 נפאלים נהרגו"], ids=["arabic", "hebrew"]
)
def test_wording_is_set_in_its_own_direction(client, wording):
    FigureFactory(slug="npl-one", wording=wording)

    page = client.get("/figures/npl-one/").content.decode()

    assert f'<blockquote class="wording" dir="auto">{wording}</blockquote>' in page


def test_markup_in_the_record_is_shown_as_text(client):
    markup = "<img src=x onerror=alert(1)>"
    claimant = ClaimantFactory(slug="loud", name=f"Loud {markup}", note=markup)
    source = SourceFactory(slug="loud", title_gist=markup, note=markup, author=markup)
    figure = FigureFactory(
        slug="npl-one",
        claimant=claimant,
        note=markup,
        summary=markup,
        wording=markup,
        scope_note=markup,
        citation=None,
    )
    CitationFactory(figure=figure, source=source)
    rebuild()

    for address in (
        *("/", "/countries/NPL/", "/figures/npl-one/"),
        *("/claimants/loud/", "/sources/loud/"),
    ):
        page = client.get(address).content.decode()
        assert markup not in page
        assert "&lt;img" in page


def test_claimant_shows_what_it_said_and_what_others_relayed_of_it(client):
    ministry = RussianMinistryFactory()
    FigureFactory(slug="npl-own", claimant=ministry, low=11, high=11)
    FigureFactory(slug="npl-relayed", evidence_origin=ministry, low=12, high=12)
    FigureFactory(slug="npl-another", low=13, high=13)

    page = client.get(f"/claimants/{ministry.slug}/").content.decode()

    assert re.findall(r'<tr id="([^"]*)"', page) == ["npl-own", "npl-relayed"]
    assert "an authority of a party to the war" in page


def test_claimant_without_figures_says_so(client):
    ClaimantFactory()

    assert "has given no figure" in text_of(
        client, "/claimants/nepal-foreign-ministry/"
    )


def test_source_shows_its_figures_and_its_lineage(client):
    wire = SourceFactory(slug="wire", title_gist="A wire report")
    rewrite = SourceFactory(slug="rewrite", title_gist="A rewrite")
    rewrite.derived_from.add(wire)
    CitationFactory(figure=FigureFactory(slug="npl-one", citation=None), source=wire)

    page = client.get("/sources/wire/").content.decode()

    assert re.findall(r'<tr id="([^"]*)"', page) == ["npl-one"]
    assert "It rests on no pages or outlets; 1 page rests on it." in text_of(
        client, "/sources/wire/"
    )
    words = text_of(client, "/sources/rewrite/")
    assert "It rests on 1 page or outlet; no pages rest on it." in words
    assert "The Kathmandu Post A rewrite" in words
    assert "The Kathmandu Post rests on" in words
    assert "Nothing that is published is cited from it" in words


def test_countries_are_parted_by_whether_anybody_counted(client, record):
    CountryFactory(code="AND")
    FigureFactory(country=CountryFactory(code="IND"), draft=True)

    words = text_of(client, "/countries/")

    assert "Counted Country Region Figures Nepal 4 Groups" in words
    assert "All foreign nationals , 0 figures" in words
    assert words.endswith("What nobody has counted Andorra , India")


CODES = sorted({country.alpha_3 for country in pycountry.countries} - {"NPL", "RUS"})


def many(rows):
    """Make as many of everything that the pages show, each with its own relations."""
    nepal = CountryFactory()
    group = GroupFactory(members=[nepal])
    for n in range(rows):
        abroad = CountryFactory(code=CODES[n])
        claimant = ClaimantFactory(slug=f"says-{n}", name=f"Says {n}", country=abroad)
        counts = ClaimantFactory(slug=f"counts-{n}", country=abroad)
        publisher = PublisherFactory(slug=f"outlet-{n}")
        source = SourceFactory(slug=f"page-{n}", publisher=publisher)
        source.derived_from.add(SourceFactory(), SourceFactory(slug=f"wire-{n}"))
        SourceFactory(slug=f"copy-{n}", publisher=publisher).derived_from.add(source)
        shared = {"claimant": claimant, "evidence_origin": counts}
        for country in (nepal, abroad, group):
            for metric in ("killed", "serving", "arrested"):
                figure = FigureFactory(
                    country=country,
                    metric=metric,
                    low=10 + n,
                    high=None,
                    qualifier="at_least",
                    citation=None,
                    **shared,
                )
                CitationFactory(figure=figure, source=source)
                CitationFactory(figure=figure, source=SourceFactory())
        ResponseFactory(claimant=claimant, citation__source=source)
        IncentiveFactory(claimant=claimant, citation__source=source)
        MethodFactory(claimant=claimant, citation__source=source)
    first = FigureFactory(slug="npl-one", citation=None, **shared)
    for n in range(rows):
        CitationFactory(figure=first, source=SourceFactory(slug=f"page-{n}"))
        FigureFactory(variant_of=first)
        CitationFactory(
            figure=FigureFactory(citation=None, **shared),
            source=SourceFactory(slug="page-0"),
        )
    rebuild()


QUERIES = {
    # 1. the record's latest day  2. estimates with their ends  3. to 4. for the map, who
    # is counted or named  5. newest figures  6. to 7. their citations  8. to 10. counts of
    # figures, claimants and sources  11. revisions after the first  12. first and last day
    # 13. the revision, for machines
    "/": 13,
    # 1. countries with their counts
    "/countries/": 1,
    # 1. country  2. figures  3. to 4. their citations  5. the latest day  6. estimates
    # 7. members  8. to 9. disjoint pairs and figures that explain the estimate
    # 10. to 11. estimates of every day, and revisions downwards
    # 12. to 20. responses, incentives and methods, each with citations  21. the revision
    "/countries/NPL/": 21,
    # as before, with 8. what its members bring  13. to 15. no responses, incentives, methods
    "/countries/FOREIGN/": 16,
    # 1. figure  2. to 3. citations  4. the revision to cite  5. the latest day
    # 6. members  7. to 8. disjoint pairs and figures that explain it  9. figures and
    # 10. estimate of its count  11. to 13. links, pages and bases of its way
    # 14. changes, of which there are none  15. variants  16. disjoint figures
    # 17. conflicts  18. identities  19. last visits to its pages  20. corrections
    "/figures/npl-one/": 20,
    # 1. claimant  2. figures  3. to 4. disjoint pairs and figures of the same keys
    # 5. days  6. publishers
    "/claimants/says-0/": 6,
    # 1. source  2. the last visit to it  3. its citations with what they cite
    # 4. countries of methods  5. to 7. links, pages and bases of its lineage
    "/sources/page-0/": 7,
    "/method/": 0,
    # 1. the latest day  2. estimates with their ends
    "/charts/ranked.plotly": 2,
    # 1. country  2. figures  3. to 4. their citations  5. the latest day
    "/charts/claims.plotly?country=NPL": 5,
    # as before, and 6. estimates of every day  7. revisions downwards
    "/charts/over-time.plotly?country=NPL": 7,
}


@pytest.mark.parametrize("rows", [3, 12])
def test_number_of_queries_does_not_grow_with_rows(client, rows):
    many(rows)

    asked = {}
    for address in QUERIES:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        # One more is for the revision; outside a test's transaction it is remembered.
        asked[address] = len(queries) - 1

    assert asked == QUERIES
