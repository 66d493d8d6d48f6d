"""The forms of a candidate: mending what was read, and each decision on it."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from dashboard.desk.forms.fields import CountryField, DayInput, FigureField
from dashboard.desk.forms.rows import RowForm
from recruitment.choices import RejectReason, Role
from recruitment.models import Candidate


class CandidateForm(RowForm):
    """What was read in a passage, mended or entered by hand; the passage is the article's."""

    country = CountryField()
    passage = forms.CharField(
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The article’s very words, copied from it.",
    )

    class Meta:
        model = Candidate
        fields = [
            *("country", "side", "metric", "qualifier", "low", "high", "scope"),
            *("claimant_text", "as_of", "as_of_precision"),
        ]
        widgets = {"as_of": DayInput()}

    def clean_passage(self) -> str:
        """Find the passage in the article, whatever became of its spaces in between."""
        typed: str = self.cleaned_data["passage"]
        place = _find(typed, self.instance.article.text, self.instance.start)
        if place is None:
            raise forms.ValidationError("These words do not stand in the article so.")
        self.instance.start, self.instance.end = place
        return typed


def _find(typed: str, text: str, near: int | None) -> tuple[int, int] | None:
    """Give where words stand in a text: nearest to where they stood, if they did."""
    pattern = re.compile(r"\s+".join(map(re.escape, typed.split())))
    places = [match.span() for match in pattern.finditer(text)]
    return min(places, key=lambda place: abs(place[0] - (near or 0)), default=None)


class RejectForm(forms.Form):
    reason = forms.ChoiceField(choices=RejectReason.choices, label="Why")
    note = forms.CharField(required=False, max_length=500, label="In words")


class MergeForm(forms.Form):
    """The figure that a candidate is: one of those that are like it, or any other."""

    figure = FigureField(required=False, label="Public id, or address of its page")
    like = FigureField(required=False)
    role = forms.ChoiceField(
        choices=Role.choices,
        initial=Role.CARRIES,
        label="How the page stands to the claim",
    )
    note = forms.CharField(required=False, max_length=500, label="Remark")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["into"] = cleaned.get("figure") or cleaned.get("like")
        if not self.errors and not cleaned["into"]:
            raise forms.ValidationError("Choose the figure that it is.")
        return cleaned
