"""Each rule finds what it is for, and leaves the rest; what was looked at stays so."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from recruitment import quality
from recruitment.models import Figure, Identity, Source
from recruitment.quality_rules import BY_CODE, RULES
from recruitment.rebuilding import rebuild
from recruitment.reviewing import DecisionError
from tests.factories import (
    CitationFactory,
    ClaimantFactory,
    CountryFactory,
    FigureFactory,
    IncentiveFactory,
    MethodFactory,
    PersonFactory,
    PresenceFactory,
    ResponseFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
NO_DAY = {"as_of": None, "as_of_precision": "unknown"}


@pytest.fixture(autouse=True)
def nepal():
    return CountryFactory(demonyms=["Nepali", "Nepalis"])


def found(code):
    return {one.public_id for one in quality.look_for(BY_CODE[code]).open}


def test_undated_figure_is_found_where_an_estimate_could_use_it():
    FigureFactory(slug="undated", **NO_DAY)
    FigureFactory(slug="dated")
    FigureFactory(slug="context", metric="arrested", **NO_DAY)
    FigureFactory(slug="draft", draft=True, **NO_DAY)

    assert found("undated") == {"undated"}


def test_identity_that_does_not_hold_is_found_at_the_count_of_recruits():
    for slug, holds in (("broken", False), ("holding", True)):
        figure = FigureFactory(slug=slug, metric="recruited")
        told = {"country": figure.country, "side": "russia", "least": 9}
        Identity.objects.create(recruited=figure, holds=holds, **told)

    assert found("identity-broken") == {"broken"}


def test_long_wording_is_found_that_came_past_the_writer():
    FigureFactory(slug="long", wording="one two three four five six seven eight " * 2)
    FigureFactory(slug="twelve", wording="one two three four five six " * 2)

    assert found("long-wording") == {"long"}


def test_page_that_is_gone_is_found_unless_an_archive_has_it():
    SourceFactory(slug="gone", link_state="gone")
    SourceFactory(
        slug="kept", link_state="gone", archive_url="https://archive.example/"
    )
    SourceFactory(slug="there", link_state="there")
    SourceFactory(slug="changed", link_state="changed")

    assert found("dead-link") == {"gone"}
    assert found("changed-page") == {"changed"}


def test_figure_at_an_end_of_an_estimate_that_only_repetitions_carry_is_found():
    repeated = FigureFactory(slug="repeated", citation__role="repeats")
    FigureFactory(slug="carried", metric="missing")
    unused = {"metric": "arrested", "citation__role": "repeats"}
    FigureFactory(slug="unused", **unused)
    rebuild()
    assert found("only-repeated") == {"repeated"}

    CitationFactory(figure=repeated, source__slug="the-first-page", role="origin")

    assert found("only-repeated") == set()


def test_draft_is_found_that_nobody_touched_for_a_month():
    for slug, days in (("old", 31), ("new", 29)):
        draft = FigureFactory(slug=slug, draft=True)
        at = timezone.now() - timedelta(days=days)
        draft.history.update(history_date=at)
    public = FigureFactory(slug="public")
    public.history.update(history_date=timezone.now() - timedelta(days=90))
    touched = FigureFactory(slug="touched", draft=True)
    touched.history.update(history_date=timezone.now() - timedelta(days=90))
    touched.save()

    assert found("old-draft") == {"old"}


def test_doubtful_figure_is_found_where_estimates_may_use_it():
    FigureFactory(slug="error", credibility=5)
    FigureFactory(slug="misread", confidence="low")
    FigureFactory(slug="usual", credibility=4)
    FigureFactory(slug="left-out", credibility=5, countable=False)

    assert found("doubtful-in-use") == {"error", "misread"}


def test_two_totals_of_one_claimant_and_day_are_found():
    one_day = {"as_of": "2024-05-01"}
    FigureFactory(slug="nineteen", **one_day)
    FigureFactory(slug="more", low=19, high=None, qualifier="more_than", **one_day)
    FigureFactory(slug="next-day", low=20, high=20, as_of="2024-05-02")
    FigureFactory(slug="part", scope="subset", scope_note="x", low=3, high=3, **one_day)
    other = ClaimantFactory(slug="families")
    FigureFactory(slug="others", claimant=other, low=44, high=44, **one_day)
    FigureFactory(slug="relayed", evidence_origin=other, low=45, high=45, **one_day)
    FigureFactory(slug="same", metric="missing", **one_day)
    FigureFactory(slug="same-again", metric="missing", **one_day)

    assert found("same-day") == {"nineteen", "more"}


def test_count_that_hangs_on_one_page_is_found():
    one = FigureFactory()
    FigureFactory(metric="missing")
    two = Figure.objects.get(metric="missing")
    CitationFactory(figure=two, source__slug="another-page")
    rebuild()
    assert found("one-page") == {"npl-russia-killed"}

    CitationFactory(figure=one, source__slug="another-page")
    rebuild()

    assert found("one-page") == set()


# Nobody of these is: they were made up for this test.
NAMES = {
    "latin": "An aide, Tarkov Melinder, told reporters.",
    "honorific": "The body of Sgt. Melinder was brought home.",
    "cyrillic": "Сообщил Тарков Мелиндер.",
    "particle": "His brother Omar el Tarkovi was seen.",
}


@pytest.mark.parametrize("text", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("name", ["summary", "note", "scope_note"])
def test_possible_name_is_found_in_each_text_of_a_figure(name, text):
    FigureFactory(slug="naming", **{name: text})
    FigureFactory(slug="plain")

    assert found("possible-name") == {"naming"}


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda text: ResponseFactory(slug="it", actor=text), id="actor"),
        pytest.param(lambda text: IncentiveFactory(slug="it", note=text), id="pay"),
        pytest.param(lambda text: MethodFactory(slug="it", summary=text), id="method"),
        pytest.param(lambda text: PresenceFactory(slug="it", note=text), id="presence"),
        pytest.param(lambda text: SourceFactory(slug="it", title_gist=text), id="gist"),
    ],
)
def test_possible_name_is_found_in_rows_of_every_kind(make):
    make("It says that Tarkov Melinder has died.")

    assert found("possible-name") == {"it"}


@pytest.mark.parametrize(
    ("url", "is_found"),
    [
        pytest.param("https://news.example/Tarkov_Melinder/", True, id="capitals"),
        pytest.param("https://news.example/rip-sgt-melinder", True, id="honorific"),
        pytest.param(
            "https://news.example/%D0%A2%D0%B0%D1%80-%D0%9C%D0%B5%D0%BB",
            True,
            id="escaped",
        ),
        pytest.param("https://news.example/nepalis-killed-in-war", False, id="plain"),
        pytest.param(None, False, id="withheld"),
    ],
)
def test_possible_name_is_found_in_an_address(url, is_found):
    SourceFactory(slug="page", url=url)

    assert found("possible-name") == ({"page"} if is_found else set())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ministry of Foreign Affairs of Nepal said so.", id="claimant"),
        pytest.param("It was told to The Kathmandu Post in March 2024.", id="outlet"),
        pytest.param("They fought with the Melinder Brigade.", id="unit"),
        pytest.param("Three Nepalis came home on 4 May.", id="people"),
    ],
)
def test_what_the_record_knows_is_no_name(text):
    FigureFactory(note=text)

    assert found("possible-name") == set()


def test_teller_says_which_words_look_like_a_name():
    figure = FigureFactory(note=NAMES["latin"])

    told = BY_CODE["possible-name"].tell()

    assert told(figure) == "Tarkov Melinder"


@pytest.fixture
def editor():
    return PersonFactory(role="editor")


def dismiss(finding, by, code="doubtful-in-use", why="I read it again."):
    return quality.dismiss(
        BY_CODE[code],
        finding.resource,
        finding.public_id,
        version=finding.version,
        why=why,
        by=by,
    )


def open_findings(code="doubtful-in-use"):
    return quality.look_for(BY_CODE[code]).open


def test_dismissed_row_is_found_again_when_it_changes(editor):
    figure = FigureFactory(credibility=5)
    dismiss(open_findings()[0], editor)
    seen = quality.look_for(BY_CODE["doubtful-in-use"])
    assert (len(seen.open), len(seen.dismissed)) == (0, 1)

    figure.note = "Something else."
    figure.save()

    assert len(open_findings()) == 1
    dismiss(open_findings()[0], editor)
    assert open_findings() == []


def test_dismissed_estimate_is_found_again_when_its_numbers_change(editor):
    figure = FigureFactory()
    rebuild()
    dismiss(open_findings("one-page")[0], editor, "one-page")
    rebuild()
    assert open_findings("one-page") == []

    Figure.objects.filter(pk=figure.pk).update(low=20, high=20)
    rebuild()

    assert len(open_findings("one-page")) == 1


def test_dismissal_is_of_one_rule(editor):
    FigureFactory(slug="both", credibility=5, **NO_DAY)
    dismiss(open_findings()[0], editor)

    assert found("undated") == {"both"}


def test_row_that_changed_while_somebody_looked_is_not_dismissed(editor):
    figure = FigureFactory(credibility=5)
    seen = open_findings()[0]
    figure.note = "Changed."
    figure.save()

    with pytest.raises(DecisionError, match="changed meanwhile"):
        dismiss(seen, editor)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        pytest.param("  ", "Say why", id="nothing"),
        pytest.param("x" * 201, "at most 200", id="too-much"),
    ],
)
def test_dismissal_needs_a_reason(editor, why, words):
    FigureFactory(credibility=5)

    with pytest.raises(DecisionError, match=words):
        dismiss(open_findings()[0], editor, why=why)


def test_reader_dismisses_nothing(editor):
    FigureFactory(credibility=5)
    reader = PersonFactory(role="reader")

    with pytest.raises(PermissionDenied):
        dismiss(open_findings()[0], reader)
    dismiss(open_findings()[0], editor)
    with pytest.raises(PermissionDenied):
        quality.reopen(BY_CODE["doubtful-in-use"], "figures", "x", by=reader)


def test_dismissed_row_is_asked_of_again(editor):
    FigureFactory(slug="one", credibility=5)
    dismiss(open_findings()[0], editor)

    quality.reopen(BY_CODE["doubtful-in-use"], "figures", "one", by=editor)

    assert len(open_findings()) == 1


def test_look_takes_as_many_queries_for_few_rows_as_for_many(
    editor, django_assert_max_num_queries
):
    for number in range(12):
        naming = {"note": NAMES["latin"], "credibility": 5}
        FigureFactory(slug=f"n-{number}", **naming, **NO_DAY)
        SourceFactory(slug=f"s-{number}", link_state="gone")
    dismiss(open_findings()[0], editor)

    # 1. dismissals  2.–4. words that are known  5.–16. texts, and what was found, of six
    # kinds  17.–26. the other rules  27.–28. the record's day, for two of them
    with django_assert_max_num_queries(28):
        looked = quality.look()

    assert len(looked) == len(RULES)
    assert Source.objects.count() == 13
