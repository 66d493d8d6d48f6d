"""The record as editors see it, drafts included; to look at, not to change.

Changes come in through the one writer, which keeps history and estimates in step. Only
the keys of the API and the desk's people are made here, by administrators.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest
from rest_framework_api_key.admin import APIKeyModelAdmin
from rest_framework_api_key.models import APIKey
from simple_history.admin import SimpleHistoryAdmin

from recruitment import models


class ReadOnlyAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


class CitationInline(admin.TabularInline):  # type: ignore[type-arg]
    model = models.Citation
    fields = ["source", "role", "paragraph", "start", "end"]
    extra = 0

    max_num = 0
    can_delete = False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


class RecordAdmin(ReadOnlyAdmin):
    list_display: tuple[str, ...] = ("slug", "country", "status", "status_reason")
    list_filter: tuple[str, ...] = ("status", "status_reason", "confidence")
    search_fields = ("slug", "summary")
    inlines = (CitationInline,)


@admin.register(models.RecruitmentFigure, models.Casualty)
class FigureAdmin(RecordAdmin):
    list_display = ("slug", "low", "high", "qualifier", "wording", "as_of", "status")
    list_filter = (*RecordAdmin.list_filter, "side", "metric", "claimant__kind")
    list_select_related = ("country", "claimant")


@admin.register(models.Response, models.Incentive, models.Presence)
class ClaimAdmin(RecordAdmin):
    list_select_related = ("country",)


@admin.register(models.Method)
class MethodAdmin(RecordAdmin):
    list_display = ("slug", "kind", "status", "status_reason")


@admin.register(models.Country)
class CountryAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "kind", "region")
    list_filter = ("kind", "region")
    search_fields = ("code", "name")


@admin.register(models.Claimant)
class ClaimantAdmin(ReadOnlyAdmin):
    list_display = ("slug", "name", "kind", "party", "country")
    list_filter = ("kind", "party")
    list_select_related = ("country",)
    search_fields = ("slug", "name")


@admin.register(models.Publisher)
class PublisherAdmin(ReadOnlyAdmin):
    list_display = ("slug", "name", "homepage")
    search_fields = ("slug", "name")


@admin.register(models.Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("slug", "publisher", "published", "kind", "language")
    list_filter = ("kind", "language")
    list_select_related = ("publisher",)
    search_fields = ("slug", "title_gist", "url")


class KeyAdmin(APIKeyModelAdmin):
    """Keys that lift a reader's limits: for superusers alone, whatever else staff may do."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """The desk's people, kept by admins, who make nobody more than they are themselves."""

    def get_readonly_fields(
        self, request: HttpRequest, obj: User | None = None
    ) -> tuple[str, ...]:
        fixed = tuple(super().get_readonly_fields(request, obj))
        is_super = request.user.is_superuser
        return fixed if is_super else (*fixed, "is_superuser", "user_permissions")

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        may: bool = super().has_change_permission(request, obj)
        return may and (request.user.is_superuser or not (obj and obj.is_superuser))


admin.site.unregister(User)
admin.site.register(User, PersonAdmin)
admin.site.unregister(APIKey)
admin.site.register(APIKey, KeyAdmin)
