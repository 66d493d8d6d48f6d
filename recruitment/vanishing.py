"""How a page that is gone looks where the server says that all is well."""

# ruff: noqa: RUF001  # Cyrillic is meant
from __future__ import annotations

import re
from urllib.parse import urlsplit

from recruitment.searching import folded

# Of the whole site, or of one of its languages.
FRONT_PAGE = re.compile(r"/?([a-z]{2}(-[a-z]{2})?/?)?(index\.\w+)?", re.IGNORECASE)
BEGINNING = 300  # folded characters in which a page says that it is not there
NOT_FOUND = re.compile(  # folded
    r"\bpage (\w+ ){0,5}?(not|t|no longer) (be )?(found|available|exist)"
    r"|\b(article|story) (\w+ ){0,2}?(not|t|no longer) (be )?(found|available|exist)"
    r"|\berror 404\b|\b404 (error|not found|page)\b|\b(seite|artikel) nicht gefunden"
    r"|\bpagina (no encontrada|nao encontrada)|\bpage (introuvable|non trouvee)"
    r"|\bстраница (\w+ )?не (наидена|существует)|\bсторінк[уа] не (знаиден|існує)"
)


def became_front_page(asked: str, url: str) -> bool:
    """Say whether the address of an article has become that of a front page."""
    return _is_front_page(url) and not _is_front_page(asked)


def says_not_found(title: str, text: str) -> bool:
    """Say whether a page tells, in its title or at once, that there is no such page."""
    beginning = f"{folded(title)} {folded(text)[:BEGINNING]}"
    return NOT_FOUND.search(beginning) is not None


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and FRONT_PAGE.fullmatch(parts.path) is not None
