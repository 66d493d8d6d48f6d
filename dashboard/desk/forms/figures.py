"""The form of a figure, as a draft is made, edited, or what is public corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import model_to_dict

from dashboard.desk.forms.fields import ClaimantField, CountryField, DayInput
from dashboard.desk.forms.rows import RowForm
from recruitment.exporting import fields_of
from recruitment.models import Candidate, Claimant, Figure
from recruitment.proposing import claimants_for, slug_for, summary_of, wording_of
from recruitment.sentences import claimed

CREDIBILITY = (
    (1, "1 · Confirmed by others"),
    (2, "2 · An own count, or a list seen by outsiders"),
    (3, "3 · The usual statement"),
    (4, "4 · Anonymous, fighters or families"),
    (5, "5 · Probably an error"),
    (6, "6 · Cannot be judged"),
)


class CredibilityForm(forms.Form):
    """How credible the words are by themselves, whoever says them."""

    credibility = forms.TypedChoiceField(
        coerce=int, choices=CREDIBILITY, widget=forms.RadioSelect
    )


class NewClaimantForm(RowForm):
    """Somebody whom the record does not know yet."""

    country = CountryField(required=False, help_text="Whose office or organisation.")

    class Meta:
        model = Claimant
        fields = ["name", "kind", "party", "country", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Claimant.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError("The record knows somebody of that name.")
        return name

    def made(self) -> Claimant:
        claimant: Claimant = self.instance
        claimant.slug = slug_for(Claimant, claimant.name)
        return claimant


class FigureForm(RowForm):
    """All that a figure says; the model's own rules speak at the fields."""

    country = CountryField(label="Whose people")
    claimant = ClaimantField(
        error_messages={"required": "Say who claims it, or enter somebody new below."}
    )
    evidence_origin = ClaimantField(
        required=False,
        label="Who counted",
        help_text="Where the claimant only relays another’s number.",
    )

    # The sentence that was proposed: as long as nobody changes it, it follows the rest.
    proposed = forms.CharField(required=False, widget=forms.HiddenInput)
    use_required_attribute = False  # a browser cannot know of the new claimant

    class Meta:
        model = Figure
        fields = [
            *("country", "side", "metric", "qualifier", "low", "high", "scope"),
            *("scope_note", "as_of", "as_of_precision", "period_start", "claimant"),
            *("evidence_origin", "evidence", "interest", "wording", "summary", "note"),
            *("confidence", "countable"),
        ]
        labels = {
            "as_of_precision": "How exactly that day is known",
            "low": "Lower bound",
            "high": "Upper bound",
            "scope_note": "Which part",
            "period_start": "Counted since",
            "summary": "In our own sentence",
            "metric": "What became of them",
        }
        help_texts = {
            **dict.fromkeys(("side", "metric", "as_of_precision", "evidence"), ""),
            "qualifier": "“More than” excludes the number itself.",
            "low": "Empty where that end is open.",
            "high": "Empty where that end is open.",
            "as_of": "For which the number was claimed; the last of a month or year.",
            "scope_note": "Needed where a part is counted; of a total, what it includes.",
            "period_start": "For what is counted in a period.",
        }
        widgets = {
            "as_of": DayInput(),
            "period_start": DayInput(),
            "wording": forms.Textarea(attrs={"rows": 2}),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "scope_note": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, data: Any = None, **options: Any) -> None:
        self.typed = data.copy() if data else {}
        super().__init__(self.typed or None, **options)
        is_new = bool(data and data.get("new-name"))
        self.fields["claimant"].required = not is_new
        self.new_claimant = NewClaimantForm(
            data if is_new else None, prefix="new", use_required_attribute=False
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        claimant = cleaned.get("claimant")
        if self.new_claimant.is_bound:
            if claimant:
                self.add_error(
                    "claimant", "Choose somebody, or enter a new one: not both."
                )
            elif not self.new_claimant.is_valid():
                self.add_error("claimant", "Look at the new claimant below.")
            else:
                cleaned["claimant"] = self.new_claimant.made()
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Leave a new claimant, who has no key yet, to the form of their own."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        claimant = self.cleaned_data.get("claimant")
        return excluded | ({"claimant"} if claimant and not claimant.pk else set())

    def _post_clean(self) -> None:
        super()._post_clean()
        proposed = self.cleaned_data.get("proposed")
        if (
            proposed
            and proposed == self.cleaned_data.get("summary")
            and not self.errors
        ):
            sentence = claimed(self.instance)
            self.instance.summary = self.cleaned_data["summary"] = sentence
            # The page shows what was typed: let it show the sentence of now.
            self.typed["summary"] = self.typed["proposed"] = sentence

    def row(self) -> dict[str, Any]:
        """Give what was filled in as fields of a figure's row."""
        return fields_of(self.instance, self.Meta.fields)

    def claimant_row(self) -> dict[str, Any] | None:
        """Give the row of a claimant who is new; None for one whom the record knows."""
        claimant: Claimant = self.cleaned_data["claimant"]
        if claimant.pk:
            return None
        names = ("slug", "name", "kind", "party", "country", "note")
        return fields_of(claimant, names)


class PublicFigureForm(FigureForm):
    """A figure that was judged before."""

    class Meta(FigureForm.Meta):
        fields = [*FigureForm.Meta.fields, "credibility"]
        widgets = FigureForm.Meta.widgets | {
            "credibility": forms.Select(choices=CREDIBILITY)
        }


def proposal(candidate: Candidate) -> dict[str, Any]:
    """Give what the form of a candidate's figure begins with."""
    suggested = claimants_for(candidate)
    is_named = bool(candidate.claimant_text)
    claimant = suggested[0] if suggested and is_named else None
    summary = summary_of(candidate, claimant)
    read = model_to_dict(
        candidate,
        fields=[
            *("country", "side", "metric", "low", "high", "qualifier", "scope"),
            *("as_of", "as_of_precision"),
        ],
    )
    return read | {
        "claimant": claimant,
        "wording": wording_of(candidate.passage, candidate.low, candidate.high),
        "summary": summary,
        "proposed": summary,
        "evidence": "statement",
        "interest": "none",
        "confidence": "high",
        "countable": True,
    }
