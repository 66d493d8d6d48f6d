"""How wide text is, where its lines break, and what our fonts cannot write."""

import pytest

from dashboard.lettering import SANS, SERIF, balanced, legible, width_of, wrapped
from dashboard.pictures import png

STYLES = {SANS: "20px 'Muster Sans'", SERIF: "600 20px 'Muster Serif'"}


def covered(words, font, width):
    """Draw words and cover them up to a width."""
    return png(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 40">'
        '<rect width="400" height="40" fill="#fff"/>'
        f'<text style="font: {STYLES[font]}" x="0" y="25">{words}</text>'
        f'<rect x="-9" width="{9 + width}" height="40" fill="#fff"/></svg>',
        800,
    )


@pytest.mark.parametrize("font", [SANS, SERIF])
@pytest.mark.parametrize(
    "words", ["Nepal, 104 to 156 killed", "Democratic Republic", "Непал: не менше 40"]
)
def test_width_is_that_of_the_drawn_text(words, font):
    width = width_of(words, 20, font)

    nothing = covered("", font, 0)
    assert covered(words, font, width + 1) == nothing
    assert covered(words, font, width * 0.96) != nothing


def test_character_that_the_font_lacks_counts_as_wide():
    assert width_of("語", 20) == 20


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("  Nepal ", ["Nepal"], id="one-word"),
        pytest.param("killed on both sides", ["killed on both", "sides"], id="words"),
        pytest.param(
            "at https://a.example/one/two?x=1&y=2",
            ["at https://", "a.example/", "one/two?x=1&", "y=2"],
            id="address-after-its-marks",
        ),
        pytest.param("x" * 30, ["x" * 13, "x" * 13, "x" * 4], id="one-long-word"),
    ],
)
def test_text_breaks(text, lines):
    assert wrapped(text, 87, 14) == lines
    assert all(width_of(line, 14) <= 87 for line in lines)


def test_lines_of_a_heading_are_about_as_long():
    text = "Foreigners killed on Russia’s side in the war, as claimed by those there"

    plain, even = (broken(text, 560, 24, SERIF) for broken in (wrapped, balanced))

    def ragged(lines):
        widths = [width_of(line, 24, SERIF) for line in lines]
        return max(widths) - min(widths)

    assert len(even) == len(plain) == 2
    assert " ".join(even) == text
    assert ragged(even) < ragged(plain) / 2


def test_heading_of_one_line_stays_one():
    assert balanced("Killed", 560, 24, SERIF) == ["Killed"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("Nepal – Непал", "Nepal – Непал", id="ours"),
        pytest.param("नेपाल के लोग", "[Devanagari script]", id="words-together"),
        pytest.param(
            "约 20 人 in all", "[Han script] 20 [Han script] in all", id="han"
        ),
        pytest.param("サ says", "[Katakana script] says", id="katakana"),
        pytest.param("أكثر من 20", "[Arabic script] 20", id="right-to-left"),
        pytest.param("  two  spaces ", "  two  spaces ", id="spaces-stay"),
        pytest.param("✓ done", "✓ done", id="a-mark-is-no-script"),
    ],
)
def test_script_without_letters_is_named(text, written):
    assert legible(text) == written
