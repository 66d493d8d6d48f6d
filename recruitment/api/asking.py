"""The parameters of the answers that are no lists: read, checked, and described."""

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
        return super().to_internal_value(data.split(","))


class KnownAtField(serializers.DateField):
    def to_internal_value(self, value):
        day = super().to_internal_value(value)
        if day > timezone.now().date():
            raise serializers.ValidationError("This day has not come yet.")
        return day


def policy():
    return serializers.ChoiceField(
        Policy.choices, default=Policy.ALL.value, help_text="Which figures may count."
    )


def as_of():
    return serializers.DateField(
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
        child=serializers.SlugRelatedField("code", queryset=Country.objects.all()),
        max_length=MANY_COUNTRIES,
        help_text=f"Codes parted by commas, {MANY_COUNTRIES} at most.",
    )


def side(**kwargs):
    return serializers.ChoiceField(
        Side.choices, help_text="For whom the people fought.", **kwargs
    )


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
        child=serializers.ChoiceField(METRICS),
        required=False,
        help_text="Metrics, parted by commas.",
    )


class Series(serializers.Serializer):
    country = countries()
    metric = Commas(
        child=serializers.ChoiceField(METRICS),
        help_text="Metrics of one kind, parted by commas.",
    )
    side = side()
    policy = policy()


class Summary(serializers.Serializer):
    side = side(default=Side.RUSSIA.value)
    metric = serializers.ChoiceField(
        METRICS,
        default=Metric.KILLED.value,
        help_text="By what the countries are ranked.",
    )
    policy = policy()
    as_of = as_of()
