"""A few countries side by side: which, on what scale, and what of those without figures."""

import re
from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboard.charts.compare import compare_chart
from dashboard.forms import View
from recruitment.rebuilding import rebuild
from tests.factories import CountryFactory, EstimateFactory, FigureFactory, GroupFactory

VIEW = View(side="russia", metric="killed", policy="all", as_of=date(2024, 12, 31))


def estimate(code, **fields):
    return EstimateFactory.build(country=CountryFactory.build(code=code), **fields)


def chart(codes, *estimates):
    countries = [CountryFactory.build(code=code) for code in codes]
    return compare_chart(estimates, countries, VIEW)


def test_countries_keep_the_order_in_which_they_were_chosen():
    made = chart(["NPL", "IND", "KEN"], estimate("IND", best=99), estimate("NPL"))

    assert [row.name for row in made.rows] == ["Nepal", "India", "Kenya"]
    assert made.title == "Killed, Russian side: Nepal, India and Kenya"
    assert made.query.endswith("&country=NPL&country=IND&country=KEN")


def test_country_without_a_figure_stays_and_has_no_zero():
    made = chart(["NPL", "KEN"], estimate("NPL"))
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{made.drawings[0].inner}</svg>'

    links = ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}a")  # noqa: S314  # our own
    nepal, kenya = ([part.get("class") for part in link.iter()] for link in links)

    assert made.records()[1]["best"] is None
    assert made.summary == "Nepal: 19. Kenya: no figure."
    assert "hatch" in kenya
    assert "hatch" not in nepal
    assert "claimed" not in kenya
    assert made.has_gaps
    assert "////////" in [note["text"] for note in made.spec()["layout"]["annotations"]]


def test_country_whose_figures_are_too_old_says_so():
    made = chart(
        ["NPL"], estimate("NPL", low=None, best=None, high=None, reason="stale")
    )

    assert made.rows[0].value == "no current figure"
    assert made.rows[0].detail == "the last figure is too old to be current"


def page(client, query=""):
    answer = client.get(f"/compare/{query}")
    assert answer.status_code == 200
    return answer


def words(html):
    text = re.sub(r"<(option|title)\b.*?</\1>|<[^>]*>", " ", html)
    return " ".join(unescape(text).split())


@pytest.fixture
def record():
    for number, code in enumerate(["NPL", "IND", "KEN", "CUB", "LKA"], 1):
        country = CountryFactory(code=code)
        FigureFactory(country=country, low=number * 10, high=number * 10)
    FigureFactory(metric="serving", low=7, high=7)
    FigureFactory(country=GroupFactory(), low=900, high=900)
    rebuild()


@pytest.mark.django_db
def test_whole_choice_is_in_the_address(client, record):
    answer = page(client, "?country=nepal&country=CUB&metric=serving")

    assert [row.name for row in answer.context["chart"].rows] == ["Nepal", "Cuba"]
    assert answer.context["chart"].rows[0].best == 7
    html = answer.content.decode()
    assert html.count('type="checkbox" name="country"') == 2
    assert 'value="NPL" checked' in html
    assert '<option value="serving" selected>' in html
    assert '<option value="Kenya">' in html


@pytest.mark.django_db
def test_reader_who_has_chosen_nobody_sees_whom_the_ranking_begins_with(client, record):
    answer = page(client)

    names = [row.name for row in answer.context["chart"].rows]
    assert names == ["Sri Lanka", "Cuba", "Kenya", "India"]
    assert "Nobody is chosen yet" in words(answer.content.decode())
    assert 'type="checkbox" name="country"' not in answer.content.decode()


@pytest.mark.django_db
def test_chart_of_nobody_is_the_same_as_its_page(client, record):
    data = client.get("/charts/compare.json").json()

    assert [row["name"] for row in data["rows"]] == [
        "Sri Lanka",
        "Cuba",
        "Kenya",
        "India",
    ]
    assert "country=LKA&country=CUB" in data["page"]


@pytest.mark.django_db
def test_counts_so_far_and_states_of_a_day_stand_apart(client, record):
    html = page(client, "?country=NPL&country=IND").content.decode()
    table = words(html.split('id="counts"', 1)[1].split("</section>", 1)[0])

    assert (
        "Count Nepal India So far Killed 10 B 20 B On that day Serving 7 B no figure"
        in (table)
    )


@pytest.mark.django_db
def test_nothing_to_compare_is_no_zero(client):
    CountryFactory()

    text = words(page(client, "?country=NPL").content.decode())

    assert "Nepal: no figure." in text
    assert "For none of these countries has anybody given a figure" in text
    assert "Choose one country or more." in words(page(client).content.decode())


@pytest.mark.django_db
def test_six_countries_are_the_most(client, record):
    codes = ["NPL", "IND", "KEN", "CUB", "LKA", "FOREIGN"]
    six = "&".join(f"country={code}" for code in codes)

    assert 'list="known"' not in page(client, f"?{six}").content.decode()
    CountryFactory(code="PRK")
    assert client.get(f"/compare/?{six}&country=PRK").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["country=Atlantis", "side=both", "metric=offers"])
def test_unknown_value_is_not_understood(client, query):
    assert client.get(f"/compare/?{query}").status_code == 400
    assert client.get(f"/charts/compare.csv?{query}").status_code == 400


@pytest.mark.django_db
def test_number_of_queries_does_not_grow_with_countries_beyond_their_names(
    client, record
):
    asked = []
    for codes in (["NPL"], ["NPL", "IND", "KEN", "CUB"]):
        with CaptureQueriesContext(connection) as queries:
            page(client, "?" + "&".join(f"country={code}" for code in codes))
        asked.append(len(queries) - len(codes))

    # 1. the latest day  2. estimates with their ends  3. countries to choose from
    # 4. the revision
    assert asked[0] == asked[1] <= 4


@pytest.mark.django_db
def test_machines_are_told_which_countries_are_compared(client, record):
    html = client.get("/charts/compare/?country=NPL&country=IND").content.decode()

    for name in ("Nepal", "India"):
        assert re.search(rf'"@type":\s*"Place",\s*"name":\s*"{name}"', html)
