"""Every kind of page, at every width, in light and dark, with and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.addresses import PAGES

pytestmark = pytest.mark.browser

WIDTHS = [320, 360, 768, 1440]
DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
OVERFLOW = """
() => document.documentElement.scrollWidth - document.documentElement.clientWidth
"""
UNFOLD = (
    "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
)
# Notes each stop of the Tab key: what is focused, and whether a reader sees that it is.
WALK = """() => {
  window.stops = [];
  addEventListener('focusin', ({ target }) => {
    const drawn = target.querySelector('.hit, .break') ?? target;
    const { outlineStyle, outlineWidth, stroke, strokeWidth } = getComputedStyle(drawn);
    const own = getComputedStyle(target);
    const isMarked = [outlineWidth, own.outlineWidth].some((width) => parseFloat(width) > 1)
      && ![outlineStyle, own.outlineStyle].every((style) => style === 'none')
      || (stroke !== 'none' && parseFloat(strokeWidth) > 1);
    const { top, bottom, left, right } = target.getBoundingClientRect();
    const isInView = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    stops.push([target.outerHTML.slice(0, 120), isMarked, isInView]);
  });
}"""
# What the key has to reach: all that takes the focus and is not folded away.
REACHABLE = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')]
  .filter((one) => one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }))
  .map((one) => one.outerHTML.slice(0, 120))"""
each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)


def overflows(page):
    """Give how far the page is wider than each window."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = page.evaluate(OVERFLOW)
    return found


def violations(page):
    report = Axe().run(page)
    return report.generate_report() if report.violations_count else ""


@each_page
def test_page_is_accessible_and_fits_every_window_in_light_and_dark(open_page, path):
    """Without scripts it shows the same; in one test, as opening a page takes longest."""
    page = open_page(path, **DESK)
    plotted = page.locator("figure.chart[data-plotly]")
    if plotted.count():
        plotted.first.scroll_into_view_if_needed()
        page.wait_for_selector(".is-live")

    assert violations(page) == ""
    expect(page.locator("body")).to_have_css("background-color", "rgb(251, 250, 246)")

    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE["viewport"])
    page.evaluate(UNFOLD)
    assert violations(page) == ""
    expect(page.locator("body")).to_have_css("background-color", "rgb(23, 24, 26)")
    assert overflows(page) == dict.fromkeys(WIDTHS, 0)

    without = open_page(path, java_script_enabled=False, **PHONE)
    for shown in ("main table", "main svg a", "main .empty"):
        assert (
            without.locator(shown).all_text_contents()
            == page.locator(shown).all_text_contents()
        )
    assert overflows(without) == dict.fromkeys(WIDTHS, 0)


@each_page
def test_page_is_walked_by_keyboard_alone(open_page, path):
    page = open_page(path, reduced_motion="reduce", **DESK)
    page.evaluate(WALK)
    reachable = page.evaluate(REACHABLE)

    # A field for a day has a stop for each part of it, and one for its calendar.
    days = page.locator("input[type=date]:visible").count()
    for _ in range(len(reachable) + 3 * days):
        page.keyboard.press("Tab")

    stops = page.evaluate("stops")
    assert [what for what, _, _ in stops] == reachable
    assert [what for what, is_marked, is_in_view in stops if not is_marked] == []
    assert [what for what, is_marked, is_in_view in stops if not is_in_view] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [pytest.param("/?side=both", 400, id="bad"), pytest.param("/no/", 404, id="none")],
)
def test_page_of_an_error_is_a_page_too(open_page, problems, path, status):
    page = open_page(path, **PHONE)

    assert overflows(page) == dict.fromkeys(WIDTHS, 0)
    assert violations(page) == ""
    assert page.locator("main a").count() > 0
    assert len(problems) == 1  # the browser's own line about the status
    assert f"status of {status}" in problems.pop()


def test_data_for_machines_is_no_script_to_the_policy(open_page):
    page = open_page("/data/", **DESK)

    # A refusal would stand in the console, which fails the test.
    assert page.locator('script[type="application/ld+json"]').count() == 1


def test_menu_of_a_phone_opens_without_scripts(open_page):
    page = open_page("/", java_script_enabled=False, **PHONE)

    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("navigation", name="Pages").get_by_text("Countries").click()

    page.wait_for_url("**/countries/")


@pytest.mark.parametrize(
    ("path", "link", "table"),
    [
        pytest.param(
            *("/countries/NPL/", "#claims .chart-links a", "#claims-table"), id="itself"
        ),
        pytest.param(
            "/codebook/", ".contents a[href='#figures']", "#figures", id="section"
        ),
    ],
)
def test_link_to_a_folded_table_unfolds_it(open_page, path, link, table):
    page = open_page(path, **DESK)
    expect(page.locator(f"{table} table")).not_to_be_visible()

    page.locator(link).first.click()

    expect(page.locator(f"{table} table")).to_be_visible()
