"""What `make test` says at the end of all that the tests printed."""

from deploy.test import summary

SAID = """\
tests/test_run.py .F                                                     [100%]
=========================== short test summary info ============================
SKIPPED [1] tests/test_run.py:7: No Chromium.
FAILED tests/test_run.py::test_two - assert 1 == 2
ERROR tests/test_run.py::test_three - fixture 'site' not found
=============== 1 failed, 1 passed, 1 skipped, 1 error in 0.12s ================
"""


def test_end_names_what_failed():
    assert summary(SAID) == [
        "FAILED tests/test_run.py::test_two - assert 1 == 2",
        "ERROR tests/test_run.py::test_three - fixture 'site' not found",
    ]


def test_end_of_a_run_that_broke_off_is_what_it_said_last():
    said = "".join(f"line {number}\n" for number in range(40))

    assert summary(said) == [f"line {number}" for number in range(30, 40)]
