"""What drawings outside the page take from the site's one style sheet."""

import re

import pytest

from dashboard.stylesheet import chart_style, resolved, tokens


def test_tokens_are_those_of_the_light_page():
    assert tokens()["--paper"] == "#fbfaf6"
    assert tokens()["--ink"] == "#1c1b18"
    assert tokens()["--sans"].startswith('"Muster Sans"')


def test_token_is_put_in_its_place():
    accent = tokens()["--accent"]

    assert resolved("fill: var(--accent); x: 1") == f"fill: {accent}; x: 1"


def test_unknown_token_is_an_error():
    with pytest.raises(KeyError, match="--colour"):
        resolved("fill: var(--colour)")


@pytest.mark.parametrize(
    "selector",
    ["text", ".tick", ".band", ".best", ".high", ".party", ".grade-e", ".hit"],
)
def test_charts_have_the_rule_for(selector):
    assert re.search(
        rf"(^|, ){re.escape(selector)}(,| {{)", chart_style(), re.MULTILINE
    )


def test_rules_are_plain_enough_for_any_program():
    selectors = [line.split("{")[0] for line in chart_style().splitlines()]

    assert "var(" not in chart_style()
    assert not any(set(selector) & set(":@()") for selector in selectors)
    assert all(line.endswith(" }") for line in chart_style().splitlines())


def test_size_for_narrow_screens_stays_in_the_page():
    # The first rule for text gives 15 px; the others are for containers of some width.
    assert re.findall(r"font(?:-size)?: (\d+)px", chart_style()) == ["15"]
