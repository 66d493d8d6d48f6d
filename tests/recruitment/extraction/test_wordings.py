"""What a sentence says of whom: metric, side, country, claimant, day and scope."""

from datetime import date

import pytest

from recruitment.extraction import extract
from tests.recruitment.extraction.reading import candidates, counts, figures, only


@pytest.mark.parametrize(
    ("language", "sentence", "metric"),
    [
        pytest.param("en", "40 Kenyans joined the Russian army.", "recruited"),
        pytest.param("en", "40 Kenyans were lured to the front.", "recruited"),
        pytest.param("en", "40 Kenyans are serving in Russian units.", "serving"),
        pytest.param("en", "40 Kenyans have made it back home.", "returned"),
        pytest.param("en", "40 Kenyans came home.", "returned"),
        pytest.param("en", "40 Kenyans are in its camps.", "captured_held"),
        pytest.param("en", "40 Kenyans lost their lives in Ukraine.", "killed"),
        pytest.param("en", "The bodies of 40 Kenyans were found.", "killed"),
        pytest.param("en", "40 Kenyans were wounded in the war.", "wounded"),
        pytest.param("en", "40 Kenyans are unaccounted for.", "missing"),
        pytest.param("en", "40 Kenyans are prisoners of war.", "captured_held"),
        pytest.param("en", "40 Kenyans were captured in Ukraine.", "captured_total"),
        pytest.param("en", "40 Kenyans were killed or wounded.", "casualties"),
        pytest.param("en", "40 Kenyans have offered to fight.", "offers"),
        pytest.param("en", "Police arrested 40 Kenyan recruiters.", "arrested"),
        pytest.param("en", "40 Kenyan mercenaries were convicted.", "convicted"),
        pytest.param("uk", "40 кенійців підписали контракт.", "recruited"),
        pytest.param("uk", "40 кенійців служать у російській армії.", "serving"),
        pytest.param("uk", "40 кенійців повернулися додому.", "returned"),
        pytest.param("uk", "40 кенійців зникли безвісти.", "missing"),
        pytest.param("uk", "У полоні перебувають 40 кенійців.", "captured_held"),
        pytest.param("ru", "Завербованы 40 кенийцев.", "recruited"),
        pytest.param("ru", "40 кенийцев остаются в строю.", "serving"),
        pytest.param("ru", "40 кенийцев вернулись домой.", "returned"),
        pytest.param("ru", "40 кенийцев попали в плен.", "captured_total"),
        pytest.param("ru", "За наёмничество осуждены 40 кенийцев.", "convicted"),
        pytest.param("es", "40 kenianos se alistaron.", "recruited"),
        pytest.param("es", "40 kenianos fueron repatriados.", "returned"),
        pytest.param("es", "40 kenianos siguen desaparecidos.", "missing"),
        pytest.param("es", "40 kenianos perdieron la vida.", "killed"),
        pytest.param("fr", "40 Kényans ont rejoint l’armée russe.", "recruited"),
        pytest.param("fr", "40 Kényans y ont laissé la vie.", "killed"),
        pytest.param("fr", "40 Kényans ont été blessés.", "wounded"),
        pytest.param("fr", "40 Kényans sont portés disparus.", "missing"),
    ],
)
def test_metric_is_what_became_of_them(language, sentence, metric):
    assert only(sentence, language).metric == metric


def test_troops_of_a_state_are_told_from_recruits():
    text = "Pyongyang sent 11,000 North Korean soldiers to Russia."

    assert figures(text) == [("PRK", "state_deployed", 11_000, 11_000)]


def test_countries_of_the_recruited_are_counted():
    text = "Russia has recruited 1,436 Africans from 36 countries."

    assert figures(text) == [
        ("AFRICA", "recruited", 1436, 1436),
        ("AFRICA", "nationalities", 36, 36),
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "side"),
    [
        pytest.param("en", "40 Serbs fight for Russia.", "russia", id="for-russia"),
        pytest.param("en", "40 Serbs fight for Ukraine.", "ukraine", id="for-ukraine"),
        pytest.param(
            "en", "Russia has recruited 40 Georgians.", "russia", id="who-recruits"
        ),
        pytest.param(
            "en", "40 Serbs were recruited by Kyiv.", "ukraine", id="recruited-by"
        ),
        pytest.param(
            "en",
            "Ukraine’s army says it has enlisted 40 Serbs.",
            "ukraine",
            id="says-that-it-recruits",
        ),
        pytest.param(
            "en", "Ukrainian forces captured 40 Serbs.", "russia", id="who-captures"
        ),
        pytest.param(
            "en", "40 Britons are in Russian jails.", "ukraine", id="whose-prison"
        ),
        pytest.param("en", "40 Colombians were killed.", "ukraine", id="as-a-rule"),
        pytest.param("en", "40 Nepalis were killed.", "russia", id="as-a-rule-too"),
        pytest.param(
            "uk", "40 сербів воюють на боці України.", "ukraine", id="uk-beside"
        ),
        pytest.param(
            "ru", "40 сербов воюют за Украину.", "ukraine", id="ru-for-ukraine"
        ),
        pytest.param(
            "es", "40 serbios combaten por Ucrania.", "ukraine", id="es-for-ukraine"
        ),
        pytest.param(
            "fr",
            "40 Serbes combattent pour l’Ukraine.",
            "ukraine",
            id="fr-for-ukraine",
        ),
    ],
)
def test_side_is_whom_they_fight_for(language, sentence, side):
    assert only(sentence, language).side == side


def test_other_side_of_the_front_is_the_side_not_spoken_of():
    text = (
        "Some 300 Serbs have joined the Russian army.\n\n"
        "On the other side of the front, 20 Serbs were killed."
    )

    assert [one.side for one in candidates(text)] == ["russia", "ukraine"]


def test_compatriots_who_fight_for_ukraine_are_of_the_country_named_last():
    text = (
        "Cuba admits that 93 Cubans were killed for Russia. De Colombia salieron "
        "miles: el Gobierno cifró en 7.000 los connacionales que combaten por Ucrania."
    )
    spanish = text.replace(
        "Cuba admits that 93 Cubans were killed for Russia.",
        "Cuba admite que 93 cubanos murieron por Rusia.",
    )

    *_, last = candidates(spanish, "es")

    assert (last.country, last.side, last.low) == ("COL", "ukraine", 7000)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "en",
            "Russia killed 98 African fighters, including 14 Nigerians, nine Togolese "
            "and a Beninese.",
            [("AFRICA", 98), ("NGA", 14), ("TGO", 9), ("BEN", 1)],
            id="including",
        ),
        pytest.param(
            "en",
            "50 Cameroonians and 30 Ghanaians were killed.",
            [("CMR", 50), ("GHA", 30)],
            id="verb-behind",
        ),
        pytest.param(
            "uk",
            "Загинули 98 іноземців, зокрема 14 нігерійців та дев’ять тоголезців.",
            [("FOREIGN", 98), ("NGA", 14), ("TGO", 9)],
            id="ukrainian",
        ),
        pytest.param(
            "ru",
            "Убиты 98 наёмников, в том числе 14 колумбийцев и трое грузин.",
            [("FOREIGN", 98), ("COL", 14), ("GEO", 3)],
            id="russian",
        ),
        pytest.param(
            "es",
            "Murieron 98 extranjeros, entre ellos 14 peruanos y nueve bolivianos.",
            [("FOREIGN", 98), ("PER", 14), ("BOL", 9)],
            id="spanish",
        ),
        pytest.param(
            "fr",
            "98 étrangers ont été tués, dont 14 Togolais et neuf Béninois.",
            [("FOREIGN", 98), ("TGO", 14), ("BEN", 9)],
            id="french",
        ),
    ],
)
def test_listed_nationals_share_what_was_said_of_all(language, text, expected):
    found = candidates(text, language)

    assert [(one.country, one.low) for one in found] == expected
    assert {one.metric for one in found} == {"killed"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Russia recruited 64 Zambians. Of these, 12 were killed.",
            [("ZMB", "recruited", 64), ("ZMB", "killed", 12)],
            id="of-these",
        ),
        pytest.param(
            "12 Zambians were killed. Another 30 are missing.",
            [("ZMB", "killed", 12), ("ZMB", "missing", 30)],
            id="another",
        ),
        pytest.param(
            "64 Zambians were recruited, of whom nine died and two escaped.",
            [("ZMB", "recruited", 64), ("ZMB", "killed", 9), ("ZMB", "returned", 2)],
            id="of-whom",
        ),
        pytest.param(
            "Of the 14 Zambians recruited, five were killed.",
            [("ZMB", "recruited", 14), ("ZMB", "killed", 5)],
            id="of-the-whole",
        ),
        pytest.param(
            "Zambia: 64 recruited, 12 killed, 6 captured",
            [
                ("ZMB", "recruited", 64),
                ("ZMB", "killed", 12),
                ("ZMB", "captured_total", 6),
            ],
            id="line-of-a-table",
        ),
        pytest.param(
            "Russia recruited most in Kenya (200) and Ghana (90).",
            [("KEN", "recruited", 200), ("GHA", "recruited", 90)],
            id="brackets",
        ),
    ],
)
def test_count_that_refers_back_is_of_those_counted_before(text, expected):
    assert [(country, metric, low) for country, metric, low, _ in figures(text)] == (
        expected
    )


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Russia plans to recruit 2,000 Kenyans.", id="plan"),
        pytest.param("Russia Plans to Recruit 2,000 Kenyans", id="plan-in-a-title"),
        pytest.param("Kenya denied that 200 Kenyans were killed.", id="denied"),
        pytest.param("No Kenyans were recruited.", id="none"),
        pytest.param("Were 1,500 Kenyans recruited by Russia?", id="question"),
        pytest.param("A plant in Russia hired 350 Kenyan women.", id="plant"),
        pytest.param("Some 62 Kenyans are accused of recruiting.", id="accused"),
        pytest.param("We interviewed 31 Kenyan prisoners.", id="interviewed"),
    ],
)
def test_what_is_not_claimed_gives_nothing(sentence):
    assert candidates(sentence) == []


@pytest.mark.parametrize(
    ("language", "sentence", "claimant"),
    [
        pytest.param(
            "en",
            "Kenya’s foreign ministry said 40 Kenyans were killed.",
            "Kenya’s foreign ministry",
            id="said",
        ),
        pytest.param(
            "en",
            "40 Kenyans were killed, according to a lawyer in Nairobi.",
            "lawyer in Nairobi",
            id="according-to",
        ),
        pytest.param(
            "uk",
            "За даними розвідки, загинули 40 кенійців.",
            "розвідки",
            id="ukrainian",
        ),
        pytest.param(
            "ru",
            "40 кенийцев погибли, сообщил посол Кении.",
            "посол Кении",
            id="russian",
        ),
        pytest.param(
            "es",
            "Según la Cancillería, 40 kenianos murieron.",
            "Cancillería",
            id="spanish",
        ),
        pytest.param(
            "fr",
            "40 Kényans ont été tués, selon le ministère.",
            "ministère",
            id="french",
        ),
        pytest.param("en", "40 Kenyans were killed.", None, id="nobody"),
    ],
)
def test_claimant_is_who_the_sentence_says_it_is(language, sentence, claimant):
    assert only(sentence, language).claimant_text == claimant


def test_intelligence_service_counts_no_countrymen_of_its_own():
    text = "South Korean intelligence puts the troops sent by North Korea at 11,000."

    assert [country for country, *_ in figures(text)] in (["PRK"], [])


@pytest.mark.parametrize(
    ("sentence", "day", "precision"),
    [
        pytest.param(
            "By 28 February 2026, 40 Kenyans had been killed.",
            date(2026, 2, 28),
            "day",
            id="day",
        ),
        pytest.param(
            "In October 2025 40 Kenyans were killed.",
            date(2025, 10, 31),
            "month",
            id="month",
        ),
        pytest.param(
            "Last year 40 Kenyans were killed.",
            date(2025, 12, 31),
            "year",
            id="last-year",
        ),
        pytest.param(
            "40 Kenyans were killed.", date(2026, 3, 4), "day", id="publication"
        ),
    ],
)
def test_day_is_the_sentences_own_or_that_of_publication(sentence, day, precision):
    one = only(sentence, published=date(2026, 3, 4))

    assert (one.as_of, one.as_of_precision) == (day, precision)


def test_day_is_not_stated_where_neither_text_nor_caller_tells_it():
    one = only("40 Kenyans were killed.")

    assert (one.as_of, one.as_of_precision) == (None, "unknown")


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        pytest.param("40 Kenyans were killed.", "total", id="all"),
        pytest.param("He showed a list of 40 Kenyans killed.", "subset", id="list"),
        pytest.param("40 Kenyans of one battalion were killed.", "subset", id="unit"),
    ],
)
def test_scope_is_a_part_where_the_sentence_names_one(sentence, scope):
    assert only(sentence).scope == scope


def test_text_that_names_neither_party_to_the_war_gives_nothing():
    assert extract("40 Kenyans were killed when their army camp was attacked.") == []


def test_figure_told_twice_is_proposed_once_where_most_is_said():
    text = (
        "40 Kenyans killed for Russia\n\n"
        "The ministry said that 40 Kenyans had been killed fighting for Russia."
    )

    assert only(text).claimant_text == "ministry"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Russia mobilised 300,000 men.", ("RUS", "mobilised", 300_000), id="called"
        ),
        pytest.param(
            "Some 700,000 Russian troops are fighting in Ukraine.",
            ("RUS", "force_size", 700_000),
            id="force",
        ),
        pytest.param(
            "Russia signed up 400,000 contract soldiers.",
            ("RUS", "enlistment_flow", 400_000),
            id="contracts",
        ),
        pytest.param(
            "Tens of thousands of people fled Russia after the mobilisation.",
            ("RUS", "fled_mobilisation", 20_000),
            id="fled",
        ),
        pytest.param(
            "Refusing an order is punished under Russian law with 10 years in prison.",
            ("RUS", "prison_sentence_years", 10),
            id="prison",
        ),
        pytest.param(
            "Russia drafts men aged 18 to 30 into compulsory military service.",
            ("RUS", "conscript_age_years", 18),
            id="age",
        ),
        pytest.param(
            "Recruits sign a year-long contract with the Russian army.",
            ("RUS", "contract_term_years", 1),
            id="term-in-a-word",
        ),
        pytest.param(
            "Recruits sign a contract of three years with the Russian army.",
            ("RUS", "contract_term_years", 3),
            id="term",
        ),
    ],
)
def test_context_of_a_partys_own_army_is_read(sentence, expected):
    one = only(sentence)

    assert (one.country, one.metric, one.low) == expected


@pytest.mark.parametrize(
    ("sentence", "day", "precision"),
    [
        pytest.param("This year", date(2026, 3, 4), "year", id="this-year"),
        pytest.param("Last month", date(2026, 2, 28), "month", id="last-month"),
        pytest.param("This month", date(2026, 3, 4), "month", id="this-month"),
        pytest.param("Last week", date(2026, 2, 25), "month", id="last-week"),
        pytest.param("Yesterday", date(2026, 3, 3), "day", id="yesterday"),
        pytest.param("Today", date(2026, 3, 4), "day", id="today"),
        pytest.param("On 2025-10-15,", date(2025, 10, 15), "day", id="iso"),
        pytest.param("On 15.10.2025,", date(2025, 10, 15), "day", id="dots"),
        pytest.param("On 15/10/2025,", date(2025, 10, 15), "day", id="strokes"),
        pytest.param("On August 3rd", date(2025, 8, 3), "day", id="year-to-be-told"),
        pytest.param("In August", date(2025, 8, 31), "month", id="last-august"),
        pytest.param("In 2025", date(2025, 12, 31), "year", id="year"),
        pytest.param("In May 2027", date(2026, 3, 4), "month", id="not-after-its-page"),
        pytest.param("On 31.02.2025,", date(2026, 3, 4), "day", id="no-such-day"),
    ],
)
def test_day_is_told_from_that_of_publication(sentence, day, precision):
    one = only(f"{sentence} 40 Kenyans were killed.", published=date(2026, 3, 4))

    assert (one.as_of, one.as_of_precision) == (day, precision)


def test_spanish_day_stands_behind_its_of():
    one = only("7 de octubre de 2025. Murieron 40 kenianos.", "es")

    assert one.as_of == date(2025, 10, 7)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "en",
            "The number of Kenyans killed rose from 12 to 33.",
            [("KEN", "killed", 33)],
            id="where-a-change-arrives",
        ),
        pytest.param(
            "en",
            "28 of the 60 Algerians who joined were killed.",
            [("DZA", "killed", 28)],
            id="part-of-a-whole",
        ),
        pytest.param(
            "en",
            "Half of the 40 Kenyans recruited died.",
            [("KEN", "recruited", 40)],
            id="half-of-a-whole",
        ),
        pytest.param(
            "en",
            "He is one of 335 Kenyans who were recruited.",
            [("KEN", "recruited", 335)],
            id="one-of-a-whole",
        ),
        pytest.param(
            "en",
            "40 recruits from India, Nepal and Cuba were killed.",
            [("FOREIGN", "killed", 40)],
            id="of-several-countries",
        ),
        pytest.param(
            "en",
            "550 of those killed were foreigners.",
            [("FOREIGN", "killed", 550)],
            id="country-behind-the-verb",
        ),
        pytest.param(
            "en",
            "Some 800 from Uzbekistan and 200 from Nepal were killed.",
            [("UZB", "killed", 800), ("NPL", "killed", 200)],
            id="where-from",
        ),
        pytest.param(
            "en",
            "20 Tajik prisoners killed in Ukraine were named.",
            [("TJK", "killed", 20)],
            id="prisoners-killed",
        ),
        pytest.param(
            "en",
            "Kenya has asked Russia to send back 40 Kenyans.",
            [("KEN", "serving", 40)],
            id="return-only-asked-for",
        ),
        pytest.param(
            "en",
            "Russia has recruited foreigners. Egypt – 361; Ghana – 234.",
            [("EGY", "recruited", 361), ("GHA", "recruited", 234)],
            id="list-of-what-was-said-before",
        ),
        pytest.param(
            "en",
            "Four Cameroonian deserters who left to fight for Russia were killed.",
            [("CMR", "killed", 4)],
            id="deserters-who-go-to-war",
        ),
        pytest.param(
            "ru",
            "Из 202 завербованных индийцев погибли 26.",
            [("IND", "recruited", 202), ("IND", "killed", 26)],
            id="whole-before-its-part",
        ),
        pytest.param(
            "ru",
            "На фронте воюют 90 иностранцев, 40 из них непальцы.",
            [("FOREIGN", "serving", 90), ("NPL", "serving", 40)],
            id="country-without-a-verb",
        ),
        pytest.param(
            "es",
            "Brasil confirma 23 muertos y da por desaparecidos a 41.",
            [("BRA", "killed", 23), ("BRA", "missing", 41)],
            id="verb-of-the-next-number",
        ),
        pytest.param(
            "fr",
            "41 Ivoiriens au moins ont rejoint l’armée russe.",
            [("CIV", "recruited", 41)],
            id="qualifier-behind-the-noun",
        ),
    ],
)
def test_number_counts_whom_the_sentence_means(language, text, expected):
    assert counts(text, language) == expected


def test_qualifier_behind_the_noun_opens_the_bounds():
    one = only("41 Ivoiriens au moins ont rejoint l’armée russe.", "fr")

    assert (one.low, one.high, one.qualifier) == (41, None, "at_least")


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("About 60 Kenyan women protested over the war.", id="protest"),
        pytest.param("Some 90 Kenyans on a wanted list were recruited.", id="wanted"),
        pytest.param("The civil war killed 40 Kenyans.", id="another-war"),
        pytest.param("Kenya closed six recruitment agencies.", id="agencies"),
        pytest.param("140 million Kenyans were recruited.", id="a-population"),
    ],
)
def test_others_than_recruits_give_nothing(sentence):
    assert candidates(sentence) == []


def test_text_that_speaks_of_no_war_counts_nobody_who_came_home():
    assert extract("Moscow. 40 Kenyans came home after a congress of botanists.") == []
    assert extract("War in Ukraine. 40 Kenyans came home from Russia.") != []
