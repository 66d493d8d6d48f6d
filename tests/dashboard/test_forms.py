"""What a page shows: read from the address, and written back to it."""

from datetime import date

import pytest
from django.http import QueryDict

from dashboard.forms import BoardForm, CompareForm, View, ViewForm
from tests.factories import CountryFactory, FigureFactory

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


def test_board_is_of_both_sides_and_every_count_until_one_is_chosen():
    whole = BoardForm(QueryDict("side=&as_of=2024-12-31")).view()
    part = BoardForm(QueryDict("metric=missing&as_of=2024-12-31")).view()

    assert whole == View("", "", "all", DAY)
    assert whole.query() == "policy=all&as_of=2024-12-31"
    assert (whole.side_label, whole.metric_label) == ("Both sides", "Every count")
    assert part.metric_label == "Missing"


def compared(query):
    form = CompareForm(QueryDict(query))
    return form.errors.get("country"), form.is_valid() and form.subject()["countries"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        pytest.param("", [], id="none"),
        pytest.param("country=NPL&country=IND", ["NPL", "IND"], id="codes-in-order"),
        pytest.param("country=nepal&country=India", ["NPL", "IND"], id="names"),
        pytest.param("country=NPL&country=Nepal&country=", ["NPL"], id="once"),
    ],
)
def test_countries_to_compare_are_read_by_code_or_name(query, codes):
    for code in ("NPL", "IND"):
        CountryFactory(code=code)

    errors, countries = compared(query)

    assert errors is None
    assert [country.code for country in countries] == codes


def test_countries_that_are_unknown_or_too_many_are_refused_by_name():
    codes = ["NPL", "IND", "KEN", "CUB", "LKA", "GHA", "PRK"]
    for code in codes:
        CountryFactory(code=code)

    assert compared("country=Atlantis")[0] == ["There is no such country: Atlantis."]
    assert compared("country=%25")[0] == ["There is no such country: %."]
    assert compared("&".join(f"country={code}" for code in codes))[0] == [
        "Compare at most 6 countries."
    ]


def test_view_writes_several_countries_into_one_address():
    query = View("russia", "killed", "all", DAY).query(country=["NPL", "IND"])

    assert query.endswith("as_of=2024-12-31&country=NPL&country=IND")
