"""The one writer: every row of a dataset, or none, and each refusal told apart."""

import os
from datetime import date
from pathlib import Path

import pytest
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
    CountryFactory,
    FigureFactory,
    GroupFactory,
    PublisherFactory,
    SourceFactory,
)
from tests.recruitment.rows import (
    DIGEST,
    LOCATOR,
    area,
    citation,
    claimant,
    contents,
    dataset,
    figure,
    figures_in,
    group,
    incentive,
    method,
    outcomes,
    presence,
    publisher,
    response,
    source,
    write,
)

pytestmark = pytest.mark.django_db
DATA = Path(os.environ.get("MUSTER_DATA", settings.BASE_DIR.parent / "shared" / "data"))
ISO_COUNTRIES = 249


def findings():
    """Give all that was computed, without primary keys."""
    return {
        model._meta.label: sorted(
            str({name: value for name, value in row.items() if name != "id"})
            for row in model.objects.values()
        )
        for model in (Conflict, Estimate, Identity, Spread)
    } | {"parts": sorted(Identity.objects.values_list("recruited", "parts__slug"))}


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
