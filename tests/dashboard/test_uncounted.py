"""What a reader learns about counts that nobody has made."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboard.uncounted import REASONS, Gap, by_reason
from recruitment import wording
from recruitment.choices import Evidence, Interest
from recruitment.rebuilding import rebuild
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    PresenceFactory,
    RussianMinistryFactory,
)

pytestmark = pytest.mark.django_db


def page(client, query=""):
    answer = client.get(f"/uncounted/{query}")
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return "<main" + main


def words(html):
    text = re.sub(r"<(option|title)\b.*?</\1>|<[^>]*>", " ", html)
    return " ".join(unescape(text).split())


def section(client, name, query=""):
    found = page(client, query).split(f'<section class="card" id="{name}">')[1:]
    return words(found[0].split("</section>", 1)[0]) if found else ""


def test_country_that_is_only_named_is_told_with_its_evidence(client):
    PresenceFactory(country=CountryFactory(code="BTN"), side="russia")

    text = section(client, "named")

    assert (
        "Bhutan , Russian side. Nepalis serve in Ukraine's International Legion."
        in text
    )
    assert "Ministry of Foreign Affairs of Nepal The Kathmandu Post" in text


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="for-the-same-side"),
        pytest.param({"metric": "arrested"}, id="only-context"),
    ],
)
def test_country_with_any_figure_is_not_only_named(client, fields):
    PresenceFactory(side="russia")
    FigureFactory(**fields)
    rebuild()

    assert "Every country that somebody names here has a figure" in section(
        client, "named"
    )


def test_country_counted_on_one_side_is_still_only_named_on_the_other(client):
    PresenceFactory(side="ukraine")
    FigureFactory()
    rebuild()

    assert "Nepal , Ukrainian side." in section(client, "named")
    assert "Nepal" not in section(client, "named", "?side=russia")


STALE = {"metric": "serving", "as_of": "2023-01-01"}
PARTY = {"evidence": Evidence.STATEMENT, "interest": Interest.WITH, "credibility": 3}


@pytest.mark.parametrize(
    ("reason", "fields"),
    [
        pytest.param("stale", STALE, id="too-old"),
        pytest.param(
            "subset_only", {"scope": "subset", "scope_note": "one unit"}, id="part"
        ),
        pytest.param(
            "party_only", PARTY | {"claimant": RussianMinistryFactory}, id="party"
        ),
        pytest.param("weak_only", {"credibility": 6}, id="weak"),
        pytest.param("range_only", {"high": 40, "qualifier": "range"}, id="range"),
    ],
)
def test_count_without_a_best_figure_is_told_with_its_reason(client, reason, fields):
    FigureFactory(
        **{name: one() if callable(one) else one for name, one in fields.items()}
    )
    FigureFactory(country=CountryFactory(code="IND"), as_of="2024-12-31")
    rebuild()

    text = section(client, reason)

    assert text.startswith(REASONS[reason][0])
    assert "Nepal ," in text
    assert "19" in text
    assert "The Kathmandu Post" in text
    assert "India" not in text


def test_every_reason_of_an_estimate_without_a_best_has_words():
    with_a_best = {"corroborated", "floor_raised", *(f"tier_{n}" for n in range(1, 5))}

    assert {*wording.REASONS} - with_a_best == {*REASONS}


def test_policy_that_leaves_out_every_figure_says_so(client):
    FigureFactory(claimant=RussianMinistryFactory(), evidence=Evidence.CUSTODY)
    FigureFactory(country=CountryFactory(code="IND"))
    rebuild()

    text = section(client, "no_figure", "?policy=no_party")

    assert "Nepal , killed, Russian side nothing 19 , Ministry of Defence" in text
    assert section(client, "no_figure") == ""


def test_nothing_missing_is_printed_as_zero(client):
    FigureFactory(low=0, high=0, scope="subset", scope_note="one network")
    FigureFactory(country=CountryFactory(code="IND"), **STALE)
    PresenceFactory(country=CountryFactory(code="BTN"))
    rebuild()

    for query in ("", "?side=ukraine", "?metric=missing", "?policy=no_party"):
        assert not re.search(r"(?<![\d,])0(?![\d,])", words(page(client, query)))
    assert "nobody was found none found of a part" in section(client, "subset_only")


def test_large_claims_come_first_and_many_are_folded_away():
    gaps = [
        Gap(
            EstimateFactory.build(
                key=f"k{n}", low=n, high=None, country=CountryFactory.build()
            ),
            "stale",
        )
        for n in range(1, 14)
    ]

    [reason] = by_reason(gaps)

    assert [gap.estimate.low for gap in reason.first] == list(range(13, 3, -1))
    assert [gap.estimate.low for gap in reason.others] == [3, 2, 1]


def test_claim_nearest_to_a_count_is_the_newest_where_no_end_is_set(client):
    FigureFactory(**STALE, low=5, high=5)
    FigureFactory(**STALE | {"as_of": "2023-06-01"}, low=7, high=7)
    FigureFactory(country=CountryFactory(code="IND"), as_of="2024-12-31")
    rebuild()

    text = section(client, "stale")

    assert (
        "no current figure 7 , Ministry of Foreign Affairs of Nepal, 1 Jun 2023" in text
    )


def test_map_leads_to_the_country_that_is_only_named(client):
    PresenceFactory(side="russia")
    PresenceFactory(side="russia", claimant=ClaimantFactory(slug="another"))

    assert page(client, "?side=russia").count('id="named-NPL"') == 1


def test_countries_that_nobody_names_are_only_counted(client):
    for code in ("NPL", "IND", "KEN", "RUS", "UKR"):
        CountryFactory(code=code)
    FigureFactory()
    PresenceFactory(country=CountryFactory(code="IND"))
    rebuild()

    text = section(client, "unnamed")

    assert "About 1 other country the record has neither a figure nor a name." in text
    assert "Kenya" not in text
    assert "About 2 other countries" in section(client, "unnamed", "?side=russia")


def test_record_without_gaps_says_so(client):
    FigureFactory()
    rebuild()

    text = words(page(client))

    assert "Every count here has a best figure." in text
    assert "Every country is counted or named." in text


@pytest.mark.parametrize("query", ["?side=both", "?metric=offers", "?policy=none"])
def test_unknown_value_is_not_understood(client, query):
    assert client.get(f"/uncounted/{query}").status_code == 400


@pytest.mark.parametrize("rows", [2, 9])
def test_number_of_queries_does_not_grow_with_rows(client, rows):
    for code in ["NPL", "IND", "KEN", "CUB", "LKA", "GHA", "PRK", "UZB", "TJK"][:rows]:
        country = CountryFactory(code=code)
        FigureFactory(country=country, **STALE)
        PresenceFactory(
            country=country,
            side="ukraine",
            claimant=ClaimantFactory(slug=f"c-{code}".lower()),
        )
    FigureFactory(as_of="2024-12-31")
    rebuild()

    with CaptureQueriesContext(connection) as queries:
        client.get("/uncounted/")

    # 1. the latest day  2. estimates without a best  3. newest figures  4. the nearest
    # claims  5. to 6. their citations  7. to 10. who is named, side by side, with citations
    # 11. how many are not  12. the revision
    assert len(queries) <= 12
