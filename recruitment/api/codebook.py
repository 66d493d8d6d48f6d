"""The codebook: every field that leaves the record, told from its own help text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from inspect import getdoc
from typing import Any

from django.db.models import Choices
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from recruitment import choices
from recruitment.api.filters import refuse_unknown
from recruitment.api.renderers import JSONRenderer

TYPES: tuple[tuple[type[Any], str], ...] = (
    (serializers.BooleanField, "true or false"),
    (serializers.IntegerField, "whole number"),
    (serializers.FloatField, "number"),
    (serializers.DateTimeField, "moment (ISO 8601, UTC)"),
    (serializers.DateField, "day (YYYY-MM-DD)"),
    (serializers.ChoiceField, "one of a list"),
    (serializers.ManyRelatedField, "public ids"),
    (serializers.SlugRelatedField, "public id"),
    (serializers.SlugField, "public id"),
    (serializers.URLField, "address"),
    (serializers.JSONField, "list or object"),
    (serializers.CharField, "text"),
)


@dataclass(frozen=True)
class Field:
    """One column of a resource's table, and the same leaf of its JSON."""

    path: str
    type: str
    may_be_null: bool
    means: str
    vocabulary: str | None  # the name of the list that its values come from


@dataclass(frozen=True)
class Resource:
    name: str
    means: str
    same_as: str | None  # the resource that has the same fields
    fields: list[Field]


@dataclass(frozen=True)
class Word:
    value: str
    label: str


@dataclass(frozen=True)
class Vocabulary:
    name: str
    means: str
    words: list[Word]


def resources() -> list[Resource]:
    """Describe every resource that has rows, in the order of the API's root."""
    from recruitment.api.urls import router

    first: dict[Any, str] = {}
    found = []
    for name, view, _ in router.registry:
        if serializer := getattr(view, "serializer_class", None):
            same_as = (
                None
                if first.setdefault(serializer, name) == name
                else first[serializer]
            )
            fields = list(_fields(serializer()))
            found.append(Resource(name, getdoc(view) or "", same_as, fields))
    return found


def _fields(
    serializer: Any, prefix: str = "", is_null: bool = False
) -> Iterator[Field]:
    for name, field in serializer.fields.items():
        path = f"{prefix}{name}"
        may_be_null = is_null or field.allow_null
        inner = getattr(field, "child", field)
        if isinstance(inner, serializers.BaseSerializer):
            yield from _fields(inner, f"{path}.", may_be_null)
        else:
            yield Field(
                path,
                next(words for kind, words in TYPES if isinstance(field, kind)),
                may_be_null,
                str(field.help_text or ""),
                _vocabulary_of(field),
            )


def _vocabulary_of(field: Any) -> str | None:
    if not isinstance(field, serializers.ChoiceField):
        return None
    values = set(field.choices)
    named = [
        one.__name__
        for one in _enums()
        # A field may leave out a value that is never public.
        if values <= set(one.values) and len(values) > len(one.values) - 2
    ]
    return named[0] if named else None


def vocabularies() -> list[Vocabulary]:
    """Describe every closed list of values."""
    return [
        Vocabulary(
            one.__name__,
            one.__doc__ or "",  # its own, not that of Django's class
            [Word(value, str(label)) for value, label in one.choices],
        )
        for one in _enums()
    ]


def _enums() -> list[type[Choices]]:
    found = (vars(choices)[name] for name in sorted(vars(choices)))
    return [
        one
        for one in found
        if isinstance(one, type) and issubclass(one, Choices) and len(one)
    ]


class CodebookFieldSerializer(serializers.Serializer):
    path = serializers.CharField(help_text="Its place: a column, and the same in JSON.")
    type = serializers.CharField(help_text="What kind of value it is.")
    may_be_null = serializers.BooleanField(help_text="Whether it may be not stated.")
    means = serializers.CharField(help_text="What it means.")
    vocabulary = serializers.CharField(
        allow_null=True, help_text="The list that its values come from."
    )


class CodebookResourceSerializer(serializers.Serializer):
    name = serializers.CharField(help_text="Its name, as in the address.")
    means = serializers.CharField(help_text="What its rows are.")
    same_as = serializers.CharField(
        allow_null=True, help_text="The resource that has the same fields."
    )
    fields = CodebookFieldSerializer(many=True, help_text="What each row has.")


class WordSerializer(serializers.Serializer):
    value = serializers.CharField(help_text="As it stands in the data.")
    label = serializers.CharField(help_text="The same in words.")


class VocabularySerializer(serializers.Serializer):
    name = serializers.CharField(help_text="The name of the list.")
    means = serializers.CharField(help_text="What its values tell.")
    words = WordSerializer(many=True, help_text="The values.")


class CodebookSerializer(serializers.Serializer):
    resources = CodebookResourceSerializer(many=True, help_text="The kinds of rows.")
    vocabularies = VocabularySerializer(many=True, help_text="The closed lists.")


class CodebookView(APIView):
    """What every field means, what its values are, and what null says."""

    renderer_classes = [JSONRenderer]

    @extend_schema(responses=CodebookSerializer)
    def get(self, request, **kwargs):
        refuse_unknown(request, set())
        return Response(
            {
                "resources": [asdict(one) for one in resources()],
                "vocabularies": [asdict(one) for one in vocabularies()],
            }
        )
