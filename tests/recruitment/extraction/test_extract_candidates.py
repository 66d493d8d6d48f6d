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


def extract(*arguments):
    out = StringIO()
    call_command("extract_candidates", *map(str, arguments), stdout=out)
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
        pytest.param("binary.txt", bytes(range(256)) * 4, "cannot be read", id="bytes"),
        pytest.param("broken.pdf", b"%PDF-1.4\ngarbage", "damaged", id="broken-pdf"),
    ],
)
def test_file_that_cannot_be_read_is_named_with_the_reason(
    name, content, words, written
):
    path = written(name, content)

    with pytest.raises(CommandError, match=words) as error:
        extract(path)

    assert str(path) in str(error.value)


def test_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.txt cannot be read"):
        extract(tmp_path / "none.txt")


def test_folder_is_no_file(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        extract(tmp_path)


def test_day_that_is_none_is_refused_in_words(written):
    with pytest.raises(CommandError, match="“2026-13-01” is no day"):
        call_command(
            "extract_candidates", str(written("a.txt", TEXT)), "--published=2026-13-01"
        )
