"""Pages by position: no row is lost or shown twice, whatever is written meanwhile.

A cursor holds the last row's place in an order that ends in the public id. The next page
is what lies beyond that place, so a row that comes in between moves no other.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError as InvalidValueError
from django.db.models import CharField, F, Field, Q, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.utils.urls import remove_query_param, replace_query_param

from recruitment.api.shapes import Written

PAGE_SIZE = 50
MAX_PAGE_SIZE = 500
# int() of an infinity, which JSON can hold, overflows; lists can nest too deep.
UNREADABLE = (ValueError, TypeError, OverflowError, RecursionError)


@dataclass(frozen=True)
class Order:
    """By one field, what is null last, then by the public id; or by the id alone."""

    name: str  # as a reader writes it: "as_of", or "-as_of" for the newest first
    key: Field[Any, Any]
    field: Field[Any, Any] | None

    @property
    def columns(self) -> tuple[str, ...]:
        return (*([self.field.name] if self.field else []), self.key.name)

    def sorted(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        nulls = {"nulls_first" if backwards else "nulls_last": True}
        wanted = []
        for field in filter(None, (self.field, self.key)):
            how = nulls if field.null else {}
            column = F(field.name)
            is_up = self._is_up(backwards)
            wanted.append(column.asc(**how) if is_up else column.desc(**how))
        return rows.order_by(*wanted)

    def beyond(self, place: tuple[Any, ...], *, backwards: bool) -> Q:
        """Keep what comes after a place, or before it."""
        then = "gt" if self._is_up(backwards) else "lt"
        *values, key = place
        later_key = Q(**{f"{self.key.name}__{then}": key})
        if self.field is None:
            return later_key
        name, value = self.field.name, values[0]
        if value is None:
            here = Q(**{f"{name}__isnull": True}) & later_key
            return here | Q(**{f"{name}__isnull": False}) if backwards else here
        # The first condition alone is one that an index can answer.
        known = Q(**{f"{name}__{then}e": value}) & (
            Q(**{f"{name}__{then}": value}) | later_key
        )
        if self.field.null and not backwards:
            return known | Q(**{f"{name}__isnull": True})
        return known

    def cleaned(self, place: list[Any]) -> tuple[Any, ...]:
        """Give the values of a place as the columns hold them; raise where they cannot."""
        fields = [self.field, self.key] if self.field else [self.key]
        return tuple(
            None if value is None and field.null else field.clean(value, None)
            for field, value in zip(fields, place, strict=True)
        )

    def _is_up(self, backwards: bool) -> bool:
        return self.name.startswith("-") is backwards


class PositionPagination(BasePagination):
    """Pages of a view's rows, ordered as was asked for."""

    def order(self, view, rows, asked: str | None = None) -> Order:
        model = rows.model._meta
        name = asked or view.lookup_field
        field = name.removeprefix("-")
        annotated = field_of_annotation(view.lookup_field)
        key = next((f for f in model.fields if f.name == view.lookup_field), annotated)
        return Order(name, key, None if field == key.name else model.get_field(field))

    def page(self, request, view, rows) -> tuple[dict, dict[str, str]]:
        """Give the answer's body and its links, by relation; `rows` are written as JSON."""
        asked = request.query_params
        size = _size(asked.get("page_size"))
        order = self.order(view, rows, asked.get("ordering"))
        body: dict[str, Any] = {}
        if _is_true(asked, "count"):
            body["count"] = rows.count()
        place, backwards = (
            _decoded(asked["cursor"], order) if "cursor" in asked else (None, False)
        )
        if place:
            rows = rows.filter(order.beyond(place, backwards=backwards))
        pairs = _read(rows, order, size + 1, backwards=backwards)
        has_more = len(pairs) > size
        pairs = pairs[:size]
        if backwards:
            pairs.reverse()
        address = request.build_absolute_uri()
        links = {"first": remove_query_param(address, "cursor")}
        if pairs and (has_more or backwards):
            links["next"] = _at(address, order, pairs[-1][1])
        if pairs and place and (has_more or not backwards):
            links["prev"] = _at(address, order, pairs[0][1], backwards=True)
        body |= {"next": links.get("next"), "previous": links.get("prev")}
        return body | {"results": [row for row, _ in pairs]}, links

    def all(self, view, rows, ordering: str | None) -> Iterator[Written]:
        """Give every row, read page by page."""
        order = self.order(view, rows, ordering)
        held = rows
        while pairs := _read(held, order, MAX_PAGE_SIZE):
            yield from (row for row, _ in pairs)
            if len(pairs) < MAX_PAGE_SIZE:
                return
            held = rows.filter(order.beyond(pairs[-1][1], backwards=False))


def _read(
    rows: QuerySet[Any], order: Order, most: int, *, backwards: bool = False
) -> list[tuple[Written, tuple[Any, ...]]]:
    """Fetch the first rows of an order, and beside each its place."""
    first = order.sorted(rows, backwards=backwards)[:most]
    if order.field:
        # Else a database may write every row as JSON before it sorts them. In one query:
        # a row that went between two would make the page look like the last.
        chosen = rows.filter(pk__in=first.values("pk"))
        first = order.sorted(chosen, backwards=backwards)
    return [
        (Written(text), tuple(place))
        for text, *place in first.values_list("as_json", *order.columns)
    ]


def field_of_annotation(name: str) -> CharField:
    field = CharField(max_length=300)
    field.name = name
    return field


def _size(asked: str | None) -> int:
    if asked is None:
        return PAGE_SIZE
    # Three digits first: int() fails on a number of thousands of digits.
    if not re.fullmatch("[1-9][0-9]{0,2}", asked) or int(asked) > MAX_PAGE_SIZE:
        message = f"Give a whole number from 1 to {MAX_PAGE_SIZE}."
        raise ValidationError({"page_size": [message]})
    return int(asked)


def _is_true(asked, name: str) -> bool:
    if asked.get(name, "false") not in {"true", "false"}:
        raise ValidationError({name: ["Give true or false."]})
    return asked.get(name) == "true"


def _at(address: str, order: Order, place: tuple[Any, ...], *, backwards=False) -> str:
    return replace_query_param(address, "cursor", _encoded(order, place, backwards))


def _encoded(order: Order, place: tuple[Any, ...], backwards: bool) -> str:
    values = [order.name, backwards, *place]
    text = json.dumps(values, default=str, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(cursor: str, order: Order) -> tuple[tuple[Any, ...], bool]:
    message = "Take the cursor from `next` or `previous` of a page in the same order."
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        name, backwards, *values = json.loads(urlsafe_b64decode(padded))
        if name != order.name or not isinstance(backwards, bool):
            raise ValueError
        place = order.cleaned(values)
        # What we never wrote: a number as text, say; PostgreSQL fails on a NUL byte.
        if _encoded(order, place, backwards) != cursor or "\0" in "".join(
            value for value in place if isinstance(value, str)
        ):
            raise ValueError
        return place, backwards
    except (*UNREADABLE, InvalidValueError) as error:
        raise ValidationError({"cursor": [message]}) from error
