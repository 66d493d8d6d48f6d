"""What the record's own pages and charts are asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from dashboard.forms import ChartForm, PageForm
from recruitment.choices import Metric, ResponseKind, Side
from recruitment.models import Claimant, Country, Figure, Source

# Named as in the API.
ORDERS = [
    ("-as_of", "Newest first"),
    ("as_of", "Oldest first"),
    ("-low", "Greatest lower bound first"),
    ("low", "Smallest lower bound first"),
    ("-high", "Greatest upper bound first"),
    ("high", "Smallest upper bound first"),
]


class FigureForm(ChartForm):
    figure = forms.ModelChoiceField(
        Figure.objects.published().select_related(
            "country", "claimant", "evidence_origin"
        ),
        to_field_name="slug",
        error_messages={"invalid_choice": "There is no such figure."},
    )


class LineageForm(FigureForm):
    """A figure, or a page: exactly one of them."""

    source = forms.ModelChoiceField(
        Source.objects.published(),
        to_field_name="slug",
        required=False,
        error_messages={"invalid_choice": "There is no such page."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["figure"].required = False

    def clean(self) -> dict[str, Any]:
        asked = {name: one for name, one in self.cleaned_data.items() if one}
        if not self.errors and len(asked) != 1:
            raise forms.ValidationError("Give a figure or a source, and not both.")
        return asked


class CountForm(ChartForm):
    """One count: whose people, and what became of them."""

    side = forms.ChoiceField(choices=Side.choices, required=False)
    metric = forms.ChoiceField(choices=Metric.choices, required=False, label="Count")


class ClaimantForm(CountForm):
    claimant = forms.ModelChoiceField(
        Claimant.objects.published(),
        to_field_name="slug",
        error_messages={"invalid_choice": "There is no such claimant."},
    )


class ResponsesForm(PageForm, ChartForm):
    """What states did: of one country or all, of one kind or all."""

    country = forms.ModelChoiceField(
        Country.objects.all(),
        to_field_name="code",
        required=False,
        error_messages={"invalid_choice": "There is no such country."},
    )
    kind = forms.ChoiceField(
        choices=[("", "Everything"), *ResponseKind.choices],
        required=False,
        label="What was done",
    )

    def asked(self) -> dict[str, Any]:
        return {
            "country": self.cleaned_data["country"],
            "kind": self.cleaned_data["kind"],
        }


class FiguresForm(PageForm):
    """In which order figures come, named as in the API; its filters do the rest."""

    ordering = forms.ChoiceField(choices=ORDERS, required=False)

    def order(self) -> str:
        return self.cleaned_data["ordering"] or "-as_of"
