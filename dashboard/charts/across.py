"""The charts that look across countries, with the rows that each asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.charts.compare import CompareChart, compare_chart
from dashboard.charts.dispersion import DispersionChart, dispersion_chart
from dashboard.charts.map import MapChart, map_chart
from dashboard.forms import View
from recruitment.models import Country, Estimate, Presence
from recruitment.querysets import EstimateQuerySet

COMPARED = 4  # countries, until a reader chooses


def world(view: View) -> MapChart:
    held = Estimate.objects.as_of(view.as_of).under(view.policy).on_side(view.side)
    return world_of(held.of_countries().counting([view.metric]).with_ends(), view)


def world_of(estimates: Iterable[Estimate], view: View) -> MapChart:
    """Map estimates of countries, and the countries that are only named."""
    named = Presence.objects.published().on_side(view.side).told_by(view.as_of)
    return map_chart(
        estimates,
        Country.objects.counted_on(view.side, view.as_of),
        named.select_related("country", "claimant").order_by("slug"),
        view,
    )


def board(view: View) -> EstimateQuerySet:
    """Choose the estimates of countries in a view of one side or both, or every count."""
    held = Estimate.objects.as_of(view.as_of).under(view.policy).of_countries()
    if view.side:
        held = held.on_side(view.side)
    if view.metric:
        held = held.counting([view.metric])
    return held


def dispersion(view: View) -> DispersionChart:
    return dispersion_chart(board(view).widest().with_ends(), view)


def compare(view: View, countries: Sequence[Country]) -> CompareChart:
    chosen = countries or first_of(view)
    held = Estimate.objects.as_of(view.as_of).under(view.policy).on_side(view.side)
    mine = held.counting([view.metric]).about(*(country.code for country in chosen))
    return compare_chart(mine.with_ends(), chosen, view)


def first_of(view: View) -> list[Country]:
    """Give the countries that come first in a view, for a reader who has chosen none."""
    held = board(view).with_a_number().ranked().select_related("country")
    return [one.country for one in held[:COMPARED]]
