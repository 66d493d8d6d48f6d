"""What the rules make of the figures: estimates, why, over time, and in one call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from itertools import groupby
from operator import itemgetter
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from recruitment.accounting import ENDS, NUMBERS, account_for, as_row, key_of_id
from recruitment.api import asking, filters, serializers
from recruitment.api.filters import refuse_unknown
from recruitment.api.problems import ProblemError
from recruitment.api.renderers import JSONRenderer, StreamRenderer
from recruitment.api.shapes import Written, shape_of
from recruitment.api.views import RecordViewSet
from recruitment.choices import Metric
from recruitment.estimates import CUMULATIVE, RULES_VERSION, STOCK
from recruitment.models import Claimant, Country, Estimate, Figure, Source
from recruitment.past import account_known_at, figures_known_at, rows_known_at
from recruitment.sentences import sentence

HEADLINES = (Metric.RECRUITED, Metric.KILLED, Metric.CAPTURED_HELD)
FEW = 6


def asked(
    request: Any, parameters: type[Serializer], more: Iterable[str] = ()
) -> dict[str, Any]:
    """Read the parameters of an answer that is no list; refuse what it does not take.

    It takes those named in `more` too, which are read elsewhere.
    """
    form = parameters(data=request.query_params.dict())
    refuse_unknown(request, {*form.fields, *more})
    form.is_valid(raise_exception=True)
    found: dict[str, Any] = form.validated_data
    if "as_of" in form.fields and "as_of" not in found:
        found["as_of"] = Figure.objects.latest_day()
    return found


class EstimateViewSet(RecordViewSet):
    """Low, best and high of every key on one day, and who stands at each end."""

    queryset = Estimate.objects.all()
    serializer_class = serializers.EstimateSerializer
    filterset_class = filters.EstimateFilter
    lookup_field = "key"
    orderings = ("low", "best", "high", "origins")
    detail_parameters = frozenset({"as_of", "policy"})

    def list_parameters(self):
        return {*super().list_parameters(), "known_at"}

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "known_at",
                date,
                description="Use only what the record held at the end of this day (UTC);"
                " with `country`, `side`, `metric`, `as_of` and `policy` alone, and with"
                " `country` always.",
            )
        ]
    )
    def list(self, request, **kwargs):
        if "known_at" not in request.query_params:
            return super().list(request, **kwargs)
        more = self.list_parameters() & {"excel"}
        parameters = asked(request, asking.KnownEstimates, more)
        rows = [dict(row) for row in self._known(**parameters)]
        shape = shape_of(self.serializer_class)
        renderer = request.accepted_renderer
        if isinstance(renderer, StreamRenderer):
            return self.stream(rows, shape, renderer)
        return Response({"next": None, "previous": None, "results": rows})

    def _known(self, known_at, as_of, policy, country, side=(), metric=()):
        """Give the estimates of some countries as they could have been printed then."""
        codes = [one.code for one in country]
        rows = [
            row
            for row in rows_known_at(end_of(known_at), as_of, policy, codes)
            if row.side in (side or [row.side])
            and row.metric in (metric or [row.metric])
        ]
        return serializers.EstimateSerializer(rows, many=True).data

    @extend_schema(
        parameters=[asking.Explanation], responses=serializers.ExplanationSerializer
    )
    @action(detail=True, filterset_class=None)
    def explain(self, request, key, **kwargs):
        """Why this number: each figure of the key, its use, and the rule that decided."""
        parameters = asked(request, asking.Explanation)
        day, policy = parameters["as_of"], parameters["policy"]
        known_at = parameters.get("known_at")
        found = key_of_id(key)
        country = Country.objects.filter(code=found[0]).first() if found else None
        if found is None or country is None:
            raise NotFound
        if known_at:
            drawn, uses = account_known_at(found, end_of(known_at), day, policy)
            by_slug = figures_known_at(end_of(known_at), [one.slug for one in uses])
        else:
            drawn, uses = account_for(found, day, policy)
            figures = Figure.objects.select_related(
                "claimant__country", "evidence_origin__country"
            )
            by_slug = figures.in_bulk([one.slug for one in uses], field_name="slug")
        row = as_row(found, country, drawn, day, policy, by_slug)
        ends = {end: getattr(drawn, end) for end in ENDS}
        answer = {
            "key": key,
            "country": country,
            "side": found[1],
            "metric": found[2],
            "policy": policy,
            "as_of": day,
            "known_at": known_at,
            "rules_version": RULES_VERSION,
            "sentence": sentence(row, day),
            **{name: getattr(drawn, name) for name in NUMBERS},
            **ends,
            "low_sum_of": drawn.low_sum_of,
            "figures": [
                {
                    "figure": by_slug[use.slug],
                    "used_for": use.used_for,
                    "rule": use.rule,
                    "why": use.why,
                    "by": use.by,
                }
                for use in uses
            ],
        }
        return Response(serializers.ExplanationSerializer(answer).data)


def end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


class SeriesView(APIView):
    """Estimates over time: for each key the intervals in which one estimate holds.

    Drawn on one axis, or added, a stock (who is held now) and a cumulative count (who was
    captured so far) would make a number that nobody means: to ask for both is refused.
    """

    renderer_classes = [JSONRenderer]
    tag = "estimates"

    @extend_schema(
        parameters=[asking.Series], responses=serializers.SeriesListSerializer
    )
    def get(self, request, **kwargs):
        parameters = asked(request, asking.Series)
        metrics = parameters["metric"]
        if {*metrics} & STOCK and {*metrics} & CUMULATIVE:
            raise ProblemError(
                "mixed-metrics",
                stock=sorted({*metrics} & STOCK),
                cumulative=sorted({*metrics} & CUMULATIVE),
            )
        codes = [one.code for one in parameters["country"]]
        held = (
            Estimate.objects.under(parameters["policy"])
            .about(*codes)
            .on_side(parameters["side"])
            .counting(metrics)
            .order_by("key", "from_day")
        )
        written = shape_of(serializers.IntervalSerializer).over(held)
        rows = written.values_list(
            "as_json", "key", "country_id", "country__name", "metric"
        )
        results = [
            {
                "key": key,
                "country": {"code": code, "name": name},
                "side": parameters["side"],
                "metric": metric,
                "policy": parameters["policy"],
                "intervals": [Written(text) for text, *_ in group],
            }
            for (key, code, name, metric), group in groupby(
                rows, itemgetter(1, 2, 3, 4)
            )
        ]
        return Response({"results": results})


class SummaryView(APIView):
    """The front page in one call: the state of the record on a day, for one side."""

    renderer_classes = [JSONRenderer]
    tag = "estimates"

    @extend_schema(parameters=[asking.Summary], responses=serializers.SummarySerializer)
    def get(self, request, **kwargs):
        parameters = asked(request, asking.Summary)
        side, day = parameters["side"], parameters["as_of"]
        held = Estimate.objects.as_of(day).under(parameters["policy"]).on_side(side)
        estimate = shape_of(serializers.EstimateSerializer)
        newest = (
            Figure.objects.published()
            .with_published_original()
            .on_side(side)
            .newest_by(day)
        )
        return Response(
            {
                "side": side,
                "metric": parameters["metric"],
                "policy": parameters["policy"],
                "as_of": day,
                "rules_version": RULES_VERSION,
                "counts": {
                    "figures": Figure.objects.published().count(),
                    "claimants": Claimant.objects.published().count(),
                    "sources": Source.objects.published().count(),
                },
                "all_foreigners": estimate.read(
                    held.of_all_foreigners().counting(HEADLINES).order_by("key")
                ),
                "countries": estimate.read(
                    held.of_countries().counting([parameters["metric"]]).ranked()
                ),
                "widest": estimate.read(held.of_countries().widest()[:FEW]),
                "newest": shape_of(serializers.FigureSerializer).read(newest[:FEW]),
            }
        )
