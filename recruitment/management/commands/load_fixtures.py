from typing import Any

from django.core.management.base import BaseCommand

from recruitment.fixtures import load_fixtures


class Command(BaseCommand):
    help = "Fill an empty database from fixtures/: record, history and estimates."

    def handle(self, **options: Any) -> None:
        load_fixtures()
        self.stdout.write("The record is loaded.")
