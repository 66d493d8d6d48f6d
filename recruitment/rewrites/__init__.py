"""Recognises rewrites: texts that tell one report, word for word or not, in any language.

Numbers go first, since paraphrases and translations keep them; then names, quoted words
and runs of words. `fingerprints` says what is kept of a text, `comparing` how two are
weighed, `finding` which of many are the parents of one.
"""

from recruitment.rewrites.comparing import Comparison, compare
from recruitment.rewrites.finding import (
    LIKELY,
    Evidence,
    Known,
    Parent,
    find_among,
    find_parents,
)
from recruitment.rewrites.fingerprints import (
    Fingerprint,
    Mark,
    figure_value,
    fingerprint_of,
)

__all__ = [
    "LIKELY",
    "Comparison",
    "Evidence",
    "Fingerprint",
    "Known",
    "Mark",
    "Parent",
    "compare",
    "figure_value",
    "find_among",
    "find_parents",
    "fingerprint_of",
]
