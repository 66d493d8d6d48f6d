"""The OpenAPI document as a whole: its words, what operations share, links, examples."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from inspect import getdoc
from pathlib import Path
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from inflection import camelize

from recruitment.api.examples import PREFIX, QUESTIONS, REFUSED, VALUES, written
from recruitment.api.schema_parameters import MEDIA_TYPES
from recruitment.api.schema_values import type_schema
from recruitment.api.views import RecordViewSet

INTRODUCTION = Path(__file__).with_name("introduction.md")
JSON = "application/json"
PROBLEM = "application/problem+json"
TAGS = {"about": "What the API tells about itself."}

HEADERS = {
    "ETag": "Names this answer: send it back in If-None-Match, and an unchanged answer is a 304 without a body.",
    "Last-Modified": "Since when the answer has been as it is, at most.",
    "Cache-Control": "How long the answer may be kept.",
    "Link": "On lists: the pages `first`, `next` and `prev`. On what will end: `deprecation`.",
    "Muster-Revision": "The revision of the record: it grows by one with each publish.",
    "RateLimit-Policy": "How many requests (`q`) are allowed in how many seconds (`w`).",
    "RateLimit": "How many requests remain (`r`), and for how many seconds (`t`).",
    "X-Request-ID": "The id of this request: yours, if you sent one, or a new one.",
    "Retry-After": "How many seconds to wait.",
    "WWW-Authenticate": "The scheme in which a key is sent: `Api-Key`.",
    "Deprecation": "Since when the operation, or a parameter that was used, is deprecated (RFC 9745).",
    "Sunset": "When that ends, twelve months later at the earliest (RFC 8594).",
}
NOT_ALWAYS = {"Link", "Deprecation", "Sunset"}
ALWAYS = ["RateLimit-Policy", "RateLimit", "X-Request-ID"]
OF_ANSWERS = [
    *ALWAYS,
    *("ETag", "Last-Modified", "Cache-Control", "Muster-Revision"),
]
ERRORS = {
    "BadRequest": (
        "A parameter is unknown, repeated, empty or not accepted; `errors` names it and says what is.",
        ALWAYS,
    ),
    "InvalidKey": (
        "The API key is unknown, revoked or expired.",
        [*ALWAYS, "WWW-Authenticate"],
    ),
    "NotFound": ("There is no public row of this id.", ALWAYS),
    "NotAcceptable": ("None of the formats in Accept can be given.", ALWAYS),
    "Gone": (
        "The row was public and is no longer; the detail says since when.",
        ALWAYS,
    ),
    "PreconditionFailed": (
        "If-Match or If-Unmodified-Since names another state of this answer.",
        ALWAYS,
    ),
    "TooManyRequests": (
        "More requests than RateLimit-Policy allows.",
        [*ALWAYS, "Retry-After"],
    ),
    "ServerError": (
        "Something broke on our side; it is logged under `request_id`.",
        ALWAYS,
    ),
}
SECURITY = {
    "type": "apiKey",
    "in": "header",
    "name": "Authorization",
    "description": "`Api-Key …`: only for more requests; all is open to read without a key.",
}
# From one row to the rows that it names: where their ids stand, by operation.
OF_A_CLAIM = {
    "countries_retrieve": "/country/code",
    "claimants_retrieve": "/claimant/slug",
    "sources_retrieve": "/citations/0/source/slug",
}
LINKS: dict[str, type_schema] = {
    "sources_retrieve": {"publishers_retrieve": "/publisher/slug"},
    "claimants_retrieve": {"countries_retrieve": "/country"},
    **dict.fromkeys(
        (
            *("figures_retrieve", "recruitment_retrieve", "casualties_retrieve"),
            *("responses_retrieve", "incentives_retrieve", "presence_retrieve"),
        ),
        OF_A_CLAIM,
    ),
    "methods_retrieve": {
        name: place for name, place in OF_A_CLAIM.items() if "country" not in place
    }
    | {"countries_retrieve": "/countries/0"},
    "citations_retrieve": {
        "sources_retrieve": "/source",
        "figures_retrieve": "/figure",
    },
    "estimates_retrieve": {
        "estimates_explain": "/key",
        "figures_retrieve": "/low_figure/slug",
        "countries_retrieve": "/country/code",
    },
    "estimates_explain": {"figures_retrieve": "/figures/0/figure/slug"},
    "contradictions_retrieve": {
        "figures_retrieve": "/one/slug",
        "countries_retrieve": "/country",
    },
    "corrections_retrieve": {
        "figures_retrieve": "/successor",
        "countries_retrieve": "/country",
    },
    "releases_retrieve": {"releases_file": {"slug": "/slug", "name": "/files/0/name"}},
    "series": {"estimates_retrieve": "/results/0/key"},
    "problems_list": {},  # names its types by their addresses
    "summary": {
        "estimates_retrieve": "/countries/0/key",
        "figures_retrieve": "/newest/0/slug",
    },
}


@cache
def document() -> type_schema:
    """Give the document; made once, as it follows from the code alone."""
    made: type_schema = SchemaGenerator().get_schema(public=True)
    return made


def name_files(
    endpoints: list[tuple[str, str, str, Any]], **kwargs: Any
) -> list[tuple[str, str, str, Any]]:
    """Give CSV and NDJSON of each list an address of its own.

    The suffix says no more than an Accept header, but the parameters differ: files have
    no pages.
    """
    found = []
    for path, regex, method, view in endpoints:
        if path.endswith("{format}"):  # the root's, which is JSON alone
            continue
        found.append((path, regex, method, view))
        if is_list_of_records(view):
            stem = path.rstrip("/")
            found += [(f"{stem}.{name}", regex, method, view) for name in MEDIA_TYPES]
    return found


def is_list_of_records(view: Any) -> bool:
    return issubclass(view.cls, RecordViewSet) and "list" in view.actions.values()


def complete(
    result: type_schema, generator: Any, request: Any, public: bool
) -> type_schema:
    """Add to the operations what stands around them."""
    components = result["components"]
    result["info"]["description"] = INTRODUCTION.read_text()
    result["security"] = [{}, {"ApiKey": []}]
    components["securitySchemes"] = {"ApiKey": SECURITY}
    components["headers"] = {name: header(name, text) for name, text in HEADERS.items()}
    components["responses"] = {
        "NotModified": answer("What If-None-Match or If-Modified-Since names.", ALWAYS)
    } | {name: error(*said) for name, said in ERRORS.items()}
    operations = {
        one["operationId"]: one
        for item in result["paths"].values()
        for one in item.values()
    }
    for operation in operations.values():
        operation.pop("security", None)
        headers = refer("headers", headers_of(operation))
        operation["responses"]["200"]["headers"] = headers
    for name, operation in operations.items():
        for other, place in links_of(name, operations).items():
            link(operation, operations[other], place)
    add_examples(operations, components["responses"])
    components["parameters"] = share_parameters(operations)
    result["tags"] = tags(operations)
    return result


def headers_of(operation: type_schema) -> list[str]:
    if operation["operationId"] == "releases_file":  # whatever is published later
        return [*ALWAYS, "ETag", "Cache-Control"]
    taken = {one["name"]: one for one in operation.get("parameters", [])}
    ends = any(one.get("deprecated") for one in (operation, *taken.values()))
    return [
        *OF_ANSWERS,
        *(["Link"] if ends or "cursor" in taken else []),
        *(["Deprecation", "Sunset"] if ends else []),
    ]


def header(name: str, description: str) -> type_schema:
    given = {} if name in NOT_ALWAYS else {"required": True}
    return {"description": description, **given, "schema": {"type": "string"}}


def refer(kind: str, names: list[str]) -> type_schema:
    return {name: {"$ref": f"#/components/{kind}/{name}"} for name in names}


def answer(description: str, headers: list[str]) -> type_schema:
    return {"description": description, "headers": refer("headers", headers)}


def error(description: str, headers: list[str]) -> type_schema:
    schema = {"$ref": "#/components/schemas/Problem"}
    return answer(description, headers) | {"content": {PROBLEM: {"schema": schema}}}


def links_of(name: str, operations: type_schema) -> type_schema:
    """Say which operations take an id from an answer, and where it stands there."""
    if name in LINKS or not name.endswith("_list"):
        return LINKS.get(name, {})
    detail = name.removesuffix("_list") + "_retrieve"
    [key] = path_parameters(operations[detail])
    return {detail: f"/results/0/{key['name']}"}


def path_parameters(operation: type_schema) -> list[type_schema]:
    return [one for one in operation.get("parameters", []) if one["in"] == "path"]


def link(operation: type_schema, to: type_schema, place: str | dict[str, str]) -> None:
    if isinstance(place, str):
        [key] = path_parameters(to)
        place = {key["name"]: place}
    links = operation["responses"]["200"].setdefault("links", {})
    links[to["operationId"]] = {
        "operationId": to["operationId"],
        "parameters": {name: f"$response.body#{at}" for name, at in place.items()},
        "description": to["summary"],
    }


def add_examples(operations: type_schema, responses: type_schema) -> None:
    """Show each question with its answer, and a value for what several take."""
    for name, asked in (QUESTIONS | REFUSED).items():
        if name in operations:
            content = operations[name]["responses"]["200"]["content"]
            for one in path_parameters(operations[name]):
                one["example"] = asked.split("/")[1]
        elif name in responses:
            content = responses[name]["content"]
        else:
            continue  # a document of some views alone
        shown = content.get(JSON) or next(iter(content.values()))
        summary = f"GET {PREFIX}{asked}"
        shown["examples"] = {"real": {"summary": summary, "value": written()[name]}}
    for operation in operations.values():
        for one in operation.get("parameters", []):
            if one["in"] == "query" and one["name"] in VALUES:
                one["example"] = VALUES[one["name"]]


def share_parameters(operations: type_schema) -> type_schema:
    """Write what several operations take alike once; return it by name.

    Of those that differ under one name, the most common keeps the plain name.
    """
    users: dict[str, list[type_schema]] = defaultdict(list)
    for operation in operations.values():
        for one in operation.get("parameters", []):
            if one["in"] == "query":
                users[json.dumps(one, sort_keys=True)].append(operation)
    shared: type_schema = {}
    for text, alike in sorted(users.items(), key=lambda pair: -len(pair[1])):
        one = json.loads(text)
        name = camelize(one["name"])
        if name in shared:
            name = camelize(alike[0]["operationId"].rpartition("_")[0]) + name
        if len(alike) == 1:
            continue
        shared[name] = one
        for operation in alike:
            place = operation["parameters"].index(one)
            operation["parameters"][place] = {"$ref": f"#/components/parameters/{name}"}
    return dict(sorted(shared.items()))


def tags(operations: type_schema) -> list[type_schema]:
    used = dict.fromkeys(tag for one in operations.values() for tag in one["tags"])
    return [{"name": tag, "description": TAGS.get(tag) or means(tag)} for tag in used]


def means(tag: str) -> str:
    from recruitment.api.urls import router

    views = {name: view for name, view, _ in router.registry}
    return getdoc(views[tag]) or ""
