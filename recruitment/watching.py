"""Visits pages again: are the words that were read there still there?

Only what was seen is news. A server that is silent, refuses us or sends a puzzle says
nothing of the page, so that no outage of theirs or ours makes pages gone; and bad news
changes the state of a link only where a visit on another day brings it too.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from django.utils import timezone

from recruitment.choices import LinkState, VisitOutcome
from recruitment.fetching import FetchError, Page, StatusError
from recruitment.models import Source, Visit
from recruitment.publishing import publishing
from recruitment.querysets import DAY
from recruitment.quotes import Quote, look_for
from recruitment.searching import folded, host
from recruitment.texts import UnreadableError, read_text
from recruitment.texts.decoding import decode
from recruitment.vanishing import became_front_page, says_not_found

REASON = "pages were visited again"
AT_ONCE = 20  # pages in one run: at 20 seconds each, within the time of a task
STATUSES_OF_GONE = (404, 410)
SEVERITY = [*LinkState]  # as they are listed, each is worse than the one before
LONGEST_DETAIL = 500
MOST = 2_000_000  # characters in which words are looked for
LEAST = 200  # folded characters of a page, and not of a puzzle or an empty frame
HTML = ("text/html", "application/xhtml+xml")
TAG = re.compile(r"<[^<>]*>")
logger = logging.getLogger(__name__)

type_fetch = Callable[[str], Page]


def watch(fetch: type_fetch, limit: int = AT_ONCE) -> list[Visit]:
    """Visit the pages that are due, one of each host; give what was recorded."""
    return visit_each(one_of_each_host(limit), fetch)


def one_of_each_host(limit: int) -> Iterable[Source]:
    """Give the sources that are due, none at the host of another."""
    chosen: dict[str | None, Source] = {}
    for source in Source.objects.due_for_a_visit().iterator():
        if len(chosen) == limit:
            break
        chosen.setdefault(host(source.url), source)
    return chosen.values()


def visit_each(sources: Iterable[Source], fetch: type_fetch) -> list[Visit]:
    """Visit pages one after the other; record what was found once all are seen."""
    return record_each([look(source, fetch) for source in sources])


def record_each(visits: list[Visit]) -> list[Visit]:
    """Keep what was found; give the visits of pages that were not edited meanwhile."""
    if visits and all(visit.http_status is None for visit in visits):
        logger.warning("No page answers: is this machine offline?")
    with publishing(REASON):
        return [visit for visit in visits if record(visit)]


def look(source: Source, fetch: type_fetch) -> Visit:
    """Visit one page; give what was found, not yet recorded."""
    visit = Visit(source=source, at=timezone.now(), outcome=VisitOutcome.UNSEEN)
    try:
        page = fetch(source.url or "")
        visit.http_status = 200
        look_again(visit, page.url, see(page))
    except StatusError as error:
        visit.http_status, visit.detail = error.status, error.reason
        if error.status in STATUSES_OF_GONE:
            visit.outcome = VisitOutcome.GONE
    except FetchError as error:
        visit.detail = error.reason
    except UnreadableError as error:
        visit.detail = str(error)
    visit.detail = visit.detail[:LONGEST_DETAIL]
    return visit


@dataclass(frozen=True)
class Seen:
    """What a page shows."""

    title: str
    article: str
    everything: str  # the headline, captions and menus too, in which words may stand
    sha256: str | None = None  # of the article
    problem: str = ""  # why there is no article


def see(page: Page) -> Seen:
    """Read a page; UnreadableError where it holds no text at all."""
    is_html = page.content_type.lower().startswith(HTML)
    everything = unescape(TAG.sub(" ", decode(page.content))) if is_html else ""
    try:
        text = read_text(page.content, content_type=page.content_type)
    except UnreadableError as error:
        if not is_html:
            raise
        return Seen("", "", everything[:MOST], problem=str(error))
    everything = f"{text.text}\n{everything}"[:MOST]
    return Seen(text.title or "", text.text, everything, text.sha256)


def look_again(visit: Visit, url: str, seen: Seen) -> None:
    """Note in a visit what a page shows, beside what was read on it once."""
    held = look_for(_quotes_of(visit.source), seen.everything)
    expected = _expected_on(visit.source)
    missing = [citation for citation in held.missing if citation in expected]
    if not held.found and became_front_page(visit.source.url or "", url):
        visit.outcome = VisitOutcome.REPLACED
        visit.detail = f"The address leads to {url}."
    elif not held.found and says_not_found(seen.title, seen.article or seen.everything):
        visit.outcome = VisitOutcome.GONE
        visit.detail = "The page says that it is not there."
    elif not held.found and len(folded(seen.article)) < LEAST:
        visit.detail = seen.problem or "What came holds next to no text."
    else:
        visit.outcome = VisitOutcome.CHANGED if missing else VisitOutcome.THERE
        visit.text_sha256 = seen.sha256
        visit.quotes_found, visit.quotes_missing = list(held.found), missing
        visit.detail = _told(len(held.found), len(missing))


def _quotes_of(source: Source) -> Iterator[Quote]:
    for citation in source.citations.select_related("figure"):
        placed = citation.start is not None and citation.end is not None
        yield Quote(
            citation.slug,
            citation.figure.wording if citation.figure else None,
            citation.end - citation.start if placed else None,
            citation.passage_sha256,
        )


def _expected_on(source: Source) -> set[str]:
    """Name the citations whose words were on the page: found once, or read nowhere else.

    A figure's wording comes from one of the pages that carry it; others tell the same
    figure in words of their own.
    """
    alone = source.citations.of_figures_on_one_page()
    last = source.visits.that_saw_the_text().first()
    before = [*last.quotes_found, *last.quotes_missing] if last else []
    return {*alone.values_list("slug", flat=True), *before}


def _told(found: int, missing: int) -> str:
    if missing:
        return f"Words that were looked for and are missing: {missing} of {found + missing}."
    if found:
        return f"All words that were looked for are there: {found}."
    return "No words to look for on it are on record."


def record(visit: Visit) -> bool:
    """Keep a visit, and what it means for its source; False where that was edited since.

    To be called within a publish: the state of a link is public.
    """
    source = Source.objects.filter(pk=visit.source_id, url=visit.source.url).first()
    if source is None:
        return False
    state = _believed(source, visit)
    visit.save()
    if state != source.link_state:
        source.link_state = state
        source._change_reason = REASON
        source.save(update_fields=["link_state"])
    return True


def _believed(source: Source, visit: Visit) -> str:
    """Give the state of a link after a visit: good news at once, bad news told twice."""
    state, news = LinkState(source.link_state), visit.link_state
    if news is None:
        return state
    if news == LinkState.THERE or SEVERITY.index(news) < SEVERITY.index(state):
        return news
    for earlier in source.visits.saw_something():
        if earlier.link_state != news:
            break
        if earlier.at <= visit.at - DAY:
            return news
    return state
