"""What a page shows: one form, whose whole state is in the address."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.utils.http import urlencode

from recruitment.choices import Metric, Policy, Side
from recruitment.estimates import ESTIMATED
from recruitment.models import Figure

METRICS = [(value, label) for value, label in Metric.choices if value in ESTIMATED]


@dataclass(frozen=True)
class View:
    """One side, one metric, one policy, one day."""

    side: str
    metric: str
    policy: str
    as_of: date

    def query(self, **changes: str) -> str:
        return urlencode(asdict(replace(self, **changes)))  # type: ignore[arg-type]

    @property
    def metric_label(self) -> str:
        return Metric(self.metric).label

    @property
    def side_label(self) -> str:
        return Side(self.side).label


class ViewForm(forms.Form):
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
            **{name: value for name, value in self.cleaned_data.items() if value},
        }
        asked.setdefault("as_of", None)
        asked["as_of"] = asked["as_of"] or Figure.objects.latest_day()
        return View(**asked)
