"""Rows in the shape that a serializer declares, read without making instances of them.

DRF's serializers say which fields a resource has, for reading and for the schema alike;
a `Shape` selects just these columns. A page of nested figures costs three queries, and
about a tenth of the time that instances would take.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from django.db import models
from rest_framework import serializers

type_row = dict[str, Any]
type_tree = dict[str, Any]  # names within names; {} is a field with all that it has


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
        return self._pruned(tree, "")

    def _pruned(self, tree: type_tree, prefix: str) -> Shape:
        fields = {}
        for name, branch in tree.items():
            field = self.fields.get(name)
            if field is None:
                raise UnknownFieldError(f"{prefix}{name}", self.paths(prefix))
            if branch:
                inner = _inner(field)
                if inner is None:
                    below = next(iter(branch))
                    raise UnknownFieldError(f"{prefix}{name}.{below}", [])
                pruned = inner._pruned(branch, f"{prefix}{name}.")
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

    def read(self, rows: models.QuerySet[Any]) -> list[type_row]:
        """Fetch the rows of a query: one query, and one for each field that is `Many`."""
        return [row for row, _ in self.read_beside(rows, ())]

    def read_beside(
        self, rows: models.QuerySet[Any], columns: Iterable[str]
    ) -> list[tuple[type_row, tuple[Any, ...]]]:
        """Fetch each row, and beside it the values of some columns, shown or not."""
        selection = _Selection()
        build = selection.add(self, "")
        end = len(selection.columns)
        selection.columns += columns
        held, related = selection.values(rows)
        return [(build(values, related), values[end:]) for values in held]


def flat(row: type_row, paths: Iterable[str]) -> Iterator[Any]:
    """Give the value at each dotted path; a list of values where a step is a list."""
    for path in paths:
        yield _at(row, path.split("."))


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


type_builder = Callable[[tuple[Any, ...], list[dict[Any, list[Any]]]], type_row]


class _Selection:
    """The columns of one query, and what has to be fetched beside it."""

    def __init__(self) -> None:
        self.columns: list[str] = []
        # The model, its field, and the column that holds the row's own id.
        self.many: list[tuple[type[models.Model], Many, int]] = []

    def add(self, shape: Shape, prefix: str) -> type_builder:
        """Select a shape's columns; give what makes a row of the values."""
        start, names = len(self.columns), tuple(shape.fields)
        for field in shape.fields.values():
            # A nested row's place holds its key, and null where there is none.
            path = "pk" if isinstance(field, Many) else field.path
            self.columns.append(f"{prefix}{path}")
        end = len(self.columns)
        ones, many = [], []
        for place, (name, field) in enumerate(shape.fields.items(), start):
            if isinstance(field, One):
                ones.append((name, self.add(field.shape, f"{prefix}{field.path}__")))
            elif isinstance(field, Many):
                many.append((name, len(self.many)))
                self.many.append((shape.model, field, place))

        def build(
            values: tuple[Any, ...], related: list[dict[Any, list[Any]]]
        ) -> type_row:
            row = dict(zip(names, values[start:end], strict=True))
            for name, build_one in ones:
                if row[name] is not None:
                    row[name] = build_one(values, related)
            for name, number in many:
                row[name] = related[number].get(row[name], [])
            return row

        return build

    def values(
        self, rows: models.QuerySet[Any]
    ) -> tuple[list[tuple[Any, ...]], list[dict[Any, list[Any]]]]:
        held = list(rows.values_list(*self.columns))
        related = [
            _related(model, field, {values[place] for values in held} - {None})
            for model, field, place in self.many
        ]
        return held, related


def _related(
    model: type[models.Model], field: Many, ids: set[Any]
) -> dict[Any, list[Any]]:
    """Give what is linked with each of the rows `ids`, in the order of public ids."""
    found: dict[Any, list[Any]] = defaultdict(list)
    if not ids:
        return found
    relation: Any = model._meta.get_field(field.path)
    if relation.many_to_many:
        rows = relation.remote_field.through._default_manager.all()
        owner, prefix = (
            relation.m2m_field_name(),
            f"{relation.m2m_reverse_field_name()}__",
        )
    else:
        rows = relation.related_model._default_manager.all()
        owner, prefix = relation.field.name, ""
    target: Any = relation.related_model
    key = "code" if hasattr(target, "code") else "slug"
    rows = rows.filter(**{f"{owner}__in": ids}).order_by(f"{prefix}{key}")
    selection = _Selection()
    build: Callable[..., Any]
    if isinstance(field.inner, Shape):
        build = selection.add(field.inner, prefix)
    else:
        selection.columns.append(f"{prefix}{field.inner.path}")
        build = _first
    place = len(selection.columns)
    selection.columns.append(owner)
    held, related = selection.values(rows)
    for values in held:
        found[values[place]].append(build(values, related))
    return found


def _first(values: tuple[Any, ...], _related: Any) -> Any:
    return values[0]
