"""The editors' desk in a browser: its keys, its look, and all of it without a script."""

import os
import re
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.site import ROOT

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1440, "height": 900}}
NARROW = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_ALL = """
() => document.querySelectorAll("main details").forEach((one) => { one.open = true; })
"""
# One article with three candidates, and a draft of its first; the names of its rows are
# those of the record that the site serves.
AT_THE_DESK = """
from recruitment import deciding
from recruitment.models import Candidate, Country, Figure, Source
from django.contrib.auth.models import User
from tests.factories import ArticleFactory, CandidateFactory
text = "Report.\\n\\n" + "Nothing is counted in this paragraph. " * 60 + "\\n\\n"
text += "At least 7,104 Nepalis have been killed, 7,012 are held, and hundreds are missing."
page = Source.objects.order_by("slug").first()
article = ArticleFactory(
    title="A count for the desk", text=text, source=page,
    parents=[{"name": page.slug, "score": 0.8, "evidence": [
        {"kind": "number", "shared": [], "passage": "7,104", "parent_passage": "7,104"}]}],
)
nepal = Country.objects.get(code="NPL")
def read(words, **what):
    start = text.index(words)
    return CandidateFactory(
        article=article, country=nepal, start=start, end=start + len(words), **what)
read("At least 7,104 Nepalis have been killed", low=7104, high=None, qualifier="at_least")
read("7,012 are held", low=7012, high=7012, metric="captured_held")
read("hundreds are missing", low=200, high=999, metric="missing",
    qualifier="order_of_magnitude")
print(article.pk, *article.candidates.values_list("pk", flat=True))
"""


def manage(var_dir, *arguments):
    """Run a command on the running site's own database; give what it prints."""
    kept = {"HOME", "LANG", "PATH"} & set(os.environ)
    run = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={name: os.environ[name] for name in kept} | {"VAR_DIR": str(var_dir)},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


@pytest.fixture(scope="module")
def password(site, var_dir):
    printed = manage(var_dir, "add_person", "amala", "--role", "publisher")
    return printed.removeprefix("Password: ").strip()


@pytest.fixture(scope="module")
def at_the_desk(site, var_dir):
    """Give the article's address, and the key of each of its candidates."""
    made = manage(var_dir, "shell", "-v0", "-c", AT_THE_DESK).split()
    return f"/desk/articles/{made[0]}/", made[1:]


@pytest.fixture
def open_desk(open_page, password):
    """Give a function that logs in and opens a page of the desk."""

    def open_desk(path, **options):
        page = open_page(f"/desk/login/?next={path}", **options)
        page.get_by_label("Username").fill("amala")
        page.get_by_label("Password").fill(password)
        page.get_by_role("main").get_by_role("button", name="Log in").click()
        page.wait_for_url(f"**{path}")
        return page

    return open_desk


def test_candidates_are_walked_and_decided_on_by_single_keys(open_desk, at_the_desk):
    path, [first, second, _] = at_the_desk
    page = open_desk(path, **WIDE)
    current = page.locator(".candidate.is-current")
    expect(current).to_have_id(f"candidate-{first}")

    page.keyboard.press("j")
    expect(current).to_have_id(f"candidate-{second}")
    expect(current).to_be_focused()
    expect(page.locator(f"#passage-{second}")).to_be_in_viewport()
    page.keyboard.press("?")
    expect(page.get_by_text("next and previous candidate")).to_be_visible()

    page.keyboard.press("k")
    page.keyboard.press("r")
    reason = page.locator(f"#candidate-{first} select")
    expect(reason).to_be_focused()
    page.keyboard.press("j")  # typed into a field, it is no key of the page
    expect(current).to_have_id(f"candidate-{first}")

    page.locator(f"#candidate-{second}").focus()
    page.keyboard.press("a")
    page.wait_for_url(f"**/candidates/{second}/accept/")
    page.keyboard.press("3")
    expect(page.get_by_label("3 · The usual statement")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Make a draft")).to_be_visible()


def test_mark_in_the_text_leads_to_its_candidate(open_desk, at_the_desk):
    path, [_, _, third] = at_the_desk
    page = open_desk(path, **WIDE)

    page.locator(f"#passage-{third}").click(position={"x": 60, "y": 8})

    expect(page.locator(".candidate.is-current")).to_have_id(f"candidate-{third}")


def test_candidate_is_rejected_and_undone_without_a_script(open_desk, at_the_desk):
    path, [_, _, third] = at_the_desk
    page = open_desk(path, java_script_enabled=False, **NARROW)
    candidate = page.locator(f"#candidate-{third}")

    candidate.get_by_text("Reject", exact=False).first.click()
    candidate.get_by_label("Why").select_option("misread")
    candidate.get_by_role("button", name="Reject it").click()
    expect(candidate).to_contain_text("Rejected: It was read wrongly")
    candidate.get_by_role("button", name=re.compile("Undo")).click()

    expect(candidate.get_by_role("link", name=re.compile("Accept"))).to_be_visible()


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=["wide", "narrow-dark"])
def test_desk_fits_and_is_accessible(open_desk, at_the_desk, look):
    path, [first, second, _] = at_the_desk
    page = open_desk("/desk/", **look)
    figure = "npl-russia-killed-2025-11-18-nepal-families-campaign"

    for address in (
        "/desk/",
        "/desk/articles/add/",
        path,
        f"/desk/candidates/{first}/accept/",
        f"/desk/candidates/{second}/edit/",
        f"/desk/candidates/{first}/merge/",
        "/desk/drafts/",
        "/desk/figures/?q=nepal",
        f"/desk/figures/{figure}/",
        f"/desk/figures/{figure}/correct/",
        f"/desk/figures/{figure}/retract/",
        "/desk/jobs/",
        "/desk/password/",
    ):
        page.goto(address)
        page.evaluate(OPEN_ALL)
        assert page.evaluate(OVERFLOW) == 0, address
        report = Axe().run(page)
        assert report.violations_count == 0, (address, report.generate_report())
