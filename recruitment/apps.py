from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    """What was claimed: the record, its writer, its estimates and its API."""

    name = "recruitment"

    def ready(self) -> None:
        from recruitment import checks  # noqa: F401
