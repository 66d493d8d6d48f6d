"""What two or more test modules share."""

import os

import pytest
from hypothesis import settings

settings.register_profile("quick", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser):
    parser.addoption(
        "--update-drawings",
        action="store_true",
        help="write the reference drawings anew; then look at the difference",
    )
    parser.addoption(
        "--chaos",
        action="store_true",
        help="kill workers fifty times, not a few, and take the broker away for a minute",
    )


@pytest.fixture(scope="session")
def var_dir(tmp_path_factory):
    """Give the folder in which the site keeps its state, from one start to the next."""
    return tmp_path_factory.mktemp("var")
