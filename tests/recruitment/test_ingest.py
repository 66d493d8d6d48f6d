"""From what an editor hands in to an article with candidates; all texts are invented."""

import io
import zipfile

import pytest
from django.contrib.auth.models import User

from recruitment import jobs, running
from recruitment.choices import JobKind, JobState
from recruitment.models import Article, Upload
from tests.factories import CountryFactory

TEXT = """KATHMANDU, 14 March 2024. Nepal's foreign ministry said on Thursday that at
least 19 Nepalis had been killed while fighting for Russia in Ukraine. More than 200 Nepali
citizens had joined the Russian army, it said."""


@pytest.fixture
def editor(db):
    CountryFactory()
    return User.objects.create_user("editor")


def bring(editor, content, name="article.txt", content_type="text/plain", **arguments):
    """Hand a file in and have it read; give the job as it ended."""
    upload = Upload.objects.create(
        name=name, content_type=content_type, content=content
    )
    job = jobs.ask(JobKind.READ_ARTICLE, by=editor, upload=upload, **arguments)
    running.run(job.pk)
    job.refresh_from_db()
    return job


def test_article_comes_with_its_candidates_and_their_very_words(editor):
    job = bring(editor, TEXT.encode(), title="Deaths confirmed")

    article = Article.objects.get()
    killed, recruited = article.candidates.order_by("start")
    assert job.state == JobState.DONE
    assert job.told == f"It was read: 2 candidates in {len(TEXT)} characters."
    assert job.result == {"article": article.pk}
    assert (article.text, article.title) == (TEXT, "Deaths confirmed")
    assert (article.brought_by, article.language) == (editor, "en")
    assert (killed.country.code, killed.metric, killed.side) == (
        "NPL",
        "killed",
        "russia",
    )
    assert (killed.low, killed.high, killed.qualifier) == (19, None, "at_least")
    assert "19 Nepalis" in killed.passage
    assert killed.passage in TEXT
    assert (recruited.low, recruited.metric) == (200, "recruited")


def test_same_article_twice_leads_to_the_first(editor):
    first = bring(editor, TEXT.encode())

    again = bring(editor, TEXT.replace("\n", "\r\n").encode(), name="copy.txt")

    assert Article.objects.count() == 1
    assert again.state == JobState.DONE
    assert again.told.startswith("This text is on the desk already, since")
    assert again.result == first.result


def test_article_without_a_figure_says_so_and_stays(editor):
    job = bring(editor, b"Parliament in Accra debated a bill on recruiters.")

    assert job.state == JobState.DONE
    assert "no figure was found" in job.told
    assert Article.objects.get().candidates.count() == 0


def test_page_is_read_without_what_it_would_run(editor):
    page = f"""<!doctype html><html><head><title>Deaths</title>
    <script>alert("19 Nepalis")</script></head><body><article><h1>Deaths</h1>
    <p>{TEXT}</p></article><script>document.write("500 Nepalis killed")</script>
    </body></html>"""

    job = bring(editor, page.encode(), name="page.html", content_type="text/html")

    article = Article.objects.get()
    assert job.state == JobState.DONE
    assert "alert" not in article.text
    assert "500" not in article.text
    assert {one.low for one in article.candidates.all()} == {19, 200}


def test_article_in_russian_is_read(editor):
    text = (
        "Катманду. МИД Непала сообщил, что на стороне России погибли не менее 19"
        " граждан Непала."
    )

    bring(editor, text.encode("cp1251"))

    article = Article.objects.get()
    assert article.text == text
    assert [(one.low, one.metric) for one in article.candidates.all()] == [
        (19, "killed")
    ]


def bomb():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("article.txt", b"0" * 30_000_000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        pytest.param(b"", "empty.txt", "is empty", id="empty"),
        pytest.param(b" \n\t", "blank.txt", "is empty", id="blank"),
        pytest.param(bytes(range(256)) * 40, "page.html", "", id="binary"),
        pytest.param(bomb(), "article.txt", "", id="zip-bomb"),
        pytest.param(b"x" * 20_000_000, "long.txt", "20", id="20-MB"),
        pytest.param(b"%PDF-1.7\nnothing", "page.pdf", "", id="damaged-pdf"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_kept(editor, content, name, words):
    job = bring(editor, content, name=name)

    assert job.state == JobState.FAILED
    assert words in job.told
    assert job.told.endswith(".")
    assert "Something went wrong" not in job.told
    assert not Article.objects.exists()
    assert bytes(job.upload.content) == content


def test_address_is_not_fetched_where_that_is_off(editor, settings):
    settings.FETCHING = False
    job = jobs.ask(JobKind.READ_ARTICLE, by=editor, url="https://news.example/")

    running.run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.told == "No page is fetched here: paste its text instead."


def test_address_inside_our_own_network_is_refused(editor, settings):
    settings.FETCHING = True
    job = jobs.ask(JobKind.READ_ARTICLE, by=editor, url="http://127.0.0.1/admin/")

    running.run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "not followed" in job.told


def test_nothing_is_kept_by_a_run_whose_job_was_handed_on(editor, monkeypatch):
    upload = Upload.objects.create(name="article.txt", content=TEXT.encode())
    job = jobs.ask(JobKind.READ_ARTICLE, by=editor, upload=upload)
    told = jobs.tell

    def hand_on(told_job, done, of):
        told(told_job, done, of)
        type(job).objects.filter(pk=job.pk).update(holder="somebody else")

    monkeypatch.setattr(jobs, "tell", hand_on)
    running.run(job.pk)

    assert not Article.objects.exists()


def test_titles_are_cut_to_what_is_kept(editor):
    bring(editor, ("Word " * 200 + "\n\n" + TEXT).encode())

    assert len(Article.objects.get().title) <= 300
