"""What a page shows: one form, whose whole state is in the address."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.http import urlencode

from recruitment.choices import Metric, Policy, Side
from recruitment.estimates import ESTIMATED
from recruitment.models import Country, Figure

METRICS = [(value, label) for value, label in Metric.choices if value in ESTIMATED]


VIEW = ("side", "metric", "policy", "as_of")
BOTH_SIDES, EVERY_COUNT = "Both sides", "Every count"
MOST_COMPARED = 6


@dataclass(frozen=True)
class View:
    """One side, one metric, one policy, one day."""

    side: str
    metric: str
    policy: str
    as_of: date

    def query(self, **changes: str | list[str]) -> str:
        """Give the view as it stands in an address, changed, and with what is added.

        What is empty is left out, as it stands for every side or count.
        """
        asked = {**asdict(self), **changes}
        return urlencode({name: one for name, one in asked.items() if one}, doseq=True)

    @property
    def metric_label(self) -> str:
        return Metric(self.metric).label if self.metric else EVERY_COUNT

    @property
    def side_label(self) -> str:
        return Side(self.side).label if self.side else BOTH_SIDES


class ChartForm(forms.Form):
    """What a chart is asked for."""

    def asked(self) -> dict[str, Any]:
        """Give what the chart's builder takes, by name; for a valid form only."""
        return dict(self.cleaned_data)


class ViewForm(ChartForm):
    side = forms.ChoiceField(choices=Side.choices, required=False)
    metric = forms.ChoiceField(choices=METRICS, required=False, label="Count")
    policy = forms.ChoiceField(
        choices=Policy.choices, required=False, label="Figures used"
    )
    as_of = forms.DateField(
        required=False,
        label="As of",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def view(self, **defaults: str) -> View:
        """Give what was asked for; raise ValueError where the form is not valid."""
        if not self.is_valid():
            raise ValueError("The form is not valid")
        asked: dict[str, Any] = {
            "side": Side.RUSSIA,
            "metric": Metric.KILLED,
            "policy": Policy.ALL,
            **defaults,
            **{
                name: self.cleaned_data[name]
                for name in VIEW
                if self.cleaned_data[name]
            },
        }
        asked.setdefault("as_of", None)
        asked["as_of"] = asked["as_of"] or Figure.objects.latest_day()
        return View(**asked)

    def asked(self) -> dict[str, Any]:
        return {"view": self.view(), **self.subject()}

    def subject(self) -> dict[str, Any]:
        """Give what the chart is about beside the view, by name."""
        return {}


class CountryForm(ViewForm):
    country = forms.ModelChoiceField(
        Country.objects.all(),
        to_field_name="code",
        error_messages={"invalid_choice": "There is no such country."},
    )

    def subject(self) -> dict[str, Any]:
        return {"country": self.cleaned_data["country"]}


class BoardForm(ViewForm):
    """A view that may be of both sides, and of every count."""

    side = forms.ChoiceField(choices=[("", BOTH_SIDES), *Side.choices], required=False)
    metric = forms.ChoiceField(
        choices=[("", EVERY_COUNT), *METRICS], required=False, label="Count"
    )

    def view(self, **defaults: str) -> View:
        return super().view(**{"side": "", "metric": "", **defaults})


class CountriesField(forms.Field):
    """A few countries, each by its code or by a name of it."""

    widget = forms.SelectMultiple

    def clean(self, value: list[str]) -> list[Country]:
        found: dict[str, Country] = {}
        for asked in filter(None, map(str.strip, value)):
            called = list(Country.objects.called(asked)[:2])
            if len(called) != 1:
                known = (
                    "There is no such country" if not called else "Several are called"
                )
                raise forms.ValidationError(f"{known}: {asked[:100]}.")
            found[called[0].code] = called[0]
        if len(found) > MOST_COMPARED:
            raise forms.ValidationError(f"Compare at most {MOST_COMPARED} countries.")
        return list(found.values())


class CompareForm(ViewForm):
    """A view, and a few countries to compare in it."""

    country = CountriesField(required=False, label="Countries")

    def subject(self) -> dict[str, Any]:
        return {"countries": self.cleaned_data["country"]}


class PageForm(forms.Form):
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)


class BeforeForm(forms.Form):
    before = forms.IntegerField(required=False, min_value=1, max_value=10**15)


class TimelineForm(forms.Form):
    side = forms.ChoiceField(
        required=False, choices=[("", "Both sides"), *Side.choices]
    )
    country = forms.ModelChoiceField(
        Country.objects.all(),
        to_field_name="code",
        required=False,
        error_messages={"invalid_choice": "There is no such country."},
    )
    year = forms.IntegerField(required=False, min_value=1900, max_value=2200)


class IncentiveForm(ChartForm):
    """A side and a country, each only where it is asked for."""

    side = forms.ChoiceField(
        choices=[("", "Both sides"), *Side.choices], required=False
    )
    country = forms.ModelChoiceField(
        Country.objects.all(),
        to_field_name="code",
        required=False,
        error_messages={"invalid_choice": "There is no such country."},
    )
