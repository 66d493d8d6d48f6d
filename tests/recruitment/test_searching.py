"""What readers type finds what they mean, in any script, on either database."""

# ruff: noqa: RUF001  # Cyrillic is meant

import pytest
from django.core.management import call_command
from django.db import connection

from recruitment.models import (
    RECORD,
    Claimant,
    Country,
    Figure,
    Incentive,
    Method,
    Presence,
    Publisher,
    Response,
    Source,
)
from recruitment.searching import folded, search_text, words_of
from tests.factories import (
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    IncentiveFactory,
    MethodFactory,
    PresenceFactory,
    ResponseFactory,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Côte d’Ivoire", "cote d ivoire", id="accents-and-apostrophe"),
        pytest.param("НЕПАЛ", "непал", id="cyrillic-capitals"),
        pytest.param("Україна", "украіна", id="ukrainian-yi"),
        pytest.param("Łódź, Tromsø", "lodz tromso", id="letters-with-strokes"),
        pytest.param("İstanbul Diyarbakır", "istanbul diyarbakir", id="turkish-i"),
        pytest.param("Straße", "strasse", id="sharp-s"),
        pytest.param("ﬁve²", "five2", id="ligature-and-superscript"),
        pytest.param("npl-russia_killed\0--2024", "npl russia killed 2024", id="slug"),
        pytest.param("नेपाल", "नपल", id="devanagari-without-its-marks"),
        pytest.param(" | % \\ ' \" ", "", id="marks-alone"),
    ],
)
def test_folding_gives_the_words_of(text, words):
    assert folded(text) == words


def test_words_that_are_typed_twice_count_once():
    assert words_of("Nepal NEPAL, népal dead") == ["nepal", "dead"]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        pytest.param("", "Give a word to search for", id="nothing"),
        pytest.param("%_|", "Give a word to search for", id="no-word"),
        pytest.param(
            "a b c d e f g h i j k", "Give 10 words at most", id="eleven-words"
        ),
    ],
)
def test_search_refuses(asked, reason):
    with pytest.raises(ValueError, match=reason):
        words_of(asked)


def test_other_names_are_added_where_a_whole_name_stands():
    assert search_text(["Defence Intelligence of Ukraine (HUR)"]).startswith(
        "| defence intelligence of ukraine hur | hur | gur |"
    )
    assert "gur" not in search_text(["Churches of Hurghada"])


@pytest.fixture
def record():
    """Two countries, a ministry, a service, a page, and a claim of each kind."""
    nepal = CountryFactory(
        demonyms=["Nepali", "Nepalese"], names={"ru": "Непал", "fr": "Népal"}
    )
    kenya = CountryFactory(code="KEN", demonyms=["Kenyan"], names={"uk": "Кенія"})
    service = ClaimantFactory(
        slug="defence-intelligence",
        name="Defence Intelligence of Ukraine (HUR)",
        kind="intelligence",
        country=None,
    )
    figure = FigureFactory(slug="figure", country=nepal)
    other = {"country": kenya, "claimant": service, "citation": None}
    FigureFactory(slug="kenyan-figure", **other, summary="So it said.", wording="19")
    ResponseFactory(slug="response", country=nepal, citation=None)
    IncentiveFactory(slug="incentive", country=nepal, citation=None)
    PresenceFactory(slug="presence", country=nepal, citation=None)
    MethodFactory(slug="method", countries=[nepal, kenya], citation=None)
    return figure


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("nepal", "NPL", id="name"),
        pytest.param("NEP", "NPL", id="beginning"),
        pytest.param("népal", "NPL", id="french"),
        pytest.param("Непал", "NPL", id="russian"),
        pytest.param("непал", "NPL", id="russian-small"),
        pytest.param("NEPALESE", "NPL", id="demonym"),
        pytest.param("npl", "NPL", id="code"),
        pytest.param("np", "NPL", id="two-letters"),
        pytest.param("kenyan", "KEN", id="kenyan"),
        pytest.param("КЕНІЯ", "KEN", id="ukrainian"),
    ],
)
def test_country_is_found_by(record, asked, found):
    assert Country.objects.matching(asked).get().code == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "asked", "found"),
    [
        pytest.param(Claimant, "HUR", "defence-intelligence", id="HUR"),
        pytest.param(Claimant, "гур", "defence-intelligence", id="HUR-in-cyrillic"),
        pytest.param(
            Claimant,
            "Main Directorate of Intelligence",
            "defence-intelligence",
            id="HUR-in-full",
        ),
        pytest.param(Claimant, "mfan", "nepal-foreign-ministry", id="initials"),
        pytest.param(Claimant, "nepal ministry", "nepal-foreign-ministry", id="words"),
        pytest.param(Publisher, "kathmandu post", "kathmandu-post", id="publisher"),
        pytest.param(Publisher, "kathmandupost.example", "kathmandu-post", id="home"),
        pytest.param(
            Source,
            "Kathmandu Post",
            "kathmandu-post-2024-03-14-nepalis-killed",
            id="page-by-its-publisher",
        ),
        pytest.param(
            Source,
            "news.example nineteen",
            "kathmandu-post-2024-03-14-nepalis-killed",
            id="page-by-its-host-and-gist",
        ),
        pytest.param(Figure, "have been nepal", "figure", id="wording"),
        pytest.param(Figure, "Непал", "figure", id="figure-by-its-country"),
        pytest.param(Figure, "hur кенія", "kenyan-figure", id="country-and-claimant"),
        pytest.param(Response, "foreign employment", "response", id="actor"),
        pytest.param(Response, "nepalese travel ban", "response", id="kind"),
        pytest.param(Incentive, "monthly dollars nepal", "incentive", id="incentive"),
        pytest.param(Method, "kenyan visas", "method", id="method-by-a-country"),
        pytest.param(Presence, "legion nepali", "presence", id="presence"),
    ],
)
def test_row_is_found_by(record, model, asked, found):
    assert model.objects.matching(asked).get().slug == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("epal", id="end-of-a-word"),
        pytest.param("nepal kenyan", id="words-of-two-countries"),
        pytest.param("ne", id="two-letters-of-a-word"),
        pytest.param("100%", id="percent-is-no-wildcard"),
    ],
)
def test_no_country_is_found_by(record, asked):
    assert not Country.objects.matching(asked).exists()


@pytest.mark.django_db
def test_draft_is_found_only_by_those_who_may_see_drafts():
    FigureFactory(draft=True)

    found = Figure.objects.matching("nepal")

    assert found.exists()
    assert not found.published().exists()


@pytest.mark.django_db
def test_what_is_called_just_so_comes_first():
    for code, name in {
        "AAA": "Upper Niger",
        "NGA": "Nigeria",
        "BBB": "Niger Delta",
        "NER": "Niger",
    }.items():
        CountryFactory(code=code, name=name, iso2=None)

    found = Country.objects.matching("niger").best_first("niger")

    assert [one.code for one in found] == ["NER", "BBB", "NGA", "AAA"]


@pytest.mark.django_db
def test_row_is_found_by_what_it_is_called_now(record):
    country = Country.objects.get(code="NPL")
    country.name = "Himalaya"
    country.save()

    assert Figure.objects.matching("himalaya").get() == record


@pytest.mark.parametrize("model", RECORD.values(), ids=RECORD)
def test_what_a_row_is_found_by_stands_in_no_history(model):
    columns = {column.name for column in model.history.model._meta.concrete_fields}

    assert "slug" in columns or "code" in columns
    assert "search_text" not in columns


@pytest.mark.django_db
@pytest.mark.parametrize("anew", [False, True], ids=["missing", "anew"])
def test_rows_that_cannot_be_found_are_made_searchable(record, capsys, anew):
    Country.objects.filter(code="NPL").update(search_text="")
    Country.objects.filter(code="KEN").update(search_text="| old rules |")

    call_command("make_searchable", anew=anew)

    assert Country.objects.matching("nepal").exists()
    assert Country.objects.matching("kenya").exists() is anew
    assert ("1 rows" in capsys.readouterr().out) is not anew


@pytest.mark.django_db
def test_search_of_words_asks_as_often_for_many_rows_as_for_few(
    django_assert_num_queries,
):
    FigureFactory.create_batch(9)

    # 1. countries 2. claimants 3. origins, by the word 4. the figures
    with django_assert_num_queries(4):
        assert len(Figure.objects.matching("nepal")) == 9


@pytest.mark.django_db
def test_postgresql_has_an_index_of_words():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite looks through the texts.")
    with connection.cursor() as cursor:
        names = {
            name
            for table in ("figure", "source", "response")
            for name in connection.introspection.get_constraints(
                cursor, f"recruitment_{table}"
            )
        }

    assert {
        "figure_found_by_words",
        "source_found_by_words",
        "response_found_by_words",
    } <= names
