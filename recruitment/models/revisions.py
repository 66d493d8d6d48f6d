"""Every publish has a number, so that a reader can ask what came after the last one."""

from django.db import models


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
