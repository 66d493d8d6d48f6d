"""Claims over time: what the rows say, where the marks lie, and what follows from them."""

import json
import re
from datetime import date
from itertools import combinations, pairwise
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from dashboard.charts.kinds import over_time
from dashboard.charts.over_time import Break, Claim, Interval, OverTimeChart
from dashboard.charts.time_axis import START, Days, spread_of
from dashboard.charts.time_drawing import NARROW, WIDE, Placement
from dashboard.forms import View
from recruitment.rebuilding import rebuild
from tests.factories import (
    CitationFactory,
    ConflictFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    GroupFactory,
    PublisherFactory,
    RussianMinistryFactory,
    SourceFactory,
)

TODAY = date(2025, 12, 31)
VIEW = View(side="russia", metric="killed", policy="all", as_of=TODAY)
SVG = "{http://www.w3.org/2000/svg}"
both = pytest.mark.parametrize(
    "layout", [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="narrow")]
)


def claim(day=date(2024, 3, 14), claimant="Ministry", slug="one", **fields):
    told = {"value": "19", "wording": "19 have died", "publisher": "The Post"}
    numbers = {} if {"low", "best", "high"} & {*fields} else {"best": 19}
    return Claim(
        claimant=claimant, url=f"/figures/{slug}/", day=day, **told | numbers | fields
    )


def interval(from_day, to_day=None, **fields):
    return Interval(
        from_day=from_day, to_day=to_day, value="19", detail="who says so", **fields
    )


def chart(*rows, breaks=(), until=TODAY):
    return OverTimeChart(title="Killed", rows=rows, breaks=breaks, until=until)


def links_of(drawn):
    """Give the links of the wide drawing."""
    svg = f'<svg xmlns="{SVG[1:-1]}">{drawn.drawings[0].inner}</svg>'
    return ElementTree.fromstring(svg).findall(f".//{SVG}a")  # noqa: S314  # our own


def marks(one):
    """Give the classes of a claim's marks, its words left out."""
    [link] = links_of(chart(one))
    classes = {element.get("class") for element in link.iter()}
    return classes - {None, "row", "hit", "label name", "leader"}


def background(*rows, layout=WIDE, **fields):
    """Give the lines of the range, by their classes."""
    paths = {}
    for path in Placement(chart(*rows, **fields), layout).background:
        paths.setdefault(path.css, []).append(path.d)
    return paths


# The axis of days


@pytest.mark.parametrize(
    "last",
    [
        pytest.param(date(2022, 5, 9), id="spring-2022"),
        pytest.param(date(2023, 1, 1), id="new-year"),
        pytest.param(date(2026, 5, 22), id="years-later"),
        pytest.param(date(2040, 2, 29), id="decades-later"),
        pytest.param(date(9999, 12, 31), id="millennia-later"),
    ],
)
@pytest.mark.parametrize("width", [318, 864])
def test_days_are_named_apart_from_february_2022_on(last, width):
    days = Days(last)

    ticks = days.ticks(width, 44)

    places = [days.at(day) * width for day, _ in ticks]
    assert ticks[0][0] == START == date(2022, 2, 1)
    assert (days.at(START), days.at(last)) == (0, 1)
    assert all(after - before >= 44 for before, after in pairwise(places))
    assert places[-1] <= width
    assert len(ticks) < 20


def test_days_are_named_no_finer_than_there_is_room_for():
    assert [label for _, label in Days(date(2022, 9, 1)).ticks(864, 52)] == [
        *("Feb 2022", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
    ]
    assert [label for _, label in Days(date(2026, 9, 1)).ticks(318, 44)] == [
        *("2022", "2023", "2024", "2025", "2026")
    ]


def test_view_before_the_war_still_has_an_axis():
    days = Days(date(2021, 1, 1))

    assert days.at(START) == 0
    assert days.at(days.end) == 1
    assert Placement(chart(until=date(2021, 1, 1)), WIDE).months


@pytest.mark.parametrize(
    ("day", "precision", "expected"),
    [
        pytest.param(date(2024, 3, 14), "day", None, id="day"),
        pytest.param(
            date(2024, 2, 1),
            "month",
            (date(2024, 2, 1), date(2024, 2, 29)),
            id="leap-february",
        ),
        pytest.param(
            date(2023, 12, 31),
            "month",
            (date(2023, 12, 1), date(2023, 12, 31)),
            id="december",
        ),
        pytest.param(
            date(2024, 9, 30),
            "year",
            (date(2024, 1, 1), date(2024, 12, 31)),
            id="year",
        ),
    ],
)
def test_month_or_year_of_a_claim_is_drawn_from_end_to_end(day, precision, expected):
    assert spread_of(day, precision) == expected

    [drawn] = Placement(chart(claim(day, precision=precision)), WIDE).claims
    placed = Placement(chart(), WIDE).x
    bars = [path.d for path in drawn.paths if path.css == "extent"]
    assert len(bars) == (expected is not None)
    if expected:
        assert bars[0].startswith(f"M{placed(expected[0])} ")
        assert f"H{placed(expected[1])}" in bars[0]


# Claims


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"best": 19}, {"best"}, id="point"),
        pytest.param({"best": 0}, {"best"}, id="zero"),
        pytest.param({"best": 19, "is_party": True}, {"party"}, id="partys-point"),
        pytest.param({"low": 10, "high": 20}, {"low", "reach", "high"}, id="range"),
        pytest.param({"low": 10, "is_open": True}, {"low", "open"}, id="or-more"),
        pytest.param(
            {"low": 10, "is_open": True, "is_party": True},
            {"party", "open"},
            id="partys-or-more",
        ),
        pytest.param({"high": 40}, {"high", "claimed"}, id="only-from-above"),
        pytest.param(
            {"best": 19, "precision": "month"}, {"best", "extent"}, id="month-only"
        ),
    ],
)
def test_claim_has_the_marks(fields, expected):
    assert marks(claim(**fields)) == expected


def test_claim_is_a_link_that_tells_who_when_what_in_which_words_and_where():
    [link] = links_of(
        chart(claim(wording="قُتل 19 <b>نيبالياً</b>", value="19", precision="month"))
    )

    assert link.get("href") == "/figures/one/"
    assert link.get("aria-label") == (
        "Ministry, Mar 2024: 19. “\u2068قُتل 19 <b>نيبالياً</b>\u2069” (The Post)"
    )
    assert link.findtext(f"{SVG}title") == link.get("aria-label")


def test_no_line_joins_two_claims():
    rows = [claim(date(2024, month, 1), slug=f"of-{month}") for month in range(1, 13)]

    drawn = Placement(chart(*rows), WIDE).claims
    spec = chart(*rows).spec()

    assert len(drawn) == 12
    assert [path for one in drawn for path in one.paths] == []
    assert {trace["mode"] for trace in spec["data"]} == {"markers", "text"}
    assert {shape["line"]["color"] for shape in spec["layout"]["shapes"]} <= {
        *("var(--rule)", "var(--edge)")  # the grid, and lines from names to their marks
    }


def test_claim_without_a_day_stands_in_the_table_only():
    drawn = chart(claim(None, precision="unknown"), claim(date(2019, 1, 1), slug="old"))

    assert links_of(drawn) == []
    assert [record["page"] for record in drawn.records()] == [
        *("/figures/one/", "/figures/old/")
    ]


@both
def test_claimant_is_named_once_beside_the_newest_claim(layout):
    rows = [
        claim(date(2023, 1, 1), slug="old", best=1),
        claim(date(2025, 1, 1), slug="new", best=400),
        claim(date(2024, 1, 1), "Families", slug="theirs", best=100),
    ]

    named = {
        one.claim.url: one.label.text
        for one in Placement(chart(*rows), layout).claims
        if one.label
    }

    assert named == {
        "/figures/new/": "Ministry, 19",
        "/figures/theirs/": "Families, 19",
    }


def crowd(many, greatest):
    """Give claims of many claimants that stand close to each other."""
    return [
        claim(
            date(2025, 6 + place % 7, 1 + place % 28),
            f"Committee of the families of region {place}" * (1 + place % 2),
            slug=f"of-{place}",
            **({"low": place} if place % 3 else {"best": greatest - place}),
            high=greatest if place % 5 == 0 else None,
            is_open=place % 4 == 0,
            precision=["day", "month", "year"][place % 3],
        )
        for place in range(many)
    ]


@both
@pytest.mark.parametrize("many", [1, 12, 60])
@pytest.mark.parametrize("greatest", [60, 2_000_000])
def test_every_mark_and_word_lies_on_the_drawing(layout, many, greatest):
    rows = [*crowd(many, greatest), interval(date(2025, 1, 1), low=1, high=greatest)]

    placement = Placement(chart(*rows), layout)

    assert len(placement.claims) == many
    for one in placement.claims:
        for dot in one.dots:
            assert layout.left <= dot.x <= layout.right
            assert layout.top <= dot.y <= layout.bottom
        if one.label:
            assert 0 <= one.label.box.left < one.label.box.right <= layout.width
    for _, d in [
        (path.css, path.d)
        for path in [
            *placement.background,
            *(p for c in placement.claims for p in c.paths),
        ]
    ]:
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", d):
            assert -6 <= float(x) <= layout.width
            assert 0 <= float(y) <= layout.height


@both
@pytest.mark.parametrize("many", [2, 12, 60])
def test_words_cover_neither_marks_nor_each_other(layout, many):
    placement = Placement(chart(*crowd(many, 900)), layout)

    words = [one.label.box for one in placement.claims if one.label]
    marked = [box for one in placement.claims for box in one.boxes]

    assert words
    assert not any(one.meets(other) for one, other in combinations(words, 2))
    assert not any(word.meets(mark) for word in words for mark in marked)


def test_words_keep_off_the_line_below_a_claim_from_above():
    rows = [
        claim(date(2024, 6, 1), "Families", slug="point", best=100),
        claim(date(2024, 6, 20), "CNN", slug="above", high=400),
    ]

    point, above = Placement(chart(*rows), WIDE).claims

    assert above.dotted.left < above.x < above.dotted.right
    assert not point.label.box.meets(above.dotted)
    assert point.dotted is None


# The range that held

SPRING, SUMMER, AUTUMN = date(2024, 3, 1), date(2024, 6, 1), date(2024, 9, 1)


def test_best_goes_in_steps_and_ends_where_nothing_holds():
    x = Placement(chart(), WIDE).x

    paths = background(
        interval(SPRING, SUMMER, best=4),
        interval(SUMMER, AUTUMN, best=9),
        interval(date(2025, 1, 1), None, best=9),
    )

    assert len(paths["steps"]) == 2
    first, second = paths["steps"]
    assert first.startswith(f"M{x(SPRING)} ")
    assert re.findall(r"H([\d.]+)", first) == [f"{x(SUMMER)}", f"{x(AUTUMN)}"]
    assert second.startswith(f"M{x(date(2025, 1, 1))} ")
    assert second.endswith(f"H{float(WIDE.right)}")


def test_band_lies_from_lowest_to_highest_and_is_open_where_nothing_bounds_it():
    closed = background(interval(SPRING, AUTUMN, low=4, best=5, high=9))
    opened = background(interval(SPRING, AUTUMN, low=4, high=9, is_open=True))
    floor = background(interval(SPRING, AUTUMN, low=4, is_open=True))
    claimed = background(interval(SPRING, AUTUMN, high=9))

    assert {css: len(paths) for css, paths in closed.items()} == {
        "cover": 1,
        "edge": 2,
        "steps": 1,
    }
    assert {css: len(paths) for css, paths in opened.items()} == {
        "cover": 1,
        "edge": 1,
        "open": 1,
    }
    assert floor.keys() == {"edge", "open"}
    assert claimed.keys() == {"claimed"}


def test_break_parts_the_range_and_says_why():
    rows = [
        interval(SPRING, SUMMER, low=9, best=9),
        interval(SUMMER, None, low=4, best=4),
    ]
    broken = Break(
        SUMMER, "revised down to 4", "The ministry gave 4 after 9", "/figures/4/"
    )
    x = Placement(chart(), WIDE).x(SUMMER)

    whole, parted = background(*rows), background(*rows, breaks=[broken])
    [link] = links_of(chart(*rows, breaks=[broken]))

    assert (len(whole["steps"]), len(parted["steps"])) == (1, 2)
    before, after = parted["steps"]
    assert float(before.rpartition("H")[2]) < x < float(after[1:].partition(" ")[0])
    assert link.get("href") == "/figures/4/"
    assert link.get("aria-label") == "The ministry gave 4 after 9"
    assert link.findtext(f"{SVG}text") == "revised down to 4"


@both
def test_notes_of_breaks_do_not_run_into_each_other(layout):
    breaks = [
        Break(date(2025, month, 1), "revised down to 1,000", "", "/")
        for month in range(1, 13)
    ]

    drawn = Placement(chart(breaks=breaks), layout).breaks

    words = [one.label.box for one in drawn if one.label]
    assert len(drawn) == 12
    assert words
    assert not any(one.meets(other) for one, other in combinations(words, 2))
    assert all(box.right <= layout.width for box in words)


def test_scale_is_named_and_holds_the_greatest_number():
    small, large = (
        chart(claim(best=9)),
        chart(claim(best=9), interval(SPRING, high=400)),
    )

    assert small.scale_name == "linear scale"
    assert large.scale_name == "square-root scale"
    assert Placement(large, WIDE).y(400) == WIDE.top
    assert Placement(large, WIDE).y(0) == WIDE.bottom


# Files


def test_records_tell_claims_and_the_range_apart():
    of_claim, of_range = chart(
        claim(date(2024, 3, 1), precision="month", low=4, high=9, is_party=True),
        interval(
            SPRING, SUMMER, low=4, is_open=True, grade="C", low_url="/figures/one/"
        ),
    ).records()

    assert of_claim.keys() == of_range.keys() == OverTimeChart.columns.keys()
    assert {
        name: of_claim[name] for name in ("day", "series", "precision", "wording")
    } == {
        "day": "2024-03-01",
        "series": "claim",
        "precision": "month",
        "wording": "19 have died",
    }
    assert (of_claim["low"], of_claim["high"], of_claim["is_party"]) == (4, 9, True)
    assert {name: of_range[name] for name in ("day", "to_day", "series", "page")} == {
        "day": "2024-03-01",
        "to_day": "2024-06-01",
        "series": "estimate",
        "page": None,
    }
    assert (of_range["low"], of_range["high"], of_range["low_page"]) == (
        *(4, None, "/figures/one/"),
    )


ROWS = (
    claim(best=19, wording="19 <have> died"),
    claim(date(2024, 6, 1), "Families", slug="range", low=30, high=40),
    claim(date(2025, 1, 1), "Russia", slug="party", best=25, is_party=True),
    claim(date(2025, 6, 1), "Envoys", slug="floor", low=33, is_open=True),
    interval(date(2024, 3, 14), date(2025, 6, 1), low=19, best=19, high=40),
)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(ROWS, id="rows"),
        pytest.param(ROWS[:1], id="one"),
        pytest.param((), id="none"),
    ],
)
def test_spec_is_one_that_plotly_accepts(rows):
    figure = go.Figure(json.loads(json.dumps(chart(*rows).spec())))

    assert {trace.type for trace in figure.data} == {"scatter"}


def test_each_number_is_a_mark_that_leads_to_its_figure():
    spec = chart(*ROWS).spec()

    marked = {
        (trace["name"], custom[0])
        for trace in spec["data"]
        for custom in trace.get("customdata", ())
    }

    assert marked == {
        ("Figure", "/figures/one/"),
        ("Lowest", "/figures/range/"),
        ("Highest", "/figures/range/"),
        ("A party’s figure", "/figures/party/"),
        ("Lowest", "/figures/floor/"),
    }


def test_hovering_tells_claimant_day_wording_and_publisher():
    [best] = [
        trace for trace in chart(*ROWS).spec()["data"] if trace.get("name") == "Figure"
    ]

    assert best["customdata"] == [
        [
            "/figures/one/",
            "Ministry: 19",
            "14 Mar 2024",
            "“\u206819 &lt;have&gt; died\u2069”",
            "The Post",
        ]
    ]
    assert all(f"%{{customdata[{n}]}}" in best["hovertemplate"] for n in (1, 2, 3, 4))


def test_plotly_draws_in_the_units_of_the_drawing():
    drawn = chart(*ROWS)
    spec = drawn.spec()

    placed = Placement(drawn, WIDE)
    [best] = [trace for trace in spec["data"] if trace.get("name") == "Figure"]
    shapes = [shape["path"] for shape in spec["layout"]["shapes"]]

    assert (best["x"], best["y"]) == ([placed.claims[0].x], [placed.claims[0].y])
    assert spec["layout"]["xaxis"]["range"] == [0, WIDE.width]
    assert spec["layout"]["yaxis"]["range"] == [WIDE.height, 0]
    assert placed.background
    assert all(path.d in " ".join(shapes) for path in placed.background)
    # Plotly knows absolute commands only.
    assert not any(re.search(r"[a-z]", path) for path in shapes)


def test_plotly_has_every_line_and_word_of_the_drawing():
    drawn = chart(
        *crowd(30, 900),
        interval(date(2025, 1, 1), low=1, high=900),
        breaks=[
            Break(date(2025, 3, day), f"revised <down> {day}", "", "/")
            for day in (1, 9)
        ],
    )
    spec = drawn.spec()
    placed = Placement(drawn, WIDE)
    labels = [one.label for one in placed.claims if one.label]

    lines = " ".join(shape["path"] for shape in spec["layout"]["shapes"])
    words = {text for trace in spec["data"] for text in trace.get("text", ())}

    leaders = {label.leader for label in labels} - {""}
    assert leaders
    drawn_lines = leaders | {one.path.d for one in placed.breaks}
    assert all(line in lines for line in drawn_lines)
    assert {label.text for label in labels} | {"revised &lt;down&gt; 1"} <= words
    assert "revised &lt;down&gt; 9" not in words  # there is no room for it


# The record


def nepal(**view):
    return over_time(
        View(
            **{"side": "russia", "metric": "killed", "policy": "all", "as_of": TODAY}
            | view
        ),
        CountryFactory(),
    )


@pytest.mark.django_db
def test_chart_shows_claims_and_what_follows_from_them_up_to_a_day():
    FigureFactory(slug="npl-first", as_of="2024-03-14", low=19, high=19)
    FigureFactory(slug="npl-second", as_of="2024-06-01", low=33, high=33)
    FigureFactory(slug="npl-later", as_of="2025-02-01", low=70, high=70)
    FigureFactory(slug="npl-undated", as_of=None, as_of_precision="unknown")
    FigureFactory(slug="npl-elsewhere", side="ukraine")
    rebuild()

    drawn = nepal(as_of=date(2024, 12, 31))

    assert [one.url for one in drawn.claims] == [
        *("/figures/npl-first/", "/figures/npl-second/", "/figures/npl-undated/")
    ]
    assert [(f"{one.from_day}", one.best) for one in drawn.intervals] == [
        *(("2024-03-14", 19), ("2024-06-01", 33))
    ]
    assert drawn.summary == (
        "2 claims by 1 claimant. The range that follows from them went from 19"
        " (14 Mar 2024) to 33 (31 Dec 2024)."
    )
    assert drawn.note == (
        "As of 31 Dec 2024 · rules r1 · 1 claim without a day since February 2022: in the"
        " table"
    )


@pytest.mark.django_db
def test_range_follows_the_policy_and_the_marks_do_not():
    FigureFactory(
        low=44, high=44, claimant=RussianMinistryFactory(), interest="against"
    )
    rebuild()

    every, without = nepal(), nepal(policy="no_party")

    assert len(every.claims) == len(without.claims) == 1
    assert {one.best for one in every.intervals} == {44, None}
    assert without.intervals == []
    assert "range: without the figures of russia and ukraine" in without.note.lower()
    assert "range:" not in every.note


@pytest.mark.django_db
def test_claim_names_the_publisher_of_the_claimants_own_page():
    figure = FigureFactory(citation=None)
    for slug, role in (
        ("a-wire", "repeats"),
        ("b-ministry", "origin"),
        ("c", "carries"),
    ):
        publisher = PublisherFactory(slug=slug, name=slug)
        CitationFactory(
            figure=figure,
            source=SourceFactory(slug=slug, publisher=publisher),
            role=role,
        )

    [one] = nepal().claims

    assert one.publisher == "b-ministry"


@pytest.mark.django_db
def test_figure_that_was_taken_back_makes_a_break():
    FigureFactory(slug="npl-high", as_of="2024-03-01", low=17, high=17)
    FigureFactory(slug="npl-low", as_of="2024-05-14", low=12, high=12)
    rebuild()

    drawn = nepal()

    [broken] = drawn.breaks
    assert (broken.day, broken.note, broken.url) == (
        *(date(2024, 5, 14), "revised down to 12", "/figures/npl-low/"),
    )
    told = "Ministry of Foreign Affairs of Nepal gave 12 (14 May 2024) after 17"
    assert broken.detail == told
    assert f"{told}." in drawn.summary
    assert nepal(as_of=date(2024, 5, 13)).breaks == ()


@pytest.mark.django_db
def test_group_breaks_where_a_figure_of_a_member_was_taken_back():
    group = GroupFactory(members=[CountryFactory()])
    FigureFactory(as_of="2024-03-01", low=17, high=17)
    FigureFactory(as_of="2024-05-14", low=12, high=12)
    rebuild()

    drawn = over_time(VIEW, group)

    [broken] = drawn.breaks
    assert (broken.day, broken.note) == (date(2024, 5, 14), "a part revised down")
    assert drawn.claims == []
    assert drawn.summary.startswith(
        "The range that follows from the floors of its countries went from 17 or more"
    )


@pytest.mark.django_db
def test_revision_that_no_range_shows_is_still_told():
    later = FigureFactory(slug="npl-low", as_of="2024-05-14", low=12, high=12)
    ConflictFactory(kind="revised_down", one=FigureFactory(), other=later)
    EstimateFactory(from_day="2024-03-14", revised_down=False)

    assert [one.url for one in nepal().breaks] == ["/figures/npl-low/"]


@pytest.mark.django_db
def test_range_that_has_ended_is_said_to_have():
    FigureFactory(metric="serving", as_of="2023-03-14")
    rebuild()

    told = nepal(metric="serving").summary

    assert "19 (14 Mar 2023) to no current figure (31 Dec 2025)" in told


@pytest.mark.django_db
def test_chart_of_nobody_says_that_this_is_no_zero(client):
    assert nepal().rows == ()
    assert nepal().empty == (
        "Up to 31 Dec 2025, nobody whom the record knows had given a number for Nepal"
        " here. That is no zero."
    )


@pytest.mark.django_db
def test_country_shows_it_above_who_says_what_and_with_its_table(client):
    FigureFactory(slug="npl-killed", wording="nineteen of ours")
    rebuild()

    page = client.get("/countries/NPL/").content.decode()

    places = [
        page.index(f'<figure class="chart" id="{kind}"')
        for kind in ("over-time", "claims")
    ]
    assert places == sorted(places)
    table = page.split('id="over-time-table"', 1)[1].split("</details>", 1)[0]
    assert "nineteen of ours" in table
    assert '<a href="/figures/npl-killed/">2024-03-14</a>' in table
    assert "<td>estimate</td>" in table
