"""Programs that know the API from its document alone, on the published record."""

import importlib
import json
import os
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http import HTTPStatus
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import schemathesis
import yaml
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import override_settings
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from recruitment.api import examples
from recruitment.api.document import document
from recruitment.api.urls import router
from recruitment.models import Figure
from recruitment.releasing import make_release
from tests.recruitment.api import answerable  # noqa: F401  # a hook of schemathesis

pytestmark = pytest.mark.django_db
# For each operation, and in each of the two phases that make requests up.
IS_NIGHT = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
REQUESTS = 300 if IS_NIGHT else 10
ALIKE = (
    r"(\.(csv|ndjson)|/(casualties|citations|claimants|incentives|methods|presence"
    r"|publishers|recruitment|responses|sources)/)$"
)
ROOT = Path(__file__).resolve().parents[2]
ANSWERS = examples.ANSWERS
COMMITTED = Path(__file__).parent / "api" / "openapi.yaml"


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load the fixtures for every thread to see, and empty the database at the end."""
    var = tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock(), override_settings(VAR_DIR=var):
        call_command("load_fixtures", verbosity=0)
        make_release("The first one.")
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def application(record):
    with override_settings(THROTTLE_ANONYMOUS="1000000/second"):
        site = get_wsgi_application()

    def application(environ, start_response):
        """End each answer as a server does, and with it the database's connection."""
        answer = site(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            answer.close()

    return application


def test_make_openapi_writes_what_is_committed(record, tmp_path, monkeypatch):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL puts other blanks into rows of NDJSON.")
    monkeypatch.setattr(examples, "ANSWERS", tmp_path / "examples.json")
    document.cache_clear()

    call_command("build_openapi", tmp_path / "openapi.yaml", stdout=StringIO())

    assert (tmp_path / "openapi.yaml").read_text() == COMMITTED.read_text()
    assert examples.ANSWERS.read_text() == ANSWERS.read_text()


class InAThread(httpx.WSGITransport):
    """Each request ends with its thread's connections, not with those of the test."""

    def handle_request(self, request):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(self._handled, request).result()

    def _handled(self, request):
        answer = super().handle_request(request)
        content = httpx.ByteStream(answer.read())
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=content
        )


@pytest.fixture
def asked(application):
    site = {"transport": InAThread(application), "base_url": "http://testserver"}
    with httpx.Client(**site, headers={"Accept-Encoding": "identity"}) as client:
        yield client


def rows(answer):
    """Read rows a line: databases put other blanks between their parts."""
    if isinstance(answer, str) and answer.startswith("{"):
        return [json.loads(line) for line in answer.splitlines()]
    return answer


def test_examples_are_what_the_api_answers(record):
    answers, shown = examples.answers(), examples.written()

    assert answers.keys() == shown.keys()
    for name, answer in answers.items():
        assert rows(answer) == rows(shown[name]), name


def strict(document):
    """Give the document without what `fields` makes of the answers."""
    text = json.dumps(document)
    document = json.loads(text)
    for item in document["paths"].values():
        for media in item["get"]["responses"]["200"]["content"].values():
            whole = media["schema"].get("anyOf", [])
            if whole:
                media["schema"] = whole[0]
    return document


def pages(client, address):
    while address:
        answer = client.get(address)
        yield answer
        address = answer.json()["next"]


def test_every_row_is_as_the_document_describes_it(asked):
    document = strict(yaml.safe_load(COMMITTED.read_text()))
    schema = schemathesis.openapi.from_dict(document)

    for name, view, _ in router.registry:
        if hasattr(view, "serializer_class"):
            address = f"/api/v1/{name}/"
            for page in pages(asked, f"{address}?page_size=500"):
                schema[address]["GET"].validate_response(page)


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """Make a client from the committed document, without asking any other host."""
    folder = tmp_path_factory.mktemp("generated")
    overrides = {"application/x-ndjson": "text/plain"}  # a type it does not know
    config = Config.from_sources(
        ConfigFile(post_hooks=[], content_type_overrides=overrides),
        MetaType.NONE,
        COMMITTED,
        file_encoding="utf-8",
        overwrite=False,
        output_path=folder / "muster_client",
    )
    assert generate(config=config) == []
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield lambda name: importlib.import_module(f"muster_client.{name}")


@pytest.fixture
def reader(generated, asked):
    client = generated("client").Client(base_url="http://testserver")
    return client.set_httpx_client(asked)


def test_generated_client_lists_every_figure(generated, reader):
    figures_list = generated("api.figures.figures_list")

    listed, cursor = [], generated("types").UNSET
    while cursor is not None:
        page = figures_list.sync(client=reader, page_size=100, cursor=cursor)
        assert type(page) is generated("models").FigurePage
        listed += page.results
        cursor = page.next_ and parse_qs(urlsplit(page.next_).query)["cursor"][0]

    columns = ("slug", "metric", "low", "high", "as_of", "claimant__party")
    assert [
        (
            figure.slug,
            figure.metric.value,
            figure.low,
            figure.high,
            figure.as_of,
            figure.claimant.party and figure.claimant.party.value,
        )
        for figure in listed
    ] == list(Figure.objects.published().order_by("slug").values_list(*columns))
    assert len(listed) > 600


def test_generated_client_gives_a_row_its_types(generated, reader):
    models = generated("models")
    retrieve = generated("api.figures.figures_retrieve")

    figure = retrieve.sync(examples.FIGURE, client=reader)

    assert type(figure) is models.Figure
    assert figure.metric is models.Metric.KILLED
    assert figure.as_of == date(2024, 12, 23)
    assert figure.evidence_origin is None
    assert type(figure.claimant) is models.Claimant
    assert [one.source.slug for one in figure.citations] == [examples.PAGE]


def test_generated_client_gives_a_problem_its_type(generated, reader):
    figures_list = generated("api.figures.figures_list")

    answer = figures_list.sync_detailed(client=reader, country=["XXX"])

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert type(answer.parsed) is generated("models").Problem
    assert answer.parsed.errors.to_dict() == {"country": ["There is no such id: XXX."]}


def told(recorder, checked):
    """Say which check failed, and how to ask again."""
    failed = checked.failure_info
    return f"{recorder.label}: {failed.failure}\n{failed.code_sample}"


def test_api_does_as_its_document_says(application, asked):
    """Schemathesis: examples, limits, made-up requests and walks, with every check."""
    config = tomllib.loads((ROOT / "schemathesis.toml").read_text())
    del config["hooks"]  # imported above
    config["generation"]["max-examples"] = REQUESTS
    if not IS_NIGHT:
        # Tables take the parameters of the pages, and one view serves every resource: each
        # limit is tried where the parameters are most.
        alike = {"include-path-regex": ALIKE}
        config["operations"] = [alike | {"phases": {"coverage": {"enabled": False}}}]
    document = asked.get("/api/v1/schema/").json()
    config = SchemathesisConfig.from_dict(config)
    schema = schemathesis.openapi.from_dict(document, config=config)
    schema.app, schema.location = application, "/api/v1/schema/"

    failures, statuses = [], {}
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            failures.append(f"{event.label}: {event.info}")
        if isinstance(event, events.ScenarioFinished):
            counted = statuses.setdefault(event.phase.value, Counter())
            for asked in event.recorder.interactions.values():
                counted[asked.response and asked.response.status_code] += 1
            failures += [
                told(event.recorder, checked)
                for checks in event.recorder.checks.values()
                for checked in checks
                if checked.failure_info
            ]

    assert failures == []
    assert statuses.keys() == {"examples", "coverage", "fuzzing", "stateful"}
    # Not only refusals.
    for phase, counted in statuses.items():
        assert counted[200] > counted.total() / 5, phase
