"""What kinds of values rows and parameters have, in the document's JSON Schema."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

from django.db.models import Choices
from drf_spectacular.drainage import has_override
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, append_meta
from rest_framework import serializers

from recruitment import choices
from recruitment.api import asking
from recruitment.api.serializers import PUBLIC_STATUSES
from recruitment.estimates import CUMULATIVE, STOCK
from recruitment.models import Country

type_schema = dict[str, Any]

# Where a serializer's name is no name for what it describes, or is one that a generated
# client needs for itself.
NAMES = {
    "CitedSerializer": "CitationLink",
    "EndSerializer": "FigureEnd",
    "ResponseSerializer": "StateResponse",
    "UseSerializer": "FigureUse",
}
COUNTRY_CODE = {"type": "string", "pattern": "^[A-Z]{3}[A-Z_]*$"}
PUBLIC_ID = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
# Not blank, as Python sees it, and without a NUL byte.
TEXT = {
    "type": "string",
    "pattern": r"^[^\u0000]*[^\s\u0000\u001c-\u001f\u0085][^\u0000]*$",
}
EMPTY = {"type": "string", "maxLength": 0}
MOST_OF_32_BITS = 2**31 - 1


def several(items: type_schema, **limits: int) -> type_schema:
    return {"type": "array", "items": items, "minItems": 1, **limits}


def id_in(model: Any) -> type_schema:
    return dict(COUNTRY_CODE if model is Country else PUBLIC_ID)


def words_of(listed: Any) -> tuple[tuple[str, str], ...]:
    return tuple((value, str(label)) for value, label in listed)


def _vocabularies() -> dict[Any, tuple[str, str]]:
    """Name each closed list of values by its class, and say what it means."""
    found = {
        words_of(one.choices): (name, one.__doc__ or "")
        for name, one in vars(choices).items()
        if isinstance(one, type) and issubclass(one, Choices) and len(one)
    }
    found[words_of(PUBLIC_STATUSES)] = ("Status", choices.Status.__doc__ or "")
    found[words_of(asking.METRICS)] = ("EstimatedMetric", "What is estimated.")
    return found


VOCABULARIES = _vocabularies()


def meaning(serializer: Any) -> str:
    """Say what a row is: in the serializer's own words, or in the model's."""
    return cleandoc(serializer.__doc__ or serializer.Meta.model.__doc__)


class Values(AutoSchema):
    """The components: rows, and closed lists of values under their names."""

    view: Any

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        name = type(serializer).__name__
        return NAMES.get(name, name.removesuffix("Serializer"))

    def _component(self, name: str, schema: type_schema) -> type_schema:
        component = ResolvedComponent(
            name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name
        )
        self.registry.register_on_missing(component)
        return component.ref

    def _vocabulary(self, words: Any) -> type_schema:
        """Give a closed list of values, under its name if it has one."""
        listed = words_of(words)
        schema = {"type": "string", "enum": [value for value, _ in listed]}
        name, means = VOCABULARIES.get(listed, (None, ""))
        if name is None:
            return schema
        each = "\n".join(f"* `{value}`: {label}" for value, label in listed)
        return self._component(name, schema | {"description": f"{means}\n\n{each}"})

    def _get_serializer_field_meta(self, field: Any, direction: Any) -> type_schema:
        meta = super()._get_serializer_field_meta(field, direction)
        # All of it is only read, and names are titles enough.
        return {k: v for k, v in meta.items() if k not in ("readOnly", "title")}

    def _map_serializer_field(
        self, field: Any, direction: Any, bypass_extensions: bool = False
    ) -> Any:
        meta = self._get_serializer_field_meta(field, direction)
        if isinstance(field, serializers.ChoiceField):
            words = field.choices.items()
            return append_meta(self._vocabulary(words), meta)
        if isinstance(field, serializers.JSONField) and not has_override(
            field, "field"
        ):
            return append_meta(of_json(field), meta)
        if isinstance(field, asking.Commas):
            return append_meta(self._of_commas(field), meta)
        if isinstance(field, serializers.URLField):
            # Pages write their addresses in any alphabet.
            return append_meta({"type": "string", "format": "iri"}, meta)
        return super()._map_serializer_field(field, direction, bypass_extensions)

    def _insert_field_validators(self, field: Any, schema: type_schema) -> None:
        super()._insert_field_validators(field, schema)
        # What is not stated is null, never an empty text.
        if EMPTY in schema.get("oneOf", []):
            schema |= schema.pop("oneOf")[0]
        # How far whole numbers go is the database's affair, and differs between them.
        if schema.get("maximum", 0) >= MOST_OF_32_BITS:
            del schema["maximum"]
            schema.pop("format", None)

    def _of_commas(self, field: Any) -> type_schema:
        limits = {} if field.max_length is None else {"maxItems": field.max_length}
        rows = getattr(field.child, "queryset", None)
        if rows is not None:
            return several(id_in(rows.model), **limits)
        schema = several(self._map_serializer_field(field.child, "request"), **limits)
        if isinstance(field, asking.OfOneKind):
            kinds = (sorted(STOCK), sorted(CUMULATIVE))
            mixed = [{"contains": {"enum": kind}} for kind in kinds]
            schema["not"] = {"allOf": mixed}
        return schema

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> type_schema:
        schema: type_schema = super()._map_basic_serializer(serializer, direction)
        model = getattr(getattr(serializer, "Meta", None), "model", None)
        if model:
            # A row has all its fields; what is not stated is null.
            schema["required"] = list(schema["properties"])
            schema["description"] = meaning(type(serializer))
        return schema


def of_json(field: Any) -> type_schema:
    """Tell a list of words from an object; what is neither says so itself."""
    default = field.parent.Meta.model._meta.get_field(field.source).default
    if default is list:
        return {"type": "array", "items": {"type": "string"}}
    return {"type": "object", "additionalProperties": {}}
