"""What a reader is told of each publish: before and after, why, and no draft."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruitment import rebuilding
from recruitment.models import Citation, Figure
from recruitment.publishing import publishing
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    IncentiveFactory,
    MethodFactory,
    PresenceFactory,
    PublisherFactory,
    ResponseFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
HIDDEN = {"status": "draft", "status_reason": "needs_review"}


@pytest.fixture
def loaded():
    """The first revision: one figure on Nepal, with its claimant and its source."""
    with publishing("the record was loaded"):
        figure = FigureFactory(
            slug="npl-killed", low=40, high=None, qualifier="at_least"
        )
        rebuilding.rebuild()
    return figure


def publish(figure, reason="a page was misread", **changes):
    """Publish a figure with some columns changed, and what follows from it."""
    with publishing(reason):
        for name, value in changes.items():
            setattr(figure, name, value)
        figure.save()
        rebuilding.rebuild()


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", f"<main{main}")).split())


def entries(client, address="/changes/"):
    """Give what stands under each revision, by its number."""
    page = client.get(address).content.decode()
    parts = re.split(r'<section class="card dated" id="revision-(\d+)">', page)[1:]
    texts = (" ".join(re.sub(r"<[^>]*>", " ", one).split()) for one in parts[1::2])
    return dict(zip(map(int, parts[::2]), map(unescape, texts), strict=True))


def test_record_without_a_publish_says_so(client):
    assert "Nothing has been published yet." in text_of(client, "/changes/")


def test_first_revision_is_told_in_numbers_alone(client, loaded):
    told = entries(client)[1]

    assert "The record was loaded" in told
    assert "1 figure, 1 estimate, 1 claimant, 1 source, 1 publisher, " in told
    assert "Nepal" not in told
    assert "Nepal" not in text_of(client, "/changes/1/")


def test_figure_is_told_before_and_after(client, loaded):
    publish(loaded, low=104, high=104, qualifier="exact", note="Misread.")

    told = entries(client)[2]

    assert (
        "Nepal, killed, Russian side : at least 40 → 104"
        " (Ministry of Foreign Affairs of Nepal, 14 Mar 2024) . Note changed." in told
    )
    assert "A page was misread" in told


def test_estimate_is_told_before_and_after_and_leads_to_its_claims(client, loaded):
    publish(loaded, low=104, high=104, qualifier="exact")

    page = unescape(client.get("/changes/").content.decode())

    link = '<a href="/countries/NPL/?side=russia&metric=killed#claims">'
    assert f"{link}Nepal, killed, Russian side</a>: <b>best 40 → 104" in page


def test_each_revision_tells_the_numbers_of_its_own_time(client, loaded):
    publish(loaded, low=50)
    publish(loaded, low=104, high=104, qualifier="exact")

    told = entries(client)

    assert "at least 40 → at least 50" in told[2]
    assert "at least 50 → 104" in told[3]


def test_added_figure_leads_to_its_page(client, loaded):
    with publishing("a new page was read"):
        FigureFactory(slug="npl-killed-too", low=33, high=33, as_of="2024-06-01")

    page = client.get("/changes/").content.decode()

    assert '<a href="/figures/npl-killed-too/">Nepal, killed, Russian side</a>' in page
    assert "1 figure added, 1 citation added." in entries(client)[2]


def test_change_of_status_is_told_with_its_own_reason(client, loaded):
    publish(loaded, status="retracted", status_reason="misread")

    assert "Status: Published → Retracted. We misread the page." in entries(client)[2]


def test_row_that_is_taken_back_leaves_its_id_and_its_successor(client, loaded):
    with publishing("a second reading"):
        FigureFactory(slug="npl-copy", variant_of=loaded, low=777, high=777)
    copy = Figure.objects.get(slug="npl-copy")
    publish(copy, **HIDDEN)

    told = entries(client)

    assert "No longer public npl-copy · An editor must look again." in told[3]
    assert "In its place: Nepal, killed, Russian side" in told[3]
    assert "777" not in "".join(told.values())
    assert "Added npl-copy" in told[2]


def test_citation_that_is_taken_away_is_told_and_one_that_comes_is_counted(
    client, loaded
):
    with publishing("a page was cited in vain"):
        Citation.objects.get().delete()

    told = entries(client)[2]

    assert "No longer public npl-killed--kathmandu-post" in told
    assert "Citations changed" in told


def test_draft_is_never_told(client, loaded):
    # Longer than any part of a moment, which the pages hold too.
    number = {"low": 98_765_432, "high": 98_765_432}
    with publishing("drafts came in"):
        FigureFactory(slug="npl-zzsecret", draft=True, **number)
        SourceFactory(slug="page-of-its-own")

    for address in ("/changes/", "/changes/2/", "/changes.atom", "/changes.json"):
        shown = client.get(address).content.decode()
        assert "zzsecret" not in shown
        assert "98,765,432" not in shown
        assert "98765432" not in shown


ROWS = {
    "countries": (lambda: CountryFactory(code="KEN"), "Kenya", "/countries/KEN/"),
    "claimants": (
        lambda: ClaimantFactory(slug="a-family", name="A family"),
        "A family",
        "/claimants/a-family/",
    ),
    "sources": (
        lambda: SourceFactory(slug="a-page", title_gist="A gist"),
        "The Kathmandu Post: A gist",
        "/sources/a-page/",
    ),
    "responses": (ResponseFactory, "Nepal, travel ban", "/countries/NPL/"),
    "incentives": (IncentiveFactory, "Nepal, monthly pay", "/countries/NPL/"),
    "presence": (
        PresenceFactory,
        "Nepal, present on the Ukrainian side",
        "/countries/NPL/",
    ),
}


@pytest.mark.parametrize(("make", "name", "address"), ROWS.values(), ids=ROWS)
def test_row_of_any_kind_is_named_and_linked(client, loaded, make, name, address):
    with publishing("more came in"):
        make()

    page = client.get("/changes/").content.decode()

    assert f'<a href="{address}">{name}</a>' in page
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("make", "name"),
    [
        pytest.param(MethodFactory, "Student visas", id="method"),
        pytest.param(
            lambda: PublisherFactory(slug="cnn", name="CNN"), "CNN", id="publisher"
        ),
    ],
)
def test_row_without_a_page_is_named(client, loaded, make, name):
    with publishing("more came in"):
        make()

    assert f"Added {name}" in entries(client)[2]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"credibility": 4}, "Credibility: 2 → 4.", id="number"),
        pytest.param({"countable": False}, "Countable: yes → no.", id="truth"),
        pytest.param({"as_of": "2024-03-01"}, "2024-03-14 → 2024-03-01.", id="day"),
        pytest.param(
            {"scope": "subset", "scope_note": "One unit."},
            "Scope: All nationals that the claimant knows of → A list, unit, network,",
            id="choice",
        ),
        pytest.param({"period_start": "2024-01-01"}, "none → 2024-01-01.", id="null"),
    ],
)
def test_other_fields_of_a_figure_are_told_too(client, loaded, changes, told):
    publish(loaded, **changes)

    assert told in entries(client)[2]


def test_disjoint_figures_are_told_by_their_ids(client, loaded):
    with publishing("two parts share nobody"):
        other = FigureFactory(slug="npl-other")
        loaded.disjoint_with.add(other)

    assert "Disjoint with: none → npl-other." in entries(client)[2]


def test_text_is_not_repeated(client, loaded):
    publish(loaded, summary="What we had to take out.")
    publish(loaded, summary="Nepal's foreign ministry named a number.")

    told = entries(client)

    assert "Summary changed." in told[3]
    assert "take out" not in "".join(told.values())


def test_publish_that_changes_no_row_says_so(client, loaded):
    from recruitment.revisions import publish as publish_nothing

    publish_nothing("contradictions were found anew")

    assert "No row of the record changed" in entries(client)[2]
    assert client.get("/changes/2/").status_code == 200


def test_large_revision_is_shortened_and_goes_on_on_its_page(
    client, loaded, monkeypatch
):
    monkeypatch.setattr("dashboard.change_views.CHANGES_A_PAGE", 8)
    with publishing("rows were imported"):
        for n in range(15):
            FigureFactory(slug=f"npl-{n:02}", metric="serving", low=n + 1, high=n + 1)

    told = entries(client)[2]
    first, second = (text_of(client, f"/changes/2/?page={n}") for n in (1, 2))

    assert told.count("Added") == 12
    assert "15 figures added" in told
    assert "All changes of revision 2" in told
    assert (first.count("Added"), second.count("Added")) == (8, 7)
    assert "Changes 9 to 15" in second
    assert client.get("/changes/2/?page=3").status_code == 404


def test_pages_go_back_by_revisions(client, loaded, monkeypatch):
    monkeypatch.setattr("dashboard.change_views.REVISIONS_A_PAGE", 2)
    for low in (50, 60, 70):
        publish(loaded, low=low)

    assert list(entries(client)) == [4, 3]
    assert 'href="?before=3"' in client.get("/changes/").content.decode()
    assert list(entries(client, "/changes/?before=3")) == [2, 1]
    last = client.get("/changes/?before=3").content.decode()
    assert "Older" not in last
    assert '<a href="/changes/">Newest</a>' in last
    assert "Nothing was published before that." in text_of(client, "/changes/?before=1")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param("/changes/?before=last", 400, id="before-a-word"),
        pytest.param("/changes/?before=0", 400, id="before-nothing"),
        pytest.param("/changes/1/?page=first", 400, id="page-a-word"),
        pytest.param("/changes/9/", 404, id="no-such-revision"),
        pytest.param(f"/changes/{10**30}/", 404, id="beyond-any-integer"),
    ],
)
def test_what_is_not_understood_is_refused(client, loaded, address, status):
    assert client.get(address).status_code == status


def test_front_page_tells_the_latest_changes_after_the_first_load(client, loaded):
    assert "Latest changes" not in text_of(client, "/")

    publish(loaded, low=104, high=104, qualifier="exact")

    told = text_of(client, "/").split("Latest changes")[1]
    assert "A page was misread : Nepal, killed, Russian side, at least 40 → 104" in told

    publish(
        loaded,
        reason="a page was withdrawn",
        status="retracted",
        status_reason="misread",
    )

    told = text_of(client, "/").split("Latest changes")[1]
    retracted = "Nepal, killed, Russian side (Status: Published → Retracted)"
    assert f"A page was withdrawn : {retracted}" in told


@pytest.mark.parametrize("rows", [1, 6])
def test_number_of_queries_does_not_grow_with_changes(client, loaded, rows):
    for n in range(rows):
        with publishing("more came in"):
            figure = FigureFactory(metric="serving", low=n + 3, high=n + 3)
            ResponseFactory()
            rebuilding.rebuild()
        publish(figure, low=n + 4, high=n + 4)

    asked = {}
    for address in ("/changes/", "/changes/2/", "/changes.atom"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked[address] = len(queries) - 1  # but for the number of the revision

    assert asked == {
        # 1. revisions  2. counts  3. changes  4. to 6. figures, estimates, responses
        # 7. what the figures were
        "/changes/": 7,
        # 1. the revision  2. its counts  3. to 4. a page of its changes  5. to 7. names
        # 8. what the figures were
        "/changes/2/": 8,
        "/changes.atom": 7,
    }
