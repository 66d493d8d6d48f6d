from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """How the record is shown: pages and charts; no models."""

    name = "dashboard"
