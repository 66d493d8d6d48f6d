"""Who may do what at the desk: four roles, each with all that the one before it may."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.db.models import Q


class Role(models.TextChoices):
    """What somebody is at the desk; the name is that of a group."""

    READER = "reader", "Sees the desk, and decides nothing"
    EDITOR = "editor", "Brings articles, and makes drafts of them"
    PUBLISHER = "publisher", "Publishes what another wrote, corrects and retracts"
    ADMIN = "admin", "Publishes alone, with a reason, and keeps the users"


GRANTS: dict[Role, tuple[str, ...]] = {
    Role.READER: ("recruitment.see_desk",),
    Role.EDITOR: ("recruitment.review",),
    Role.PUBLISHER: ("recruitment.publish",),
    Role.ADMIN: (
        "recruitment.publish_alone",
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
    ),
}


def make_groups(**signal: Any) -> None:
    """Make each role's group, with its permissions and those of the roles before it."""
    held: tuple[str, ...] = ()
    for role, granted in GRANTS.items():
        held += granted
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set(_permissions(held))


def _permissions(names: tuple[str, ...]) -> models.QuerySet[Permission]:
    wanted = Q()
    for name in names:
        app, _, codename = name.partition(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted)
