"""What a reader may type to find a row: words without accents, capitals and marks.

A row keeps its terms as one text, `| npl | nepal | непал |`, made here for every database
alike: SQLite folds only ASCII, and PostgreSQL's folding hangs on its collation.
"""

# ruff: noqa: RUF001  # Cyrillic is meant
from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, normalize
from urllib.parse import urlsplit

MOST_WORDS = 10
# Letters that Unicode does not take apart into a plain letter and a mark.
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
# Other names of one thing, folded: whoever is found by one is found by all.
SAME = (
    ("hur", "gur", "гур", "main directorate of intelligence"),
    ("sbu", "сбу", "security service of ukraine"),
    ("fsb", "фсб", "federal security service"),
    ("prisoner of war", "prisoners of war", "pow", "pows"),
    ("ministry of defence", "defence ministry", "ministry of defense", "mod"),
    ("defence", "defense"),
    ("kyiv", "kiev"),
    ("united kingdom", "uk", "britain", "great britain"),
    ("united states", "usa"),
    ("north korea", "dprk"),
    ("south korea", "rok"),
    ("cote d ivoire", "ivory coast"),
    ("congo kinshasa", "drc", "democratic republic of the congo"),
    ("turkiye", "turkey"),
    ("czechia", "czech republic"),
    ("myanmar", "myanmar burma", "burma"),
)
WORD = re.compile(r"[^\W_]+")
CAPITAL = re.compile(r"\b[A-Z]")


def folded(text: str) -> str:
    """Give the words of a text, parted by single spaces, as search compares them."""
    plain = normalize("NFKD", normalize("NFKD", text).casefold())
    letters = "".join(letter for letter in plain if category(letter)[0] != "M")
    return " ".join(WORD.findall(letters.translate(LETTERS)))


def words_of(asked: str) -> list[str]:
    """Give the words that were asked for; ValueError says what is wrong with them."""
    words = list(dict.fromkeys(folded(asked).split()))
    if not words:
        raise ValueError("Give a word to search for.")
    if len(words) > MOST_WORDS:
        raise ValueError(f"Give {MOST_WORDS} words at most.")
    return words


def beginning(word: str) -> str:
    """Give what stands in the text of a row where a word of it begins so.

    A word of one or two letters is whole: UK is no beginning of Ukraine.
    """
    return f" {word} " if len(word) < 3 else f" {word}"


def search_text(terms: Iterable[str | None]) -> str:
    """Join the folded terms of a row, and the other names of what they name."""
    known = list(dict.fromkeys(filter(None, map(folded, filter(None, terms)))))
    text = _joined(known)
    others = [name for same in SAME if _holds(text, same) for name in same]
    return _joined(dict.fromkeys([*known, *others]))


def host(url: str | None) -> str | None:
    """Give the host of an address, by which readers name a page."""
    return urlsplit(url).hostname if url else None


def initials(name: str) -> str | None:
    """Give the capitals of a name of three words or more: ISW, CBII."""
    found = "".join(CAPITAL.findall(name.partition("(")[0]))
    return found if len(found) > 2 else None


def _joined(terms: Iterable[str]) -> str:
    return "".join(f"| {term} " for term in terms) + "|"


def _holds(text: str, names: Iterable[str]) -> bool:
    return any(f" {name} " in text for name in names)
