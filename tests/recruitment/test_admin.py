"""The admin shows the whole record, drafts included, and changes nothing."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from rest_framework_api_key.models import APIKey

from recruitment.models import Casualty, Conflict
from recruitment.rebuilding import rebuild
from tests.factories import ClaimantFactory, FigureFactory, PersonFactory

MODELS = [
    model for model in admin.site._registry if model._meta.app_label == "recruitment"
]


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_editor_sees_each_kind_of_row_and_can_add_none(admin_client, model):
    FigureFactory(slug="npl-held-back", draft=True)
    name = model._meta.model_name

    listed = admin_client.get(reverse(f"admin:recruitment_{name}_changelist"))
    added = admin_client.get(reverse(f"admin:recruitment_{name}_add"))

    assert listed.status_code == 200
    assert added.status_code == 403
    if model is Casualty:
        assert "npl-held-back" in listed.content.decode()


@pytest.mark.django_db
def test_editor_reads_a_figure_with_its_citations_and_cannot_change_it(admin_client):
    figure = FigureFactory()
    address = reverse("admin:recruitment_casualty_change", args=[figure.pk])

    shown = unescape(admin_client.get(address).content.decode())
    changed = admin_client.post(address, {"low": 7})

    assert figure.wording in shown
    assert figure.citations.get().source.title_gist in shown
    assert 'name="_save"' not in shown
    assert changed.status_code == 403


@pytest.mark.django_db
def test_conflicts_are_told_apart_by_kind():
    other = ClaimantFactory(slug="somebody-else")
    FigureFactory(low=60, high=60, as_of="2024-01-01")
    FigureFactory(low=19, high=19, as_of="2024-03-14")
    FigureFactory(low=80, high=80, as_of="2024-03-15", claimant=other)
    rebuild()

    assert Conflict.objects.revisions().count() == 1
    assert Conflict.objects.contradictions().count() == 1


KEYS = "/admin/rest_framework_api_key/apikey/"


@pytest.mark.django_db
def test_administrator_makes_a_key_and_sees_it_once(admin_client, client):
    made = admin_client.post(f"{KEYS}add/", {"name": "newsroom"}, follow=True)

    key = re.search(r"newsroom is: (\S+)\. ", made.content.decode())[1]
    sent = {"authorization": f"Api-Key {key}"}
    assert client.get("/api/v1/problems/", headers=sent).status_code == 200
    assert key not in admin_client.get(KEYS).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "add/", "{pk}/change/", "{pk}/delete/"])
def test_staff_with_every_permission_neither_sees_nor_makes_keys(client, path):
    editor = User.objects.create_user("editor", is_staff=True)
    editor.user_permissions.set(Permission.objects.all())
    client.force_login(editor)
    key, _ = APIKey.objects.create_key(name="newsroom")

    answer = client.get(KEYS + path.format(pk=quote(key.pk)))

    assert answer.status_code == 403
    assert "API keys" not in client.get("/admin/").content.decode()


@pytest.mark.django_db
def test_admin_keeps_the_desks_people_but_makes_nobody_a_superuser(client):
    client.force_login(PersonFactory(role="admin"))
    User.objects.filter(username="admin").update(is_staff=True)
    editor = PersonFactory(role="editor")
    owner = User.objects.create_superuser("owner")
    address = "/admin/auth/user/{}/change/"

    page = client.get(address.format(editor.pk)).content.decode()
    refused = client.post(address.format(owner.pk), {"username": "mine"})

    assert 'name="groups"' in page
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page
    assert refused.status_code == 403
    password = client.get(f"/admin/auth/user/{owner.pk}/password/")
    assert password.status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_others_of_the_desk_do_not_enter_the_admin(client, role):
    client.force_login(PersonFactory(role=role))

    assert client.get("/admin/auth/user/").status_code == 302
