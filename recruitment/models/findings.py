"""What follows from the figures besides estimates; found, shown, never repaired.

Derived like the estimates, and rebuilt with them.
"""

from django.db import models
from django.db.models import F, Q

from recruitment import choices
from recruitment.models.figures import Figure
from recruitment.models.sources import Country
from recruitment.querysets import ConflictQuerySet


class Conflict(models.Model):
    """Two figures of one key that cannot both hold (rules R4 and R12)."""

    kind = models.CharField(
        max_length=13,
        choices=choices.ConflictKind,
        help_text="A contradiction between claimants, or a claimant's revision downwards.",
    )
    key = models.SlugField(max_length=60, help_text="Public id of what is counted.")
    one = models.ForeignKey(
        Figure,
        models.CASCADE,
        to_field="slug",
        related_name="conflicts_with_later",
        help_text="The earlier figure.",
    )
    other = models.ForeignKey(
        Figure,
        models.CASCADE,
        to_field="slug",
        related_name="conflicts_with_earlier",
        help_text="The later figure.",
    )
    ratio = models.FloatField(
        null=True,
        help_text="How many times the upper interval's low is the lower one's high.",
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["key", "kind", "one", "other"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "one", "other"], name="conflict_once_per_pair"
            ),
            models.CheckConstraint(
                name="conflict_is_between_two", condition=~Q(one=F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.kind} {self.other_id}"


class Identity(models.Model):
    """One claimant's count of recruits against the sum of what became of them (R14)."""

    country = models.ForeignKey(
        Country,
        models.CASCADE,
        to_field="code",
        related_name="identities",
        help_text="The country, or group, whose nationals are counted.",
    )
    side = models.CharField(
        max_length=7, choices=choices.Side, help_text="For whom the people fought."
    )
    recruited = models.OneToOneField(
        Figure,
        models.CASCADE,
        to_field="slug",
        related_name="identity",
        help_text="The claimant's figure for those recruited.",
    )
    parts = models.ManyToManyField(
        Figure,
        related_name="part_of_identities",
        help_text="The claimant's figures of that day for what became of them.",
    )
    most = models.PositiveBigIntegerField(
        null=True, help_text="The most recruits that the words allow; null if open."
    )
    least = models.PositiveBigIntegerField(
        help_text="The fewest recruits that the parts need."
    )
    holds = models.BooleanField(help_text="Whether the recruits are enough.")

    class Meta:
        ordering = ["recruited"]
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return f"{self.recruited_id}: {'holds' if self.holds else 'broken'}"


class Spread(models.Model):
    """How far a figure has spread: many pages, fewer reports, always one origin."""

    figure = models.OneToOneField(
        Figure,
        models.CASCADE,
        to_field="slug",
        related_name="spread",
        help_text="The figure.",
    )
    pages = models.PositiveIntegerField(help_text="Pages that carry the figure.")
    reports = models.PositiveIntegerField(
        help_text="Independent reports among them: copies of one story count once."
    )

    def __str__(self) -> str:
        return f"{self.figure_id}: {self.pages} pages, {self.reports} reports"
