"""What may be asked of an operation: ids, filters, fields, order and pages."""

from __future__ import annotations

from typing import Any

import django_filters

from recruitment.api import filters
from recruitment.api.deprecation import Notice
from recruitment.api.pagination import MAX_PAGE_SIZE, PAGE_SIZE
from recruitment.api.schema_values import (
    TEXT,
    VOCABULARIES,
    Values,
    id_in,
    several,
    type_schema,
    words_of,
)
from recruitment.api.shapes import shape_of
from recruitment.models import Country

MEDIA_TYPES = {"csv": "text/csv", "ndjson": "application/x-ndjson"}
WORD = r"[-\w]+"  # what most ids are looked up by; the ids themselves are stricter
NUMBER = {"type": "integer", "minimum": 1}
DAY = {"type": "string", "format": "date"}


def parameter(
    name: str, schema: type_schema, description: str, *, required: bool = False
) -> type_schema:
    """Describe a parameter of the query; a list in one is parted by commas."""
    described: type_schema = {
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


class Parameters(Values):
    """Each parameter, as strictly as the view takes it."""

    @property
    def format(self) -> str:
        """Give the suffix of the address; `document` makes an operation of each."""
        return next((one for one in MEDIA_TYPES if self.path.endswith(f".{one}")), "")

    @property
    def is_of_records(self) -> bool:
        # By what it has: views import this module, when they are decorated.
        return hasattr(self.view, "orderings")

    def _notices(self) -> tuple[Notice, ...]:
        return getattr(self.view, "notices", ())

    def _model(self) -> Any:
        return getattr(getattr(self.view, "queryset", None), "model", None)

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
