"""Finds who is counted: the words behind a number, up to the noun and where they are from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from recruitment.extraction.areas import CYRILLIC, FOREIGN, Area
from recruitment.extraction.numbers import YEARS, Quantity
from recruitment.extraction.readings import Reading
from recruitment.extraction.tokens import ENDS

LONGEST = (
    9  # words between a number and the noun that it counts, or where they are from
)
MOST_UNKNOWN = 3
LONGEST_LEAD = 4  # words of a phrase that leads up to a number
QUOTES = frozenset("\"'“”«»‘’„")
DASHES = frozenset("-–—−")
OPENING = frozenset("(–—-:=")
LIST_MARKS = frozenset("(),;.:–—-]…")


@dataclass(frozen=True, slots=True)
class Counted:
    """Whom a number counts, as far as its own words say.

    kind: people · units (soldiers of any army) · accused (recruiters, suspects) · countries ·
    elliptical (97 had joined).
    """

    quantity: Quantity
    kind: str
    end: int
    areas: tuple[Area, ...] = ()
    metric: str | None = None
    is_back: bool = False  # 13 of them
    is_own: bool = False  # 5,000 of its citizens
    is_mixed: bool = False  # from India, Nepal and Cuba; from 40 countries
    is_listed: bool = False  # Kenya (200)


@dataclass
class _Scan:
    areas: list[Area] = field(default_factory=list)
    kind: str = ""
    metric: str | None = None
    unknown: int = 0
    is_own: bool = False
    is_mixed: bool = False


def counted(reading: Reading, quantity: Quantity) -> Counted | None:
    """Give whom a number counts; None where it counts no people."""
    words, tokens, place = reading.words, reading.tokens, quantity.end
    if _has_unit(reading, place) or _is_age(reading, quantity):
        return None
    if _ends(reading, "people", "parents", quantity.start):
        return None  # a mother of two
    if of := words.at("functions", "of", tokens, place):
        if back := words.at(
            "functions", "back", tokens, _past_article(reading, of.end)
        ):
            return _of_them(reading, quantity, back.end)
        place = of.end
    elif (
        (back := words.at("functions", "back", tokens, place))
        and words.language == "fr"
        and tokens[place].folded == "d"
    ):
        return _of_them(reading, quantity, back.end)
    scan = _Scan()
    if _is_share(reading, quantity):
        return None  # nearly one in four
    if whole := _whole(reading, place):
        if quantity.low == quantity.high == 1:
            return None  # one of 335 Cameroonians: the 335 are counted
        place = whole  # 28 of the 60 Algerians
    end = _noun(reading, place, scan)
    if scan.kind == "other":
        return None
    if scan.kind:
        end = _origin(reading, end, scan)
        return Counted(
            quantity,
            scan.kind,
            end,
            tuple(scan.areas),
            scan.metric,
            is_own=scan.is_own,
            is_mixed=scan.is_mixed,
        )
    if not _stands_alone(reading, quantity, place):
        return None
    alone = _alone(reading, quantity)
    if whole:
        return replace(alone, end=max(alone.end, whole))  # six of the ten | were dead
    return alone


def _is_age(reading: Reading, quantity: Quantity) -> bool:
    """Whether a word for age leads up to a number: aged 20, between the ages of 20."""
    if any(
        _ends(reading, "durations", "age", place)
        for place in (quantity.start, quantity.number)
    ):
        return True
    before = [one for one in reading.quantities if one.end == quantity.start - 1]
    joined = reading.words.at(
        "functions", "and", reading.tokens, quantity.start - 1
    ) or reading.is_mark(quantity.start - 1, frozenset(","))
    return bool(before and joined and quantity.is_plain) and _is_age(reading, before[0])


def _ends(reading: Reading, section: str, key: str, place: int) -> bool:
    """Whether a phrase of a list ends right before a place."""
    return any(
        (match := reading.words.at(section, key, reading.tokens, near))
        and match.end == place
        for near in range(place - LONGEST_LEAD, place)
    )


def _whole(reading: Reading, place: int) -> int | None:
    """Give the end of the number of whom a part is counted: 28 of | the 60 | Algerians."""
    words, tokens = reading.words, reading.tokens
    if not words.at("functions", "of", tokens, place - 1) and not words.at(
        "functions", "of", tokens, place - 2
    ):
        return None
    while match := (
        words.at("functions", "articles", tokens, place)
        or words.at("functions", "adjectives", tokens, place)
    ):
        place = match.end
    return next((one.end for one in reading.quantities if one.start == place), None)


def is_whole(reading: Reading, quantity: Quantity) -> bool:
    """Whether a number is only the whole of which the number before it is a part."""
    return any(
        _whole(reading, of.end) == quantity.end
        for one in reading.quantities
        if one.end <= quantity.start
        and not one.low == one.high == 1
        and (of := reading.words.at("functions", "of", reading.tokens, one.end))
    )


def _is_share(reading: Reading, quantity: Quantity) -> bool:
    """Whether a number is part of "one in four"."""
    tokens, words = reading.tokens, reading.words
    if quantity.low == 1 and words.at("functions", "share", tokens, quantity.end):
        return any(one.start == quantity.end + 1 for one in reading.quantities)
    before = [one for one in reading.quantities if one.end == quantity.start - 1]
    return bool(
        before
        and before[0].low == 1
        and words.at("functions", "share", tokens, quantity.start - 1)
    )


def _noun(reading: Reading, place: int, scan: _Scan) -> int:
    """Walk to the noun; what stands before it may be adjectives, also of countries."""
    words, tokens = reading.words, reading.tokens
    limit = min(place + LONGEST, reading.ceiling(place))
    while place < limit:
        token = tokens[place]
        if area := reading.area_at(place):
            scan.areas.append(area)
            scan.unknown = 0
            place = area.end
            continue
        if token.text in QUOTES or token.text in DASHES or token.text == "/":
            place += 1
            continue
        if not token.is_word:
            break
        if match := words.at("people", "accused", tokens, place):
            scan.kind = "accused"
            return match.end
        if match := words.at("people", "others", tokens, place):
            scan.kind = "people" if _goes_to_war(reading, match.end) else "other"
            return match.end
        if match := words.section("head_metrics").at(tokens, place):
            behind = reading.area_at(match.end) or _is_person(reading, match.end)
            if not (behind and not scan.areas):
                scan.kind, scan.metric = "people", match.value
                cue = words.section("metrics").at(tokens, place)
                if cue and cue.end > match.end:  # killed or wounded
                    scan.metric = cue.value
                    return cue.end
                return match.end
            place = match.end
            continue
        if match := words.at("people", "units", tokens, place):
            scan.kind = "units"
            return _behind_units(reading, match.end, scan)
        if match := words.at("people", "nouns", tokens, place):
            scan.kind = "people"
            return match.end
        if match := words.at("functions", "countries", tokens, place):
            scan.kind = "countries"
            return match.end
        if match := words.at("functions", "own", tokens, place):
            scan.is_own = True
            place = match.end
            continue
        if match := words.at("functions", "adjectives", tokens, place):
            place = match.end
            continue
        cue = words.section("metrics").at(tokens, place)
        if cue and not scan.areas and _is_person(reading, cue.end):
            place = cue.end
            continue
        if cue and words.at("people", "others", tokens, cue.end):
            scan.kind = "other"  # six recruitment agencies
            return place
        if cue or words.at("functions", "verbs", tokens, place):
            break
        if words.at("functions", "articles", tokens, place):
            place += 1
            continue
        scan.unknown += 1
        if scan.unknown > MOST_UNKNOWN:
            break
        place += 1
    if scan.areas and _may_be_noun(reading, scan.areas[-1]):
        scan.kind = "people"
        return scan.areas[-1].end
    return place


def _goes_to_war(reading: Reading, place: int) -> bool:
    """Whether it is told of others that they fight: deserters who left to fight for it."""
    tokens, ceiling = reading.tokens, reading.ceiling(place)
    if not reading.words.at("functions", "relative", tokens, place):
        return False
    return any(place < cue.start < ceiling for cue in reading.sides) and any(
        place < cue.start < ceiling for cue in reading.cues
    )


def _behind_units(reading: Reading, place: int, scan: _Scan) -> int:
    """Read on: "troop fatalities"; "soldiers dispatched by North Korea"."""
    words, tokens = reading.words, reading.tokens
    if place >= len(tokens):
        return place
    if head := words.section("head_metrics").at(tokens, place):
        scan.metric = head.value
        return head.end
    sent = words.at("metrics", "state_deployed", tokens, place)
    by = sent and words.at("functions", "sent_by", tokens, sent.end)
    if by and (area := reading.area_at(by.end)):
        scan.areas.append(area)
    return place


def _may_be_noun(reading: Reading, area: Area) -> bool:
    """Whether a demonym stands for people itself: 23 Nepalese and three Indians."""
    tokens, words, place = reading.tokens, reading.words, area.end
    if place >= len(tokens) or not tokens[place].is_word:
        return True
    return bool(
        tokens[area.end - 1].folded.endswith(("s", "ese", "men"))
        or words.language != "en"
        or words.at("functions", "verbs", tokens, place)
        or words.section("metrics").at(tokens, place)
        or tokens[place].folded.endswith("ly")
    )


def _is_person(reading: Reading, place: int) -> bool:
    """Whether a country or a noun for people stands within two words."""
    return any(
        reading.area_at(near)
        or reading.words.at("people", "nouns", reading.tokens, near)
        or reading.words.at("people", "units", reading.tokens, near)
        for near in (place, place + 1)
    )


def _origin(reading: Reading, place: int, scan: _Scan) -> int:
    """Read on behind the noun: citizens of Nepal; people from India, Nepal and Cuba."""
    words, tokens = reading.words, reading.tokens
    end, steps, listed = place, 0, 0
    while place < len(tokens) and steps < LONGEST:
        if area := reading.area_at(place):
            if area.is_party and (scan.is_own or (scan.kind == "units" and scan.areas)):
                break  # its citizens from the Russian army
            scan.areas.append(area)
            place = end = area.end
            listed += 1
            continue
        if words.at("functions", "own", tokens, place):
            scan.is_own = True
            end = place = place + 1
        elif (
            match := (
                words.at("functions", "origin", tokens, place)
                or words.at("functions", "articles", tokens, place)
                or words.at("people", "nouns", tokens, place)
                or words.at("people", "units", tokens, place)
            )
        ) or (
            (listed or steps < 2)
            and (match := words.at("functions", "and", tokens, place))
            and (reading.area_at(match.end) or _is_person(reading, match.end))
        ):
            place = match.end
        elif listed and tokens[place].text == "," and reading.area_at(place + 1):
            place += 1
        elif behind := _behind_countries(reading, place):
            # 1,436 citizens of 36 African countries
            scan.areas += [
                area for area in reading.areas if place <= area.start <= behind
            ]
            scan.is_mixed = True
            return behind
        else:
            break
        steps += 1
    scan.is_mixed |= listed > 1 and len({area.code for area in scan.areas}) > 1
    return end


def _behind_countries(reading: Reading, place: int) -> int | None:
    """Give where "40 countries" ends, if it stands here."""
    for one in reading.quantities:
        if one.start == place:
            for near in range(one.end, one.end + 3):
                if match := reading.words.at(
                    "functions", "countries", reading.tokens, near
                ):
                    return match.end
    return None


def _of_them(reading: Reading, quantity: Quantity, place: int) -> Counted:
    """Read "550 of those were foreigners": a country may stand in the predicate."""
    areas: tuple[Area, ...] = ()
    origin = reading.words.at("functions", "origin", reading.tokens, place)
    if origin and (area := reading.area_at(origin.end)):
        return Counted(quantity, "elliptical", area.end, (area,))
    if reading.words.language in CYRILLIC and (area := reading.area_at(place)):
        return Counted(quantity, "elliptical", area.end, (area,))  # из них белорусы
    for near in range(place, place + 4):  # of those confirmed deaths were foreign
        if reading.words.at("functions", "be", reading.tokens, near) and (
            area := reading.area_at(near + 1)
        ):
            areas, place = (area,), area.end
            break
    return Counted(quantity, "elliptical", place, areas, is_back=not areas)


def _stands_alone(reading: Reading, quantity: Quantity, place: int) -> bool:
    """Whether what follows is no noun: a verb, a mark, what is said of people."""
    words, tokens = reading.words, reading.tokens
    while place < len(tokens) and (
        tokens[place].text in QUOTES
        or words.at("functions", "adjectives", tokens, place)
    ):
        place += 1
    if place >= len(tokens) or tokens[place].text in LIST_MARKS:
        return True
    return bool(
        words.section("relative").at(tokens, place)
        or words.at("functions", "verbs", tokens, place)
        or words.section("metrics").at(tokens, place)
        or words.section("head_metrics").at(tokens, place)
    )


def _alone(reading: Reading, quantity: Quantity) -> Counted:
    """Read a number without a noun: Kenya (200), "of whom 13 died", "61 in Guinea"."""
    words, tokens = reading.words, reading.tokens
    if (
        (match := words.at("functions", "located", tokens, quantity.end))
        and (home := reading.area_at(match.end))
        and not home.is_party
        and home.kind == "name"
        and not _lists_on(reading, home.end)
    ):
        return Counted(quantity, "elliptical", home.end, (home,))
    before = quantity.start - 1
    back = any(
        words.at("functions", "back", tokens, near) for near in (before, before - 1)
    )
    place = before
    if reading.is_mark(before, OPENING) or words.at(
        "functions", "with", tokens, before
    ):
        place -= 1
    listed = next(
        (area for area in reading.areas if area.end == place + 1 and place >= 0), None
    )
    if listed and listed.is_party and not reading.is_mark(before, frozenset("(")):
        listed = None  # "on the Russian side: half a hundred"
    if listed and (place < before or reading.is_mark(quantity.end, LIST_MARKS)):
        return Counted(quantity, "elliptical", quantity.end, (listed,), is_listed=True)
    return Counted(quantity, "elliptical", quantity.end, is_back=back)


def _lists_on(reading: Reading, place: int) -> bool:
    """Whether another country follows at once: 30 from India, Nepal and Cuba."""
    joined = reading.is_mark(place, frozenset(",")) or reading.words.at(
        "functions", "and", reading.tokens, place
    )
    return bool(joined) and reading.area_at(place + 1) is not None


def _past_article(reading: Reading, place: int) -> int:
    article = reading.words.at("functions", "articles", reading.tokens, place)
    back = reading.words.at("functions", "back", reading.tokens, place)
    return article.end if article and not back else place


def _has_unit(reading: Reading, place: int) -> bool:
    """Whether years, kilometres or dollars are counted."""
    if reading.is_mark(place, DASHES):
        place += 1
    return reading.words.at("durations", "units", reading.tokens, place) is not None


def is_date_or_age(reading: Reading, quantity: Quantity) -> bool:
    """Whether plain digits are a year, a day of a month, or somebody's age."""
    words, tokens = reading.words, reading.tokens
    before, after = quantity.start - 1, quantity.end
    if _is_of_month(reading, quantity):
        return True
    if quantity.is_plain and any(  # entre el 18 y el 24 de agosto
        0 < one.start - quantity.end <= 2
        and one.is_plain
        and _is_of_month(reading, one)
        for one in reading.quantities
    ):
        return (quantity.low or 0) <= 31
    if not quantity.is_plain or quantity.low is None:
        return False
    if quantity.low in YEARS and len(tokens[quantity.number].text) == 4:
        return not (
            _is_person(reading, after) and not words.at("dates", "in", tokens, before)
        )
    return (
        quantity.low < 100
        and reading.is_mark(before, frozenset(","))
        and (
            reading.is_mark(after, frozenset(",)"))
            or (reading.is_mark(after, ENDS) and tokens[before - 1].is_capitalised)
        )
        and before > 0
        and tokens[before - 1].is_word
        and not any(area.end == before for area in reading.areas)
        and not any(cue.end == before for cue in reading.cues)
    )


def _is_of_month(reading: Reading, quantity: Quantity) -> bool:
    """Whether the name of a month stands beside a day or a year: Dec. 10, 24 лютого."""
    tokens, months = reading.tokens, reading.words.section("months")
    if not quantity.low or (quantity.low > 31 and quantity.low not in YEARS):
        return False
    before = quantity.start - 1
    if reading.is_mark(before, frozenset(".")):
        before -= 1
    of = reading.words.at("dates", "of", tokens, quantity.end)
    behind = of.end if of else quantity.end
    return any(
        0 <= place < len(tokens)
        and (months.at(tokens, place) is not None)
        and (reading.words.language != "en" or tokens[place].is_capitalised)
        for place in (before, behind)
    )


def code_of(found: Counted) -> str | None:
    """Give the country or group that the number's own words name."""
    codes = list(dict.fromkeys(area.code for area in found.areas))
    if found.is_mixed:
        return codes[0] if len(codes) == 1 and codes[0] != FOREIGN else FOREIGN
    named = [code for code in codes if code != FOREIGN]
    return named[0] if named else (codes[0] if codes else None)
