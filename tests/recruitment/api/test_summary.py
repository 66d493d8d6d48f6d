"""The front page in one call."""

import pytest

from recruitment.rebuilding import rebuild
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
)

pytestmark = pytest.mark.django_db


def test_summary_ranks_countries_by_what_is_best_known(client):
    claimant = ClaimantFactory(country=None, kind="ngo")
    for code, changes in {
        "NPL": {"low": 5, "high": 5},
        "IND": {"low": None, "high": 7, "qualifier": "up_to"},
        "CUB": {"low": 9, "high": None, "qualifier": "at_least"},
        "RUS": {"low": 1000, "high": 1000},  # no foreigners on this side
        "KEN": {"low": 8, "high": 8, "side": "ukraine"},
    }.items():
        FigureFactory(country=CountryFactory(code=code), claimant=claimant, **changes)
    rebuild()

    answer = client.get("/api/v1/summary/").json()

    ranked = [row["country"]["code"] for row in answer["countries"]]
    assert ranked == ["CUB", "IND", "NPL"]
    assert (answer["side"], answer["metric"], answer["policy"]) == (
        *("russia", "killed", "all"),
    )
    assert answer["as_of"] == "2024-03-14"
    assert answer["counts"]["figures"] == 5


def test_summary_shows_six_of_the_newest_and_of_the_widest(client):
    codes = ["NPL", "IND", "CUB", "KEN", "LKA", "GHA", "TGO", "CMR"]
    for place, code in enumerate(codes, 1):
        country = CountryFactory(code=code)
        figure = FigureFactory(
            slug=f"figure-{place}", country=country, as_of=f"2024-03-{place:02}"
        )
        EstimateFactory(
            country=country, low=10, best=None, high=10 * place, low_figure=figure
        )
    FigureFactory(slug="not-counted", countable=False, as_of="2024-03-14")

    answer = client.get("/api/v1/summary/?as_of=2024-03-14").json()

    assert [row["slug"] for row in answer["newest"]] == [
        f"figure-{place}" for place in (8, 7, 6, 5, 4, 3)
    ]
    assert [row["high"] for row in answer["widest"]] == [80, 70, 60, 50, 40, 30]
    assert len(answer["countries"]) == len(codes)
