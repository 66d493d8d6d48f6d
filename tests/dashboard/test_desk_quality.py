"""The desk's page of rows that are worth a second look."""

import re
from html import unescape

import pytest

from recruitment.models import Dismissal
from recruitment.rebuilding import rebuild
from tests.factories import FigureFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db


def text_of(answer):
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", f"<main{main}")).split())


def log_in(client, role="editor"):
    client.force_login(PersonFactory(role=role))


def dismiss(client, code, **changes):
    page = client.get(f"/desk/quality/{code}/").content.decode()
    names = ("resource", "public_id", "version")
    fields = {
        name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in names
    }
    told = fields | {"why": "I read it again."} | changes
    return client.post(f"/desk/quality/{code}/dismiss/", told, follow=True)


def test_page_counts_what_each_rule_finds(client):
    FigureFactory(credibility=5)
    log_in(client)

    page = client.get("/desk/quality/")

    assert re.search(r"Doubtful, and used 1 0 ", text_of(page))
    assert '<a href="/desk/quality/doubtful-in-use/">' in page.content.decode()


def test_page_of_a_rule_says_why_what_to_do_and_leads_to_the_row(client):
    FigureFactory(slug="npl-doubtful", credibility=5)
    log_in(client)

    page = client.get("/desk/quality/doubtful-in-use/")

    assert "The claim is probably an error" in text_of(page)
    assert "Read the page again" in text_of(page)
    link = "/desk/figures/npl-doubtful/"
    assert f'<a href="{link}">npl-doubtful</a>' in page.content.decode()
    assert client.get(link).status_code == 200


def test_rows_of_every_kind_lead_to_a_page(client):
    FigureFactory(slug="npl-draft", draft=True, note="So says Tarkov Melinder.")
    SourceFactory(slug="page", title_gist="So says Tarkov Melinder")
    FigureFactory(slug="npl-one")
    rebuild()
    log_in(client, "admin")

    names = client.get("/desk/quality/possible-name/").content.decode()
    alone = client.get("/desk/quality/one-page/").content.decode()

    assert '<a href="/desk/drafts/npl-draft/">' in names
    assert re.search(r'<a href="/admin/recruitment/source/\d+/change/">page</a>', names)
    assert "<mark>Tarkov Melinder</mark>" in names
    assert '<a href="/countries/NPL/?side=russia&amp;metric=killed#claims">' in alone


def test_row_is_dismissed_with_a_reason_and_asked_of_again(client):
    FigureFactory(slug="npl-doubtful", credibility=5)
    log_in(client)

    told = text_of(dismiss(client, "doubtful-in-use"))
    assert "Nothing is found, or all of it was looked at." in told
    assert "npl-doubtful: I read it again. (editor)" in told

    where = {"resource": "figures", "public_id": "npl-doubtful"}
    client.post("/desk/quality/doubtful-in-use/reopen/", where)
    assert "Looked at, and fine" not in text_of(
        client.get("/desk/quality/doubtful-in-use/")
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"why": " "}, "Say why it is fine.", id="no-reason"),
        pytest.param({"version": "0"}, "it has changed meanwhile", id="old-version"),
        pytest.param({"resource": "moons"}, "it has changed meanwhile", id="no-kind"),
    ],
)
def test_dismissal_is_refused_in_words(client, changes, words):
    FigureFactory(credibility=5)
    log_in(client)

    assert words in text_of(dismiss(client, "doubtful-in-use", **changes))
    assert not Dismissal.objects.exists()


def test_page_takes_as_many_queries_for_few_rows_as_for_many(
    client, django_assert_max_num_queries
):
    for number in range(12):
        FigureFactory(slug=f"npl-{number}", note="So says Tarkov Melinder.")
        SourceFactory(slug=f"page-{number}", title_gist="So says Tarkov Melinder")
    log_in(client)

    # 1.–3. who it is and may  4. dismissals  5.–19. known words and what is found of six
    # kinds  20.–21. the rows  22. dismissals in words  23.–25. known words
    with django_assert_max_num_queries(25):
        client.get("/desk/quality/possible-name/")


def test_rule_that_there_is_none_is_not_found(client):
    log_in(client)

    assert client.get("/desk/quality/nonsense/").status_code == 404
    assert client.post("/desk/quality/nonsense/dismiss/").status_code == 404


def test_reader_looks_and_dismisses_nothing(client):
    FigureFactory(credibility=5)
    log_in(client, "reader")

    page = client.get("/desk/quality/doubtful-in-use/").content.decode()

    assert "It is fine" not in page
    for what in ("dismiss", "reopen"):
        address = f"/desk/quality/doubtful-in-use/{what}/"
        assert client.post(address).status_code == 403


@pytest.mark.parametrize("address", ["/desk/quality/", "/desk/quality/undated/"])
def test_nobody_looks_without_logging_in(client, address):
    assert client.get(address)["Location"].startswith("/desk/login/")
