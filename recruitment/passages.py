"""Checks citations against the articles that they were read from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from recruitment.models import Citation, Source


@dataclass(frozen=True)
class Check:
    """What became of one citation; `problem` is None where the passage holds."""

    citation: str
    problem: str | None


def verify_passages(directory: Path) -> Iterator[Check]:
    """Check every located citation against the texts in `directory`.

    A text is found by its SHA-256, whatever its file is called. Where it is not there,
    or a citation of a supplied article has no locator, that is a problem too.
    """
    files = (path.read_bytes() for path in directory.iterdir() if path.is_file())
    contents = {hashlib.sha256(content).hexdigest(): content for content in files}
    for source in Source.objects.exclude(text_sha256=None).order_by("slug"):
        content = contents.get(source.text_sha256 or "")
        text = None if content is None else content.decode()
        citations = source.citations.order_by("slug")
        if not citations:
            yield Check(source.slug, "nothing is cited from this article")
        for citation in citations:
            yield Check(citation.slug, problem(citation, text))
    stray = Citation.objects.filter(source__text_sha256=None, start__isnull=False)
    for citation in stray.order_by("slug"):
        yield Check(citation.slug, "has a locator, but its source has no text hash")


def problem(citation: Citation, text: str | None) -> str | None:
    """Say what is wrong with a citation's locator or hash; None if it holds."""
    if text is None:
        return "no text with the source's SHA-256 is in the folder"
    if citation.start is None or citation.end is None:
        return "has no locator"
    if citation.end > len(text):
        return f"ends at character {citation.end:,} of a text of {len(text):,}"
    found = paragraph_at(text, citation.start)
    if found != citation.paragraph:
        return f"lies in paragraph {found}, not {citation.paragraph}"
    passage = text[citation.start : citation.end]
    if hashlib.sha256(passage.encode()).hexdigest() != citation.passage_sha256:
        return "the words at its place have another SHA-256"
    return None


def paragraph_at(text: str, position: int) -> int:
    """Give the number, from 1, of the paragraph around a character."""
    lines = text[: position + 1].split("\n")
    return sum(1 for line in lines if line.strip())
