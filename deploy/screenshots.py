"""Take the README's pictures of a Muster that runs already.

python -m deploy.screenshots http://127.0.0.1:8000
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

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
    site = parser.parse_args().site.rstrip("/")
    program = chromium()
    if not program:
        print("No Chromium: install one, or name it in CHROMIUM.")
        return 1
    DOCS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        for name, (path, width, height) in PICTURES.items():
            take(browser, site + path, width, height, DOCS / name)
            print(f"{name}: {(DOCS / name).stat().st_size / 1000:.0f} kB")
        browser.close()
    return 0


def chromium() -> str | None:
    """Find the browser to use, the one named in CHROMIUM first."""
    names = filter(None, (os.environ.get("CHROMIUM"), *CHROMIUM))
    return next(filter(None, map(shutil.which, names)), None)


def take(browser: Browser, address: str, width: int, height: int, path: Path) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
