"""Bringing an article: three ways in, and every mistake told in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from recruitment.models import Article, Job, Source, Upload
from tests.factories import (
    ArticleFactory,
    CandidateFactory,
    PageFactory,
    PublisherFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
TEXT = "At least 19 Nepalis have been killed.\r\nThe ministry said so."


def add(client, **sent):
    return client.post("/desk/articles/add/", sent)


def test_pasted_text_becomes_a_job_with_all_that_is_known(editor):
    answer = add(
        editor,
        text=TEXT,
        title="Nineteen",
        url="news.example/1",
        published="2024-03-14",
    )

    job = Job.objects.get()
    assert answer["Location"] == f"/desk/jobs/{job.pk}/"
    assert (job.kind, job.asked_by.username) == ("read_article", "editor")
    assert bytes(job.upload.content).decode() == TEXT.replace("\r\n", "\n")
    assert job.arguments == {
        "title": "Nineteen",
        "url": "https://news.example/1",
        "published": "2024-03-14",
    }


def test_file_is_kept_byte_for_byte(editor):
    content = b"\xff\xfe\x00odd"

    add(editor, file=SimpleUploadedFile("report.PDF", content, "application/pdf"))

    upload = Job.objects.get().upload
    assert bytes(upload.content) == content
    assert (upload.name, upload.content_type) == ("report.PDF", "application/pdf")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param({}, "Paste a text, or choose a file.", id="nothing"),
        pytest.param({"text": " \n "}, "Paste a text, or choose", id="blank"),
        pytest.param({"text": "x" * 1_000_001}, "1,000,001 characters", id="long"),
        pytest.param(
            {"url": "https://news.example/1"}, "no page is fetched here", id="url-only"
        ),
        pytest.param({"text": TEXT, "url": "no address"}, "valid URL", id="bad-url"),
        pytest.param(
            {"text": TEXT, "published": "2999-01-01"}, "not come yet", id="tomorrow"
        ),
        pytest.param(
            {"file": SimpleUploadedFile("x.docx", b"x")}, "Only .txt", id="word-file"
        ),
        pytest.param({"file": SimpleUploadedFile("x.txt", b"")}, "empty", id="empty"),
        pytest.param(
            {"file": SimpleUploadedFile("x.txt", b"x"), "text": TEXT},
            "not both",
            id="two-at-once",
        ),
    ],
)
def test_mistake_is_told_at_its_field_and_what_was_typed_stays(editor, sent, words):
    answer = add(editor, title="Typed before", **sent)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert "Typed before" in page
    assert not Job.objects.exists()
    assert not Upload.objects.exists()


def test_address_alone_is_enough_where_pages_are_fetched(editor, settings):
    settings.FETCHING = True

    add(editor, url="https://news.example/1")

    job = Job.objects.get()
    assert job.upload is None
    assert job.arguments["url"] == "https://news.example/1"


@pytest.mark.parametrize("kind", ["text", "files"])
def test_what_is_far_too_large_is_refused_in_words(editor, settings, kind):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = settings.UPLOAD_MAX_BYTES = 100_000
    big = "x" * 200_000
    sent = {"text": big} if kind == "text" else {}
    if kind == "files":
        sent["file"] = SimpleUploadedFile("x.txt", big.encode())

    answer = add(editor, **sent)

    page = answer.content.decode()
    assert answer.status_code == 413
    assert "That is too much at once" in page
    assert "97.7" in page
    assert not Job.objects.exists()


def test_article_is_read_with_its_passages_marked_and_nothing_executed(editor):
    article = ArticleFactory(
        text="A <script>alert(1)</script>\n\nIn all 19 Nepalis and 3 more died.",
        title="<b>Title</b>",
    )
    whole = CandidateFactory(article=article, start=35, end=60)
    part = CandidateFactory(article=article, start=50, end=63)

    page = editor.get(f"/desk/articles/{article.pk}/").content.decode()

    assert "<script>alert" not in page
    assert "<b>Title" not in page
    assert f'<mark id="passage-{whole.pk}"' in page
    assert f'id="passage-{part.pk}"' in page
    assert page.count("</mark>") == 3  # the one, both, the other
    assert "data-key" in page


def test_reader_sees_the_article_and_no_way_to_decide(as_role):
    candidate = CandidateFactory()

    page = as_role("reader").get(f"/desk/articles/{candidate.article_id}/")

    assert "19 Nepalis" in page.content.decode()
    assert "data-key" not in page.content.decode()


def test_article_without_figures_says_what_to_do(editor):
    page = editor.get(f"/desk/articles/{ArticleFactory().pk}/").content.decode()

    assert "No figure was found in this text" in page
    assert "Enter what was missed" in page


def page_form(**changes):
    return {
        "publisher": "The New Post",
        "title_gist": "A ministry raises its count",
        "url": "https://new.example/1",
        "published": "2025-11-25",
        "published_precision": "day",
        "kind": "news_report",
        "language": "en",
        **changes,
    }


def test_page_is_entered_with_a_new_publisher_and_its_parents(editor):
    parent = SourceFactory(slug="parent")
    told = {"name": "parent", "score": 0.8, "evidence": []}
    article = ArticleFactory(parents=[told])

    answer = editor.post(
        f"/desk/articles/{article.pk}/page/", page_form(parents=["parent"])
    )

    assert answer.status_code == 302
    page = Source.objects.get(article=article)
    assert page.slug == "the-new-post-2025-11-25-a-ministry-raises-its-count"
    assert page.publisher.name == "The New Post"
    assert list(page.derived_from.all()) == [parent]
    assert page.text_sha256 == article.text_sha256
    assert (page.is_draft, page.publisher.is_draft) == (True, True)


def test_page_that_the_record_has_is_taken(editor):
    known = SourceFactory(url="https://news.example/1")
    article = ArticleFactory(url="https://news.example/1")
    address = f"/desk/articles/{article.pk}/page/"
    assert "The record has it" in editor.get(address).content.decode()

    editor.post(address, {"known": known.slug})

    article.refresh_from_db()
    assert article.source == known


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"title_gist": ""}, "required", id="no-gist"),
        pytest.param({"published": ""}, "empty exactly when", id="no-day"),
        pytest.param({"kind": "poem"}, "valid choice", id="kind"),
        pytest.param({"url": "https://known.example/"}, "already exists", id="known"),
    ],
)
def test_page_with_a_mistake_is_not_entered(editor, changes, words):
    PublisherFactory()
    SourceFactory(url="https://known.example/")
    article = ArticleFactory()

    answer = editor.post(f"/desk/articles/{article.pk}/page/", page_form(**changes))

    assert answer.status_code == 400
    assert words in answer.content.decode()
    article.refresh_from_db()
    assert article.source is None


def test_page_of_two_articles_is_refused_in_words(editor):
    page = PageFactory(url="https://news.example/1")
    ArticleFactory(source=page)
    other = ArticleFactory(url="https://news.example/1")

    answer = editor.post(
        f"/desk/articles/{other.pk}/page/", {"known": page.slug}, follow=True
    )

    assert "is that page already" in answer.content.decode()


def test_article_is_put_away(editor):
    article = ArticleFactory()

    editor.post(f"/desk/articles/{article.pk}/close/")

    assert Article.objects.get().closed_at is not None
    queue = editor.get("/desk/").content.decode()
    assert "No article waits" in queue
    assert article.title in queue  # done lately
