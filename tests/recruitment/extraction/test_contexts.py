"""What a sentence leaves to the rest of its text: for whom they fight, and who they are."""

import pytest

from recruitment.extraction import extract
from tests.recruitment.extraction.reading import candidates, counts, only


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        pytest.param(
            "en",
            "Russian Defence Ministry\n\nForeigners fight for the Kiev regime.\n\n"
            "The lists have mercenaries. 640 of them were destroyed.",
            "ukraine",
            id="ministry-speaks-of-the-other-side",
        ),
        pytest.param(
            "en",
            "640 mercenaries have arrived in Ukraine since the start of the special"
            " military operation.",
            "ukraine",
            id="operation-is-a-time",
        ),
        pytest.param(
            "en",
            "Ukraine says 640 mercenaries arrived in Ukraine to serve in the Russian army.",
            "russia",
            id="army-says-more-than-where-they-arrived",
        ),
        pytest.param(
            "en",
            "640 Mexicans signed a contract with Russia's Defense Ministry.",
            "russia",
            id="ministry-signs",
        ),
        pytest.param(
            "en",
            "Ukraine, too, is recruiting abroad. 640 foreigners were killed.",
            "ukraine",
            id="who-recruits-in-the-paragraph",
        ),
        pytest.param(
            "uk",
            "Сили оборони взяли в полон трьох громадян Кенії та 640 перуанців.",
            "russia",
            id="all-whom-an-army-takes",
        ),
    ],
)
def test_side_is_that_of_the_text_where_a_sentence_names_none(language, text, side):
    found = candidates(text, language)

    assert [one.side for one in found if one.low == 640] == [side]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "en",
            "Poland leads. 640 mercenaries arrived from that country to fight.",
            [("POL", "recruited", 640)],
            id="that-country",
        ),
        pytest.param(
            "en",
            "A base lists 1,846 foreigners who signed contracts. Africans come third. Of"
            " the 1,846, we found 287 killed.",
            [("FOREIGN", "recruited", 1846), ("FOREIGN", "killed", 287)],
            id="whole-of-an-earlier-sentence",
        ),
        pytest.param(
            "en",
            "Russia recruited 412 foreigners. Cubans say so. 137 of the 412 died.",
            [("FOREIGN", "recruited", 412), ("FOREIGN", "killed", 137)],
            id="part-of-an-earlier-whole",
        ),
        pytest.param(
            "en",
            "Russia recruits. The largest groups were 96 Nepalis and 54 Cubans.",
            [("NPL", "recruited", 96), ("CUB", "recruited", 54)],
            id="largest-groups",
        ),
        pytest.param(
            "en",
            "Russia’s company has recruited 74 foreigners. Thirty-one are Brazilian.",
            [("FOREIGN", "recruited", 74), ("BRA", "recruited", 31)],
            id="so-many-are",
        ),
        pytest.param(
            "en",
            "112 youths from eight districts of Kenya joined the Russian army.",
            [("KEN", "recruited", 112)],
            id="from-so-many-places",
        ),
        pytest.param(
            "en",
            "In Kenya police arrested five men who took US$300 of each recruit.",
            [("KEN", "arrested", 5)],
            id="dollars-are-no-country",
        ),
        pytest.param(
            "en",
            "Pyongyang, which has an army of 1.3 million, sent 5,000 soldiers.",
            [("PRK", "state_deployed", 5000)],
            id="army-of-a-state-that-is-no-side",
        ),
        pytest.param(
            "en",
            "Uzbeks head the list of recruits with about 2,900, followed by Tajiks with"
            " 2,300.",
            [("UZB", "recruited", 2900), ("TJK", "recruited", 2300)],
            id="with-so-many",
        ),
        pytest.param(
            "uk",
            "Утримують іноземців: узбеків — 47, за ними йдуть таджики, їх 38.",
            [("UZB", "captured_held", 47), ("TJK", "captured_held", 38)],
            id="named-since",
        ),
        pytest.param(
            "en",
            "2,000 Africans were recruited. Russia recruited another 340 people, mostly"
            " from Cameroon.",
            [("AFRICA", "recruited", 2000), ("AFRICA", "recruited", 340)],
            id="mostly-from-one-country",
        ),
        pytest.param(
            "en",
            "Kenyans died. Kenyans left. Kenyans fell. They recruited 14 men, most of them"
            " unemployed.",
            [("KEN", "recruited", 14)],
            id="most-of-them-unemployed",
        ),
        pytest.param(
            "en",
            "Fiji wants to help. It received 1,940 applications from foreigners.",
            [("FOREIGN", "offers", 1940)],
            id="applications-from",
        ),
        pytest.param(
            "es",
            "Un grupo con sede en Madrid dice: 60 reclutados son cubanos. Cubanos mueren."
            " Cubanos sirven. Mataron a 14 hombres.",
            [("CUB", "recruited", 60), ("CUB", "killed", 14)],
            id="seat-of-who-says-it",
        ),
        pytest.param(
            "en",
            "Kenyans die. Kenyans left. Kenyans fell. 530 joined Russian forces.",
            [("KEN", "recruited", 530)],
            id="army-that-they-join",
        ),
        pytest.param(
            "en",
            "In one colony 46 Uzbek prisoners signed up within a week.",
            [("UZB", "recruited", 46)],
            id="convicts-who-sign",
        ),
        pytest.param(
            "en",
            "The I Want to Live project published the names of 836 Kazakhs recruited.",
            [("KAZ", "recruited", 836)],
            id="name-that-sounds-like-a-plan",
        ),
        pytest.param(
            "fr",
            "La police a arrêté depuis septembre cinq Kényans.",
            [("KEN", "arrested", 5)],
            id="number-behind-a-month",
        ),
        pytest.param(
            "es",
            "Dos colombianos capturados en Donetsk fueron condenados.",
            [("COL", "convicted", 2)],
            id="captured-and-convicted",
        ),
        pytest.param(
            "en",
            "North Korea raised the number of troops sent to Russia since autumn 2024 to"
            " about 17,500.",
            [("PRK", "state_deployed", 17500)],
            id="year-is-no-end-of-a-range",
        ),
        pytest.param(
            "en",
            "30 foreigners captured while fighting for Russia are held in Ukraine.",
            [("FOREIGN", "captured_held", 30)],
            id="captured-and-held",
        ),
        pytest.param(
            "en",
            "Russia recruited 40 foreigners. Eleven are citizens of Peru.",
            [("FOREIGN", "recruited", 40), ("PER", "recruited", 11)],
            id="are-citizens-of",
        ),
        pytest.param(
            "en",
            "Russia recruited 900 Africans. They come from 34 countries.",
            [("AFRICA", "recruited", 900), ("AFRICA", "nationalities", 34)],
            id="countries-of-a-group",
        ),
        pytest.param(
            "uk",
            "Зросла частка африканців: завербовано 370 осіб із 22 країн.",
            [("AFRICA", "recruited", 370), ("AFRICA", "nationalities", 22)],
            id="people-of-countries-of-a-group",
        ),
        pytest.param(
            "en",
            "Two Britons were tried; they were sentenced to 17 and 11 years.",
            [("GBR", "convicted", 2)],
            id="numbers-that-share-a-unit",
        ),
        pytest.param(
            "en",
            "North Korea has sent an estimated 600 troops, says the agency.",
            [("PRK", "state_deployed", 600)],
            id="estimated-is-no-speaker",
        ),
        pytest.param(
            "en",
            "Russia enlists abroad: about 600 foreigners a month sign contracts.",
            [("FOREIGN", "recruited", 600)],
            id="so-many-a-month",
        ),
        pytest.param(
            "en",
            "A flight brings to 45 the number of Kenyans who were repatriated.",
            [("KEN", "returned", 45)],
            id="the-number-of",
        ),
        pytest.param(
            "fr",
            "La Russie a incorporé 22 000 Russes fraîchement naturalisés.",
            [("NATURALISED", "recruited", 22000)],
            id="newly-naturalised",
        ),
    ],
)
def test_number_counts_whom_the_text_means(language, text, expected):
    assert counts(text, language) == expected


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        pytest.param(
            "en",
            "Service in a foreign army carries up to ten years in Kenya.",
            ("KEN", None, 10),
            id="law-of-a-state",
        ),
        pytest.param(
            "en",
            "Those convicted got prison terms of between 5 and 14 years in Cuba.",
            ("CUB", 5, 14),
            id="terms-of-several",
        ),
        pytest.param(
            "en",
            "Russia threatens to put foreigners in prison for 15 years who break a"
            " contract, under its criminal code.",
            ("RUS", 15, 15),
            id="penalty-of-the-army",
        ),
        pytest.param(
            "uk",
            "Узбека засудили до п’яти років ув’язнення за найманство.",
            ("UZB", 5, 5),
            id="ukrainian-to-is-no-up-to",
        ),
    ],
)
def test_years_in_prison_are_those_of_who_goes_to_the_war(language, sentence, expected):
    one = only(sentence, language)

    assert one.metric == "prison_sentence_years"
    assert (one.country, one.low, one.high) == expected


@pytest.mark.parametrize(
    ("named", "side"),
    [("Colombians", "ukraine"), ("Cubans", "russia"), ("Peruvians", "russia")],
)
def test_text_that_names_no_side_is_of_that_of_most_whom_it_names(named, side):
    text = f"War in Ukraine.\n\n{named} fight. 40 Latin Americans were killed."

    assert [one.side for one in extract(text)] == [side]


def test_part_of_a_total_is_a_total_and_part_of_a_list_a_part():
    total = candidates("Kenya knows of 40 Kenyans recruited. Nine of them were killed.")
    part = candidates("A list of 40 Kenyans recruited is out. Nine of them died.")

    assert [one.scope for one in total] == ["total", "total"]
    assert [one.scope for one in part] == ["subset", "subset"]


@pytest.mark.parametrize("fate", ["arrested", "convicted", "captured"])
def test_cases_are_of_a_few(fate):
    assert only(f"Nine Kenyans were {fate} in the war.").scope == "subset"
