"""The form that hands in a file of rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from recruitment.dataset import FILES
from recruitment.importing import REASON
from recruitment.models import Batch
from recruitment.uploads import MEGABYTE, MOST_BYTES

ENDINGS = (".jsonl", ".ndjson", ".zip", ".csv")


class BatchForm(forms.Form):
    file = forms.FileField(
        label="A file",
        allow_empty_file=True,  # said in our own words
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=(
            "One .jsonl of the dataset, a .zip of several, or a .csv of figures;"
            f" {MOST_BYTES // MEGABYTE} MB at most."
        ),
    )
    rows = forms.ChoiceField(
        required=False,
        label="Rows of",
        choices=[("", "what its name says"), *((one.name, one.name) for one in FILES)],
        help_text="For a .jsonl that is not named as a file of the dataset.",
    )
    reason = forms.CharField(
        max_length=Batch._meta.get_field("reason").max_length,
        initial=REASON,
        label="What the public log of changes says of it",
    )

    def brought(self) -> dict[str, Any]:
        """Give the file and what is said of it, as batches.bring takes them."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        # What is too large is not read to its end, only far enough to be told so.
        return {
            "name": file.name or "",
            "content": file.read(MOST_BYTES + 1),
            "file": self.cleaned_data["rows"],
            "reason": self.cleaned_data["reason"],
        }
