"""What a cell of the CSV holds: the value as it is, and nothing that could run."""

import pytest

from recruitment.api.renderers import cell
from tests.factories import ClaimantFactory
from tests.recruitment.api.reading import body, results, table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("one, two", id="comma"),
        pytest.param('he said "no"', id="quotes"),
        pytest.param('"', id="quote-alone"),
        pytest.param("one\ntwo", id="newline"),
        pytest.param("one\r\ntwo\r", id="carriage-returns"),
        pytest.param("Непал · नेपाल · 네팔 · 🇳🇵", id="other-alphabets"),
        pytest.param(" spaces ", id="spaces"),
        pytest.param("one | two", id="bar"),
        pytest.param("NULL", id="word-for-null"),
        pytest.param("2024-03-14", id="day"),
        pytest.param("a=b@c", id="signs-within"),
        pytest.param("'quoted'", id="apostrophes"),
        pytest.param("-5", id="negative-number"),
        pytest.param("+3.2e5", id="number-with-exponent"),
        pytest.param("-0.75", id="negative-fraction"),
        pytest.param("+977", id="number-with-a-plus"),
    ],
)
def test_text_comes_out_of_the_csv_as_it_is(client, text):
    ClaimantFactory(note=text)

    assert table(client, "claimants.csv?fields=note,slug") == [
        ["note", "slug"],
        [text, "nepal-foreign-ministry"],
    ]
    line = body(client, "claimants.csv?fields=note").decode().split("\r\n", 1)[1]
    needs_quotes = any(mark in text for mark in '",\r\n')
    assert line == (
        '"{}"\r\n'.format(text.replace('"', '""')) if needs_quotes else f"{text}\r\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("=1+1", id="equals"),
        pytest.param('=HYPERLINK("http://x","y")', id="function"),
        pytest.param("+1+1", id="plus"),
        pytest.param("-1+1", id="minus"),
        pytest.param("@SUM(A1)", id="at"),
        pytest.param("\t=1+1", id="tab"),
        pytest.param("\r=1+1", id="carriage-return"),
        pytest.param("-", id="minus-alone"),
        pytest.param("--5", id="two-signs"),
        pytest.param("-5\n", id="number-and-newline"),
        pytest.param("+977 1 4200", id="telephone"),
        pytest.param("-5|calc", id="number-and-pipe"),
    ],
)
def test_cell_that_a_spreadsheet_would_run_is_made_harmless(client, text):
    ClaimantFactory(note=text)

    [_, [note]] = table(client, "claimants.csv?fields=note")

    assert note == f"'{text}"
    assert results(client, "claimants/?fields=note") == [{"note": text}]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(None, "", id="null"),
        pytest.param(0, 0, id="zero"),
        pytest.param(-5, -5, id="negative"),
        pytest.param(2.25, 2.25, id="fraction"),
        pytest.param(True, "true", id="true"),
        pytest.param(False, "false", id="false"),
        pytest.param([], "", id="empty-list"),
        pytest.param(["a", "b"], "a | b", id="list"),
        pytest.param([1, None, True], "1 |  | true", id="list-with-null"),
        pytest.param([["a", "b"], [], ["c"]], "a | b | c", id="list-of-lists"),
        pytest.param(["=a", "=b"], "'=a | =b", id="list-that-begins-as-a-formula"),
        pytest.param(["a", "=b"], "a | =b", id="list-with-a-formula-within"),
        pytest.param([-5], "-5", id="list-of-one-number"),
        pytest.param({"fr": "Népal"}, '{"fr":"Népal"}', id="object"),
    ],
)
def test_cell_holds(value, expected):
    assert cell(value) == expected
    assert type(cell(value)) is type(expected)
