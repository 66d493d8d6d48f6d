"""Names of people, places and groups by which one report is told from another."""

from __future__ import annotations

import re
from collections.abc import Iterator

CAPITAL = "A-Z\u00c0-\u00de\u0401-\u042f\u0490"
NAME = re.compile(rf"(?<![\w.])[{CAPITAL}][\w'’]+(?:[ -][{CAPITAL}][\w'’-]+)+")
POSSESSIVE = re.compile(r"['’]s?$")
# Words of names that every report on this war holds; a name of these alone tells nothing.
WORDS = """
    a after also although an and as at because before but by despite during for from he
    her his if in it its of on or our she since so some that the their then there these
    they this those to under unlike until we when while who with
    affairs agency army chief defence defense deputy exteriores external foreign general
    government interior intelligence minister ministerio ministry ministère parliament
    prime president security service spokesman spokesperson spokeswoman staff state
    associated press post times journal news reuters street wall washington
    africa african america american asia asian central east eastern europe european
    global korea north northern south southern union united states nations kingdom west
    western middle latin sri lanka new delhi york moscow kyiv russia russian russians
    ukraine ukrainian ukrainians kremlin red cross human rights
    vladimir putin volodymyr zelensky zelenskyy zelenskiy donald trump narendra modi
    sergei sergey lavrov dmitry peskov andriy sybiha
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    владимир путин володимир путін зеленський зеленский россии россия росії росія украины
    украина україни україна министерство міністерство иностранных дел закордонних справ
    обороны оборони северной кореи північної кореї
"""
EVERYWHERE = frozenset(WORDS.split())


def names_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Give each name by its last two telling words, and where it stands."""
    for match in NAME.finditer(text):
        parts = [POSSESSIVE.sub("", part) for part in re.split("[ -]", match.group())]
        telling = [part.lower() for part in parts if part.lower() not in EVERYWHERE]
        if telling:
            yield " ".join(telling[-2:]), match.start(), match.end()
