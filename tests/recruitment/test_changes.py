"""What each publish changed for the public: everything, once, and no draft."""

import pytest

from recruitment import estimates, revisions
from recruitment.api.urls import router
from recruitment.fixtures import build_fixtures, load_fixtures
from recruitment.importing import import_dataset
from recruitment.models import (
    RECORD,
    Change,
    Citation,
    Claimant,
    Conflict,
    Estimate,
    Figure,
    Revision,
    Source,
)
from recruitment.publishing import publishing
from recruitment.rebuilding import rebuild
from recruitment.touched import columns
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    GroupFactory,
    SourceFactory,
)
from tests.recruitment.rows import (
    citation,
    claimant,
    dataset,
    figure,
    group,
    method,
    response,
    source,
    write,
)

pytestmark = pytest.mark.django_db
HIDDEN = {"status": "draft", "status_reason": "needs_review"}


@pytest.fixture
def cited_source():
    """What a row of rows.py points at."""
    ClaimantFactory()
    return SourceFactory(slug="nepalis-killed")


@pytest.fixture
def imports(tmp_path, cited_source):
    """Import files of rows; give what the log says of it, in short."""

    def import_rows(**files):
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        last = revisions.current().number
        assert import_dataset(write(folder, files)).refusals == []
        return told(last)

    return import_rows


def told(since):
    """Give the changes after a revision: kind and public id, by resource."""
    log = {}
    for change in Change.objects.since(since):
        row = (change.kind, change.public_id, *change.fields)
        log.setdefault(change.resource, []).append(" ".join(row))
    log.pop("countries", None) if len(log.get("countries", ())) > 200 else None
    return log


def the(resource):
    """Give the one change of the last revision to a kind of rows."""
    return revisions.current().changes.of(resource).get()


def test_first_import_is_one_revision_and_adds_each_public_row_once(tmp_path):
    import_dataset(write(tmp_path, dataset()))

    assert Revision.objects.get().number == 1
    log = {
        (change.resource, change.public_id): change.kind
        for change in Change.objects.since(0)
    }
    key = {"countries": "code"}
    public = {
        (resource, public_id)
        for resource, model in RECORD.items()
        for public_id in model.objects.values_list(key.get(resource, "slug"), flat=True)
    } | {
        ("estimates", public_id)
        for public_id in Estimate.objects.values_list("key", flat=True)
    }
    assert log == dict.fromkeys(public, "added")
    assert Change.objects.filter(fields=[]).count() == len(public) > 260


def test_loading_the_fixtures_is_one_revision_that_adds_every_row(tmp_path):
    import_dataset(write(tmp_path, dataset()))
    (fixtures := tmp_path / "fixtures").mkdir()
    build_fixtures(fixtures)
    before = set(Change.objects.values_list("resource", "public_id", "kind"))
    Change.objects.all().delete()
    Revision.objects.all().delete()
    for model in [*reversed(RECORD.values())]:
        model.objects.all().delete()
        model.history.all().delete()
    Estimate.objects.all().delete()

    load_fixtures(fixtures)

    assert Revision.objects.get().reason == "the record was loaded from its fixtures"
    assert set(Change.objects.values_list("resource", "public_id", "kind")) == before


def test_import_that_changes_nothing_makes_no_revision(imports):
    imports(figures=[figure()], sources=[source()])

    assert imports(figures=[figure()], sources=[source()]) == {}
    assert revisions.current().number == 1


@pytest.mark.parametrize(
    "way",
    [
        pytest.param({"dry_run": True}, id="dry-run"),
        pytest.param({}, id="refused"),
    ],
)
def test_import_that_writes_nothing_makes_no_revision(tmp_path, cited_source, way):
    rows = [figure()] if way else [figure(), figure("bad", low="7")]

    import_dataset(write(tmp_path, {"figures": rows}), **way)

    assert not Revision.objects.exists()
    assert not Change.objects.exists()


def test_import_says_why_it_was_made(tmp_path, cited_source):
    directory = write(tmp_path, {"figures": [figure()]})

    import_dataset(directory, reason="the ministry's list of March")

    assert Revision.objects.get().reason == "the ministry's list of March"
    assert the("figures").reason == "the ministry's list of March"


def test_changed_figure_tells_which_fields_and_how(imports):
    imports(figures=[figure()])
    ClaimantFactory(slug="somebody-else")

    log = imports(
        figures=[
            figure(
                low=20,
                high=20,
                as_of="2024-03-15",
                claimant="somebody-else",
                summary="Somebody else said so.",
            )
        ]
    )

    assert log["figures"] == ["changed npl-killed summary low high as_of claimant"]
    assert the("figures").differences == {
        "low": [19, 20],
        "high": [19, 20],
        "as_of": ["2024-03-14", "2024-03-15"],
        "claimant": ["nepal-foreign-ministry", "somebody-else"],
    }


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"claimants": [claimant(name="Foreign Ministry of Nepal")]},
            {"claimants": ["changed nepal-foreign-ministry name"]},
            id="claimant",
        ),
        pytest.param(
            {"sources": [source("rewrite", derived_from=["nepalis-killed"])]},
            {"sources": ["added rewrite"]},
            id="new-source-with-links",
        ),
        pytest.param(
            {"sources": [source(credits=["AFP"], published="2024-03-15")]},
            {"sources": ["changed nepalis-killed published credits"]},
            id="source",
        ),
        pytest.param(
            {"methods": [method(countries=["NPL", "IND"])]},
            {"methods": ["changed npl-student-visas countries"]},
            id="countries-of-a-method",
        ),
        pytest.param(
            {"areas": [group(members=["NPL", "IND"])]},
            {"countries": ["changed FOREIGN members"]},
            id="members-of-a-group",
        ),
        pytest.param(
            {"responses": [response(persons=4)]},
            {"responses": ["changed npl-travel-ban persons"]},
            id="response",
        ),
    ],
)
def test_log_names_the_fields_of(imports, files, expected):
    CountryFactory(code="IND")
    first = [group(members=["NPL"])]
    imports(areas=first, sources=[source()], methods=[method()], responses=[response()])

    assert imports(**files) == expected
    assert not Change.objects.exclude(differences={}).exists()


@pytest.mark.parametrize("resource", [pytest.param(name, id=name) for name in RECORD])
def test_log_speaks_of_each_field_of_the_api_that_is_the_rows_own(resource):
    views = {name: view for name, view, _ in router.registry}
    links = [link.name for link in RECORD[resource]._meta.many_to_many]
    logged = {*columns(RECORD[resource]).values(), *links, "citations"}

    shown = set(views[resource].serializer_class().fields)

    counted = {"figure_count", "pages", "reports"}
    assert shown - counted <= logged
    assert logged - shown <= {"citations"}


def test_citation_that_comes_changes_and_goes_changes_what_it_is_for(imports):
    SourceFactory(slug="later")
    imports(figures=[figure()])

    came = imports(figures=[figure(citations=[citation(), citation("later")])])
    changed = imports(
        figures=[figure(citations=[citation(), citation("later", role="repeats")])]
    )
    went = imports(figures=[figure(citations=[citation("later", role="repeats")])])

    assert came == {
        "figures": ["changed npl-killed citations"],
        "citations": ["added npl-killed--later"],
    }
    assert changed == {
        "figures": ["changed npl-killed citations"],
        "citations": ["changed npl-killed--later role"],
    }
    assert went == {
        "figures": ["changed npl-killed citations"],
        "citations": ["removed npl-killed--nepalis-killed"],
    }


def test_draft_is_no_change_until_it_is_published(imports):
    imports(figures=[figure("npl-other", metric="wounded")])
    number = revisions.current().number

    assert imports(figures=[figure(**HIDDEN)]) == {}
    assert imports(figures=[figure(**HIDDEN, low=20, high=20)]) == {}
    assert (
        imports(figures=[figure(**HIDDEN, citations=[citation(role="origin")])]) == {}
    )
    assert revisions.current().number == number
    assert imports(figures=[figure(citations=[citation(role="origin")])]) == {
        "figures": ["added npl-killed"],
        "citations": ["added npl-killed--nepalis-killed"],
        "estimates": ["added npl-russia-killed"],
    }
    assert the("figures").differences == {}


def test_published_row_that_is_made_a_draft_leaves_a_tombstone_with_its_reason(imports):
    imports(figures=[figure()])

    log = imports(figures=[figure(**HIDDEN)])

    assert log == {
        "figures": ["removed npl-killed"],
        "citations": ["removed npl-killed--nepalis-killed"],
        "estimates": ["removed npl-russia-killed"],
    }
    assert the("figures").reason == "An editor must look again"
    assert the("figures").differences == {}


def test_tombstone_of_a_restatement_names_what_it_restates(imports):
    imports(figures=[figure(), figure("npl-again", variant_of="npl-killed")])

    imports(figures=[figure("npl-again", variant_of="npl-killed", **HIDDEN)])

    assert the("figures").successor == "npl-killed"


def test_retracted_figure_is_changed_and_says_why(imports):
    imports(figures=[figure()])

    log = imports(figures=[figure(status="retracted", status_reason="withdrawn")])

    assert log["figures"] == ["changed npl-killed status status_reason"]
    assert the("figures").reason == "The claimant withdrew it"
    assert the("figures").differences == {
        "status": ["published", "retracted"],
        "status_reason": [None, "withdrawn"],
    }


def test_restatement_of_a_draft_shows_it_only_once_it_is_published(imports):
    original, variant = figure(**HIDDEN), figure("npl-again", variant_of="npl-killed")
    imports(figures=[original, figure("npl-again")])
    hidden = imports(figures=[variant])

    shown = imports(figures=[original | {"status": "published", "status_reason": None}])

    assert "figures" not in hidden
    assert shown["figures"] == ["changed npl-again variant_of", "added npl-killed"]
    changed = Change.objects.of("figures", "npl-again").latest("id")
    assert changed.differences == {"variant_of": [None, "npl-killed"]}


def test_both_of_two_parts_are_changed_when_they_are_found_disjoint(imports):
    part = {"scope": "subset", "scope_note": "one town"}
    rows = [figure("one", **part), figure("two", **part), figure("three", **part)]
    imports(figures=[*rows[:2], rows[2] | HIDDEN])
    reason = {"disjoint_reason": "Other towns."}

    found = imports(figures=[rows[0] | {"disjoint_with": ["two", "three"]} | reason])

    assert found["figures"] == [
        "changed one disjoint_reason disjoint_with",
        "changed two disjoint_with",
    ]
    differences = dict(
        revisions.current()
        .changes.of("figures")
        .values_list("public_id", "differences")
    )
    assert differences == {
        "one": {"disjoint_with": [[], ["two"]]},
        "two": {"disjoint_with": [[], ["one"]]},
    }
    assert imports(figures=[rows[2]])["figures"] == [
        "changed one disjoint_with",
        "added three",
    ]
    assert imports(figures=[rows[1] | {"low": 20, "high": 20}])["figures"] == [
        "changed two low high"
    ]


def test_row_that_gets_a_new_id_is_named_as_the_successor_of_the_old():
    FigureFactory(slug="old", citation=None)

    with publishing("the slug named a person"):
        renamed = Figure.objects.get()
        renamed.slug = "new"
        renamed.save()

    assert told(0) == {"figures": ["added new", "removed old"]}
    assert Change.objects.get(public_id="old").successor == "new"


def test_row_that_is_deleted_and_made_again_is_compared():
    held = CitationFactory(figure=FigureFactory(citation=None), paragraph=None)
    figure_id, source_id, slug = held.figure_id, held.source_id, held.slug

    with publishing("read again"):
        held.delete()
        Citation.objects.create(
            slug=slug, figure_id=figure_id, source_id=source_id, role="origin"
        )

    assert told(0)["citations"] == [f"changed {slug} role"]


def test_claimant_that_is_deleted_is_still_named_in_what_was_before():
    held = FigureFactory(claimant=ClaimantFactory(slug="gone"), citation=None)

    with publishing("two names of one office"):
        held.claimant = ClaimantFactory(slug="stays")
        held.save()
        Claimant.objects.get(slug="gone").delete()

    assert the("figures").differences == {"claimant": ["gone", "stays"]}


def test_row_that_comes_and_goes_within_a_publish_is_no_change():
    with publishing("tried"):
        ClaimantFactory(country=None).delete()

    assert not Revision.objects.exists()


def test_publish_within_a_publish_makes_one_revision():
    with publishing("outer"):
        ClaimantFactory(country=None)
        with publishing("inner"):
            SourceFactory()

    assert Revision.objects.get().reason == "outer"
    assert told(0)["sources"]


def test_publish_that_fails_leaves_nothing_and_the_next_one_is_its_own():
    def fail():
        with publishing("fails"):
            SourceFactory()
            raise ValueError("power cut")

    with pytest.raises(ValueError, match="power cut"):
        fail()

    assert not Source.objects.exists()
    assert not Revision.objects.exists()
    with publishing("works"):
        SourceFactory()
    assert Revision.objects.get().reason == "works"


def test_changed_estimate_tells_its_numbers_of_the_latest_day(imports):
    imports(figures=[figure()])

    log = imports(figures=[figure("npl-later", low=33, high=33, as_of="2024-06-01")])

    assert log["estimates"] == ["changed npl-russia-killed low best high"]
    assert the("estimates").differences == {
        "low": [19, 33],
        "best": [19, 33],
        "high": [19, 33],
    }


def test_estimate_of_a_group_changes_with_its_members(imports):
    GroupFactory(members=[CountryFactory()])

    log = imports(figures=[figure()])

    assert log["estimates"] == [
        "added foreign-russia-killed",
        "added npl-russia-killed",
    ]


def test_estimate_that_differs_only_on_other_days_is_changed_without_numbers(imports):
    imports(
        figures=[figure(), figure("npl-later", low=33, high=33, as_of="2024-06-01")]
    )

    log = imports(figures=[figure(as_of="2024-03-10")])

    assert log["estimates"] == ["changed npl-russia-killed"]
    assert the("estimates").differences == {}


def test_rebuild_that_changes_nothing_makes_no_revision(imports):
    GroupFactory(members=[CountryFactory()])
    imports(
        figures=[figure(), figure("npl-later", low=11, high=11, as_of="2024-06-01")]
    )
    assert Conflict.objects.exists()

    rebuild()

    assert revisions.current().number == 1


def test_two_rebuilds_within_a_publish_are_compared_with_what_was_before_both():
    FigureFactory()

    with publishing("two rules at once"):
        rebuild()
        rebuild()

    assert told(0)["estimates"] == ["added npl-russia-killed"]


def test_rebuild_under_new_rules_is_a_revision_of_estimates_alone(imports, monkeypatch):
    imports(figures=[figure()])
    monkeypatch.setattr(estimates, "RULES_VERSION", "r2")

    rebuild()

    assert told(1) == {"estimates": ["changed npl-russia-killed"]}
    assert str(the("estimates")) == "estimates/npl-russia-killed changed in 2"
    assert str(revisions.current()) == "2: all estimates were computed anew"


def test_rebuild_that_finds_another_conflict_is_a_revision_without_a_log(imports):
    imports(
        figures=[figure(), figure("npl-later", low=11, high=11, as_of="2024-06-01")]
    )
    Conflict.objects.all().delete()

    rebuild()

    assert revisions.current().number == 2
    assert told(1) == {}


def test_changes_since_a_revision_come_in_the_order_of_publication(imports):
    imports(figures=[figure()])
    imports(figures=[figure(low=20, high=20)])
    imports(claimants=[claimant(note="Its spokesperson."), claimant("aid-group")])

    log = Change.objects.since(1)

    assert [(one.revision_id, one.resource) for one in log] == [
        (2, "figures"),
        (2, "estimates"),
        (3, "claimants"),
        (3, "claimants"),
    ]
    assert list(Change.objects.since(3)) == []


def test_history_goes_on_beside_the_log(imports):
    imports(figures=[figure()])
    imports(figures=[figure(low=20, high=20)])

    history = Figure.objects.get().history.order_by("history_id")

    assert [(row.history_type, row.low) for row in history] == [("+", 19), ("~", 20)]
