"""What two or more test modules share."""

import os

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis

hypothesis.register_profile("quick", max_examples=50, deadline=None, derandomize=True)
hypothesis.register_profile("nightly", max_examples=2000, deadline=None)
hypothesis.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


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


def pytest_configure():
    """Hash passwords at once: that it is hard to do so is Django's to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
