from django.urls import path
from rest_framework.routers import DefaultRouter

from recruitment.api import views

router = DefaultRouter()
router.include_format_suffixes = False
router.register("countries", views.CountryViewSet)
router.register("figures", views.FigureViewSet)
router.register("recruitment", views.RecruitmentViewSet, basename="recruitment")
router.register("casualties", views.CasualtyViewSet, basename="casualty")
router.register("claimants", views.ClaimantViewSet)
router.register("sources", views.SourceViewSet)
router.register("estimates", views.EstimateViewSet)

urlpatterns = [
    *router.urls,
    # The slash leaves "/figures" to the redirect to "/figures/".
    path("<path:unknown>/", views.no_such_resource, name="no-such-resource"),
]
