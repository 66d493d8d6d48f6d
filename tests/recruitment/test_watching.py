"""Pages are visited again: what a real server shows decides what is said of a link."""

import hashlib
import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from recruitment.choices import LinkState
from recruitment.fetching import Fetcher
from recruitment.models import Change, Revision, Source, Visit
from recruitment.watching import visit_each, watch
from tests.factories import (
    CitationFactory,
    FigureFactory,
    SourceFactory,
    VisitFactory,
)
from tests.recruitment.pages import answer, fetcher, redirect, url

pytestmark = pytest.mark.django_db
AROUND = (
    "The ministry spoke to reporters in the capital on Thursday.",
    "Families had waited for months to hear from the men who left for the front.",
    "Officials from both countries met twice that spring, and agreed on nothing.",
    "A lawyer who helps the relatives said that more lists would follow in summer.",
)
WORDS = "19 Nepalis have been killed"


def article(*paragraphs, title="What the ministry said"):
    """Give a page in plain text: to take HTML apart costs a second each time."""
    text = "\n\n".join([title, *paragraphs, *AROUND])
    return answer(text.encode(), content_type="text/plain; charset=utf-8")


def html_page(*paragraphs, title="What the ministry said", aside=""):
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    page = f"<html><head><title>{title}</title></head><body><nav>{aside}</nav>"
    return answer(f"{page}<article>{text}</article></body></html>".encode())


def source_at(server, slug="page", host="news.example", **fields):
    return SourceFactory(slug=slug, url=url(server, f"/{slug}", host), **fields)


def cites(source, wording=WORDS, **locator):
    figure = FigureFactory(wording=wording, citation=None)
    return CitationFactory(figure=figure, source=source, **locator)


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def visited(source, server):
    """Visit one page; give what was recorded, and the state of its link."""
    [visit] = visit_each([source], fetcher(server).fetch)
    source.refresh_from_db()
    return visit, source.link_state


def test_page_with_its_words_is_there(server):
    source = source_at(server)
    citation = cites(source)
    server.answers = {"/page": article(f"“{WORDS.upper()}”, it said.")}

    visit, state = visited(source, server)

    assert (visit.outcome, state) == ("there", "there")
    assert visit.quotes_found == [citation.slug]
    assert visit.quotes_missing == []
    assert visit.detail == "All words that were looked for are there: 1."
    assert visit.http_status == 200
    assert Visit.objects.get() == visit


def test_page_without_any_words_to_look_for_is_there_too(server):
    source = source_at(server)
    server.answers = {"/page": article("Nothing that we cite.")}

    visit, state = visited(source, server)

    assert (visit.outcome, state) == ("there", "there")
    assert visit.detail == "No words to look for on it are on record."


def test_words_are_found_in_the_article_and_around_it(server):
    source = source_at(server)
    citations = [cites(source), cites(source, "at least 44 died")]
    server.answers = {
        "/page": html_page(
            "<b>19 Nepalis</b> have been&nbsp;killed.",
            *AROUND,
            aside="<style>b { top: 0 }</style>At least 44 d&iacute;ed &lt; 50",
        )
    }

    visit, _ = visited(source, server)

    assert visit.quotes_found == [citation.slug for citation in citations]
    assert visit.text_sha256


def test_words_are_found_although_no_article_is_made_out(server):
    source = source_at(server)
    citation = cites(source)
    server.answers = {"/page": html_page(aside=f"<i>{WORDS}</i>")}

    visit, state = visited(source, server)

    assert (visit.outcome, state) == ("there", "there")
    assert visit.quotes_found == [citation.slug]


def test_words_that_go_away_are_missed_and_told_of_when_missed_again(server):
    source = source_at(server)
    citation = cites(source)
    server.answers = {"/page": article(WORDS)}
    visited(source, server)
    server.answers = {"/page": article("Nobody knows how many were killed.")}

    visit, state = visited(source, server)

    assert (visit.outcome, state) == ("changed", "there")
    assert visit.quotes_missing == [citation.slug]
    assert visit.detail == "Words that were looked for and are missing: 1 of 1."
    Visit.objects.filter(outcome="there").update(at=days_ago(9))
    Visit.objects.filter(outcome="changed").update(at=days_ago(2))
    visit, state = visited(source, server)
    assert (visit.outcome, state) == ("changed", "changed")


def test_words_that_come_back_are_good_news_at_once(server):
    source = source_at(server, link_state="changed")
    cites(source)
    server.answers = {"/page": article(WORDS)}

    assert visited(source, server)[1] == "there"


def test_words_that_only_another_page_carries_are_not_missed(server):
    source = source_at(server)
    citation = cites(source)
    elsewhere = SourceFactory(slug="elsewhere")
    CitationFactory(figure=citation.figure, source=elsewhere)
    server.answers = {"/page": article("Nineteen men of Nepal died.")}

    visit, state = visited(source, server)

    assert (visit.outcome, state) == ("there", "there")
    assert visit.quotes_found == visit.quotes_missing == []


def test_words_that_were_found_once_are_missed_although_others_carry_them(server):
    source = source_at(server)
    citation = cites(source)
    CitationFactory(figure=citation.figure, source=SourceFactory(slug="elsewhere"))
    VisitFactory(source=source, quotes_missing=[citation.slug], outcome="changed")
    VisitFactory(source=source, outcome="gone")
    server.answers = {"/page": article("Nineteen men of Nepal died.")}

    visit, _ = visited(source, server)

    assert visit.quotes_missing == [citation.slug]


def test_passage_is_known_by_its_hash_where_no_words_are_on_record(server):
    source = source_at(server)
    words = "They were promised land."
    locator = {
        "paragraph": 1,
        "start": 40,
        "end": 40 + len(words),
        "passage_sha256": hashlib.sha256(words.encode()).hexdigest(),
    }
    citation = cites(source, wording="", **locator)
    server.answers = {"/page": article(f"It was told so. {words} They got none.")}

    visit, _ = visited(source, server)

    assert visit.quotes_found == [citation.slug]


GONE = {
    "404": (answer(status="404 Not Found"), "gone", "The server answers with status"),
    "410": (answer(status="410 Gone"), "gone", "The server answers with status"),
    "soft-404": (
        article(title="Page not found"),
        "gone",
        "The page says that it is not there.",
    ),
    "front-page": (redirect("/"), "replaced", "The address leads to http://news."),
}


@pytest.mark.parametrize(("given", "outcome", "told"), GONE.values(), ids=GONE)
def test_page_is_gone_when_visits_on_two_days_say_so(server, given, outcome, told):
    source = source_at(server, link_state="there")
    cites(source)
    server.answers = {"/page": given, "/": article("The news of the day.")}

    first, state = visited(source, server)

    assert (first.outcome, state) == (outcome, "there")
    assert first.detail.startswith(told)
    assert visited(source, server)[1] == "there"  # on the same day
    Visit.objects.update(at=days_ago(2))
    assert visited(source, server)[1] == "gone"


def test_visits_that_do_not_agree_in_a_row_are_not_believed(server):
    source = source_at(server, link_state="there")
    VisitFactory(source=source, at=days_ago(14), outcome="gone")
    VisitFactory(source=source, at=days_ago(7))
    server.answers = {}

    assert visited(source, server)[1] == "there"


def test_visit_that_saw_nothing_does_not_part_those_that_did(server):
    source = source_at(server, link_state="there")
    VisitFactory(source=source, at=days_ago(14), outcome="gone")
    VisitFactory(source=source, at=days_ago(7), outcome="unseen")
    server.answers = {}

    assert visited(source, server)[1] == "gone"


def test_page_that_comes_back_without_its_words_is_gone_no_longer(server):
    source = source_at(server, link_state="gone")
    cites(source)
    server.answers = {"/page": article("Another story.")}

    assert visited(source, server)[1] == "changed"


UNSEEN = {
    "forbidden": (answer(status="403 Forbidden"), 403, "status 403"),
    "too-many": (answer(status="429 Too Many Requests"), 429, "status 429"),
    "broken": (answer(status="503 Service Unavailable"), 503, "status 503"),
    "puzzle": (answer(b"Are you human?", content_type="text/plain"), 200, "no text"),
    "empty-frame": (html_page(), 200, "No article was found"),
    "picture": (answer(content_type="image/png"), None, "this is image/png"),
    "binary": (answer(b"\0\1\2", content_type="text/plain"), 200, "This is not text"),
    "silence": (b"", None, "The server broke off"),
    "to-inside": (redirect("http://127.0.0.2/"), None, "not followed"),
}


@pytest.mark.parametrize(("given", "status", "told"), UNSEEN.values(), ids=UNSEEN)
def test_page_that_is_not_shown_says_nothing(server, given, status, told):
    source = source_at(server, link_state="there")
    cites(source)
    VisitFactory(source=source, at=days_ago(7), outcome="unseen")
    server.answers = {"/page": given}

    visit, state = visited(source, server)

    assert (visit.outcome, state) == ("unseen", "there")
    assert visit.http_status == status
    assert told in visit.detail


def test_machine_without_a_network_makes_no_page_gone(server, caplog):
    def offline(*args, **options):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure")

    for n in range(3):
        source = source_at(server, f"page-{n}", f"{n}.example", link_state="there")
        VisitFactory(source=source, at=days_ago(7), outcome="unseen")

    visits = watch(fetcher(server, resolve=offline).fetch)

    assert [visit.outcome for visit in visits] == ["unseen"] * 3
    assert set(Source.objects.values_list("link_state", flat=True)) == {"there"}
    assert "is this machine offline?" in caplog.text


def test_address_within_our_network_is_not_visited(server):
    source = source_at(server, host="127.0.0.1")
    server.answers = {"/page": article(WORDS)}
    guarded = Fetcher("Muster", ports=frozenset({server.port}))

    [visit] = visit_each([source], guarded.fetch)

    assert visit.outcome == "unseen"
    assert server.connections == 0


def test_new_state_of_a_link_is_published_and_an_old_one_is_not(server):
    for slug in ("one", "two"):
        source_at(server, slug, f"{slug}.example")
    server.answers = {"/one": article(), "/two": article()}
    names = {"one.example": ["127.0.0.1"], "two.example": ["127.0.0.1"]}
    fetch = fetcher(server, names).fetch

    watch(fetch)

    assert Revision.objects.get().reason == "pages were visited again"
    changes = Change.objects.values_list("public_id", "fields")
    assert [*changes] == [("one", ["link_state"]), ("two", ["link_state"])]
    Visit.objects.update(at=days_ago(8))
    assert len(watch(fetch)) == 2
    assert Revision.objects.count() == 1


def test_what_an_editor_changes_during_a_visit_stays(server):
    moved, noted = source_at(server, "moved"), source_at(server, "noted")
    server.answers = {"/moved": article(), "/noted": article()}

    def fetch(address):
        Source.objects.filter(pk=moved.pk).update(url="https://new.example/")
        Source.objects.filter(pk=noted.pk).update(note="New.")
        return fetcher(server).fetch(address)

    visits = visit_each([moved, noted], fetch)

    assert [visit.source for visit in visits] == [noted]
    moved.refresh_from_db()
    noted.refresh_from_db()
    assert (moved.url, moved.link_state) == ("https://new.example/", "unchecked")
    assert (noted.note, noted.link_state) == ("New.", "there")


def test_each_host_is_asked_once_in_a_run_and_the_longest_ago_first(server):
    for slug, host, days in (
        ("a", "one.example", 9),
        ("b", "two.example", 8),
        ("c", "one.example", 10),
        ("d", "three.example", None),
        ("e", "four.example", 7.1),
    ):
        source = source_at(server, slug, host)
        if days:
            VisitFactory(source=source, at=days_ago(days))

    visits = watch(fetcher(server).fetch, 3)

    assert [visit.source.slug for visit in visits] == ["d", "c", "b"]


@pytest.mark.parametrize(
    ("fields", "is_due"),
    [
        pytest.param({"at": days_ago(6)}, False, id="seen-this-week"),
        pytest.param({"at": days_ago(8)}, True, id="seen-last-week"),
        pytest.param({"at": days_ago(2), "http_status": None}, True, id="silent"),
        pytest.param({"at": days_ago(0.5), "http_status": None}, False, id="just-now"),
        pytest.param({"at": days_ago(2), "http_status": 403}, False, id="refused"),
    ],
)
def test_page_is_due_a_week_after_an_answer_or_a_day_after_none(fields, is_due):
    source = SourceFactory()
    VisitFactory(source=source, at=days_ago(30), http_status=None)
    VisitFactory(source=source, **fields)

    assert Source.objects.due_for_a_visit().exists() == is_due


def test_page_without_an_address_is_never_due():
    SourceFactory(url=None)

    assert not Source.objects.due_for_a_visit().exists()


def test_states_of_links_are_listed_from_good_to_bad():
    assert [*LinkState] == ["unchecked", "there", "changed", "gone"]
