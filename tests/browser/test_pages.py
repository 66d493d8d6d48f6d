"""Every kind of page, at every width, in light and dark, with and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGES = {
    "overview": "/",
    "countries": "/countries/",
    "country": "/countries/NPL/",
    "nobody-counted": "/countries/AND/",
    "figure": "/figures/npl-russia-killed-2025-11-18-nepal-families-campaign/",
    "claimant": "/claimants/nepal-foreign-ministry/",
    "source": "/sources/peoples-review-2025-11-18-russia-tells-nepal-104-nepalis-have/",
    "figures": "/figures/?country=NPL",
    "responses": "/responses/",
    "lineage": "/charts/lineage/?source=associated-press-2026-01-russia-refills-ranks",
    "method": "/method/",
    "timeline": "/timeline/?country=NPL",
    "incentives": "/incentives/",
    "chart": "/charts/over-time/?country=NPL&metric=killed",
    "compare": "/compare/?country=NPL&country=AND",
    "disagreements": "/disagreements/",
    "uncounted": "/uncounted/",
    "map": "/charts/map/",
    "changes": "/changes/",
    "revision": "/changes/1/",
    "about": "/about/",
}
WIDTHS = [320, 360, 768, 1440]
DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
OVERFLOW = """
() => document.documentElement.scrollWidth - document.documentElement.clientWidth
"""
each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)


def overflows(page):
    """Give how far the page is wider than each window."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = page.evaluate(OVERFLOW)
    return found


@each_page
def test_page_fits_every_window_in_light_and_dark(open_page, path):
    page = open_page(path, **DESK)

    for scheme, paper in (("light", "rgb(251, 250, 246)"), ("dark", "rgb(23, 24, 26)")):
        page.emulate_media(color_scheme=scheme)
        assert overflows(page) == dict.fromkeys(WIDTHS, 0)
        expect(page.locator("body")).to_have_css("background-color", paper)


@each_page
def test_page_without_scripts_fits_and_shows_the_same(open_page, path):
    with_scripts = open_page(path, **DESK)
    without = open_page(path, java_script_enabled=False, **DESK)

    for shown in ("main table", "main svg a", "main .empty"):
        assert (
            without.locator(shown).all_text_contents()
            == with_scripts.locator(shown).all_text_contents()
        )
    assert overflows(without) == dict.fromkeys(WIDTHS, 0)


@pytest.mark.parametrize(
    "look",
    [pytest.param(DESK, id="light-desk"), pytest.param(PHONE, id="dark-phone")],
)
@each_page
def test_page_is_accessible(open_page, path, look):
    page = open_page(path, **look)
    if look is DESK and page.locator("figure.chart[data-plotly]").count():
        page.locator("figure.chart[data-plotly]").first.scroll_into_view_if_needed()
        page.wait_for_selector(".is-live")

    report = Axe().run(page)

    assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize(
    ("path", "status"),
    [pytest.param("/?side=both", 400, id="bad"), pytest.param("/no/", 404, id="none")],
)
def test_page_of_an_error_is_a_page_too(open_page, problems, path, status):
    page = open_page(path, **PHONE)

    assert overflows(page) == dict.fromkeys(WIDTHS, 0)
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

    assert page.url.endswith("/countries/")
