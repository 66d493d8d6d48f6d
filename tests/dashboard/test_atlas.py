"""What the map draws, and whose it is."""

import gzip
import json
import re
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest

from dashboard.atlas import atlas

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / "dashboard/atlas.json"
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


def records(name):
    lines = (ROOT / f"fixtures/{name}.jsonl").read_text().splitlines()
    return [json.loads(line)["fields"] for line in lines]


COUNTRIES = {one["code"] for one in records("countries") if one["kind"] == "country"}
COUNTED = COUNTRIES & {code for one in records("figures") for code in one["country"]}


def rings(path):
    """Read a path of relative moves and lines into lists of corners."""
    found, start = [], (0, 0)
    for subpath in filter(None, path.split("z")):
        assert subpath[0] == "m"
        steps = [float(number) for number in NUMBER.findall(subpath)]
        x, y = start
        corners = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        start = corners[0]
        found.append(corners)
    return found


def lies_inside(place, path):
    """Tell by the even-odd rule whether a place lies inside a path."""
    x, y = place
    crossings = 0
    for corners in rings(path):
        for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
            if (y1 > y) != (y2 > y):
                crossings += x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return crossings % 2 == 1


def projected(longitude, latitude):
    """Place a longitude and latitude by the formula of Equal Earth (Šavrič 2018)."""
    drawn = json.loads(FILE.read_text())["projection"]
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    turned = (longitude + drawn["rotation"] + 180) % 360 - 180
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    slope = a1 + 3 * a2 * t**2 + 7 * a3 * t**6 + 9 * a4 * t**8
    x = 2 * sqrt(3) * radians(turned) * cos(t) / (3 * slope)
    y = a1 * t + a2 * t**3 + a3 * t**7 + a4 * t**9
    left, top = drawn["translation"]
    return left + drawn["scale"] * x, top - drawn["scale"] * y


def countries_at(longitude, latitude):
    place = projected(longitude, latitude)
    return {
        shape.code
        for shape in atlas().shapes.values()
        if lies_inside(place, shape.path)
    }


def test_every_country_with_figures_can_be_drawn():
    assert COUNTED
    assert atlas().shapes.keys() >= COUNTED


def test_every_country_but_antarctica_is_on_the_map():
    assert COUNTRIES - atlas().shapes.keys() == {"ATA"}
    assert atlas().shapes.keys() <= COUNTRIES


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [
        pytest.param(34.1, 44.95, id="simferopol"),
        pytest.param(34.39, 45.71, id="dzhankoi"),
        pytest.param(35.0, 45.1, id="east-of-crimea"),
        pytest.param(37.8, 48.0, id="donetsk"),
        pytest.param(35.4, 46.85, id="melitopol"),
    ],
)
def test_crimea_and_the_occupied_east_are_ukraine(longitude, latitude):
    assert countries_at(longitude, latitude) == {"UKR"}


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [
        pytest.param(85.3, 27.7, "NPL", id="kathmandu"),
        pytest.param(36.8, -1.3, "KEN", id="nairobi"),
        pytest.param(-74.1, 4.7, "COL", id="bogota"),
        pytest.param(37.6, 55.75, "RUS", id="moscow"),
        pytest.param(-175.0, 67.0, "RUS", id="chukotka-beyond-the-antimeridian"),
        pytest.param(178.0, -17.8, "FJI", id="fiji"),
        pytest.param(-12.5, 26.0, "ESH", id="western-sahara"),
        pytest.param(44.0, 9.6, "SOM", id="hargeisa"),
        pytest.param(33.3, 35.25, "CYP", id="northern-cyprus"),
        pytest.param(35.25, 31.95, "PSE", id="west-bank"),
        pytest.param(-53.0, 4.0, "GUF", id="french-guiana"),
        pytest.param(18.0, 79.0, "SJM", id="svalbard"),
    ],
)
def test_place_belongs_to(longitude, latitude, code):
    assert countries_at(longitude, latitude) == {code}


def test_golan_heights_are_not_drawn_as_israel():
    assert "ISR" not in countries_at(35.8, 33.0)


def test_land_without_a_code_belongs_to_no_country():
    assert lies_inside(projected(20.9, 42.6), atlas().others["Kosovo"])
    assert countries_at(20.9, 42.6) == set()


def test_country_has_an_outline_unless_it_is_small():
    bare = {shape.code for shape in atlas().shapes.values() if not shape.path}

    assert {"SGP", "MDV", "BHR", "MLT"} <= bare
    assert all(atlas().shapes[code].is_small for code in bare)


def test_point_of_a_country_lies_inside_it():
    outside = [
        shape.code
        for shape in atlas().shapes.values()
        if not shape.is_small and not lies_inside((shape.x, shape.y), shape.path)
    ]

    assert outside == []


def test_nothing_lies_outside_the_drawing():
    shapes = atlas().shapes.values()
    paths = [shape.path for shape in shapes] + list(atlas().others.values())
    corners = [corner for path in paths for ring in rings(path) for corner in ring]
    corners += [(shape.x, shape.y) for shape in shapes]

    assert atlas().viewbox == f"0 0 {atlas().width} {atlas().height}"
    assert all(0 <= x <= atlas().width for x, _ in corners)
    assert all(0 <= y <= atlas().height for _, y in corners)


def test_no_country_is_torn_across_the_map():
    for shape in atlas().shapes.values():
        across = [x for ring in rings(shape.path) for x, _ in ring] or [shape.x]

        assert max(across) - min(across) < atlas().width * 0.4, shape.code


def test_file_is_small_enough_to_stand_in_a_page():
    text = FILE.read_bytes()

    assert len(text) < 80_000
    assert len(gzip.compress(text)) < 24_000
