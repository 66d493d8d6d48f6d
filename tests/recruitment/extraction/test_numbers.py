"""How many: digits and words, magnitudes, ranges, and the word before the number."""

import pytest

from tests.recruitment.extraction.reading import candidates, only

KILLED = {
    "en": "{} Nepalis were killed fighting for Russia.",
    "uk": "Загинули {} непальців, які воювали за Росію.",
    "ru": "Погибли {} непальцев, воевавших за Россию.",
    "es": "Murieron {} nepalíes que combatían por Rusia.",
    "fr": "{} Népalais ont été tués en combattant pour la Russie.",
}


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        # Digits
        pytest.param("en", "17", (17, 17, "exact"), id="digits"),
        pytest.param("en", "1,417", (1417, 1417, "exact"), id="comma-of-thousands"),
        pytest.param("fr", "1 417", (1417, 1417, "exact"), id="narrow-space"),
        pytest.param("es", "1.417", (1417, 1417, "exact"), id="stop-of-thousands"),
        pytest.param("ru", "1 417", (1417, 1417, "exact"), id="hard-space"),
        pytest.param("en", "2.5 thousand", (2500, 2500, "exact"), id="scaled-digits"),
        pytest.param("en", "15k", (15_000, 15_000, "exact"), id="k"),
        pytest.param("ru", "1,5 тыс.", (1500, 1500, "exact"), id="abbreviated-scale"),
        # Words
        pytest.param("en", "Seventeen", (17, 17, "exact"), id="word"),
        pytest.param("en", "Two dozen", (24, 24, "exact"), id="two-dozen"),
        pytest.param("en", "Half a dozen", (6, 6, "exact"), id="half-a-dozen"),
        pytest.param("en", "Sixty-odd", (60, 60, "exact"), id="odd"),
        pytest.param("en", "Two hundred and five", (205, 205, "exact"), id="and"),
        pytest.param("uk", "двадцять три", (23, 23, "exact"), id="ukrainian"),
        pytest.param("uk", "півтори тисячі", (1500, 1500, "exact"), id="one-and-half"),
        pytest.param("ru", "сорок восемь", (48, 48, "exact"), id="russian"),
        pytest.param("ru", "полсотни", (50, 50, "about"), id="half-a-hundred"),
        pytest.param("es", "treinta y cinco", (35, 35, "exact"), id="spanish"),
        pytest.param("es", "medio centenar de", (50, 50, "about"), id="half-hundred"),
        pytest.param("fr", "quatre-vingt-douze", (92, 92, "exact"), id="french"),
        pytest.param("fr", "une vingtaine de", (20, 20, "about"), id="twentyish"),
        # Magnitudes
        pytest.param("en", "Dozens of", (24, 99, "order_of_magnitude"), id="dozens"),
        pytest.param("en", "Scores of", (40, 99, "order_of_magnitude"), id="scores"),
        pytest.param(
            "en", "Several hundred", (200, 999, "order_of_magnitude"), id="hundreds"
        ),
        pytest.param(
            "en",
            "Tens of thousands of",
            (20_000, 99_999, "order_of_magnitude"),
            id="tens-of-thousands",
        ),
        pytest.param(
            "uk", "кілька сотень", (200, 999, "order_of_magnitude"), id="uk-hundreds"
        ),
        pytest.param(
            "ru", "тысячи", (2000, 9999, "order_of_magnitude"), id="ru-thousands"
        ),
        pytest.param(
            "es", "decenas de", (24, 99, "order_of_magnitude"), id="es-dozens"
        ),
        pytest.param(
            "fr", "des centaines de", (200, 999, "order_of_magnitude"), id="fr-hundreds"
        ),
        # One, where a word of measure governs it
        pytest.param(
            "ru", "более тысячи", (1000, None, "more_than"), id="ru-over-1000"
        ),
        pytest.param("ru", "до сотни", (None, 100, "up_to"), id="ru-up-to-100"),
        pytest.param("uk", "близько тисячі", (1000, 1000, "about"), id="uk-about-1000"),
        # Qualifiers
        pytest.param("en", "At least 40", (40, None, "at_least"), id="at-least"),
        pytest.param("en", "No fewer than 40", (40, None, "at_least"), id="no-fewer"),
        pytest.param("en", "40 or more", (40, None, "at_least"), id="or-more"),
        pytest.param("en", "More than 40", (40, None, "more_than"), id="more-than"),
        pytest.param("en", "Upwards of 40", (40, None, "more_than"), id="upwards-of"),
        pytest.param("en", "40+", (40, None, "more_than"), id="plus"),
        pytest.param("en", "As many as 40", (None, 40, "up_to"), id="as-many-as"),
        pytest.param("en", "No more than 40", (None, 40, "up_to"), id="no-more-than"),
        pytest.param("en", "Some 40", (40, 40, "about"), id="some"),
        pytest.param("en", "Nearly 40", (40, 40, "almost"), id="nearly"),
        pytest.param("uk", "щонайменше 40", (40, None, "at_least"), id="uk-at-least"),
        pytest.param("uk", "понад 40", (40, None, "more_than"), id="uk-more-than"),
        pytest.param("uk", "майже 40", (40, 40, "almost"), id="uk-nearly"),
        pytest.param("ru", "не менее 40", (40, None, "at_least"), id="ru-at-least"),
        pytest.param("ru", "свыше 40", (40, None, "more_than"), id="ru-more-than"),
        pytest.param("ru", "около 40", (40, 40, "about"), id="ru-about"),
        pytest.param("es", "al menos 40", (40, None, "at_least"), id="es-at-least"),
        pytest.param("es", "más de 40", (40, None, "more_than"), id="es-more-than"),
        pytest.param("es", "hasta 40", (None, 40, "up_to"), id="es-up-to"),
        pytest.param("fr", "Au moins 40", (40, None, "at_least"), id="fr-at-least"),
        pytest.param("fr", "Plus de 40", (40, None, "more_than"), id="fr-more-than"),
        pytest.param("fr", "Près de 40", (40, 40, "almost"), id="fr-nearly"),
        # Ranges
        pytest.param("en", "Between 20 and 30", (20, 30, "range"), id="between"),
        pytest.param("en", "From 20 to 30", (20, 30, "range"), id="from-to"),
        pytest.param("en", "14,000–15,000", (14_000, 15_000, "range"), id="dash"),
        pytest.param("en", "10 to 15 thousand", (10_000, 15_000, "range"), id="scaled"),
        pytest.param("uk", "від 300 до 350", (300, 350, "range"), id="uk-range"),
        pytest.param("ru", "от 700 до 800", (700, 800, "range"), id="ru-range"),
        pytest.param("ru", "450–500", (450, 500, "range"), id="ru-dash"),
        pytest.param("es", "entre 20 y 30", (20, 30, "range"), id="es-range"),
        pytest.param(
            "es", "entre cuatro mil y cinco mil", (4000, 5000, "range"), id="es-words"
        ),
        pytest.param("fr", "Entre 20 et 25", (20, 25, "range"), id="fr-range"),
    ],
)
def test_number_is_read_with_its_bounds_and_its_word(language, written, expected):
    one = only(KILLED[language].format(written), language)

    assert (one.low, one.high, one.qualifier) == expected
    assert (one.country, one.metric, one.side) == ("NPL", "killed", "russia")


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Each Nepali recruited was paid $2,000.", id="dollars"),
        pytest.param("Recruits got €1,500, killed or not.", id="euros"),
        pytest.param("Nepali recruits were paid 195,000 rubles.", id="rubles"),
        pytest.param("About 70 per cent of recruits were killed.", id="per-cent"),
        pytest.param("Some 12% of the Nepali recruits were killed.", id="percent-sign"),
        pytest.param("One in five Nepali recruits was killed.", id="share"),
        pytest.param("The recruits were aged between 20 and 39.", id="ages"),
        pytest.param("The 22-year-old recruit was killed.", id="age-in-a-word"),
        pytest.param("His father, a driver, 45, was not recruited.", id="age-apart"),
        pytest.param("He was recruited on 12 July 2024.", id="date"),
        pytest.param("Recruiting began in 2023, not 2022.", id="year"),
        pytest.param("The recruit died at 10:30.", id="time"),
        pytest.param("They were killed 46 kilometres from the front.", id="distance"),
        pytest.param("He was killed after 12 days.", id="duration"),
        pytest.param("A recruiter got 15 years in a prison.", id="prison"),
        pytest.param("The youngest recruit was 18, the oldest 62.", id="youngest"),
        pytest.param("Nepalis were recruited, a report says.[31]", id="note"),
        pytest.param("To keep one prisoner of war costs $200.", id="one-prisoner"),
        pytest.param("He joined the 155th Brigade.", id="unit"),
        pytest.param("He was recruited into Unit 29760.", id="unit-number"),
        pytest.param("A 152-mm shell killed him.", id="calibre"),
        pytest.param("He was recruited under Article 47 of the law.", id="article"),
        pytest.param("(1) How were they recruited, and (2) why?", id="marks-of-a-list"),
        pytest.param("3. Recruitment", id="heading"),
        pytest.param("The recruit’s widow is a mother of two.", id="mother-of-two"),
        pytest.param("The recruit flew on flight SU 284 at night.", id="flight"),
        pytest.param("The recruit called +7 495 123 45 67.", id="telephone"),
        pytest.param("He was recruited in 2022-23.", id="years"),
        pytest.param("He was recruited on 2025-10-15.", id="iso-date"),
        pytest.param("Russia fired 93 drones and seven missiles.", id="weapons"),
        pytest.param("A strike killed 14 civilians in Kharkiv.", id="civilians"),
        pytest.param("An earthquake killed 9,000 people.", id="earthquake"),
    ],
)
def test_number_that_counts_no_fighters_gives_nothing(sentence):
    assert candidates(sentence) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        pytest.param("uk", "Рекрутам платять 2 мільйони рублів.", id="uk-money"),
        pytest.param("uk", "Завербованому 27 років.", id="uk-age"),
        pytest.param(
            "uk", "Удар по Харкову: загинули 11 цивільних.", id="uk-civilians"
        ),
        pytest.param("ru", "Завербованным платят 210 тысяч рублей.", id="ru-money"),
        pytest.param("ru", "Вербовщика приговорили к восьми годам.", id="ru-prison"),
        pytest.param("ru", "Убит отец троих детей.", id="ru-father-of-three"),
        pytest.param("es", "El recluta, padre de tres hijos, murió.", id="es-father"),
        pytest.param(
            "es", "Los reclutas murieron entre el 18 y el 24 de agosto.", id="es-days"
        ),
        pytest.param("es", "Los reclutas cobran 3.000 dólares.", id="es-money"),
        pytest.param("fr", "La recrue a payé 600 000 francs.", id="fr-money"),
        pytest.param("fr", "Tué, il était père de deux enfants.", id="fr-father"),
    ],
)
def test_number_that_counts_no_fighters_gives_nothing_in_any_language(
    language, sentence
):
    assert candidates(sentence, language) == []
