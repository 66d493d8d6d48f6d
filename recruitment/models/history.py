"""Keeps each state that a row has been in."""

from functools import cache
from typing import Any

from django.db.models import QuerySet
from simple_history import manager, models


class HistoryManager(manager.HistoryManager):  # type: ignore[misc]
    """Asked for several times with each row that is written, so its class is made once."""

    @classmethod
    @cache
    def from_queryset(
        cls, queryset_class: type[QuerySet[Any]], class_name: str | None = None
    ) -> type[manager.HistoryManager]:
        made: type[manager.HistoryManager] = super().from_queryset(
            queryset_class, class_name
        )
        return made


class HistoricalRecords(models.HistoricalRecords):  # type: ignore[misc]
    def __init__(self, **options: Any) -> None:
        super().__init__(history_manager=HistoryManager, **options)
