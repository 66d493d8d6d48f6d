"""Releases through the API: what they hold, and files that never change."""

import hashlib

import pytest

from recruitment.publishing import publishing
from recruitment.rebuilding import rebuild
from recruitment.releasing import make_release
from tests.factories import FigureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with publishing("first"):
        FigureFactory(slug="npl-killed")
        rebuild()
    return make_release("The first one.")


def test_release_lists_its_files_with_their_sums(client, release):
    [row] = client.get("/api/v1/releases/").json()["results"]
    answer = client.get(f"/api/v1/releases/{release.slug}/")

    assert answer.json() == row
    assert row["note"] == "The first one."
    assert {"figures.csv", "datapackage.json"} <= {one["name"] for one in row["files"]}


def test_file_is_what_its_sum_says(client, release):
    for file in release.files:
        answer = client.get(f"/api/v1/releases/{release.slug}/{file['name']}")
        held = b"".join(answer.streaming_content)

        assert answer.status_code == 200
        assert hashlib.sha256(held).hexdigest() == file["sha256"]
        assert answer["Content-Type"].startswith(file["media_type"].partition(";")[0])


def test_file_is_not_sent_twice(client, release):
    address = f"/api/v1/releases/{release.slug}/figures.csv"
    first = client.get(address)
    b"".join(first.streaming_content)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert "immutable" in first["Cache-Control"]
    assert again.status_code == 304


def test_second_release_of_a_day_has_an_address(client, release):
    with publishing("second"):
        FigureFactory(slug="npl-later", as_of="2024-05-01")
        rebuild()
    second = make_release()

    assert second.slug == f"{release.slug}.2"
    assert client.get(f"/api/v1/releases/{second.slug}/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("figures.exe", id="no-such-file"),
        pytest.param("..%2F..%2Fetc%2Fpasswd", id="way-out"),
        pytest.param("%2Fetc%2Fpasswd", id="absolute"),
        pytest.param("figures.csv%00.json", id="nul-byte"),
    ],
)
def test_nothing_else_is_given(client, release, path):
    answer = client.get(f"/api/v1/releases/{release.slug}/{path}")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_unknown_release_is_not_found(client, release):
    assert client.get("/api/v1/releases/1999-01-01/figures.csv").status_code == 404
    assert client.get("/api/v1/releases/1999-01-01/").status_code == 404
