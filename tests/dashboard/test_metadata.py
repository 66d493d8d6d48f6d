"""What search engines, link previews and data catalogues are told about each page."""

import json
import re
from html.parser import HTMLParser

import pytest

from recruitment.publishing import publishing
from recruitment.rebuilding import rebuild
from tests.factories import CountryFactory, FigureFactory, GroupFactory

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


@pytest.fixture
def record():
    """Nepal's killed on the Russian side, by two claimants' days, published."""
    with publishing("the record was loaded"):
        FigureFactory(slug="npl-killed", low=19, high=19)
        FigureFactory(slug="npl-killed-too", low=33, high=33, as_of="2024-06-01")
        GroupFactory(members=[CountryFactory()])
        CountryFactory(code="AND")
        rebuild()


class Head(HTMLParser):
    """Reads what the head of a page says, as a crawler does."""

    def __init__(self, page):
        super().__init__()
        self.title, self.metas, self.links, self.data = "", {}, {}, []
        self._within = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self._within = attrs.get("type") if tag == "script" else tag
        if tag == "meta":
            name = attrs.get("name") or attrs.get("property")
            self.metas[name] = attrs.get("content")
        if tag == "link":
            self.links[attrs["rel"]] = attrs["href"]

    def handle_data(self, data):
        if self._within == "title":
            self.title += data
        if self._within == "application/ld+json":
            self.data.append(json.loads(data))

    def handle_endtag(self, tag):
        self._within = ""


def head_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return Head(answer.content.decode().split("</head>")[0])


def dataset_of(client, address):
    [dataset] = head_of(client, address).data
    assert dataset["@context"] == "https://schema.org"
    assert dataset["@type"] == "Dataset"
    return dataset


PAGES = [
    pytest.param("/", id="overview"),
    pytest.param("/countries/NPL/", id="country"),
    pytest.param("/figures/npl-killed/", id="figure"),
    pytest.param("/claimants/nepal-foreign-ministry/", id="claimant"),
    pytest.param("/method/", id="method"),
    pytest.param("/charts/ranked/", id="chart"),
]


@pytest.mark.parametrize("address", PAGES)
def test_page_tells_previews_what_it_tells_readers(client, record, address):
    head = head_of(client, address)

    told = head.metas
    assert f"{told['og:title']} · Muster" in (head.title, f"{head.title} · Muster")
    assert told["og:description"] == told["description"]
    assert told["og:url"] == head.links["canonical"]
    assert told["og:site_name"] == "Muster"
    assert told["og:type"] == "website"
    assert told["twitter:card"] == "summary_large_image"
    for name in ("title", "description", "image"):
        assert told[f"twitter:{name}"] == told[f"og:{name}"]
    assert told["og:image:alt"]


def test_signs_of_html_are_written_once(client, record):
    FigureFactory(slug="signs", summary='They said "5 < 6 & 7".')

    told = head_of(client, "/figures/signs/").metas

    assert told["description"] == 'They said "5 < 6 & 7".'
    assert told["og:description"] == told["description"]


@pytest.mark.parametrize(
    ("address", "picture"),
    [
        pytest.param("/", "/charts/ranked.card?side=russia&metric=killed", id="chart"),
        pytest.param("/countries/NPL/", "/charts/over-time.card?", id="country"),
        pytest.param("/countries/AND/", "/static/card.png", id="chart-without-rows"),
        pytest.param(
            "/figures/npl-killed/", "/charts/figure.card?figure=npl-killed", id="figure"
        ),
        pytest.param("/method/", "/static/card.png", id="no-chart"),
    ],
)
def test_picture_is_the_pages_chart_or_that_of_all_pages(
    client, record, address, picture
):
    assert head_of(client, address).metas["og:image"].startswith(SITE + picture)


@pytest.mark.parametrize("address", ["/", "/countries/NPL/", "/figures/npl-killed/"])
def test_picture_of_a_page_is_a_png_in_the_shape_of_previews(client, record, address):
    told = head_of(client, address).metas

    answer = client.get(told["og:image"].removeprefix(SITE))

    assert answer["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    size = [int.from_bytes(answer.content[at : at + 4]) for at in (16, 20)]
    assert size == [1200, 630]
    assert size == [int(told[f"og:image:{name}"]) for name in ("width", "height")]


def test_picture_of_all_pages_is_as_large_as_previews_want(settings):
    picture = (settings.BASE_DIR / "static/card.png").read_bytes()

    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 1200
    assert int.from_bytes(picture[20:24]) == 630
    assert len(picture) < 100_000


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        pytest.param("/", "/", id="plain"),
        pytest.param("/?utm_source=mail&as_of=2024-04-01", "/", id="view"),
        pytest.param(
            "/countries/NPL/?policy=no_party", "/countries/NPL/", id="country"
        ),
        pytest.param(
            "/charts/ranked/?metric=killed&as_of=2024-04-01&policy=no_party&x=1",
            "/charts/ranked/?side=russia&metric=killed",
            id="chart",
        ),
        pytest.param(
            "/charts/claims/?country=NPL",
            "/charts/claims/?side=russia&metric=killed&country=NPL",
            id="chart-of-a-country",
        ),
        pytest.param("/changes/?before=2&x=1", "/changes/?before=2", id="page-of-many"),
        pytest.param("/changes/1/", "/changes/1/", id="revision"),
    ],
)
def test_page_has_one_address_for_all_its_views(client, record, address, canonical):
    found = head_of(client, address).links["canonical"].removeprefix(SITE)

    path, _, query = found.partition("?")
    expected_path, _, expected = canonical.partition("?")
    assert path == expected_path
    assert sorted(query.split("&")) == sorted(expected.split("&"))
    assert client.get(found).status_code == 200


def test_record_is_told_as_a_dataset(client, record):
    dataset = dataset_of(client, "/data/")

    assert len(dataset["description"]) >= 50
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert dataset["isAccessibleForFree"] is True
    assert dataset["version"] == "1"
    assert dataset["temporalCoverage"] == "2024-03-14/2024-06-01"
    assert dataset["creator"]["name"] == "Muster"
    assert dataset["spatialCoverage"] == {"@type": "Place", "name": "World"}
    assert "Killed" in dataset["variableMeasured"]
    assert dataset_of(client, "/") == dataset


def test_version_is_the_revision_that_is_shown(client, record):
    with publishing("a newer figure came in"):
        FigureFactory(slug="npl-newest", as_of="2024-07-01", low=40, high=40)
        rebuild()

    dataset = dataset_of(client, "/data/")

    assert dataset["version"] == "2"
    assert dataset["temporalCoverage"] == "2024-03-14/2024-07-01"


@pytest.mark.parametrize("address", ["/data/", "/countries/NPL/", "/charts/ranked/"])
def test_files_of_a_dataset_are_there_and_are_what_they_say(client, record, address):
    files = dataset_of(client, address)["distribution"]

    assert len(files) >= 4
    for file in files:
        answer = client.get(file["contentUrl"].removeprefix(SITE))
        assert answer.status_code == 200, file
        assert answer["content-type"].split(";")[0] == file["encodingFormat"], file


def test_country_is_told_with_its_estimates(client, record):
    dataset = dataset_of(client, "/countries/NPL/")

    assert dataset["spatialCoverage"] == {
        "@type": "Country",
        "name": "Nepal",
        "identifier": "NPL",
    }
    assert dataset["isPartOf"] == {"@id": f"{SITE}/data/"}
    assert dataset["temporalCoverage"] == "2024-03-14/2024-06-01"
    assert dataset["variableMeasured"] == [
        {
            "@type": "PropertyValue",
            "name": "Nepal, killed, Russian side",
            "unitText": "people",
            "minValue": 33,
            "value": 33,
            "maxValue": 33,
        }
    ]


def test_open_end_is_told_without_a_number(client, record):
    FigureFactory(
        slug="npl-more",
        as_of="2024-06-02",
        low=200,
        high=None,
        qualifier="at_least",
        metric="serving",
    )
    rebuild()

    [killed, serving] = dataset_of(client, "/countries/NPL/")["variableMeasured"]

    assert killed["name"] == "Nepal, killed, Russian side"
    assert serving["minValue"] == 200
    assert "maxValue" not in serving


def test_group_is_a_place_and_no_country(client, record):
    FigureFactory(slug="all", country=GroupFactory(), low=500, high=500)
    rebuild()

    place = dataset_of(client, "/countries/FOREIGN/")["spatialCoverage"]

    assert place["@type"] == "Place"


def test_undated_figures_give_no_period(client):
    FigureFactory(slug="npl-undated", as_of=None, as_of_precision="unknown")

    assert "temporalCoverage" not in dataset_of(client, "/countries/NPL/")


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/countries/AND/", id="country-without-figures"),
        pytest.param("/charts/ranked/?metric=returned", id="chart-without-rows"),
        pytest.param("/method/", id="no-data"),
    ],
)
def test_page_without_data_is_told_as_no_dataset(client, record, address):
    assert head_of(client, address).data == []


def test_chart_is_told_with_its_columns(client, record):
    dataset = dataset_of(client, "/charts/claims/?country=NPL")

    assert dataset["spatialCoverage"]["name"] == "Nepal"
    assert len(dataset["description"]) >= 50
    assert len(dataset["variableMeasured"]) > 3
    assert {file["encodingFormat"] for file in dataset["distribution"]} == {
        "text/csv",
        "application/json",
        "image/svg+xml",
        "image/png",
    }


def test_name_cannot_end_the_data_block(client, record):
    CountryFactory(code="KEN", name="</script><script>alert(1)</script>&")
    FigureFactory(slug="ken-killed", country=CountryFactory(code="KEN"))

    page = client.get("/countries/KEN/").content.decode()

    block = re.search(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", page)[1]
    place = json.loads(block)["spatialCoverage"]
    assert place["name"] == "</script><script>alert(1)</script>&"
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("address", "status"),
    [pytest.param("/no/", 404, id="none"), pytest.param("/?side=both", 400, id="bad")],
)
def test_error_is_not_to_be_indexed_or_previewed(client, address, status):
    head = head_of(client, address, status)

    assert head.metas["robots"] == "noindex"
    assert "canonical" not in head.links
    assert "og:title" not in head.metas
