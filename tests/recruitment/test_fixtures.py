"""The record that we publish: fixtures/, whole and true to the rows it was built from.

The fixtures are loaded once for the module, whose tests only read them.
"""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings

from recruitment.fixtures import FIXTURES, FIXTURES_DIR, build_fixtures, fixture_paths
from recruitment.models import (
    Citation,
    Estimate,
    Figure,
    Incentive,
    Method,
    Presence,
    Response,
)
from recruitment.passages import verify_passages

pytestmark = pytest.mark.django_db
ARTICLES = Path(
    os.environ.get("MUSTER_ARTICLES", settings.BASE_DIR.parent / "shared" / "articles")
)
CLAIMS = [Figure, Response, Incentive, Method, Presence]


def files(directory):
    return {path.name: path.read_bytes() for path in fixture_paths(directory)}


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in FIXTURES])
def test_fixture_file_is_sorted_by_public_id(name):
    lines = (FIXTURES_DIR / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()

    rows = [json.loads(line)["fields"] for line in lines]
    ids = [row["code" if name == "countries" else "slug"] for row in rows]

    assert ids == sorted(set(ids))


@pytest.mark.slow
@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in FIXTURES])
def test_every_row_of_the_fixtures_is_valid(loaded, name):
    for row in FIXTURES[name].objects.all():
        row.full_clean()


def test_fixtures_bring_every_line_into_the_database(loaded):
    lines = {
        name: len((FIXTURES_DIR / f"{name}.jsonl").read_bytes().splitlines())
        for name in FIXTURES
    }

    assert {name: model.objects.count() for name, model in FIXTURES.items()} == lines
    assert Estimate.objects.exists()


def test_every_row_of_the_fixtures_has_a_history(loaded):
    without = {
        name: list(model.objects.exclude(pk__in=model.history.values("id")))
        for name, model in FIXTURES.items()
    }

    assert without == {name: [] for name in FIXTURES}


def test_every_published_claim_cites_a_source(loaded):
    uncited = [
        claim.slug
        for model in CLAIMS
        for claim in model.objects.published().filter(citations=None)
    ]

    assert uncited == []


def test_no_wording_is_longer_than_twelve_words(loaded):
    wordings = Figure.objects.values_list("slug", "wording")

    assert [slug for slug, wording in wordings if len(wording.split()) > 12] == []


def test_every_draft_has_its_reason(loaded):
    drafts = [
        draft for model in CLAIMS for draft in model.objects.filter(status="draft")
    ]

    assert drafts
    assert [draft.slug for draft in drafts if not draft.status_reason] == []


def test_fixtures_are_built_from_the_database_byte_for_byte(loaded, tmp_path):
    build_fixtures(tmp_path)

    assert files(tmp_path) == files(FIXTURES_DIR)


@pytest.mark.skipif(
    not ARTICLES.is_dir(),
    reason=f"no articles in {ARTICLES}; MUSTER_ARTICLES says where",
)
def test_every_located_citation_holds_in_the_articles(loaded):
    checks = list(verify_passages(ARTICLES))

    assert [check for check in checks if check.problem] == []
    assert len(checks) == Citation.objects.filter(start__isnull=False).count() >= 291
