"""What may be a person's name; the names here are invented."""

import pytest

from recruitment.names import possible_names

KNOWN = {"ministry", "foreign", "affairs", "nepal", "nepali", "kathmandu", "russia"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("said Aran Belmor was killed", ["Aran Belmor"], id="two-words"),
        pytest.param("Yesterday Aran Belmor died", ["Aran Belmor"], id="at-the-start"),
        pytest.param("the family of Aran B. Celdor", ["Aran B Celdor"], id="initial"),
        pytest.param("named Aran van Belmor", ["Aran van Belmor"], id="particle"),
        pytest.param("Pte. Belmor is missing", ["Belmor"], id="rank"),
        pytest.param("рядовой Белмор погиб", ["Белмор"], id="rank-in-russian"),
        pytest.param("мать Арана Белмора", ["Арана Белмора"], id="cyrillic"),
        pytest.param("Aran Belmor and Aran Belmor", ["Aran Belmor"], id="told-once"),
        pytest.param("the Ministry of Foreign Affairs", [], id="an-office"),
        pytest.param("Nepal’s Foreign Ministry said", [], id="possessive"),
        pytest.param("In March 2024 Nepal said so", [], id="month"),
        pytest.param("Belmor said that nobody came", [], id="one-word"),
        pytest.param("a dozen of them. Others fled", [], id="sentences-are-parted"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_names_are_found_among_other_words(text, expected):
    assert possible_names(text, KNOWN) == expected
