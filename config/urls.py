from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from config import health

urlpatterns = [
    path("", include("dashboard.urls")),
    path("api/v1/", include("recruitment.api.urls")),
    path("health/", health.alive),
    path("health/jobs/", health.jobs),
    path("desk/", include("dashboard.desk.urls")),
    # One door, where attempts are counted.
    path(
        "admin/login/",
        RedirectView.as_view(pattern_name="desk:login", query_string=True),
    ),
    path("admin/", admin.site.urls),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
