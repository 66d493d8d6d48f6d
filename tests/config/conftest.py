"""Stores that are away."""

import socket

import pytest


@pytest.fixture
def deaf_server():
    """Give the URL of a store that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture
def no_server():
    """Give the URL of a store that takes no connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"
