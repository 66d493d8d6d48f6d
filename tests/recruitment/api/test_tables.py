"""A list as CSV and as NDJSON: the rows of its JSON, whole, in the same order."""

import io
import json

import pandas
import pytest

from tests.recruitment.api.reading import body, results, table
from tests.recruitment.api.record import KEYS, make_bare, make_record

pytestmark = pytest.mark.django_db

RESOURCES = [pytest.param(name, id=name) for name in KEYS]


@pytest.fixture(scope="module")
def record(kept_rows):
    with kept_rows():
        make_record(3)
        make_bare()
        yield


def leaves(value, names):
    """Give what is at the end of a path: one value, or those of every list passed."""
    for place, name in enumerate(names):
        if isinstance(value, list):
            return [leaf for one in value for leaf in _listed(one, names[place:])]
        value = value and value[name]
    return value


def _listed(value, names):
    found = leaves(value, names)
    return found if isinstance(found, list) else [found]


def as_text(value):
    if isinstance(value, list):
        return " | ".join(map(as_text, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    known = {None: "", True: "true", False: "false"}
    # A claimed 1 is no true.
    return (
        known[value] if value is None or value is True or value is False else str(value)
    )


@pytest.mark.parametrize("resource", RESOURCES)
def test_csv_holds_the_rows_of_the_json(client, record, resource):
    header, *rows = table(client, f"{resource}.csv")
    expected = results(client, f"{resource}/?page_size=500")

    assert len(rows) >= 3
    assert rows == [
        [as_text(leaves(row, path.split("."))) for path in header] for row in expected
    ]


@pytest.mark.parametrize("resource", RESOURCES)
def test_header_names_the_fields_that_can_be_asked_for(client, record, resource):
    header = table(client, f"{resource}.csv")[0]
    asked = f"fields={','.join(header)}"

    assert len(header) == len({*header}) >= 3
    assert body(client, f"{resource}.csv?{asked}") == body(client, f"{resource}.csv")
    assert body(client, f"{resource}.ndjson?{asked}") == body(
        client, f"{resource}.ndjson"
    )


@pytest.mark.parametrize("resource", RESOURCES)
def test_pandas_reads_the_csv_whole(client, record, resource):
    expected = results(client, f"{resource}/?page_size=500")

    frame = pandas.read_csv(io.BytesIO(body(client, f"{resource}.csv")))

    assert frame.shape == (len(expected), len(table(client, f"{resource}.csv")[0]))
    key = KEYS[resource]
    assert list(frame[key]) == [row[key] for row in expected]


@pytest.mark.parametrize("resource", RESOURCES)
def test_ndjson_holds_a_row_of_the_json_on_each_line(client, record, resource):
    lines = body(client, f"{resource}.ndjson").splitlines(keepends=True)

    assert all(line.endswith(b"}\n") for line in lines)
    assert [json.loads(line) for line in lines] == results(
        client, f"{resource}/?page_size=500"
    )


@pytest.mark.parametrize(
    ("suffix", "media_type", "name"),
    [
        pytest.param("csv", "text/csv", "figure.csv", id="csv"),
        pytest.param("ndjson", "application/x-ndjson", "figure.ndjson", id="ndjson"),
    ],
)
def test_table_can_be_asked_for_by_suffix_or_by_accept(
    client, record, suffix, media_type, name
):
    by_suffix = client.get(f"/api/v1/figures.{suffix}")
    by_accept = client.get("/api/v1/figures/", headers={"accept": media_type})

    assert b"".join(by_suffix) == b"".join(by_accept)
    for answer in (by_suffix, by_accept):
        assert answer["content-type"] == f"{media_type}; charset=utf-8"
        assert answer["content-disposition"] == f'attachment; filename="{name}"'
    assert "Accept" in by_accept["vary"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        pytest.param("*/*", "application/json", id="anything"),
        pytest.param("text/html,*/*;q=0.8", "application/json", id="browser"),
        pytest.param(
            "text/csv;q=0.9,application/json", "application/json", id="better"
        ),
        pytest.param("text/*", "text/csv; charset=utf-8", id="any-text"),
    ],
)
def test_list_comes_in_the_format_that_is_accepted(client, record, accept, media_type):
    answer = client.get("/api/v1/claimants/", headers={"accept": accept})

    assert answer["content-type"] == media_type


def test_json_can_be_asked_for_by_suffix(client, record):
    assert results(client, "claimants.json") == results(client, "claimants/")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("figures.xml", id="unknown-format"),
        pytest.param("figures/killed-0.csv", id="one-row"),
        pytest.param("estimates/npl-russia-killed/explain.csv", id="explanation"),
        pytest.param("problems.csv", id="problems"),
        pytest.param(".csv", id="root"),
    ],
)
def test_what_is_no_list_of_rows_has_no_table(client, record, path):
    assert client.get(f"/api/v1/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("", id="root"),
        pytest.param("figures/killed-0/", id="one-row"),
        pytest.param("estimates/npl-russia-killed/explain/", id="explanation"),
        pytest.param("series/", id="series"),
        pytest.param("summary/", id="summary"),
        pytest.param("codebook/", id="codebook"),
    ],
)
@pytest.mark.parametrize("accept", ["text/csv", "application/x-ndjson"])
def test_what_is_no_list_of_rows_is_json_alone(client, record, path, accept):
    answer = client.get(f"/api/v1/{path}", headers={"accept": accept})

    assert answer.status_code == 406
    assert answer.json()["detail"] == "Available: application/json."


def test_refusal_of_a_table_is_a_problem(client):
    answer = client.get("/api/v1/figures.csv?side=neither")

    assert answer.status_code == 400
    assert answer["content-type"] == "application/problem+json"


def test_mark_for_excel_comes_only_when_asked_for(client):
    plain, marked = (
        body(client, "publishers.csv"),
        body(client, "publishers.csv?excel=1"),
    )

    assert marked == b"\xef\xbb\xbf" + plain
    assert not plain.startswith(b"\xef")


@pytest.mark.parametrize("value", ["0", "true", "yes", "11"])
def test_excel_is_one_or_left_out(client, value):
    answer = client.get(f"/api/v1/publishers.csv?excel={value}")

    assert answer.status_code == 400
    assert answer.json()["errors"] == {"excel": ["Give 1, or leave it out."]}
