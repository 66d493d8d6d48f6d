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

from dashboard.charts.compare import CompareChart
from dashboard.charts.dispersion import Apart, DispersionChart
from dashboard.charts.incentives import IncentivesChart, Promise
from dashboard.charts.map import MapChart, Place, Standing
from dashboard.charts.over_time import Break, Claim, Interval, OverTimeChart
from dashboard.charts.ranges import ClaimsChart, RankedChart, Row

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
