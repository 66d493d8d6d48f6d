"""Which page carries which record, and where on the page."""

from django.db import models
from django.db.models import F, Q

from recruitment import choices
from recruitment.models.base import SLUG_LENGTH, sha256_digest
from recruitment.models.claims import Incentive, Method, Presence, Response
from recruitment.models.figures import Figure
from recruitment.models.history import HistoricalRecords
from recruitment.models.sources import Source
from recruitment.querysets import CitationQuerySet

CITED = ("figure", "response", "incentive", "method", "presence")


class Citation(models.Model):
    """One record read from one page, with the place of the very words."""

    slug = models.SlugField(
        max_length=2 * SLUG_LENGTH + 2,
        unique=True,
        help_text="Slug of what is cited and slug of the source, parted by two hyphens.",
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="citations", help_text="The page."
    )
    figure = models.ForeignKey(
        Figure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        help_text="The figure that was read there.",
    )
    response = models.ForeignKey(
        Response,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        help_text="The response that was read there.",
    )
    incentive = models.ForeignKey(
        Incentive,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        help_text="The incentive that was read there.",
    )
    method = models.ForeignKey(
        Method,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        help_text="The method that was read there.",
    )
    presence = models.ForeignKey(
        Presence,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        help_text="The claim of presence that was read there.",
    )
    role = models.CharField(
        max_length=7,
        choices=choices.Role,
        help_text="How the page stands to the claim.",
    )
    paragraph = models.PositiveIntegerField(
        null=True, blank=True, help_text="Number of the paragraph, from 1."
    )
    start = models.PositiveIntegerField(
        null=True, blank=True, help_text="First character of the passage, from 0."
    )
    end = models.PositiveIntegerField(
        null=True, blank=True, help_text="Character after the last of the passage."
    )
    passage_sha256 = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        validators=[sha256_digest],
        help_text="SHA-256 of the passage, so that a reader of the page can check it.",
    )

    objects = CitationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="citation_cites_one_thing",
                condition=models.Q(
                    *(
                        Q(**{f"{cited}__isnull": cited != one for cited in CITED})
                        for one in CITED
                    ),
                    _connector=Q.OR,
                ),
                violation_error_message="A citation belongs to exactly one record.",
            ),
            models.CheckConstraint(
                name="citation_locator_is_whole",
                condition=Q(
                    paragraph__isnull=True,
                    start__isnull=True,
                    end__isnull=True,
                    passage_sha256__isnull=True,
                )
                | Q(
                    paragraph__isnull=False,
                    paragraph__gte=1,
                    start__isnull=False,
                    end__isnull=False,
                    end__gt=F("start"),
                    passage_sha256__isnull=False,
                ),
                violation_error_message=(
                    "A locator has paragraph, start, end and passage_sha256, or none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
