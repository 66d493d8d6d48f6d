"""Each request has an id, by which a reader and the log speak of the same thing."""

import logging
import re

import pytest

from config.requests import RequestIdFilter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("3f2a9c1e-7b64-4d0e-9f35-2c8a1b7d6e50", id="uuid"),
        pytest.param("a" * 8, id="shortest"),
        pytest.param("A" * 64, id="longest"),
    ],
)
def test_well_formed_id_is_taken_over(client, given):
    answer = client.get("/nowhere/", headers={"x-request-id": given})

    assert answer["x-request-id"] == given


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("", id="empty"),
        pytest.param("a" * 7, id="too-short"),
        pytest.param("a" * 65, id="too-long"),
        pytest.param("a" * 100_000, id="very-long"),
        pytest.param("abcdefgh\n", id="line-break"),
        pytest.param("abcd efgh", id="blank"),
        pytest.param("абвгґдеє", id="cyrillic"),
        pytest.param("١٢٣٤٥٦٧٨", id="arabic-digits"),
        pytest.param('abcdefgh"; x', id="quote"),
    ],
)
def test_any_other_id_is_replaced(client, given):
    answer = client.get("/nowhere/", headers={"x-request-id": given})

    assert re.fullmatch("[0-9a-f]{32}", answer["x-request-id"])


def test_two_requests_have_two_ids(client):
    ids = {client.get("/nowhere/")["x-request-id"] for _ in range(2)}

    assert len(ids) == 2


def test_redirect_has_an_id_too(client):
    assert "x-request-id" in client.get("/countries")


def test_log_lines_carry_the_id(client, caplog):
    caplog.handler.addFilter(RequestIdFilter())

    with caplog.at_level(logging.WARNING):
        answer = client.get("/nowhere/")

    [line] = caplog.records
    assert line.getMessage() == "Not Found: /nowhere/"
    assert line.request_id == answer["x-request-id"]
