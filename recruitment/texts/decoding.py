"""Bytes to characters: the encoding is recognised or refused, never guessed in silence.

What a page says of its own encoding is not asked: it is often wrong, and the bytes tell.
"""

from __future__ import annotations

import codecs
import re

from recruitment.texts.languages import likeliest
from recruitment.texts.refusing import UnreadableError

MARKS = (
    (codecs.BOM_UTF8, "utf_8_sig"),
    (codecs.BOM_UTF32_LE, "utf_32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
# Encodings of one byte a letter, and the languages that are written in them. Any bytes
# are letters in several of these, so one is taken only where the letters then read as a
# language that is written so. Latin-1 is a part of cp1252, KOI8-R nearly one of KOI8-U.
WESTERN = {"ca", "da", "de", "en", "es", "fi", "fr", "is", "it", "nl", "no", "pt", "sv"}
CENTRAL = {"cs", "hr", "hu", "pl", "ro", "sk", "sl"}
CYRILLIC = {"be", "bg", "kk", "ky", "mk", "ru", "sr", "tg", "uk"}
LEGACY = {
    "cp1251": CYRILLIC,
    "koi8_u": {"ru", "uk"},
    "cp866": {"be", "ru", "uk"},
    "iso8859_5": CYRILLIC,
    "mac_cyrillic": CYRILLIC,
    "cp1252": WESTERN,
    "cp1250": CENTRAL,
    "iso8859_2": CENTRAL,
    "cp1254": {"tr"},
    "cp1256": {"ar", "fa", "ur"},
}
SAMPLE = 20_000  # bytes or characters that are looked at
SHORT = 30  # bytes that tell nothing
ENOUGH = 0.5  # how well the best reading must read
WORD = re.compile(r"[^\s\d\x00-\x40\[-`{-\x7f\u2010-\u203a«»\xa0]+")
NOT_ASCII = re.compile(r"[^\x00-\x7f]{2,}")
ACCENTS_ALONE = re.compile(r"[À-ÿ]{4,}")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")

UNKNOWN = (
    "The encoding of this file could not be recognised. Open it where it reads well, "
    "save it as UTF-8, and hand it in again."
)
GARBLED = (
    "The letters of this text were garbled before it came here: somebody read it in the "
    "wrong encoding. Take it from the original page."
)
DAMAGED = "This file says which Unicode encoding it is in, but is damaged."
NOT_TEXT = (
    "This is not text, whatever its name says: it holds bytes that no text has. "
    "Hand in plain text, HTML or PDF."
)


def decode(content: bytes) -> str:
    """Give the characters of a text; refuse bytes that are none, or garbled ones."""
    text = _decoded(content)
    if _is_garbled(text[:SAMPLE]):
        raise UnreadableError(GARBLED)
    if len(CONTROLS.findall(text[:SAMPLE])) * 1_000 > len(text[:SAMPLE]):
        raise UnreadableError(NOT_TEXT)
    return text


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError(DAMAGED) from error
    if content.count(0) * 1_000 > len(content):
        return _wide(content)
    content = content.replace(b"\x00", b"")
    text = content.decode(errors="replace")
    broken = text.count("\ufffd")
    # A page in UTF-8 with a broken letter or two stays one; these remain visible.
    if broken * 11 <= sum(character > "\x7f" for character in text):
        return text
    return content.decode(_legacy(content))


def _wide(content: bytes) -> str:
    """Decode UTF-16 that lacks its mark; no other text holds many nulls."""
    for encoding in ("utf_16_le", "utf_16_be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if likeliest(text[:SAMPLE])[1] >= ENOUGH and not CONTROLS.search(text):
            return text
    raise UnreadableError(NOT_TEXT)


def _legacy(content: bytes) -> str:
    """Name the encoding in which the bytes read best as a language written in it."""
    if len(content) < SHORT:
        raise UnreadableError(UNKNOWN)
    best, chosen = ENOUGH, None
    for encoding, languages in LEGACY.items():
        try:
            text = content.decode(encoding)[:SAMPLE]
        except UnicodeDecodeError:
            continue
        language, share = likeliest(text)
        reads = share * _share_of_ordinary(text)
        if language in languages and reads > best and not CONTROLS.search(text):
            best, chosen = reads, encoding
    if chosen is None:
        raise UnreadableError(UNKNOWN)
    return chosen


def _share_of_ordinary(text: str) -> float:
    """Say how many words with other than ASCII letters look like words.

    Letters that were decoded wrongly change case within a word, or are no letters.
    """
    words = [word for word in WORD.findall(text) if not word.isascii()]
    ordinary = sum(
        word.isalpha() and word in (word.lower(), word.upper(), word.capitalize())
        for word in words
    )
    return ordinary / len(words) if words else 1.0


def _is_garbled(text: str) -> bool:
    """Say whether most letters beyond ASCII are another encoding's, read wrongly."""
    runs = NOT_ASCII.findall(text)
    hidden = sum(_hides_utf8(run) for run in runs)
    if hidden >= 3 and hidden * 2 >= len(runs):
        return True
    # Cyrillic in one byte a letter, read as Western: words of accented letters alone.
    accented = len(ACCENTS_ALONE.findall(text))
    return accented >= 3 and accented * 3 >= len(text.split())


def _hides_utf8(run: str) -> bool:
    """Say whether the letters are those of UTF-8 that was read as one byte a letter."""
    for encoding in ("cp1252", "cp1251"):
        try:
            # What cp1252 leaves undefined, browsers take as Latin-1.
            letters = [
                character.encode("latin_1" if character < "\xa0" else encoding)
                for character in run
            ]
            b"".join(letters).decode()
        except UnicodeError:
            continue
        return True
    return False
