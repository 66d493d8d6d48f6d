"""Tells which of the five languages a sentence is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from recruitment.extraction.tokens import Sentence
from recruitment.extraction.words import LANGUAGES

# Short words that are frequent in one of the languages and rare in the others.
FREQUENT = {
    "en": "the of and to in that is was were for with on as by have has been said from at are",
    "es": "el los las del y que en una por con para se como mas han fue segun son al ha un su",
    "fr": "le les des et que dans une pour par avec sur est du ont au selon qui aux sont en d l",
    "ru": "и в на не что из по с был были как их за это для от уже более также его около",
    "uk": "і в у на не що з та по були як їх за це для від вже понад також його близько із",
}
UKRAINIAN = frozenset("іїєґ")
RUSSIAN = frozenset("ыэъё")
SPOKEN = {
    word: [language for language, words in FREQUENT.items() if word in words.split()]
    for written in FREQUENT.values()
    for word in written.split()
}
SHORTEST_TELLING = 5  # tokens
CLEAR = 3  # frequent words that one language must be ahead by to overrule the text's


def languages_of(sentences: Sequence[Sentence], language: str | None) -> list[str]:
    """Give each sentence's language: the text's, unless it clearly is in another."""
    counts = [_counts(sentence) for sentence in sentences]
    if language in LANGUAGES:
        main = language
    else:
        whole = sum(counts, Counter[str]())
        main = max(LANGUAGES, key=lambda one: whole[one])
    return [_language(count, main) for count in counts]


def _counts(sentence: Sentence) -> Counter[str]:
    found: Counter[str] = Counter()
    for token in sentence.tokens:
        if token.is_word:
            word = token.text.lower()
            found.update(SPOKEN.get(word, ()))
            if not word.isascii():
                found["uk"] += 2 * (not UKRAINIAN.isdisjoint(word))
                found["ru"] += 2 * (not RUSSIAN.isdisjoint(word))
    if (found["ru"] or found["uk"]) and len(sentence.tokens) >= SHORTEST_TELLING:
        # Ukrainian seldom gets through a sentence without one of its own letters.
        own = (token.text.lower() for token in sentence.tokens)
        found["ru"] += all(UKRAINIAN.isdisjoint(word) for word in own)
    return found


def _language(count: Counter[str], main: str) -> str:
    best = max(LANGUAGES, key=lambda one: count[one])
    return best if count[best] >= count[main] + CLEAR else main
