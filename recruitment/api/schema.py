"""One operation of the API in OpenAPI 3.1, read off its view, filters and serializers.

What stands around the operations, and is shared between them, is in `document`.
"""

from __future__ import annotations

from typing import Any

from recruitment.api.schema_parameters import MEDIA_TYPES, Parameters
from recruitment.api.schema_values import meaning, type_schema

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
    "412": "PreconditionFailed",
    "429": "TooManyRequests",
    "500": "ServerError",
}


class Schema(Parameters):
    """What the operation is, and every answer that may come."""

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

    def get_description(self) -> str:  # type: ignore[override]  # spectacular's
        said = super().get_description()
        if not self.is_of_records:
            return said
        if self.view.action == "retrieve":
            return meaning(self.view.serializer_class)
        if self.view.action == "list":
            return f"{said}\n\n{FORMATS[self.format]}"
        return said

    def is_deprecated(self) -> bool:
        return any(one.parameter is None for one in self._notices())

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
        action = getattr(self.view, "action", None)
        if not self.is_of_records or action not in ("list", "retrieve"):
            return answer
        # `fields` makes of a row what is no longer one.
        some = self._component("Sparse", SPARSE)
        if action == "list":
            some = self._component("SparsePage", page(some))
        whole = answer["content"]["application/json"]["schema"]
        content: type_schema = {
            "application/json": {"schema": {"anyOf": [whole, some]}}
        }
        if action == "list":
            for media_type in MEDIA_TYPES.values():
                content[media_type] = {"schema": {"type": "string"}}
        if self.format:
            only = MEDIA_TYPES[self.format]
            content = {only: content[only]}
        return answer | {"content": content}

    def _get_paginator(self) -> Any:
        is_list = self.is_of_records and self.view.action == "list"
        return Envelope() if is_list else None

    def get_paginated_name(self, serializer_name: str) -> str:
        return f"{serializer_name}Page"


class Envelope:
    """What stands around the rows of a page."""

    def get_paginated_response_schema(self, rows: type_schema) -> type_schema:
        return page(rows["items"])


def page(row: type_schema) -> type_schema:
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


def first_sentence(text: str) -> str:
    """Give a docstring's first sentence, as a title without its stop."""
    return text.partition("\n\n")[0].replace("\n", " ").removesuffix(".")
