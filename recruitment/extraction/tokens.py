"""Texts as words, numbers and marks that know their place, in sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category, normalize

LETTER = r"[^\W\d_][\u0300-\u036f]?"
TOKEN = re.compile(
    # 12,000 · 12 000 (also with narrow spaces) · 12.000 · 12'000 · 2,5
    r"(?P<number>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)"
    r"|\d{1,3}(?:[.,'’]\d{3})+(?!\d)"
    r"|\d+(?:[.,]\d+)?)"
    # U.S. · l’ and qu’ before a word · Nepal · Шри-Ланка · п’ять
    r"|(?P<word>(?:[A-Z]\.){2,}"
    rf"|(?i:[dlnsjcmt]|qu|jusqu|lorsqu|puisqu)['’](?={LETTER})"
    rf"|(?:{LETTER})+(?:[-‑'’ʼ](?:{LETTER})+)*)"
    r"|(?P<mark>[^\w\s]|_)"
)
POSSESSIVE = re.compile(r"(?<=.)['’]s$", re.IGNORECASE)
APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‑": "-"})
ENDS = frozenset(".!?…")
CLOSING = frozenset("\"”’»)]'")
# A full stop behind one of these does not end a sentence.
ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "lt",
        "col",
        "maj",
        "sgt",
        "capt",
        "st",
        "no",
        "jan",
        "feb",
        "mar",
        "apr",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "sr",
        "sra",
        "gral",
        "cnel",
        "núm",
        "mm",
        "mme",
        "тыс",
        "тис",
        "млн",
        "млрд",
        "чел",
        "гг",
        "рр",
        "им",
        "ім",
        "см",
        "ст",
        "вул",
        "ул",
    ]
)
WIDEST_WRAPPED_LINE = 100
# What goes on for longer is a table or no prose, and is read in pieces: every step of the
# reading looks around in its sentence, so this keeps the whole linear.
LONGEST_SENTENCE = 150


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark: as written, as compared, and where it stands."""

    text: str
    folded: str
    start: int
    end: int
    kind: str

    @property
    def is_word(self) -> bool:
        return self.kind == "word"

    @property
    def is_capitalised(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of one sentence, and the number of the paragraph that it stands in."""

    tokens: tuple[Token, ...]
    paragraph: int

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


def folded(word: str) -> str:
    """Give a word as it is compared: without capitals, accents and kinds of apostrophe."""
    if word.isascii():
        return word.lower()
    plain = normalize("NFKD", word.casefold().translate(APOSTROPHES))
    return "".join(letter for letter in plain if category(letter)[0] != "M")


def tokens_of(text: str, start: int, end: int) -> Iterator[Token]:
    for match in TOKEN.finditer(text, start, end):
        kind = match.lastgroup or "mark"
        word, begin = match.group(), match.start()
        if kind == "word" and (tail := POSSESSIVE.search(word)):
            cut = tail.start()
            yield Token(word[:cut], folded(word[:cut]), begin, begin + cut, kind)
            yield Token(word[cut:], "'s", begin + cut, match.end(), kind)
            continue
        plain = folded(word)
        if kind == "word" and "." in plain:
            plain = plain.replace(".", "")
        yield Token(word, plain, begin, match.end(), kind)


def sentences_of(text: str) -> list[Sentence]:
    """Part a text into sentences; every token keeps its place in the whole text."""
    sentences = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        held: list[Token] = []
        tokens = list(tokens_of(text, start, end))
        for place, token in enumerate(tokens):
            held.append(token)
            if _ends_sentence(tokens, place) or len(held) == LONGEST_SENTENCE:
                sentences.append(Sentence(tuple(held), number))
                held = []
        if held:
            sentences.append(Sentence(tuple(held), number))
    return sentences


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give the paragraphs of a text: its lines, but where a line was only wrapped."""
    lines = [
        (match.start(), match.end(), match.group().strip())
        for match in re.finditer(r"[^\n\r\u2028\u2029]+", text)
    ]
    wrapped = _is_wrapped([line for _, _, line in lines], text)
    begin = finish = None
    for start, end, line in lines:
        gap = text[finish:start] if finish is not None else ""
        apart = gap.count("\n") > 1 or not line
        # A line that begins in the middle of a sentence goes on with the one before.
        joined = not apart and (wrapped or line[:1].islower())
        if begin is not None and finish is not None and not joined:
            yield begin, finish
            begin = None
        if line:
            begin = start if begin is None else begin
            finish = end
    if begin is not None and finish is not None:
        yield begin, finish


def _is_wrapped(lines: list[str], text: str) -> bool:
    """Whether lines end where the column ends: none is long, few end a sentence."""
    full = [line for line in lines if line]
    if len(full) < 4 or max(map(len, full)) > WIDEST_WRAPPED_LINE:
        return False
    long = [line for line in full if len(line) > 50]
    ended = sum(line.rstrip('"”’»)')[-1:] in ENDS for line in long)
    return len(long) * 2 > len(full) and ended * 2 < len(long)


def _ends_sentence(tokens: list[Token], place: int) -> bool:
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if following is None or following.start == token.end:
        return False
    last = place
    while last and tokens[last].text in CLOSING:
        last -= 1
    if tokens[last].text not in ENDS:
        # U.S. at the end of a sentence keeps its stop for itself; so it goes on.
        return False
    if last and tokens[last].text == ".":
        before = tokens[last - 1]
        if before.folded in ABBREVIATIONS or (
            before.is_word and len(before.text) == 1 and before.text.isupper()
        ):
            return False
    return not (following.is_word and following.text[:1].islower())
