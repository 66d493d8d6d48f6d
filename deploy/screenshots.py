"""Take the README's pictures of a Muster that runs already.

python -m deploy.screenshots http://127.0.0.1:8000
python -m deploy.screenshots http://127.0.0.1:8000 --desk NAME PASSWORD /desk/articles/1/
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

DOCS = Path(__file__).resolve().parent.parent / "docs"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PICTURES = {
    # file: address, width and height of what it shows
    "overview.png": ("/", 1440, 1500),
    "nepal.png": ("/countries/NPL/", 1440, 1500),
    "overview-360.png": ("/", 360, 2300),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="deploy.screenshots", description=__doc__)
    parser.add_argument(
        "site", help="address of the site, such as http://127.0.0.1:8000"
    )
    parser.add_argument(
        "--desk",
        nargs=3,
        metavar=("NAME", "PASSWORD", "PATH"),
        help="take a page of the desk too, such as an article beside its candidates",
    )
    options = parser.parse_args()
    site = options.site.rstrip("/")
    program = chromium()
    if not program:
        print("No Chromium: install one, or name it in CHROMIUM.")
        return 1
    DOCS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        for name, (path, width, height) in PICTURES.items():
            take(browser, site + path, width, height, DOCS / name)
        if options.desk:
            name, password, path = options.desk
            session = log_in(browser, site, name, password)
            take(session, site + path, 1440, 1100, DOCS / "desk.png")
        browser.close()
    for picture in sorted(DOCS.glob("*.png")):
        print(f"{picture.name}: {picture.stat().st_size / 1000:.0f} kB")
    return 0


def chromium() -> str | None:
    """Find the browser to use, the one named in CHROMIUM first."""
    names = filter(None, (os.environ.get("CHROMIUM"), *CHROMIUM))
    return next(filter(None, map(shutil.which, names)), None)


def log_in(browser: Browser, site: str, name: str, password: str) -> BrowserContext:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/desk/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{site}/desk/")
    return context


def take(
    opener: Browser | BrowserContext, address: str, width: int, height: int, path: Path
) -> None:
    page = opener.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
