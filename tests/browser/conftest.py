"""Chromium, the site to look at, and pages that may do nothing wrong."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.site import running_site

NAMES = [
    os.environ.get("CHROMIUM", ""),
    "chromium",
    "chromium-browser",
    "google-chrome",
]
NO_CHROMIUM = "No Chromium: install it (Debian: apt-get install chromium), or name one in CHROMIUM."
QUIET = (
    "--disable-background-networking --disable-component-update --disable-gpu"
    " --disable-quic --disable-sync --no-first-run"
)
expect.set_options(timeout=30_000)  # as long as Playwright waits elsewhere


# Not for the session: while Playwright runs, Django takes this thread for an
# asynchronous one and refuses queries.
@pytest.fixture(scope="package")
def browser():
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if not program:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=QUIET.split()
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(var_dir):
    """Give the address of the whole site, serving the record of fixtures/."""
    with running_site(var_dir) as site:
        yield site.url


@pytest.fixture
def problems():
    """Collect what pages do wrong; a test that means to do so clears the list."""
    problems = []
    yield problems
    assert problems == []


@pytest.fixture
def open_page(browser, site, problems):
    """Give a function that opens a page of the site in a fresh browser context."""
    contexts = []

    def note_request(request):
        address = urlsplit(request.url)
        if address.scheme in ["http", "https"] and address.hostname != "127.0.0.1":
            problems.append(f"A page asks another host: {request.url}")

    def note_console(message):
        problems.append(f"Console at {message.page.url}: {message.text}")

    def open_page(path="/", **options):
        context = browser.new_context(base_url=site, **options)
        contexts.append(context)
        context.on("request", note_request)
        context.on("console", note_console)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    return open_page()
