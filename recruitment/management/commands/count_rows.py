import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recruitment.dataset import FILES
from recruitment.models import Citation


class Command(BaseCommand):
    help = "Compare the rows of the dataset's files with the rows of the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--data", type=Path, required=True, help="Folder of the .jsonl files."
        )

    def handle(self, *, data: Path, **options: Any) -> None:
        missing: list[str] = []
        cited: set[str] = set()
        for file in FILES:
            path = data / f"{file.name}.jsonl"
            if not path.is_file():
                raise CommandError(f"{path} is not there.")
            rows = [json.loads(line) for line in path.read_bytes().splitlines()]
            cited |= {
                f"{row['slug']}--{citation['source']}"
                for row in rows
                for citation in row.get("citations", ())
            }
            held = set(file.model._default_manager.values_list(file.key, flat=True))
            missing += self._compare(file.name, {row[file.key] for row in rows}, held)
        citations = set(Citation.objects.values_list("slug", flat=True))
        missing += self._compare("citations", cited, citations)
        if missing:
            raise CommandError(f"Not in the database: {', '.join(missing)}")

    def _compare(self, name: str, given: set[str], held: set[str]) -> list[str]:
        more = f", and {len(held - given):,} more there" if held - given else ""
        self.stdout.write(
            f"{name:<11}{len(given):>6,} in the file{len(held & given):>6,} in the database{more}"
        )
        return sorted(given - held)
