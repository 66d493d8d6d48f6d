"""The archive of all rows, and the command that writes the same files."""

import os
import zipfile

import pytest
from django.core.management import CommandError, call_command

from recruitment import exports
from recruitment.importing import import_dataset, write_rows
from tests.factories import JobFactory
from tests.recruitment import rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


@pytest.fixture
def loaded():
    assert not write_rows(rows.dataset(), reason="loaded").refusals


def silent(done, of):
    """Tell nobody."""


def test_archive_takes_its_name_with_its_job_alone(loaded, var):
    job = JobFactory(kind="export_rows")
    effect = exports.export_rows(job, silent)

    assert exports.path_of(job) is None
    job.result = effect()

    path = exports.path_of(job)
    assert job.result["rows"]["figures"] == 1
    assert job.result["bytes"] == path.stat().st_size
    assert [one.name for one in (var / "exports").iterdir()] == [path.name]


def test_equal_records_make_equal_archives(loaded):
    made = [exports.export_rows(JobFactory(kind="export_rows"), silent)() for _ in "12"]

    assert made[0]["sha256"] == made[1]["sha256"]


def test_progress_is_told_by_file(loaded):
    told = []

    exports.export_rows(JobFactory(), lambda done, of: told.append((done, of)))

    assert told == [(number, 9) for number in range(9)]


def test_archives_are_deleted_after_a_week_and_half_made_ones_too(loaded, var):
    old, new = JobFactory(kind="export_rows"), JobFactory(kind="export_rows")
    old.result = exports.export_rows(old, silent)()
    write_rows({"publishers": [rows.publisher("other")]}, reason="meanwhile")
    new.result = exports.export_rows(new, silent)()
    path = exports.path_of(old)
    half_made = var / "exports" / ".half"
    half_made.touch()
    for one in (path, half_made):
        os.utime(one, (0, 0))

    exports.forget_old()

    assert [*(var / "exports").iterdir()] == [exports.path_of(new)]
    assert exports.path_of(old) is None


def test_command_writes_what_the_import_takes_as_the_same(loaded, tmp_path, capsys):
    call_command("export_dataset", tmp_path / "rows")

    assert "figures: 1 rows" in capsys.readouterr().out
    report = import_dataset(tmp_path / "rows", dry_run=True)
    del report.outcomes["iso countries"]
    assert all(set(counts) == {"same"} for counts in report.outcomes.values())
    assert len(report.outcomes) == 9


def test_command_says_where_it_cannot_write(loaded, tmp_path):
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(CommandError, match="taken"):
        call_command("export_dataset", tmp_path / "taken")


def test_archive_is_one_that_any_program_opens(loaded):
    job = JobFactory(kind="export_rows")
    job.result = exports.export_rows(job, silent)()

    with zipfile.ZipFile(exports.path_of(job)) as archive:
        assert archive.testzip() is None
