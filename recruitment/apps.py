from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecruitmentConfig(AppConfig):
    """What was claimed: the record, its writer, its estimates and its API."""

    name = "recruitment"

    def ready(self) -> None:
        from recruitment import checks, roles  # noqa: F401

        # Connected after Django's own receiver, which makes our permissions.
        post_migrate.connect(roles.make_groups, sender=self)
