from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from recruitment.rebuilding import make_searchable


class Command(BaseCommand):
    help = "Write what rows are found by, where it is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew",
            action="store_true",
            help="Write it for every row, as after a change of recruitment/searching.py.",
        )

    def handle(self, *, anew: bool, **options: Any) -> None:
        written = make_searchable(anew=anew)
        self.stdout.write(f"{written:,} rows were made searchable.")
