from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from recruitment import watching
from recruitment.choices import VisitOutcome
from recruitment.fetching import Fetcher
from recruitment.models import Source, Visit


class Command(BaseCommand):
    help = (
        "Visit the pages that are due, or some: are the words that we read still there?"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="Pages to visit.")
        parser.add_argument(
            "--limit",
            type=int,
            default=watching.AT_ONCE,
            help="Most pages to visit, where none are named (default: %(default)s).",
        )

    def handle(self, *, slugs: list[str], limit: int, **options: Any) -> None:
        if not settings.FETCHING:
            raise CommandError(
                "Fetching is switched off, so the last known states stand. Set"
                " FETCHING=true to visit pages."
            )
        outcomes: Counter[str] = Counter()
        for visits in _runs(slugs, limit):
            for visit in visits:
                found = f"{visit.get_outcome_display()}. {visit.detail}"
                self.stdout.write(f"{visit.source.slug}: {found}")
            outcomes.update(visit.outcome for visit in visits)
        told = [f"{outcomes[one]:,} {one}" for one in VisitOutcome if outcomes[one]]
        self.stdout.write(", ".join(told) or "No page is due for a visit.")


def _runs(slugs: list[str], limit: int) -> Iterator[list[Visit]]:
    """Visit the pages that are named, or so many of those that are due, run by run."""
    fetch = Fetcher(settings.USER_AGENT).fetch
    if slugs:
        yield watching.visit_each(_named(slugs), fetch)
        return
    while limit > 0:
        visits = watching.watch(fetch, min(limit, watching.AT_ONCE))
        if not visits:
            return
        yield visits
        limit -= len(visits)


def _named(slugs: list[str]) -> list[Source]:
    known = Source.objects.in_bulk(slugs, field_name="slug")
    if unknown := [slug for slug in slugs if slug not in known]:
        raise CommandError(f"No page is called {', '.join(unknown)}.")
    if nowhere := [slug for slug in slugs if not known[slug].url]:
        raise CommandError(f"No address is on record of {', '.join(nowhere)}.")
    return [known[slug] for slug in dict.fromkeys(slugs)]
