"""What `make test` runs, and what it says at the end of all that the tests printed."""

from itertools import pairwise
from pathlib import Path

from deploy.test import MADE_UP, RUNS, summary
from tests.site import ROOT

SAID = """\
tests/test_run.py .F                                                     [100%]
=========================== short test summary info ============================
SKIPPED [1] tests/test_run.py:7: No Chromium.
FAILED tests/test_run.py::test_two - assert 1 == 2
ERROR tests/test_run.py::test_three - fixture 'site' not found
=============== 1 failed, 1 passed, 1 skipped, 1 error in 0.12s ================
"""


def test_what_one_run_leaves_out_another_runs():
    """Pytest ignores a file in an ignored folder, even one that it is given by name."""
    on_postgres = RUNS["of the record, on PostgreSQL"]
    ignored = [
        Path(value) for flag, value in pairwise(on_postgres) if flag == "--ignore"
    ]
    file, _, name = MADE_UP.partition("::")

    assert f"def {name}(" in (ROOT / file).read_text()
    assert Path("tests/recruitment") in Path(file).parents
    assert "tests/recruitment" in on_postgres
    assert not any(Path(file).is_relative_to(folder) for folder in ignored)


def test_end_names_what_failed():
    assert summary(SAID) == [
        "FAILED tests/test_run.py::test_two - assert 1 == 2",
        "ERROR tests/test_run.py::test_three - fixture 'site' not found",
    ]


def test_end_of_a_run_that_broke_off_is_what_it_said_last():
    said = "".join(f"line {number}\n" for number in range(40))

    assert summary(said) == [f"line {number}" for number in range(30, 40)]
