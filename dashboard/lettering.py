"""The fonts of pictures: how wide their text is, and what they cannot write."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from unicodedata import name

FOLDER = Path(__file__).with_name("fonts")
FONTS = sorted(str(path) for path in FOLDER.glob("*.ttf"))
SANS = "muster-sans-400"
SERIF = "muster-serif-600"
EM = 1000
# A long word, which is an address, is broken after one of these.
BREAKS = re.compile(r"(?<=[/?&,;])")


@cache
def _widths(font: str) -> Mapping[str, int]:
    measured = json.loads((FOLDER / "widths.json").read_text())[font]
    return {
        character: int(width)
        for width, characters in measured.items()
        for character in characters
    }


def width_of(text: str, size: float, font: str = SANS) -> float:
    """Measure a text, without kerning; a character that the font lacks counts an em."""
    widths = _widths(font)
    return sum(widths.get(character, EM) for character in text) * size / EM


def _pieces(word: str, width: float, size: float, font: str) -> list[str]:
    """Break a word that no line can hold."""
    if width_of(word, size, font) <= width:
        return [word]
    pieces = BREAKS.split(word)
    if any(width_of(piece, size, font) > width for piece in pieces):
        return list(word)
    return pieces


def wrapped(text: str, width: float, size: float, font: str = SANS) -> list[str]:
    """Break a text into lines."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for place, piece in enumerate(_pieces(word, width, size, font)):
            longer = line + piece if place or not line else f"{line} {piece}"
            if line and width_of(longer, size, font) > width:
                lines.append(line)
                longer = piece
            line = longer
    return [*lines, line] if line else lines


def balanced(text: str, width: float, size: float, font: str) -> list[str]:
    """Break a text into as few lines as it needs, of about the same length."""
    lines = wrapped(text, width, size, font)
    while len(lines) > 1:
        width -= size / 2
        narrower = wrapped(text, width, size, font)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _unknown_script(word: str) -> str:
    for character in word:
        if character.isalpha() and character not in _widths(SANS):
            script = name(character, "unknown").split()[0].split("-")[0]
            return "Han" if script == "CJK" else script.title()
    return ""


def legible(text: str) -> str:
    """Say in which script words stand that the fonts cannot write, instead of boxes."""
    words: list[str] = []
    for script, same in groupby(text.split(" "), _unknown_script):
        words += [f"[{script} script]"] if script else same
    return " ".join(words)
