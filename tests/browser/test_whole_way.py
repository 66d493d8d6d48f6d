"""From a pasted article to figures in public: an editor, a second person, and a reader."""

import json
import os
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.test_desk import manage
from tests.site import ROOT

pytestmark = pytest.mark.browser
ARTICLE = """Families wait for word

Kathmandu, 3 May 2026. Nepal's foreign ministry said on Sunday that 131 Nepalis had been
killed while fighting for Russia in Ukraine. Some 220 Nepali citizens are still serving in
the Russian army, it said, and at least 33 are missing.
"""
MINISTRY = "Ministry of Foreign Affairs of Nepal"
MILLISECONDS = 60_000  # which a worker may need on a busy machine
KEY = "npl-russia-killed"
ARTICLES = Path(os.environ.get("MUSTER_ARTICLES", ROOT.parent / "shared" / "articles"))


@pytest.fixture(scope="module")
def passwords(site, var_dir):
    """Give the passwords of two people of the desk."""
    roles = {"bina": "editor", "chandra": "publisher"}
    return {
        name: manage(var_dir, "add_person", name, "--role", role)
        .removeprefix("Password: ")
        .strip()
        for name, role in roles.items()
    }


def log_in(open_page, name, password, path):
    page = open_page(f"/desk/login/?next={path}")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    page.wait_for_url(f"**{path}")
    return page


def bring(page, text, gist):
    """Paste an article, wait until it is read, and enter the page that it is."""
    page.goto("/desk/articles/add/")
    page.get_by_label("Paste its text").fill(text)
    page.locator("#id_published").fill("2026-05-03")
    page.get_by_role("button", name="Read it").click()
    review = page.get_by_role("link", name=re.compile("^Review"))
    review.wait_for(timeout=MILLISECONDS)
    review.click()
    page.get_by_role("link", name="Say which page it is").click()
    page.locator("#id_publisher").fill("The Whole Way Post")
    page.locator("#id_title_gist").fill(gist)
    page.locator("#id_kind").select_option("news_report")
    page.get_by_role("button", name="Enter the page").click()


def accept_next(page):
    """Make a draft of the next open candidate, much as its form proposes it."""
    page.get_by_role("link", name=re.compile("^Accept")).first.click()
    page.get_by_role("radio", name=re.compile("^2 ·")).check()
    page.get_by_role("button", name="Go on").click()
    page.locator("#id_claimant").fill(MINISTRY)
    if page.locator("#id_scope").input_value() == "subset":
        page.locator("#id_scope_note").fill("those told of in one article")
    page.get_by_role("button", name="Make the draft").click()
    warned = page.get_by_role("button", name="Make the draft all the same")
    expect(warned.or_(page.locator(".candidates"))).to_be_visible()
    if warned.count():
        warned.click()
    page.wait_for_url(re.compile(r"/desk/articles/\d+/"))


def drafts_on(page):
    """Give the addresses of the drafts that wait at the desk."""
    page.goto("/desk/drafts/")
    links = page.locator('main a[href^="/desk/drafts/"]').all()
    return {link.get_attribute("href") for link in links}


def publish(page, drafts):
    for draft in drafts:
        page.goto(draft)
        page.get_by_role("button", name="Publish it").click()
        page.wait_for_url("**/desk/drafts/")


def asked(site, path):
    return json.load(urlopen(f"{site}/api/v1/{path}"))


def test_article_becomes_public_figures_by_two_people(open_page, site, passwords):
    before = asked(site, f"estimates/{KEY}/")
    editor = log_in(open_page, "bina", passwords["bina"], "/desk/drafts/")
    drafts = drafts_on(editor)
    bring(editor, ARTICLE, "A ministry counts anew")
    expect(editor.locator(".candidate")).to_have_count(3)
    for _ in range(3):
        accept_next(editor)

    assert asked(site, f"estimates/{KEY}/") == before  # drafts show nowhere
    drafts = drafts_on(editor) - drafts
    assert len(drafts) == 3
    editor.goto(min(drafts))
    expect(editor.get_by_role("button", name="Publish it")).to_have_count(0)

    second = log_in(open_page, "chandra", passwords["chandra"], "/desk/drafts/")
    publish(second, drafts)

    after = asked(site, f"estimates/{KEY}/")
    assert before["best"] != 131
    assert after["best"] == 131
    reader = open_page("/")
    expect(reader.get_by_role("main")).to_contain_text("131")
    slug = after["best_figure"]["slug"]
    told = second.goto(f"/desk/figures/{slug}/").text()
    assert "bina" in told
    assert "chandra" in told
    for private in ("bina", "chandra"):
        assert private not in reader.goto(f"/figures/{slug}/").text()


@pytest.mark.skipif(
    not ARTICLES.is_dir(),
    reason=f"no articles in {ARTICLES}; MUSTER_ARTICLES says where",
)
def test_founding_article_becomes_public_figures(open_page, site, passwords):
    """Its figures are on record already: the desk says so, and who insists is heard."""
    text = min(ARTICLES.iterdir()).read_text()
    counted = asked(site, "figures/?count=true&page_size=1")["count"]
    editor = log_in(open_page, "bina", passwords["bina"], "/desk/drafts/")
    drafts = drafts_on(editor)
    bring(editor, text, "A founding article, once more")
    expect(editor.locator(".candidate").nth(3)).to_be_attached()
    for _ in range(3):
        accept_next(editor)
    drafts = drafts_on(editor) - drafts

    second = log_in(open_page, "chandra", passwords["chandra"], "/desk/drafts/")
    publish(second, drafts)

    assert asked(site, "figures/?count=true&page_size=1")["count"] == counted + 3
    reader = open_page("/")
    expect(reader.get_by_role("main")).to_contain_text(
        f"{counted + 3} published figures"
    )
    for slug in (draft.rstrip("/").rpartition("/")[2] for draft in drafts):
        told = second.goto(f"/desk/figures/{slug}/").text()
        assert "bina" in told
        assert "chandra" in told
        assert "chandra" not in reader.goto(f"/figures/{slug}/").text()
