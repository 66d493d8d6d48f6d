"""Why this number: read from the rows, and equal to what is stored of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.accounting import account_for, as_row, key_of_id, members_of
from recruitment.choices import Policy, Side
from recruitment.estimates import ESTIMATED, Estimate
from recruitment.models import Figure
from recruitment.reading import public_id
from recruitment.rebuilding import rebuild
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    GroupFactory,
    RussianMinistryFactory,
)
from tests.recruitment.test_past import stored

DAY = date(2024, 3, 31)
NEPAL = ("NPL", "russia", "killed")
FOREIGN = ("FOREIGN", "russia", "killed")


@given(
    st.from_regex(r"[A-Z]{3}[A-Z_]{0,17}", fullmatch=True),
    st.sampled_from(Side.values),
    st.sampled_from(sorted(ESTIMATED)),
)
def test_key_is_read_back_from_its_public_id(code, side, metric):
    key = (code, side, metric)

    assert key_of_id(public_id(key)) == key


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("npl-russia", id="no-metric"),
        pytest.param("russia-killed", id="no-country"),
        pytest.param("npl-belarus-killed", id="no-such-side"),
        pytest.param("npl-russia-offers", id="never-estimated"),
        pytest.param("npl-russia-captured_held", id="underscore"),
        pytest.param("NPL-russia-killed", id="in-capitals"),
        pytest.param("npl-russia-killed-all", id="more-at-the-end"),
        pytest.param("npl-russia-killed\n", id="newline"),
        pytest.param("n1l-russia-killed", id="digit"),
    ],
)
def test_what_is_no_public_id_of_a_key_names_none(text):
    assert key_of_id(text) is None


@pytest.mark.django_db
def test_members_are_those_of_a_group_alone():
    nepal = CountryFactory()
    GroupFactory(members=[nepal, CountryFactory(code="IND")])
    GroupFactory(code="NOBODY")

    assert sorted(members_of("FOREIGN")) == ["IND", "NPL"]
    assert members_of("NOBODY") == members_of("NPL") == members_of("XXX") == []


@pytest.fixture
def record():
    """Make what each rule of a group meets, and what no rule looks at."""
    nepal, india, russia = (CountryFactory(code=code) for code in ("NPL", "IND", "RUS"))
    foreign = GroupFactory(members=[nepal, india, russia])
    ministry, mod = ClaimantFactory(), RussianMinistryFactory()
    original = FigureFactory(slug="npl-killed", claimant=ministry)
    FigureFactory(slug="npl-list", low=11, high=11, evidence="enumerated")
    FigureFactory(slug="npl-claimed", low=90, high=90, claimant=mod, interest="with")
    FigureFactory(slug="ind-killed", low=5, high=5, country=india)
    FigureFactory(slug="rus-killed", low=5000, high=5000, country=russia)
    FigureFactory(slug="all-killed", low=20, high=20, country=foreign)
    for slug, changes in {
        "undated": {"as_of": None, "as_of_precision": "unknown"},
        "variant": {"variant_of": original},
        "doubtful": {"countable": False},
        "retracted": {"status": "retracted", "status_reason": "withdrawn"},
        "draft": {"status": "draft"},
    }.items():
        FigureFactory(slug=slug, **changes)
    rebuild()


@pytest.mark.django_db
@pytest.mark.parametrize("policy", Policy.values)
@pytest.mark.parametrize("key", [NEPAL, FOREIGN], ids=["country", "group"])
def test_account_draws_what_is_stored(record, key, policy):
    drawn, _ = account_for(key, DAY, policy)

    assert drawn == stored(DAY, policy).get(public_id(key), Estimate())


@pytest.mark.django_db
def test_account_leaves_the_own_nationals_of_a_side_out_of_all_foreigners(record):
    drawn, uses = account_for(FOREIGN, DAY)

    assert (drawn.low, drawn.low_sum_of) == (19 + 5, ("IND", "NPL"))
    assert [(use.slug, use.rule) for use in uses] == [("all-killed", "R13")]


@pytest.mark.django_db
def test_account_names_every_published_figure_once(record):
    _, uses = account_for(NEPAL, DAY)

    assert sorted(use.slug for use in uses) == sorted(
        Figure.objects.published()
        .filter(country__code="NPL", metric="killed")
        .values_list("slug", flat=True)
    )
    by_slug = {use.slug: use for use in uses}
    for slug in ("undated", "variant", "doubtful", "retracted"):
        assert (by_slug[slug].used_for, by_slug[slug].rule) == ((), "R0")
    assert "draft" not in by_slug


@pytest.mark.django_db
def test_account_of_a_key_without_figures_is_empty(record):
    assert account_for(("NPL", "ukraine", "serving"), DAY) == (Estimate(), [])


@pytest.mark.django_db
def test_account_becomes_a_row_that_holds_for_its_day(record):
    drawn, uses = account_for(NEPAL, DAY)
    figures = Figure.objects.in_bulk([use.slug for use in uses], field_name="slug")

    row = as_row(NEPAL, CountryFactory(), drawn, DAY, "all", figures)

    assert (row.key, row.from_day, row.to_day) == (
        "npl-russia-killed",
        DAY,
        date(2024, 4, 1),
    )
    assert (row.low, row.low_figure.slug, row.high_figure.slug) == (
        19,
        "npl-killed",
        "npl-claimed",
    )
    assert row.last_known_figure is None
