"""Whom a text credits: agencies and outlets, named in passing or for the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

# By the name that is shown: how texts write it. Case counts: AP is an agency, ap is not.
OUTLETS = {
    "Associated Press": (
        "Associated Press",
        "AP",
        "Ассошиэйтед Пресс",
        "Ассошіейтед Прес",
    ),
    "Reuters": ("Reuters", "Рейтер", "Ройтерз"),
    "Agence France-Presse": ("Agence France-Presse", "AFP", "Франс Пресс"),
    "BBC": ("BBC", "Би-би-си", "Бі-бі-сі"),
    "CNN": ("CNN",),
    "Deutsche Welle": ("Deutsche Welle", "DW"),
    "EFE": ("EFE",),
    "dpa": ("dpa",),
    "PTI": ("PTI", "Press Trust of India"),
    "ANI": ("ANI",),
    "Yonhap": ("Yonhap",),
    "TASS": ("TASS", "ТАСС"),
    "RIA Novosti": ("RIA Novosti", "РИА Новости"),
    "Interfax": ("Interfax", "Интерфакс", "Інтерфакс"),
    "Ukrinform": ("Ukrinform", "Укрінформ", "Укринформ"),
    "Radio Free Europe": (
        "Radio Free Europe",
        "RFE/RL",
        "Радио Свобода",
        "Радіо Свобода",
    ),
    "Bloomberg": ("Bloomberg",),
    "New York Times": ("New York Times",),
    "Washington Post": ("Washington Post",),
    "Wall Street Journal": ("Wall Street Journal", "WSJ"),
    "Financial Times": ("Financial Times",),
    "Guardian": ("The Guardian",),
    "Al Jazeera": ("Al Jazeera",),
    "Le Monde": ("Le Monde",),
    "El País": ("El País",),
    "Der Spiegel": ("Der Spiegel",),
    "Meduza": ("Meduza", "Медуза"),
    "Mediazona": ("Mediazona", "Медиазона", "Медіазона"),
    "iStories": ("iStories", "Important Stories", "Важные истории"),
    "The Insider": ("The Insider",),
    "Kyiv Independent": ("Kyiv Independent",),
    "Kyiv Post": ("Kyiv Post",),
    "Ukrainska Pravda": ("Ukrainska Pravda", "Українська правда"),
    "Global News": ("Global News",),
    "The Hindu": ("The Hindu",),
    "Kathmandu Post": ("Kathmandu Post",),
}
# Words around a name that credit it with the whole text, not with a sentence.
BEFORE_WHOLE = re.compile(
    r"(?:originally published (?:by|in|on)|first appeared (?:in|on)|with files from|"
    r"republished from|reports? (?:in|for)(?: the)?|source ?:|via|fuente ?:|джерело ?:|"
    r"источник ?:|©|\()\s*(?:the )?$",
    re.IGNORECASE,
)
DATELINE = 400  # characters from the beginning in which a bracketed name is a dateline


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet that a text names: where it first does so most strongly, how often."""

    name: str
    start: int
    end: int
    of_whole: bool  # credited with the whole text
    times: int = 1


def credits_in(text: str, outlets: Iterable[str] = ()) -> tuple[Credit, ...]:
    """Give the outlets that a text names; `outlets` are looked for besides the known."""
    pattern, names = _pattern(tuple(sorted(set(outlets))))
    found: dict[str, Credit] = {}
    for match in pattern.finditer(text):
        name = names[match.group()]
        credit = Credit(name, match.start(), match.end(), _is_of_whole(text, match))
        if held := found.get(name):
            stronger = credit if credit.of_whole and not held.of_whole else held
            credit = replace(stronger, times=held.times + 1)
        found[name] = credit
    return tuple(found.values())


def _is_of_whole(text: str, match: re.Match[str]) -> bool:
    before = BEFORE_WHOLE.search(text[max(0, match.start() - 40) : match.start()])
    if before is None:
        return False
    if before.group().startswith("("):
        return match.start() < DATELINE and text[match.end() : match.end() + 1] == ")"
    if before.group().lower().startswith("report"):
        return text[match.end() : match.end() + 1] == ":"
    return True


@lru_cache(maxsize=8)
def _pattern(outlets: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    names = {outlet: outlet for outlet in outlets if len(outlet) > 3}
    names |= {way: name for name, ways in OUTLETS.items() for way in ways}
    longest_first = sorted(names, key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)"), names
