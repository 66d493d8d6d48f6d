"""What lies on the editors' desk: articles, what was read in them, and corrections.

An article's text is kept for editors alone, and never leaves the desk.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from recruitment import choices
from recruitment.models.base import sha256_digest
from recruitment.models.figures import Figure
from recruitment.models.jobs import Job
from recruitment.models.revisions import Revision
from recruitment.models.sources import Country, Source
from recruitment.querysets import CandidateQuerySet, CorrectionQuerySet


class Article(models.Model):
    """One text that an editor brought, to be read for figures."""

    title = models.CharField(max_length=300, help_text="Its title, or its first words.")
    text = models.TextField(help_text="The text, in which locators count characters.")
    text_sha256 = models.CharField(
        max_length=64,
        unique=True,
        validators=[sha256_digest],
        help_text="SHA-256 of the text; the same text is on the desk only once.",
    )
    url = models.URLField(
        max_length=500, null=True, blank=True, help_text="Where it was published."
    )
    language = models.CharField(
        max_length=8, null=True, blank=True, help_text="ISO 639-1 code of its language."
    )
    published = models.DateField(
        null=True, blank=True, help_text="Day on which it was published."
    )
    parents = models.JSONField(
        default=list,
        blank=True,
        help_text="Reports that it may rest on: name, score and evidence of each.",
    )
    fingerprint = models.JSONField(
        default=dict,
        blank=True,
        help_text="What later texts are compared with; holds no sentence of the text.",
    )
    source = models.OneToOneField(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="article",
        help_text="The source in the record that it became.",
    )
    job = models.ForeignKey(
        Job,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        help_text="The job that read it.",
    )
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who brought it.",
    )
    brought_at = models.DateTimeField(help_text="When it was brought.")
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the desk was done with it."
    )

    class Meta:
        ordering = ["-brought_at", "-id"]
        permissions = [
            ("see_desk", "Can see the editors' desk"),
            ("review", "Can bring articles and decide on candidates"),
            ("publish", "Can publish, correct and retract figures"),
            ("publish_alone", "Can publish what nobody else has looked at"),
        ]

    def __str__(self) -> str:
        return self.title


class Candidate(models.Model):
    """A figure that may stand in an article, with the place of its very words."""

    article = models.ForeignKey(
        Article,
        models.CASCADE,
        related_name="candidates",
        help_text="The article that it was read in.",
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="+",
        help_text="Whose nationals seem to be counted.",
    )
    side = models.CharField(
        max_length=7, choices=choices.Side, help_text="For whom they seem to fight."
    )
    metric = models.CharField(
        max_length=21, choices=choices.Metric, help_text="What seems to be counted."
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
        help_text="The word before the number.",
    )
    scope = models.CharField(
        max_length=6, choices=choices.Scope, help_text="All, or a part, as it seems."
    )
    claimant_text = models.CharField(
        max_length=300,
        null=True,
        blank=True,
        help_text="The article's words for who says it.",
    )
    as_of = models.DateField(
        null=True, blank=True, help_text="The day that the article seems to give."
    )
    as_of_precision = models.CharField(
        max_length=7,
        choices=choices.Precision,
        default=choices.Precision.UNKNOWN,
        help_text="How exactly that day is known.",
    )
    start = models.PositiveIntegerField(
        help_text="First character of the passage in the article's text, from 0."
    )
    end = models.PositiveIntegerField(help_text="Character after its last.")
    role = models.CharField(
        max_length=7,
        choices=choices.Role,
        default=choices.Role.CARRIES,
        help_text="How the article stands to the claim.",
    )
    credibility = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
        help_text="From 1 to 6, judged by the passage alone.",
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who judged the credibility, before seeing the claimant's record.",
    )
    state = models.CharField(
        max_length=8,
        choices=choices.CandidateState,
        default=choices.CandidateState.OPEN,
        help_text="What an editor made of it.",
    )
    figure = models.ForeignKey(
        Figure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="candidates",
        help_text="The figure that it became, or was merged into.",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who decided.",
    )
    decided_at = models.DateTimeField(null=True, blank=True, help_text="When.")
    reject_reason = models.CharField(
        max_length=12,
        null=True,
        blank=True,
        choices=choices.RejectReason,
        help_text="Why it was rejected, as a code.",
    )
    note = models.TextField(blank=True, help_text="Why it was rejected, or merged.")

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["article_id", "start", "id"]
        constraints = [
            models.CheckConstraint(
                name="candidate_has_a_bound",
                condition=Q(low__isnull=False) | Q(high__isnull=False),
                violation_error_message="Give a lower or an upper bound.",
            ),
            models.CheckConstraint(
                name="candidate_passage_has_words",
                condition=Q(start__lt=F("end")),
                violation_error_message="The passage ends before it starts.",
            ),
            models.CheckConstraint(
                name="candidate_figure_goes_with_its_state",
                condition=Q(state__in=["accepted", "merged"], figure__isnull=False)
                | Q(state__in=["open", "rejected"], figure__isnull=True),
                violation_error_message="Accepted and merged candidates name a figure.",
            ),
            models.CheckConstraint(
                name="candidate_decided_says_when",
                condition=Q(state=choices.CandidateState.OPEN, decided_at__isnull=True)
                | ~Q(state=choices.CandidateState.OPEN) & Q(decided_at__isnull=False),
                violation_error_message="Say when it was decided.",
            ),
            models.CheckConstraint(
                name="candidate_rejected_says_why",
                condition=Q(
                    state=choices.CandidateState.REJECTED, reject_reason__isnull=False
                )
                | ~Q(state=choices.CandidateState.REJECTED)
                & Q(reject_reason__isnull=True),
                violation_error_message="Say why it was rejected.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.metric} {self.low}–{self.high}"

    @property
    def passage(self) -> str:
        return self.article.text[self.start : self.end]


class Remark(models.Model):
    """What one editor told another of a draft, beside the draft itself.

    A remark is no change of the draft, so whoever sends one back does not become its author.
    """

    figure = models.ForeignKey(
        Figure, models.CASCADE, related_name="remarks", help_text="The draft."
    )
    words = models.TextField(help_text="What should be changed, or why not.")
    sends_back = models.BooleanField(
        default=False, help_text="Whether the draft waits for its author from now on."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Who wrote it.",
    )
    at = models.DateTimeField(help_text="When.")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.figure_id}: {self.words[:50]}"


class Correction(models.Model):
    """What we said of a figure that we corrected, or took back, in public.

    What it was before and after is in the log of changes, under the same revision.
    """

    figure = models.ForeignKey(
        Figure, models.PROTECT, related_name="corrections", help_text="The figure."
    )
    kind = models.CharField(
        max_length=10,
        choices=choices.CorrectionKind,
        help_text="Whether it was corrected or taken back.",
    )
    reason = models.CharField(
        max_length=14, choices=choices.StatusReason, help_text="Why, as a code."
    )
    note = models.TextField(help_text="What was wrong, in public words.")
    asked_by = models.CharField(
        max_length=200,
        blank=True,
        help_text="Who asked, in public words: “a reader”, an office; never a private name.",
    )
    asked_on = models.DateField(
        null=True, blank=True, help_text="Day on which we were told."
    )
    successor = models.ForeignKey(
        Figure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        help_text="The figure that stands in for one that was taken back.",
    )
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        related_name="corrections",
        help_text="The revision that made it.",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who made it; not public.",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-revision_id", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "revision"], name="correction_once_per_revision"
            ),
            models.CheckConstraint(
                name="correction_successor_only_of_the_retracted",
                condition=Q(successor__isnull=True)
                | Q(kind=choices.CorrectionKind.RETRACTION),
                violation_error_message="Only what is taken back has a successor.",
            ),
            models.CheckConstraint(
                name="correction_successor_is_another",
                condition=Q(successor__isnull=True) | ~Q(successor=F("figure")),
                violation_error_message="A figure cannot succeed itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure_id} {self.kind} in {self.revision_id}"

    @property
    def days_open(self) -> int | None:
        """How long it took us, from the day on which we were told."""
        if self.asked_on is None:
            return None
        return (self.revision.made_at.date() - self.asked_on).days
