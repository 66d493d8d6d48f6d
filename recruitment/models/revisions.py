"""Every publish has a number, so that a reader can ask what came after the last one."""

from django.db import models

from recruitment import choices
from recruitment.models.base import SLUG_LENGTH
from recruitment.querysets import ChangeQuerySet


class Revision(models.Model):
    """One publish: all that changed for the public at one moment."""

    number = models.PositiveBigIntegerField(
        primary_key=True, help_text="Grows by one with each publish."
    )
    made_at = models.DateTimeField(help_text="When it was published.")
    reason = models.CharField(max_length=200, help_text="What was done to the record.")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.reason}"


class Change(models.Model):
    """What one revision changed about one public row; a removal is its tombstone."""

    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        related_name="changes",
        help_text="The revision that made the change.",
    )
    resource = models.CharField(
        max_length=10,
        choices=choices.Resource,
        help_text="What kind of row it is, as the API names it.",
    )
    public_id = models.CharField(
        max_length=2 * SLUG_LENGTH + 2,
        help_text="Public id of the row: its slug, code or key.",
    )
    kind = models.CharField(
        max_length=7,
        choices=choices.ChangeKind,
        help_text="Whether the row came in, changed, or is no longer public.",
    )
    fields = models.JSONField(
        default=list,
        help_text="Names of the fields that changed; empty for a row added or removed.",
    )
    differences = models.JSONField(
        default=dict,
        help_text=(
            "Value before and after, by field: of a figure, all but free text; of an "
            "estimate, its numbers on the record's latest day, from all figures."
        ),
    )
    reason = models.CharField(max_length=200, help_text="Why it was changed.")
    successor = models.CharField(
        max_length=2 * SLUG_LENGTH + 2,
        null=True,
        help_text="Public id of the row that stands in for a removed one, where known.",
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["revision_id", "id"]
        indexes = [
            models.Index(fields=["resource", "public_id"], name="change_of_a_row"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "resource", "public_id"],
                name="change_once_per_row_and_revision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource}/{self.public_id} {self.kind} in {self.revision_id}"
