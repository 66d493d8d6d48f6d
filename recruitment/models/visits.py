"""What was found when a page was visited again."""

from django.db import models

from recruitment import choices
from recruitment.models.base import sha256_digest
from recruitment.models.sources import Source
from recruitment.querysets import VisitQuerySet

# What a visit says of the page itself; of one that was not shown it says nothing.
LINK_STATES = {
    choices.VisitOutcome.THERE: choices.LinkState.THERE,
    choices.VisitOutcome.CHANGED: choices.LinkState.CHANGED,
    choices.VisitOutcome.GONE: choices.LinkState.GONE,
    choices.VisitOutcome.REPLACED: choices.LinkState.GONE,
}


class Visit(models.Model):
    """One look at a page. No part of the record: it publishes nothing by itself."""

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="visits", help_text="The page."
    )
    at = models.DateTimeField(help_text="When it was visited.")
    outcome = models.CharField(
        max_length=8, choices=choices.VisitOutcome, help_text="What was found."
    )
    http_status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the server answered; null for no answer."
    )
    detail = models.CharField(
        max_length=500, help_text="What was found, in a sentence."
    )
    text_sha256 = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        validators=[sha256_digest],
        help_text="SHA-256 of the article that was seen; null where none was made out.",
    )
    quotes_found = models.JSONField(
        default=list,
        blank=True,
        help_text="Slugs of the citations whose words are there.",
    )
    quotes_missing = models.JSONField(
        default=list,
        blank=True,
        help_text="Slugs of the citations whose words were read there and are not there.",
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["source", "-at"], name="visit_of_a_source")]

    def __str__(self) -> str:
        return f"{self.source_id} at {self.at:%Y-%m-%d %H:%M}: {self.outcome}"

    @property
    def link_state(self) -> choices.LinkState | None:
        """Give the state that the source is in, should this visit be believed."""
        return LINK_STATES.get(choices.VisitOutcome(self.outcome))
