"""The kinds of charts that have an address: what each asks for, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dashboard.charts import across, records, then
from dashboard.charts.chart import Chart
from dashboard.charts.incentives import incentives_chart
from dashboard.charts.over_time import over_time_chart
from dashboard.charts.ranges import claims_chart, ranked_chart
from dashboard.forms import (
    BoardForm,
    ChartForm,
    CompareForm,
    CountryForm,
    IncentiveForm,
    View,
    ViewForm,
)
from dashboard.record_forms import (
    ClaimantForm,
    FigureForm,
    LineageForm,
    ResponsesForm,
)
from recruitment.models import (
    Change,
    Conflict,
    Country,
    Estimate,
    Figure,
    Incentive,
    Revision,
)
from recruitment.querysets import FigureQuerySet, RecordQuerySet


@dataclass(frozen=True)
class Kind:
    """How to make a chart of what an address asks for."""

    form: type[ChartForm]
    build: Callable[..., Chart]  # takes what the form asks for, by name
    build_then: Callable[..., then.type_then]  # the same of the record at a moment


def ranked(view: View) -> Chart:
    held = Estimate.objects.as_of(view.as_of).under(view.policy).on_side(view.side)
    return ranked_chart(held.of_countries().counting([view.metric]).with_ends(), view)


def claims(view: View, country: Country) -> Chart:
    return claims_chart(_claims_about(country, view), country, view)


def over_time(view: View, country: Country) -> Chart:
    return over_time_of(_claims_about(country, view), country, view)


def over_time_of(figures: Iterable[Figure], country: Country, view: View) -> Chart:
    """Set claims before the range that held on each day up to that of the view."""
    estimates = Estimate.objects.under(view.policy).about(country.code)
    conflicts = Conflict.objects.revisions().filter(
        one__country=country, one__side=view.side, one__metric=view.metric
    )
    return over_time_chart(
        figures,
        estimates.on_side(view.side).counting([view.metric]).with_ends(),
        conflicts.select_related(
            *(f"{end}__claimant" for end in ("one", "other")),
            *(f"{end}__evidence_origin" for end in ("one", "other")),
        ),
        country,
        view,
    )


def incentives(side: str = "", country: Country | None = None) -> Chart:
    return incentives_chart(promised(side, country), side, country)


def promised(side: str = "", country: Country | None = None) -> RecordQuerySet:
    """Choose what was promised, on a side and to nationals of a country if one is given."""
    told = Incentive.objects.published().filter(countable=True)
    told = told.filter(side=side) if side else told
    told = told.filter(country=country) if country else told
    cited: RecordQuerySet = told.with_citations().select_related("claimant", "country")
    return cited.order_by("country__name", "kind", "slug")


def _claims_about(country: Country, view: View) -> FigureQuerySet:
    figures = Figure.objects.published().about(country.code).on_side(view.side)
    counted = figures.counting([view.metric]).filter(countable=True)
    counted = counted.without_retracted()
    return counted.with_citations().newest_first()


KINDS: dict[str, Kind] = {
    "ranked": Kind(ViewForm, ranked, then.ranked),
    "claims": Kind(CountryForm, claims, then.claims),
    "map": Kind(ViewForm, across.world, then.world),
    "dispersion": Kind(BoardForm, across.dispersion, then.dispersion),
    "compare": Kind(CompareForm, across.compare, then.compare),
    "over-time": Kind(CountryForm, over_time, then.over_time),
    "lineage": Kind(LineageForm, records.lineage, then.lineage),
    "incentives": Kind(IncentiveForm, incentives, then.incentives),
    "claimant": Kind(ClaimantForm, records.claimant, then.claimant),
    "figure": Kind(FigureForm, records.figure, then.figure),
    "responses": Kind(ResponsesForm, records.responses, then.responses),
}


@dataclass(frozen=True)
class Frozen:
    """A chart as a revision had it, and how many changes to its rows came since."""

    chart: Chart
    revision: Revision
    changes: int


def frozen(kind: Kind, form: ChartForm, revision: Revision) -> Frozen:
    """Make the chart that a valid form asks for, of the record at a revision."""
    chart, shown = kind.build_then(revision.made_at, **form.asked())
    later = Change.objects.since(revision.number)
    changes = (later.of(resource, *ids) for resource, ids in shown.items() if ids)
    return Frozen(chart, revision, sum(found.count() for found in changes))


def chart_of(kind: Kind, form: ChartForm) -> Chart:
    """Make the chart that a valid form asks for."""
    return kind.build(**form.asked())
