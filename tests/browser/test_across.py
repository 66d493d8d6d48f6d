"""The charts that look across countries, in a browser: read, reached, and followed."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_charts import TEXTS

pytestmark = pytest.mark.browser

DAY = "as_of=2026-01-31"
DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}}
CHARTS = {
    "map": f"/charts/map/?{DAY}",
    "map-of-few": f"/charts/map/?metric=captured_held&{DAY}",
    "dispersion": f"/charts/dispersion/?{DAY}",
    "dispersion-of-one-count": f"/charts/dispersion/?side=russia&metric=killed&{DAY}",
    "compare": f"/charts/compare/?country=NPL&country=CUB&country=AND&{DAY}",
}
# Texts that touch another text, or leave the drawing, of the one that is shown.
TOUCHING = """() => {
  const svg = [...document.querySelectorAll('.chart-drawing > svg')]
    .find((one) => one.getBoundingClientRect().width);
  const whole = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')]
    .map((text) => [text.textContent, text.getBoundingClientRect()]);
  const found = texts.filter(([, box]) => box.left < whole.left - 1 || box.right > whole.right + 1)
    .map(([text]) => text);
  for (const [one, a] of texts) for (const [two, b] of texts) {
    if (a !== b && a.left < b.right && b.left < a.right
        && a.top + 6 < b.bottom && b.top + 6 < a.bottom) found.push(`${one} / ${two}`);
  }
  return found;
}"""
FILLS = """(form) => Object.fromEntries(
  [...document.querySelectorAll(`.chart-${form} a.place`)].map((link) => {
    const box = link.getBoundingClientRect();
    const fill = getComputedStyle(link).fill;
    return [link.href.baseVal, [box.width > 0 && box.height > 0, fill.replace(/-(wide|narrow)/, '')]];
  }))"""


@pytest.mark.parametrize("path", CHARTS.values(), ids=CHARTS)
def test_drawing_can_be_read_at_every_width(open_page, path):
    page = open_page(path, java_script_enabled=False)

    for width in (320, 360, 480, 700, 768, 800, 900, 1000, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        smallest, overlapping = page.evaluate(TEXTS, "figure.chart")
        assert smallest >= 14, width
        assert overlapping == [], width
        assert page.evaluate(TOUCHING) == [], width


def test_narrow_map_shows_the_shapes_that_it_borrows(open_page):
    page = open_page(CHARTS["map"], **DESK)
    wide = page.evaluate(FILLS, "wide")

    page.set_viewport_size(PHONE["viewport"])
    narrow = page.evaluate(FILLS, "narrow")

    assert len(wide) > 40
    assert narrow == wide
    assert all(is_seen for is_seen, _ in narrow.values())
    assert any("url(" in fill for _, fill in narrow.values())


@pytest.mark.parametrize(
    ("form", "look"),
    [pytest.param("wide", DESK, id="desk"), pytest.param("narrow", PHONE, id="phone")],
)
def test_country_on_the_map_is_followed_without_scripts(open_page, form, look):
    page = open_page(CHARTS["map"], java_script_enabled=False, **look)

    page.locator(f".chart-{form} a[href^='/countries/KAZ/']").focus()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Kazakhstan")


def test_pointer_finds_a_country_on_a_phone(open_page):
    page = open_page(CHARTS["map"], **PHONE)

    page.locator(".chart-narrow a[href^='/countries/CHN/']").click()

    page.wait_for_url("**/countries/CHN/**")


def test_countries_are_compared_without_scripts(open_page):
    page = open_page("/compare/?country=NPL", java_script_enabled=False, **PHONE)

    page.get_by_label("Add").fill("Куба")  # noqa: RUF001  # Cyrillic is meant
    page.get_by_label("Count", exact=True).select_option("recruited")
    page.get_by_role("button", name="Compare").click()

    page.wait_for_url("**country=NPL&country=%D0%9A**")
    title = page.locator("h2").first
    expect(title).to_have_text("Recruited, Russian side: Nepal and Cuba")
    page.get_by_label("Nepal", exact=True).uncheck()
    page.get_by_role("button", name="Compare").click()
    expect(title).to_have_text("Recruited, Russian side: Cuba")
