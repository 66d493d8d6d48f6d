"""The figures: one table, with a proxy for each of its two families."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from recruitment import choices
from recruitment.models.base import (
    Record,
    at_most_twelve_words,
    exact_when_known,
)
from recruitment.models.history import HistoricalRecords
from recruitment.models.sources import Claimant, Country
from recruitment.querysets import FigureQuerySet


class Figure(Record):
    """One number, or range, that one claimant gave for one metric, country and side."""

    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="figures",
        help_text="The country, or group, whose nationals are counted.",
    )
    side = models.CharField(
        max_length=7, choices=choices.Side, help_text="For whom the people fought."
    )
    metric = models.CharField(
        max_length=21, choices=choices.Metric, help_text="What is counted."
    )
    low = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="Lower bound; null where that end is open."
    )
    high = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="Upper bound; null where that end is open."
    )
    qualifier = models.CharField(
        max_length=18,
        choices=choices.Qualifier,
        help_text="The word before the number; “more than” excludes the number itself.",
    )
    wording = models.CharField(
        max_length=200,
        validators=[at_most_twelve_words],
        help_text="The page's own words, twelve at most.",
    )
    scope = models.CharField(
        max_length=6,
        choices=choices.Scope,
        help_text="All nationals that the claimant knows of, or a part of them.",
    )
    scope_note = models.TextField(
        blank=True, help_text="Which part, or what the total includes."
    )
    as_of = models.DateField(
        null=True, blank=True, help_text="The day for which the number was claimed."
    )
    as_of_precision = models.CharField(
        max_length=7,
        choices=choices.Precision,
        help_text="How exactly that day is known; below day it only orders figures.",
    )
    period_start = models.DateField(
        null=True, blank=True, help_text="First day of the period that is counted."
    )
    claimant = models.ForeignKey(
        Claimant, models.PROTECT, related_name="figures", help_text="Who says it."
    )
    evidence_origin = models.ForeignKey(
        Claimant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed_figures",
        help_text="Who counted, where the claimant only relays.",
    )
    evidence = models.CharField(
        max_length=10, choices=choices.Evidence, help_text="What the number rests on."
    )
    interest = models.CharField(
        max_length=7,
        choices=choices.Interest,
        help_text="The interest of a party to the war in the number.",
    )
    credibility = models.PositiveSmallIntegerField(
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
        help_text=(
            "1 confirmed, 2 own count or a list seen by outsiders, 3 usual, 4 anonymous, "
            "fighters or families, 5 probably an error, 6 cannot be judged."
        ),
    )
    variant_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="variants",
        help_text="The figure that this one distorts or restates.",
    )
    disjoint_with = models.ManyToManyField(
        "self",
        blank=True,
        help_text="Subsets that an editor found to share nobody with this one.",
    )
    disjoint_reason = models.TextField(
        blank=True, help_text="Why they share nobody; demanded with `disjoint_with`."
    )

    objects = FigureQuerySet.as_manager()
    history = HistoricalRecords(
        m2m_fields=[disjoint_with], excluded_fields=["search_text"]
    )

    class Meta(Record.Meta):
        abstract = False
        indexes = [
            models.Index(
                fields=["country", "side", "metric", "as_of"], name="figure_by_key"
            ),
        ]
        constraints = [
            *Record.Meta.constraints,
            exact_when_known("as_of", "figure_as_of_has_precision"),
            models.CheckConstraint(
                name="figure_has_a_bound",
                condition=Q(low__isnull=False) | Q(high__isnull=False),
                violation_error_message="Give a lower or an upper bound.",
            ),
            models.CheckConstraint(
                name="figure_low_not_above_high",
                condition=Q(low__isnull=True)
                | Q(high__isnull=True)
                | Q(low__lte=F("high")),
                violation_error_message="low is above high.",
            ),
            # A comparison with null is neither true nor false, and passes a check:
            # every branch says which bounds there are.
            models.CheckConstraint(
                name="figure_qualifier_agrees_with_bounds",
                condition=Q(
                    qualifier__in=["exact", "about", "almost"],
                    low__isnull=False,
                    high__isnull=False,
                    low=F("high"),
                )
                | Q(
                    qualifier__in=["at_least", "more_than"],
                    low__isnull=False,
                    high__isnull=True,
                )
                | Q(qualifier="up_to", low__isnull=True, high__isnull=False)
                | Q(
                    qualifier__in=["range", "order_of_magnitude"],
                    low__isnull=False,
                    high__isnull=False,
                    low__lt=F("high"),
                ),
                violation_error_message="The qualifier does not fit the bounds.",
            ),
            models.CheckConstraint(
                name="figure_subset_says_which",
                condition=~Q(scope=choices.Scope.SUBSET) | ~Q(scope_note=""),
                violation_error_message="Say in scope_note which part is counted.",
            ),
            models.CheckConstraint(
                name="figure_period_starts_before_it_ends",
                condition=Q(period_start__isnull=True)
                | Q(as_of__isnull=False, period_start__lte=F("as_of")),
                violation_error_message="period_start needs an as_of on or after it.",
            ),
            models.CheckConstraint(
                name="figure_flow_has_its_period",
                condition=~Q(metric=choices.Metric.ENLISTMENT_FLOW)
                | Q(period_start__isnull=False),
                violation_error_message="A flow needs the start of its period.",
            ),
            models.CheckConstraint(
                name="figure_credibility_from_1_to_6",
                condition=Q(credibility__range=(1, 6)),
                violation_error_message="Credibility goes from 1 to 6.",
            ),
            models.CheckConstraint(
                name="figure_is_no_variant_of_itself",
                condition=Q(variant_of__isnull=True) | ~Q(variant_of=F("id")),
                violation_error_message="A figure cannot be a variant of itself.",
            ),
        ]

    def searched_terms(self) -> Iterable[str | None]:
        metric = self.get_metric_display()
        return [*super().searched_terms(), metric, self.wording, self.scope_note]

    @property
    def is_retracted(self) -> bool:
        return self.status == choices.Status.RETRACTED

    @property
    def public_original(self) -> Figure | None:
        """The figure that this one restates, unless that is a draft."""
        original = self.variant_of
        return (
            original if original and original.status != choices.Status.DRAFT else None
        )


class RecruitmentFigureManager(models.Manager.from_queryset(FigureQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> FigureQuerySet:
        figures: FigureQuerySet = super().get_queryset()
        return figures.counting(choices.RECRUITMENT_METRICS)


class CasualtyManager(models.Manager.from_queryset(FigureQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> FigureQuerySet:
        figures: FigureQuerySet = super().get_queryset()
        return figures.counting(choices.CASUALTY_METRICS)


class RecruitmentFigure(Figure):
    """A figure on people who joined, serve, were sent or came home."""

    objects = RecruitmentFigureManager()  # type: ignore[misc]  # narrows

    class Meta:
        proxy = True


class Casualty(Figure):
    """A figure on people killed, wounded, missing or captured."""

    objects = CasualtyManager()  # type: ignore[misc]  # narrows

    class Meta:
        proxy = True
        verbose_name_plural = "casualties"
