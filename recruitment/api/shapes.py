"""Rows in the shape that a serializer declares, written as JSON by the database.

DRF's serializers say which fields a resource has, for reading and for the schema alike; a
`Shape` turns that into one SQL expression. A page of nested figures is one query, and no
row is taken apart and put together again on its way to the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

import orjson
from django.db import models
from django.db.models import Expression, F, OuterRef
from rest_framework import serializers

from recruitment.api.json_sql import (
    JsonList,
    JsonObject,
    JsonObjectList,
    JsonText,
    JsonValue,
)
from recruitment.choices import Status
from recruitment.models.base import Record

type_row = dict[str, Any]
type_tree = dict[Any, Any]  # names within names, and WHOLE
WHOLE = None  # among the names below a field: it is wanted with all that it has


class Written:
    """A row as JSON, ready to be put into an answer.

    No dataclass: orjson would write it as an object with a field `text`.
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class UnknownFieldError(ValueError):
    """A field was asked for that the resource does not have."""

    def __init__(self, path: str, accepted: Iterable[str]) -> None:
        super().__init__(f"There is no field “{path}”.")
        self.path = path
        self.accepted = list(accepted)


@dataclass(frozen=True)
class Column:
    """A value, by the path that a query takes to it."""

    path: str


@dataclass(frozen=True)
class One:
    """A row at the other end of a foreign key."""

    path: str
    shape: Shape


@dataclass(frozen=True)
class Many:
    """Rows, or one column of them, that point to this one or are linked with it."""

    path: str
    inner: Shape | Column


@dataclass(frozen=True)
class Shape:
    """The fields of a row, in order."""

    model: type[models.Model]
    fields: Mapping[str, Column | One | Many]

    def only(self, paths: Iterable[str]) -> Shape:
        """Keep the fields at `paths`, written as in `claimant.slug`, in that order.

        Raises UnknownFieldError where there is none.
        """
        tree: type_tree = {}
        for path in paths:
            branch = tree
            for name in path.split("."):
                branch = branch.setdefault(name, {})
            branch[WHOLE] = {}
        return self._pruned(tree, "")

    def _pruned(self, tree: type_tree, prefix: str) -> Shape:
        fields = {}
        for name, branch in tree.items():
            field = self.fields.get(name)
            below = {one: held for one, held in branch.items() if one is not WHOLE}
            if field is None:
                raise UnknownFieldError(f"{prefix}{name}", self.paths(prefix))
            if below:
                inner = _inner(field)
                if inner is None:
                    raise UnknownFieldError(f"{prefix}{name}.{next(iter(below))}", [])
                pruned = inner._pruned(below, f"{prefix}{name}.")
                if WHOLE not in branch:
                    field = type(field)(field.path, pruned)  # type: ignore[call-arg]
            fields[name] = field
        return replace(self, fields=fields)

    def paths(self, prefix: str = "") -> list[str]:
        """Give every leaf as a dotted path: the columns of the table that a CSV holds."""
        found = []
        for name, field in self.fields.items():
            inner = _inner(field)
            found += inner.paths(f"{prefix}{name}.") if inner else [f"{prefix}{name}"]
        return found

    def over(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Add `as_json`: each row as the database writes it in this shape."""
        return rows.annotate(as_json=JsonText(_written(self, "")))

    def read(self, rows: models.QuerySet[Any]) -> list[Written]:
        """Fetch the rows of a query, each written as JSON."""
        texts = self.over(rows).values_list("as_json", flat=True)
        return [Written(text) for text in texts]


def flat(row: type_row | Written, paths: Iterable[str]) -> Iterator[Any]:
    """Give the value at each dotted path; a list of values where a step is a list."""
    held = as_dict(row)
    for path in paths:
        yield _at(held, path.split("."))


def as_dict(row: type_row | Written) -> type_row:
    return orjson.loads(row.text) if isinstance(row, Written) else row


def _at(value: Any, names: list[str]) -> Any:
    for place, name in enumerate(names):
        if isinstance(value, list):
            return [_at(one, names[place:]) for one in value]
        if value is None:
            return None
        value = value[name]
    return value


def _inner(field: Column | One | Many) -> Shape | None:
    if isinstance(field, One):
        return field.shape
    if isinstance(field, Many) and isinstance(field.inner, Shape):
        return field.inner
    return None


@cache
def shape_of(serializer: type[serializers.ModelSerializer[Any]]) -> Shape:
    """Read the shape off a serializer's declaration."""
    return _shape(serializer())


def _shape(serializer: serializers.ModelSerializer[Any]) -> Shape:
    fields = {name: _field(field) for name, field in serializer.fields.items()}
    return Shape(serializer.Meta.model, fields)


def _field(field: serializers.Field[Any, Any, Any, Any]) -> Column | One | Many:
    path = (field.source or "").replace(".", "__")
    if isinstance(field, serializers.ListSerializer):
        return Many(path, _shape(cast(Any, field.child)))
    if isinstance(field, serializers.ManyRelatedField):
        return Many(path, Column(cast(Any, field.child_relation).slug_field))
    if isinstance(field, serializers.SlugRelatedField):
        return Column(f"{path}__{field.slug_field}")
    if isinstance(field, serializers.ModelSerializer):
        return One(path, _shape(field))
    return Column(path)


def _written(shape: Shape, prefix: str, key: str | None = None) -> JsonObject:
    """Give the SQL of a shape's object, whose columns are at `prefix`."""
    named: dict[str, Expression] = {}
    for name, field in shape.fields.items():
        if isinstance(field, Column):
            named[name] = JsonValue(F(f"{prefix}{field.path}"))
        elif isinstance(field, One):
            path = f"{prefix}{field.path}"
            named[name] = _written(field.shape, f"{path}__", key=path)
        else:
            named[name] = _list(shape.model, field, prefix)
    return JsonObject(named, unless_null=F(key) if key else None)  # type: ignore[arg-type]


def _list(model: type[models.Model], field: Many, prefix: str) -> JsonList:
    """Give the SQL of what is linked with a row, in the order of public ids."""
    relation: Any = model._meta.get_field(field.path)
    own = OuterRef(f"{prefix}pk")
    if relation.many_to_many:
        through = relation.remote_field.through._default_manager
        rows = through.filter(**{relation.m2m_field_name(): own})
        there = f"{relation.m2m_reverse_field_name()}__"
    else:
        rows = relation.related_model._default_manager.filter(
            **{relation.field.name: own}
        )
        there = ""
    target: Any = relation.related_model
    if issubclass(target, Record):  # a draft does not show through its links either
        rows = rows.exclude(**{f"{there}status": Status.DRAFT})
    key = "code" if hasattr(target, "code") else "slug"
    rows = rows.order_by(f"{there}{key}")
    if isinstance(field.inner, Shape):
        return JsonObjectList(
            rows.annotate(item=_written(field.inner, there)).values("item")
        )
    return JsonList(rows.annotate(item=F(f"{there}{field.inner.path}")).values("item"))
