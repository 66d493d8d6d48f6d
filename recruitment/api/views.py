"""The public API: read-only, without a key, published rows only."""

from functools import cache

from django.http import StreamingHttpResponse
from django.urls import reverse
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from recruitment import models
from recruitment.api import filters, serializers
from recruitment.api.pagination import PositionPagination
from recruitment.api.problems import ProblemError
from recruitment.api.renderers import CSVRenderer, JSONRenderer, StreamRenderer
from recruitment.api.shapes import Shape, UnknownFieldError, Written, shape_of
from recruitment.choices import ChangeKind

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # by which Excel knows UTF-8


class RecordViewSet(GenericViewSet):
    """Lists and single rows by public id, in the shape that the serializer declares."""

    lookup_field = "slug"
    lookup_value_regex = r"[-\w]+"  # PostgreSQL fails on an id with a NUL byte
    paginator = PositionPagination()
    resource = ""  # its name in the log of changes
    orderings: tuple[str, ...] = ()  # fields to order by, beside the public id
    detail_parameters: frozenset[str] = frozenset()

    def get_renderers(self):
        return [JSONRenderer()] if self.detail else super().get_renderers()

    def get_queryset(self):
        """Give the rows, with each as JSON in the shape that was asked for."""
        if "fields" in self.request.query_params:
            return self.shape().over(super().get_queryset())
        return _written(type(self)).all()

    def list(self, request, **kwargs):
        rows = self.filter_queryset(self.get_queryset())
        self._check_ordering()
        renderer = request.accepted_renderer
        if isinstance(renderer, StreamRenderer):
            ordering = request.query_params.get("ordering")
            every = self.paginator.all(self, rows, ordering)
            return self.stream(every, self.shape(), renderer)
        body, links = self.paginator.page(request, self, rows)
        link = ", ".join(f'<{url}>; rel="{name}"' for name, url in links.items())
        return Response(body, headers={"Link": link})

    def retrieve(self, request, **kwargs):
        rows = self.filter_queryset(self.get_queryset())
        key = {self.lookup_field: self.kwargs[self.lookup_field]}
        found = rows.filter(**key).values_list("as_json", flat=True).first()
        if found is None:
            self._say_whether_gone()
            raise NotFound
        return Response(Written(found))

    def _say_whether_gone(self) -> None:
        """Raise a problem that names the successor, where the row was public once."""
        public_id = self.kwargs[self.lookup_field]
        gone = models.Change.objects.of(self.resource, public_id).last()
        if gone and gone.kind == ChangeKind.REMOVED:
            successor = gone.successor and self.reverse_action(
                "detail", args=[gone.successor]
            )
            raise ProblemError("gone", successor=successor)

    def stream(
        self, rows, shape: Shape, renderer: StreamRenderer
    ) -> StreamingHttpResponse:
        """Write rows as they come, as a file of the resource's name."""
        lines = renderer.stream(rows, shape.paths())
        if self.request.query_params.get("excel"):
            lines = (piece for part in ([BYTE_ORDER_MARK], lines) for piece in part)
        name = f"{self.basename}.{renderer.format}"
        return StreamingHttpResponse(
            lines,
            content_type=f"{renderer.media_type}; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def shape(self) -> Shape:
        """Give the fields to read: all, or those named by `fields`."""
        whole = shape_of(self.serializer_class)  # type: ignore[arg-type]
        asked = self.request.query_params.get("fields")
        if asked is None:
            return whole
        try:
            return whole.only(path.strip() for path in asked.split(","))
        except UnknownFieldError as error:
            accepted = ", ".join(error.accepted) or "nothing below it"
            message = f"{error} Accepted: {accepted}."
            raise ValidationError({"fields": [message]}) from error

    def list_parameters(self) -> set[str]:
        """Name the parameters that a list takes beside its filters."""
        renderer = self.request.accepted_renderer
        excel = self.request.query_params.get("excel", "1")
        if excel != "1":
            raise ValidationError({"excel": ["Give 1, or leave it out."]})
        if isinstance(renderer, CSVRenderer):
            return {"fields", "ordering", "excel"}
        if isinstance(renderer, StreamRenderer):
            return {"fields", "ordering"}
        return {"fields", "ordering", "cursor", "page_size", "count"}

    def _check_ordering(self) -> None:
        asked = self.request.query_params.get("ordering")
        fields = (self.lookup_field, *self.orderings)
        accepted = [f"{sign}{field}" for field in fields for sign in ("", "-")]
        if asked is not None and asked not in accepted:
            message = f"Accepted: {', '.join(accepted)}."
            raise ValidationError({"ordering": [message]})


@cache
def _written(view: type[RecordViewSet]):
    """Find the way to each column once, not for every answer."""
    return shape_of(view.serializer_class).over(view.queryset)  # type: ignore[arg-type]


class CountryViewSet(RecordViewSet):
    """Every ISO country and every group that claimants count together."""

    queryset = models.Country.objects.with_figure_counts()
    serializer_class = serializers.CountrySerializer
    resource = "countries"
    filterset_class = filters.CountryFilter
    lookup_field = "code"
    orderings = ("name",)


class PublisherViewSet(RecordViewSet):
    """Who publishes the pages."""

    queryset = models.Publisher.objects.published()
    serializer_class = serializers.PublisherSerializer
    resource = "publishers"
    filterset_class = filters.PublisherFilter
    orderings = ("name",)


class ClaimantViewSet(RecordViewSet):
    """Who says it."""

    queryset = models.Claimant.objects.published()
    serializer_class = serializers.ClaimantSerializer
    resource = "claimants"
    filterset_class = filters.ClaimantFilter
    orderings = ("name",)


class SourceViewSet(RecordViewSet):
    """The pages that carry claims."""

    queryset = models.Source.objects.published()
    serializer_class = serializers.SourceSerializer
    resource = "sources"
    filterset_class = filters.SourceFilter
    orderings = ("published",)


class FigureViewSet(RecordViewSet):
    """Every published figure, with its claimant and its citations."""

    queryset = models.Figure.objects.published().with_published_original()
    serializer_class = serializers.FigureSerializer
    resource = "figures"
    filterset_class = filters.FigureFilter
    orderings = ("as_of", "low", "high")

    def get_queryset(self):
        """Keep what was taken back in lists, where its status says so, and there alone."""
        rows = super().get_queryset()
        return rows.without_retracted() if self.detail else rows

    def _say_whether_gone(self) -> None:
        slug = self.kwargs["slug"]
        figure = models.Figure.objects.retracted().filter(slug=slug).first()
        if figure is None:
            return super()._say_whether_gone()
        every = models.Correction.objects.published().with_slug().with_changes()
        made = every.retractions().filter(figure=figure).first()
        told = [f"This figure was taken back: {figure.get_status_reason_display()}."]
        members = {"successor": None, "correction": None}
        if made:
            told.append(made.note)
            if made.published_successor:
                successor = [made.published_successor]
                members["successor"] = self.reverse_action("detail", args=successor)
            members["correction"] = self.request.build_absolute_uri(
                reverse("correction-detail", args=[made.slug])
            )
        raise ProblemError("gone", " ".join(told), **members)


class RecruitmentViewSet(FigureViewSet):
    """Figures on people who joined, serve, were sent or came home."""

    queryset = models.RecruitmentFigure.objects.published().with_published_original()


class CasualtyViewSet(FigureViewSet):
    """Figures on people killed, wounded, missing or captured."""

    queryset = models.Casualty.objects.published().with_published_original()


class CitationViewSet(RecordViewSet):
    """Which page carries which record, and where on the page."""

    queryset = models.Citation.objects.published()
    serializer_class = serializers.CitedSerializer
    resource = "citations"
    filterset_class = filters.CitationFilter


class ResponseViewSet(RecordViewSet):
    """What states did about the recruitment of their nationals."""

    queryset = models.Response.objects.published()
    serializer_class = serializers.ResponseSerializer
    resource = "responses"
    filterset_class = filters.ResponseFilter
    orderings = ("date",)


class IncentiveViewSet(RecordViewSet):
    """What recruits were paid or promised, or had to pay."""

    queryset = models.Incentive.objects.published()
    serializer_class = serializers.IncentiveSerializer
    resource = "incentives"
    filterset_class = filters.IncentiveFilter
    orderings = ("as_of",)


class MethodViewSet(RecordViewSet):
    """How people are recruited, held or coerced, as claimants tell it."""

    queryset = models.Method.objects.published()
    serializer_class = serializers.MethodSerializer
    resource = "methods"
    filterset_class = filters.MethodFilter


class PresenceViewSet(RecordViewSet):
    """Claims that nationals of a country took part, without a number."""

    queryset = models.Presence.objects.published()
    serializer_class = serializers.PresenceSerializer
    resource = "presence"
    filterset_class = filters.PresenceFilter


class ContradictionViewSet(RecordViewSet):
    """Pairs of figures that cannot both hold."""

    queryset = models.Conflict.objects.with_slug()
    serializer_class = serializers.ContradictionSerializer
    filterset_class = filters.ContradictionFilter


class ChangeViewSet(RecordViewSet):
    """What each publish changed, row by row; a removal is the row's tombstone.

    Keep the `Muster-Revision` of your copy and ask for what came `since`.
    """

    queryset = models.Change.objects.all()
    serializer_class = serializers.ChangeSerializer
    filterset_class = filters.ChangeFilter
    lookup_field = "id"
    lookup_value_regex = r"[0-9]{1,18}"


class CorrectionViewSet(RecordViewSet):
    """What we had wrong in a figure, and figures that were taken back, with the reason."""

    queryset = models.Correction.objects.published().with_slug().with_changes()
    serializer_class = serializers.CorrectionSerializer
    filterset_class = filters.CorrectionFilter
