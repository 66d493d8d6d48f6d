"""What may be handed in, and what is said of what may not."""

import io
import json
import zipfile

import pytest

from recruitment.dataset import Report
from recruitment.uploads import MOST_BYTES, UploadError, read_upload
from tests.recruitment import rows

LINE = json.dumps(rows.publisher()).encode()


def packed(members, **options):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


def read(name, content, chosen=""):
    report = Report()
    return read_upload(name, content, chosen, report), report


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        pytest.param("publishers.jsonl", "", id="named-as-the-file"),
        pytest.param("of-today.ndjson", "publishers", id="chosen"),
        pytest.param("PUBLISHERS.JSONL", "publishers", id="capitals"),
    ],
)
def test_lines_are_rows_with_their_numbers(name, chosen):
    found, report = read(name, LINE + b"\nnonsense\n" + LINE, chosen)

    assert [line for line, _ in found["publishers"]] == [1, 3]
    assert found["publishers"][0][1]["slug"] == "kathmandu-post"
    assert [(one.line, one.field) for one in report.refusals] == [(2, None)]


def test_mark_at_the_beginning_of_a_text_is_no_part_of_it():
    found, report = read("publishers.jsonl", b"\xef\xbb\xbf" + LINE)

    assert len(found["publishers"]) == 1
    assert not report.refusals


def test_archive_may_hold_the_files_in_a_folder_and_a_macs_litter():
    content = packed(
        [
            ("rows/publishers.jsonl", LINE),
            ("rows/areas.jsonl", json.dumps(rows.area())),
            ("__MACOSX/rows/._areas.jsonl", b"\0"),
            ("rows/.DS_Store", b"\0"),
        ]
    )

    found, report = read("rows.zip", content)

    assert {name: len(held) for name, held in found.items()} == {
        "publishers": 1,
        "areas": 1,
    }
    assert not report.refusals


def locked():
    """An archive whose member says that it is encrypted."""
    content = bytearray(packed([("areas.jsonl", LINE)]))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def damaged():
    content = bytearray(packed([("areas.jsonl", LINE * 50)]))
    content[60:70] = bytes(10)
    return bytes(content)


REFUSED = {
    "empty": ("areas.jsonl", b"", "The file is empty."),
    "too-large": ("areas.jsonl", b" " * (MOST_BYTES + 1), "20.0 MB; at most 20"),
    "of-another-kind": ("areas.xlsx", b"x", "none of .jsonl, .csv and .zip"),
    "without-a-name": ("today.jsonl", LINE, "say which it is of areas, publishers"),
    "utf-16": ("areas.jsonl", LINE.decode().encode("utf-16"), "save it as UTF-8"),
    "latin-1": ("areas.jsonl", LINE + b"\n\xe9", "not written as UTF-8 (line 2)"),
    "binary": ("areas.jsonl", b"a\0b", "no text"),
    "no-archive": ("areas.zip", b"not a zip", "no ZIP archive"),
    "cut-archive": ("a.zip", packed([("areas.jsonl", LINE)])[:-30], "no ZIP archive"),
    "damaged-archive": ("a.zip", damaged(), "no ZIP archive, or a damaged one"),
    "locked-archive": ("a.zip", locked(), "locked with a password"),
    "empty-archive": ("a.zip", packed([]), "holds no file"),
    "stranger": ("a.zip", packed([("notes.txt", b"x")]), "holds notes.txt"),
    "upwards": ("a.zip", packed([("../areas.jsonl", LINE)]), "outside of itself"),
    "absolute": ("a.zip", packed([("/etc/areas.jsonl", LINE)]), "outside of itself"),
    "twice": (
        "a.zip",
        packed([("areas.jsonl", LINE), ("too/areas.jsonl", LINE)]),
        "holds areas.jsonl twice",
    ),
    "many": ("a.zip", packed([(f"{n}.txt", b"") for n in range(51)]), "holds 51 files"),
    "bomb": ("a.zip", packed([("areas.jsonl", b"0" * 100_000_001)]), "Unpacked"),
}


@pytest.mark.parametrize(("name", "content", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_words(name, content, words):
    with pytest.raises(UploadError) as refused:
        read(name, content)

    assert words in str(refused.value)


def test_archive_that_hides_its_size_is_read_no_further_than_it_says():
    content = bytearray(packed([("areas.jsonl", b"0" * 1_000_000)]))
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = (10).to_bytes(4, "little")

    with pytest.raises(UploadError, match="damaged"):
        read("a.zip", bytes(content))
