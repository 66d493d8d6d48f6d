from typing import Any

from django.core.management.base import BaseCommand

from recruitment.fixtures import FIXTURES_DIR, build_fixtures


class Command(BaseCommand):
    help = "Write the record in the database to fixtures/, sorted by public id."

    def handle(self, **options: Any) -> None:
        for name, rows in build_fixtures().items():
            self.stdout.write(f"{FIXTURES_DIR.name}/{name}.jsonl: {rows:,} rows")
