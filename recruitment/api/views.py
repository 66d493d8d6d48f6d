"""The public API: read-only, without a key, published rows only."""

from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound
from rest_framework.viewsets import ReadOnlyModelViewSet

from recruitment.api import filters, serializers
from recruitment.models import (
    Casualty,
    Claimant,
    Country,
    Estimate,
    Figure,
    RecruitmentFigure,
    Source,
)


class RecordViewSet(ReadOnlyModelViewSet):
    """Rows by their public id; PostgreSQL fails on one with a NUL byte."""

    lookup_field = "slug"
    lookup_value_regex = r"[-\w]+"


class CountryViewSet(RecordViewSet):
    """Every ISO country and every group that claimants count together."""

    queryset = Country.objects.with_figure_counts().prefetch_related("members")
    serializer_class = serializers.CountrySerializer
    filterset_class = filters.CountryFilter
    lookup_field = "code"


class ClaimantViewSet(RecordViewSet):
    """Who says it."""

    queryset = Claimant.objects.select_related("country")
    serializer_class = serializers.ClaimantSerializer
    filterset_class = filters.ClaimantFilter


class SourceViewSet(RecordViewSet):
    """The pages that carry claims."""

    queryset = Source.objects.select_related("publisher").prefetch_related(
        "derived_from"
    )
    serializer_class = serializers.SourceSerializer
    filterset_class = filters.SourceFilter


class FigureViewSet(RecordViewSet):
    """Every published figure, with its claimant and its citations."""

    queryset = Figure.objects.published().with_citations()
    serializer_class = serializers.FigureSerializer
    filterset_class = filters.FigureFilter


class RecruitmentViewSet(FigureViewSet):
    """Figures on people who joined, serve, were sent or came home."""

    queryset = RecruitmentFigure.objects.published().with_citations()


class CasualtyViewSet(FigureViewSet):
    """Figures on people killed, wounded, missing or captured."""

    queryset = Casualty.objects.published().with_citations()


class EstimateViewSet(RecordViewSet):
    """Low, best and high of every key on one day, and who stands at each end."""

    queryset = Estimate.objects.with_ends()
    serializer_class = serializers.EstimateSerializer
    filterset_class = filters.EstimateFilter
    lookup_field = "key"


@api_view()
def no_such_resource(request, unknown):
    """Answer in JSON here too, where the site would answer with a page."""
    raise NotFound
