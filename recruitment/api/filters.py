"""Which rows a reader asked for; what we do not understand is refused, never ignored."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError

from recruitment import choices
from recruitment.models import (
    Change,
    Citation,
    Claimant,
    Conflict,
    Correction,
    Country,
    Estimate,
    Figure,
    Incentive,
    Method,
    Presence,
    Publisher,
    Response,
    Source,
)

SEVERAL = "Several are parted by commas."
YES_OR_NO = [("true", "Yes"), ("false", "No")]


class StrictFilterBackend(DjangoFilterBackend):
    """Refuse what is unknown, repeated or empty: a typo must not return every row."""

    def filter_queryset(self, request, queryset, view):
        refuse_unknown(request, self._known(request, queryset, view))
        if view.detail and not view.detail_parameters:
            return queryset
        return super().filter_queryset(request, queryset, view)

    def _known(self, request, queryset, view) -> set[str]:
        filterset = self.get_filterset_class(view, queryset)
        if view.detail:
            return {"fields", *view.detail_parameters}
        known = set(filterset.base_filters) if filterset else set()
        return known | view.list_parameters()


def refuse_unknown(request, known: set[str]) -> None:
    """Raise ValidationError for a parameter that is unknown, repeated or empty."""
    asked = dict(request.query_params.lists())
    if unknown := sorted(asked.keys() - known):
        accepted = ", ".join(sorted(known)) or "none"
        message = f"Unknown parameter. Accepted: {accepted}."
        raise ValidationError({name: [message] for name in unknown})
    if repeated := sorted(name for name, values in asked.items() if values[1:]):
        message = "Give this parameter once."
        raise ValidationError({name: [message] for name in repeated})
    if empty := sorted(name for name, [value] in asked.items() if not value.strip()):
        message = "Give a value, or leave the parameter out."
        raise ValidationError({name: [message] for name in empty})
    # PostgreSQL fails on text with a NUL byte.
    if nul := sorted(name for name, [value] in asked.items() if "\0" in value):
        raise ValidationError({name: ["Give text without a NUL byte."] for name in nul})


class AskedFilterSet(django_filters.FilterSet):
    """Makes only the filters that were asked for: each costs a copy and a form field."""

    base_filters: dict[str, django_filters.Filter]

    def __init__(self, data, *args, **kwargs):
        every = self.base_filters
        self.base_filters = {name: every[name] for name in every if name in data}
        super().__init__(data, *args, **kwargs)


def refusing(choices) -> dict[str, str]:
    """Give the message that names a refused value and those that are accepted."""
    accepted = ", ".join(value for value, _ in choices)
    return {"invalid_choice": f"%(value)s: accepted is {accepted}."}


class OneOf(django_filters.MultipleChoiceFilter):
    """Keep the rows that have one of the values, parted by commas."""

    def __init__(self, *, choices, **kwargs):
        kwargs.setdefault("help_text", SEVERAL)
        super().__init__(
            choices=choices,
            widget=CommasInput,
            distinct=False,
            error_messages=refusing(choices),
            **kwargs,
        )

    def filter(self, rows, values):
        return rows.filter(**{f"{self.field_name}__in": values}) if values else rows


class CommasInput(forms.TextInput):
    def value_from_datadict(self, data, files, name):
        value = data.get(name)
        return value.split(",") if value else []


class OneOfIds(django_filters.ModelMultipleChoiceFilter):
    """Keep the rows that belong to one of the public ids, parted by commas."""

    def __init__(self, rows: QuerySet, key: str = "slug", **kwargs):
        kwargs.setdefault("help_text", f"Public ids. {SEVERAL}")
        super().__init__(
            queryset=rows,
            to_field_name=key,
            widget=CommasInput,
            distinct=False,
            error_messages={"invalid_choice": "There is no such id: %(value)s."},
            **kwargs,
        )

    def filter(self, rows, values):
        if not values:
            return rows
        return rows.filter(**{f"{self.field_name}__in": values})


class LinkedToOneOf(OneOfIds):
    """A subquery: joined, a row would come once for every link."""

    def filter(self, rows, values):
        if not values:
            return rows
        every = rows.model._base_manager.all()
        return rows.filter(pk__in=super().filter(every, values).values("pk"))


class DayFilter(django_filters.DateFilter):
    """A day in ISO 8601: what 05/06/2024 means depends on who writes it."""

    def __init__(self, **kwargs):
        message = {"invalid": "Give a day as YYYY-MM-DD."}
        super().__init__(input_formats=["%Y-%m-%d"], error_messages=message, **kwargs)


class AtLeastFilter(django_filters.NumberFilter):
    """Keep the rows with at least so many; a fraction would be rounded down."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs):
        super().__init__(lookup_expr="gte", min_value=0, **kwargs)


def of_choice(choices_of, field_name: str | None = None, **kwargs) -> OneOf:
    return OneOf(field_name=field_name, choices=choices_of.choices, **kwargs)


def countries(field_name: str = "country") -> OneOfIds:
    return OneOfIds(Country.objects.all(), "code", field_name=field_name)


class SearchFilter(django_filters.CharFilter):
    """Keep the rows in which every word occurs, in any alphabet."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Words, all of which must occur.")
        super().__init__(**kwargs)

    def filter(self, rows, value):
        try:
            return rows.matching(value) if value else rows
        except ValueError as error:
            raise ValidationError({self.field_name: [str(error)]}) from error


class RecordFilter(AskedFilterSet):
    """What every claim can be asked for."""

    country = countries()
    claimant = OneOfIds(Claimant.objects.published(), field_name="claimant")
    claimant_kind = of_choice(choices.ClaimantKind, "claimant__kind")
    source = LinkedToOneOf(Source.objects.published(), field_name="citations__source")
    # Django's own field takes any word that it does not know for "no preference".
    countable = django_filters.TypedChoiceFilter(
        choices=YES_OR_NO,
        coerce=lambda word: word == "true",
        error_messages=refusing(YES_OR_NO),
        help_text="Whether it counts: variants, probable errors and plans do not.",
    )
    status = OneOf(choices=[one for one in choices.Status.choices if one[0] != "draft"])


class CountryFilter(AskedFilterSet):
    kind = of_choice(choices.CountryKind)
    region = django_filters.CharFilter(help_text="UN M49 region, as “Africa”.")
    sub_region = django_filters.CharFilter(help_text="UN M49 sub-region.")
    search = SearchFilter()

    class Meta:
        model = Country
        fields: list[str] = []


class PublisherFilter(AskedFilterSet):
    search = SearchFilter()

    class Meta:
        model = Publisher
        fields: list[str] = []


class ClaimantFilter(AskedFilterSet):
    country = countries()
    kind = of_choice(choices.ClaimantKind)
    party = of_choice(choices.Party)
    search = SearchFilter()

    class Meta:
        model = Claimant
        fields: list[str] = []


class SourceFilter(AskedFilterSet):
    publisher = OneOfIds(Publisher.objects.published(), field_name="publisher")
    derived_from = LinkedToOneOf(Source.objects.published(), field_name="derived_from")
    kind = of_choice(choices.SourceKind)
    link_state = of_choice(choices.LinkState)
    language = django_filters.CharFilter(help_text="ISO 639-1 code.")
    published_from = DayFilter(
        field_name="published", lookup_expr="gte", help_text="This day or later."
    )
    published_to = DayFilter(
        field_name="published", lookup_expr="lte", help_text="This day or earlier."
    )
    search = SearchFilter()

    class Meta:
        model = Source
        fields: list[str] = []


class FigureFilter(RecordFilter):
    side = of_choice(choices.Side)
    metric = of_choice(choices.Metric)
    scope = of_choice(choices.Scope)
    evidence = of_choice(choices.Evidence)
    interest = of_choice(choices.Interest)
    qualifier = of_choice(choices.Qualifier)
    as_of_from = DayFilter(
        field_name="as_of",
        lookup_expr="gte",
        help_text="Claimed for this day or later.",
    )
    as_of_to = DayFilter(
        field_name="as_of",
        lookup_expr="lte",
        help_text="Claimed for this day or earlier.",
    )
    min_reports = AtLeastFilter(
        field_name="spread__reports",
        help_text="At least so many independent reports.",
    )
    search = SearchFilter()

    class Meta:
        model = Figure
        fields: list[str] = []


class CitationFilter(AskedFilterSet):
    source = OneOfIds(Source.objects.published(), field_name="source")
    figure = OneOfIds(Figure.objects.published(), field_name="figure")
    role = of_choice(choices.Role)

    class Meta:
        model = Citation
        fields: list[str] = []


class ResponseFilter(RecordFilter):
    kind = of_choice(choices.ResponseKind)
    date_from = DayFilter(
        field_name="date", lookup_expr="gte", help_text="Done on this day or later."
    )
    date_to = DayFilter(
        field_name="date", lookup_expr="lte", help_text="Done on this day or earlier."
    )

    class Meta:
        model = Response
        fields: list[str] = []


class IncentiveFilter(RecordFilter):
    side = of_choice(choices.Side)
    kind = of_choice(choices.IncentiveKind)
    currency = django_filters.CharFilter(help_text="ISO 4217 code.")

    class Meta:
        model = Incentive
        fields: list[str] = []


class MethodFilter(RecordFilter):
    country = None
    countries = LinkedToOneOf(Country.objects.all(), "code", field_name="countries")
    side = of_choice(choices.Side)
    kind = django_filters.CharFilter(help_text="A word or two; an open list.")

    class Meta:
        model = Method
        fields: list[str] = []


class PresenceFilter(RecordFilter):
    side = of_choice(choices.Side)

    class Meta:
        model = Presence
        fields: list[str] = []


class ContradictionFilter(AskedFilterSet):
    country = countries("one__country")
    side = of_choice(choices.Side, "one__side")
    metric = of_choice(choices.Metric, "one__metric")
    kind = of_choice(choices.ConflictKind)
    figure = django_filters.ModelChoiceFilter(
        queryset=Figure.objects.published(),
        to_field_name="slug",
        method="with_figure",
        help_text="Public id of either figure.",
        error_messages={"invalid_choice": "There is no such id: %(value)s."},
    )

    class Meta:
        model = Conflict
        fields: list[str] = []

    def with_figure(self, rows, _name, figure):
        return rows.filter(Q(one=figure) | Q(other=figure))


class SinceFilter(django_filters.NumberFilter):
    """A number of a revision, as the Muster-Revision header gives it."""

    def __init__(self, **kwargs):
        super().__init__(
            field_name="revision_id",
            lookup_expr="gt",
            min_value=0,
            max_value=2**53,
            decimal_places=0,
            help_text="Only what came after this revision.",
            **kwargs,
        )


class ChangeFilter(AskedFilterSet):
    since = SinceFilter()
    resource = of_choice(choices.Resource)
    kind = of_choice(choices.ChangeKind)
    public_id = django_filters.CharFilter(help_text="Public id of the row.")

    class Meta:
        model = Change
        fields: list[str] = []


class CorrectionFilter(AskedFilterSet):
    country = countries("figure__country")
    side = of_choice(choices.Side, "figure__side")
    metric = of_choice(choices.Metric, "figure__metric")
    figure = OneOfIds(Figure.objects.published(), field_name="figure")
    kind = of_choice(choices.CorrectionKind)
    since = SinceFilter()

    class Meta:
        model = Correction
        fields: list[str] = []


class EstimateFilter(AskedFilterSet):
    """One row for each key: the estimate that holds on a day under a policy."""

    country = countries()
    side = of_choice(choices.Side)
    metric = of_choice(choices.Metric)
    label = of_choice(choices.Label)
    min_origins = AtLeastFilter(
        field_name="origins",
        help_text="At least so many independent origins.",
    )
    policy = django_filters.ChoiceFilter(
        choices=choices.Policy.choices,
        error_messages=refusing(choices.Policy.choices),
        help_text="Which figures may count; else all.",
    )
    as_of = DayFilter(help_text="The day; else the latest that the record speaks of.")

    class Meta:
        model = Estimate
        fields: list[str] = []

    def filter_queryset(self, queryset):
        asked = self.form.cleaned_data
        day: date = asked.pop("as_of", None) or Figure.objects.latest_day()
        policy = asked.pop("policy", None) or choices.Policy.ALL
        return super().filter_queryset(queryset.as_of(day).under(policy))
