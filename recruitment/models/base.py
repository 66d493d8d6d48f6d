"""What the models share: public ids, exact dates, and what every claim has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from recruitment import choices
from recruitment.searching import search_text

SLUG_LENGTH = 100
WORDING_WORDS = 12

country_code = RegexValidator(
    r"^[A-Z]{3}[A-Z_]*\Z", "A country code has three capital letters; a group's more."
)
sha256_digest = RegexValidator(
    r"^[0-9a-f]{64}\Z", "A SHA-256 digest has 64 hexadecimal digits."
)


def at_most_twelve_words(text: str) -> None:
    """Refuse longer quotations: the articles' sentences stay in the articles."""
    if len(text.split()) > WORDING_WORDS:
        raise ValidationError(f"Quote at most {WORDING_WORDS} words.")


def exact_when_known(date_field: str, name: str) -> models.CheckConstraint:
    """Demand that a date and its precision are stated together or not at all."""
    precision = f"{date_field}_precision"
    return models.CheckConstraint(
        name=name,
        condition=Q(
            **{f"{date_field}__isnull": True, precision: choices.Precision.UNKNOWN}
        )
        | Q(**{f"{date_field}__isnull": False})
        & ~Q(**{precision: choices.Precision.UNKNOWN}),
        violation_error_message=(
            f"{date_field} is empty exactly when {precision} is unknown."
        ),
    )


class SearchTextField(models.TextField):  # type: ignore[type-arg]
    """Holds what a row is found by, made of its own columns whenever it is saved.

    Not in fixtures, forms or history: it can be made again.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.editable = self.serialize = False

    def deconstruct(self) -> Any:
        """Look like any text field to migrations, which make no rows."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options

    def pre_save(self, instance: models.Model, add: bool) -> str:
        text = search_text(instance.searched_terms())  # type: ignore[attr-defined]
        setattr(instance, self.attname, text)
        return text


def search_text_field() -> SearchTextField:
    return SearchTextField(default="", help_text="What the row is found by, folded.")


def is_draft_field() -> models.BooleanField[bool, bool]:
    """Hold back a row that only drafts need; the writer sets it, no file and no form."""
    return models.BooleanField(
        default=False,
        editable=False,
        serialize=False,
        help_text="Whether only drafts need it, so that the public does not see it yet.",
    )


class Record(models.Model):
    """What every claim in the record has, whatever it is about."""

    slug = models.SlugField(
        max_length=SLUG_LENGTH, unique=True, help_text="Public id, for ever."
    )
    summary = models.TextField(help_text="The claim in our own sentence.")
    countable = models.BooleanField(
        default=True, help_text="False for variants, probable errors and plans."
    )
    status = models.CharField(
        max_length=10,
        choices=choices.Status,
        default=choices.Status.DRAFT,
        help_text="Draft, published, or what became of it later.",
    )
    status_reason = models.CharField(
        max_length=14,
        null=True,
        blank=True,
        choices=choices.StatusReason,
        help_text="Why it is not, or no longer, simply published.",
    )
    confidence = models.CharField(
        max_length=6,
        choices=choices.Confidence,
        help_text="That the row renders what was claimed, not that the claim is true.",
    )
    note = models.TextField(blank=True, help_text="Remarks on date, reading or relay.")

    search_text = search_text_field()

    class Meta:
        abstract = True
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_status_has_a_reason",
                condition=Q(status=choices.Status.PUBLISHED)
                | Q(status=choices.Status.DRAFT)
                | Q(status_reason__isnull=False),
                violation_error_message="Give the reason for this status.",
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def searched_terms(self) -> Iterable[str | None]:
        """Give what a reader may look for; whom it is about is found by itself."""
        return [self.slug, self.summary]
