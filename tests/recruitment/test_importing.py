"""The one writer: every row of a dataset, or none, and each refusal told apart."""

import json
import os
from datetime import date
from itertools import product
from pathlib import Path
from string import ascii_uppercase

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruitment.fixtures import FIXTURES_DIR, build_fixtures, fixture_paths
from recruitment.importing import import_dataset
from recruitment.models import (
    Citation,
    Claimant,
    Conflict,
    Country,
    Estimate,
    Figure,
    Identity,
    Incentive,
    Method,
    Presence,
    Publisher,
    Response,
    Source,
    Spread,
)
from recruitment.rebuilding import rebuild
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    GroupFactory,
    PublisherFactory,
    SourceFactory,
)
from tests.recruitment.rows import (
    area,
    citation,
    claimant,
    dataset,
    figure,
    group,
    incentive,
    method,
    presence,
    publisher,
    response,
    source,
    write,
)

pytestmark = pytest.mark.django_db
DATA = Path(os.environ.get("MUSTER_DATA", settings.BASE_DIR.parent / "shared" / "data"))
ISO_COUNTRIES = 249
LOCATOR = {"paragraph": 2, "start": 10, "end": 40}
DIGEST = "0" * 64


@pytest.fixture
def cited_source():
    """What a row of rows.py points at: Nepal, its ministry, a page of its newspaper."""
    ClaimantFactory(slug="nepal-foreign-ministry")
    return SourceFactory(slug="nepalis-killed")


def contents():
    """Give every row of the record, its links and its history."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_app_config("recruitment").get_models(
            include_auto_created=True
        )
    }


def findings():
    """Give all that was computed, without primary keys."""
    return {
        model._meta.label: sorted(
            str({name: value for name, value in row.items() if name != "id"})
            for row in model.objects.values()
        )
        for model in (Conflict, Estimate, Identity, Spread)
    } | {"parts": sorted(Identity.objects.values_list("recruited", "parts__slug"))}


def figures_in(tmp_path, *rows):
    return write(tmp_path, {"figures": rows})


def outcomes(report):
    return {file: dict(counts) for file, counts in report.outcomes.items()}


def test_import_writes_all_nine_files(tmp_path):
    report = import_dataset(write(tmp_path, dataset()))

    assert report.refusals == []
    assert outcomes(report) == {
        "areas": {"new": 2},
        "iso countries": {"same": 1, "new": ISO_COUNTRIES - 1},
        "publishers": {"new": 1},
        "claimants": {"new": 1},
        "sources": {"new": 1},
        "figures": {"new": 1},
        "responses": {"new": 1},
        "incentives": {"new": 1},
        "methods": {"new": 1},
        "presence": {"new": 1},
    }
    assert Country.objects.get(code="FOREIGN").members.get().name == "Nepal"
    assert Publisher.objects.get().name == "The Kathmandu Post"
    assert Claimant.objects.get().country.code == "NPL"
    assert Source.objects.get().published == date(2024, 3, 14)
    assert Figure.objects.get().high == 19
    assert Response.objects.get().actor == "Department of Foreign Employment"
    assert Incentive.objects.get().amount_low == 2000
    assert Method.objects.get().countries.get().code == "NPL"
    assert Presence.objects.get().side == "ukraine"
    assert Citation.objects.count() == 5
    assert Estimate.objects.filter(country__code="NPL", best=19).exists()


def test_import_says_in_the_history_where_a_row_came_from(tmp_path, cited_source):
    import_dataset(figures_in(tmp_path, figure()))

    [begun] = Figure.objects.get().history.all()
    assert begun.history_change_reason == "rows were imported"


def test_import_of_the_same_files_changes_nothing(tmp_path):
    files = dataset()
    files["sources"] += [source("rewrite", derived_from=["nepalis-killed"])]
    directory = write(tmp_path, files)
    import_dataset(directory)
    before = contents()

    report = import_dataset(directory)

    assert report.refusals == []
    assert {outcome for counts in report.outcomes.values() for outcome in counts} == {
        "same"
    }
    assert contents() == before


def test_import_keeps_a_changed_row_as_it_was_in_its_history(tmp_path, cited_source):
    import_dataset(figures_in(tmp_path, figure(low=19, high=19)))

    report = import_dataset(figures_in(tmp_path, figure(low=20, high=20)))

    assert outcomes(report) == {"figures": {"changed": 1}}
    history = Figure.objects.get().history.order_by("history_id")
    assert [(row.history_type, row.low) for row in history] == [("+", 19), ("~", 20)]


def test_import_computes_the_estimates_anew(tmp_path, cited_source):
    import_dataset(figures_in(tmp_path, figure(low=19, high=19)))

    import_dataset(figures_in(tmp_path, figure(low=20, high=20)))

    assert set(Estimate.objects.filter(policy="all").values_list("low", flat=True)) == {
        20
    }


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"figures": [figure(low=20, high=20)]}, id="number"),
        pytest.param({"figures": [figure(metric="wounded")]}, id="metric"),
        pytest.param({"figures": [figure(side="ukraine")]}, id="side"),
        pytest.param({"figures": [figure(country="IND")]}, id="country"),
        pytest.param({"figures": [figure(country="FOREIGN")]}, id="country-to-group"),
        pytest.param({"figures": [figure(as_of="2024-02-01")]}, id="day"),
        pytest.param(
            {"figures": [figure(status="draft", status_reason="needs_review")]},
            id="draft",
        ),
        pytest.param({"figures": [figure(variant_of="ind-killed")]}, id="variant"),
        pytest.param(
            {"figures": [figure(claimant="russian-ministry", interest="with")]},
            id="claimant",
        ),
        pytest.param(
            {"figures": [figure(citations=[citation(), citation("rewrite")])]},
            id="citations",
        ),
        pytest.param(
            {"figures": [figure("npl-later", low=2, high=2, as_of="2024-06-01")]},
            id="newer-and-lower",
        ),
        pytest.param(
            {"sources": [source("rewrite", publisher="copyist", kind="rewrite")]},
            id="lineage",
        ),
        pytest.param({"sources": [source(published="2024-03-20")]}, id="publication"),
        pytest.param(
            {"claimants": [claimant(kind="fighter", country=None)]}, id="claimants-kind"
        ),
        pytest.param({"areas": [group(members=["IND"])]}, id="members"),
        pytest.param({"areas": [area(kind="group")]}, id="country-made-a-group"),
    ],
)
def test_import_computes_what_computing_all_anew_would_give(tmp_path, changes):
    GroupFactory(members=[CountryFactory(code="NPL"), CountryFactory(code="IND")])
    files = {
        "publishers": [publisher(), publisher("copyist", name="The Copyist")],
        "claimants": [
            claimant(),
            claimant("russian-ministry", kind="russian_authority", party="russia"),
        ],
        "sources": [
            source(),
            source(
                "rewrite",
                publisher="copyist",
                kind="rewrite",
                derived_from=["nepalis-killed"],
            ),
        ],
        "figures": [
            figure(),
            figure(
                "npl-recruited",
                metric="recruited",
                low=10,
                high=10,
                citations=[citation(), citation("rewrite")],
            ),
            figure("ind-killed", country="IND", citations=[citation("rewrite")]),
        ],
    }
    import_dataset(write(tmp_path, files))
    (folder := tmp_path / "changed").mkdir()

    report = import_dataset(write(folder, changes))

    assert report.refusals == []
    computed = findings()
    rebuild()
    assert computed == findings()


def test_import_of_new_members_computes_the_groups_sum_anew(tmp_path, cited_source):
    FigureFactory(citation=None)
    write(tmp_path, {"areas": [group(members=[])]})
    import_dataset(tmp_path)

    report = import_dataset(write(tmp_path, {"areas": [group(members=["NPL"])]}))

    assert report.outcomes["areas"] == {"changed": 1}
    assert Estimate.objects.filter(country__code="FOREIGN", low_sum_of=["NPL"]).exists()


def test_import_leaves_out_no_link_that_a_row_does_not_speak_of(tmp_path, cited_source):
    one = FigureFactory(slug="one", citation=None)
    import_dataset(figures_in(tmp_path, figure("two", disjoint_with=["one"])))

    report = import_dataset(figures_in(tmp_path, figure("two")))

    assert outcomes(report) == {"figures": {"same": 1}}
    assert one.disjoint_with.get().slug == "two"


def test_import_keeps_a_symmetrical_link_that_both_rows_state(tmp_path, cited_source):
    both = figures_in(
        tmp_path,
        figure("one", disjoint_with=["two"]),
        figure("two", disjoint_with=["one"]),
    )
    import_dataset(both)

    report = import_dataset(both)

    assert outcomes(report) == {"figures": {"same": 2}}
    assert Figure.objects.get(slug="one").disjoint_with.get().slug == "two"


def test_dry_run_reports_but_writes_nothing(tmp_path):
    before = contents()

    report = import_dataset(write(tmp_path, dataset()), dry_run=True)

    assert report.outcomes["figures"] == {"new": 1}
    assert report.refusals == []
    assert contents() == before


def test_progress_sees_each_file_and_its_rows(tmp_path, cited_source):
    seen = []

    def progress(file, rows):
        seen.append((file, len(rows)))
        return rows

    import_dataset(
        write(tmp_path, {"figures": [figure()], "presence": [presence()]}),
        progress=progress,
    )

    assert seen == [("figures", 1), ("presence", 1)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "row", "refusal"),
    [
        pytest.param(
            "figures",
            b'{"slug": "npl-killed",',
            "figures.jsonl line 2: not a line of JSON",
            id="malformed-line",
        ),
        pytest.param(
            "figures", b"", "figures.jsonl line 2: not a line of JSON", id="blank-line"
        ),
        pytest.param(
            "figures",
            b'{"slug": "npl-\xff"}',
            "figures.jsonl line 2: not a line of JSON",
            id="invalid-utf8",
        ),
        pytest.param(
            "figures",
            b"[" * 100_000,
            "figures.jsonl line 2: not a line of JSON",
            id="nested-without-end",
        ),
        pytest.param(
            "figures",
            json.dumps(figure()).encode().replace(b"19,", b"9" * 5000 + b","),
            "figures.jsonl line 2: not a line of JSON",
            id="number-of-5000-digits",
        ),
        pytest.param(
            "figures",
            ["npl-killed", 19],
            "figures.jsonl line 2: not a JSON object",
            id="not-an-object",
        ),
        pytest.param(
            "figures",
            figure(slug="good"),
            "figures.jsonl line 2, slug: “good” stands already in line 1",
            id="duplicate-slug",
        ),
        pytest.param(
            "figures",
            figure(slug=""),
            "figures.jsonl line 2, slug: missing, or not text",
            id="empty-slug",
        ),
        pytest.param(
            "figures",
            figure(slug=7),
            "figures.jsonl line 2, slug: missing, or not text",
            id="slug-a-number",
        ),
        pytest.param(
            "figures",
            figure(slug="npl killed"),
            "figures.jsonl line 2, slug: Enter a valid “slug”",
            id="slug-with-space",
        ),
        pytest.param(
            "figures",
            figure(low=20, qualifier="range"),
            "figures.jsonl line 2: low is above high.",
            id="low-above-high",
        ),
        pytest.param(
            "figures",
            figure(high=20),
            "figures.jsonl line 2: The qualifier does not fit the bounds.",
            id="qualifier-against-bounds",
        ),
        pytest.param(
            "figures",
            figure(country="NEP"),
            "figures.jsonl line 2, country: there is no country “NEP”",
            id="unknown-country",
        ),
        pytest.param(
            "figures",
            figure(country=["NPL"]),
            "figures.jsonl line 2, country: not text",
            id="country-a-list",
        ),
        pytest.param(
            "figures",
            figure(claimant=None),
            "figures.jsonl line 2, claimant: may not be null",
            id="claimant-null",
        ),
        pytest.param(
            "figures",
            figure(summary=None),
            "figures.jsonl line 2, summary: may not be null",
            id="summary-null",
        ),
        pytest.param(
            "figures",
            figure(countable=None),
            "figures.jsonl line 2, countable: may not be null",
            id="countable-null",
        ),
        pytest.param(
            "figures",
            figure(as_of="2025-13"),
            "figures.jsonl line 2, as_of: “2025-13” value has an invalid date",
            id="month-13",
        ),
        pytest.param(
            "figures",
            figure(as_of="2025-02-30"),
            "figures.jsonl line 2, as_of: ",
            id="february-30",
        ),
        pytest.param(
            "figures",
            figure(as_of=20250314),
            "figures.jsonl line 2, as_of: not text",
            id="date-a-number",
        ),
        pytest.param(
            "figures",
            figure(deaths=19),
            "figures.jsonl line 2, deaths: unknown field",
            id="unknown-field",
        ),
        pytest.param(
            "figures",
            figure(id=1),
            "figures.jsonl line 2, id: unknown field",
            id="primary-key",
        ),
        pytest.param(
            "figures",
            {name: value for name, value in figure().items() if name != "metric"},
            "figures.jsonl line 2, metric: missing field",
            id="missing-field",
        ),
        pytest.param(
            "figures",
            {
                name: value
                for name, value in figure().items()
                if name not in {"status", "status_reason"}
            },
            "figures.jsonl line 2, status: missing field",
            id="figure-without-status",
        ),
        pytest.param(
            "responses",
            response(status_reason="misread"),
            "responses.jsonl line 2, status: missing field",
            id="reason-without-status",
        ),
        pytest.param(
            "figures",
            figure(low="7"),
            "figures.jsonl line 2, low: not a whole number",
            id="low-a-text",
        ),
        pytest.param(
            "figures",
            figure(low=True),
            "figures.jsonl line 2, low: not a whole number",
            id="low-true",
        ),
        pytest.param(
            "figures",
            figure(low=7.0),
            "figures.jsonl line 2, low: not a whole number",
            id="low-with-decimals",
        ),
        pytest.param(
            "figures",
            figure(countable=1),
            "figures.jsonl line 2, countable: not true or false",
            id="countable-a-number",
        ),
        pytest.param(
            "figures",
            figure(low=-19, high=-19),
            "figures.jsonl line 2, low: Ensure this value is greater than or equal to 0",
            id="negative-number",
        ),
        pytest.param(
            "figures",
            figure(low=2**63, high=2**63),
            "figures.jsonl line 2, low: Ensure this value is less than or equal to",
            id="number-beyond-64-bits",
        ),
        pytest.param(
            "figures",
            figure(wording="a b c d e f g h i j k l m"),
            "figures.jsonl line 2, wording: Quote at most 12 words.",
            id="thirteen-words",
        ),
        pytest.param(
            "figures",
            figure(wording=""),
            "figures.jsonl line 2, wording: This field cannot be blank",
            id="no-wording",
        ),
        pytest.param(
            "figures",
            figure(note="half a pair: \ud83d"),
            "figures.jsonl line 2, note: holds a character that cannot be stored",
            id="lone-surrogate",
        ),
        pytest.param(
            "figures",
            figure(note="null: \0"),
            "figures.jsonl line 2, note: holds a character that cannot be stored",
            id="null-character",
        ),
        pytest.param(
            "figures",
            figure(metric="slain"),
            "figures.jsonl line 2, metric: Value 'slain' is not a valid choice.",
            id="unknown-metric",
        ),
        pytest.param(
            "figures",
            figure(variant_of="npl-unheard-of"),
            "figures.jsonl line 2, variant_of: there is no figure “npl-unheard-of”",
            id="variant-of-nothing",
        ),
        pytest.param(
            "figures",
            figure(variant_of=["good"]),
            "figures.jsonl line 2, variant_of: not text",
            id="variant-of-a-list",
        ),
        pytest.param(
            "figures",
            figure(variant_of="npl-killed"),
            "figures.jsonl line 2, variant_of: the rows point at each other in a ring",
            id="variant-of-itself",
        ),
        pytest.param(
            "figures",
            figure(disjoint_with="good"),
            "figures.jsonl line 2, disjoint_with: not a list",
            id="links-not-a-list",
        ),
        pytest.param(
            "figures",
            figure(disjoint_with=None),
            "figures.jsonl line 2, disjoint_with: not a list",
            id="links-null",
        ),
        pytest.param(
            "figures",
            figure(disjoint_with=[["good"]]),
            "figures.jsonl line 2, disjoint_with: not text",
            id="links-in-lists",
        ),
        pytest.param(
            "figures",
            figure(citations=[]),
            "figures.jsonl line 2, citations: a record needs at least one citation",
            id="no-citation",
        ),
        pytest.param(
            "figures",
            figure(citations=citation()),
            "figures.jsonl line 2, citations: a record needs at least one citation",
            id="citations-not-a-list",
        ),
        pytest.param(
            "figures",
            figure(citations=["nepalis-killed"]),
            "figures.jsonl line 2, citations[0]: needs exactly locator, passage_sha256,",
            id="citation-a-text",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(page=3)]),
            "figures.jsonl line 2, citations[0]: needs exactly locator, passage_sha256,",
            id="citation-with-unknown-field",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(), citation("lost")]),
            "figures.jsonl line 2, citations[1].source: there is no source “lost”",
            id="citation-of-a-missing-source",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(), citation(role="origin")]),
            "figures.jsonl line 2, citations: cites nepalis-killed twice",
            id="source-cited-twice",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(role="quotes")]),
            "figures.jsonl line 2, citations[0].role: Value 'quotes' is not a valid",
            id="unknown-role",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(role=None)]),
            "figures.jsonl line 2, citations[0].role: may not be null",
            id="role-null",
        ),
        pytest.param(
            "figures",
            figure(
                citations=[
                    citation(
                        locator={"paragraph": 2, "start": 10}, passage_sha256=DIGEST
                    )
                ]
            ),
            "figures.jsonl line 2, citations[0].locator: needs exactly paragraph, start,",
            id="locator-with-a-missing-part",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(locator=[])]),
            "figures.jsonl line 2, citations[0].locator: needs exactly paragraph, start,",
            id="locator-a-list",
        ),
        pytest.param(
            "figures",
            figure(
                citations=[
                    citation(locator=LOCATOR | {"start": "10"}, passage_sha256=DIGEST)
                ]
            ),
            "figures.jsonl line 2, citations[0].start: not a whole number",
            id="locator-in-text",
        ),
        pytest.param(
            "figures",
            figure(
                citations=[
                    citation(locator=LOCATOR | {"start": 40}, passage_sha256=DIGEST)
                ]
            ),
            "figures.jsonl line 2, citations[0]: A locator has paragraph, start, end",
            id="locator-of-nothing",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(locator=LOCATOR)]),
            "figures.jsonl line 2, citations[0]: A locator has paragraph, start, end",
            id="locator-without-digest",
        ),
        pytest.param(
            "figures",
            figure(citations=[citation(locator=LOCATOR, passage_sha256="abc")]),
            "figures.jsonl line 2, citations[0].passage_sha256: A SHA-256 digest has",
            id="digest-too-short",
        ),
        pytest.param(
            "claimants",
            claimant("nepal-ministry", country="NEP"),
            "claimants.jsonl line 2, country: there is no country “NEP”",
            id="claimant-of-an-unknown-country",
        ),
        pytest.param(
            "sources",
            source(published_precision="unknown"),
            "sources.jsonl line 2: published is empty exactly when",
            id="dated-without-precision",
        ),
        pytest.param(
            "sources",
            source(url="https://news.example/good"),
            "sources.jsonl line 2, url: Source with this Url already exists.",
            id="address-taken",
        ),
        pytest.param(
            "sources",
            source(url="news.example"),
            "sources.jsonl line 2, url: Enter a valid URL.",
            id="address-without-scheme",
        ),
        pytest.param(
            "sources",
            source(derived_from=["lost"]),
            "sources.jsonl line 2, derived_from: there is no source “lost”",
            id="derived-from-nothing",
        ),
        pytest.param(
            "sources",
            source(credits={"AFP": True}),
            "sources.jsonl line 2, credits: not a list",
            id="credits-an-object",
        ),
        pytest.param(
            "sources",
            source(credits=["AFP", float("nan")]),
            "sources.jsonl line 2, credits: holds what is not text",
            id="credits-not-a-number",
        ),
        pytest.param(
            "sources",
            source(credits=["AFP \ud83d"]),
            "sources.jsonl line 2, credits: holds a character that cannot be stored",
            id="credits-with-lone-surrogate",
        ),
        pytest.param(
            "methods",
            method(countries=[]),
            "methods.jsonl line 2, countries: may not be empty",
            id="method-without-country",
        ),
    ],
)
def test_import_refuses(tmp_path, cited_source, file, row, refusal):
    good = {
        "claimants": claimant("good"),
        "figures": figure("good"),
        "methods": method("good"),
        "responses": response("good"),
        "sources": source("good"),
    }
    directory = write(tmp_path, {file: [good[file], row]})
    before = contents()

    report = import_dataset(directory)

    assert str(report.refusals[0]).startswith(refusal)
    assert {told.line for told in report.refusals} == {2}
    assert contents() == before


ODD_VALUES = [
    None,
    True,
    0,
    -1,
    7,
    1.5,
    2**31,
    2**63,
    10**30,
    float("nan"),
    float("inf"),
    "",
    " ",
    "7",
    "npl killed",
    "2025-13",
    "0000-00-00",
    "null: \0",
    "half a pair: \ud83d",
    "long " * 200,
    "https://[",
    [],
    [None],
    [[]],
    ["half a pair: \ud83d"],
    [float("nan")],
    {},
    {"source": None},
    {"null: \0": "\0"},
    [citation(source=[])],
    [citation(role={}, passage_sha256=7)],
    [citation(locator=LOCATOR | {"end": 2**63}, passage_sha256=DIGEST)],
    [citation(locator=LOCATOR | {"paragraph": True}, passage_sha256=DIGEST)],
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "row"),
    [
        pytest.param("areas", group, id="areas"),
        pytest.param("publishers", publisher, id="publishers"),
        pytest.param("claimants", claimant, id="claimants"),
        pytest.param("sources", source, id="sources"),
        pytest.param("figures", figure, id="figures"),
        pytest.param("responses", response, id="responses"),
        pytest.param("incentives", incentive, id="incentives"),
        pytest.param("methods", method, id="methods"),
        pytest.param("presence", presence, id="presence"),
    ],
)
def test_import_is_stopped_by_no_odd_value(tmp_path, cited_source, file, row):
    keys = (
        "".join(letters) if file == "areas" else f"odd-{'-'.join(letters).lower()}"
        for letters in product(ascii_uppercase, repeat=3)
    )
    rows = [row(next(keys)) | {name: value} for name in row() for value in ODD_VALUES]
    directory = write(tmp_path, {file: rows})
    before = contents()

    report = import_dataset(directory)

    assert report.outcomes[file]["refused"] > len(row())
    assert contents() == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        pytest.param(
            area(code="np"),
            "areas.jsonl line 1, code: A country code has three capital letters",
            id="small-letters",
        ),
        pytest.param(
            area(demonyms={"en": "Nepali"}),
            "areas.jsonl line 1, demonyms: not a list",
            id="demonyms-an-object",
        ),
        pytest.param(
            area(names=["Népal"]),
            "areas.jsonl line 1, names: not an object",
            id="names-a-list",
        ),
        pytest.param(
            group(members=["NEP"]),
            "areas.jsonl line 1, members: there is no country “NEP”",
            id="unknown-member",
        ),
        pytest.param(
            area(code="XNP"),
            "areas.jsonl line 0, iso2: Country with this Iso2 already exists.",
            id="another-countrys-letters",
        ),
    ],
)
def test_import_refuses_an_area(tmp_path, row, refusal):
    directory = write(tmp_path, {"areas": [row]})

    report = import_dataset(directory)

    assert str(report.refusals[0]).startswith(refusal)
    assert not Country.objects.exists()


def test_import_refuses_variants_that_point_at_each_other(tmp_path, cited_source):
    directory = figures_in(
        tmp_path,
        figure("one", variant_of="two"),
        figure("two", variant_of="one"),
        figure("three"),
    )

    report = import_dataset(directory)

    [refusal] = report.refusals
    assert (refusal.file, refusal.field) == ("figures", "variant_of")
    assert refusal.line in {1, 2}
    assert "ring" in refusal.reason
    assert not Figure.objects.exists()


def test_import_refuses_an_empty_file(tmp_path, cited_source):
    report = import_dataset(write(tmp_path, {"figures": []}))

    assert [str(refusal) for refusal in report.refusals] == [
        "figures.jsonl line 1: the file is empty"
    ]


def test_import_names_every_refused_row_at_once(tmp_path, cited_source):
    report = import_dataset(
        write(
            tmp_path,
            {
                "publishers": [publisher("good"), publisher("nameless", name="")],
                "figures": [figure("one", low="7"), figure("two", metric="slain")],
                "incentives": [incentive(currency="dollars")],
            },
        )
    )

    assert [
        (refusal.file, refusal.line, refusal.field) for refusal in report.refusals
    ] == [
        ("publishers", 2, "name"),
        ("figures", 1, "low"),
        ("figures", 2, "metric"),
        ("incentives", 1, "currency"),
    ]
    assert outcomes(report) == {
        "publishers": {"new": 1, "refused": 1},
        "figures": {"refused": 2},
        "incentives": {"refused": 1},
    }
    assert not Publisher.objects.filter(slug="good").exists()


def test_import_tells_a_folder_without_files(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"holds no \.jsonl file"):
        import_dataset(tmp_path / "absent")


def test_import_tells_a_strange_file(tmp_path, cited_source):
    write(tmp_path, {"figures": [figure()], "tanks": [{"slug": "t-72"}]})

    with pytest.raises(ValueError, match=r"holds tanks\.jsonl; known are areas\.jsonl"):
        import_dataset(tmp_path)

    assert not Figure.objects.exists()


def test_import_takes_a_file_without_the_others(tmp_path, cited_source):
    report = import_dataset(figures_in(tmp_path, figure()))

    assert outcomes(report) == {"figures": {"new": 1}}


def test_import_finds_the_original_that_stands_below_its_variant(
    tmp_path, cited_source
):
    directory = figures_in(
        tmp_path, figure("a-variant", variant_of="original"), figure("original")
    )

    report = import_dataset(directory)

    assert report.refusals == []
    assert Figure.objects.get(slug="a-variant").variant_of.slug == "original"


def test_import_finds_the_members_that_stand_below_their_group(tmp_path):
    import_dataset(write(tmp_path, {"areas": [group(members=["NPL"]), area()]}))

    assert Country.objects.get(code="FOREIGN").members.get().code == "NPL"


def test_import_finds_the_source_that_stands_below_its_copy(tmp_path):
    PublisherFactory()
    rows = [source("copy", derived_from=["first"]), source("first")]

    import_dataset(write(tmp_path, {"sources": rows}))

    assert Source.objects.get(slug="copy").derived_from.get().slug == "first"


def test_import_keeps_the_digest_of_an_article_but_not_its_file(tmp_path):
    PublisherFactory()
    row = source(article_file="000.txt", file_sha256=DIGEST)

    import_dataset(write(tmp_path, {"sources": [row]}))

    assert Source.objects.get().text_sha256 == DIGEST


def test_import_writes_where_the_words_stand(tmp_path, cited_source):
    cites = citation(role="origin", locator=LOCATOR, passage_sha256=DIGEST)

    import_dataset(figures_in(tmp_path, figure(citations=[cites])))

    held = Citation.objects.get()
    assert held.slug == "npl-killed--nepalis-killed"
    assert (held.paragraph, held.start, held.end) == (2, 10, 40)
    assert (held.role, held.passage_sha256) == ("origin", DIGEST)


def test_import_drops_a_removed_citation_and_keeps_its_history(tmp_path, cited_source):
    SourceFactory(slug="second-page")
    both = [citation(), citation("second-page")]
    import_dataset(figures_in(tmp_path, figure(citations=both)))

    report = import_dataset(figures_in(tmp_path, figure(citations=both[:1])))

    assert outcomes(report) == {"figures": {"changed": 1}}
    assert Citation.objects.get().source == cited_source
    removed = Citation.history.filter(slug="npl-killed--second-page")
    assert [row.history_type for row in removed.order_by("history_id")] == ["+", "-"]


def test_import_keeps_a_changed_citation_in_its_history(tmp_path, cited_source):
    import_dataset(figures_in(tmp_path, figure()))

    report = import_dataset(
        figures_in(tmp_path, figure(citations=[citation(role="repeats")]))
    )

    assert outcomes(report) == {"figures": {"changed": 1}}
    history = Citation.objects.get().history.order_by("history_id")
    assert [row.role for row in history] == ["carries", "repeats"]


@pytest.mark.parametrize(
    ("confidence", "status", "reason"),
    [
        pytest.param("high", "published", None, id="high"),
        pytest.param("medium", "published", None, id="medium"),
        pytest.param("low", "draft", "low_confidence", id="low"),
    ],
)
def test_import_holds_back_a_response_of_low_confidence(
    tmp_path, cited_source, confidence, status, reason
):
    import_dataset(write(tmp_path, {"responses": [response(confidence=confidence)]}))

    held = Response.objects.get()
    assert (held.status, held.status_reason) == (status, reason)


@pytest.mark.parametrize(
    "reason",
    [
        pytest.param("low_confidence", id="low-confidence"),
        pytest.param("probable_error", id="probable-error"),
        pytest.param("needs_review", id="needs-review"),
    ],
)
def test_import_keeps_a_draft_figures_reason(tmp_path, cited_source, reason):
    import_dataset(figures_in(tmp_path, figure(status="draft", status_reason=reason)))

    held = Figure.objects.get()
    assert (held.status, held.status_reason) == ("draft", reason)


def test_import_adds_the_countries_that_nobody_counted_once(tmp_path):
    directory = write(tmp_path, {"areas": [area()]})
    import_dataset(directory)

    report = import_dataset(directory)

    assert outcomes(report)["iso countries"] == {"same": ISO_COUNTRIES}
    assert Country.objects.count() == ISO_COUNTRIES
    assert Country.objects.get(code="BTN").demonyms == ["Bhutanese"]


def test_import_leaves_a_country_that_is_there_as_it_is(tmp_path):
    CountryFactory(code="IND", name="Bharat")

    import_dataset(write(tmp_path, {"areas": [area(name="Nepal (edited)")]}))

    assert Country.objects.get(code="IND").name == "Bharat"
    assert Country.objects.get(code="NPL").name == "Nepal (edited)"


def test_import_of_known_rows_asks_as_often_for_20_rows_as_for_5(
    tmp_path, cited_source
):
    def queries_of_second_import(number):
        directory = tmp_path / str(number)
        directory.mkdir()
        slugs = [f"row-{n}" for n in range(number)]
        write(
            directory,
            {
                "areas": [area(), group()],
                "publishers": [publisher(slug) for slug in slugs],
                "claimants": [claimant(slug) for slug in slugs],
                "sources": [
                    source(slug, derived_from=["nepalis-killed"]) for slug in slugs
                ],
                "figures": [
                    figure(f"figure-{slug}", disjoint_with=[]) for slug in slugs
                ],
                "responses": [response(f"response-{slug}") for slug in slugs],
                "incentives": [incentive(f"incentive-{slug}") for slug in slugs],
                "methods": [method(f"method-{slug}") for slug in slugs],
                "presence": [presence(f"presence-{slug}") for slug in slugs],
            },
        )
        import_dataset(directory)
        with CaptureQueriesContext(connection) as queries:
            report = import_dataset(directory)
        assert report.outcomes["sources"] == {"same": number}
        return len(queries)

    assert queries_of_second_import(20) == queries_of_second_import(5)


@pytest.mark.slow
@pytest.mark.skipif(
    not DATA.is_dir(), reason=f"no dataset in {DATA}; MUSTER_DATA says where"
)
def test_import_of_the_dataset_gives_the_fixtures_byte_for_byte(tmp_path):
    report = import_dataset(DATA)

    assert report.refusals == []
    call_command("count_rows", data=DATA)  # fails where a row is missing
    build_fixtures(tmp_path)
    for path in fixture_paths(tmp_path):
        assert path.read_bytes() == (FIXTURES_DIR / path.name).read_bytes()
