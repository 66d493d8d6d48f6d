"""Reads the lexicon: the words behind the rules, one TOML file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from recruitment.extraction.phrases import Match, Phrases
from recruitment.extraction.tokens import Token, folded

FOLDER = Path(__file__).parent / "lexicon"
LANGUAGES = ("en", "uk", "ru", "es", "fr")


class Words:
    """The lexicon of one language; its lists become phrases when first asked for."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.file: dict[str, dict[str, str]] = read(language)
        self._phrases: dict[str, Phrases[str]] = {}

    def section(self, name: str) -> Phrases[str]:
        """Give all lists of a section as phrases that know their list's name.

        A section or a list that the language's file does not have is a KeyError; one
        for which a language has no words is there, and empty.
        """
        if name not in self._phrases:
            lists = {key: split(written) for key, written in self.file[name].items()}
            self._phrases[name] = Phrases.read(lists)
        return self._phrases[name]

    def list(self, section: str, key: str) -> Phrases[str]:
        """Give one list of a section as phrases."""
        name = f"{section}.{key}"
        if name not in self._phrases:
            self._phrases[name] = Phrases.read({key: split(self.file[section][key])})
        return self._phrases[name]

    def at(
        self, section: str, key: str, tokens: Sequence[Token], place: int
    ) -> Match[str] | None:
        """Give the phrase of a list that begins at a token, if there is one."""
        if 0 <= place < len(tokens):
            return self.list(section, key).at(tokens, place)
        return None

    @cached_property
    def numbers(self) -> dict[str, float]:
        """Give the values of number words."""
        return _values(self.file["numbers"])

    @cached_property
    def scales(self) -> dict[str, float]:
        """Give the values of words that multiply: dozen, thousand."""
        return _values(self.file["scales"])


@cache
def words(language: str) -> Words:
    return Words(language)


@cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def split(written: str) -> list[str]:
    return [phrase for part in written.split(",") if (phrase := part.strip())]


def _values(lists: dict[str, str]) -> dict[str, float]:
    return {
        folded(word): float(value)
        for value, written in lists.items()
        for word in split(written)
    }
