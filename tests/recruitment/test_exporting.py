"""What is exported is what the writer takes."""

import json

import pytest
from django.contrib.auth.models import User

from recruitment.dataset import FILES
from recruitment.exporting import file_of, row_of, rows_of
from recruitment.importing import import_dataset, write_rows
from recruitment.models import Casualty, Figure, Revision, Source
from tests.factories import (
    CitationFactory,
    FigureFactory,
    IncentiveFactory,
    MethodFactory,
    PresenceFactory,
    ResponseFactory,
    SourceFactory,
)


@pytest.fixture
def record(db):
    """Make one row of each kind, some with links, some held back."""
    first = SourceFactory()
    SourceFactory(slug="copy-of-it").derived_from.add(first)
    figure = FigureFactory(slug="one")
    figure.disjoint_with.add(FigureFactory(slug="two", draft=True))
    CitationFactory(
        figure=figure,
        source__slug="another-page",
        paragraph=2,
        start=10,
        end=20,
        passage_sha256="0" * 64,
    )
    for factory in (ResponseFactory, IncentiveFactory, MethodFactory, PresenceFactory):
        factory()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_exported_rows_come_back_as_the_same(record, file, tmp_path):
    lines = [json.dumps(row) for row in rows_of(file)]
    (tmp_path / f"{file.name}.jsonl").write_text("\n".join(lines))

    report = import_dataset(tmp_path)

    assert not report.refusals
    assert report.outcomes[file.name] == {"same": len(lines)}
    assert len(lines) > 0


def test_writer_takes_one_row_and_says_why_and_by_whom(record):
    editor = User.objects.create_user("editor")
    row = row_of(Figure.objects.get(slug="one"))

    report = write_rows(
        {"figures": [row | {"low": 20, "high": 20}]}, reason="misread", by=editor
    )

    figure = Figure.objects.get(slug="one")
    newest = figure.history.latest()
    assert report.outcomes["figures"] == {"changed": 1}
    assert figure.low == 20
    assert newest.history_user == editor
    assert newest.history_change_reason == "misread"
    assert Revision.objects.get().reason == "misread"


def test_writer_changes_only_the_rows_that_it_is_given(record):
    others = {row["slug"]: row for row in rows_of(file_of(Figure))}
    row = others.pop("one")

    write_rows({"figures": [row | {"note": "Read again."}]}, reason="a remark")

    assert {row["slug"]: row for row in rows_of(file_of(Figure))} == others | {
        "one": row | {"note": "Read again."}
    }


def test_writer_writes_nothing_where_one_row_is_refused(record):
    row = row_of(Figure.objects.get(slug="one"))
    source = row_of(Source.objects.get(slug="copy-of-it"))

    report = write_rows(
        {
            "sources": [source | {"note": "Looked at."}],
            "figures": [row | {"low": -1}, row | {"slug": None}],
        },
        reason="a try",
    )

    assert [(one.line, one.field) for one in report.refusals] == [
        (2, "slug"),
        (1, "low"),
    ]
    assert Source.objects.get(slug="copy-of-it").note == ""
    assert not Revision.objects.exists()


def test_writer_tries_without_writing(record):
    row = row_of(Figure.objects.get(slug="one"))

    report = write_rows(
        {"figures": [row | {"low": 20, "high": 20}]}, reason="a try", dry_run=True
    )

    assert report.outcomes["figures"] == {"changed": 1}
    assert Figure.objects.get(slug="one").low == 19
    assert not Revision.objects.exists()


def test_writer_names_a_file_that_is_none(db):
    with pytest.raises(ValueError, match="No file of the dataset is called people"):
        write_rows({"people": []}, reason="a try")


def test_rows_of_a_family_are_figures(record):
    assert file_of(Casualty).name == "figures"
    assert row_of(Casualty.objects.get(slug="one"))["slug"] == "one"
