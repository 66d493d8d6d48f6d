"""Fields in which rows of the record are typed by name, and days of any precision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from recruitment.models import Claimant, Country, Figure, Publisher
from recruitment.proposing import slug_for

MOST_LISTED = 2000  # names that a browser is given to choose from


class DayInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class NameInput(forms.TextInput):
    """A text input that offers the names of a list in the page."""

    def __init__(self, names: str) -> None:
        super().__init__(attrs={"list": names, "autocomplete": "off"})


class ClaimantField(forms.CharField):
    """One claimant, typed by public id or by name."""

    model: type[Claimant | Publisher] = Claimant
    names = "claimants"

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", NameInput(self.names))
        super().__init__(max_length=300, **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = self.model._default_manager.filter(pk=value).first()
        return value.name if isinstance(value, self.model) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        return self.find(typed)

    def find(self, typed: str) -> Any:
        rows = self.model._default_manager
        by_id = rows.filter(slug=typed).first()
        if by_id:
            return by_id
        called = list(rows.filter(name__iexact=typed)[:2])
        if not called:
            raise ValidationError(
                "The record knows nobody of that name: choose somebody, or enter a new"
                " claimant below."
            )
        if len(called) > 1:
            ids = ", ".join(one.slug for one in called)
            raise ValidationError(f"Several have that name. Give the id: {ids}.")
        return called[0]


class PublisherField(ClaimantField):
    """A publisher, or a new one of the name that is typed, which is not saved yet."""

    model = Publisher
    names = "publishers"

    def find(self, typed: str) -> Publisher:
        rows = Publisher.objects.filter(Q(slug=typed) | Q(name__iexact=typed))
        known = rows.first()
        return known or Publisher(slug=slug_for(Publisher, typed), name=typed[:200])


class CountryField(forms.CharField):
    """A country or group, typed by its code or by a name of it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", NameInput("countries"))
        super().__init__(max_length=100, **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Country.objects.filter(pk=value).first()
        return value.name if isinstance(value, Country) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        called = list(Country.objects.called(typed)[:2])
        if len(called) != 1:
            known = (
                "There is no such country" if not called else "Several are called so"
            )
            raise ValidationError(f"{known}. A name or a code, such as NPL, is read.")
        return called[0]


class FigureField(forms.CharField):
    """A public figure, given by its public id or by the address of its page."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        slug = typed.rstrip("/").rpartition("/")[2]
        figure = Figure.objects.filter(slug=slug).first()
        if figure is None:
            raise ValidationError("There is no figure with that public id.")
        return figure


def names_to_choose() -> dict[str, list[str]]:
    """Give what the lists of a page offer; whoever is not among them is typed."""
    return {
        "claimants": list(
            Claimant.objects.values_list("name", flat=True)[:MOST_LISTED]
        ),
        "publishers": list(
            Publisher.objects.values_list("name", flat=True)[:MOST_LISTED]
        ),
        "countries": list(Country.objects.values_list("name", flat=True)[:MOST_LISTED]),
    }
