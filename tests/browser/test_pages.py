import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = ["/", "/countries/", "/countries/NPL/", "/method/"]
LOOKS = {
    "phone": {"viewport": {"width": 360, "height": 740}},
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_and_fits_its_window(open_page, path, look):
    page = open_page(path, **look)
    page.wait_for_load_state("networkidle")

    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )

    assert overflow == 0
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_page_shows_the_same_tables_without_scripts(open_page, path):
    with_scripts, without = (
        open_page(path, java_script_enabled=enabled)
        .locator("main table")
        .all_inner_texts()
        for enabled in [True, False]
    )

    assert without == with_scripts


def test_first_tab_stop_leads_past_the_navigation(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.url.endswith("#main")
