"""What each kind of page costs its reader: bytes, and nothing that moves."""

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import LONGEST, PAGES
from tests.browser.test_charts import SHIFTS

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True}
MOST = 150_000
MOST_WITH_PLOTLY = 500_000
# Each address that the page asked for, with the bytes that came over the line.
SIZES = """() => performance.getEntries()
  .filter(({ entryType }) => ['navigation', 'resource'].includes(entryType))
  .map(({ name, transferSize }) => [name, transferSize])"""
# Shifts tell nothing of what is out of sight: how tall is the page, then without Plotly?
HEIGHTS = """() => {
  const height = () => document.documentElement.scrollHeight;
  const live = height();
  document.querySelectorAll('.plot').forEach((plot) => plot.remove());
  return [live, height()];
}"""
EVERY = PAGES | LONGEST
each_page = pytest.mark.parametrize("path", EVERY.values(), ids=EVERY)


def sizes(page):
    """Give the bytes of each address that a page asked for, with an empty cache."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    found = dict(page.evaluate(SIZES))
    assert {"css", "js", "woff2"} <= {name.rpartition(".")[2] for name in found}
    assert min(found.values()) > 0
    return found


@each_page
def test_page_is_light_and_nothing_moves_when_plotly_comes(open_page, path):
    page = open_page(path, **DESK)
    for chart in page.locator("figure.chart[data-plotly]").all():
        chart.scroll_into_view_if_needed()
        expect(chart.locator(".is-live")).to_be_attached()

    found = sizes(page)

    whole = sum(found.values())
    for_plotly = sum(size for name, size in found.items() if "plotly" in name)
    assert whole - for_plotly <= MOST, found
    assert whole <= MOST_WITH_PLOTLY, found
    assert page.evaluate(SHIFTS) == 0
    live, drawn = page.evaluate(HEIGHTS)
    assert live == drawn


@each_page
def test_page_on_a_phone_is_light_and_nothing_moves(open_page, path):
    page = open_page(path, **PHONE)

    found = sizes(page)

    assert sum(found.values()) <= MOST, found
    assert page.evaluate(SHIFTS) == 0
