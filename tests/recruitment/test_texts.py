"""Files and pasted text, from bytes to what is read; hostile and broken ones refused."""

import hashlib
import io
import zipfile
import zlib
from datetime import date

import pypdf
import pytest

from recruitment.texts import MAX_BYTES, MAX_CHARACTERS, UnreadableError, read_text
from recruitment.texts.fencing import parse_fenced
from recruitment.texts.parsing import ProblemError, paragraphs, parse_pdf

ENGLISH = (
    "The ministry’s café list – “at least 14” names – was read out to the families."
)
UKRAINIAN = "За даними штабу, у полоні перебувають 40 іноземців, їхня кількість зросла."
RUSSIAN = (
    "По словам посла, не менее 35 граждан были завербованы обманом в прошлом году."
)
SPANISH = (
    "Según el portavoz, al menos 40 jóvenes murieron; su número se duplicó en un año."
)
FRENCH = "Selon le collectif, au moins 316 jeunes enrôlés à l'étranger ont été tués."
POLISH = "Według ministerstwa śmierć poniosło co najmniej 16 żołnierzy z zagranicy."
ARTICLE = """<!DOCTYPE html><html><head><title>Families wait for 44 men | Valley Post</title>
<meta property="og:title" content="Families wait for 44 men">
<meta name="author" content="Valley Staff">
<meta property="article:published_time" content="2026-03-04T08:00:00+00:00">
<meta http-equiv="refresh" content="0;url=http://192.0.2.1/">
<link rel="stylesheet" href="http://192.0.2.1/a.css"><style>p::after {content: "777"}</style>
<script>document.write("<p>888 were killed.</p>")</script></head><body>
<nav><ul><li><a href="/">Home 111</a></li></ul></nav><article>
<p>At least 44 men from the valley are missing, the ministry said on Tuesday.</p>
<figure><img src="http://192.0.2.1/x.png"><figcaption>The 31 families.</figcaption></figure>
<table><tr><th>Country</th><th>Killed</th></tr><tr><td>India</td><td>12</td></tr></table>
<ul><li>Kenya: 22 came home</li></ul><blockquote>“We know of 272.”</blockquote>
<aside class="facts"><p>Contracts were signed by 18,092 people.</p></aside>
<p>The army lost <b>5</b>,<b>000</b> men, and <a href="/x">160,000</a> names are known.</p>
</article><footer>Copyright 4321</footer></body></html>"""
LINE = (
    b"BT /F1 12 Tf 72 700 Td (The ministry said that 19 men had been killed.) Tj ET\n"
)


def pdf(*contents, filters=1):
    """Put together a PDF with a page for each content stream."""
    pages = [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]"
        b"/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % (4 + len(contents) + n)
        for n in range(len(contents))
    ]
    streams = []
    for content in contents:
        for _ in range(filters):
            content = zlib.compress(content, 9)
        head = b"<</Length %d/Filter[%s]>>" % (len(content), b"/FlateDecode" * filters)
        streams.append(head + b"stream\n" + content + b"\nendstream")
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *pages,
        *streams,
    ]
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        len(written),
    )
    return written + table + end


def locked_pdf():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(LINE)))
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("article.txt", b"0" * 50_000_000)
    return packed.getvalue()


def test_plain_text_is_kept_as_it_came():
    text = "  Headline\n\nA  line with e\u0301 and two  spaces, long enough to be read.  \n"

    read = read_text(text.encode(), name="a.txt")

    assert (read.text, read.kind, read.title) == (text, "text", "Headline")
    assert read.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_same_text_has_one_digest_whatever_its_line_ends_and_mark():
    text = "One line.\nAnother line.\n"
    files = [
        text,
        text.replace("\n", "\r\n"),
        text.replace("\n", "\r"),
        "\ufeff" + text,
    ]

    assert len({read_text(file.encode()).sha256 for file in files}) == 1


def test_text_that_begins_with_a_sentence_has_no_title():
    assert read_text(b"The ministry said so. It counted 14.").title is None


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(ENGLISH, "utf-8-sig", id="utf-8-with-its-mark"),
        pytest.param(ENGLISH, "utf-16", id="utf-16-with-its-mark"),
        pytest.param(UKRAINIAN, "utf-16-le", id="utf-16-without-mark"),
        pytest.param(ENGLISH, "utf-16-be", id="utf-16-of-ascii-letters"),
        pytest.param(ENGLISH, "cp1252", id="english-in-windows-1252"),
        pytest.param(UKRAINIAN, "cp1251", id="ukrainian-in-windows-1251"),
        pytest.param(RUSSIAN, "cp1251", id="russian-in-windows-1251"),
        pytest.param(UKRAINIAN, "koi8-u", id="ukrainian-in-koi8"),
        pytest.param(RUSSIAN, "koi8-r", id="russian-in-koi8"),
        pytest.param(RUSSIAN, "cp866", id="russian-of-dos"),
        pytest.param(RUSSIAN, "iso8859-5", id="russian-in-iso-8859-5"),
        pytest.param(RUSSIAN, "mac-cyrillic", id="russian-of-old-macs"),
        pytest.param(SPANISH, "latin-1", id="spanish-in-latin-1"),
        pytest.param(FRENCH, "latin-1", id="french-in-latin-1"),
        pytest.param(POLISH, "cp1250", id="polish-in-windows-1250"),
        pytest.param(POLISH, "iso8859-2", id="polish-in-iso-8859-2"),
    ],
)
def test_encoding_is_recognised_by_the_language_that_it_makes(text, encoding):
    assert read_text(text.encode(encoding)).text == text


def test_broken_letter_does_not_change_the_encoding_of_the_rest():
    content = UKRAINIAN.encode() + b" \xd0"

    assert read_text(content).text == UKRAINIAN + " \ufffd"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(ENGLISH, "en", id="english"),
        pytest.param(UKRAINIAN, "uk", id="ukrainian"),
        pytest.param(RUSSIAN, "ru", id="russian"),
        pytest.param(SPANISH, "es", id="spanish"),
        pytest.param(FRENCH, "fr", id="french"),
        pytest.param("35 killed in Kursk", None, id="too-short-to-tell"),
        pytest.param(
            "14, 23, 35 – 617,000; 12/03/2026. " * 9, None, id="numbers-alone"
        ),
    ],
)
def test_language_is_told_or_left_open(text, language):
    assert read_text(text.encode()).language == language


def test_page_gives_its_article_with_tables_lists_captions_and_side_bars():
    read = read_text(ARTICLE.encode(), name="page.html")

    assert read.text.splitlines() == [
        "Families wait for 44 men",
        "At least 44 men from the valley are missing, the ministry said on Tuesday.",
        "The 31 families.",
        "Country | Killed",
        "India | 12",
        "- Kenya: 22 came home",
        "“We know of 272.”",
        "Contracts were signed by 18,092 people.",
        "The army lost 5,000 men, and 160,000 names are known.",
    ]
    assert (read.kind, read.author) == ("html", "Valley Staff")
    assert read.published == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("content", "call"),
    [
        pytest.param(ARTICLE.encode("utf-16"), {}, id="utf-16-without-a-name"),
        pytest.param(
            ARTICLE.partition("<body>")[2].encode(),
            {"content_type": "text/html; charset=latin-1"},
            id="a-piece-that-says-so",
        ),
    ],
)
def test_page_is_recognised_by_its_tags(content, call):
    assert "“We know of 272.”" in read_text(content, **call).text


def test_text_with_a_tag_in_it_remains_text():
    text = "The page began with <html> and <p>, she said, and 14 people read it."

    assert read_text(text.encode(), name="notes.txt").text == text


def test_pdf_gives_its_pages():
    read = read_text(pdf(LINE, LINE), name="report.pdf")

    assert read.text == "\n".join(
        ["The ministry said that 19 men had been killed."] * 2
    )
    assert read.kind == "pdf"


def test_lines_broken_for_the_width_of_a_page_are_joined():
    page = (
        "Report on recruits\n"
        "At least nineteen men from the valley were re-\n"
        "cruited, and their families wait for any news\n"
        "of them.\n"
        "India 12\n"
    )

    assert paragraphs(page).splitlines() == [
        "Report on recruits",
        "At least nineteen men from the valley were recruited, and their families wait "
        "for any news of them.",
        "India 12",
    ]


@pytest.mark.parametrize(
    ("content", "call", "words"),
    [
        pytest.param(b"", {}, "is empty", id="nothing"),
        pytest.param(b" \n\t", {}, "is empty", id="blanks"),
        pytest.param(b"-- ... --", {}, "no letter and no digit", id="signs-alone"),
        pytest.param(b"a" * (MAX_BYTES + 1), {}, "may have 10", id="large-file"),
        pytest.param(b"a" * (MAX_CHARACTERS + 1), {}, "may have 2,000,000", id="long"),
        pytest.param(
            bytes(range(256)) * 9, {"name": "a.html"}, "not text", id="binary"
        ),
        pytest.param(b"14 \x1b[1mkilled\x1b[0m" * 9, {}, "not text", id="controls"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", {"name": "a.txt"}, "picture", id="png"),
        pytest.param(
            zip_bomb(), {"name": "a.html"}, "Nothing in it was opened", id="zip"
        ),
        pytest.param(b"{\\rtf1 14 killed}", {}, "an RTF document", id="rtf"),
        pytest.param(b"a" * 257 + b"ustar", {}, "tar archive", id="tar"),
        pytest.param(
            b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>",
            {"name": "a.mhtml"},
            "web archive",
            id="web-archive",
        ),
        pytest.param(
            b"14 killed", {"name": "a.pdf"}, "calls itself a PDF", id="no-pdf"
        ),
        pytest.param(
            "Київ".encode("cp1251"), {}, "could not be recognised", id="short"
        ),
        pytest.param(b"\xff\xfea", {}, "is damaged", id="half-a-letter-of-utf-16"),
        pytest.param(
            UKRAINIAN.encode().decode("cp1251", "replace").encode(),
            {},
            "garbled",
            id="utf-8-read-as-cyrillic",
        ),
        pytest.param(
            FRENCH.encode().decode("latin-1").encode(),
            {},
            "garbled",
            id="utf-8-read-as-latin-1",
        ),
        pytest.param(
            RUSSIAN.encode("cp1251").decode("latin-1").encode(),
            {},
            "garbled",
            id="cyrillic-read-as-latin-1",
        ),
    ],
)
def test_what_is_no_article_is_refused_in_words(content, call, words):
    with pytest.raises(UnreadableError, match=words):
        read_text(content, **call)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(pdf(b"0 0 10 10 re f"), "holds no text", id="scan"),
        pytest.param(locked_pdf(), "locked with a password", id="locked"),
        pytest.param(pdf(LINE)[:300], "damaged", id="cut-off"),
        pytest.param(b"%PDF-1.4\n" + bytes(range(256)), "damaged", id="garbage"),
        pytest.param(pdf(b" " * 100_000_000), "left packed", id="bomb"),
        pytest.param(
            pdf(b" " * 100_000_000, filters=3), "left packed", id="nested-bomb"
        ),
    ],
)
def test_pdf_that_cannot_be_read_says_why(content, words):
    with pytest.raises(ProblemError, match=words):
        parse_pdf(content)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        pytest.param(
            "html",
            b"<html><p %s>19</p>" % b" ".join(b"a%d=1" % n for n in range(100_000)),
            id="page-with-endless-attributes",
        ),
        pytest.param("pdf", pdf(LINE * 50_000), id="pdf-with-endless-lines"),
    ],
)
def test_file_that_would_take_minutes_is_stopped(kind, content):
    with pytest.raises(UnreadableError, match="within 1 seconds"):
        parse_fenced(kind, content, seconds=1)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<html><body>" + b"<div>" * 100_000 + b"19 killed", id="nested"),
        pytest.param(b"<html><body></body></html>", id="no-article"),
        pytest.param(
            b"<html><script>document.write('19 were killed')</script></html>",
            id="script-alone",
        ),
    ],
)
def test_page_without_an_article_is_refused(content):
    with pytest.raises(UnreadableError, match="No article was found"):
        read_text(content)


def test_letters_that_no_database_stores_are_left_out():
    page = ARTICLE.replace("Kenya", "Ken\x00ya&#0;&#xD800;&#1;")

    read = read_text(page.encode(), name="a.html")

    assert "Ken" in read.text
    assert read.text.encode().decode() == read.text
    assert "\x00" not in read.text
