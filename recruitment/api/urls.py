from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.routers import APIRootView, DefaultRouter
from rest_framework.schemas import DefaultSchema

from recruitment.api import estimating, releasing, schema_views, views
from recruitment.api.codebook import CodebookView
from recruitment.api.filters import refuse_unknown
from recruitment.api.problem_views import ProblemViewSet
from recruitment.api.renderers import JSONRenderer

# Answers that are no lists of rows.
VIEWS = {
    "series": estimating.SeriesView,
    "summary": estimating.SummaryView,
    "codebook": CodebookView,
    "schema": schema_views.SchemaView,
}


class RootView(APIRootView):
    """The address of each resource."""

    renderer_classes = [JSONRenderer]
    schema = DefaultSchema()

    @extend_schema(responses=dict[str, OpenApiTypes.URI])  # type: ignore[valid-type]
    def get(self, request, **kwargs):
        refuse_unknown(request, set())
        return super().get(request, **kwargs)


class Router(DefaultRouter):
    """Names every resource at the root, those without rows too."""

    APIRootView = RootView

    def get_api_root_view(self, api_urls=None):
        lists = {prefix: f"{name}-list" for prefix, _, name in self.registry}
        names = lists | {name: name for name in VIEWS}
        return self.APIRootView.as_view(api_root_dict=names)


router = Router()
router.register("countries", views.CountryViewSet)
router.register("publishers", views.PublisherViewSet)
router.register("claimants", views.ClaimantViewSet)
router.register("sources", views.SourceViewSet)
router.register("figures", views.FigureViewSet)
router.register("recruitment", views.RecruitmentViewSet, basename="recruitment")
router.register("casualties", views.CasualtyViewSet, basename="casualty")
router.register("citations", views.CitationViewSet)
router.register("responses", views.ResponseViewSet)
router.register("incentives", views.IncentiveViewSet)
router.register("methods", views.MethodViewSet)
router.register("presence", views.PresenceViewSet)
router.register("estimates", estimating.EstimateViewSet)
router.register("contradictions", views.ContradictionViewSet, basename="contradiction")
router.register("changes", views.ChangeViewSet)
router.register("corrections", views.CorrectionViewSet)
router.register("releases", releasing.ReleaseViewSet)
router.register("problems", ProblemViewSet, basename="problem")

urlpatterns = [
    *router.urls,
    *(path(f"{name}/", view.as_view(), name=name) for name, view in VIEWS.items()),
    path(
        "releases/<str:slug>/<str:name>",
        releasing.ReleaseFileView.as_view(),
        name="release-file",
    ),
    path("docs/", schema_views.docs, name="docs"),
    path("redoc/", schema_views.redoc, name="redoc"),
]
