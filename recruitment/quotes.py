"""Whether the words that were read on a page are still there."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from recruitment.searching import folded

# Folded characters that may lie where a quotation leaves words out.
LEFT_OUT = 500
GAP = re.compile(r"\.\.+|…|\[\s*(?:\.\.+|…)\s*\]")
# Marks that show where a line may break, and an editor's brackets within a word.
UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\\[\\]]")
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*(?![.,]?\d)")
WORD_START = re.compile(r"(?<!\S)\S")


@dataclass(frozen=True)
class Quote:
    """What is cited from a page: the words, or the hash of the passage, or both."""

    citation: str
    wording: str | None = None
    passage_length: int | None = None
    passage_sha256: str | None = None


@dataclass(frozen=True)
class Found:
    """Which citations have their words on a page; of some, nothing can be said."""

    found: tuple[str, ...]
    missing: tuple[str, ...]


def look_for(quotes: Iterable[Quote], text: str) -> Found:
    """Look for quotations in the text of a page, by their words or by their hash.

    A hash that is nowhere proves nothing: a comma set otherwise changes it too.
    """
    page = _plain(text)
    found, missing = [], []
    for quote in quotes:
        pieces = _pieces(quote.wording or "")
        if (pieces and _in_order(pieces, page)) or _holds_passage(text, quote):
            found.append(quote.citation)
        elif pieces:
            missing.append(quote.citation)
    return Found(tuple(found), tuple(missing))


def _plain(text: str) -> str:
    """Give words alone, and 9,900 as 9900, so that only a change of words is one."""
    seen = UNSEEN.sub("", text)
    return folded(GROUPED.sub(lambda number: re.sub(r"\D", "", number[0]), seen))


def _pieces(wording: str) -> list[re.Pattern[str]]:
    """Part a wording where it leaves words out; no number is found within another."""
    plain = (_plain(piece) for piece in GAP.split(wording))
    return [re.compile(rf"(?<!\d){re.escape(piece)}(?!\d)") for piece in plain if piece]


def _in_order(pieces: list[re.Pattern[str]], page: str) -> bool:
    """Say whether the pieces stand one after the other, with little left out between."""
    first, *others = pieces
    ends = [piece.end() for piece in first.finditer(page)]
    for other in others:
        ends = [
            piece.end()
            for piece in other.finditer(page)
            if (before := bisect(ends, piece.start()))
            and piece.start() - ends[before - 1] <= LEFT_OUT
        ]
    return bool(ends)


def _holds_passage(text: str, quote: Quote) -> bool:
    """Say whether the very passage stands anywhere in the text, from a word's start."""
    if not quote.passage_length:
        return False
    return any(
        hashlib.sha256(
            text[start.start() : start.start() + quote.passage_length].encode()
        ).hexdigest()
        == quote.passage_sha256
        for start in WORD_START.finditer(text)
    )
