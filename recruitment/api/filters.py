"""Which rows a reader asked for; what we do not understand is refused, never ignored."""

from datetime import date

import django_filters
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError

from recruitment import choices
from recruitment.models import Claimant, Country, Estimate, Figure, Publisher, Source

PAGE_PARAMETERS = {"cursor", "page_size"}


class StrictFilterBackend(DjangoFilterBackend):
    """Refuse what is unknown, repeated or empty: a typo must not return every row."""

    def filter_queryset(self, request, queryset, view):
        filterset = self.get_filterset_class(view, queryset)
        known = set(filterset.base_filters) if filterset else set()
        if view.detail is False:
            known |= PAGE_PARAMETERS
        asked = dict(request.query_params.lists())
        if unknown := sorted(asked.keys() - known):
            accepted = ", ".join(sorted(known)) or "none"
            message = f"Unknown parameter. Accepted: {accepted}."
            raise ValidationError({name: [message] for name in unknown})
        if repeated := sorted(name for name, values in asked.items() if values[1:]):
            raise ValidationError(
                {name: ["Give this parameter once."] for name in repeated}
            )
        if empty := sorted(
            name for name, [value] in asked.items() if not value.strip()
        ):
            message = "Give a value, or leave the parameter out."
            raise ValidationError({name: [message] for name in empty})
        return super().filter_queryset(request, queryset, view)


def by_public_id(rows: QuerySet, field: str, key: str = "slug", **kwargs):
    """Filter by the public id of another row; an id that is not there is an error."""
    return django_filters.ModelChoiceFilter(
        field_name=field,
        queryset=rows,
        to_field_name=key,
        error_messages={"invalid_choice": "There is no such id."},
        **kwargs,
    )


class CountryFilter(django_filters.FilterSet):
    class Meta:
        model = Country
        fields = ["kind", "region", "sub_region"]


class ClaimantFilter(django_filters.FilterSet):
    country = by_public_id(Country.objects.all(), "country", "code")

    class Meta:
        model = Claimant
        fields = ["kind", "party"]


class SourceFilter(django_filters.FilterSet):
    publisher = by_public_id(Publisher.objects.all(), "publisher")
    derived_from = by_public_id(Source.objects.all(), "derived_from")

    class Meta:
        model = Source
        fields = ["kind", "language"]


class FigureFilter(django_filters.FilterSet):
    country = by_public_id(Country.objects.all(), "country", "code")
    claimant = by_public_id(Claimant.objects.all(), "claimant")
    source = by_public_id(Source.objects.all(), "citations__source")
    claimant_kind = django_filters.ChoiceFilter(
        field_name="claimant__kind", choices=choices.ClaimantKind.choices
    )
    as_of_from = django_filters.DateFilter(field_name="as_of", lookup_expr="gte")
    as_of_to = django_filters.DateFilter(field_name="as_of", lookup_expr="lte")
    # Django's own field takes any word that it does not know for "no preference".
    countable = django_filters.TypedChoiceFilter(
        choices=[("true", "Yes"), ("false", "No")], coerce=lambda word: word == "true"
    )
    status = django_filters.ChoiceFilter(
        choices=[
            choice
            for choice in choices.Status.choices
            if choice[0] != choices.Status.DRAFT
        ]
    )

    class Meta:
        model = Figure
        fields = ["side", "metric", "scope", "evidence", "interest"]


class EstimateFilter(django_filters.FilterSet):
    """One row for each key: the estimate that holds on a day under a policy."""

    country = by_public_id(Country.objects.all(), "country", "code")
    policy = django_filters.ChoiceFilter(choices=choices.Policy.choices)
    as_of = django_filters.DateFilter()

    class Meta:
        model = Estimate
        fields = ["side", "metric", "label"]

    def filter_queryset(self, queryset):
        asked = self.form.cleaned_data
        day: date = asked.pop("as_of") or Figure.objects.latest_day()
        policy = asked.pop("policy") or choices.Policy.ALL
        return super().filter_queryset(queryset.as_of(day).under(policy))
