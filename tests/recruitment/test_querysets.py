"""Which rows the querysets keep, and in how many questions."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from recruitment.choices import CASUALTY_METRICS, RECRUITMENT_METRICS, Metric
from recruitment.estimates import admitted_by_policy
from recruitment.models import (
    Casualty,
    Citation,
    Conflict,
    Country,
    Estimate,
    Figure,
    Presence,
    RecruitmentFigure,
    Response,
    Source,
)
from recruitment.reading import figures_by_key
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    ConflictFactory,
    CountryFactory,
    EstimateFactory,
    FigureFactory,
    GroupFactory,
    PresenceFactory,
    ResponseFactory,
    RussianMinistryFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "is_published"),
    [
        pytest.param("draft", False, id="draft"),
        pytest.param("published", True, id="published"),
        pytest.param("superseded", True, id="superseded"),
        pytest.param("corrected", True, id="corrected"),
        pytest.param("retracted", True, id="retracted"),
    ],
)
def test_published_leaves_out_only_drafts(status, is_published):
    FigureFactory(status=status, status_reason="misread")
    ResponseFactory(status=status, status_reason="misread")

    assert Figure.objects.published().exists() is is_published
    assert Response.objects.published().exists() is is_published


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"status": "draft"}, id="draft"),
        pytest.param({"status": "superseded"}, id="superseded"),
        pytest.param({"status": "corrected"}, id="corrected"),
        pytest.param({"status": "retracted"}, id="retracted"),
        pytest.param({"countable": False}, id="not-countable"),
        pytest.param(
            {"variant_of": lambda: FigureFactory(countable=False)}, id="variant"
        ),
    ],
)
def test_usable_leaves_out(changes):
    values = {
        name: value() if callable(value) else value for name, value in changes.items()
    }
    FigureFactory(**{"status_reason": "misread"} | values)

    assert not Figure.objects.usable().exists()


def test_usable_keeps_a_published_figure():
    figure = FigureFactory()

    assert Figure.objects.usable().get() == figure


def test_figures_are_chosen_by_country_side_and_metric():
    wanted = FigureFactory(
        country__code="IND", side="ukraine", metric="wounded", citation=None
    )
    FigureFactory(country__code="NPL", side="ukraine", metric="wounded")
    FigureFactory(country__code="IND", side="russia", metric="wounded")
    FigureFactory(country__code="IND", side="ukraine", metric="killed")

    chosen = Figure.objects.about("IND", "LKA").on_side("ukraine").counting(["wounded"])

    assert chosen.get() == wanted


def test_as_of_by_keeps_the_day_itself_and_leaves_out_the_undated():
    on_the_day = FigureFactory(as_of="2024-03-14")
    FigureFactory(as_of="2024-03-15")
    FigureFactory(as_of=None, as_of_precision="unknown")

    assert Figure.objects.as_of_by(date(2024, 3, 14)).get() == on_the_day


def test_newest_first_puts_the_undated_last():
    FigureFactory(slug="undated", as_of=None, as_of_precision="unknown")
    FigureFactory(slug="old", as_of="2023-01-01")
    FigureFactory(slug="new", as_of="2024-01-01")

    found = Figure.objects.newest_first().values_list("slug", flat=True)

    assert [*found] == ["new", "old", "undated"]


def test_latest_day_is_that_of_the_newest_usable_figure():
    FigureFactory(as_of="2024-03-14")
    FigureFactory(as_of="2024-06-01", draft=True)

    assert Figure.objects.latest_day() == date(2024, 3, 14)


@pytest.mark.parametrize(
    "days_from_now",
    [
        pytest.param(None, id="empty-record"),
        pytest.param(30, id="figure-of-the-future"),
    ],
)
def test_latest_day_is_never_after_today(days_from_now):
    today = timezone.now().date()
    if days_from_now:
        FigureFactory(as_of=today + timedelta(days=days_from_now))

    assert Figure.objects.latest_day() == today


def test_figure_counts_of_a_country_leave_out_drafts():
    FigureFactory()
    FigureFactory(status="retracted", status_reason="misread")
    FigureFactory(draft=True)
    FigureFactory(country__code="IND", draft=True)
    CountryFactory(code="LKA")

    counts = Country.objects.with_figure_counts().values_list("code", "figure_count")

    assert dict(counts) == {"NPL": 2, "IND": 0, "LKA": 0}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"draft": True}, id="draft"),
        pytest.param({"side": "ukraine"}, id="other-side"),
        pytest.param({"as_of": "2025-01-01"}, id="later"),
        pytest.param({"country": lambda: GroupFactory()}, id="group"),
    ],
)
def test_counted_on_leaves_out(changes):
    made = {name: one() if callable(one) else one for name, one in changes.items()}
    FigureFactory(**made)

    assert not Country.objects.counted_on("russia", date(2024, 12, 31)).exists()


@pytest.mark.parametrize("policy", ["all", "no_party", "named_only"])
def test_policy_keeps_the_figures_that_the_rules_admit(policy):
    russian = RussianMinistryFactory()
    for claimant, origin, evidence in (
        (ClaimantFactory(), None, "statement"),
        (ClaimantFactory(), None, "enumerated"),
        (ClaimantFactory(), russian, "statement"),
        (russian, None, "custody"),
    ):
        FigureFactory(claimant=claimant, evidence_origin=origin, evidence=evidence)

    kept = Figure.objects.under(policy).values_list("slug", flat=True)

    [(_, figures)] = figures_by_key(Figure.objects.all())
    admitted = {one.slug for one in figures if admitted_by_policy(one, policy)}
    assert {*kept} == admitted
    assert len(admitted) == {"all": 4, "no_party": 2, "named_only": 2}[policy]


def test_country_is_called_by_its_code_or_by_a_whole_name_of_it():
    CountryFactory(code="NPL", names={"uk": "Непал"})
    CountryFactory(code="GIN")
    CountryFactory(code="GNB")

    def called(name):
        return [country.code for country in Country.objects.called(name)]

    assert called("npl") == called("NEPAL") == called("Непал") == ["NPL"]
    assert called("Guinea") == ["GIN"]
    assert called("Nep") == called("") == called("%") == []


def test_conflicts_are_between_figures_that_are_both_kept():
    conflict = ConflictFactory(one__side="ukraine")

    assert [*Conflict.objects.between(Figure.objects.all())] == [conflict]
    assert not Conflict.objects.between(Figure.objects.on_side("russia"))


def test_one_origin_is_told_only_of_a_number():
    alone = EstimateFactory(origins=1)
    EstimateFactory(key="two", origins=2)
    EstimateFactory(key="none", origins=1, low=None, best=None, high=None, label="E")

    assert [*Estimate.objects.of_one_origin()] == [alone]


def test_counted_on_keeps_a_country_once_whatever_is_counted():
    FigureFactory()
    FigureFactory(metric="arrested", as_of="2024-12-31")

    [counted] = Country.objects.counted_on("russia", date(2024, 12, 31))

    assert counted.code == "NPL"


@pytest.mark.parametrize(
    ("published", "precision", "is_told"),
    [
        pytest.param("2024-12-31", "day", True, id="that-day"),
        pytest.param("2025-01-01", "day", False, id="later"),
        pytest.param(None, "unknown", True, id="no-known-day"),
    ],
)
def test_presence_is_told_from_the_day_of_its_first_page(published, precision, is_told):
    page = SourceFactory(published=published, published_precision=precision)
    PresenceFactory(citation__source=page)

    told = Presence.objects.on_side("ukraine").told_by(date(2024, 12, 31))

    assert told.exists() is is_told
    assert not Presence.objects.on_side("russia").exists()


def test_first_publication_is_that_of_the_earliest_known_page():
    figure = FigureFactory(citation=None)
    CitationFactory(figure=figure, source=SourceFactory(slug="late"))
    CitationFactory(
        figure=figure, source=SourceFactory(slug="early", published="2024-03-01")
    )

    counted = Figure.objects.with_first_published().get()

    assert counted.first_published == date(2024, 3, 1)


def test_citations_come_in_as_many_questions_for_six_figures_as_for_two(
    django_assert_num_queries,
):
    def tell(figures):
        for figure in figures:
            str(figure.country), str(figure.claimant.country)
            [str(citation.source) for citation in figure.citations.all()]

    for number in range(6):
        FigureFactory(
            citation__source__slug=f"page-{number}",
            citation__source__publisher__slug=f"publisher-{number}",
        )

    # 1. figures with country and claimant  2. citations with source and publisher
    # 3. what the sources are derived from
    with django_assert_num_queries(3):
        tell(Figure.objects.with_citations())
    with django_assert_num_queries(3):
        tell(Figure.objects.with_citations()[:2])


def chain(*slugs):
    """Make pages each of which rests on the one before."""
    pages = [SourceFactory(slug=slug) for slug in slugs]
    for parent, page in pairwise(pages):
        page.derived_from.add(parent)
    return pages


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        pytest.param(False, {"agency", "report", "copy"}, id="what-it-rests-on"),
        pytest.param(
            True, {"agency", "report", "copy", "blog"}, id="and-what-rests-on-it"
        ),
    ],
)
def test_lineage_of_a_page_keeps(below, kept, django_assert_num_queries):
    _, _, copy, _ = chain("agency", "report", "copy", "blog")
    chain("agency", "another-copy")

    # 1. links  2. pages with their publishers  3. what each rests on
    with django_assert_num_queries(3):
        pages = Source.objects.in_lineage_of(copy.pk, below=below)
        found = {
            page.slug: (page.publisher.name, page.derived_from.all()) for page in pages
        }

    assert found.keys() == kept


def test_lineage_of_a_ring_ends_where_it_began():
    pages = chain("one", "two", "three")
    pages[0].derived_from.add(pages[2])

    assert Source.objects.in_lineage_of(pages[0].pk).count() == 3


def test_recruitment_and_casualties_are_two_views_of_one_table():
    for metric in Metric.values:
        FigureFactory(
            metric=metric, period_start="2024-01-01", slug=metric.replace("_", "-")
        )

    recruitment = set(RecruitmentFigure.objects.values_list("metric", flat=True))
    casualties = set(Casualty.objects.values_list("metric", flat=True))

    assert recruitment == set(RECRUITMENT_METRICS)
    assert casualties == set(CASUALTY_METRICS)
    assert Figure.objects.count() == len(Metric.values)


def test_rows_are_found_by_their_public_ids():
    figure = FigureFactory()

    assert Country.objects.get_by_natural_key("NPL") == figure.country
    assert Figure.objects.get_by_natural_key(figure.slug) == figure
    assert (
        Citation.objects.get_by_natural_key(f"{figure.slug}--{SourceFactory().slug}")
        == figure.citations.get()
    )


@pytest.mark.parametrize(
    ("day", "best"),
    [
        pytest.param("2024-03-13", None, id="day-before-the-first"),
        pytest.param("2024-03-14", 19, id="first-day"),
        pytest.param("2024-05-31", 19, id="last-day"),
        pytest.param("2024-06-01", 33, id="first-day-of-the-next"),
        pytest.param("2030-01-01", 33, id="for-ever-after"),
    ],
)
def test_as_of_finds_the_one_estimate_that_holds_on_a_day(day, best):
    EstimateFactory(from_day="2024-03-14", to_day="2024-06-01", best=19)
    EstimateFactory(from_day="2024-06-01", to_day=None, low=33, best=33, high=33)

    held = Estimate.objects.as_of(date.fromisoformat(day))

    assert [estimate.best for estimate in held] == ([best] if best else [])


def test_estimates_are_chosen_by_country_and_policy():
    wanted = EstimateFactory(country__code="IND", policy="no_party")
    EstimateFactory(country__code="IND", policy="all")
    EstimateFactory(country__code="NPL", policy="no_party")

    assert Estimate.objects.about("IND").under("no_party").get() == wanted


def test_estimates_ends_come_in_one_question(django_assert_num_queries):
    figure = FigureFactory()
    EstimateFactory(low_figure=figure, best_figure=figure, high_figure=figure)

    with django_assert_num_queries(1):
        [estimate] = Estimate.objects.with_ends()
        str(estimate.country), str(estimate.best_figure.claimant.country)
