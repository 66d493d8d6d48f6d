"""The command `extract_candidates`: what it prints, and what it says it cannot read."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

TEXT = (
    "NAIROBI, March 3, 2026 — Kenya's foreign ministry said that 271 Kenyans had joined "
    "the Russian army.\n\nA committee of relatives counts more than 50 dead."
)
RUSSIAN = (
    "За Россию воюют не менее 40 кубинцев, сообщил МИД. Их обманули и отправили на "
    "фронт, говорится в заявлении, которое было опубликовано для прессы."
)
KEYS = [
    "file",
    "country",
    "metric",
    "side",
    "low",
    "high",
    "qualifier",
    "scope",
    "claimant_text",
    "as_of",
    "passage",
]


def extract(*arguments, err=None):
    out = StringIO()
    call_command("extract_candidates", *map(str, arguments), stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def written(tmp_path):
    """Write a file of the test's own folder."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_line_has_the_figures_fields_in_their_order(written):
    path = written("report.txt", TEXT)

    first, second = extract(path)

    assert list(first)[: len(KEYS)] == KEYS
    assert {key: first[key] for key in KEYS} == {
        "file": str(path),
        "country": "KEN",
        "metric": "recruited",
        "side": "russia",
        "low": 271,
        "high": 271,
        "qualifier": "exact",
        "scope": "total",
        "claimant_text": "Kenya's foreign ministry",
        "as_of": "2026-03-03",
        "passage": "271 Kenyans had joined the Russian",
    }
    assert (second["metric"], second["low"], second["high"]) == ("killed", 50, None)
    assert TEXT[second["start"] : second["end"]] == second["passage"]


def test_files_are_read_in_the_order_given(written):
    first, second = written("b.txt", TEXT), written("a.txt", RUSSIAN)

    lines = extract(first, second)

    assert [line["file"] for line in lines] == [str(first)] * 2 + [str(second)]
    assert lines[-1]["passage"] in RUSSIAN
    assert (lines[-1]["country"], lines[-1]["low"]) == ("CUB", 40)


def test_letters_are_printed_as_they_are_written(written):
    out = StringIO()

    call_command("extract_candidates", str(written("a.txt", RUSSIAN)), stdout=out)

    assert "кубинцев" in out.getvalue()


def test_page_gives_its_article(written):
    page = f"<html><body><article><p>{TEXT}</p></article></body></html>"

    lines = extract(written("page.html", page))

    assert [line["low"] for line in lines] == [271, 50]


def test_day_of_publication_is_the_callers_where_it_names_one(written):
    path = written("a.txt", RUSSIAN)

    (line,) = extract(path, "--published=2026-01-31")

    assert (line["as_of"], line["as_of_precision"]) == ("2026-01-31", "day")


def test_text_in_an_old_encoding_is_read(written):
    (line,) = extract(written("old.txt", RUSSIAN.encode("cp1251")))

    assert (line["country"], line["metric"]) == ("CUB", "serving")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Russia and Ukraine met in Istanbul on Monday.", id="no-number"),
        pytest.param("Kenya won 40 medals.", id="another-subject"),
    ],
)
def test_text_without_a_figure_prints_nothing(text, written):
    assert extract(written("none.txt", text)) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("empty.txt", b"", "is empty", id="empty"),
        pytest.param("blank.txt", b" \n\t\n", "is empty", id="blank"),
        pytest.param("dots.txt", b"... ---", "no letter and no digit", id="no-letter"),
        pytest.param(
            "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(64), "PNG", id="picture"
        ),
        pytest.param("binary.txt", bytes(range(256)) * 4, "no text has", id="bytes"),
        pytest.param("broken.pdf", b"%PDF-1.4\ngarbage", "damaged", id="broken-pdf"),
    ],
)
def test_file_that_cannot_be_read_is_named_with_the_reason(
    name, content, words, written
):
    path, err = written(name, content), StringIO()

    with pytest.raises(CommandError, match="1 of the files could not be read"):
        extract(path, err=err)

    assert str(path) in err.getvalue()
    assert words in err.getvalue()


def test_command_goes_on_with_the_files_that_can_be_read(written, tmp_path):
    out, err = StringIO(), StringIO()
    files = [tmp_path / "none.txt", written("report.txt", TEXT), tmp_path]

    with pytest.raises(CommandError, match="2 of the files could not be read"):
        call_command("extract_candidates", *map(str, files), stdout=out, stderr=err)

    assert len(out.getvalue().splitlines()) == 2
    assert [line.partition(":")[0] for line in err.getvalue().splitlines()] == [
        str(tmp_path / "none.txt"),
        str(tmp_path),
    ]


def test_day_that_is_none_is_refused_in_words(written):
    with pytest.raises(CommandError, match="“2026-13-01” is no day"):
        call_command(
            "extract_candidates", str(written("a.txt", TEXT)), "--published=2026-13-01"
        )
