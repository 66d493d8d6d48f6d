"""What the rules make of the figures; derived, and rebuilt whenever they change."""

from django.db import models
from django.db.models import F, Q

from recruitment import choices
from recruitment.estimates import dispersion
from recruitment.models.figures import Figure
from recruitment.models.sources import Country
from recruitment.querysets import EstimateQuerySet


def end(help_text: str) -> "models.ForeignKey[Figure | None, Figure | None]":
    """Link the figure that stands at one end, by its public id."""
    return models.ForeignKey(
        Figure,
        models.CASCADE,
        to_field="slug",
        null=True,
        related_name="+",
        help_text=help_text,
    )


class Estimate(models.Model):
    """Low, best and high of one key, under one policy, for an interval of days."""

    key = models.SlugField(
        max_length=60,
        help_text="Public id of what is estimated: country, side and metric.",
    )
    country = models.ForeignKey(
        Country,
        models.CASCADE,
        to_field="code",
        related_name="estimates",
        help_text="The country, or group, whose nationals are counted.",
    )
    side = models.CharField(
        max_length=7, choices=choices.Side, help_text="For whom the people fought."
    )
    metric = models.CharField(
        max_length=21, choices=choices.Metric, help_text="What is counted."
    )
    policy = models.CharField(
        max_length=10, choices=choices.Policy, help_text="Which figures were used."
    )
    from_day = models.DateField(help_text="First day on which the estimate holds.")
    to_day = models.DateField(
        null=True,
        help_text="First day on which it no longer holds; null if it still does.",
    )
    low = models.PositiveBigIntegerField(
        null=True, help_text="The greatest accepted floor; null where there is none."
    )
    best = models.PositiveBigIntegerField(
        null=True, help_text="The chosen figure, never an average; null with a reason."
    )
    high = models.PositiveBigIntegerField(
        null=True, help_text="The highest figure claimed; null where that end is open."
    )
    low_strict = models.BooleanField(
        help_text="The low itself is excluded: “more than”."
    )
    high_open = models.BooleanField(help_text="Nothing bounds the number from above.")
    label = models.CharField(
        max_length=1,
        choices=choices.Label,
        help_text="How well it is supported, A to E.",
    )
    reason = models.CharField(
        max_length=12, help_text="Why this best was chosen, or why there is none."
    )
    revised_down = models.BooleanField(
        help_text="A claimant took a higher cumulative figure back."
    )
    origins = models.PositiveIntegerField(
        help_text="How many independent origins stand behind the figures in use."
    )
    low_figure = end("Sets the low.")
    best_figure = end("Sets the best.")
    high_figure = end("Sets the high.")
    last_known_figure = end(
        "The last best of a cumulative metric, now too old to be the best."
    )
    low_sum_of = models.JSONField(
        default=list,
        help_text="What the low adds up: codes of members, or slugs of disjoint subsets.",
    )
    rules_version = models.CharField(
        max_length=10, help_text="The version of the rules that made this row."
    )

    objects = EstimateQuerySet.as_manager()

    class Meta:
        ordering = ["key", "policy", "from_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "policy", "from_day"],
                name="estimate_once_per_key_and_day",
            ),
            models.CheckConstraint(
                name="estimate_ends_after_it_begins",
                condition=Q(to_day__isnull=True) | Q(to_day__gt=F("from_day")),
            ),
            models.CheckConstraint(
                name="estimate_low_best_high_in_order",
                condition=(
                    (Q(low__isnull=True) | Q(best__isnull=True) | Q(low__lte=F("best")))
                    & (
                        Q(best__isnull=True)
                        | Q(high__isnull=True)
                        | Q(best__lte=F("high"))
                    )
                    & (
                        Q(low__isnull=True)
                        | Q(high__isnull=True)
                        | Q(low__lte=F("high"))
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.policy}) from {self.from_day}"

    @property
    def dispersion(self) -> float | None:
        """R12: how many times the high is the low; null unless both are known."""
        return dispersion(self.low, self.high)
