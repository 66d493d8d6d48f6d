"""Figures as a table, from a spreadsheet or from our own API."""

import csv
import io

import pytest

from recruitment.dataset import Report
from recruitment.tables import columns, figure_rows
from tests.recruitment import rows

ROW = {
    **dict.fromkeys(columns(), ""),
    **{
        name: str(value)
        for name, value in rows.figure().items()
        if name != "citations" and value not in (None, True)
    },
    "countable": "true",
    "source": "nepalis-killed",
    "role": "carries",
}


def table(*changes, delimiter=",", names=None):
    written = io.StringIO()
    heads = names or [*ROW]
    writer = csv.DictWriter(written, heads, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(ROW | changed for changed in changes or [{}])
    return written.getvalue()


def read(text):
    report = Report()
    return figure_rows(text, report), report


def refusals(text):
    _, report = read(text)
    return [(one.line, one.field, one.reason) for one in report.refusals]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_row_of_a_table_is_that_of_the_dataset(delimiter):
    found, report = read(table(delimiter=delimiter))

    expected = rows.figure() | {"disjoint_with": [], "disjoint_reason": ""}
    assert found == [(2, expected)]
    assert not report.refusals


def test_columns_may_be_named_as_in_the_api_and_others_of_it_are_left_out():
    text = table()
    for ours, theirs in {
        "country": "country.code",
        "claimant": "claimant.slug",
        "source": "citations.source.slug,country.name,reports",
        "role": "citations.role",
    }.items():
        text = text.replace(f",{ours},", f",{theirs},")
    text = text.replace("nepalis-killed,carries", "nepalis-killed,Nepal,3,carries")

    found, report = read(text)

    assert not report.refusals
    assert found[0][1]["country"] == "NPL"
    assert found[0][1]["citations"] == [rows.citation()]


def test_row_may_cite_several_pages_each_with_its_place():
    text = table(
        {
            "source": "one | two",
            "role": "origin|carries",
            "paragraph": "3 | ",
            "start": "10 |",
            "end": "19|",
        }
    )

    found, report = read(text)

    assert not report.refusals
    assert found[0][1]["citations"] == [
        rows.citation(
            "one", role="origin", locator={"paragraph": 3, "start": 10, "end": 19}
        ),
        rows.citation("two"),
    ]


def test_apostrophe_that_keeps_a_spreadsheet_from_running_a_cell_is_taken_away():
    found, _ = read(table({"note": "'=SUM(A1)", "summary": "'Tis said."}))

    assert found[0][1]["note"] == "=SUM(A1)"
    assert found[0][1]["summary"] == "'Tis said."


def test_line_is_that_of_the_file_also_after_a_cell_of_several():
    found, _ = read(table({"note": "one\ntwo\nthree"}, {"slug": "second"}))

    assert [line for line, _ in found] == [2, 5]


def test_empty_lines_are_no_rows():
    found, report = read(table() + "\r\n" + "," * (len(ROW) - 1) + "\r\n")

    assert len(found) == 1
    assert not report.refusals


def test_what_is_no_number_is_left_to_the_writer_to_refuse():
    found, _ = read(table({"low": "1,900", "countable": "perhaps"}))

    assert found[0][1]["low"] == "1,900"
    assert found[0][1]["countable"] == "perhaps"


REFUSED = {
    "nothing": ("", (1, None, "the table is empty")),
    "unknown-column": (
        table(names=[*ROW, "colour"]),
        (1, "colour", "unknown column"),
    ),
    "column-twice": (table(names=[*ROW, "low"]), (1, "low", "the column stands twice")),
    "column-missing": (
        table(names=[name for name in ROW if name != "claimant"]),
        (1, "claimant", "the column is missing"),
    ),
    "cells-missing": (
        table() + "a,b\r\n",
        (3, None, f"2 cells under {len(ROW)} columns"),
    ),
    "lists-that-differ": (
        table({"source": "one | two", "role": "carries"}),
        (2, "role", "1 values for 2 sources"),
    ),
    "open-quote": (table() + '"never closed', (3, None, "not a row of a table:")),
    "endless-cell": (table({"note": "x" * 200_000}), (2, None, "not a row")),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_by_line_and_column(text, expected):
    [(line, field, reason)] = refusals(text)

    assert (line, field) == expected[:2]
    assert reason.startswith(expected[2])
