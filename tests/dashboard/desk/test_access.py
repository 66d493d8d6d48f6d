"""Who gets in where, and that nothing of the desk gets out."""

import pytest
from django.urls import get_resolver

from recruitment.models import Article, Batch, Candidate, Figure, Job
from recruitment.quality_rules import RULES
from tests.factories import (
    CandidateFactory,
    CorrectionFactory,
    FigureFactory,
    JobFactory,
    PageFactory,
)

HIDDEN = "zzsecret"
READER, EDITOR, PUBLISHER = "reader", "editor", "publisher"
ROLES = [READER, EDITOR, PUBLISHER, "admin"]
# The least role that may open each page, and the least that may send each form.
PAGES = {
    "": READER,
    "articles/<int:pk>/": READER,
    "drafts/": READER,
    "drafts/alone/": READER,
    "drafts/<slug:slug>/": READER,
    "figures/": READER,
    "figures/<slug:slug>/": READER,
    "jobs/": READER,
    "jobs/<int:pk>/": READER,
    "jobs/<int:pk>/state/": READER,
    "password/": READER,
    "quality/": READER,
    "quality/<slug:code>/": READER,
    "rows/": READER,
    "rows/figures.csv": READER,
    "rows/<int:pk>/": READER,
    "articles/add/": EDITOR,
    "articles/<int:pk>/page/": EDITOR,
    "articles/<int:pk>/candidates/": EDITOR,
    "candidates/<int:pk>/accept/": EDITOR,
    "candidates/<int:pk>/edit/": EDITOR,
    "candidates/<int:pk>/merge/": EDITOR,
    "candidates/<int:pk>/reject/": EDITOR,
    "drafts/<slug:slug>/edit/": EDITOR,
    "figures/<slug:slug>/correct/": PUBLISHER,
    "figures/<slug:slug>/retract/": PUBLISHER,
}
FORMS = {
    "articles/<int:pk>/close/": EDITOR,
    "candidates/<int:pk>/undo/": EDITOR,
    "drafts/<slug:slug>/remark/": EDITOR,
    "jobs/<int:pk>/retry/": EDITOR,
    "quality/<slug:code>/dismiss/": EDITOR,
    "quality/<slug:code>/reopen/": EDITOR,
    "rows/export/": EDITOR,
    "rows/<int:pk>/try/": EDITOR,
    "rows/<int:pk>/drop/": EDITOR,
    "rows/<int:pk>/write/": PUBLISHER,
    "candidates/<int:pk>/cite/": PUBLISHER,
    "drafts/<slug:slug>/publish/": PUBLISHER,
}
OPEN = ["login/", "logout/"]
FILES = ["rows/export/<int:pk>.zip"]


@pytest.fixture
def at_the_desk(db):
    """Put one of everything on the desk, with a word that nobody outside may read."""
    draft = FigureFactory(
        slug=f"{HIDDEN}-draft", summary=f"{HIDDEN} said so", note=HIDDEN, draft=True
    )
    public = FigureFactory(slug="npl-public")
    CorrectionFactory(figure=public)
    candidate = CandidateFactory(
        article__title=HIDDEN,
        article__text=f"{HIDDEN}: 19 Nepalis have been killed.",
        article__source=PageFactory(
            slug=f"{HIDDEN}-page", title_gist=f"A ministry raises its count {HIDDEN}"
        ),
        claimant_text=HIDDEN,
    )
    Batch.objects.create(
        name=HIDDEN, content=b"", sha256="", brought_at=candidate.article.brought_at
    )
    JobFactory(told=HIDDEN, state="failed", ended_at=candidate.article.brought_at)
    return draft


def address(pattern):
    """Fill a pattern in with a row that is there."""
    slug = "npl-public" if pattern.startswith("figures") else f"{HIDDEN}-draft"
    model = next(
        (
            model
            for start, model in (
                ("articles", Article),
                ("candidates", Candidate),
                ("jobs", Job),
                ("rows/export", Job),
                ("rows", Batch),
            )
            if pattern.startswith(start)
        ),
        Figure,
    )
    pk = model.objects.latest("pk").pk
    filled = {"<int:pk>": str(pk), "<slug:slug>": slug, "<slug:code>": RULES[0].code}
    for place, value in filled.items():
        pattern = pattern.replace(place, value)
    return f"/desk/{pattern}"


@pytest.mark.parametrize("pattern", PAGES)
def test_page_opens_for_its_roles_and_for_nobody_else(as_role, at_the_desk, pattern):
    may = ROLES[ROLES.index(PAGES[pattern]) :]

    for role in ROLES:
        answer = as_role(role).get(address(pattern))
        assert answer.status_code == (200 if role in may else 403), role
        assert answer["Cache-Control"] == "no-store"
        assert (HIDDEN in answer.content.decode()) <= (role in may)


@pytest.mark.parametrize("pattern", [*PAGES, *FORMS])
def test_who_is_not_logged_in_reads_nothing_and_is_led_to_the_door(
    client, at_the_desk, pattern
):
    where = address(pattern)

    for answer in (client.get(where), client.post(where)):
        assert answer.status_code in (302, 405)
        assert HIDDEN not in answer.content.decode()
        if answer.status_code == 302:
            assert answer["Location"].startswith("/desk/login/?next=/desk/")


@pytest.mark.parametrize("pattern", FORMS)
def test_form_is_taken_from_its_roles_alone(as_role, at_the_desk, pattern):
    may = ROLES[ROLES.index(FORMS[pattern]) :]

    for role in ROLES:
        answer = as_role(role).post(address(pattern))
        assert answer.status_code == (302 if role in may else 403), role


@pytest.mark.parametrize("role", ["", "reader"])
def test_file_of_all_rows_is_for_editors_alone(as_role, at_the_desk, role):
    where = address(FILES[0])

    assert as_role(role).get(where).status_code == (403 if role else 302)
    assert as_role("editor").get(where).status_code == 404  # none was made


def test_somebody_without_a_role_is_told_so(as_role, at_the_desk):
    answer = as_role("somebody").get("/desk/")

    assert answer.status_code == 403
    assert "Your role does not allow this" in answer.content.decode()
    assert HIDDEN not in answer.content.decode()


def test_every_address_of_the_desk_is_walked():
    [desk] = [one for one in get_resolver().url_patterns if str(one.pattern) == "desk/"]

    patterns = {str(one.pattern) for one in desk.url_patterns}

    assert patterns == {*PAGES, *FORMS, *FILES, *OPEN}


@pytest.mark.parametrize("what", ["sources", "claimants", "publishers"])
def test_what_came_with_an_article_is_not_public(client, at_the_desk, what):
    listed = client.get(f"/api/v1/{what}/?page_size=500").content.decode()

    assert HIDDEN not in listed
    assert client.get(f"/api/v1/sources/{HIDDEN}-page/").status_code == 404
    assert client.get(f"/sources/{HIDDEN}-page/").status_code == 404
    assert HIDDEN not in client.get("/sitemap-sources.xml").content.decode()
    found = client.get("/search/?q=ministry+count")  # as the page's own words are
    assert "A ministry raises" not in found.content.decode()


def test_desk_is_kept_from_robots_and_other_sites(client, as_role, at_the_desk):
    assert "Disallow: /desk/" in client.get("/robots.txt").content.decode()
    answer = as_role("reader").get("/desk/", headers={"origin": "https://else.example"})
    assert "Access-Control-Allow-Origin" not in answer
    assert 'name="robots" content="noindex' in answer.content.decode()
    assert "'unsafe" not in answer["Content-Security-Policy"]
