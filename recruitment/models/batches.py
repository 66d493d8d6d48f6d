"""Rows that came in a file: what they would change, and who let them in."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from recruitment.models.base import sha256_digest
from recruitment.models.jobs import Job


class Batch(models.Model):
    """A file of rows that somebody handed in, tried out before it is written."""

    name = models.CharField(max_length=200, help_text="Name of the file.")
    content = models.BinaryField(
        help_text="The bytes, as they came; empty once written or given up."
    )
    sha256 = models.CharField(
        max_length=64, validators=[sha256_digest], help_text="SHA-256 of the bytes."
    )
    file = models.CharField(
        max_length=20,
        blank=True,
        help_text="File of the dataset whose rows they are; empty where the name says it.",
    )
    reason = models.CharField(
        max_length=100, help_text="What the public log of changes says of it."
    )
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Who handed it in; stands in the history of its rows.",
    )
    brought_at = models.DateTimeField(help_text="When.")
    job = models.ForeignKey(
        Job,
        models.SET_NULL,
        null=True,
        related_name="batches",
        help_text="The last job that tried it out or wrote it.",
    )
    outcome = models.JSONField(
        default=dict,
        help_text="What it would change, as the last trial found; empty before one.",
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Who let it in.",
    )
    alone = models.CharField(
        max_length=80,
        blank=True,
        help_text="Why nobody else could look at it; empty where somebody did.",
    )
    written_at = models.DateTimeField(null=True, help_text="When it was written.")

    class Meta:
        ordering = ["-brought_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="batch_written_was_let_in",
                condition=Q(written_at__isnull=True) | ~Q(outcome={}),
                violation_error_message="Nothing is written that was not tried out.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
