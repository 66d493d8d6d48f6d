"""Words that may be a person's name, so that somebody looks before they go out.

Pure, and a warning only: capitals are all that there is to go by. What the record knows as
names of countries, offices and outlets is left out by whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from recruitment.searching import folded

WORD = re.compile(r"[^\W\d_][\w’'-]*")
# Between the parts of a name there is a space, or the full stop of an initial.
BETWEEN = re.compile(r"\s+|\.\s*")
PARTICLES = frozenset(
    {"al", "bin", "de", "del", "den", "der", "el", "ibn", "la", "van"}
)
HONORIFICS = frozenset(
    {"mr", "mrs", "ms", "dr", "sgt", "pte", "cpl", "lt", "capt", "private", "sergeant"}
    | {"рядовой", "сержант", "лейтенант", "капитан", "гражданин", "солдат"}
)
# Capitalised in English, and nobody's name.
CALENDAR = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august"}
    | {"september", "october", "november", "december"}
    | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
# Capitalised at the beginning of a headline, or in the name of a thing.
ORDINARY = frozenset(
    {"a", "an", "the", "how", "more", "than", "several", "over", "against", "based"}
    | {"airborne", "language", "red", "soviet", "war"}
)
NO_NAMES = CALENDAR | ORDINARY
# What ends in one of these is an office, a place or a unit.
THINGS = frozenset(
    {"agency", "army", "battalion", "brigade", "city", "committee", "council"}
    | {"court", "district", "division", "general", "legion", "minister", "ministry"}
    | {"oblast", "office", "police", "province", "region", "republic", "river"}
    | {"secretary", "service", "telegram", "union", "unit"}
)
MOST_WORDS = 5  # a longer run is a headline
type_run = list[re.Match[str]]


def possible_names(text: str, known: Collection[str]) -> list[str]:
    """Give the runs of words that may name a person, in the order of the text.

    `known` holds folded words that name no person: those of countries and of offices. The
    first word of a sentence has its capital anyway, and does not count by itself.
    """
    return list(dict.fromkeys(_found(text, known)))


def _found(text: str, known: Collection[str]) -> Iterator[str]:
    for run in _runs(text):
        words = [match[0] for match in run]
        is_titled = words[0].lower() in HONORIFICS
        if is_titled or (_starts_a_sentence(text, run[0]) and len(words) > 2):
            words = words[1:]
        if len(words) > MOST_WORDS or words[-1].lower() in THINGS:
            continue
        strange = [word for word in words if not _is_known(word, known)]
        if len(strange) > (0 if is_titled else 1):
            yield " ".join(words)


def _runs(text: str) -> Iterator[type_run]:
    """Give the runs of capitalised words; an honorific begins one, whatever its letters."""
    run: type_run = []
    end = 0
    for match in WORD.finditer(text):
        is_joined = BETWEEN.fullmatch(text[end : match.start()]) and (
            text[end : match.start()].isspace() or len(run[-1][0]) == 1
            if run
            else False
        )
        if not is_joined:
            yield from _ended(run)
            run = []
        is_title = match[0].lower() in HONORIFICS
        if match[0][0].isupper() or is_title or (run and match[0] in PARTICLES):
            run.append(match)
        else:
            yield from _ended(run)
            run = []
        end = match.end()
        if is_title and text[end : end + 1] == ".":
            end += 1
    yield from _ended(run)


def _ended(run: type_run) -> Iterator[type_run]:
    """Give a run without the particles that it ends in, if more than a word is left."""
    while run and run[-1][0] in PARTICLES:
        run = run[:-1]
    if len(run) > 1:
        yield run


def _starts_a_sentence(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].rstrip(' “”"»«(—–-')
    return not before or before[-1] in ".!?:;…\n"


def _is_known(word: str, known: Collection[str]) -> bool:
    """Tell whether each part of a word is known, or too short to be a name."""
    parts = folded(re.sub(r"[’']s$", "", word)).split()
    return all(part in known or part in NO_NAMES or len(part) < 2 for part in parts)
