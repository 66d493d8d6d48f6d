"""Takes the text out of HTML and PDF: run by `fencing`, in a process that may be killed.

    python -m recruitment.texts.parsing html|pdf SECONDS MEGABYTES < file

writes one JSON object: text, title, author and day of publication, or a problem in words.
Nothing in a file is executed, and nothing that it names is loaded.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
from typing import Any

BOUNDS = (resource.RLIMIT_CPU, resource.RLIMIT_AS)
SENTENCE_ENDS = (".", "!", "?", ":", ";", "”", "»", '"', "…")
TABLE_RULE = re.compile(r"[-|]*")  # under a table's head; and empty lines
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
BLANKS = re.compile(r"[ \t\xa0]+")


class ProblemError(Exception):
    """Carries a problem in words to the process that asked."""


def parse_html(content: bytes) -> dict[str, Any]:
    """Take a page's article: paragraphs, lists, tables and captions, without its frame."""
    import trafilatura
    from lxml import html
    from trafilatura.settings import Document

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = html.document_fromstring(content, parser=parser)
    # One control character anywhere, and trafilatura gives the whole page up.
    for element in tree.iter():
        element.text = element.text and CONTROLS.sub("", element.text)
        element.tail = element.tail and CONTROLS.sub("", element.tail)
    # Captions and side bars hold figures, and would be left out with the pictures.
    for element in tree.xpath("//figure | //article//aside"):
        element.tag = "div"
    for caption in tree.iter("figcaption"):
        caption.tag = "p"
    found = trafilatura.bare_extraction(
        tree,
        favor_recall=True,
        include_comments=False,
        with_metadata=True,
        # The page's own statements only: a guessed day is worse than none.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(found, Document) or not found.text:
        raise ProblemError(
            "No article was found in this page. If you see one, paste its text."
        )
    lines = [line.strip(" |") for line in found.text.splitlines()]
    lines = [line for line in lines if not TABLE_RULE.fullmatch(line)]
    title = found.title or None
    if title and title not in lines[:3]:
        lines.insert(0, title)  # headlines hold figures, too
    return {
        "text": "\n".join(lines),
        "title": title,
        "author": found.author or None,
        "published": found.date or None,
    }


def parse_pdf(content: bytes) -> dict[str, Any]:
    """Take the text of a PDF, page by page, its lines joined to paragraphs."""
    import pypdf
    from pypdf.errors import LimitReachedError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ProblemError("This PDF is locked with a password.")
        pages = [paragraphs(page.extract_text()) for page in reader.pages]
        data = reader.metadata
        title, author = (data.title, data.author) if data else (None, None)
    except pypdf.errors.DependencyError as error:
        raise ProblemError(
            "This PDF is encrypted. Print it to a new PDF, or paste its text."
        ) from error
    except LimitReachedError as error:
        raise ProblemError(
            "This PDF unpacks to more than an article ever holds, and was left packed."
        ) from error
    except (ProblemError, MemoryError):
        raise
    except Exception as error:
        # A damaged file can fail anywhere in the library.
        raise ProblemError(
            "This PDF is damaged. Print it to a new PDF, or paste its text."
        ) from error
    text = "\n".join(page for page in pages if page)
    if sum(character.isalpha() for character in text) < 20:
        raise ProblemError(
            "This PDF holds no text; it is probably a scan. Paste the text, or have its "
            "letters recognised first."
        )
    return {"text": text, "title": title, "author": author, "published": None}


def paragraphs(page: str) -> str:
    """Join the lines that were broken for the page's width; short lines stay."""
    lines = [BLANKS.sub(" ", line).strip() for line in page.splitlines()]
    width = max(map(len, lines), default=0)
    joined: list[str] = []
    is_open = False
    for line in lines:
        if is_open and line:
            last = joined.pop()
            hyphenated = last.endswith("-") and line[0].islower()
            joined.append(last[:-1] + line if hyphenated else f"{last} {line}")
        elif line:
            joined.append(line)
        is_open = len(line) > width * 2 / 3 and not line.endswith(SENTENCE_ENDS)
    return "\n".join(joined)


def main(kind: str, seconds: str, megabytes: str) -> None:
    bounds = (int(seconds), int(megabytes) * 1_000_000)
    for which, bound in zip(BOUNDS, bounds, strict=True):
        resource.setrlimit(which, (bound, bound))
    parse = {"html": parse_html, "pdf": parse_pdf}[kind]
    try:
        found = parse(sys.stdin.buffer.read())
    except ProblemError as error:
        found = {"problem": str(error)}
    except (MemoryError, RecursionError):
        found = {
            "problem": "This file needs more memory to read than an article should."
        }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
