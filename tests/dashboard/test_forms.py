"""What a page shows: read from the address, and written back to it."""

from datetime import date

import pytest
from django.http import QueryDict

from dashboard.forms import View, ViewForm
from tests.factories import FigureFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 12, 31)


def view(query="", **defaults):
    return ViewForm(QueryDict(query)).view(**defaults)


def test_view_is_of_the_killed_on_the_russian_side_by_all_figures():
    FigureFactory(as_of="2024-03-14")

    assert view() == View("russia", "killed", "all", date(2024, 3, 14))


def test_view_is_what_the_address_asks_for():
    query = "side=ukraine&metric=serving&policy=no_party&as_of=2024-12-31"

    assert view(query) == View("ukraine", "serving", "no_party", DAY)


def test_view_takes_the_pages_defaults_where_the_address_is_silent():
    asked = view(
        "metric=missing&side=&as_of=2024-12-31", side="ukraine", metric="killed"
    )

    assert asked == View("ukraine", "missing", "all", DAY)


def test_view_writes_the_address_that_it_is_read_from():
    before = View("ukraine", "serving", "no_party", DAY)

    assert view(before.query()) == before
    assert view(before.query(side="russia")).side == "russia"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("side=both", "side", id="side"),
        pytest.param("metric=offers", "metric", id="metric-that-is-context"),
        pytest.param("metric=%00", "metric", id="nul-byte"),
        pytest.param("policy=none", "policy", id="policy"),
        pytest.param("as_of=2024-02-30", "as_of", id="no-such-day"),
        pytest.param("as_of=-1", "as_of", id="negative-day"),
        pytest.param(f"as_of={'9' * 5000}", "as_of", id="very-long-day"),
    ],
)
def test_form_refuses_by_name(query, name):
    form = ViewForm(QueryDict(query))

    assert list(form.errors) == [name]
    with pytest.raises(ValueError, match="The form is not valid"):
        form.view()
