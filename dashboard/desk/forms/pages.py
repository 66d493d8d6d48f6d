"""The form that says which page an article is, for the record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from dashboard.desk.forms.fields import DayInput, PublisherField
from dashboard.desk.forms.rows import RowForm
from recruitment.choices import Precision, SourceKind
from recruitment.exporting import fields_of
from recruitment.models import Article, Publisher, Source
from recruitment.proposing import source_slug


class PageForm(RowForm):
    """The page that an article is, for the record."""

    publisher = PublisherField(
        help_text="As the publisher writes its name; a new one is entered with the page."
    )
    url = forms.URLField(
        required=False,
        max_length=500,
        empty_value=None,
        assume_scheme="https",
        label="Address",
        help_text="Leave it out if it contains a person’s name.",
    )
    parents = forms.ModelMultipleChoiceField(
        Source.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="It rests on",
    )

    class Meta:
        model = Source
        fields = [
            *("publisher", "title_gist", "author", "url", "published"),
            *("published_precision", "language", "kind", "note"),
        ]
        labels = {
            "title_gist": "What it is about, in our words",
            "published_precision": "How exactly that is known",
        }
        help_texts = {"title_gist": "", "published_precision": "", "kind": ""}
        widgets = {"published": DayInput(), "note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, data: Any = None, *, likely: list[str], **options: Any) -> None:
        """Offer `likely` parents by their public ids."""
        super().__init__(data, **options)
        field = self.fields["parents"]
        if self.instance.pk:  # it may rest on what nobody proposed
            rests_on = self.instance.derived_from.values_list("slug", flat=True)
            self.initial["parents"] = [*rests_on]
            likely = [*likely, *rests_on]
        field.queryset = Source.objects.filter(slug__in=likely)  # type: ignore[attr-defined]

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        publisher = self.cleaned_data.get("publisher")
        return excluded | ({"publisher"} if publisher and not publisher.pk else set())

    def row(self) -> dict[str, Any]:
        source: Source = self.instance
        source.slug = source_slug(
            source.publisher.slug, source.published, source.title_gist
        )
        return fields_of(source, ["slug", *self.Meta.fields]) | {
            "accessed": timezone.now().date().isoformat(),
            "derived_from": sorted(one.slug for one in self.cleaned_data["parents"]),
            "credits": [],
        }

    def publisher_row(self) -> dict[str, Any] | None:
        """Give the row of a publisher who is new; None for one whom the record knows."""
        publisher: Publisher = self.cleaned_data["publisher"]
        names = ("slug", "name", "homepage")
        return None if publisher.pk else fields_of(publisher, names)


def page_of(article: Article, publisher: Publisher | None) -> dict[str, Any]:
    """Give what the form of an article's page begins with."""
    known = article.published is not None
    return {
        "publisher": publisher,
        "url": article.url,
        "published": article.published,
        "published_precision": Precision.DAY if known else Precision.UNKNOWN,
        "language": article.language,
        "kind": SourceKind.NEWS_REPORT,
    }
