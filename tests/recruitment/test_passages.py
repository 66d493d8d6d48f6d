"""Citations against the texts that they were read from; none is skipped in silence."""

import hashlib

import pytest

from recruitment.passages import Check, verify_passages
from tests.factories import CitationFactory, FigureFactory, SourceFactory

pytestmark = pytest.mark.django_db
TEXT = (
    "Recruits from the hills\n"
    "\n"
    "Nepal’s ministry said that 19 Nepalis had been killed.\n"
    "   \n"
    "Their families wait — for news.\n"
)
WORDS = "19 Nepalis had been killed"


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def article(folder, text=TEXT):
    """Put a text into the folder; give the source that was read in it."""
    (folder / "000.txt").write_bytes(text.encode())
    return SourceFactory(text_sha256=sha256(text))


def located(source, words=WORDS, **changes):
    start = TEXT.index(words)
    locator = {
        "paragraph": 2,
        "start": start,
        "end": start + len(words),
        "passage_sha256": sha256(words),
    }
    return CitationFactory(
        source=source, figure=FigureFactory(citation=None), **locator | changes
    )


def test_passage_holds_where_its_words_stand(tmp_path):
    citation = located(article(tmp_path))

    assert list(verify_passages(tmp_path)) == [Check(citation.slug, None)]


@pytest.mark.parametrize(
    ("words", "paragraph"),
    [
        pytest.param("Recruits", 1, id="first-line"),
        pytest.param("Nepal’s ministry", 2, id="after-an-empty-line"),
        pytest.param("— for news.", 3, id="after-a-line-of-blanks"),
    ],
)
def test_passage_counts_only_paragraphs_that_hold_words(tmp_path, words, paragraph):
    citation = located(article(tmp_path), words, paragraph=paragraph)

    assert list(verify_passages(tmp_path)) == [Check(citation.slug, None)]


def test_passage_counts_characters_of_the_text_with_its_line_ends(tmp_path):
    text = TEXT.replace("\n", "\r\n")
    start = text.index(WORDS)
    citation = located(
        article(tmp_path, text), start=start, end=start + len(WORDS), paragraph=2
    )

    assert list(verify_passages(tmp_path)) == [Check(citation.slug, None)]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param(
            {"passage_sha256": sha256("20 Nepalis")},
            "the words at its place have another SHA-256",
            id="other-words",
        ),
        pytest.param(
            {"start": TEXT.index(WORDS) + 1},
            "the words at its place have another SHA-256",
            id="one-character-off",
        ),
        pytest.param({"paragraph": 3}, "lies in paragraph 2, not 3", id="moved"),
        pytest.param(
            {"end": 5_000},
            f"ends at character 5,000 of a text of {len(TEXT)}",
            id="past-the-end",
        ),
        pytest.param(
            dict.fromkeys(["paragraph", "start", "end", "passage_sha256"]),
            "has no locator",
            id="no-locator",
        ),
    ],
)
def test_passage_that_does_not_hold_is_told(tmp_path, changes, problem):
    citation = located(article(tmp_path), **changes)

    assert list(verify_passages(tmp_path)) == [Check(citation.slug, problem)]


def test_passage_of_a_changed_text_is_told(tmp_path):
    citation = located(article(tmp_path))
    (tmp_path / "000.txt").write_text(TEXT.replace("19", "20"))

    assert list(verify_passages(tmp_path)) == [
        Check(citation.slug, "no text with the source's SHA-256 is in the folder")
    ]


def test_article_that_nothing_cites_is_told(tmp_path):
    source = article(tmp_path)

    assert list(verify_passages(tmp_path)) == [
        Check(source.slug, "nothing is cited from this article")
    ]


def test_locator_into_a_page_without_a_text_is_told(tmp_path):
    citation = located(SourceFactory())

    assert list(verify_passages(tmp_path)) == [
        Check(citation.slug, "has a locator, but its source has no text hash")
    ]


def test_text_is_found_under_any_name(tmp_path):
    citation = located(article(tmp_path))
    (tmp_path / "000.txt").rename(tmp_path / "renamed")

    assert list(verify_passages(tmp_path)) == [Check(citation.slug, None)]


def test_citation_of_an_ordinary_page_is_not_checked(tmp_path):
    article(tmp_path)
    CitationFactory(source=SourceFactory(slug="another-page"))

    assert [check.citation for check in verify_passages(tmp_path)] == [
        SourceFactory().slug
    ]


@pytest.mark.parametrize(
    "stranger",
    [
        pytest.param(lambda path: path.mkdir(), id="folder"),
        pytest.param(lambda path: path.write_bytes(b"\xff\xfe\0"), id="no-text"),
    ],
)
def test_folder_may_hold_other_things(tmp_path, stranger):
    citation = located(article(tmp_path))
    stranger(tmp_path / "stranger")

    assert list(verify_passages(tmp_path)) == [Check(citation.slug, None)]
