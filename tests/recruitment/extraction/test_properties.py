"""What must hold of the candidates of any text, tried on random and on hostile ones."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recruitment.choices import Metric, Precision, Qualifier, Scope, Side
from recruitment.extraction import extract
from recruitment.extraction.words import LANGUAGES, words

NAMED_BY_WHAT_THEY_MEAN = {
    *("numbers", "scales", "fixed", "rounded", "magnitudes", "governed"),
    "head_metrics",
}
PIECES = [
    *(
        "Russia",
        "Ukraine",
        "Nepal",
        "Kenyans",
        "nine Togolese",
        "a Beninese",
        "foreign",
    ),
    *("killed", "were recruited", "missing", "captured by", "said", "including", "and"),
    *("of whom", "of them", "from", "to", "between", "more than", "up to", "the", "a"),
    *("40", "1,417", "2023", "12,5", "1 417", "00", "99999999999999999999", "dozens"),
    *("thousand", "hundred", "million", "half a", "years", "aged", "$", "%", "(", ")"),
    *("росія", "погибли", "более", "тысячи", "двадцать", "непальцев", "у полоні"),
    *("Colombia", "murieron", "entre", "mil", "Népalais", "tués", "quatre-vingt"),
    *(".", ",", ";", ":", "-", "–", "—", "'", "’s", "“", "”", "?", "\n", "\n\n", "\t"),
    *(
        "12 July 2024",
        "2025-13-45",
        "30.02.2024",
        "29 February 2023",
        "No.",
        "№",
        "+",
        "|",
        "\r\n",
        "| Egypt | 12 |\n",
    ),
]
NEWSLIKE = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)
OPEN = {Qualifier.AT_LEAST, Qualifier.MORE_THAN}
WIDE = {Qualifier.RANGE, Qualifier.ORDER_OF_MAGNITUDE}


def is_sound(one, text):
    """Whether a candidate's fields agree with one another and with its text."""
    assert one.passage == text[one.start : one.end]
    assert one.passage.strip() == one.passage != ""
    assert one.metric in Metric
    assert one.side in Side
    assert one.scope in Scope
    assert one.as_of_precision in Precision
    assert (one.as_of is None) == (one.as_of_precision == Precision.UNKNOWN)
    assert one.language in LANGUAGES
    assert one.claimant_text is None or one.claimant_text in text
    if one.qualifier in OPEN:
        assert one.low is not None
        assert one.high is None
    elif one.qualifier == Qualifier.UP_TO:
        assert one.low is None
        assert one.high is not None
    elif one.qualifier in WIDE:
        assert 0 <= one.low < one.high
    else:
        assert one.low == one.high >= 0
    return True


@given(st.text(max_size=400) | NEWSLIKE, st.sampled_from([None, *LANGUAGES]))
@example("Russia: killed 0 Nepalis", None)
@example("Russia recruited 5 to 5 Nepalis and 9 to 3 Nepalis", "en")
@example("Russia \ud800 killed 12 Nepalis", None)
def test_candidates_of_any_text_are_sound(text, language):
    assert all(is_sound(one, text) for one in extract(text, language=language))


@given(NEWSLIKE)
def test_same_text_gives_the_same_candidates(text):
    assert extract(text) == extract(text)


@given(NEWSLIKE)
def test_candidates_stand_in_the_order_of_the_text_and_none_twice(text):
    found = extract(text)

    keys = [(one.country, one.metric, one.side, one.low, one.high) for one in found]
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert len(set(keys)) == len(keys)


@given(NEWSLIKE, NEWSLIKE)
def test_places_are_counted_in_the_text_that_was_given(before, text):
    whole = f"{before}\n\n\n{text}"

    assert all(one.passage == whole[one.start : one.end] for one in extract(whole))


def calls_of(text):
    """Count the calls of Python functions that a reading takes, whatever the machine."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        extract(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("12 Kenyans, ", id="list-without-end"),
        pytest.param("hundred and ", id="number-without-end"),
        pytest.param("from 12 to ", id="ranges"),
        pytest.param("12 of 12 of ", id="parts"),
        pytest.param("aged 20 and 21 and ", id="ages"),
        pytest.param("(((", id="brackets"),
        pytest.param(", 12, Russia killed", id="no-full-stop"),
        pytest.param("двадцать ", id="numerals"),
        pytest.param("x", id="one-word"),
        pytest.param("Russia killed 12.\n\n", id="paragraphs"),
        pytest.param("he said she said ", id="speakers"),
        pytest.param("| Egypt | 12 ", id="columns"),
        pytest.param("Egypt\t12\n", id="rows"),
        pytest.param("Country\tKilled\nEgypt\t12\n\n", id="tables"),
    ],
)
def test_work_grows_with_the_text_alone(piece):
    text = piece * (4_000 // len(piece))
    extract(f"{text} Russia")  # reads the lexicon

    short, long = (calls_of(f"{text[: len(text) // part]} Russia") for part in (4, 1))

    assert long < 5 * short + 1000


def lists(language):
    """Give the sections of a lexicon, and the lists of those whose names are no numbers."""
    return {
        section: set() if section in NAMED_BY_WHAT_THEY_MEAN else set(lists)
        for section, lists in words(language).file.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_lexicon_has_the_lists_of_the_others(language):
    assert lists(language) == lists("en")


@pytest.mark.parametrize("ask", ["list", "section"])
def test_list_that_a_lexicon_does_not_have_is_no_empty_list(ask):
    asked = {"list": ("functions", "vrebs"), "section": ("funtcions",)}[ask]

    with pytest.raises(KeyError):
        getattr(words("en"), ask)(*asked)
