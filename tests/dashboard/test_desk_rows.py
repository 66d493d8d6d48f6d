"""The desk's pages of files: who hands in, what is shown, who lets in, who fetches."""

import io
import json
import re
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from recruitment import running
from recruitment.importing import write_rows
from recruitment.models import Batch, Figure, Job
from tests.factories import JobFactory, PersonFactory
from tests.recruitment import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    assert not write_rows(rows.dataset(), reason="loaded").refusals


def work():
    """Do the jobs that wait, as a worker does."""
    for key in Job.objects.filter(state="queued").values_list("pk", flat=True):
        running.run(key)


def file_of(*given, name="figures.jsonl"):
    lines = "".join(json.dumps(row) + "\n" for row in given)
    return SimpleUploadedFile(name, lines.encode())


def text_of(answer):
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", f"<main{main}")).split())


def bring(client, file, **more):
    answer = client.post("/desk/rows/", {"file": file, "reason": "rows came", **more})
    assert answer.status_code == 302, text_of(answer)
    work()
    return answer["Location"]


def log_in(client, role):
    person = PersonFactory(role=role)
    client.force_login(person)
    return person


def test_file_is_shown_before_and_after_and_let_in_by_a_second_person(client, loaded):
    log_in(client, "editor")
    address = bring(client, file_of(rows.figure(low=21, high=21), rows.figure("new")))

    shown = client.get(address)

    told = text_of(shown)
    assert "2 rows would be written, 2 of them in public." in told
    assert "figures 1 1 0 0" in told
    assert "<dt>Low</dt><dd><del>19</del> <ins>21</ins></dd>" in shown.content.decode()
    assert "Nepal's foreign ministry said that 19 Nepalis had been killed." in told
    assert "Write these rows" not in told

    log_in(client, "publisher")
    seen = Batch.objects.get().outcome["digest"]
    client.post(f"{address}write/", {"seen": seen})
    work()

    assert "let in by publisher" in text_of(client.get(address))
    assert Figure.objects.get(slug="npl-killed").low == 21
    assert "Waiting for" not in text_of(client.get(address))


def test_refused_rows_are_named_by_line_field_and_reason(client, loaded):
    log_in(client, "publisher")
    address = bring(client, file_of(rows.figure(), rows.figure("x", low="many")))

    told = text_of(client.get(address))

    assert "1 time refused" in told
    assert "figures 2 low not a whole number" in told
    assert "Write these rows" not in told


def test_unreadable_file_is_told_in_words_by_its_job(client, loaded):
    log_in(client, "editor")
    address = bring(client, SimpleUploadedFile("rows.zip", b"no archive"))

    assert "no ZIP archive, or a damaged one" in text_of(client.get(address))


@pytest.mark.parametrize(
    ("file", "words"),
    [
        pytest.param(None, "This field is required", id="no-file"),
        pytest.param(
            SimpleUploadedFile("areas.jsonl", b" " * 20_000_001),
            "at most 20 are taken",
            id="too-large",
        ),
    ],
)
def test_form_says_what_is_wrong_with_a_file(client, file, words):
    log_in(client, "editor")

    answer = client.post(
        "/desk/rows/", {"reason": "x"} | ({"file": file} if file else {})
    )

    assert answer.status_code == 400
    assert words in text_of(answer)
    assert not Batch.objects.exists()


def test_publisher_is_told_that_a_second_person_lets_in_their_own_file(client, loaded):
    log_in(client, "publisher")
    address = bring(client, file_of(rows.figure(low=21, high=21)))

    assert "a second person lets it in" in text_of(client.get(address))
    seen = Batch.objects.get().outcome["digest"]
    answer = client.post(f"{address}write/", {"seen": seen}, follow=True)

    assert "a second person has to publish it" in text_of(answer)
    work()
    assert Figure.objects.get().low == 19


def test_admin_gives_a_reason_to_let_in_their_own_file(client, loaded):
    log_in(client, "admin")
    address = bring(client, file_of(rows.figure(low=21, high=21)))
    assert "Why can nobody else look at it?" in text_of(client.get(address))
    seen = Batch.objects.get().outcome["digest"]

    client.post(f"{address}write/", {"seen": seen, "alone": "Nobody is here."})
    work()

    assert "alone: “Nobody is here.”" in text_of(client.get(address))
    assert "Nobody is here." in text_of(client.get("/desk/drafts/alone/"))


def test_file_is_tried_out_again_and_dropped(client, loaded):
    log_in(client, "editor")
    address = bring(client, file_of(rows.figure(low=21, high=21)))

    client.post(f"{address}try/")
    work()
    assert "1 row would be written" in text_of(client.get(address))
    client.post(f"{address}drop/")

    assert client.get(address).status_code == 404
    assert "No file was handed in yet." in text_of(client.get("/desk/rows/"))


def test_page_while_a_worker_is_at_it_says_so(client, loaded):
    log_in(client, "editor")
    answer = client.post("/desk/rows/", {"file": file_of(rows.figure()), "reason": "x"})

    page = client.get(answer["Location"]).content.decode()

    assert "Being tried out" in page
    assert "data-job=" in page
    assert "Try it out again" not in page


def test_empty_table_has_every_column(client):
    log_in(client, "reader")

    answer = client.get("/desk/rows/figures.csv")

    [heading] = answer.content.decode().splitlines()
    assert heading.startswith("slug,")
    assert heading.endswith("source,role,paragraph,start,end,passage_sha256")


def test_archive_holds_every_row_and_comes_back_as_the_same(client, loaded):
    held = rows.figure("npl-draft", status="draft", status_reason="needs_review")
    write_rows({"figures": [held]}, reason="a draft")
    log_in(client, "editor")
    job_page = client.post("/desk/rows/export/")["Location"]
    work()

    assert "Fetch the archive" in text_of(client.get(job_page))
    job = Job.objects.get()
    archive = b"".join(client.get(f"/desk/rows/export/{job.pk}.zip").streaming_content)

    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert len(opened.namelist()) == 9
        assert b"npl-draft" in opened.read("figures.jsonl")
    address = bring(client, SimpleUploadedFile("rows.zip", archive))
    outcomes = Batch.objects.get().outcome["outcomes"]
    assert all(set(counts) == {"same"} for counts in outcomes.values())
    assert len(outcomes) == 9
    assert "Nothing to write" in text_of(client.get(address))


def test_archive_is_no_page_of_another_job_nor_before_it_is_made(client):
    log_in(client, "editor")
    waiting = JobFactory(kind="export_rows")
    other = JobFactory(kind="make_release")

    for job in (waiting, other):
        assert client.get(f"/desk/rows/export/{job.pk}.zip").status_code == 404


ADDRESSES = {
    "/desk/rows/": "get",
    "/desk/rows/figures.csv": "get",
    "/desk/rows/1/": "get",
    "/desk/rows/export/1.zip": "get",
    "/desk/rows/export/": "post",
    "/desk/rows/1/try/": "post",
    "/desk/rows/1/write/": "post",
    "/desk/rows/1/drop/": "post",
}


@pytest.mark.parametrize(("address", "method"), ADDRESSES.items(), ids=ADDRESSES)
def test_nobody_comes_here_without_logging_in(client, address, method):
    answer = getattr(client, method)(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/login/")


@pytest.mark.parametrize(
    ("role", "address", "method"),
    [
        ("reader", "/desk/rows/export/1.zip", "get"),
        ("reader", "/desk/rows/export/", "post"),
        ("reader", "/desk/rows/1/try/", "post"),
        ("reader", "/desk/rows/1/drop/", "post"),
        ("editor", "/desk/rows/1/write/", "post"),
    ],
)
def test_role_does_no_more_than_it_may(client, role, address, method):
    log_in(client, role)

    assert getattr(client, method)(address).status_code == 403


def test_reader_hands_in_no_file(client):
    log_in(client, "reader")

    answer = client.post("/desk/rows/", {"file": file_of(rows.figure()), "reason": "x"})

    assert answer.status_code == 403
