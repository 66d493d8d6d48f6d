"""The document says all that the API takes and gives, and is the one that is committed."""

import re
from pathlib import Path

import pytest
import yaml
from django.contrib.admindocs.views import simplify_regex
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.renderers import OpenApiYamlRenderer

from recruitment.api.document import document
from recruitment.api.examples import QUESTIONS, REFUSED, written
from recruitment.api.shapes import shape_of
from recruitment.api.urls import router
from recruitment.estimates import CUMULATIVE, STOCK

COMMITTED = Path(__file__).with_name("openapi.yaml")
ERRORS = {"400", "401", "406", "412", "429", "500"}


@pytest.fixture(scope="module")
def described():
    return yaml.safe_load(COMMITTED.read_text())


@pytest.fixture(scope="module")
def operations(described):
    return {
        one["operationId"]: one | {"path": path}
        for path, item in described["paths"].items()
        for one in item.values()
    }


def resolved(described, one):
    """Follow a reference within the document."""
    while "$ref" in one:
        place = described
        for name in one["$ref"].removeprefix("#/").split("/"):
            place = place[name]
        one = place
    return one


def parameters(described, operation):
    found = [resolved(described, one) for one in operation.get("parameters", [])]
    return {one["name"]: one for one in found}


def test_committed_document_is_what_the_code_says():
    made = OpenApiYamlRenderer().render(document()).decode()

    assert made == COMMITTED.read_text(), (
        "Run `make openapi` and commit what it writes."
    )


def test_document_is_valid_and_made_without_a_warning(tmp_path):
    call_command(
        "spectacular", "--fail-on-warn", "--validate", file=str(tmp_path / "x.yaml")
    )


def patterns(resolver, prefix="/"):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{prefix}{entry.pattern}")
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.pattern}", entry


def test_every_address_of_the_api_is_described(described):
    pages = {"/api/v1/docs/", "/api/v1/redoc/"}
    written_as = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", simplify_regex(address)).replace("//", "/")
        for address, entry in patterns(get_resolver())
        if address.startswith("/api/") and "format" not in address
    }

    assert written_as - pages == {
        path for path in described["paths"] if not path.endswith((".csv", ".ndjson"))
    }


def test_every_list_is_described_in_each_format(described):
    lists = {
        name for name, view, _ in router.registry if hasattr(view, "serializer_class")
    }

    for name in lists:
        answers = {
            suffix: described["paths"][f"/api/v1/{name}{suffix}"]["get"]["responses"]
            for suffix in ("/", ".csv", ".ndjson")
        }
        assert {
            suffix: set(one["200"]["content"]) for suffix, one in answers.items()
        } == {
            "/": {"application/json", "text/csv", "application/x-ndjson"},
            ".csv": {"text/csv"},
            ".ndjson": {"application/x-ndjson"},
        }


def test_everything_is_told_in_words(described, operations):
    wordless = [
        name
        for name, one in operations.items()
        if not (one["summary"] and one["description"] and one["tags"])
    ]
    wordless += [
        f"{name}: {parameter}"
        for name, one in operations.items()
        for parameter, told in parameters(described, one).items()
        if not told.get("description", "").strip()
    ]
    wordless += [
        f"{name}.{field}"
        for name, schema in described["components"]["schemas"].items()
        for field, told in schema.get("properties", {}).items()
        if "description" not in resolved(described, told)
        and "description" not in resolved(described, told.get("items", {}))
    ]

    assert wordless == []


def test_every_operation_answers_errors_with_a_problem(described, operations):
    for name, operation in operations.items():
        answers = operation["responses"]
        row = {"404"} if "{" in operation["path"] else set()
        if name.endswith("_retrieve") and name != "problems_retrieve":
            row.add("410")
        assert answers.keys() == {"200", "304"} | ERRORS | row, name
        for status in answers.keys() - {"200", "304"}:
            told = resolved(described, answers[status])
            assert told["content"] == {
                "application/problem+json": {
                    **told["content"]["application/problem+json"],
                    "schema": {"$ref": "#/components/schemas/Problem"},
                }
            }


def test_headers_are_described(described, operations):
    answers = operations["figures_list"]["responses"]

    def headers(status):
        told = resolved(described, answers[status])["headers"]
        return {
            name: resolved(described, one).get("required", False)
            for name, one in told.items()
        }

    always = {"X-Request-ID": True, "RateLimit": True, "RateLimit-Policy": True}
    stamps = {"ETag": True, "Last-Modified": True, "Cache-Control": True}
    assert headers("200") == always | stamps | {"Muster-Revision": True, "Link": False}
    assert headers("400") == always
    assert headers("429") == always | {"Retry-After": True}


@pytest.mark.django_db
def test_each_operation_takes_the_parameters_that_it_is_described_with(
    client, described, operations
):
    for name, operation in operations.items():
        told = parameters(described, operation)
        query = {one for one, about in told.items() if about["in"] == "query"}
        ids = {one: about.get("example", "2026-01-01") for one, about in told.items()}
        address = operation["path"].format(**ids | {"id": 1})

        [said] = client.get(f"{address}?zz=1").json()["errors"]["zz"]

        accepted = said.removeprefix("Unknown parameter. Accepted: ").rstrip(".")
        assert {*accepted.split(", ")} - {"none"} == query, name


def test_values_parted_by_commas_are_lists(described, operations):
    metric = parameters(described, operations["figures_list"])["metric"]

    assert (metric["style"], metric["explode"]) == ("form", False)
    assert metric["schema"]["type"] == "array"
    words = resolved(described, metric["schema"]["items"])
    assert {"killed", "captured_held"} <= {*words["enum"]}
    assert "* `captured_held`: Held as prisoners of war" in words["description"]


def test_fields_are_those_that_a_row_has(described, operations):
    for name, view, _ in router.registry:
        if hasattr(view, "serializer_class"):
            fields = parameters(described, operations[f"{name}_list"])["fields"]
            names = resolved(described, fields["schema"]["items"])["enum"]
            leaves = set(shape_of(view.serializer_class).paths())
            assert leaves <= {*names}
            assert {one for one in names if one not in leaves} == {
                ".".join(leaf.split(".")[:depth])
                for leaf in leaves
                for depth in range(1, leaf.count(".") + 1)
            }


def test_status_draft_is_nowhere(described):
    assert "draft" not in described["components"]["schemas"]["Status"]["enum"]


def test_enum_that_may_be_null_says_so(described):
    party = described["components"]["schemas"]["Claimant"]["properties"]["party"]

    assert party["oneOf"] == [
        {"$ref": "#/components/schemas/Party"},
        {"type": "null"},
    ]
    assert described["components"]["schemas"]["Party"]["enum"] == ["russia", "ukraine"]


def test_row_has_all_its_fields(described):
    for name in ("Figure", "FigureEnd", "Estimate", "Claimant", "Source", "Country"):
        schema = described["components"]["schemas"][name]
        assert schema["required"] == list(schema["properties"]), name


def test_stock_and_count_so_far_are_told_apart(described, operations):
    metric = parameters(described, operations["series"])["metric"]["schema"]

    kinds = [{*one["contains"]["enum"]} for one in metric["not"]["allOf"]]
    assert kinds == [STOCK, CUMULATIVE]


def test_links_lead_to_operations_and_from_fields_that_there_are(described, operations):
    count = 0
    for operation in operations.values():
        for link in operation["responses"]["200"].get("links", {}).values():
            target = parameters(described, operations[link["operationId"]])
            keys = {name for name, one in target.items() if one["in"] == "path"}
            assert link["parameters"].keys() == keys
            for place in link["parameters"].values():
                assert place.startswith("$response.body#/")
            count += 1
    assert count > 30


def test_every_question_has_its_answer_in_the_document(described, operations):
    shown = {
        name: one["responses"]["200"]["content"] for name, one in operations.items()
    } | {
        name: described["components"]["responses"][name]["content"] for name in REFUSED
    }

    for name in QUESTIONS | REFUSED:
        [example] = [
            media["examples"]["real"]
            for media in shown[name].values()
            if "examples" in media
        ]
        assert example["value"] == written()[name]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        pytest.param("*/*", "application/json", id="anything"),
        pytest.param("application/json", "application/json", id="json"),
        pytest.param(
            "application/vnd.oai.openapi+json",
            "application/vnd.oai.openapi+json",
            id="openapi-json",
        ),
        pytest.param("application/yaml", "application/yaml; charset=utf-8", id="yaml"),
        pytest.param(
            "application/vnd.oai.openapi",
            "application/vnd.oai.openapi; charset=utf-8",
            id="openapi-yaml",
        ),
    ],
)
def test_document_is_served_as(client, accept, content_type):
    answer = client.get("/api/v1/schema/", headers={"accept": accept})

    assert answer["content-type"] == content_type
    assert yaml.safe_load(answer.content) == document()


@pytest.mark.parametrize("page", ["docs", "redoc"])
@pytest.mark.django_db
def test_page_of_the_document_runs_only_our_own_scripts(client, page):
    answer = client.get(f"/api/v1/{page}/")

    html = answer.content.decode()
    assert re.findall(r"<script[^>]*>([^<]+)", html) == []
    sources = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert {one.split("/")[1] for one in sources} == {"static", "api"}
    policy = answer["content-security-policy"].split("; ")
    assert "script-src 'self'" in policy
    assert ("style-src 'self'" in policy) is (page == "docs")
