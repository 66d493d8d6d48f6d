"""Releases: all that is public, row for row as the API has it, frozen and hashed."""

import csv
import hashlib
import io
import json
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from recruitment import estimates, jobs, packaging, revisions, running
from recruitment.choices import JobKind, JobState
from recruitment.models import Conflict, Estimate, Release, Revision
from recruitment.publishing import publishing
from recruitment.rebuilding import rebuild
from recruitment.releasing import (
    ReleaseRefusedError,
    faults_of,
    make_release,
    path_of,
)
from tests.factories import (
    CountryFactory,
    FigureFactory,
    GroupFactory,
    IncentiveFactory,
    MethodFactory,
    PresenceFactory,
    ResponseFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TABLES = [
    *("countries", "publishers", "sources", "claimants", "figures", "responses"),
    *("incentives", "methods", "presence", "citations", "estimates", "contradictions"),
]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """Stop the clock at a noon."""
    monkeypatch.setattr(revisions.timezone, "now", lambda: NOON)


@pytest.fixture
def record():
    """Publish a record with a row of each kind, a contradiction, and a draft."""
    with publishing("a record"):
        nepal = CountryFactory(names={"ru": "Непал"})
        GroupFactory(members=[nepal])
        figure = FigureFactory(slug="nineteen", summary='=SUM(1) said "19".')
        FigureFactory(low=11, high=11, as_of="2024-06-01", variant_of=None)
        FigureFactory(slug="held-back", draft=True)
        for factory in (ResponseFactory, IncentiveFactory, PresenceFactory):
            factory()
        MethodFactory(countries=[nepal, CountryFactory(code="IND")])
        rebuild()
    assert Conflict.objects.exists()
    return figure


def folder(var_dir, slug="2026-11-22"):
    return var_dir / "releases" / slug


def contents(var_dir, slug="2026-11-22"):
    return {path.name: path.read_bytes() for path in folder(var_dir, slug).iterdir()}


@pytest.mark.parametrize("table", TABLES)
def test_table_is_the_apis_byte_for_byte(record, var_dir, client, table):
    make_release()

    for ending in ("csv", "ndjson"):
        answer = client.get(f"/api/v1/{table}.{ending}")
        told = b"".join(answer.streaming_content)

        assert answer.status_code == 200
        assert contents(var_dir)[f"{table}.{ending}"] == told
        assert told.count(b"\n") > (ending == "csv")


def test_estimates_over_time_are_all_there_are_in_the_columns_of_a_days(
    record, var_dir
):
    make_release()

    files = contents(var_dir)
    over_time, of_day = (
        [*csv.reader(io.StringIO(files[f"{name}.csv"].decode()))]
        for name in ("estimates-over-time", "estimates")
    )
    assert over_time[0] == of_day[0]
    assert len(over_time) - 1 == Estimate.objects.count() > len(of_day) - 1
    assert len({tuple(row) for row in over_time}) == len(over_time)
    assert {tuple(row) for row in of_day} <= {tuple(row) for row in over_time}


def test_no_file_of_a_release_names_a_draft(record, var_dir):
    make_release()

    with ZipFile(folder(var_dir) / "muster-2026-11-22.zip") as packed:
        told = [packed.read(name) for name in packed.namelist()]
    assert not any(
        b"held-back" in text for text in [*told, *contents(var_dir).values()]
    )


def test_release_is_a_revision_of_its_own(record):
    release = make_release("The first.")

    assert (release.slug, release.made_at) == ("2026-11-22", NOON)
    assert release.revision == revisions.current() == Revision.objects.get(number=2)
    assert not release.revision.changes.exists()
    assert (release.rules_version, release.note) == ("r1", "The first.")


def test_release_says_the_size_hash_and_rows_of_each_file(record, var_dir):
    release = make_release()

    files = contents(var_dir)
    assert [file["name"] for file in release.files[-4:]] == [
        *("README.txt", "datapackage.json", "SHA256SUMS", "muster-2026-11-22.zip")
    ]
    assert {file["name"]: file["bytes"] for file in release.files} == {
        name: len(content) for name, content in files.items()
    }
    for file in release.files:
        content = files[file["name"]]
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        if file["name"].endswith(".ndjson"):
            assert file["rows"] == content.count(b"\n")
    rows = {file["name"]: file["rows"] for file in release.files}
    assert (rows["figures.csv"], rows["figures.ndjson"]) == (2, 2)
    assert rows["README.txt"] is None


def test_sums_and_archive_hold_every_other_file(record, var_dir):
    make_release()

    files = contents(var_dir)
    archive = files.pop("muster-2026-11-22.zip")
    with ZipFile(io.BytesIO(archive)) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    assert held == {f"muster-2026-11-22/{name}": files[name] for name in files}
    sums = files.pop("SHA256SUMS").decode().splitlines()
    assert dict(reversed(line.split("  ")) for line in sums) == {
        name: hashlib.sha256(files[name]).hexdigest() for name in files
    }


def test_equal_records_give_equal_bytes(record, var_dir):
    with transaction.atomic():
        make_release()
        first = contents(var_dir)
        transaction.set_rollback(True)
    folder(var_dir).rename(var_dir / "first")

    make_release()

    assert contents(var_dir) == first


def test_release_that_is_forced_differs_in_name_and_number_alone(record, var_dir):
    make_release()

    again = make_release(force=True)

    first, second = contents(var_dir), contents(var_dir, "2026-11-22.2")
    assert again.slug == "2026-11-22.2"
    for name in first.keys() & second.keys() - {"README.txt", "SHA256SUMS"}:
        renamed = second[name].replace(b"2026-11-22.2", b"2026-11-22")
        if name == "datapackage.json":
            renamed = renamed.replace(b"revision 3", b"revision 2")
            renamed = renamed.replace(b'"revision": 3', b'"revision": 2')
        assert renamed == first[name]


def test_release_of_what_the_last_one_holds_is_refused(record, var_dir):
    make_release()

    with pytest.raises(
        ReleaseRefusedError, match="2026-11-22 holds revision 2 already"
    ):
        make_release()

    assert Release.objects.count() == 1
    assert revisions.current().number == 2


def test_release_is_made_again_once_anything_was_published(record):
    make_release()
    with publishing("an address"):
        SourceFactory(slug="another")

    assert make_release().slug == "2026-11-22.2"


def test_release_of_an_empty_record_is_refused():
    with pytest.raises(ReleaseRefusedError, match="Nothing is published yet"):
        make_release()


def test_release_of_estimates_by_older_rules_is_refused(record, monkeypatch):
    monkeypatch.setattr(estimates, "RULES_VERSION", "r2")

    with pytest.raises(ReleaseRefusedError, match="by the rules r2"):
        make_release()


def test_release_that_fails_leaves_nothing_behind(record, var_dir, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(packaging, "readme", fail)

    with pytest.raises(OSError, match="disk full"):
        make_release()

    assert list((var_dir / "releases").iterdir()) == []
    assert not Release.objects.exists()
    assert revisions.current().number == 1


def test_release_takes_no_folder_that_is_there_already(record, var_dir):
    folder(var_dir).mkdir(parents=True)

    assert make_release().slug == "2026-11-22.2"


def test_data_package_describes_every_column_and_its_keys_hold(record, var_dir):
    make_release()

    files = contents(var_dir)
    package = json.loads(files["datapackage.json"])
    tables, schemas = {}, {}
    for resource in package["resources"]:
        held = files[resource["path"]]
        assert resource["hash"] == f"sha256:{hashlib.sha256(held).hexdigest()}"
        if resource["format"] == "csv":
            name = resource["name"]
            tables[name] = [*csv.DictReader(io.StringIO(held.decode()))]
            schemas[name] = resource["schema"]
    assert tables.keys() == {*TABLES, "estimates-over-time"}
    for name, schema in schemas.items():
        columns = [field["name"] for field in schema["fields"]]
        assert columns == list(tables[name][0])
        assert all(field["description"] for field in schema["fields"])
        keys = [tuple(row[one] for one in schema["primaryKey"]) for row in tables[name]]
        assert len(set(keys)) == len(keys)
        for key in schema["foreignKeys"]:
            [column], reference = key["fields"], key["reference"]
            known = {
                row[reference["fields"][0]] for row in tables[reference["resource"]]
            }
            assert {row[column] for row in tables[name]} - {""} <= known
    assert [key["fields"] for key in schemas["figures"]["foreignKeys"]] == [
        *(["country.code"], ["claimant.slug"], ["evidence_origin.slug"])
    ]


def test_data_package_tells_numbers_days_and_vocabularies(record, var_dir):
    make_release()

    package = json.loads(contents(var_dir)["datapackage.json"])
    figures = next(one for one in package["resources"] if one["name"] == "figures")
    fields = {field["name"]: field for field in figures["schema"]["fields"]}
    assert fields["low"]["type"] == "integer"
    assert fields["as_of"]["type"] == "date"
    assert fields["countable"]["type"] == "boolean"
    assert fields["side"]["constraints"]["enum"] == ["russia", "ukraine"]
    assert fields["slug"]["constraints"] == {"required": True}
    # Lists of values in one cell, whatever the values are.
    assert fields["citations.source.published"]["type"] == "string"
    assert "constraints" not in fields["citations.role"]


def test_readme_says_what_it_is_how_to_cite_it_and_what_is_new(record, var_dir):
    make_release("Two pages were read again.")

    told = contents(var_dir)["README.txt"].decode()
    assert "Two pages were read again." in told
    assert "Release 2026-11-22" in told
    assert "CC BY 4.0" in told
    assert "2024-06-01" in told
    assert "figures                          2 rows" in told
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        pytest.param(
            lambda path: path.write_bytes(b"x"), "figures.csv has changed", id="changed"
        ),
        pytest.param(
            lambda path: path.unlink(), "figures.csv is missing", id="missing"
        ),
        pytest.param(
            lambda path: path.with_name("more.csv").touch(),
            "more.csv is no part of it",
            id="more",
        ),
    ],
)
def test_verifying_tells_each_file_that_is(record, var_dir, harm, fault):
    release = make_release()
    assert list(faults_of(release)) == []

    harm(folder(var_dir) / "figures.csv")

    assert list(faults_of(release)) == [fault]


def test_path_is_given_for_the_files_of_a_release_alone(record, var_dir):
    make_release()
    (folder(var_dir) / "stray.txt").touch()
    (folder(var_dir) / "sources.csv").unlink()

    assert path_of("2026-11-22", "figures.csv") == folder(var_dir) / "figures.csv"
    for slug, name in [
        ("2026-11-22", "stray.txt"),
        ("2026-11-22", "sources.csv"),
        ("2026-11-22", "../2026-11-22/figures.csv"),
        ("2026-11-22", "/etc/passwd"),
        ("..", "figures.csv"),
        ("2026-11-23", "figures.csv"),
    ]:
        assert path_of(slug, name) is None


def test_job_makes_a_release_once(record):
    told = []
    for _ in range(2):
        job = jobs.ask(JobKind.MAKE_RELEASE, note="By night.")
        running.run(job.pk)
        job.refresh_from_db()
        told.append((job.state, job.result.get("release")))

    assert told == [(JobState.DONE, "2026-11-22"), (JobState.DONE, None)]
    assert str(Release.objects.get()) == "2026-11-22"


def test_commands_make_and_verify_a_release(record, var_dir, capsys):
    call_command("make_release", note="The first.")
    call_command("verify_release", "2026-11-22")

    told = capsys.readouterr().out
    assert "Release 2026-11-22 is made." in told
    assert "2026-11-22: holds" in told
    with pytest.raises(CommandError, match="already"):
        call_command("make_release")
    with pytest.raises(CommandError, match=r"no release 2026-11-23\."):
        call_command("verify_release", "2026-11-23")
    (folder(var_dir) / "figures.csv").unlink()
    with pytest.raises(CommandError, match="1 of 1 releases fail"):
        call_command("verify_release")
    assert "FAILS: figures.csv is missing" in capsys.readouterr().out
