"""The parameters of the answers that are no lists: read, checked, and described."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from recruitment.choices import Metric, Policy, Side
from recruitment.estimates import ESTIMATED
from recruitment.models import Country

MANY_COUNTRIES = 20
METRICS = [one for one in Metric.choices if one[0] in ESTIMATED]


class Commas(serializers.ListField):
    """Values that are parted by commas."""

    def to_internal_value(self, data):
        values = data.split(",")
        self.run_validators(values)  # how many, before each is looked up
        try:
            return super().to_internal_value(values)
        except serializers.ValidationError as error:
            # By place in the list; the messages name the values themselves.
            by_place: Any = error.detail
            said = [one for messages in by_place.values() for one in messages]
            raise serializers.ValidationError(said) from error


class OneOf(serializers.ChoiceField):
    """One of some values; what is none of them is told which they are."""

    def __init__(self, choices, **kwargs):
        accepted = ", ".join(value for value, _ in choices)
        message = f"{{input}}: accepted is {accepted}."
        super().__init__(choices, error_messages={"invalid_choice": message}, **kwargs)


class OfOneKind(Commas):
    """Metrics that may stand on one axis: only stocks, or only counts so far."""


class DayField(serializers.DateField):
    def __init__(self, **kwargs):
        super().__init__(
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": "Give a day as YYYY-MM-DD."},
            **kwargs,
        )


class KnownAtField(DayField):
    def to_internal_value(self, value):
        day = super().to_internal_value(value)
        if day > timezone.now().date():
            raise serializers.ValidationError("This day has not come yet.")
        return day


def policy():
    return OneOf(
        Policy.choices, default=Policy.ALL.value, help_text="Which figures may count."
    )


def as_of():
    return DayField(
        required=False,
        help_text="The day; else the latest that the record speaks of.",
    )


def known_at(**kwargs):
    return KnownAtField(
        help_text="Use only what the record held at the end of this day (UTC).",
        **kwargs,
    )


def countries():
    return Commas(
        child=serializers.SlugRelatedField(
            "code",
            queryset=Country.objects.all(),
            error_messages={"does_not_exist": "There is no such id: {value}."},
        ),
        max_length=MANY_COUNTRIES,
        help_text=f"Codes parted by commas, {MANY_COUNTRIES} at most.",
    )


def side(**kwargs):
    return OneOf(Side.choices, help_text="For whom the people fought.", **kwargs)


class Explanation(serializers.Serializer):
    as_of = as_of()
    policy = policy()
    known_at = known_at(required=False)


class KnownEstimates(serializers.Serializer):
    known_at = known_at()
    as_of = as_of()
    policy = policy()
    country = countries()
    side = Commas(child=side(), required=False, help_text="Sides, parted by commas.")
    metric = Commas(
        child=OneOf(METRICS),
        required=False,
        help_text="Metrics, parted by commas.",
    )


class Series(serializers.Serializer):
    country = countries()
    metric = OfOneKind(
        child=OneOf(METRICS),
        help_text="Metrics of one kind, parted by commas.",
    )
    side = side()
    policy = policy()


class Summary(serializers.Serializer):
    side = side(default=Side.RUSSIA.value)
    metric = OneOf(
        METRICS,
        default=Metric.KILLED.value,
        help_text="By what the countries are ranked.",
    )
    policy = policy()
    as_of = as_of()
