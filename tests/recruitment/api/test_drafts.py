"""No answer tells of a draft, nor whether there is one."""

import json

import pytest

from recruitment.models import (
    CITED,
    RECORD,
    Change,
    Citation,
    Conflict,
    Country,
    Figure,
)
from recruitment.publishing import publishing
from tests.drafts import SECRET, make_drafts, make_published
from tests.recruitment.api.addresses import SOURCE, TODAY
from tests.recruitment.api.reading import body

pytestmark = pytest.mark.django_db

DRAFTS = {
    "figures": f"{SECRET}-killed",
    "casualties": f"{SECRET}-killed",
    "recruitment": f"{SECRET}-serving",
    "responses": f"{SECRET}-response",
    "incentives": f"{SECRET}-incentive",
    "methods": f"{SECRET}-method",
    "presence": f"{SECRET}-presence",
    "citations": f"{SECRET}-killed--{SOURCE}",
    "contradictions": f"npl-killed--{SECRET}-killed",
}
NOBODY = "nobody"


@pytest.fixture(scope="module", autouse=True)
def drafts(kept_rows):
    with kept_rows():
        make_drafts(make_published())
        yield


def results(client, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def as_if_unknown(client, path, draft):
    """Give the answers for a draft's id and for an id that there never was, alike."""
    found = []
    for one in (draft, NOBODY):
        answer = client.get(f"/api/v1/{path.format(one)}")
        problem = json.loads(answer.content.decode().replace(one, NOBODY))
        problem.pop("request_id")
        found.append((answer.status_code, problem))
    return found


@pytest.mark.parametrize("form", ["/", ".json", "/?fields=slug"])
@pytest.mark.parametrize(
    ("resource", "draft"), [pytest.param(*item, id=item[0]) for item in DRAFTS.items()]
)
def test_draft_is_as_unknown_as_what_was_never_there(client, resource, draft, form):
    of_draft, of_nobody = as_if_unknown(client, f"{resource}/{{}}{form}", draft)

    assert of_draft[0] == 404
    assert of_draft == of_nobody


def test_each_kind_of_record_has_a_draft_with_a_citation():
    drafts = Citation.objects.filter(slug__startswith=SECRET)

    for cited in CITED:
        assert drafts.filter(**{f"{cited}__isnull": False}).exists()


@pytest.mark.parametrize("query", ["", f"?source={SOURCE}", "?role=carries"])
def test_citation_of_a_draft_is_not_listed(client, query):
    rows = results(client, f"citations/{query}")
    public = Citation.objects.exclude(slug__startswith=SECRET)

    assert sorted(row["slug"] for row in rows) == sorted(
        public.values_list("slug", flat=True)
    )


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("citations/?figure={}", id="citations"),
        pytest.param("citations.csv?figure={}", id="citations-as-csv"),
        pytest.param("citations/?figure=npl-killed,{}", id="citations-among-others"),
        pytest.param("contradictions/?figure={}", id="contradictions"),
        pytest.param("contradictions.ndjson?figure={}", id="contradictions-as-ndjson"),
    ],
)
def test_filter_does_not_tell_whether_a_draft_is_there(client, path):
    of_draft, of_nobody = as_if_unknown(client, path, f"{SECRET}-killed")

    assert of_draft[0] == 400
    assert of_draft == of_nobody


@pytest.mark.parametrize(
    "resource",
    ["countries", "publishers", "claimants", "sources", "figures", "casualties"],
)
@pytest.mark.parametrize("word", [SECRET, f"{SECRET}-killed", "zzsec", "987654"])
def test_search_finds_no_draft(client, resource, word):
    answer = client.get(f"/api/v1/{resource}/?search={word}&count=true")

    assert answer.json() == {"count": 0, "next": None, "previous": None, "results": []}


@pytest.mark.parametrize(
    "query",
    [
        "country=NPL&metric=killed",
        "ordering=-low",
        "ordering=-high&page_size=1",
        f"source={SOURCE}&count=true",
        "countable=true&status=published,superseded,corrected,retracted",
        "min_reports=0",
    ],
)
def test_no_query_lists_a_draft(client, query):
    answer = client.get(f"/api/v1/figures/?{query}").json()
    public = Figure.objects.published()

    assert answer["results"]
    assert {row["slug"] for row in answer["results"]} <= {
        *public.values_list("slug", flat=True)
    }
    assert answer.get("count", 0) <= public.count()


def test_figure_does_not_tell_which_draft_it_restates(client):
    assert Figure.objects.get(slug="npl-variant").variant_of.slug == f"{SECRET}-killed"

    [row] = [
        row
        for row in results(client, "figures/?fields=slug,variant_of")
        if row["slug"] == "npl-variant"
    ]
    table = body(client, "figures.csv?fields=slug,variant_of")
    lines = body(client, "figures.ndjson?fields=slug,variant_of").splitlines()

    assert row["variant_of"] is None
    assert b"npl-variant,\r\n" in table
    assert {"slug": "npl-variant", "variant_of": None} in map(json.loads, lines)


@pytest.mark.parametrize("query", ["", f"?known_at={TODAY}"])
@pytest.mark.parametrize("key", ["npl-russia-killed", "foreign-russia-killed"])
def test_explanation_leaves_drafts_out(client, key, query):
    answer = client.get(f"/api/v1/estimates/{key}/explain/{query}")
    named = {use["figure"]["slug"] for use in answer.json()["figures"]}

    assert SECRET not in answer.content.decode()
    public = Figure.objects.published().filter(metric="killed", country__code="NPL")
    assert named == (
        {*public.values_list("slug", flat=True)} if key.startswith("npl") else set()
    )


def test_key_that_has_only_drafts_is_as_empty_as_one_without_figures(client):
    Country.objects.create(code="LKA", name="Sri Lanka", kind="country")
    Country.objects.create(code="KEN", name="Sri Lanka", kind="country")
    Figure.objects.filter(slug=f"{SECRET}-killed").update(
        country=Country.objects.get(code="LKA")
    )

    lka, ken = (
        client.get(f"/api/v1/estimates/{code}-russia-killed/explain/").content
        for code in ("lka", "ken")
    )

    assert lka.replace(b"LKA", b"KEN").replace(b"lka", b"ken") == ken


def test_no_contradiction_with_a_draft_is_found(client):
    assert not Conflict.objects.filter(one__slug__startswith=SECRET).exists()
    assert not Conflict.objects.filter(other__slug__startswith=SECRET).exists()


def test_draft_that_comes_in_is_no_change(client):
    last = Change.objects.count()

    with publishing("rows were imported"):
        Figure.objects.filter(slug=f"{SECRET}-killed").update(low=1, high=1)
        draft = Figure.objects.get(slug=f"{SECRET}-killed")
        draft.note = f"{SECRET} again"
        draft.save()
        draft.disjoint_with.add(Figure.objects.get(slug="npl-serving"))

    assert Change.objects.count() == last
    assert SECRET not in client.get("/api/v1/changes/").content.decode()


def test_figure_is_not_known_at_the_days_on_which_it_was_a_draft(client):
    for model in RECORD.values():
        model.history.update(history_date="2024-04-01T12:00:00Z")
    figure = Figure.objects.get(slug=f"{SECRET}-killed")
    figure.status = "published"
    figure.save()
    figure.history.filter(status="published").update(
        history_date="2024-05-01T12:00:00Z"
    )
    address = "/api/v1/estimates/{}?as_of=2024-05-02&known_at={}&country=NPL"
    explained = (
        "/api/v1/estimates/npl-russia-killed/explain/?as_of=2024-05-02&known_at={}"
    )

    for day, is_known in (("2024-04-30", False), ("2024-05-01", True)):
        for path in (address.format("", day), explained.format(day)):
            answer = client.get(path)
            assert answer.status_code == 200
            assert (SECRET in answer.content.decode()) is is_known, path
