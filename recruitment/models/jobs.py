"""What workers are asked to do: rows that are written before any message is sent.

A job's row is the outbox. A message only says that there is one; if it is lost, a sweep
sends it again, and if it comes twice, the row says that somebody has the job already.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from recruitment import choices
from recruitment.querysets import JobQuerySet


class Upload(models.Model):
    """What somebody handed in, byte for byte, until a job has read it."""

    name = models.CharField(max_length=200, help_text="Name of the file.")
    content_type = models.CharField(
        max_length=100, blank=True, help_text="Media type that the browser gave it."
    )
    content = models.BinaryField(help_text="The bytes, as they came.")

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """One piece of work for a worker, and what became of it."""

    kind = models.CharField(
        max_length=17, choices=choices.JobKind, help_text="What is to be done."
    )
    state = models.CharField(
        max_length=7,
        choices=choices.JobState,
        default=choices.JobState.QUEUED,
        help_text="Where it stands.",
    )
    once = models.CharField(
        max_length=100,
        null=True,
        blank=True,
        unique=True,
        help_text="What must be done only once, such as a run of a day; null for all else.",
    )
    arguments = models.JSONField(
        default=dict,
        blank=True,
        help_text="What it is about: keys and options, by name.",
    )
    upload = models.ForeignKey(
        Upload,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="jobs",
        help_text="The file to read; null once it is read.",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who asked for it; null for what comes round by itself.",
    )
    asked_at = models.DateTimeField(help_text="When it was asked for.")
    sent_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the workers were last told; null where the broker did not answer.",
    )
    started_at = models.DateTimeField(
        null=True, blank=True, help_text="When a worker last took it."
    )
    held_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Until when the worker that has it says that it is alive.",
    )
    holder = models.CharField(
        max_length=36,
        blank=True,
        help_text="Token of the run that has it; another run may not end it.",
    )
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was done, or failed."
    )
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="How many times a worker has taken it."
    )
    told = models.TextField(
        blank=True, help_text="What came of it, or what went wrong, in words."
    )
    result = models.JSONField(
        default=dict, blank=True, help_text="What came of it, for pages to show."
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["state", "asked_at"], name="job_by_state")]
        constraints = [
            models.CheckConstraint(
                name="job_running_is_held",
                condition=~Q(state=choices.JobState.RUNNING)
                | Q(held_until__isnull=False) & ~Q(holder=""),
                violation_error_message="Say who runs the job, and until when.",
            ),
            models.CheckConstraint(
                name="job_ended_says_when",
                condition=~Q(state__in=["done", "failed"]) | Q(ended_at__isnull=False),
                violation_error_message="Say when the job ended.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"


class Heartbeat(models.Model):
    """The last sign of life of a worker."""

    worker = models.CharField(
        max_length=200, unique=True, help_text="The worker's own name."
    )
    at = models.DateTimeField(help_text="When it last ran a task.")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.worker} at {self.at:%Y-%m-%d %H:%M}"
