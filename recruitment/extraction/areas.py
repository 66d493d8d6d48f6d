"""Finds countries and groups: by name, adjective, demonym, capital."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import pycountry
from babel import Locale
from countryinfo import CountryInfo

from recruitment.extraction.phrases import Phrases
from recruitment.extraction.tokens import Token
from recruitment.extraction.words import read, split, words

Kind = Literal["name", "capital"]
PARTIES = frozenset({"RUS", "UKR"})
FOREIGN = "FOREIGN"
CYRILLIC = frozenset({"uk", "ru"})
VOWELS = "аяоеуюиіїйьы"
SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Area:
    """A country or group that tokens `start` to `end` name, or stand for."""

    start: int
    end: int
    code: str
    kind: Kind

    @property
    def is_party(self) -> bool:
        return self.code in PARTIES


def areas_in(tokens: Sequence[Token], language: str) -> list[Area]:
    """Give the countries and groups of a sentence, from left to right."""
    names, small, masks = _phrases(language)
    found = []
    place = 0
    while place < len(tokens):
        if mask := masks.at(tokens, place):
            place = mask.end
            continue
        match = names.at(tokens, place) or small.at(tokens, place)
        if match and not _is_money(tokens, match.end):
            code, _, kind = match.value.partition(" ")
            found.append(
                Area(match.start, match.end, code, "capital" if kind else "name")
            )
        place = match.end if match else place + 1
    return found


def _is_money(tokens: Sequence[Token], place: int) -> bool:
    """Whether a mark of money is glued to a name: US$300."""
    return (
        place < len(tokens)
        and tokens[place].text == "$"
        and tokens[place].start == tokens[place - 1].end
    )


@cache
def _phrases(language: str) -> tuple[Phrases[str], Phrases[str], Phrases[str]]:
    """Give the names, those that need no capital, and what only looks like a name."""
    lists = {}
    curated = read("areas")
    for code, written in curated.items():
        names, _, capitals = written[language].partition("|")
        lists[code] = split(names)
        lists[f"{code} capital"] = split(capitals)
    for country in pycountry.countries:
        if country.alpha_3 not in curated:
            lists[country.alpha_3] = _from_cldr(country.alpha_2, language)
    lexicon = words(language)
    masks = Phrases.read({"ignored": split(lexicon.file["areas"]["ignored"])})
    for outlet in split(lexicon.file["claimants"]["outlets"]):
        masks.add(outlet, "ignored")
    small = Phrases[str]()
    for phrase in split(lexicon.file["areas"].get("small", "")):
        small.add(phrase, FOREIGN)
    for phrase in lists["NATURALISED"]:
        small.add(phrase, "NATURALISED")
    return Phrases.read(lists, capitalised=language == "en"), small, masks


def _from_cldr(iso2: str, language: str) -> list[str]:
    """Give the name of a country outside the curated list, with its English demonym."""
    name = Locale(language).territories.get(iso2, "")
    spelled = (
        name.replace("’", " ").replace("(", " ").replace(")", " ").replace("&", " ")
    )
    parts = spelled.split()
    if not parts or len(name) < SHORTEST_NAME:
        return []
    if language in CYRILLIC:
        # The last word is inflected: Эквадор, Эквадора; Эритрея, Эритреи.
        stem = parts[-1].rstrip(VOWELS)
        if len(stem) >= SHORTEST_NAME:
            parts[-1] = f"{stem}*"
    names = [" ".join(parts)]
    if language == "en":
        try:
            demonym = CountryInfo(iso2).info().get("demonym") or ""
        except (KeyError, ValueError):
            demonym = ""
        if demonym and demonym.isascii():
            names += [demonym, f"{demonym}s"]
    return names
