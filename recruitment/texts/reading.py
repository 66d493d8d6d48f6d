"""From the bytes of a file, or of what was pasted, to its text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from recruitment.texts.decoding import decode
from recruitment.texts.fencing import parse_fenced
from recruitment.texts.kinds import kind_of, type_kind
from recruitment.texts.languages import language_of
from recruitment.texts.refusing import UnreadableError

MAX_BYTES = 10_000_000  # of a file
MAX_CHARACTERS = 2_000_000  # of its text
TITLE_LENGTH = 200
# What PostgreSQL cannot store, or no reader can see: controls and halves of letters.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was read; places in it are counted in characters of `text`."""

    text: str
    title: str | None
    author: str | None
    published: date | None
    language: str | None
    sha256: str
    kind: type_kind


def read_text(content: bytes, *, name: str = "", content_type: str = "") -> Text:
    """Read plain text, HTML or PDF; raise UnreadableError in words for an editor.

    `name` and `content_type` are what the file calls itself; its bytes have the last word.
    """
    if not content.strip():
        raise UnreadableError(
            "There is no text: the file, or what was pasted, is empty."
        )
    if len(content) > MAX_BYTES:
        raise UnreadableError(
            f"This file has {len(content) / 1e6:,.1f} MB; an article may have "
            f"{MAX_BYTES / 1e6:,.0f}. Hand in the article alone."
        )
    kind = kind_of(content, name=name, content_type=content_type)
    title = author = published = None
    if kind == "text":
        text = UNSTORABLE.sub("", with_plain_ends(decode(content)))
    else:
        page = decode(content).encode() if kind == "html" else content
        found = parse_fenced(kind, page)
        text = UNSTORABLE.sub("", found["text"])
        title, author, published = found["title"], found["author"], found["published"]
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(
            f"This text has {len(text):,} characters; an article may have "
            f"{MAX_CHARACTERS:,}."
        )
    if not any(map(str.isalnum, text)):
        raise UnreadableError("There is no text in this file: no letter and no digit.")
    return Text(
        text=text,
        title=clean(title) or first_line(text),
        author=clean(author),
        published=date.fromisoformat(published) if published else None,
        language=language_of(text),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        kind=kind,
    )


def with_plain_ends(text: str) -> str:
    """End every line with a newline alone, as forms and files differ in it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean(value: str | None) -> str | None:
    """Give a title or a name from a file's own data on one line, or None."""
    return " ".join(UNSTORABLE.sub("", value or "").split())[:TITLE_LENGTH] or None


def first_line(text: str) -> str | None:
    """Give a text's first line where it looks like a headline."""
    line = text.lstrip().split("\n", 1)[0].strip()
    return None if len(line) > TITLE_LENGTH or line.endswith(".") else line or None
