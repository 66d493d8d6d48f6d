"""Tables in a text: a row a country, a column what became of its nationals."""

import pytest

from recruitment.extraction import extract

BEFORE = "Foreigners in the Russian army, by country, as of this year.\n\n"
ROWS = [
    ["Country", "Contracts", "Confirmed killed"],
    ["Egypt", "118", "14"],
    ["Sri Lanka", "1,083", "22"],
]
READ = [
    ("EGY", "recruited", 118),
    ("EGY", "killed", 14),
    ("LKA", "recruited", 1083),
    ("LKA", "killed", 22),
]


def lines(rows, between):
    return "\n".join(between.join(row) for row in rows)


def figures(table, before=BEFORE):
    return [
        (one.country, one.metric, one.low)
        for one in extract(f"{before}{table}\n\nEnd.")
    ]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(lines(ROWS, "    "), id="blanks"),
        pytest.param(lines(ROWS, "\t"), id="tabs"),
        pytest.param(lines(ROWS, " | "), id="bars"),
        pytest.param(lines(ROWS, "\t").replace("\n", "\r\n"), id="windows"),
        pytest.param(
            lines([ROWS[0], ["---", "---:", "---:"], *ROWS[1:]], " | "), id="rule"
        ),
        pytest.param(
            "| Country | Contracts | Confirmed killed | \n|---|---|---|\n"
            "| Egypt | 118 | 14 | \n| Sri Lanka | 1,083 | 22 | ",
            id="of-a-web-page",
        ),
    ],
)
def test_table_gives_a_figure_for_each_number(table):
    assert figures(table) == READ


@pytest.mark.parametrize(
    ("language", "header"),
    [
        pytest.param("uk", ["Країна", "Загинули"], id="ukrainian"),
        pytest.param("ru", ["Страна", "Погибли"], id="russian"),
        pytest.param("es", ["País", "Muertos"], id="spanish"),
        pytest.param("fr", ["Pays", "Tués"], id="french"),
    ],
)
def test_table_is_read_in_each_language(language, header):
    text = lines([header, ["Nepal", "14"], ["Népal Непал", "15"]], "\t")

    found = extract(f"Moscow. Москва. Moscú. Moscou.\n\n{text}", language=language)

    assert {(one.country, one.metric) for one in found} == {("NPL", "killed")}


def test_table_keeps_the_words_around_a_number():
    [killed] = extract(f"{BEFORE}Country\tKilled\nEgypt\tat least 14")
    [held] = extract(f"{BEFORE}Country\tHeld as prisoners of war\nEgypt\t12–15")

    assert (killed.low, killed.high, killed.qualifier) == (14, None, "at_least")
    assert (held.metric, held.low, held.high) == ("captured_held", 12, 15)


def test_passage_is_the_row_up_to_the_number():
    text = BEFORE + lines(ROWS, "   ")

    for one in extract(text):
        assert text[one.start : one.end] == one.passage
        assert one.passage.startswith(("Egypt", "Sri Lanka"))
        assert one.passage.endswith(f"{one.low:,}")
        assert one.scope == "subset"


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("Country\tKilled\nTotal\t36", id="total"),
        pytest.param("Country\tKilled\nRussia\t36000", id="party"),
        pytest.param("Country\tKilled\nEgypt\t–", id="no-number"),
        pytest.param("Country\tKilled\nEgypt\t14\t22", id="more-columns-than-headings"),
        pytest.param("Country\tPopulation\nEgypt\t118", id="other-heading"),
        pytest.param("Egypt\t118", id="one-row"),
        pytest.param(
            "Many were killed.  Nobody knows how many.\n"
            "Egypt does not say a word of it.  It has 14 consuls in Russia.",
            id="two-blanks-behind-a-full-stop",
        ),
    ],
)
def test_what_a_table_does_not_say_is_not_guessed(table):
    assert figures(table) == []


def test_sentences_around_a_table_are_read_as_ever():
    text = f"{BEFORE}12 Nepalis were killed.\n\n{lines(ROWS, '  ')}\n\n40 Cubans died."

    assert [(one.country, one.low) for one in extract(text)] == [
        ("NPL", 12),
        *((code, low) for code, _, low in READ),
        ("CUB", 40),
    ]
