"""Each role may do what the one before it may, and more."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "granted"),
    [
        ("reader", ["see_desk"]),
        ("editor", ["see_desk", "review"]),
        ("publisher", ["see_desk", "review", "publish"]),
        ("admin", ["see_desk", "review", "publish", "publish_alone"]),
    ],
)
def test_role_grants_what_the_one_before_it_does_and_more(role, granted):
    person = PersonFactory(role=role)

    held = [
        name
        for name in ("see_desk", "review", "publish", "publish_alone")
        if person.has_perm(f"recruitment.{name}")
    ]

    assert held == granted
    assert person.has_perm("auth.change_user") == (role == "admin")


def add(*arguments):
    out, err = StringIO(), StringIO()
    call_command("add_person", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_person_comes_in_with_a_role_and_a_password_that_is_shown_once():
    printed, told = add("amala", "--role", "publisher")

    person = User.objects.get(username="amala")
    assert person.check_password(printed.removeprefix("Password: ").strip())
    assert person.has_perm("recruitment.publish")
    assert not person.is_staff
    assert "as publisher" in told


def test_person_gets_another_role_and_keeps_the_password():
    add("amala", "--role", "admin")
    before = User.objects.get(username="amala").password

    printed, _ = add("amala", "--role", "reader")

    person = User.objects.get(username="amala")
    assert printed == ""
    assert person.password == before
    assert not person.has_perm("recruitment.review")
    assert not person.is_staff


def test_unknown_role_is_refused_with_those_that_there_are():
    with pytest.raises(CommandError, match=r"no role “king”\. reader: .* editor: "):
        add("amala", "--role", "king")


def test_name_that_cannot_be_one_is_refused():
    with pytest.raises(CommandError, match="valid username"):
        add("a b", "--role", "editor")

    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        pytest.param(
            ["correct horse 17", "correct horse 71"], "not the same", id="two"
        ),
        pytest.param(["12345678", "12345678"], "too common", id="weak"),
    ],
)
def test_password_that_was_asked_for_is_checked(monkeypatch, typed, message):
    answers = iter(typed)
    monkeypatch.setattr(
        "recruitment.management.commands.add_person.getpass", lambda _: next(answers)
    )

    with pytest.raises(CommandError, match=message):
        add("amala", "--role", "editor", "--ask")

    assert not User.objects.exists()
