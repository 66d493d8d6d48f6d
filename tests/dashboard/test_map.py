"""Which class each country of the map falls into, and how it is drawn."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from dashboard.charts.files import as_png, as_svg
from dashboard.charts.map import map_chart
from dashboard.charts.map_drawing import NARROW, WIDE, Placement, bands
from dashboard.charts.table import rows as table_rows
from dashboard.forms import View
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    PresenceFactory,
)

VIEW = View(side="russia", metric="killed", policy="all", as_of=date(2024, 12, 31))
SVG = "{http://www.w3.org/2000/svg}"
NOTHING = {"low": None, "best": None, "high": None, "label": "E", "reason": "stale"}


def estimate(code="NPL", **fields):
    return EstimateFactory.build(country=CountryFactory.build(code=code), **fields)


def presence(code, claimant="Aaj Tak"):
    return PresenceFactory.build(
        country=CountryFactory.build(code=code),
        claimant=ClaimantFactory.build(name=claimant),
    )


def chart(*estimates, counted=(), presences=()):
    countries = [CountryFactory.build(code=code) for code in counted]
    return map_chart(estimates, countries, presences, VIEW)


def place_of(*args, **kwargs):
    [place] = chart(*args, **kwargs).rows
    return place


def fills(made, layout=WIDE):
    """Give the class that fills each country."""
    return {one.place.code: one.fill for one in Placement(made.rows, layout).drawn}


def svg(made, form=0):
    context = {"drawing": made.drawings[form], "chart": made}
    drawn = render_to_string("dashboard/charts/drawing.svg", context)
    return ElementTree.fromstring(drawn)  # noqa: S314  # our own


def links(made, form=0):
    return list(svg(made, form).iter(f"{SVG}a"))


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        pytest.param({"low": 1, "best": 50, "high": 900}, 50, id="best"),
        pytest.param({"low": 60, "best": None, "high": 900}, 60, id="floor"),
        pytest.param({"low": None, "best": None, "high": 70}, 70, id="highest-claim"),
        pytest.param({"low": 0, "best": None, "high": None}, 0, id="stated-zero"),
        pytest.param(NOTHING, None, id="no-number-is-no-zero"),
    ],
)
def test_country_counts_by_best_else_floor_else_highest_claim(fields, number):
    assert place_of(estimate(**fields)).number == number


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        pytest.param({}, "figure", id="figure"),
        pytest.param(
            {"label": "D"}, "only a party’s word, or only a highest claim", id="party"
        ),
        pytest.param(
            {"low": None, "best": None, "high": 70},
            "only a party’s word, or only a highest claim",
            id="only-from-above",
        ),
        pytest.param(NOTHING, "no current figure", id="nothing-that-holds"),
    ],
)
def test_country_says_what_there_is(fields, standing):
    assert place_of(estimate(**fields)).standing == standing


def test_country_leads_to_its_page_and_says_who_says_so():
    ministry = FigureFactory.build(pk=1, slug="one", as_of=date(2024, 3, 14))
    made = chart(estimate(low_figure=ministry, high_figure=ministry))

    for form in (0, 1):
        [link] = links(made, form)
        label = "Nepal: 19. Ministry of Foreign Affairs of Nepal, 14 Mar 2024"
        assert link.get("href").startswith("/countries/NPL/?side=russia&metric=killed")
        assert link.get("aria-label") == label
        assert link.find(f"{SVG}title").text == label


def test_country_counted_for_something_else_has_no_figure_here():
    place = place_of(counted=["IND"])

    assert place.standing == "no current figure"
    assert place.value == "no figure for this count"
    assert fills(chart(counted=["IND"])) == {"IND": "no-figure"}


def test_sides_own_state_is_no_foreigner():
    made = chart(estimate("NPL"), counted=["RUS", "UKR"])

    assert [one.code for one in made.rows] == ["NPL", "UKR"]


def test_country_that_is_only_named_is_told_with_who_names_it():
    named = [presence("BTN"), presence("BTN"), presence("BTN", "BBC"), presence("NPL")]

    made = chart(estimate("NPL"), presences=named)

    assert [place.name for place in made.rows] == ["Nepal", "Bhutan"]
    assert (
        made.rows[1].label == "Bhutan: named, never counted. Named by Aaj Tak and BBC."
    )
    assert made.rows[1].url == "/uncounted/?side=russia#named-BTN"
    assert fills(made)["BTN"] == "named"


def test_rows_come_by_number_and_those_without_one_last():
    made = chart(
        estimate("IND", low=5, best=None, high=None),
        estimate("CUB", **NOTHING),
        estimate("NPL", best=50, low=50, high=50),
        estimate("KEN", low=None, best=None, high=7),
        presences=[presence("BTN")],
    )

    assert [one.code for one in made.rows] == ["NPL", "KEN", "IND", "CUB", "BTN"]
    assert made.summary == (
        "3 countries have a current number; 1 more has figures, but none for this count"
        " now; 1 is named and never counted. Shaded by best figure, else by the lowest"
        " accepted."
    )


def test_map_of_one_country_and_of_none_say_so():
    assert chart(estimate()).summary.startswith("Only Nepal has a current number.")
    assert chart(counted=["NPL"]).summary.startswith("No country has a current number;")
    assert chart().rows == ()
    assert chart().summary == ""
    assert "That is no zero" in chart().empty


def test_no_number_is_an_empty_cell_in_the_files_and_a_dash_in_the_table():
    made = chart(estimate(), estimate("IND", **NOTHING))

    record = made.records()[1]
    cells = list(table_rows(made))[1]

    assert (
        record["low"] is record["best"] is record["high"] is record["is_open"] is None
    )
    assert "0" not in [cell.text for cell in cells]


@pytest.mark.parametrize(
    ("numbers", "labels"),
    [
        pytest.param([], [], id="none"),
        pytest.param([7], ["5 or more"], id="one"),
        pytest.param([1, 2], ["1", "2 or more"], id="one-and-two"),
        pytest.param(
            [1, 40, 114],
            ["1–2", "3–9", "10–29", "30–99", "100 or more"],
            id="threes",
        ),
        pytest.param(
            [2, 90, 5_000],
            ["1–9", "10–99", "100–999", "1,000 or more"],
            id="tens",
        ),
        pytest.param(
            [1, 2_000_000],
            ["1–99", "100–9,999", "10,000–999,999", "1,000,000 or more"],
            id="hundreds",
        ),
        pytest.param(
            [0, 2, 90, 5_000],
            ["under 10", "10–99", "100–999", "1,000 or more"],
            id="a-stated-zero",
        ),
    ],
)
def test_classes_are_few_and_begin_at_round_numbers(numbers, labels):
    found = bands(numbers)

    assert [band.label for band in found] == labels
    assert [band.shade for band in found] == sorted({band.shade for band in found})


@pytest.mark.parametrize("greatest", [1, 9, 10, 99, 1_234, 87_654, 3_000_000])
def test_every_number_falls_into_exactly_one_class(greatest):
    numbers = [*range(0, greatest, max(1, greatest // 50)), greatest]

    for number in numbers:
        held = [
            band
            for band in bands(numbers)
            if band.start <= number and (band.end is None or number < band.end)
        ]
        assert len(held) == 1


def test_larger_numbers_are_darker():
    made = chart(
        estimate("IND", low=5, best=5, high=5),
        estimate("NPL", low=50, best=50, high=50),
        estimate("PRK", low=5_000, best=5_000, high=5_000),
    )

    shades = fills(made)

    assert shades["IND"] < shades["NPL"] < shades["PRK"]


def test_outlines_come_last_so_that_no_neighbour_covers_them():
    made = chart(estimate("GHA", label="D"), estimate("NPL"), estimate("IND"))

    last = Placement(made.rows, WIDE).drawn[-1]

    assert (last.place.code, last.fill) == ("GHA", "from-above")


def test_states_at_war_are_not_shaded_but_lead_to_their_figures():
    made = chart(estimate("UKR"), estimate("NPL"))

    assert fills(made)["UKR"] == "at-war"
    assert any(link.get("href").startswith("/countries/UKR/") for link in links(made))
    assert Placement(made.rows, WIDE).key[-1].label == "Russia and Ukraine: not shaded"


def test_key_tells_only_what_is_drawn():
    plain = chart(estimate("NPL"))
    full = chart(
        estimate("NPL", high=None, high_open=True),
        estimate("GHA", label="D"),
        counted=["IND"],
        presences=[presence("BTN")],
    )

    def key(made):
        return [item.label for item in Placement(made.rows, WIDE).key]

    assert key(plain) == ["10 or more", "Russia and Ukraine: not shaded"]
    assert key(full) == [
        "10 or more",
        "only a party’s word or a highest claim",
        "no figure for this count now",
        "named, never counted",
        "or more",
        "Russia and Ukraine: not shaded",
    ]


def test_open_end_has_an_arrow():
    closed, opened = chart(estimate()), chart(estimate(high=None, high_open=True))

    def arrows(made):
        return [one for one in svg(made).iter() if one.get("class") == "or-more"]

    assert arrows(closed) == []
    assert len(arrows(opened)) == 1


def test_small_state_is_a_dot_with_room_for_a_finger():
    [link] = links(chart(estimate("SGP")))

    circles = list(link.iter(f"{SVG}circle"))

    assert [circle.get("r") for circle in circles] == ["12", "4.5"]
    assert circles[0].get("class") == "hit"


@pytest.mark.parametrize(
    "layout", [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="narrow")]
)
def test_every_country_leads_on_from_exactly_one_place(layout):
    codes = [
        "NPL",
        "FRA",
        "USA",
        "AUS",
        "NZL",
        "FJI",
        "SGP",
        "ZAF",
        "JPN",
        "CHL",
        "CAN",
    ]
    made = chart(*map(estimate, codes))

    found = links(made, 0 if layout is WIDE else 1)

    assert len(found) == len(codes)
    assert len({link.get("href") for link in found}) == len(codes)


def test_country_beyond_the_narrow_map_has_a_line_below_it():
    placement = Placement(chart(estimate("FJI"), estimate("NPL")).rows, NARROW)

    [(y, one)] = placement.elsewhere

    assert one.place.name == "Fiji"
    assert placement.key[-1].y < y < placement.height


def test_narrow_map_borrows_the_shapes_of_the_wide_one():
    made = chart(estimate("NPL"), counted=["IND"])

    shapes = {one.get("id") for one in svg(made).iter() if one.get("id")}
    borrowed = {one.get("href") for one in svg(made, 1).iter(f"{SVG}use")}

    assert {"#map-NPL", "#map-IND", "#map-land"} == borrowed
    assert {name.removeprefix("#") for name in borrowed} <= shapes
    assert len(made.drawings[1].inner) < 8_000


def test_key_stays_within_the_drawing():
    made = chart(
        *(
            estimate(code, best=10**n, low=1, high=10**n)
            for n, code in enumerate(["NPL", "IND", "KEN", "CUB", "PRK", "UZB", "TJK"])
        ),
        estimate("GHA", label="D"),
        presences=[presence("BTN")],
    )

    for layout in (WIDE, NARROW):
        placement = Placement(made.rows, layout)
        assert all(item.x < layout.width for item in placement.key)
        assert all(item.y < placement.height for item in placement.key)


@pytest.mark.django_db
def test_map_stands_alone_and_becomes_a_picture():
    made = chart(estimate("NPL"), estimate("SGP"), counted=["IND"])

    alone = as_svg(made, "https://muster.example")

    assert "<use" not in alone
    assert "Shaded by best figure" in alone
    assert as_png(made, "https://muster.example").startswith(b"\x89PNG")


@pytest.mark.django_db
def test_map_stays_as_the_server_drew_it(client):
    """Plotly's own maps are not in our bundle, and would bring borders of their own."""
    assert client.get("/charts/map.plotly").status_code == 404
