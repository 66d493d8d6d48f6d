"""A chart in a browser: the server's drawing first, Plotly over it, links throughout."""

import re
from html import unescape

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OVERVIEW = "/?as_of=2026-01-31"
KILLED = "metric=killed&side=russia&as_of=2026-01-31"
COUNTRY = f"/countries/NPL/?{KILLED}"
NEPAL = f"/charts/claims/?country=NPL&{KILLED}"
OVER_TIME = f"/charts/over-time/?country=NPL&{KILLED}"
# Of the charts that a page may have, the one that is looked at.
CHART = "figure:is(#ranked, #claims, #over-time)"
DESK = {"viewport": {"width": 1440, "height": 900}}
# From the first paint on: the sum of all layout shifts.
SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 100);
})"""
# Counts in `draws` how often Plotly is told to draw.
COUNT = """
let bundle;
window.draws = 0;
Object.defineProperty(window, 'Plotly', {
  get: () => bundle,
  set(loaded) {
    bundle = { ...loaded, react(...told) { draws += 1; return loaded.react(...told); } };
  },
});"""
# Whether Plotly has drawn in the width that the page gives it now.
IS_FITTED = """(chart) => {
  const plot = document.querySelector(`${chart} .plot`);
  return plot.clientWidth && plot.querySelector('.main-svg').clientWidth === plot.clientWidth;
}"""
FOCUSED = """() => {
  const { href, className, tagName, textContent } = document.activeElement;
  if (!href) return [tagName, '', ''];  // the search
  const name = className.baseVal ?? className;
  return [name, new URL(href.baseVal ?? href, location).pathname, textContent.trim()];
}"""
each_chart = pytest.mark.parametrize(
    "path", [OVERVIEW, NEPAL, OVER_TIME], ids=["ranked", "claims", "over-time"]
)


def live(page):
    """Bring the chart into view and wait until Plotly has taken over."""
    page.locator(CHART).scroll_into_view_if_needed()
    page.wait_for_selector(f"{CHART} .is-live")
    return page


def marks(page):
    """Give each mark of Plotly with the first item of its customdata and its text."""
    data = page.evaluate(
        "(chart) => document.querySelector(`${chart} .plot`).data"
        ".flatMap(({ customdata }) => customdata ?? [])",
        CHART,
    )
    points = page.locator(f"{CHART} .plot .points path.point").all()
    return list(zip(points, data, strict=True))


def middle(mark):
    box = mark.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_plotly_comes_only_when_the_chart_is_in_view(open_page):
    page = open_page(COUNTRY, viewport={"width": 1440, "height": 400})
    page.wait_for_load_state("networkidle")
    before = page.evaluate("typeof Plotly")
    with page.expect_response(lambda answer: "claims.plotly" in answer.url) as spec:
        page.locator("#claims").scroll_into_view_if_needed()
        page.wait_for_selector("#claims .is-live")

    assert before == "undefined"
    assert spec.value.ok
    assert page.evaluate("typeof Plotly") == "object"
    drawing = page.locator("#claims .chart-wide")
    assert drawing.evaluate("it => getComputedStyle(it).opacity") == "0"


@each_chart
def test_nothing_moves_when_plotly_takes_over(open_page, path):
    page = live(open_page(path, **DESK))

    assert page.evaluate(SHIFTS) == 0


def test_plotly_draws_once_when_it_takes_over_and_again_in_a_new_width(open_page):
    page = open_page("/method/", **DESK)
    page.add_init_script(COUNT)
    page.goto(OVERVIEW)
    live(page).wait_for_timeout(300)  # in which no other drawing may come
    at_first = page.evaluate("draws")

    page.set_viewport_size({"width": 1000, "height": 900})
    page.wait_for_function("draws > 1")
    page.wait_for_timeout(300)

    assert [at_first, page.evaluate("draws")] == [1, 2]


def best_marks(page):
    """Give the places of the best figures, in Plotly and in the drawing."""
    names = page.evaluate(
        "(chart) => document.querySelector(`${chart} .plot`).data"
        ".flatMap(({ customdata, name }) => (customdata ?? []).map(() => name))",
        CHART,
    )
    best = [
        mark
        for (mark, _), name in zip(marks(page), names, strict=True)
        if re.match("Best figure|Figure|A party", name)
    ]
    drawn = page.locator(f"{CHART} .chart-wide :is(circle.best, circle.party)").all()
    assert len(best) == len(drawn) > 3
    return [sorted(map(middle, shown), key=lambda at: at[1]) for shown in (best, drawn)]


@each_chart
def test_marks_of_plotly_lie_on_those_of_the_drawing(open_page, path):
    page = live(open_page(path, **DESK))

    for width in (1440, 768, 360, 1000):
        page.set_viewport_size({"width": width, "height": 900})
        if width == 360:  # narrow: no Plotly, whatever came before
            expect(page.locator(f"{CHART} .plot")).not_to_be_visible()
            continue
        page.wait_for_function(IS_FITTED, arg=CHART)
        sizes = {
            locator: page.locator(locator).first.evaluate(
                "text => text.getBoundingClientRect().height"
            )
            for locator in (
                f"{CHART} .plot :is(.annotation text, .textpoint text[text-anchor=end])",
                f"{CHART} .chart-wide text.name",
            )
        }
        for at, drawn_at in zip(*best_marks(page), strict=True):
            assert at == pytest.approx(drawn_at, abs=2), width
        assert len({round(size / 2) for size in sizes.values()}) == 1, sizes


@pytest.mark.parametrize("path", [OVERVIEW, NEPAL], ids=["overview", "country"])
def test_click_on_a_mark_opens_the_figure_that_sets_it(open_page, path):
    page = live(open_page(path, **DESK))
    mark, (address, _, told, _) = next(
        (mark, data)
        for mark, data in marks(page)
        if data[2].startswith("Highest claimed") or data[2] == "Best figure: 156"
    )

    mark.scroll_into_view_if_needed()
    page.mouse.click(*middle(mark))
    page.wait_for_url(f"**{address}")

    assert address.startswith("/figures/")
    expect(page.locator("h1")).to_contain_text(told.split(": ")[1])


def test_hovering_over_a_mark_tells_number_and_claimant(open_page):
    page = live(open_page(NEPAL, **DESK))
    [mark] = [mark for mark, data in marks(page) if data[2] == "Best figure: 156"]

    mark.scroll_into_view_if_needed()
    page.mouse.move(*middle(mark))

    shown = page.locator(".plot .hoverlayer")
    expect(shown).to_contain_text("Families' campaign in Kathmandu: 156")


def test_hovering_over_a_claim_tells_day_wording_and_publisher(open_page):
    page = live(open_page(OVER_TIME, **DESK))
    [(mark, data)] = [(mark, data) for mark, data in marks(page) if "156" in data[1]]

    mark.scroll_into_view_if_needed()
    page.mouse.move(*middle(mark))

    shown = page.locator(".plot .hoverlayer")
    expect(shown).to_contain_text("Families' campaign in Kathmandu: 156")
    for told in ("18 Nov 2025", *data[3:]):
        expect(shown).to_contain_text(unescape(told))
    page.mouse.click(*middle(mark))
    page.wait_for_url(f"**{data[0]}")


def test_row_is_followed_without_scripts(open_page):
    page = open_page(OVERVIEW, java_script_enabled=False, **DESK)

    page.locator("#ranked .chart-wide a.row", has_text="Nepal").first.click()

    page.wait_for_url("**/countries/NPL/?side=russia&metric=killed**")
    expect(page.locator("h1")).to_have_text("Nepal")


def test_tab_key_reaches_everything_up_to_the_last_row(open_page):
    page = live(open_page(OVERVIEW, **DESK))
    rows = page.locator("#ranked .chart-wide a.row").count()
    page.evaluate("scrollTo(0, 0)")

    stops = []
    while [stop[0] for stop in stops].count("row") < rows and len(stops) < 100:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))

    names = [name for name, _, _ in stops]
    assert names[:2] == ["skip-link", "brand"]
    pages = page.locator(".site-nav a").all_inner_texts()
    assert [text for _, _, text in stops[2 : 2 + len(pages)]] == pages
    tabs = page.locator(".tabs a").all_inner_texts()
    assert [text for _, _, text in stops][-rows - len(tabs) : -rows] == tabs
    assert names[-rows:] == ["row"] * rows
    assert all(path.startswith("/countries/") for _, path, _ in stops[-rows:])


def test_enter_on_a_row_opens_its_claims(open_page):
    page = live(open_page(OVERVIEW, **DESK))

    page.locator(".tabs.side a").last.focus()
    page.keyboard.press("Tab")
    drawing = page.locator("#ranked .chart-wide")
    opacity = drawing.evaluate("it => getComputedStyle(it).opacity")
    page.keyboard.press("Enter")
    page.wait_for_url("**/countries/PRK/**#claims")

    assert opacity == "1"  # the drawing with its links is back for the keyboard
    expect(page.locator("figure#claims h2")).to_have_text(
        "North Korea: killed, Russian side, who says what"
    )


def test_skip_link_leads_past_the_navigation(open_page):
    page = open_page(OVERVIEW, **DESK)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**#main")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_tabs_and_filters_change_the_view_and_back_returns(open_page, scripts):
    page = open_page(OVERVIEW, java_script_enabled=scripts, **DESK)
    title = page.locator("#ranked h2")

    page.get_by_role("link", name="Serving", exact=True).click()
    expect(title).to_have_text("Serving, Russian side, by country")
    page.get_by_role("link", name="Ukrainian side", exact=True).click()
    expect(title).to_have_text("Serving, Ukrainian side, by country")
    page.get_by_label("Figures used").select_option("no_party")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**policy=no_party**")
    expect(title).to_have_text("Serving, Ukrainian side, by country")

    page.go_back()
    page.go_back()

    expect(title).to_have_text("Serving, Russian side, by country")
    current = page.locator(".tabs a[aria-current]")
    expect(current).to_have_text(["Serving", "Russian side"])


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        pytest.param(360, "narrow", id="phone"),
        pytest.param(700, "narrow", id="just-below-680-px-of-room"),
        pytest.param(768, "wide", id="tablet"),
        pytest.param(1440, "wide", id="desk"),
    ],
)
def test_narrow_window_has_a_drawing_of_its_own(open_page, width, shown):
    page = open_page(NEPAL, viewport={"width": width, "height": 800})
    page.locator(CHART).scroll_into_view_if_needed()
    if shown == "wide":
        page.wait_for_selector(f"{CHART} .is-live")
    page.wait_for_load_state("networkidle")

    visible = {
        name: page.locator(f"{CHART} .chart-{name}").is_visible()
        for name in ("wide", "narrow")
    }

    assert visible == {"wide": shown == "wide", "narrow": shown == "narrow"}
    # A narrow window never pays for the bundle.
    assert page.evaluate("typeof Plotly") == (
        "object" if shown == "wide" else "undefined"
    )


# Of the drawing that is shown: its smallest text, and texts of one row that overlap.
TEXTS = """(chart) => {
  const svg = [...document.querySelectorAll(`${chart} .chart-drawing > svg`)]
    .find((one) => one.getBoundingClientRect().width);
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const sizes = [...svg.querySelectorAll('text')]
    .map((text) => scale * parseFloat(getComputedStyle(text).fontSize));
  const overlapping = [];
  for (const row of svg.querySelectorAll('a.row')) {
    const texts = [...row.querySelectorAll('text')]
      .map((text) => [text.textContent, text.getBoundingClientRect()]);
    for (const [one, a] of texts) for (const [two, b] of texts) {
      if (one < two && a.left < b.right && b.left < a.right
          && a.top + 6 < b.bottom && b.top + 6 < a.bottom) overlapping.push(`${one} / ${two}`);
    }
  }
  return [Math.min(...sizes), overlapping];
}"""


@each_chart
def test_drawing_can_be_read_at_every_width(open_page, path):
    page = open_page(path, java_script_enabled=False)

    for width in (320, 360, 480, 700, 768, 800, 900, 1000, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        smallest, overlapping = page.evaluate(TEXTS, CHART)
        assert smallest >= 14, width
        assert overlapping == [], width


@pytest.mark.parametrize("missing", ["plotly.min", "ranked.plotly"])
def test_drawing_stays_where_plotly_does_not_come(open_page, problems, missing):
    page = open_page("/method/", **DESK)
    page.route(re.compile(re.escape(missing)), lambda route: route.abort())

    with page.expect_event("requestfailed"):
        page.goto(OVERVIEW)
        page.locator(CHART).scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")

    assert page.locator("#ranked :is(.is-live, .plot)").count() == 0
    assert page.locator("#ranked .chart-wide a.row").first.is_visible()
    assert len(problems) == 1  # the browser's own line about what did not come
    assert "ERR_FAILED" in problems.pop()


def test_colours_follow_the_readers_scheme(open_page):
    page = live(open_page(OVERVIEW, **DESK))
    tick = page.locator("#ranked .plot .points path.point").first

    expect(tick).to_have_css("stroke", "rgb(26, 82, 118)")
    page.emulate_media(color_scheme="dark")
    expect(tick).to_have_css("stroke", "rgb(134, 185, 221)")
