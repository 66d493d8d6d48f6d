"""The claims that are no counts: responses, incentives, methods, presence."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from recruitment import choices
from recruitment.models.base import Record, exact_when_known
from recruitment.models.history import HistoricalRecords
from recruitment.models.sources import Claimant, Country
from recruitment.querysets import (
    MethodQuerySet,
    PresenceQuerySet,
    RecordQuerySet,
    ResponseQuerySet,
)


class Response(Record):
    """One thing that a state did about the recruitment of its nationals."""

    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="responses",
        help_text="The country whose nationals are concerned.",
    )
    kind = models.CharField(
        max_length=20, choices=choices.ResponseKind, help_text="What was done."
    )
    date = models.DateField(
        null=True, blank=True, help_text="Day on which it was done."
    )
    date_precision = models.CharField(
        max_length=7,
        choices=choices.Precision,
        help_text="How exactly that day is known.",
    )
    persons = models.PositiveIntegerField(
        null=True, blank=True, help_text="Number of people concerned, where stated."
    )
    actor = models.CharField(max_length=200, help_text="Who did it.")
    claimant = models.ForeignKey(
        Claimant, models.PROTECT, related_name="responses", help_text="Who says so."
    )

    objects = ResponseQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            *Record.Meta.constraints,
            exact_when_known("date", "response_date_has_precision"),
        ]

    def searched_terms(self) -> Iterable[str | None]:
        return [*super().searched_terms(), self.get_kind_display(), self.actor]


class Incentive(Record):
    """One payment or promise to recruits, or fee taken from them."""

    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="incentives",
        help_text="The country whose nationals were promised it.",
    )
    side = models.CharField(
        max_length=7, choices=choices.Side, help_text="For whom they were to fight."
    )
    kind = models.CharField(
        max_length=22, choices=choices.IncentiveKind, help_text="What was promised."
    )
    amount_low = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="Lower bound of the sum, in `currency`."
    )
    amount_high = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="Upper bound of the sum, in `currency`."
    )
    currency = models.CharField(
        max_length=3, null=True, blank=True, help_text="ISO 4217 code."
    )
    period = models.CharField(
        max_length=5,
        null=True,
        blank=True,
        choices=choices.Period,
        help_text="Whether the sum is paid each month or once.",
    )
    as_of = models.DateField(
        null=True, blank=True, help_text="The day for which it was reported."
    )
    as_of_precision = models.CharField(
        max_length=7,
        choices=choices.Precision,
        help_text="How exactly that day is known.",
    )
    claimant = models.ForeignKey(
        Claimant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incentives",
        help_text="Who says so; null where the page says it itself.",
    )

    objects = RecordQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            *Record.Meta.constraints,
            exact_when_known("as_of", "incentive_as_of_has_precision"),
            models.CheckConstraint(
                name="incentive_low_not_above_high",
                condition=Q(amount_low__isnull=True)
                | Q(amount_high__isnull=True)
                | Q(amount_low__lte=F("amount_high")),
                violation_error_message="amount_low is above amount_high.",
            ),
            models.CheckConstraint(
                name="incentive_amount_has_a_currency",
                condition=Q(amount_low__isnull=True, amount_high__isnull=True)
                | Q(currency__isnull=False),
                violation_error_message="A sum needs its currency.",
            ),
        ]

    def searched_terms(self) -> Iterable[str | None]:
        return [*super().searched_terms(), self.get_kind_display()]


class Method(Record):
    """One way in which people are recruited, held or coerced, as a claimant tells it."""

    kind = models.SlugField(
        max_length=50, help_text="A word or two for the method; an open list."
    )
    countries = models.ManyToManyField(
        Country, related_name="methods", help_text="Whose nationals are concerned."
    )
    side = models.CharField(
        max_length=7, choices=choices.Side, help_text="For whom they were to fight."
    )
    claimant = models.ForeignKey(
        Claimant, models.PROTECT, related_name="methods", help_text="Who says so."
    )

    objects = MethodQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[countries], excluded_fields=["search_text"])

    class Meta(Record.Meta):
        abstract = False

    def searched_terms(self) -> Iterable[str | None]:
        return [*super().searched_terms(), self.kind]

    @property
    def kind_in_words(self) -> str:
        return self.kind.replace("_", " ").capitalize()


class Presence(Record):
    """A claim that nationals of a country took part, without a number."""

    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="presences",
        help_text="The country whose nationals took part.",
    )
    side = models.CharField(
        max_length=7, choices=choices.Side, help_text="For whom they fought."
    )
    claimant = models.ForeignKey(
        Claimant, models.PROTECT, related_name="presences", help_text="Who says so."
    )

    objects = PresenceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta(Record.Meta):
        abstract = False
        verbose_name_plural = "presence"
