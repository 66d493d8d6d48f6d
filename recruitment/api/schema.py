"""One operation of the API in OpenAPI 3.1, read off its view, filters and serializers.

What stands around the operations, and is shared between them, is in `document`.
"""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import django_filters
from django.db.models import Choices
from drf_spectacular.drainage import has_override
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, append_meta
from rest_framework import serializers

from recruitment import choices
from recruitment.api import asking, filters
from recruitment.api.deprecation import Notice
from recruitment.api.pagination import MAX_PAGE_SIZE, PAGE_SIZE
from recruitment.api.serializers import PUBLIC_STATUSES
from recruitment.api.shapes import shape_of
from recruitment.estimates import CUMULATIVE, STOCK
from recruitment.models import Country

type_schema = dict[str, Any]

MEDIA_TYPES = {"csv": "text/csv", "ndjson": "application/x-ndjson"}
# Where a serializer's name is no name for what it describes, or is one that a generated
# client needs for itself.
NAMES = {
    "CitedSerializer": "CitationLink",
    "EndSerializer": "FigureEnd",
    "ResponseSerializer": "StateResponse",
    "UseSerializer": "FigureUse",
}
FORMATS = {
    "": "In pages of JSON. With `Accept: text/csv` or `application/x-ndjson` whole, as at"
    " the addresses that end in `.csv` and `.ndjson`, which take no `cursor`, `page_size`"
    " or `count`.",
    "csv": "Every row in one table: RFC 4180, UTF-8, a column for each leaf, named by its"
    " path as in `fields`. Values of a list are parted by ` | `.",
    "ndjson": "Every row as JSON on a line of its own.",
}
NOUNS = {"recruitment": "figure", "casualty": "figure", "presence": "claim of presence"}
ABOUT = "about"  # the tag of what tells of the API itself

COUNTRY_CODE = {"type": "string", "pattern": "^[A-Z]{3}[A-Z_]*$"}
PUBLIC_ID = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
WORD = r"[-\w]+"  # what most ids are looked up by; the ids themselves are stricter
NUMBER = {"type": "integer", "minimum": 1}
# Not blank, as Python sees it, and without a NUL byte.
TEXT = {
    "type": "string",
    "pattern": r"^[^\u0000]*[^\s\u0000\u001c-\u001f\u0085][^\u0000]*$",
}
EMPTY = {"type": "string", "maxLength": 0}
MOST_OF_32_BITS = 2**31 - 1
DAY = {"type": "string", "format": "date"}
SPARSE = {
    "type": "object",
    "description": "A row of which only the fields named in `fields` are given.",
}
ERRORS = {
    "400": "BadRequest",
    "401": "InvalidKey",
    "404": "NotFound",
    "406": "NotAcceptable",
    "410": "Gone",
    "429": "TooManyRequests",
    "500": "ServerError",
}


def parameter(
    name: str, schema: type_schema, description: str, *, required: bool = False
) -> type_schema:
    """Describe a parameter of the query; a list in one is parted by commas."""
    described = {
        "in": "query",
        "name": name,
        "description": description,
        "schema": schema,
    }
    if required:
        described["required"] = True
    if _is_list(schema):
        described |= {"style": "form", "explode": False}
    return described


def _is_list(schema: type_schema) -> bool:
    return schema.get("type") == "array"


def several(items: type_schema, **limits: int) -> type_schema:
    return {"type": "array", "items": items, "minItems": 1, **limits}


class Schema(AutoSchema):
    """Every parameter that the operation takes, and every answer that may come."""

    @property
    def format(self) -> str:
        """Give the suffix of the address; `document` makes an operation of each."""
        return next((one for one in MEDIA_TYPES if self.path.endswith(f".{one}")), "")

    @property
    def is_of_records(self) -> bool:
        # By what it has: views import this module, when they are decorated.
        return hasattr(self.view, "orderings")

    def get_operation_id(self) -> str:
        resource = self._resource()
        action = getattr(self.view, "action", None)
        return "_".join(filter(None, [resource, self.format or action])) or "root"

    def _resource(self) -> str:
        address = self.path.removeprefix(self.path_prefix.lstrip("^"))
        return address.strip("/").partition("/")[0].partition(".")[0]

    def get_tags(self) -> list[str]:
        own = self._resource() if self.is_of_records else ABOUT
        return [getattr(self.view, "tag", own)]

    def get_summary(self) -> str:
        action = getattr(self.view, "action", None)
        if not self.is_of_records or action not in ("list", "retrieve"):
            return first_sentence(self.get_description())
        if action == "retrieve":
            return f"One {NOUNS.get(self.view.basename, self.view.basename)}"
        rows = self._resource().capitalize()
        return (
            f"{rows} as {self.format.upper()}"
            if self.format
            else f"{rows}, page by page"
        )

    def get_description(self) -> str:
        if self.is_of_records and self.view.action == "retrieve":
            return meaning(self.view.serializer_class)
        return "\n\n".join(filter(None, [super().get_description(), *self._formats()]))

    def _formats(self) -> list[str]:
        if not self.is_of_records or self.view.action != "list":
            return []
        return [FORMATS[self.format]]

    def _model(self) -> Any:
        return getattr(getattr(self.view, "queryset", None), "model", None)

    def is_deprecated(self) -> bool:
        return any(one.parameter is None for one in self._notices())

    def _notices(self) -> tuple[Notice, ...]:
        return getattr(self.view, "notices", ())

    # Parameters

    def _get_parameters(self) -> list[type_schema]:
        found = {one["name"]: one for one in super()._get_parameters()}
        found |= {one["name"]: one for one in self._of_records()}
        for notice in self._notices():
            if notice.parameter in found:
                found[notice.parameter]["deprecated"] = True
        for one in found.values():
            if one["in"] == "path":
                one |= self._of_path(one["name"])
            elif _is_list(one["schema"]):
                one |= {"style": "form", "explode": False}
        return sorted(found.values(), key=lambda one: one["in"] != "path")

    def _of_path(self, name: str) -> type_schema:
        """Describe a public id as strictly as the rows have it."""
        if name == "id":
            return {"description": "Its number.", "schema": dict(NUMBER)}
        model = self._model()
        said = "Its code." if model is Country else "Its public id."
        if f"(?P<{name}>{WORD})" not in self.path_regex:
            return {"description": said if name == "slug" else "Its name."}
        return {"description": said, "schema": id_in(model)}

    def get_filter_backends(self) -> list[Any]:
        return []  # described by `_filters`, more strictly than from their classes

    def _get_pagination_parameters(self) -> list[type_schema]:
        return []

    def _of_records(self) -> list[type_schema]:
        view = self.view
        if not self.is_of_records or view.action not in ("list", "retrieve"):
            return []
        fields = parameter(
            "fields",
            several(self._names_of_fields()),
            "Give these fields alone, in this order, as `slug,claimant.name`.",
        )
        if view.action == "retrieve":
            return [*self._filters(view.detail_parameters), fields]
        found = [*self._filters(), fields, self._ordering()]
        if self.format == "csv":
            found.append(
                parameter(
                    "excel",
                    {"type": "integer", "enum": [1]},
                    "Begin with the byte order mark by which Excel knows UTF-8.",
                )
            )
        return found if self.format else [*found, *PAGING]

    def _names_of_fields(self) -> type_schema:
        leaves = shape_of(self.view.serializer_class).paths()
        names = dict.fromkeys(
            ".".join(leaf.split(".")[: depth + 1])
            for leaf in leaves
            for depth in range(leaf.count(".") + 1)
        )
        name = self.get_serializer_name(self.view.serializer_class(), "response")
        return self._component(
            f"{name}Field",
            {
                "type": "string",
                "enum": list(names),
                "description": f"A field of {name}, or all that is below it.",
            },
        )

    def _ordering(self) -> type_schema:
        fields = (self.view.lookup_field, *self.view.orderings)
        names = [f"{sign}{field}" for field in fields for sign in ("", "-")]
        return parameter(
            "ordering",
            {"type": "string", "enum": names},
            f"By what the rows are ordered, `{self.view.lookup_field}` unless said; `-`"
            " for the greatest first. What is not stated comes last, and the public id"
            " decides between equals.",
        )

    def _filters(self, only: frozenset[str] | None = None) -> list[type_schema]:
        filterset = self.view.filterset_class
        known = filterset.base_filters if filterset else {}
        return [
            parameter(name, self._of_filter(one), _help(one))
            for name, one in known.items()
            if only is None or name in only
        ]

    def _of_filter(self, one: django_filters.Filter) -> type_schema:
        extra = one.extra
        if isinstance(one, filters.OneOf):
            return several(self._vocabulary(extra["choices"]))
        if isinstance(one, filters.OneOfIds):
            return several(id_in(extra["queryset"].model))
        if isinstance(one, django_filters.ModelChoiceFilter):
            return id_in(extra["queryset"].model)
        if "choices" in extra:
            values = [value for value, _ in extra["choices"]]
            if values == ["true", "false"]:
                return {"type": "boolean"}
            return self._vocabulary(extra["choices"])
        if isinstance(one, django_filters.DateFilter):
            return dict(DAY)
        if isinstance(one, django_filters.NumberFilter):
            limits = {"minimum": "min_value", "maximum": "max_value"}
            told = {name: extra[key] for name, key in limits.items() if key in extra}
            return {"type": "integer", **told}
        limits = {"maxLength": extra["max_length"]} if "max_length" in extra else {}
        return TEXT | limits

    # Answers

    def _get_response_bodies(self, direction: Any = "response") -> type_schema:
        found: type_schema = {
            "200": self._answer(super()._get_response_bodies(direction)["200"]),
            "304": {"$ref": "#/components/responses/NotModified"},
        }
        from recruitment.api.problem_views import ProblemSerializer

        self.resolve_serializer(ProblemSerializer(), "response")
        without = set() if "{" in self.path else {"404", "410"}
        if getattr(self.view, "action", None) != "retrieve" or not self.is_of_records:
            without.add("410")
        for status, name in ERRORS.items():
            if status not in without:
                found[status] = {"$ref": f"#/components/responses/{name}"}
        return found

    def _answer(self, answer: type_schema) -> type_schema:
        answer["description"] = self.get_summary()
        if not self.is_of_records:
            return answer
        schema = answer["content"]["application/json"]["schema"]
        if self.view.action not in ("list", "retrieve"):
            return answer
        if self.view.action == "list":
            sparse = self._component("SparsePage", page(self._sparse(), "SparsePage"))
            line = self._row()
        else:
            sparse, line = self._sparse(), None
        whole = {"application/json": {"schema": {"anyOf": [schema, sparse]}}}
        if line:
            whole["text/csv"] = {
                "schema": {
                    "type": "string",
                    "description": "A column for each leaf, named by its path: `claimant.name`.",
                }
            }
            whole["application/x-ndjson"] = {
                "schema": {
                    "type": "string",
                    "description": "A row in JSON on each line.",
                }
            }
        media_type = MEDIA_TYPES.get(self.format)
        if media_type:
            whole = {media_type: whole[media_type]}
        return answer | {"content": whole}

    def _row(self) -> type_schema:
        component = self.resolve_serializer(self.view.serializer_class(), "response")
        return component.ref

    def _sparse(self) -> type_schema:
        return self._component("Sparse", dict(SPARSE))

    def _get_paginator(self) -> Any:
        is_list = self.is_of_records and self.view.action == "list"
        return Envelope() if is_list else None

    def get_paginated_name(self, serializer_name: str) -> str:
        return f"{serializer_name}Page"

    # Components

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
            return append_meta(_of_json(field), meta)
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
        if isinstance(field.child, serializers.SlugRelatedField):
            return several(id_in(field.child.queryset.model), **limits)
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


class Envelope:
    """What stands around the rows of a page."""

    def get_paginated_response_schema(self, rows: type_schema) -> type_schema:
        return page(rows["items"], "")


def page(row: type_schema, _name: str) -> type_schema:
    address = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["next", "previous", "results"],
        "properties": {
            "count": {
                "type": "integer",
                "minimum": 0,
                "description": "With `count=true`: how many rows there are on all pages.",
            },
            "next": address | {"description": "The next page; null on the last."},
            "previous": address
            | {"description": "The page before; null on the first."},
            "results": {"type": "array", "items": row},
        },
    }


PAGING = [
    parameter(
        "cursor",
        {"type": "string", "minLength": 1},
        "Where the page begins: taken from `next` or `previous`, never made up.",
    ),
    parameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE},
        f"Rows on a page, {PAGE_SIZE} unless said.",
    ),
    parameter(
        "count",
        {"type": "boolean"},
        "Whether to count the rows on all pages; this takes longer.",
    ),
]


def id_in(model: Any) -> type_schema:
    return dict(COUNTRY_CODE if model is Country else PUBLIC_ID)


def _help(one: django_filters.Filter) -> str:
    """Say what a filter takes, and not only how several values are written."""
    said = str(one.extra["help_text"])
    if isinstance(one, filters.OneOfIds):
        model = one.extra["queryset"].model
        ids = "Codes" if model is Country else "Public ids"
        return f"{ids} of {model._meta.verbose_name_plural}. {filters.SEVERAL}"
    if said == filters.SEVERAL:
        _, means = VOCABULARIES[words_of(one.extra["choices"])]
        return f"{means} {said}"
    return said


def _of_json(field: Any) -> type_schema:
    """Tell a list of words from an object; what is neither says so itself."""
    default = field.parent.Meta.model._meta.get_field(field.source).default
    if default is list:
        return {"type": "array", "items": {"type": "string"}}
    return {"type": "object", "additionalProperties": {}}


def words_of(listed: Any) -> tuple[tuple[str, str], ...]:
    return tuple((value, str(label)) for value, label in listed)


def meaning(serializer: Any) -> str:
    """Say what a row is: in the serializer's own words, or in the model's."""
    return cleandoc(serializer.__doc__ or serializer.Meta.model.__doc__)


def first_sentence(text: str) -> str:
    """Give a docstring's first sentence, as a title without its stop."""
    return text.partition("\n\n")[0].replace("\n", " ").removesuffix(".")


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
