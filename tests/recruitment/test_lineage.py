"""Which pages are one report, on small made-up pages and on the founding articles."""

import json

import pytest

from recruitment.fixtures import FIXTURES_DIR
from recruitment.lineage import Page, independent, joined, reports_of, trail


def page(slug, kind="news_report", parents=(), credited=()):
    """Give a page whose publisher bears its name."""
    return Page(slug, f"The {slug}", kind, frozenset(parents), frozenset(credited))


def web(*pages):
    return {one.slug: one for one in pages}


AGENCY = page("agency")
OTHER_AGENCY = page("other-agency")


@pytest.mark.parametrize(
    ("copy", "reports"),
    [
        pytest.param(page("post"), {"The post"}, id="a-report-of-its-own"),
        pytest.param(
            page("post", parents=["agency"], credited=["Agency"]),
            {"The post"},
            id="a-report-that-rests-on-another",
        ),
        pytest.param(
            page("post", "opinion", ["agency"]), {"The post"}, id="an-opinion"
        ),
        pytest.param(
            page("post", "wire_copy", ["agency"]), {"The agency"}, id="a-wire-copy"
        ),
        pytest.param(
            page("post", "rewrite", ["agency"]), {"The agency"}, id="a-rewrite"
        ),
        pytest.param(
            page("post", "blog", ["agency", "other-agency"]),
            {"The agency", "The other-agency"},
            id="a-blog-with-two-parents",
        ),
        pytest.param(
            page("post", "rewrite", ["agency"], ["Somebody Else"]),
            {"The agency"},
            id="parents-before-credits",
        ),
        pytest.param(
            page("post", "rewrite", credited=["Agency", "Ministry"]),
            {"Agency", "Ministry"},
            id="credits-where-no-parent-is-known",
        ),
        pytest.param(
            page("post", "rewrite", ["not-in-the-record"], ["Agency"]),
            {"Agency"},
            id="a-parent-that-is-not-in-the-record",
        ),
        pytest.param(
            page("post", "wire_copy"), {"The post"}, id="a-copy-of-nobody-knows-whom"
        ),
    ],
)
def test_page_carries_the_reports_of(copy, reports):
    assert reports_of(copy, web(copy, AGENCY, OTHER_AGENCY)) == reports


def test_copy_of_a_copy_carries_the_first_report():
    second = page("second", "wire_copy", ["agency"])
    third = page("third", "blog", ["second"])

    assert reports_of(third, web(AGENCY, second, third)) == {"The agency"}


def test_copy_of_a_report_that_rests_on_others_ends_at_that_report():
    report = page("report", parents=["agency"])
    copy = page("copy", "rewrite", ["report"])

    assert reports_of(copy, web(AGENCY, report, copy)) == {"The report"}


def test_report_that_is_cited_as_a_repetition_carries_what_it_repeats():
    report = page("report", parents=["agency"])
    pages = web(AGENCY, report)

    assert reports_of(report, pages, repeats=True) == {"The agency"}
    assert reports_of(report, pages) == {"The report"}


def test_repetition_says_nothing_of_the_pages_that_it_repeats():
    middle = page("middle", parents=["agency"])
    last = page("last", parents=["middle"])

    carried = reports_of(last, web(AGENCY, middle, last), repeats=True)

    assert carried == {"The middle"}


@pytest.mark.parametrize(
    "size", [pytest.param(1, id="itself"), pytest.param(3, id="three")]
)
def test_ring_of_copies_ends_where_it_began(size):
    ring = [
        page(f"page-{n}", "rewrite", [f"page-{(n + 1) % size}"]) for n in range(size)
    ]

    for one in ring:
        assert reports_of(one, web(*ring)) == {one.publisher}


def test_ring_with_a_way_out_carries_what_lies_outside():
    one = page("one", "rewrite", ["two"])
    two = page("two", "rewrite", ["one", "agency"])

    assert reports_of(one, web(one, two, AGENCY)) == {"The agency"}


@pytest.mark.parametrize(
    ("carried", "groups"),
    [
        pytest.param([], 0, id="no-page"),
        pytest.param(["a"], 1, id="one"),
        pytest.param(["a", "a", "a"], 1, id="copies-of-one"),
        pytest.param(["a", "b"], 2, id="two"),
        pytest.param(["a", "b", "ab"], 1, id="a-third-joins-two"),
        pytest.param(["ab", "bc", "cd", "e"], 2, id="a-chain-and-one-apart"),
    ],
)
def test_pages_that_share_a_report_count_once(carried, groups):
    assert independent(frozenset(reports) for reports in carried) == groups


def test_groups_of_pages_name_their_reports():
    groups = joined(frozenset(reports) for reports in ["ab", "c", "bd"])

    assert set(groups) == {frozenset("abd"), frozenset("c")}


WEB = web(
    AGENCY,
    OTHER_AGENCY,
    page("report", parents=["agency"]),
    page("copy", "rewrite", ["report"]),
    page("copy-of-copy", "blog", ["copy", "gone"]),
    page("ring", "rewrite", ["ring-too"]),
    page("ring-too", "rewrite", ["ring"]),
)


@pytest.mark.parametrize(
    ("carriers", "found"),
    [
        pytest.param([], set(), id="nobody"),
        pytest.param(["agency"], {"agency"}, id="a-page-that-rests-on-none"),
        pytest.param(["report"], {"report", "agency"}, id="what-a-carrier-rests-on"),
        pytest.param(
            ["copy-of-copy"],
            {"copy-of-copy", "copy", "report"},
            id="through-copies-to-the-first-report",
        ),
        pytest.param(["copy", "report"], {"copy", "report", "agency"}, id="both"),
        pytest.param(["ring"], {"ring", "ring-too"}, id="a-ring"),
        pytest.param(["gone"], set(), id="a-page-that-is-not-in-the-record"),
    ],
)
def test_trail_leads_from_the_carriers_to_the_first_reports(carriers, found):
    assert trail(carriers, WEB) == found


@pytest.fixture(scope="module")
def record():
    """Give every page of the record, read from the fixtures' file."""
    lines = (FIXTURES_DIR / "sources.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line)["fields"] for line in lines]
    return web(
        *(
            Page(
                row["slug"],
                row["publisher"][0],
                row["kind"],
                frozenset(slug for [slug] in row["derived_from"]),
                frozenset(row["credits"]),
            )
            for row in rows
        )
    )


BRITBRIEF = "britbrief-2026-01-putin-lures-foreigners"
EBIZTODAY = "ebiztoday-2026-01-28-incentives-abroad-refill-army"
REDCENSOR = "redcensor-undated-kremlin-recruits-worldwide"
LOW_DOWN = "the-low-down-2024-02-28-who-fights-for-ukraine-and-russia"
AAJ_TAK = "aaj-tak-2025-foreign-nationals-in-russian-army"


@pytest.mark.parametrize(
    ("articles", "reports"),
    [
        pytest.param([BRITBRIEF, EBIZTODAY, REDCENSOR], 1, id="three-that-are-one"),
        pytest.param([BRITBRIEF, LOW_DOWN], 2, id="the-blog-is-another"),
        pytest.param([BRITBRIEF, AAJ_TAK], 2, id="the-broadcaster-is-another"),
        pytest.param([LOW_DOWN, AAJ_TAK], 2, id="these-two-are-two"),
        pytest.param(
            [BRITBRIEF, EBIZTODAY, REDCENSOR, LOW_DOWN, AAJ_TAK], 3, id="all-five"
        ),
    ],
)
def test_founding_articles_come_down_to(record, articles, reports):
    carried = [reports_of(record[slug], record) for slug in articles]

    assert independent(carried) == reports


@pytest.mark.parametrize(
    ("article", "reports"),
    [
        pytest.param(BRITBRIEF, {"associated-press"}, id="britbrief"),
        pytest.param(EBIZTODAY, {"associated-press"}, id="ebiztoday"),
        pytest.param(
            REDCENSOR,
            {"associated-press", "reuters", "wall-street-journal"},
            id="redcensor",
        ),
        pytest.param(LOW_DOWN, {"washington-post"}, id="the-low-down"),
        pytest.param(AAJ_TAK, {"bloomberg", "cnn", "dw"}, id="aaj-tak"),
    ],
)
def test_founding_article_carries(record, article, reports):
    assert reports_of(record[article], record) == reports
