"""Somebody logged in at the desk, by role."""

import pytest
from django.test import Client

from tests.factories import PersonFactory


@pytest.fixture
def as_role(db):
    """Give a function that logs somebody in: by a role, or as a second one of it."""

    def log_in(name):
        client = Client()
        if name:
            client.force_login(PersonFactory(username=name))
        return client

    return log_in


@pytest.fixture
def editor(as_role):
    return as_role("editor")


@pytest.fixture
def publisher(as_role):
    return as_role("publisher")
