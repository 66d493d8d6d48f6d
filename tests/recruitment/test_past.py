"""What the record knew at a moment: what came in later does not count."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruitment.accounting import account_for
from recruitment.choices import Policy
from recruitment.estimates import Estimate as Drawn
from recruitment.fixtures import FIXTURES, build_fixtures, load_fixtures
from recruitment.importing import import_dataset
from recruitment.models import Estimate, Figure
from recruitment.past import (
    account_known_at,
    estimates_known_at,
    figures_known_at,
    rows_known_at,
)
from recruitment.reading import public_id
from recruitment.rebuilding import rebuild
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    GroupFactory,
    IncentiveFactory,
    MethodFactory,
    PresenceFactory,
    ResponseFactory,
    RussianMinistryFactory,
    SourceFactory,
)
from tests.recruitment.rows import citation, claimant, figure, source, write

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 31)
NEPAL = ("NPL", "russia", "killed")
INDIA = ("IND", "russia", "killed")
FOREIGN = ("FOREIGN", "russia", "killed")
POLICIES = [pytest.param(policy, id=policy) for policy in Policy.values]


@pytest.fixture
def imports(tmp_path):
    """Import files of rows, none of which is refused; give the moment thereafter."""

    def import_rows(**files):
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        assert import_dataset(write(folder, files)).refusals == []
        return datetime.now(UTC)

    return import_rows


@pytest.fixture
def before():
    """Make a small record; give the moment thereafter."""
    nepal, india = CountryFactory(), CountryFactory(code="IND")
    GroupFactory(members=[nepal, india])
    ministry = ClaimantFactory()
    mod = RussianMinistryFactory()
    page = SourceFactory(slug="nepalis-killed")
    SourceFactory(slug="later", published="2024-03-20")
    for slug, changes in {
        "npl-killed": {"low": 19, "high": 19},
        "npl-claimed": {"low": 90, "high": 90, "claimant": mod, "interest": "with"},
        "npl-list": {"low": 11, "high": 11, "evidence": "enumerated"},
        "npl-serving": {"low": 200, "high": 200, "metric": "serving"},
        "ind-killed": {"low": 5, "high": 5, "country": india},
        "lka-killed": {"low": 7, "high": 7, "country": CountryFactory(code="LKA")},
    }.items():
        figure = FigureFactory(
            slug=slug, citation=None, **{"claimant": ministry} | changes
        )
        CitationFactory(figure=figure, source=page)
    return datetime.now(UTC)


def known(moment, key=NEPAL, day=DAY, policy="all"):
    return estimates_known_at(moment, day, policy)[key]


def stored(day, policy):
    """Give the stored estimates of a day in the form that the rules give them."""
    ends = ("low_figure", "best_figure", "high_figure", "last_known_figure")
    return {
        row.key: Drawn(
            **{
                name: getattr(row, name)
                for name in ("low", "best", "high", "low_strict", "high_open")
            },
            **{name: getattr(row, name) for name in ("label", "reason", "origins")},
            revised_down=row.revised_down,
            **{end: getattr(row, f"{end}_id") for end in ends},
            low_sum_of=tuple(row.low_sum_of),
        )
        for row in Estimate.objects.as_of(day).under(policy)
    }


def known_now(day, policy):
    """Give what is known now, without the keys that nothing is stored for."""
    drawn = estimates_known_at(datetime.now(UTC), day, policy)
    return {public_id(key): one for key, one in drawn.items() if one != Drawn()}


def test_nothing_was_known_before_the_record_began(before):
    began = Figure.history.earliest("history_date").history_date

    assert estimates_known_at(began - timedelta(seconds=1), DAY, "all") == {}


def test_figure_that_comes_in_later_was_not_known_before(before, imports):
    after = imports(figures=[figure("npl-more", low=30, high=30, as_of="2024-03-20")])

    assert (known(before).low, known(after).low) == (19, 30)
    assert known(before).low_figure == "npl-killed"


def test_key_that_comes_in_later_was_not_known_before(before, imports):
    after = imports(figures=[figure("npl-wounded", metric="wounded")])

    wounded = ("NPL", "russia", "wounded")
    assert wounded not in estimates_known_at(before, DAY, "all")
    assert known(after, wounded).best == 19


def test_figure_that_was_changed_reads_as_it_did(before, imports):
    after = imports(figures=[figure("npl-killed", low=20, high=20)])

    assert (known(before).best, known(after).best) == (19, 20)


def test_figure_that_changed_its_country_counts_where_it_did(before, imports):
    after = imports(figures=[figure("npl-killed", country="IND")])

    assert (known(before).best, known(before, INDIA).best) == (19, 5)
    assert (known(after).best, known(after, INDIA).best) == (11, 19)


def test_claimants_kind_is_what_it_was(before, imports):
    after = imports(claimants=[claimant(kind="fighter", country=None)])

    assert (known(before).reason, known(after).reason) == ("tier_1", "tier_4")


def test_party_of_a_claimant_is_what_it_was(before, imports):
    after = imports(
        claimants=[
            claimant("russian-defence-ministry", kind="other_government", country=None)
        ]
    )

    assert known(before, policy="no_party").high == 19
    assert known(after, policy="no_party").high == 90


def test_pages_day_of_publication_is_what_it_was(imports, before):
    same_day = {"as_of": "2024-03-15", "country": "LKA"}
    between = imports(
        figures=[
            figure("early", low=30, high=30, **same_day),
            figure("late", low=25, high=25, citations=[citation("later")], **same_day),
        ]
    )
    after = imports(sources=[source("later", published="2024-03-01")])

    sri_lanka = ("LKA", "russia", "killed")
    assert known(between, sri_lanka).best == 25  # published later, so newer
    assert known(after, sri_lanka).best == 30


def test_citation_that_was_taken_away_still_tells_then(imports, before):
    same_day = {"as_of": "2024-03-15", "country": "LKA"}
    late = figure("late", low=25, high=25, citations=[citation("later")], **same_day)
    between = imports(figures=[figure("early", low=30, high=30, **same_day), late])
    after = imports(
        figures=[late | {"citations": [citation(), citation("later")]}],
        sources=[source(published="2024-03-10")],
    )
    later = imports(figures=[late | {"citations": [citation("later")]}])

    sri_lanka = ("LKA", "russia", "killed")
    bests = [known(moment, sri_lanka).best for moment in (between, after, later)]
    assert bests == [25, 30, 25]


def test_members_of_a_group_are_what_they_were(before):
    nepal, india, sri_lanka = (CountryFactory(code=c) for c in ("NPL", "IND", "LKA"))
    GroupFactory(members=[nepal, india, sri_lanka])
    after = datetime.now(UTC)
    GroupFactory(members=[india])
    later = datetime.now(UTC)

    assert known(before, FOREIGN).low_sum_of == ("IND", "NPL")
    assert [known(moment, FOREIGN).low for moment in (before, after, later)] == [
        *(19 + 5, 19 + 5 + 7, 5)
    ]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"status": "retracted", "status_reason": "withdrawn"}, id="retracted"
        ),
        pytest.param(
            {"status": "corrected", "status_reason": "misread"}, id="corrected"
        ),
        pytest.param({"countable": False}, id="not-counted"),
        pytest.param({"variant_of": "npl-list"}, id="made-a-variant"),
    ],
)
def test_figure_counts_until_it_is_taken_out(before, imports, changes):
    after = imports(figures=[figure("npl-killed", **changes)])

    assert known(before).low_figure == "npl-killed"
    assert known(after).low_figure == "npl-list"


def test_figure_that_was_made_a_draft_comes_back_through_no_past(before, imports):
    after = imports(figures=[figure("npl-killed", status="draft")])

    assert known(before).low_figure == "npl-list"
    assert known(after).low_figure == "npl-list"


def test_draft_counts_only_once_it_is_published(before, imports):
    draft = figure("npl-draft", low=30, high=30, as_of="2024-03-20", status="draft")
    between = imports(figures=[draft])
    after = imports(figures=[draft | {"status": "published"}])

    assert (known(between).best, known(after).best) == (19, 30)


def test_parts_add_up_from_when_an_editor_found_them_disjoint(before, imports):
    part = {"country": "LKA", "scope": "subset", "evidence": "enumerated"}
    one = figure("one", low=30, high=30, scope_note="one", **part)
    two = figure("two", low=12, high=12, scope_note="two", **part)
    apart = imports(figures=[one, two])
    linked = imports(figures=[two | {"disjoint_with": ["one"]}])
    read_anew = imports(figures=[one | {"low": 31, "high": 31}])
    unlinked = imports(figures=[two | {"disjoint_with": []}])

    moments = (apart, linked, read_anew, unlinked)
    lows = [known(moment, ("LKA", "russia", "killed")).low for moment in moments]
    assert lows == [30, 42, 43, 31]


def test_loading_the_fixtures_lets_disjoint_parts_add_up_at_once(tmp_path):
    one, two = (
        FigureFactory(slug=slug, scope="subset", scope_note=slug, low=low, high=low)
        for slug, low in [("one", 30), ("two", 12)]
    )
    one.disjoint_with.add(two)
    for factory in (ResponseFactory, IncentiveFactory, MethodFactory, PresenceFactory):
        factory()  # no file of the fixtures is empty
    build_fixtures(tmp_path)
    for model in reversed(FIXTURES.values()):
        model.objects.all().delete()
        model.history.all().delete()

    load_fixtures(tmp_path)

    assert known(datetime.now(UTC)).low == 42
    assert Estimate.objects.as_of(DAY).under("all").get().low == 42


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2022, 2, 23), id="before-the-war"),
        pytest.param(date(2024, 3, 13), id="the-day-before"),
        pytest.param(date(2024, 3, 14), id="the-day"),
        pytest.param(date(2024, 12, 31), id="when-the-stock-is-stale"),
        pytest.param(date(2026, 12, 31), id="when-all-is-stale"),
    ],
)
def test_what_is_known_now_is_what_is_stored(before, imports, day, policy):
    imports(figures=[figure("npl-killed", low=20, high=20), figure("npl-list")])
    rebuild()

    assert known_now(day, policy) == {
        key: one for key, one in stored(day, policy).items() if one != Drawn()
    }


def test_estimates_of_some_countries_are_what_they_are_among_all(before, imports):
    after = imports(figures=[figure("npl-more", low=30, high=30, as_of="2024-03-20")])
    every = estimates_known_at(after, DAY, "all")

    for codes in (["NPL"], ["NPL", "LKA"], ["FOREIGN"], ["FOREIGN", "IND"], ["CUB"]):
        some = estimates_known_at(after, DAY, "all", codes)
        assert some == {key: one for key, one in every.items() if key[0] in codes}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("key", [NEPAL, FOREIGN], ids=["country", "group"])
def test_account_of_what_is_known_now_is_the_account_of_today(
    before, imports, key, policy
):
    now = imports(figures=[figure("npl-killed", low=20, high=20)])
    rebuild()

    assert account_known_at(key, now, DAY, policy) == account_for(key, DAY, policy)


def test_account_names_the_figures_that_were_known(before, imports):
    after = imports(figures=[figure("npl-more", low=30, high=30, as_of="2024-03-20")])

    def slugs(moment):
        return {use.slug for use in account_known_at(NEPAL, moment, DAY, "all")[1]}

    assert slugs(before) == {"npl-killed", "npl-claimed", "npl-list"}
    assert slugs(after) == slugs(before) | {"npl-more"}


def test_figures_read_as_they_did_and_name_their_claimants_at_once(before, imports):
    imports(
        figures=[
            figure("npl-killed", low=20, high=20, evidence_origin="nepal-police"),
            figure("npl-list", wording="twenty", low=20, high=20),
        ],
        claimants=[claimant("nepal-police", name="Nepal Police")],
    )
    after = datetime.now(UTC)

    then = figures_known_at(before, ["npl-killed", "npl-list", "npl-claimed", "nobody"])
    now = figures_known_at(after, ["npl-killed"])["npl-killed"]

    assert sorted(then) == ["npl-claimed", "npl-killed", "npl-list"]
    assert (then["npl-killed"].low, then["npl-killed"].evidence_origin) == (19, None)
    assert then["npl-claimed"].claimant.country.code == "RUS"
    assert (now.low, now.evidence_origin.slug) == (20, "nepal-police")


def test_figures_that_were_known_take_as_many_queries_as_one(before):
    def queries(*slugs):
        with CaptureQueriesContext(connection) as asked:
            for one in figures_known_at(before, slugs).values():
                assert one.claimant.country
        return len(asked)

    assert queries("npl-killed") == queries("npl-killed", "npl-claimed", "ind-killed")


def test_rows_that_were_known_name_the_figures_at_their_ends(before):
    [row] = rows_known_at(before, DAY, "all", ["IND"])

    assert (row.key, row.low, row.low_figure.slug) == (
        "ind-russia-killed",
        5,
        "ind-killed",
    )
    assert row.low_figure.claimant.slug == "nepal-foreign-ministry"
