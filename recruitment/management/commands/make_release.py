from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recruitment.releasing import ReleaseRefusedError, make_release


class Command(BaseCommand):
    help = "Freeze what is public now: tables, their description and hashes, as files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--note", default="", help="What is new, for the README.")
        parser.add_argument(
            "--force",
            action="store_true",
            help="Make one although nothing was published since the last.",
        )

    def handle(self, *, note: str, force: bool, **options: Any) -> None:
        try:
            release = make_release(note, force=force)
        except ReleaseRefusedError as error:
            raise CommandError(str(error)) from error
        for file in release.files:
            rows = "" if file["rows"] is None else f"{file['rows']:,} rows"
            self.stdout.write(f"{file['name']:<28}{file['bytes']:>14,} bytes  {rows}")
        self.stdout.write(f"Release {release.slug} is made.")
