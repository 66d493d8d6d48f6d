"""JSON that the database writes: objects, lists and plain values as SQL.

SQLite and PostgreSQL each have their own functions; what they write reads the same.
"""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BooleanField,
    DateTimeField,
    Expression,
    Func,
    JSONField,
    Subquery,
    TextField,
)

type_sql = tuple[str, list[Any]]


class JsonValue(Func):
    """A column's value as JSON has it."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        [column] = self.get_source_expressions()
        sql, params = compiler.compile(column)
        match column.output_field:
            case BooleanField():
                sql = f"JSON(CASE {sql} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"
            case JSONField():
                sql = f"JSON({sql})"
            case DateTimeField():
                sql = f"REPLACE({sql}, ' ', 'T') || 'Z'"
        return sql, params

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> type_sql:
        [column] = self.get_source_expressions()
        sql, params = compiler.compile(column)
        if isinstance(column.output_field, DateTimeField):
            form = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
            sql = f"TO_CHAR({sql} AT TIME ZONE 'UTC', '{form}')"
        return sql, params


class JsonObject(Func):
    """An object of named expressions; with `unless_null`, null where that is."""

    output_field = TextField()

    def __init__(
        self, named: dict[str, Expression], unless_null: Expression | None = None
    ) -> None:
        self.names = list(named)
        super().__init__(*named.values(), *([unless_null] if unless_null else []))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        sql, params = self._written("JSON_OBJECT", compiler)
        # What has passed through CASE is text again until JSON() reads it.
        return f"JSON({sql})" if sql.startswith("CASE") else sql, params

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> type_sql:
        return self._written("JSON_BUILD_OBJECT", compiler)

    def _written(self, function: str, compiler: Any) -> type_sql:
        compiled = [compiler.compile(one) for one in self.get_source_expressions()]
        pairs = zip(self.names, compiled, strict=False)
        sql = ", ".join(f"'{name}', {value}" for name, (value, _) in pairs)
        sql = f"{function}({sql})"
        params = [param for _, given in compiled[: len(self.names)] for param in given]
        if compiled[len(self.names) :]:
            key, given = compiled[-1]
            sql, params = (
                f"CASE WHEN {key} IS NOT NULL THEN {sql} END",
                [*given, *params],
            )
        return sql, params


class JsonList(Subquery):
    """The column `item` of a query as a list, in the query's order."""

    output_field = TextField()
    item = "item"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = (
            "JSON((SELECT JSON_GROUP_ARRAY(%(item)s) FROM (%(subquery)s) AS items))"
        )
        return self.as_sql(compiler, connection, template=template, item=self.item)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = (
            "(SELECT COALESCE(JSON_AGG(item), '[]'::json) FROM (%(subquery)s) AS items)"
        )
        return self.as_sql(compiler, connection, template=template)


class JsonObjectList(JsonList):
    """The same where `item` is JSON itself."""

    item = "JSON(item)"


class JsonText(Func):
    """JSON as text, so that nobody reads it only to write it again."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        [json] = self.get_source_expressions()
        sql, params = compiler.compile(json)
        return sql, params

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> type_sql:
        [json] = self.get_source_expressions()
        sql, params = compiler.compile(json)
        return f"({sql})::text", params
