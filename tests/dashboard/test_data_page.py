"""The data page's quickstart does what it says, and the codebook leaves nothing out."""

import csv
import html
import io
import re
import subprocess
import sys

import pytest

from recruitment.api.codebook import resources, vocabularies
from recruitment.api.shapes import shape_of
from recruitment.api.urls import router
from recruitment.publishing import publishing
from recruitment.rebuilding import rebuild
from recruitment.releasing import make_release
from tests.factories import CountryFactory, FigureFactory


@pytest.fixture
def record(transactional_db):
    FigureFactory(slug="npl-killed")
    FigureFactory(slug="npl-serving", metric="serving")
    FigureFactory(slug="ind-killed", country=CountryFactory(code="IND"))
    rebuild()


def blocks(client, live_server, language):
    page = client.get("/data/", headers={"host": live_server.url.partition("//")[2]})
    found = re.findall(
        rf'<pre data-run="{language}"[^>]*><code>(.*?)</code></pre>',
        page.content.decode(),
        re.DOTALL,
    )
    return [html.unescape(block) for block in found]


def test_every_curl_command_answers(client, live_server, record, tmp_path):
    [commands] = blocks(client, live_server, "curl")

    done = subprocess.run(
        ["bash", "-euc", commands.replace("curl -s", "curl -sS --fail-with-body")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert commands.count("curl") == 4
    assert '"figures":[{"figure":{"slug":"npl-killed"' in done.stdout
    table = list(csv.DictReader(io.StringIO((tmp_path / "nepal.csv").read_text())))
    assert [row["slug"] for row in table] == ["npl-killed"]


def test_python_code_runs(client, live_server, record):
    [code] = blocks(client, live_server, "python")

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert re.search(r"^Nepal +1$", done.stdout, re.MULTILINE), done.stdout


def test_codebook_describes_exactly_the_columns_of_each_table():
    described = {one.name: [field.path for field in one.fields] for one in resources()}

    assert described == {
        name: shape_of(view.serializer_class).paths()
        for name, view, _ in router.registry
        if getattr(view, "serializer_class", None)
    }


def test_codebook_has_a_meaning_for_everything():
    nameless = [
        f"{one.name}: {field.path}"
        for one in resources()
        for field in one.fields
        if not field.means
    ]
    lists = [one.name for one in vocabularies() if not one.means]

    assert (nameless, lists) == ([], [])


@pytest.mark.django_db
def test_codebook_page_shows_every_field_and_every_value(client):
    page = client.get("/codebook/").content.decode()

    for resource in resources():
        assert f'id="{resource.name}"' in page
        assert all(f"<code>{field.path}</code>" in page for field in resource.fields)
    for vocabulary in vocabularies():
        assert all(f"<code>{word.value}</code>" in page for word in vocabulary.words)


@pytest.mark.django_db
def test_codebook_as_json_is_the_page(client):
    answer = client.get("/api/v1/codebook/").json()

    assert [one["name"] for one in answer["resources"]] == [
        one.name for one in resources()
    ]
    assert len(answer["vocabularies"]) == len(vocabularies())


@pytest.mark.django_db
def test_data_page_leads_to_each_release(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with publishing("first"):
        FigureFactory(slug="npl-killed")
        rebuild()
    before = client.get("/data/").content.decode()
    release = make_release("For the archive.")

    page = client.get("/data/").content.decode()

    assert "No release has been made" in before
    assert "For the archive." in page
    [archive] = re.findall(r'href="([^"]+\.zip)"', page)
    answer = client.get(archive)
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert release.archive in archive
