"""What a reader is told of our errors, and of a figure that was taken back."""

import re
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from recruitment import rebuilding, reviewing
from recruitment.exporting import row_of
from recruitment.models import Correction, Figure
from recruitment.publishing import publishing
from tests.factories import FigureFactory

pytestmark = pytest.mark.django_db
WORD_OF_A_NOTE = "confidential"


@pytest.fixture
def editor():
    return User.objects.create_superuser("editor")


@pytest.fixture
def loaded():
    with publishing("the record was loaded"):
        figure = FigureFactory(slug="npl-killed", low=91, high=91)
        FigureFactory(slug="npl-newer", low=33, high=33, as_of="2024-06-01")
        rebuilding.rebuild()
    return figure


def correct(figure, by, **changes):
    told = {"reason": "misread", "note": "We had read 91 for 19.", "by": by}
    row = row_of(Figure.objects.get(pk=figure.pk))
    given = {"low": 19, "high": 19, "note": WORD_OF_A_NOTE} | changes
    asked = timezone.now().date() - timedelta(days=3)
    return reviewing.correct(
        figure, row | given, **told, asked_by="an embassy", asked_on=asked
    )


def retract(figure, by, **more):
    told = {"reason": "withdrawn", "note": "The ministry took its list back."}
    return reviewing.retract(figure, **told, by=by, **more)


def text_of(answer):
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", f"<main{main}")).split())


def test_page_without_a_correction_says_so_and_how_to_ask_for_one(client):
    page = client.get("/corrections/").content.decode()

    assert "Nothing has been corrected or taken back yet." in page
    assert '<a href="/about/#errors">' in page


def test_correction_is_told_before_and_after_with_who_asked(client, loaded, editor):
    correct(loaded, editor)

    page = client.get("/corrections/")

    told = text_of(page)
    assert "Corrected: Nepal, killed, Russian side 91 → 19" in told
    assert "We had read 91 for 19. We misread the page. Note changed." in told
    assert re.search(r"Asked for by an embassy on .* Open for 3 days\.", told)
    assert '<a href="/figures/npl-killed/">' in page.content.decode()
    assert WORD_OF_A_NOTE not in told
    assert "editor" not in told


def test_retraction_is_told_with_what_stands_in_its_place(client, loaded, editor):
    retract(loaded, editor, successor=Figure.objects.get(slug="npl-newer"))

    page = client.get("/corrections/").content.decode()

    assert "<s>91</s>" in page
    link = '<a href="/figures/npl-newer/">Nepal, killed, Russian side: 33</a>'
    assert f"In its place: {link}" in page
    assert "The ministry took its list back." in page


def test_correction_of_what_was_hidden_later_is_hidden_with_it(client, loaded, editor):
    correct(loaded, editor)
    with publishing("it named somebody"):
        Figure.objects.filter(slug="npl-killed").update(
            status="draft", status_reason="needs_review"
        )

    for address in ("/corrections/", "/corrections.atom", "/corrections.json"):
        assert b"npl-killed" not in client.get(address).content


def test_page_holds_whole_revisions_and_leads_to_older_ones(
    client, loaded, editor, monkeypatch
):
    monkeypatch.setattr("dashboard.correction_views.REVISIONS_A_PAGE", 1)
    correct(loaded, editor)
    correct(loaded, editor, low=20, high=20)

    newest = client.get("/corrections/").content.decode()
    older = client.get("/corrections/?before=3").content.decode()

    assert "19 → 20" in newest
    assert "91 → 19" not in newest
    assert 'href="?before=3" rel="next"' in newest
    assert "91 → 19" in older
    assert 'rel="next"' not in older


@pytest.mark.parametrize("asked", ["before=x", "before=0", "before=-1"])
def test_page_refuses_what_is_no_revision(client, asked):
    assert client.get(f"/corrections/?{asked}").status_code == 400


def test_page_takes_as_many_queries_for_one_correction_as_for_many(
    client, loaded, editor, django_assert_num_queries
):
    for number in (19, 20, 21):
        correct(loaded, editor, low=number, high=number)

    # 1. revisions  2. corrections  3.–5. log of changes, its figures and their states
    # 6. the current revision, in a test's transaction never remembered
    with django_assert_num_queries(6):
        client.get("/corrections/")


def test_feeds_tell_each_correction_with_a_link_that_stays(client, loaded, editor):
    correct(loaded, editor)
    retract(Figure.objects.get(slug="npl-newer"), editor, successor=loaded)

    items = client.get("/corrections.json").json()["items"]
    root = ElementTree.fromstring(client.get("/corrections.atom").content)  # noqa: S314

    assert [item["title"] for item in items] == [
        "Retracted: Nepal, killed, Russian side",
        "Corrected: Nepal, killed, Russian side",
    ]
    assert items[1]["url"] == ("http://testserver/corrections/?before=3#npl-killed--2")
    assert 'href="http://testserver/figures/npl-killed/"' in items[1]["content_html"]
    assert "We had read 91 for 19." in items[1]["content_html"]
    assert 'href="/' not in items[0]["content_html"]
    assert len({item["id"] for item in items}) == 2
    ids = root.findall("{*}entry/{*}id")
    assert [one.text for one in ids] == [item["id"] for item in items]
    page = client.get(items[1]["url"].removeprefix("http://testserver"))
    assert 'id="npl-killed--2"' in page.content.decode()


def test_figure_page_tells_what_was_corrected_in_it(client, loaded, editor):
    correct(loaded, editor)

    told = text_of(client.get("/figures/npl-killed/"))

    assert "What was corrected in it" in told
    assert "We had read 91 for 19." in told


def test_page_of_a_retracted_figure_says_why_and_leads_on(client, loaded, editor):
    retract(loaded, editor, successor=Figure.objects.get(slug="npl-newer"))

    answer = client.get("/figures/npl-killed/")

    assert answer.status_code == 410
    assert answer["Cache-Control"] == "no-store"
    page = answer.content.decode()
    told = text_of(answer)
    assert "This figure was taken back" in told
    assert "The claimant withdrew it." in told
    assert "The ministry took its list back." in told
    assert "<s>91</s>" in page
    # Struck through, and in the history of what was: nowhere as if it held.
    assert re.findall(r"\b91\b", told.partition("History")[0]) == ["91"]
    assert loaded.summary not in told
    assert '<a href="/figures/npl-newer/">' in page
    assert '<meta name="robots" content="noindex">' in page


def test_figure_that_came_in_as_taken_back_says_so_without_a_note(client):
    FigureFactory(slug="npl-old", status="retracted", status_reason="misread")

    answer = client.get("/figures/npl-old/")

    assert answer.status_code == 410
    assert "We misread the page." in text_of(answer)


@pytest.mark.parametrize(
    "address",
    [
        *(f"/figures/npl-killed.{form}" for form in ("bib", "ris", "csl")),
        *(
            f"/charts/lineage.{form}?figure=npl-killed"
            for form in ("svg", "csv", "bib")
        ),
    ],
)
def test_files_of_a_retracted_figure_say_that_it_was_taken_back(
    client, loaded, editor, address
):
    retract(loaded, editor)

    answer = client.get(address)

    assert answer.status_code == 410
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert b"http://testserver/figures/npl-killed/" in answer.content
    assert b"91" not in answer.content


@pytest.mark.parametrize("kind", ["lineage", "figure"])
@pytest.mark.parametrize("where", ["charts", "embed"])
def test_chart_of_a_retracted_figure_is_taken_back_with_it(
    client, loaded, editor, where, kind
):
    retract(loaded, editor)

    answer = client.get(f"/{where}/{kind}/?figure=npl-killed")

    assert answer.status_code == 410
    page = answer.content.decode()
    assert "taken back" in page
    assert "<svg" not in page


def test_embed_of_a_retracted_figure_may_still_stand_in_other_pages(
    client, loaded, editor
):
    retract(loaded, editor)

    answer = client.get("/embed/lineage/?figure=npl-killed")

    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/charts/claims.csv?country=NPL", id="claims"),
        pytest.param("/charts/over-time.csv?country=NPL", id="over-time"),
        pytest.param(
            "/charts/claimant.csv?claimant=nepal-foreign-ministry", id="claimant"
        ),
    ],
)
def test_no_chart_draws_what_was_taken_back(client, loaded, editor, address):
    assert b"npl-killed" in client.get(address).content
    retract(loaded, editor)

    shown = client.get(address).content

    assert b"npl-killed" not in shown
    assert b"npl-newer" in shown


def test_lists_keep_what_was_taken_back_and_mark_it(client, loaded, editor):
    retract(loaded, editor)

    page = client.get("/figures/").content.decode()

    [row] = re.findall(r'<tr id="npl-killed">.*?</tr>', page)
    assert '<span class="chip">Retracted</span>' in row


def test_search_engines_are_not_sent_to_what_was_taken_back(client, loaded, editor):
    retract(loaded, editor)

    named = client.get("/sitemap-figures.xml").content.decode()

    assert "npl-newer" in named
    assert "npl-killed" not in named


def test_made_by_is_nowhere_public(client, loaded, editor):
    correct(loaded, editor)

    assert Correction.objects.get().made_by == editor
    for address in ("/corrections/", "/corrections.json", "/figures/npl-killed/"):
        assert b"editor" not in client.get(address).content.replace(b"editors", b"")
