"""What the commands print, and when they fail."""

import hashlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recruitment.models import Estimate, Figure, Revision, Visit
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    FigureFactory,
    SourceFactory,
)
from tests.recruitment.rows import citation, dataset, figure, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    """Run a command; give what it printed, on stdout and on stderr."""

    def run_command(*args):
        out, err = StringIO(), StringIO()
        try:
            call_command(*args, stdout=out, stderr=err)
        finally:
            run_command.out = out.getvalue()
            run_command.err = err.getvalue()
        return run_command.out

    return run_command


@pytest.fixture
def cited_source():
    ClaimantFactory()
    return SourceFactory(slug="nepalis-killed")


def test_import_dataset_counts_what_became_of_the_rows(tmp_path, run, cited_source):
    write(tmp_path, {"figures": [figure("one"), figure("two")]})
    run("import_dataset", tmp_path)
    write(
        tmp_path, {"figures": [figure("one"), figure("two", note="!"), figure("new")]}
    )

    printed = run("import_dataset", tmp_path)

    assert printed == "figures: 1 new, 1 changed, 1 same\n"
    assert run.err == ""


def test_import_dataset_tells_the_public_why(tmp_path, run, cited_source):
    write(tmp_path, {"figures": [figure()]})

    run("import_dataset", tmp_path, "--reason", "The ministry's list of March.")

    assert Revision.objects.get().reason == "The ministry's list of March."


def test_import_dataset_says_that_a_dry_run_wrote_nothing(tmp_path, run, cited_source):
    write(tmp_path, {"figures": [figure()]})

    printed = run("import_dataset", "--dry-run", tmp_path)

    assert printed == "figures: 1 new\nDry run: nothing was written.\n"
    assert not Figure.objects.exists()


def test_import_dataset_fails_with_each_refusal_on_stderr(tmp_path, run, cited_source):
    write(tmp_path, {"figures": [figure("one"), figure("two", low="7"), b"{"]})

    with pytest.raises(CommandError, match="Refused 2 times; nothing was written"):
        run("import_dataset", tmp_path)

    assert run.out == "figures: 1 new, 2 refused\n"
    malformed, wrong_type = run.err.splitlines()
    assert malformed.startswith("refused: figures.jsonl line 3: not a line of JSON")
    assert wrong_type == "refused: figures.jsonl line 2, low: not a whole number"
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param(None, r"holds no \.jsonl file", id="empty-folder"),
        pytest.param("tanks.jsonl", r"holds tanks\.jsonl", id="strange-file"),
    ],
)
def test_import_dataset_fails_on_a_folder_with(tmp_path, run, name, reason):
    if name:
        (tmp_path / name).touch()

    with pytest.raises(CommandError, match=reason):
        run("import_dataset", tmp_path)


def test_count_rows_finds_every_row_of_the_files(tmp_path, run):
    write(tmp_path, dataset())
    run("import_dataset", tmp_path)

    printed = run("count_rows", "--data", tmp_path)

    lines = [" ".join(line.split()) for line in printed.splitlines()]
    assert lines[0] == "areas 2 in the file 2 in the database, and 248 more there"
    assert lines[4] == "figures 1 in the file 1 in the database"
    assert lines[-1] == "citations 5 in the file 5 in the database"


def test_count_rows_fails_on_rows_that_are_not_in_the_database(tmp_path, run):
    files = dataset()
    write(tmp_path, files)
    run("import_dataset", tmp_path)
    files["figures"] += [figure("unread", citations=[citation()])]
    write(tmp_path, files)

    with pytest.raises(
        CommandError, match="Not in the database: unread, unread--nepalis-killed"
    ):
        run("count_rows", "--data", tmp_path)


def test_count_rows_fails_without_one_of_the_files(tmp_path, run):
    write(tmp_path, {"areas": []})

    with pytest.raises(CommandError, match=r"publishers\.jsonl is not there"):
        run("count_rows", "--data", tmp_path)


@pytest.fixture
def article(tmp_path):
    """Cite the first words of a text in a folder."""
    text = "19 Nepalis were killed."
    (tmp_path / "000.txt").write_text(text)
    return CitationFactory(
        figure=FigureFactory(slug="npl-killed", citation=None),
        source=SourceFactory(
            slug="page", text_sha256=hashlib.sha256(text.encode()).hexdigest()
        ),
        paragraph=1,
        start=0,
        end=10,
        passage_sha256=hashlib.sha256(text[:10].encode()).hexdigest(),
    )


def test_verify_passages_tells_each_and_counts_them(tmp_path, run, article):
    printed = run("verify_passages", "--articles", tmp_path)

    assert printed == "npl-killed--page: holds\n1 of 1 passages hold.\n"


def test_verify_passages_fails_where_one_does_not_hold(tmp_path, run, article):
    article.paragraph = 2
    article.save()

    with pytest.raises(CommandError, match="1 passages fail, of 1 checked"):
        run("verify_passages", "--articles", tmp_path)

    assert "npl-killed--page: FAILS: lies in paragraph 1, not 2\n" in run.out


def test_verify_passages_fails_where_there_is_nothing_to_check(tmp_path, run):
    with pytest.raises(CommandError, match="0 passages fail, of 0 checked"):
        run("verify_passages", "--articles", tmp_path)


def test_verify_passages_fails_without_the_folder(tmp_path, run):
    with pytest.raises(CommandError, match="absent is no folder"):
        run("verify_passages", "--articles", tmp_path / "absent")


def test_rebuild_estimates_says_how_many_it_wrote(run):
    FigureFactory()

    printed = run("rebuild_estimates")

    assert printed == f"{Estimate.objects.count()} estimates written.\n"


def test_watch_sources_says_that_it_is_switched_off(run):
    SourceFactory()

    with pytest.raises(CommandError, match="switched off, so the last known states"):
        run("watch_sources")

    assert not Visit.objects.exists()


@pytest.fixture
def refused_sources(settings):
    """Make pages that may be visited, but whose addresses are refused."""
    settings.FETCHING = True
    for n in (1, 2, 3):
        SourceFactory(slug=f"page-{n}", url=f"http://127.0.0.{n}/")


def test_watch_sources_tells_what_became_of_each_page(run, refused_sources):
    printed = run("watch_sources").splitlines()

    assert [line.partition(":")[0] for line in printed[:-1]] == [
        *("page-1", "page-2", "page-3")
    ]
    assert printed[0] == (
        "page-1: The page was not shown to us. This address is not followed: 127.0.0.1"
        " leads to 127.0.0.1, which is not on the open internet."
    )
    assert printed[-1] == "3 unseen"
    assert run("watch_sources") == "No page is due for a visit.\n"


@pytest.mark.parametrize(
    ("arguments", "visited"),
    [
        pytest.param(["--limit", "2"], ["page-1", "page-2"], id="so-many"),
        pytest.param(["--limit", "0"], [], id="none"),
        pytest.param(["page-3", "page-1"], ["page-3", "page-1"], id="named"),
    ],
)
def test_watch_sources_visits_no_other_pages(run, refused_sources, arguments, visited):
    run("watch_sources", *arguments)

    visits = Visit.objects.order_by("pk")
    assert [*visits.values_list("source__slug", flat=True)] == visited


def test_watch_sources_goes_on_run_by_run(run, settings):
    settings.FETCHING = True
    for n in range(1, 24):
        SourceFactory(slug=f"page-{n}", url=f"http://127.0.1.{n}/")

    printed = run("watch_sources", "--limit", "22")

    assert printed.endswith("\n22 unseen\n")


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        pytest.param("nowhere", "No address is on record of nowhere", id="no-address"),
        pytest.param("unknown", "No page is called unknown", id="unknown"),
    ],
)
def test_watch_sources_refuses_a_page_that_it_cannot_visit(
    run, refused_sources, slug, told
):
    SourceFactory(slug="nowhere", url=None)

    with pytest.raises(CommandError, match=told):
        run("watch_sources", "page-1", slug)

    assert not Visit.objects.exists()
