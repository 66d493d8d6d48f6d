"""Link previews: what a chart says in words, and the chart, in the shape of previews."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dashboard.cards import BOTTOM, HEIGHT, MARGIN, WIDTH, card
from dashboard.charts.ranges import RankedChart, Row
from dashboard.lettering import SANS, SERIF, width_of
from dashboard.pictures import png
from tests.dashboard.test_reference_drawings import CHARTS

pytestmark = pytest.mark.django_db

ROWS = tuple(
    Row(name=f"Country {n}", url="/", value=f"{n}", detail="who", best=n)
    for n in range(40, 0, -1)
)
CHART = RankedChart(
    title="Killed, Russian side, by country",
    summary="Country 40 comes first with 40 (who).",
    rows=ROWS,
    note="As of 31 Mar 2026",
)


def texts(chart):
    """Give the card's own texts, without those of the drawing: class, text and place."""
    root = ElementTree.fromstring(card(chart, "muster.example"))  # noqa: S314  # our own
    return [
        (one.get("class"), one.text, float(one.get("y")))
        for one in root.findall("{*}text")
    ]


def told(chart, kind):
    return " ".join(text for css, text, _ in texts(chart) if css.startswith(kind))


def test_card_tells_title_sentence_and_where_it_comes_from():
    assert told(CHART, "title") == CHART.title
    assert told(CHART, "line") == CHART.summary
    assert told(CHART, "small").startswith("the first 4 of 40 · As of 31 Mar 2026")
    assert "muster.example · data revision 0" in told(CHART, "small")
    assert "CC BY 4.0" in told(CHART, "small")


def test_card_of_a_long_chart_has_its_beginning_whole():
    picture = card(CHART, "muster.example")

    assert [f">{row.name}<" in picture for row in ROWS] == [True] * 4 + [False] * 36


def test_card_of_a_short_chart_does_not_call_it_a_beginning():
    assert "the first" not in told(replace(CHART, rows=ROWS[:2]), "small")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("a few words", id="short"),
        pytest.param("many words and then some more of them " * 30, id="long"),
        pytest.param("Länderübergreifendeswort" * 20, id="no-place-to-break"),
    ],
)
def test_words_of_a_card_stay_within_their_column(words):
    chart = replace(CHART, title=words.strip(), summary=words.strip())

    for css, text, baseline in texts(chart):
        name, _, size = css.partition("-")
        if name in ("title", "line"):
            font = SERIF if name == "title" else SANS
            assert width_of(text, int(size), font) <= WIDTH / 2 - MARGIN, text
            assert baseline <= BOTTOM
    assert told(chart, "line").endswith("…") == (len(words) > 100)


@pytest.mark.parametrize("kind", [name for name in CHARTS if "-of-one" not in name])
def test_every_kind_of_chart_has_a_card(kind):
    picture = png(card(CHARTS[kind], "muster.example"), WIDTH)

    size = [int.from_bytes(picture[at : at + 4]) for at in (16, 20)]
    assert size == [WIDTH, HEIGHT]
