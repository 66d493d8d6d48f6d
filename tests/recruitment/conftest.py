"""What two or more modules below share."""

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.factories import ClaimantFactory, SourceFactory
from tests.recruitment.pages import serving


@pytest.fixture(scope="session")
def kept_rows(django_db_setup, django_db_blocker):
    """Give a context whose rows stay for several tests that only read them."""

    @contextmanager
    def keep():
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return keep


@pytest.fixture(scope="module")
def loaded(kept_rows):
    """Load the fixtures into an empty database, once for a module."""
    with kept_rows():
        call_command("load_fixtures", verbosity=0)
        yield


@pytest.fixture
def server():
    """Run a web server of ours; `answers` says what it sends for a path."""
    with serving() as server:
        yield server


@pytest.fixture
def cited_source():
    """What a row of rows.py points at: Nepal, its ministry, a page of its newspaper."""
    ClaimantFactory(slug="nepal-foreign-ministry")
    return SourceFactory(slug="nepalis-killed")
