"""The form that brings an article: as text, as a file, or by its address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from dashboard.desk.forms.fields import DayInput
from recruitment.models import Upload

ENDINGS = (".txt", ".html", ".htm", ".pdf")
MOST_CHARACTERS = 1_000_000
MOST_BYTES = 10 * 1024 * 1024


class ArticleForm(forms.Form):
    """One of three ways to bring a text, and what is known about it."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Paste its text",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="The text alone is best: no menus, no other stories.",
    )
    file = forms.FileField(
        required=False,
        label="Or a file",
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=f"{', '.join(ENDINGS)}; {filesizeformat(MOST_BYTES)} at most.",
    )
    url = forms.URLField(
        required=False,
        assume_scheme="https",
        max_length=500,
        label="Its address",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    title = forms.CharField(required=False, max_length=300)
    published = forms.DateField(required=False, widget=DayInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["url"].help_text = (
            "With no text and no file, the page is fetched from there."
            if settings.FETCHING
            else "Kept with the article. This site fetches no pages: whoever runs it"
            " has not switched that on (FETCHING)."
        )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > MOST_CHARACTERS:
            raise forms.ValidationError(
                f"These are {len(text):,} characters, and {MOST_CHARACTERS:,} are the"
                " most. Paste the part that counts people."
            )
        return text if text.strip() else ""

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is None:
            return None
        if not (file.name or "").lower().endswith(ENDINGS):
            raise forms.ValidationError(f"Only {', '.join(ENDINGS)} are read.")
        if (file.size or 0) > MOST_BYTES:
            most = filesizeformat(MOST_BYTES)
            raise forms.ValidationError(
                f"It has {filesizeformat(file.size or 0)}, and {most} are the most."
            )
        return file

    def clean_published(self) -> Any:
        day = self.cleaned_data["published"]
        if day and day > timezone.now().date():
            raise forms.ValidationError("That day has not come yet.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        text, file, url = (cleaned.get(name) for name in ("text", "file", "url"))
        if text and file:
            self.add_error("file", "Paste a text or choose a file, not both.")
        elif not text and not file:
            if not url:
                self.add_error("text", "Paste a text, or choose a file.")
            elif not settings.FETCHING:
                self.add_error("text", "Paste the text: no page is fetched here.")
        return cleaned

    def upload(self) -> Upload | None:
        """Give what was brought, byte for byte; None for what is to be fetched."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file:
            return Upload.objects.create(
                name=(file.name or "")[-200:],
                content_type=(file.content_type or "")[:100],
                content=file.read(),
            )
        if text := self.cleaned_data["text"]:
            return Upload.objects.create(
                name="pasted.txt",
                content_type="text/plain; charset=utf-8",
                # Browsers send every line end as two characters.
                content=text.replace("\r\n", "\n").encode(errors="replace"),
            )
        return None

    def arguments(self) -> dict[str, str | None]:
        """Give what is known of the article, as a job's arguments."""
        day = self.cleaned_data["published"]
        return {
            "title": self.cleaned_data["title"] or None,
            "url": self.cleaned_data["url"] or None,
            "published": day.isoformat() if day else None,
        }
