"""Logging in and out: easy for who may, slow for who guesses."""

from secrets import token_hex

import pytest
from django.test import Client

from dashboard.desk import door_views
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse 17"  # noqa: S105  # of nobody


@pytest.fixture(autouse=True)
def limits(settings):
    settings.THROTTLE_LOGINS = "6/hour"
    settings.THROTTLE_LOGINS_OF_NAME = "3/15 minutes"
    # Attempts are told apart by hashes with this key: else one test counts for the next.
    settings.SECRET_KEY = token_hex()
    door_views.attempts.cache_clear()
    yield
    door_views.attempts.cache_clear()


@pytest.fixture
def person():
    person = PersonFactory(role="editor")
    person.set_password(PASSWORD)
    person.save()
    return person


def log_in(client, name="editor", password=PASSWORD, following="/desk/drafts/"):
    sent = {"username": name, "password": password, "next": following}
    return client.post("/desk/login/", sent)


def test_person_comes_in_and_goes_where_they_wanted(client, person):
    answer = log_in(client)

    assert (answer.status_code, answer["Location"]) == (302, "/desk/drafts/")
    assert client.get("/desk/").status_code == 200
    assert client.session.get_expiry_age() == 12 * 3600


def test_login_leads_to_no_other_site(client, person):
    answer = log_in(client, following="https://else.example/")

    assert answer["Location"] == "/desk/"


def test_wrong_password_is_told_without_saying_which_was_wrong(client, person):
    for name in ("editor", "nobody"):
        page = log_in(client, name, "wrong").content.decode()
        assert "Name and password do not go together" in page


def test_name_is_not_tried_too_often_even_with_the_right_password(client, person):
    for name in ("editor", "EDITOR", "editor"):
        assert log_in(client, name, "wrong").status_code == 200

    answer = log_in(client)

    assert answer.status_code == 429
    assert "Too many attempts. Try again in" in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= 15 * 60
    assert "_auth_user_id" not in client.session


def test_address_is_not_tried_too_often_whatever_the_name(client, person):
    for number in range(6):
        assert log_in(client, f"nobody-{number}", "wrong").status_code == 200

    assert log_in(client).status_code == 429
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert log_in(other).status_code == 302


def test_admin_is_entered_by_the_same_door(client):
    answer = client.get("/admin/login/?next=/admin/")

    assert answer["Location"] == "/desk/login/?next=/admin/"


def test_person_leaves_by_a_form_and_not_by_a_link(client, person):
    client.force_login(person)

    assert client.get("/desk/logout/").status_code == 405
    assert client.post("/desk/logout/").status_code == 302
    assert client.get("/desk/").status_code == 302


def test_password_is_changed_by_who_knows_the_old_one(client, person):
    client.force_login(person)
    new = {"new_password1": "another horse 18", "new_password2": "another horse 18"}

    refused = client.post("/desk/password/", new | {"old_password": "wrong"})
    changed = client.post("/desk/password/", new | {"old_password": PASSWORD})

    assert "entered incorrectly" in refused.content.decode()
    assert changed.status_code == 302
    person.refresh_from_db()
    assert person.check_password("another horse 18")


def test_form_from_elsewhere_is_refused_in_words(person):
    client = Client(enforce_csrf_checks=True)

    answer = log_in(client)

    assert answer.status_code == 403
    assert "Send it once more" in answer.content.decode()
