"""What somebody looked at and found to be in order, until the row changes."""

from django.conf import settings
from django.db import models

from recruitment import choices
from recruitment.models.base import SLUG_LENGTH


class Dismissal(models.Model):
    """A finding of the quality rules that an editor looked at: it is fine."""

    rule = models.CharField(max_length=30, help_text="Code of the rule that found it.")
    resource = models.CharField(
        max_length=10, choices=choices.Resource, help_text="What kind of row it is."
    )
    public_id = models.CharField(
        max_length=2 * SLUG_LENGTH + 2, help_text="Public id of the row."
    )
    version = models.CharField(
        max_length=100,
        help_text="State of the row that was looked at; of another one it says nothing.",
    )
    why = models.CharField(max_length=200, help_text="Why it is fine.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Who looked.",
    )
    at = models.DateTimeField(help_text="When.")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "resource", "public_id"], name="dismissal_once_per_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.public_id}"
