"""Words that were read on a page are found again, however it sets them."""

import hashlib
import time

import pytest

from recruitment.quotes import Found, Quote, look_for


def finds(wording, text):
    result = look_for([Quote("one", wording)], text)
    assert result in (Found(("one",), ()), Found((), ("one",)))
    return result.found == ("one",)


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        pytest.param("19 were killed", "In all, 19 WERE Killed there.", id="capitals"),
        pytest.param("19 were killed", "19\n  were\tkilled", id="blanks"),
        pytest.param("19 were killed", "19\u00a0were\u202fkilled", id="no-break"),
        pytest.param(
            "19 recruits killed", "19 re\u00adcruits killed", id="soft-hyphen"
        ),
        pytest.param("19 recruits killed", "19 re\u200bcruits killed", id="zero-width"),
        pytest.param("the ministry’s 'list'", "The ministry's “list”", id="quotes"),
        pytest.param("19–21 were killed", "19-21 were — killed", id="dashes"),
        pytest.param(
            "cubanos habían muerto", "cubanos habi\u0301an muerto", id="accents"
        ),
        pytest.param("at least 9,900 men", "at least 9.900 men", id="point"),
        pytest.param("at least 9,900 men", "at least 9900 men", id="no-mark"),
        pytest.param("1’234’567 men", "1,234,567 men", id="millions"),
        pytest.param("18 000 иностранцев", "18\u00a0000 иностранцев", id="space"),
        pytest.param("more than 10,0[00] men", "more than 10,000 men", id="brackets"),
        pytest.param("युक्रेनको कब्जामा", "अहिले युक्रेनको कब्जामा छन्।", id="devanagari"),
        pytest.param("235人が参加", "日本から235人が参加した", id="without-blanks"),
        pytest.param("19 ... killed", "19 of those who had gone were killed", id="gap"),
        pytest.param(
            "19 … were [...] killed", "19 men were, he said, killed", id="gaps"
        ),
        pytest.param(
            "19 ... killed",
            "19 came, " + 400 * "." + "19 were killed",
            id="second-start",
        ),
    ],
)
def test_words_are_found_however_they_are_set(wording, text):
    assert finds(wording, text)


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        pytest.param("19 were killed", "20 were killed", id="another-number"),
        pytest.param("19 were killed", "119 were killed", id="part-of-a-number"),
        pytest.param("119 were killed", "1,119 were killed", id="end-of-a-number"),
        pytest.param("killed: 19", "killed: 190", id="start-of-a-number"),
        pytest.param("1.5 million", "15 million", id="decimal"),
        pytest.param("19 were killed", "19 were wounded", id="another-word"),
        pytest.param("19 ... killed", "killed were 19", id="other-order"),
        pytest.param("19 ... killed", f"19 {100 * 'came '} killed", id="far-apart"),
        pytest.param("19 were killed", "", id="no-text"),
    ],
)
def test_words_that_changed_are_missed(wording, text):
    assert not finds(wording, text)


@pytest.mark.parametrize("wording", [None, "", " ... ", "—"])
def test_nothing_can_be_said_of_a_citation_without_words(wording):
    assert look_for([Quote("one", wording)], "19 were killed") == Found((), ())


def passage(words):
    return {
        "passage_length": len(words),
        "passage_sha256": hashlib.sha256(words.encode()).hexdigest(),
    }


@pytest.mark.parametrize("text", ["«Убиты» 19.", "Он сказал:\n«Убиты» 19. Ещё."])
def test_passage_is_found_by_its_hash_wherever_it_stands(text):
    quote = Quote("one", **passage("«Убиты» 19."))

    assert look_for([quote], text) == Found(("one",), ())


def test_passage_that_is_nowhere_proves_nothing_but_missing_words_do():
    quotes = [
        Quote("by-hash", **passage("19 killed")),
        Quote("by-words", "19 killed", **passage("19 killed")),
    ]

    assert look_for(quotes, "20 killed") == Found((), ("by-words",))


def test_wording_in_our_spelling_is_found_by_the_hash_of_its_passage():
    quote = Quote("one", "nineteen killed", **passage("19 killed"))

    assert look_for([quote], "There were 19 killed.") == Found(("one",), ())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("19 " * 300_000, id="first-piece-everywhere"),
        pytest.param("1,000" * 200_000, id="one-long-number"),
        pytest.param("[" * 1_000_000, id="brackets"),
    ],
)
def test_long_page_is_read_in_a_short_time(text):
    quote = Quote("one", "19 ... were ... killed", **passage("19 killed"))
    began = time.monotonic()

    look_for([quote], text)

    assert time.monotonic() - began < 60  # two seconds; more than a line's work, hours
