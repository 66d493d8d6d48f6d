from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recruitment.exporting import write_dataset


class Command(BaseCommand):
    help = "Write the record as the dataset's JSON Lines, drafts too: what import_dataset takes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="Folder to write them into.")

    def handle(self, *, directory: Path, **options: Any) -> None:
        try:
            counts = write_dataset(directory)
        except OSError as error:
            raise CommandError(str(error)) from error
        for file, rows in counts.items():
            self.stdout.write(f"{file}: {rows:,} rows")
