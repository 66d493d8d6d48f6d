"""What the forms of a row of the record have in common."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form in which the model's rules use its labels, and speak at the field they name."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for message in self.errors.pop(NON_FIELD_ERRORS, []):
            words, names = self._labelled(str(message))
            self.add_error(names[0] if len(names) == 1 else None, words)

    def _labelled(self, message: str) -> tuple[str, list[str]]:
        """Give a rule's words with labels for the fields, and the fields that it names."""
        name = re.compile(rf"\b({'|'.join(self.fields)})\b")
        words = name.sub(lambda found: f"“{capfirst(self[found[0]].label)}”", message)
        return words, list(dict.fromkeys(name.findall(message)))
