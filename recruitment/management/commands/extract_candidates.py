import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recruitment.extraction import Candidate, extract
from recruitment.extraction.words import LANGUAGES
from recruitment.texts import UnreadableError, read_text


class Command(BaseCommand):
    help = "Print the figures that news texts seem to claim, as JSON Lines."
    requires_system_checks: list[str] = []  # reads files, needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--published",
            type=_day,
            metavar="DAY",
            help="Day of publication, as 2025-11-30; a text may tell its own.",
        )
        parser.add_argument(
            "--language",
            choices=LANGUAGES,
            help="Language of the texts; else it is told.",
        )

    def handle(
        self,
        *,
        files: list[Path],
        published: date | None,
        language: str | None,
        **options: Any,
    ) -> None:
        missed = 0
        for path in files:
            try:
                text = read_text(path.read_bytes(), name=path.name)
            except (OSError, UnreadableError) as error:
                self.stderr.write(f"{path}: {error}")
                missed += 1
                continue
            for one in extract(
                text.text,
                language=language or text.language,
                published=published or text.published,
            ):
                line = json.dumps(_row(path, one), ensure_ascii=False)
                self.stdout.write(line)
        if missed:
            raise CommandError(f"{missed} of the files could not be read.")


def _row(path: Path, one: Candidate) -> dict[str, Any]:
    """Give a line's keys; `as_of` to `language` go beyond what a figure needs."""
    return {
        "file": str(path),
        "country": one.country,
        "metric": one.metric,
        "side": one.side,
        "low": one.low,
        "high": one.high,
        "qualifier": one.qualifier,
        "scope": one.scope,
        "claimant_text": one.claimant_text,
        "as_of": one.as_of.isoformat() if one.as_of else None,
        "passage": one.passage,
        "as_of_precision": one.as_of_precision,
        "start": one.start,
        "end": one.end,
        "language": one.language,
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no day: {error}") from error
