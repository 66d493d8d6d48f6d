"""Every kind of chart is drawn as it was when somebody last looked at it.

A change of a drawing is a change of these files. `pytest --update-drawings` with this
module's path writes them anew.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from dashboard.charts.claimant import ClaimantChart
from dashboard.charts.compare import CompareChart
from dashboard.charts.dispersion import Apart, DispersionChart
from dashboard.charts.figure import FigureChart
from dashboard.charts.incentives import IncentivesChart, Promise
from dashboard.charts.lineage import LineageChart, Link, Node
from dashboard.charts.lineage import Standing as Standings
from dashboard.charts.map import MapChart, Place, Standing
from dashboard.charts.over_time import Break, Claim, Interval, OverTimeChart
from dashboard.charts.ranges import ClaimsChart, RankedChart, Row
from dashboard.charts.responses import Act, ResponsesChart
from recruitment.choices import ResponseKind

DRAWINGS = Path(__file__).with_name("drawings")
SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", SVG)


def row(name, value, **fields):
    return Row(name=name, url=f"/{name}/", value=value, detail="who says so", **fields)


RANGES = (
    row("North Korea", "350–2,000", low=350, best=2_000, high=2_000, grade="B"),
    row("Nepal", "104–156", low=104, best=110, high=156, grade="A"),
    row("Uzbekistan", "481 or more", low=481, is_open=True, grade="C"),
    row("Ghana", "55", best=55, is_party=True, grade="D"),
    row("Zimbabwe", "up to 25", high=25, grade="E"),
    row("India", "0", best=0, grade="B"),
    row("Federated States of the Long & Winding Name", "1", best=1, grade="B"),
)
CLAIMS = (
    row("Ministry of Foreign Affairs", "71", best=71, when="29 Jul 2025"),
    row("Комитет семей", "at least 113", low=113, is_open=True, when="Jul 2025"),
    row("Defence Intelligence", "about 90", best=90, is_party=True, when="2025"),
    row("A newspaper", "dozens", low=24, is_open=True, when="undated"),
)


def claim(slug, claimant, value, day, **fields):
    return Claim(
        claimant=claimant,
        value=value,
        wording=f"{value} of ours",
        publisher="The Post",
        url=f"/figures/{slug}/",
        day=day,
        **fields,
    )


def interval(from_day, to_day, value, **fields):
    return Interval(
        from_day=from_day, to_day=to_day, value=value, detail="who says so", **fields
    )


OVER_TIME = (
    claim("first", "Ministry", "6", date(2023, 12, 4), best=6),
    claim("month", "Ministry", "33", date(2024, 3, 1), best=33, precision="month"),
    claim("down", "Ministry", "12", date(2024, 5, 14), best=12),
    claim(
        *("year", "Families", "at least 39", date(2024, 9, 30)),
        low=39,
        is_open=True,
        precision="year",
    ),
    claim("range", "Хартия", "40–60", date(2025, 2, 1), low=40, high=60),
    claim("above", "An agency", "up to 150", date(2025, 5, 1), high=150),
    claim("party", "Moscow", "104", date(2025, 11, 18), best=104, is_party=True),
    interval(date(2023, 12, 4), date(2024, 3, 1), "6", low=6, best=6, high=6),
    interval(
        *(date(2024, 3, 1), date(2024, 5, 14), "33 or more"),
        low=6,
        best=33,
        high=33,
        is_open=True,
    ),
    interval(date(2024, 5, 14), date(2024, 12, 1), "12–39", low=12, best=12, high=39),
    interval(date(2025, 2, 1), date(2025, 5, 1), "40 or more", low=40, is_open=True),
    interval(date(2025, 5, 1), date(2025, 9, 1), "up to 150", high=150),
    interval(date(2025, 11, 18), None, "39–104", low=39, best=104, high=104),
)


def promise(country, kind, currency, period, low, high, **fields):
    return Promise(
        country=country,
        kind=kind,
        currency=currency,
        period=period,
        low=low,
        high=high,
        summary="What was said.",
        publishers=("The Post",),
        url=f"/sources/{country}/",
        **{"side": "russia"} | fields,
    )


INCENTIVES = (
    promise("Nepal", "monthly_pay", "USD", "month", 2_000, None, day=date(2024, 2, 11)),
    promise("Brazil", "monthly_pay", "USD", "month", 550, 4_800, side="ukraine"),
    promise("Cuba", "monthly_pay", "USD", "month", 2_000, 2_000, is_party=True),
    promise("India", "monthly_pay", "IDR", "month", 32_000_000, 40_000_000),
    promise("Iraq", "signing_bonus", "USD", "once", None, 20_000),
    promise("Iraq", "citizenship", "", "", None, None),
    promise("Nepal", "fee_charged_to_recruit", "NPR", "once", 850_000, 850_000),
)


def apart(name, low, high, **fields):
    return Apart(
        name=name,
        count="killed",
        side="Russian side",
        what="killed, Russian side",
        url=f"/{name}/",
        low=low,
        high=high,
        low_who="a ministry, 2024",
        high_who="families, 2024",
        **fields,
    )


DISPERSION = (
    apart("Iraq", 85, 5_000, best=5_000, is_open=True),
    apart("Bangladesh", 3, 40, best=30, is_one_origin=True),
    apart("Kenya", 1, 4, best=1, is_party=True, is_strict=True),
)


def place(code, value, standing=Standing.FIGURE, **fields):
    return Place(
        code=code,
        name=code.title(),
        url=f"/{code}/",
        value=value,
        detail="who says so",
        standing=standing,
        **fields,
    )


PLACES = (
    place("PRK", "350–2,000", low=350, best=2_000, high=2_000),
    place("UZB", "481 or more", low=481, is_open=True),
    place("FRA", "2", best=2),
    place("UKR", "54 or more", low=54, is_open=True),
    place("SGP", "1", best=1),
    place("FJI", "1", best=1),
    place("GHA", "55", Standing.FROM_ABOVE, best=55, is_open=True),
    place("BRA", "no current figure", Standing.NO_FIGURE),
    place("BTN", "named, never counted", Standing.NAMED),
)


def node(slug, standing, *links, **fields):
    known = {"name": slug.title(), "url": f"/{slug}/", "links": links}
    return Node(slug=slug, standing=standing, **known | fields)


def told_on(day, when, **fields):
    return {"day": day, "when": when, **fields}


LINEAGE = (
    node("origin:staff", Standings.ORIGIN, name="Штаб", when="28 Feb 2024"),
    node("relay:ministry", Standings.RELAY, Link("origin:staff", "relays")),
    node(
        *("agency", Standings.BASE, Link("relay:ministry", "not read", is_firm=False)),
        **told_on(date(2024, 2, 28), "28 Feb 2024", report=1),
    ),
    node(
        *("copy", Standings.COPY, Link("agency", "copies")),
        **told_on(date(2024, 2, 28), "28 Feb 2024", report=1),
    ),
    node(
        *("blog", Standings.COPY, Link("copy", "copies"), Link("post", "copies")),
        **told_on(date(2025, 3, 31), "Mar 2025", report=1, is_exact=False),
    ),
    node(
        *("post", Standings.REPORT, Link("relay:ministry", "quotes")),
        **told_on(date(2024, 3, 9), "9 Mar 2024", report=2),
    ),
    node(
        *("name:AFP", Standings.CREDITED, Link("relay:ministry", "", is_firm=False)),
        name="AFP",
        url="",
        report=3,
    ),
    node("rewrite", Standings.COPY, Link("name:AFP", "credits"), when="undated"),
    node(
        *("long", Standings.REPORT, Link("relay:ministry", "quotes")),
        name="The Long & Winding Name of a Newspaper",
        when="undated",
    ),
)


def act(slug, lane, kind, day, when, **fields):
    return Act(
        slug=slug,
        lane=lane,
        country=lane,
        kind=kind,
        actor="Ministry",
        summary="What was done.",
        claimant="Ministry",
        publishers=("The Post",),
        url=f"/responses/#{slug}",
        when=when,
        day=day,
        **{"precision": "day" if day else "unknown"} | fields,
    )


RESPONSES = (
    act("new", "Nepal", ResponseKind.TRAVEL_BAN, date(2025, 6, 1), "1 Jun 2025"),
    *(
        act(f"same-{n}", "Nepal", kind, date(2024, 1, 5), "5 Jan 2024")
        for n, kind in enumerate(ResponseKind)
    ),
    act(
        *("year", "Kenya", ResponseKind.ARRESTS, date(2024, 12, 31), "2024"),
        precision="year",
    ),
    act("old", "Nepal", ResponseKind.LEGISLATION, date(2018, 1, 1), "1 Jan 2018"),
    act("undated", "Kenya", ResponseKind.WARNING, None, "undated"),
    act("undated-too", "Kenya", ResponseKind.OTHER, None, "undated"),
)

TITLE = {"title": "Killed"}
CHARTS = {
    "ranked": RankedChart(**TITLE, rows=RANGES),
    "claims": ClaimsChart(**TITLE, rows=CLAIMS),
    "over-time": OverTimeChart(
        **TITLE,
        rows=OVER_TIME,
        breaks=(
            Break(
                date(2024, 5, 14), "revised down to 12", "12 after 33", "/figures/12/"
            ),
        ),
        until=date(2026, 3, 31),
    ),
    "incentives": IncentivesChart(**TITLE, rows=INCENTIVES),
    "compare": CompareChart(**TITLE, rows=(*RANGES[:2], row("Andorra", "no figure"))),
    "dispersion": DispersionChart(**TITLE, rows=DISPERSION),
    "map": MapChart(**TITLE, rows=PLACES),
    "claimant": ClaimantChart(**TITLE, rows=CLAIMS),
    "figure": FigureChart(**TITLE, rows=CLAIMS[1:2]),
    "lineage": LineageChart(**TITLE, rows=LINEAGE),
    "responses": ResponsesChart(**TITLE, rows=RESPONSES),
}
# The same with the fewest rows that there can be.
CHARTS |= {
    f"{name}-of-one": replace(chart, rows=chart.rows[:1])
    for name, chart in CHARTS.items()
}


def drawn(chart, place):
    """Give a drawing as it stands in a page, an element a line."""
    context = {"chart": chart, "drawing": chart.drawings[place]}
    page = render_to_string("dashboard/charts/drawing.svg", context)
    root = ElementTree.fromstring(page)  # noqa: S314  # our own
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize(("place", "width"), [(0, "wide"), (1, "narrow")])
def test_drawing_is_as_it_was_last_looked_at(request, name, place, width):
    path = DRAWINGS / f"{name}-{width}.svg"
    now = drawn(CHARTS[name], place)
    if request.config.option.update_drawings:
        path.write_text(now)

    then = path.read_text() if path.exists() else "not drawn yet"

    assert now == then, "Look at it; if it is right, run this with --update-drawings."


def test_no_drawing_is_left_of_what_is_drawn_no_more():
    kept = {path.name for path in DRAWINGS.iterdir()}

    assert kept == {
        f"{name}-{width}.svg" for name in CHARTS for width in ("wide", "narrow")
    }
