from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("", include("dashboard.urls")),
    path("api/v1/", include("recruitment.api.urls")),
    path("health/", health.alive),
    path("health/jobs/", health.jobs),
    path("admin/", admin.site.urls),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
