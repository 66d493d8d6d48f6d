"""How a claim travelled: what hangs on what, told in rows and drawn as a tree."""

from xml.etree import ElementTree

import pytest

from dashboard.charts import records
from dashboard.charts.lineage_drawing import MOST, NARROW, WIDE, Placement
from recruitment.models import Figure, Source
from recruitment.rebuilding import rebuild
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    FigureFactory,
    PublisherFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
MINISTRY = "Ministry of Foreign Affairs of Nepal"


def page(slug, kind="news_report", parents=(), credited=(), day="2024-03-14", **fields):
    """Make a page whose publisher bears its name."""
    publisher = PublisherFactory(slug=f"the-{slug}", name=f"The {slug}")
    published = {"published": day, "published_precision": "day" if day else "unknown"}
    made = SourceFactory(
        slug=slug,
        publisher=publisher,
        kind=kind,
        credits=list(credited),
        **{**published, **fields},
    )
    made.derived_from.set(Source.objects.filter(slug__in=parents))
    return made


def figure(*carriers, **fields):
    """Make a figure that pages carry; a pair names the role of its page."""
    made = FigureFactory(slug="npl-one", citation=None, **fields)
    for carrier in carriers:
        source, role = carrier if isinstance(carrier, tuple) else (carrier, "carries")
        CitationFactory(figure=made, source=source, role=role)
    return made


def chart_of(*carriers, **fields):
    return records.lineage(figure=figure(*carriers, **fields))


def told(chart):
    """Give each node by name, with what it is and on what it hangs."""
    names = {node.slug: node.name for node in chart.rows}
    return [
        (node.name, node.in_short, [names[link.base] for link in node.links])
        for node in chart.rows
    ]


def test_claim_on_one_page_comes_from_whoever_counted():
    chart = chart_of(page("post"))

    assert told(chart) == [
        (MINISTRY, "who counted", []),
        ("The post", "report 1", [MINISTRY]),
    ]
    assert chart.summary == (
        f"One origin, {MINISTRY}; 1 independent report; 1 page. The first with a known"
        " day: The post, 14 Mar 2024."
    )


def test_claimant_who_only_relays_stands_between_the_count_and_the_pages():
    chart = chart_of(
        page("post"),
        claimant=ClaimantFactory(slug="kyiv", name="Kyiv"),
        evidence_origin=ClaimantFactory(),
    )

    assert told(chart) == [
        (MINISTRY, "who counted", []),
        ("Kyiv", "who says it", [MINISTRY]),
        ("The post", "report 1", ["Kyiv"]),
    ]


def test_copies_hang_on_the_report_that_they_copy():
    agency = page("agency", day="2024-03-14")
    copy = page("copy", "wire_copy", ["agency"], day="2024-03-15")
    blog = page("blog", "blog", ["copy"], day="2024-03-16")
    other = page("other", day="2024-03-20")

    chart = chart_of(blog, copy, agency, other)

    assert told(chart) == [
        (MINISTRY, "who counted", []),
        ("The agency", "report 1", [MINISTRY]),
        ("The copy", "copies report 1", ["The agency"]),
        ("The blog", "copies report 1", ["The copy"]),
        ("The other", "report 2", [MINISTRY]),
    ]
    assert "2 independent reports; 4 pages" in chart.summary


def test_repetition_is_a_copy_whatever_its_kind():
    agency, post = page("agency"), page("post", parents=["agency"])

    chart = chart_of(agency, (post, "repeats"))

    assert told(chart)[-1] == ("The post", "copies report 1", ["The agency"])


def test_base_of_a_copy_that_was_not_read_for_the_figure_says_so():
    page("agency", parents=["ministry"])
    copy = page("copy", "rewrite", ["agency"])

    chart = chart_of(copy)
    [_, base, _] = chart.rows

    assert told(chart) == [
        (MINISTRY, "who counted", []),
        ("The agency", "base of report 1", [MINISTRY]),
        ("The copy", "copies report 1", ["The agency"]),
    ]
    assert not base.links[0].is_firm
    assert base.standing == "not read for this figure"


def test_report_that_rests_on_others_hangs_on_the_claimant_and_stands_beside_them():
    page("old", day="2024-01-01")
    chart = chart_of(page("post", parents=["old"]))

    assert told(chart) == [
        (MINISTRY, "who counted", []),
        ("The old", "rested on", []),
        ("The post", "report 1", [MINISTRY, "The old"]),
    ]
    assert [link.is_firm for link in chart.rows[-1].links] == [True, False]


def test_report_hangs_on_the_claimant_however_far_back_its_bases_lead():
    agency = page("agency")
    copy = page("copy", "wire_copy", ["agency"])

    chart = chart_of(agency, copy, page("post", parents=["copy"]))

    assert told(chart)[-1] == ("The post", "report 2", [MINISTRY, "The copy"])


def test_copy_that_names_no_page_leads_to_whom_it_credits():
    copies = [
        page(slug, "rewrite", credited=["AFP"], day=None) for slug in ("one", "two")
    ]

    chart = chart_of(*copies)

    assert told(chart) == [
        (MINISTRY, "who counted", []),
        ("AFP", "source of report 1", [MINISTRY]),
        ("The one", "copies report 1", ["AFP"]),
        ("The two", "copies report 1", ["AFP"]),
    ]
    assert chart.rows[1].url == ""


def test_credit_leads_to_the_publishers_own_page_where_that_is_drawn():
    agency = page("agency")
    copy = page("copy", "rewrite", credited=["The agency"])

    assert told(chart_of(agency, copy))[-1] == (
        "The copy",
        "copies report 1",
        ["The agency"],
    )


def test_copy_of_nobody_knows_whom_is_a_report_of_its_own():
    assert told(chart_of(page("blog", "blog")))[-1][1] == "report 1"


def test_page_with_two_bases_hangs_on_the_one_that_came_by_the_other():
    agency = page("agency")
    middle = page("middle", "wire_copy", ["agency"])
    last = page("last", "rewrite", ["agency", "middle"])

    chart = chart_of(agency, middle, last)

    assert told(chart)[-1] == (
        "The last",
        "copies report 1",
        ["The middle", "The agency"],
    )


def test_ring_of_copies_is_drawn_once():
    one, two = page("one", "rewrite"), page("two", "rewrite", ["one"])
    one.derived_from.add(two)

    chart = chart_of(one, two)

    assert sorted(node.name for node in chart.rows[1:]) == ["The one", "The two"]
    assert all(drawing.height for drawing in chart.drawings)


def test_chart_counts_reports_and_pages_as_the_record_does():
    agency = page("agency")
    carriers = [
        agency,
        page("copy", "wire_copy", ["agency"]),
        page("credits", "rewrite", credited=["The agency", "Reuters"]),
        page("reuters-copy", "rewrite", credited=["Reuters"]),
        page("opinion", "opinion", ["agency"]),
        (page("repeats", parents=["agency"]), "repeats"),
    ]
    made = figure(*carriers)
    rebuild()

    chart = records.lineage(figure=made)

    spread = Figure.objects.get(slug=made.slug).spread
    assert (spread.reports, spread.pages) == (2, 6)
    assert "; 2 independent reports; 6 pages." in chart.summary
    assert {node.report for node in chart.rows} == {None, 1, 2}


def test_page_shows_what_it_rests_on_and_what_rests_on_it():
    page("agency", day="2024-03-01")
    post = page("post", parents=["agency"], day="2024-03-02")
    page("copy", "rewrite", ["post"], day="2024-03-03")
    page("another", "rewrite", ["agency"])

    chart = records.lineage(source=post)

    assert told(chart) == [
        ("The agency", "own report", []),
        ("The post", "this page", ["The agency"]),
        ("The copy", "copy", ["The post"]),
    ]
    assert chart.summary == "It rests on 1 page or outlet; 1 page rests on it."


def test_page_alone_has_nothing_to_draw_and_says_so():
    chart = records.lineage(source=page("post"))

    assert chart.rows == ()
    assert "knows of no page that this one rests on" in chart.empty


def test_table_has_a_row_for_each_link():
    agency = page("agency")
    copy = page("copy", "rewrite", ["agency"], title_gist="A copied story")

    rows = chart_of(agency, copy).records()

    assert [(row["name"], row["rests_on"], row["how"]) for row in rows] == [
        (MINISTRY, None, None),
        ("The agency", MINISTRY, "quotes"),
        ("The copy", "The agency", "copies"),
    ]
    assert rows[-1] == {
        "name": "The copy",
        "about": "A copied story",
        "published": "14 Mar 2024",
        "standing": "a copy",
        "report": 1,
        "role": "Quotes the claimant",
        "rests_on": "The agency",
        "how": "copies",
        "page": "/sources/copy/",
        "rests_on_page": "/sources/agency/",
    }


def bush():
    """Make a claim with every kind of node, some of them undated."""
    page("agency", day="2024-03-14")
    page("old", day=None)
    return chart_of(
        page("copy", "wire_copy", ["agency"], day="2024-03-14"),
        page("later", "rewrite", ["copy"], day="2025-01-01"),
        page("post", parents=["old"], day="2024-03-20"),
        page("nowhen", day=None),
        page("nowhen-copy", "rewrite", ["nowhen"], day=None),
        page("credits", "rewrite", credited=["AFP"], day=None),
    )


@pytest.mark.parametrize(
    "layout", [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="narrow")]
)
def test_what_hangs_on_a_node_is_drawn_below_it_and_to_its_right(layout):
    placement = Placement(bush().rows, layout)

    for node in placement.of:
        for link in node.links[:1]:
            (base_x, base_y), (x, y) = (
                placement.places[slug] for slug in (link.base, node.slug)
            )
            assert base_x < x
            assert base_y < y
    assert len({y for _, y in placement.places.values()}) == len(placement.of)
    for x, y in placement.places.values():
        assert layout.left <= x <= layout.right
        assert layout.top < y < placement.height


def test_pages_are_drawn_by_day_and_the_undated_after_them():
    placement = Placement(bush().rows, WIDE)

    places = {slug: x for slug, (x, _) in placement.places.items()}
    assert places["agency"] < places["post"] < places["later"] < places["nowhen"]
    assert placement.undated_x == places["nowhen"]
    assert placement.ticks[0][1] == "14 Mar 2024"


def test_undated_page_is_no_later_than_what_rests_on_it():
    placement = Placement(bush().rows, WIDE)

    assert placement.places["old"][0] <= placement.places["post"][0]


def test_claim_without_a_dated_page_is_drawn_by_depth():
    placement = Placement(chart_of(page("one", day=None)).rows, WIDE)

    assert placement.ticks == []
    assert placement.undated_x


def test_month_is_told_as_a_month_on_the_axis():
    pages = page("one", day="2024-03-01", published_precision="month")

    assert Placement(chart_of(pages).rows, WIDE).ticks == [(WIDE.left + 36, "Mar 2024")]


def test_way_of_a_great_many_pages_is_drawn_in_part_and_told_whole():
    chart = chart_of(*(page(f"page-{n}") for n in range(MOST + 5)))

    placement = Placement(chart.rows[:MOST], WIDE)

    assert len(chart.records()) == MOST + 6
    assert chart.drawings[0].height == placement.height
    assert f"the first {MOST} of {MOST + 6}" in chart.note


def test_every_page_is_a_link_and_what_has_no_page_is_none(client):
    figure(page("one", "rewrite", credited=["<AFP>"], title_gist="Ten & more"))

    answer = client.get("/charts/lineage.svg?figure=npl-one")
    svg = ElementTree.fromstring(answer.content)  # noqa: S314  # our own

    titles = {one.text for one in svg.iterfind(".//{*}title")}
    assert any("<AFP>: credited" in title for title in titles)
    assert any("Ten & more" in title for title in titles)
    links = {one.get("href") for one in svg.iterfind(".//{*}a[@href]")}
    assert links == {"/claimants/nepal-foreign-ministry/", "/sources/one/"}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("figure=npl-one", 200, id="figure"),
        pytest.param("source=post", 200, id="source"),
        pytest.param("", 400, id="neither"),
        pytest.param("figure=npl-one&source=post", 400, id="both"),
        pytest.param("figure=npl-draft", 400, id="draft"),
        pytest.param("figure=%00", 400, id="nul-byte"),
        pytest.param("source=nobody", 400, id="no-such-page"),
    ],
)
@pytest.mark.parametrize("form", ["/", ".csv", ".json", ".svg", ".png", ".bib"])
def test_lineage_is_asked_for_by_a_figure_or_a_page(client, query, status, form):
    figure(page("post"), page("copy", "rewrite", ["post"]))
    FigureFactory(slug="npl-draft", draft=True)

    assert client.get(f"/charts/lineage{form}?{query}").status_code == status


def test_queries_do_not_grow_with_the_pages(django_assert_num_queries):
    carriers = [page("page-0")]
    for n in range(1, 9):
        carriers.append(page(f"page-{n}", "rewrite", [f"page-{n - 1}"]))
    made = figure(*carriers)

    # 1. figure  2. to 3. citations, and what their pages rest on  4. links
    # 5. to 6. the pages and what these rest on
    with django_assert_num_queries(6):
        records.lineage(figure=made).records()
