"""The record as it once was, in files that do not change, so that it can be cited."""

from django.db import models

from recruitment.models.revisions import Revision


class Release(models.Model):
    """One frozen, hashed copy of all that is public."""

    slug = models.CharField(
        max_length=20,
        unique=True,
        help_text="Public id, for ever: the day, and a number from the second of a day on.",
    )
    made_at = models.DateTimeField(help_text="When it was made.")
    revision = models.OneToOneField(
        Revision,
        models.PROTECT,
        related_name="release",
        help_text="The revision whose rows it holds.",
    )
    rules_version = models.CharField(
        max_length=10, help_text="The version of the rules that made its estimates."
    )
    note = models.TextField(blank=True, help_text="What is new, or what it is for.")
    files = models.JSONField(
        help_text="Name, media_type, bytes, sha256 and rows of each file; rows may be null."
    )

    class Meta:
        ordering = ["-made_at", "-slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def archive(self) -> str:
        """The name of the file that holds all the others."""
        return f"muster-{self.slug}.zip"
