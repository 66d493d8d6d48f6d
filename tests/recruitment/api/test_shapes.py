"""Rows are read in the shape that a serializer declares, and equal what it renders."""

import orjson
import pytest

from recruitment.api.renderers import as_json
from recruitment.api.shapes import UnknownFieldError, flat, shape_of
from recruitment.api.urls import router
from recruitment.models import Figure, Source
from tests.factories import CitationFactory, FigureFactory, SourceFactory
from tests.recruitment.api.record import CODES, KEYS, make_bare, make_record

pytestmark = pytest.mark.django_db

VIEWS = {name: view for name, view, _ in router.registry if name in KEYS}
RESOURCES = [pytest.param(view, id=name) for name, view in VIEWS.items()]


@pytest.fixture(scope="module", autouse=True)
def record(kept_rows):
    with kept_rows():
        make_record(3)
        make_bare()
        yield


def read(view, *paths):
    shape = shape_of(view.serializer_class)
    rows = view.queryset.order_by(view.lookup_field)
    return as_read((shape.only(paths) if paths else shape).read(rows))


def as_read(rows):
    """Give rows as a reader gets them from the JSON."""
    return orjson.loads(as_json(rows))


def test_every_list_of_rows_is_looked_at():
    lists = {name for name, view, _ in router.registry if hasattr(view, "shape")}

    assert lists == set(KEYS)


@pytest.mark.parametrize("view", RESOURCES)
def test_shape_reads_what_the_serializer_renders(view):
    instances = view.queryset.order_by(view.lookup_field)

    rendered = as_read(
        [dict(row) for row in view.serializer_class(instances, many=True).data]
    )

    for row in rendered:
        for name in {"members", "countries"} & row.keys():
            row[name].sort()  # countries come by code, whatever their names are
    assert len(rendered) >= 3
    assert read(view) == rendered


@pytest.mark.parametrize("view", RESOURCES)
def test_each_field_alone_has_the_value_that_it_has_among_all(view):
    paths = shape_of(view.serializer_class).paths()
    whole = read(view)

    assert read(view, *paths) == whole
    for path in paths:
        alone = read(view, path)
        assert [list(flat(row, [path])) for row in alone] == [
            list(flat(row, [path])) for row in whole
        ]


def got(client, fields, route="figures/killed-0/"):
    answer = client.get(f"/api/v1/{route}?fields={fields}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param("slug", {"slug": "killed-0"}, id="one"),
        pytest.param("slug, low", {"slug": "killed-0", "low": 19}, id="with-a-space"),
        pytest.param("low,low", {"low": 19}, id="same-twice"),
        pytest.param(
            "country",
            {"country": {"code": CODES[0], "name": "Aruba"}},
            id="nested-whole",
        ),
        pytest.param("country.code", {"country": {"code": CODES[0]}}, id="one-below"),
        pytest.param(
            "country.name,low,country.code",
            {"country": {"name": "Aruba", "code": CODES[0]}, "low": 19},
            id="two-below-apart",
        ),
        pytest.param(
            "country.code,country",
            {"country": {"code": CODES[0], "name": "Aruba"}},
            id="part-and-whole",
        ),
        pytest.param(
            "country,country.code",
            {"country": {"code": CODES[0], "name": "Aruba"}},
            id="whole-and-part",
        ),
        pytest.param(
            "citations.source.publisher.slug",
            {
                "citations": [
                    {"source": {"publisher": {"slug": "outlet-0"}}},
                    {"source": {"publisher": {"slug": "outlet-0"}}},
                ]
            },
            id="through-a-list",
        ),
        pytest.param(
            "citations.source.derived_from,citations.role",
            {
                "citations": [
                    {"source": {"derived_from": ["page-0-1"]}, "role": "carries"},
                    {"source": {"derived_from": []}, "role": "carries"},
                ]
            },
            id="list-within-a-list",
        ),
    ],
)
def test_fields_that_are_named_are_given_and_no_other(client, fields, expected):
    assert got(client, fields) == expected
    assert expected in got(client, fields, "figures/")["results"]


def test_fields_keep_the_order_in_which_they_were_named(client):
    row = got(client, "high,claimant.slug,as_of,claimant.name,low")

    assert list(row) == ["high", "claimant", "as_of", "low"]
    assert list(row["claimant"]) == ["slug", "name"]


def test_nothing_is_given_below_what_is_null(client):
    row = got(client, "evidence_origin.slug,variant_of", "figures/high-0/")

    assert row == {"evidence_origin": None, "variant_of": None}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param(
            "slug,lwo",
            "There is no field “lwo”. Accepted: slug, country.code, ",
            id="typo",
        ),
        pytest.param(
            "id", "There is no field “id”. Accepted: slug, ", id="our-own-key"
        ),
        pytest.param("slug,,low", "There is no field “”. Accepted: slug, ", id="empty"),
        pytest.param(
            "country.cod",
            "There is no field “country.cod”. Accepted: country.code, country.name.",
            id="typo-below",
        ),
        pytest.param(
            "country,country.cod",
            "There is no field “country.cod”. Accepted: country.code, country.name.",
            id="typo-below-a-whole",
        ),
        pytest.param(
            "country.",
            "There is no field “country.”. Accepted: country.code, country.name.",
            id="nothing-below",
        ),
        pytest.param(
            "low.high",
            "There is no field “low.high”. Accepted: nothing below it.",
            id="below-a-number",
        ),
        pytest.param(
            "citations.source.publisher.url",
            "There is no field “citations.source.publisher.url”. Accepted:"
            " citations.source.publisher.slug, citations.source.publisher.name,"
            " citations.source.publisher.homepage.",
            id="typo-far-below",
        ),
        pytest.param(
            "claimant__slug", "There is no field “claimant__slug”.", id="join"
        ),
        pytest.param(".".join("a" * 5000), "There is no field “a”.", id="very-deep"),
    ],
)
@pytest.mark.parametrize("route", ["figures/", "figures.csv", "figures/high-0/"])
def test_unknown_field_is_refused_with_those_that_are_known(
    client, route, fields, message
):
    answer = client.get(f"/api/v1/{route}?fields={fields}")

    assert answer.status_code == 400
    [said] = answer.json()["errors"]["fields"]
    assert said.startswith(message)


def test_error_names_the_field_and_what_is_accepted():
    shape = shape_of(VIEWS["publishers"].serializer_class)

    with pytest.raises(UnknownFieldError, match="no field “nmae”") as raised:
        shape.only(["slug", "nmae"])

    assert raised.value.path == "nmae"
    assert raised.value.accepted == shape.paths() == ["slug", "name", "homepage"]


def test_citations_of_a_figure_come_in_the_order_of_their_ids():
    figure = FigureFactory(slug="one", citation=None)
    for slug in ("c", "a", "b"):
        CitationFactory(figure=figure, source=SourceFactory(slug=slug))

    shape = shape_of(VIEWS["figures"].serializer_class).only(["citations.source.slug"])
    [row] = as_read(shape.read(Figure.objects.filter(slug="one")))

    assert [one["source"]["slug"] for one in row["citations"]] == ["a", "b", "c"]


def test_nothing_is_read_where_there_is_no_row():
    assert shape_of(VIEWS["sources"].serializer_class).read(Source.objects.none()) == []
