"""Files that somebody hands in, read as rows of the dataset: JSON Lines, ZIP, CSV.

Nothing of an archive is ever written to a disk, so no name in it leads anywhere.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from recruitment.dataset import FILES, File, Report, parsed
from recruitment.tables import figure_rows

MEGABYTE = 1_000_000
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 100 * MEGABYTE
MOST_FILES = 50  # in an archive, with what computers put beside ours
FIGURES = "figures"
# What a Mac adds to every archive.
LITTER = ("__MACOSX/", ".DS_Store")
type_numbered = Mapping[str, Iterable[tuple[int, Any]]]
_files = {file.name: file for file in FILES}


class UploadError(ValueError):
    """A file that cannot be read at all, in words for whoever handed it in."""


def read_upload(
    name: str, content: bytes, chosen: str, report: Report
) -> dict[str, list[tuple[int, Any]]]:
    """Give the rows by the name of their file, each with its line.

    `chosen` names the file of the dataset where the upload's own name does not. A line
    that is no row is refused in the report; a file that is none raises UploadError.
    """
    if not content:
        raise UploadError("The file is empty.")
    if len(content) > MOST_BYTES:
        size = f"{len(content) / MEGABYTE:,.1f}"
        raise UploadError(
            f"The file has {size} MB; at most {MOST_BYTES // MEGABYTE} are taken."
            " Hand it in as a ZIP, or in parts."
        )
    kind = PurePosixPath(name.lower()).suffix
    if kind == ".zip" or content.startswith(b"PK\x03\x04"):
        return {
            name: _lines(member, data, _files[name], report)
            for name, (member, data) in _unpacked(content).items()
        }
    if kind == ".csv":
        return {FIGURES: figure_rows(_text(name, content), report)}
    if kind in (".jsonl", ".ndjson"):
        file = _file_of(name, chosen)
        return {file.name: _lines(name, content, file, report)}
    raise UploadError(
        f"{name} is none of .jsonl, .csv and .zip. Name it by what it holds."
    )


def _file_of(name: str, chosen: str) -> File:
    wanted = chosen or PurePosixPath(name).stem
    if wanted not in _files:
        known = ", ".join(_files)
        raise UploadError(
            f"{name} is not named as a file of the dataset: say which it is of {known}."
        )
    return _files[wanted]


def _text(name: str, content: bytes) -> str:
    """Decode; say of the first fault on which line it is."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UploadError(f"{name} is written as UTF-16: save it as UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UploadError(
            f"{name} is not written as UTF-8 (line {line}): save it as UTF-8."
        ) from error
    if "\0" in text:
        raise UploadError(f"{name} is no text: it holds a NUL character.")
    return text


def _lines(
    name: str, content: bytes, file: File, report: Report
) -> list[tuple[int, Any]]:
    lines = _text(name, content).encode().splitlines()
    if not lines:
        report.refuse(file.name, 1, None, "the file is empty")
    return list(parsed(lines, file, report))


def _unpacked(content: bytes) -> dict[str, tuple[str, bytes]]:
    """Give the bytes of each of our files in an archive, and what it is called there."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = _members(archive)
            return {
                name: (member.filename, archive.read(member))
                for name, member in members.items()
            }
    except (BadZipFile, zlib.error, EOFError) as error:
        raise UploadError("The file is no ZIP archive, or a damaged one.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise UploadError(
            "The archive is packed in a way that is not read here: use plain ZIP."
        ) from error


def _members(archive: ZipFile) -> dict[str, ZipInfo]:
    every = [one for one in archive.infolist() if not one.is_dir()]
    if len(every) > MOST_FILES:
        raise UploadError(
            f"The archive holds {len(every):,} files; at most {MOST_FILES} are taken."
        )
    # Reading stops where the size that is stated here is reached.
    if sum(one.file_size for one in every) > MOST_UNPACKED:
        raise UploadError(
            f"Unpacked, the archive has more than {MOST_UNPACKED // MEGABYTE} MB."
        )
    found: dict[str, ZipInfo] = {}
    for member in every:
        name = member.filename
        path = PurePosixPath(name)
        if name.startswith(LITTER[0]) or path.name == LITTER[1]:
            continue
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            raise UploadError(f"The archive names a file “{name}”, outside of itself.")
        if member.flag_bits & 1:
            raise UploadError("The archive is locked with a password.")
        if path.suffix.lower() != ".jsonl" or path.stem not in _files:
            known = ", ".join(f"{one}.jsonl" for one in _files)
            raise UploadError(
                f"The archive holds {name}, which is no file of the dataset: {known}."
            )
        if path.stem in found:
            raise UploadError(f"The archive holds {path.name} twice.")
        found[path.stem] = member
    if not found:
        raise UploadError("The archive holds no file.")
    return found
