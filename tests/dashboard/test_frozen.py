"""Every kind of chart as a revision had it, whatever the record says now."""

import re

import pytest

from dashboard.charts.kinds import KINDS
from recruitment.models import Figure, Incentive, Presence, Response, Source
from recruitment.publishing import publishing
from recruitment.rebuilding import rebuild
from recruitment.revisions import current
from tests.drafts import make_published
from tests.factories import (
    CitationFactory,
    CountryFactory,
    FigureFactory,
    IncentiveFactory,
    PresenceFactory,
    PublisherFactory,
    ResponseFactory,
    RussianMinistryFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

VIEW = "side=russia&metric=killed&policy=all&as_of=2024-04-30"
NEPAL = f"country=NPL&{VIEW}"
PAGE = "kathmandu-post-2024-03-14-nepalis-killed"
# kind: what it is asked for, and how many changes its rows have seen by `change()`
ASKED = {
    "ranked": (VIEW, 2),  # Nepal's estimate, and a new one
    "map": (VIEW, 3),  # and Chad, which is named
    "dispersion": (VIEW, 2),
    "compare": (f"{NEPAL}&country=LKA", 2),
    "claims": (NEPAL, 2),  # one figure is new, one reads otherwise
    "over-time": (NEPAL, 3),
    "figure": ("figure=npl-killed", 1),
    "claimant": ("claimant=nepal-foreign-ministry&side=russia&metric=killed", 3),
    "responses": ("country=NPL", 1),
    "incentives": ("side=russia", 1),
    "lineage": ("figure=npl-killed", 4),
}
EMBEDS = {kind: f"/embed/{kind}/?{asked}" for kind, (asked, _) in ASKED.items()}


@pytest.fixture
def first():
    """Publish a small record; give the revision that shows it."""
    with publishing("first"):
        make_published()
        ministry = RussianMinistryFactory()
        FigureFactory(
            slug="npl-claimed", low=90, high=90, claimant=ministry, interest="with"
        )
        PresenceFactory(slug="lka-presence", country=CountryFactory(code="LKA"))
        rebuild()
    return current()


def change():
    """Publish something about whatever a chart may show."""
    with publishing("second"):
        killed = Figure.objects.get(slug="npl-killed")
        killed.low = killed.high = 12
        killed.summary = "The ministry said that it had counted twice."
        killed.save()
        FigureFactory(slug="npl-more", low=60, high=60, as_of="2024-04-20")
        lanka = CountryFactory(code="LKA", name="Sri Lanka")
        FigureFactory(slug="lka-killed", country=lanka, low=5, high=5)
        chad = CountryFactory(code="TCD", name="Chad")
        PresenceFactory(slug="tcd-presence", country=chad, side="russia")
        ResponseFactory(slug="npl-second-response", date="2024-04-01")
        IncentiveFactory(slug="npl-second-incentive", amount_low=1, amount_high=9)
        agency = PublisherFactory(slug="agency", name="Agency")
        base = SourceFactory(slug="agency-first", publisher=agency)
        page = Source.objects.get(slug=PAGE)
        page.derived_from.add(base)
        copy = SourceFactory(slug="agency-copy", publisher=agency)
        CitationFactory(figure=killed, source=copy)
        rebuild()


def drawn(client, address):
    """Give the chart of an embed as it stands in the page: words, drawings and links."""
    page = client.get(address).content.decode()
    [chart] = re.findall(r"<figure class=\"chart\".*?</figure>", page, re.DOTALL)
    return re.sub(r' data-plotly="[^"]*"', "", chart)


def values(answer):
    return set(re.findall(r'class="value"[^>]*>([^<]+)<', answer.content.decode()))


def test_every_kind_of_chart_is_tried():
    assert ASKED.keys() == KINDS.keys()


# All kinds in one test: to make the record takes longer than to draw it.
def test_chart_at_the_newest_revision_is_the_live_one(client, first):
    for address in EMBEDS.values():
        frozen = drawn(client, f"{address}&frozen={first.number}")

        assert frozen == drawn(client, address), address


def test_frozen_map_of_a_day_before_the_first_claim_is_the_live_one(client, first):
    address = EMBEDS["map"].replace("2024-04-30", "2024-02-01")

    assert drawn(client, f"{address}&frozen={first.number}") == drawn(client, address)


def test_frozen_chart_stays_and_counts_what_changed(client, first):
    before = {kind: drawn(client, address) for kind, address in EMBEDS.items()}
    change()

    for kind, address in EMBEDS.items():
        old = client.get(f"{address}&frozen={first.number}").content.decode()
        told = re.search(r"(\d+) changes? since this was frozen", old)
        assert drawn(client, f"{address}&frozen={first.number}") == before[kind], kind
        assert int(told[1]) == ASKED[kind][1], kind
        assert drawn(client, address) != before[kind], kind
        now = drawn(client, f"{address}&frozen={current().number}")
        assert now == drawn(client, address), kind


def test_what_was_taken_back_is_in_no_frozen_chart(client, first):
    for model in (Figure, Response, Incentive, Presence):
        model.objects.update(status="draft", status_reason="low_confidence")
    rebuild()

    for kind, address in EMBEDS.items():
        answer = client.get(f"{address}&frozen={first.number}")
        if kind in ("figure", "lineage"):
            assert answer.status_code == 400, kind
        elif kind == "compare":
            assert values(answer) == {"no figure"}
        else:
            assert "Nothing to draw" in answer.content.decode(), kind


def test_figure_that_came_later_is_in_no_earlier_chart(client, first):
    with publishing("second"):
        FigureFactory(slug="npl-later", low=60, high=60)

    for kind in ("figure", "lineage"):
        page = client.get(
            f"/embed/{kind}/?figure=npl-later&frozen={first.number}"
        ).content.decode()

        assert "The record did not have" in page
        assert "60" not in re.findall(r"<h1.*?</figure>", page, re.DOTALL)[0]


def test_chart_of_no_day_is_not_frozen(client, first):
    answer = client.get(f"/embed/ranked/?metric=killed&frozen={first.number}")

    assert answer.status_code == 400
    assert "A frozen chart needs its day" in answer.content.decode()


def test_group_is_summed_as_it_was(client, first):
    address = f"/embed/over-time/?country=FOREIGN&{VIEW}"
    before = drawn(client, address)
    change()

    assert "Nothing to draw" not in before
    assert drawn(client, f"{address}&frozen={first.number}") == before
    assert drawn(client, address) != before
