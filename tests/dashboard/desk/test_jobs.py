"""What came of a job, in words, and once more where it failed."""

import pytest
from django.utils import timezone

from recruitment.choices import JobState
from recruitment.models import Job
from tests.factories import ArticleFactory, JobFactory

pytestmark = pytest.mark.django_db


def failed(**options):
    return JobFactory(state=JobState.FAILED, ended_at=timezone.now(), **options)


def test_job_under_way_is_followed_with_and_without_a_script(editor):
    job = JobFactory()

    page = editor.get(f"/desk/jobs/{job.pk}/").content.decode()
    told = editor.get(f"/desk/jobs/{job.pk}/state/").json()

    assert "<progress" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert told == {
        "state": "Waiting for a worker",
        "is_under_way": True,
        "done": None,
        "of": None,
    }


def test_ended_job_leads_to_what_came_of_it(editor):
    job = JobFactory(state=JobState.DONE, ended_at=timezone.now(), told="Read.")
    article = ArticleFactory(job=job)

    page = editor.get(f"/desk/jobs/{job.pk}/").content.decode()

    assert "<progress" not in page
    assert f"/desk/articles/{article.pk}/" in page
    assert "Read." in page


def test_failed_job_says_why_and_is_tried_once_more(editor):
    job = failed(told="The file is a zip: <unpack> it.")
    assert (
        "The file is a zip: &lt;unpack&gt; it."
        in editor.get(f"/desk/jobs/{job.pk}/").content.decode()
    )
    assert "The file is a zip" in editor.get("/desk/").content.decode()

    editor.post(f"/desk/jobs/{job.pk}/retry/")

    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_only_what_failed_is_tried_once_more(editor):
    job = JobFactory(state=JobState.DONE, ended_at=timezone.now())

    answer = editor.post(f"/desk/jobs/{job.pk}/retry/", follow=True)

    assert answer.status_code == 200
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert 'class="told"' in answer.content.decode()


def test_jobs_are_listed_page_by_page(editor):
    Job.objects.bulk_create(JobFactory.build_batch(51))

    first = editor.get("/desk/jobs/").content.decode()

    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in editor.get("/desk/jobs/?page=2").content.decode()
    assert "Page 1 of 2" in editor.get("/desk/jobs/?page=x").content.decode()
    assert editor.get("/desk/jobs/999999/").status_code == 404


def test_list_without_jobs_says_what_makes_one(editor):
    assert "Nothing was asked for yet" in editor.get("/desk/jobs/").content.decode()
