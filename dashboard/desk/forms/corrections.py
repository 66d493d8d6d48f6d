"""What is told in public of a figure that is corrected, or taken back."""

from __future__ import annotations

from typing import Any

from django import forms

from dashboard.desk.forms.fields import DayInput, FigureField
from recruitment.reviewing import REASONS


class CorrectionForm(forms.Form):
    reason = forms.ChoiceField(
        choices=[(one.value, one.label) for one in REASONS], label="Why"
    )
    public_note = forms.CharField(
        max_length=1000,
        label="What was wrong, for the public",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence or two. It stays on the page of corrections.",
    )
    asked_by = forms.CharField(
        required=False,
        max_length=200,
        label="Who asked",
        help_text="“A reader”, an office; never a private name. Empty if nobody did.",
    )
    asked_on = forms.DateField(
        required=False, widget=DayInput(), label="When we were told"
    )

    def told(self) -> dict[str, Any]:
        """Give what reviewing takes, by name."""
        told = self.cleaned_data
        return {
            "reason": told["reason"],
            "note": told["public_note"],
            "asked_by": told["asked_by"],
            "asked_on": told["asked_on"],
        }


class RetractionForm(CorrectionForm):
    successor = FigureField(
        required=False,
        label="What stands in for it",
        help_text="The public id of another figure, or the address of its page.",
    )

    def told(self) -> dict[str, Any]:
        return super().told() | {"successor": self.cleaned_data["successor"]}
