"""What kind of file some bytes are, by what they begin with rather than by their name."""

from __future__ import annotations

import re
from typing import Literal

from recruitment.texts.refusing import UnreadableError

type_kind = Literal["text", "html", "pdf"]

OTHER_FILES = (
    (b"PK\x03\x04", "a ZIP archive or an office document (.docx, .xlsx, .odt, .epub)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (.doc, .xls)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or a recording (RIFF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
BEGINNING = 2_048  # bytes that are looked at
PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
TAG = re.compile(rb"<(?:p|div|span|a|br|h[1-6]|article|table|ul|li)\b", re.IGNORECASE)
WEB_ARCHIVE = re.compile(rb"^Content-Type:\s*multipart/", re.IGNORECASE | re.MULTILINE)


def kind_of(content: bytes, *, name: str = "", content_type: str = "") -> type_kind:
    """Tell text, HTML and PDF apart; refuse what is none of them by its right name."""
    # In UTF-16 every other byte of a tag is a null.
    beginning = content[:BEGINNING]
    markup = beginning.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if b"%PDF-" in beginning[:1_024]:
        return "pdf"
    for signature, what in OTHER_FILES:
        if content.startswith(signature):
            raise UnreadableError(
                f"This is {what}. Nothing in it was opened. Save the article as plain "
                "text, HTML or PDF, or paste its text."
            )
    if beginning[257:262] == b"ustar":
        raise UnreadableError("This is a tar archive. Hand in one article at a time.")
    if WEB_ARCHIVE.search(markup):
        raise UnreadableError(
            "This is a web archive (.mhtml). Save the page as HTML only, or paste its "
            "text."
        )
    says_pdf = name.lower().endswith(".pdf") or "pdf" in content_type
    if says_pdf:
        raise UnreadableError(
            "This file calls itself a PDF but does not begin like one."
        )
    says_html = (
        name.lower().endswith((".html", ".htm", ".xhtml")) or "html" in content_type
    )
    if markup.startswith(b"<") and PAGE.search(markup):
        return "html"
    return "html" if says_html and TAG.search(content.replace(b"\x00", b"")) else "text"
