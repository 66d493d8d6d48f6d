import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from recruitment.dataset import Row
from recruitment.importing import REASON, import_dataset


class Command(BaseCommand):
    help = "Write the dataset's JSON Lines into the record: every row, or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="Folder of the .jsonl files.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Report, but write nothing."
        )
        parser.add_argument(
            "--reason",
            default=REASON,
            help="What the public log of changes says of it (default: %(default)s).",
        )

    def handle(
        self, *, directory: Path, dry_run: bool, reason: str, **options: Any
    ) -> None:
        try:
            report = import_dataset(
                directory, dry_run=dry_run, reason=reason, progress=_bar
            )
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for file, outcomes in report.outcomes.items():
            counts = ", ".join(
                f"{outcomes[outcome]:,} {outcome}"
                for outcome in ("new", "changed", "same", "refused")
                if outcomes[outcome]
            )
            self.stdout.write(f"{file}: {counts}")
        for refusal in report.refusals:
            self.stderr.write(f"refused: {refusal}")
        if report.refusals:
            raise CommandError(
                f"Refused {len(report.refusals):,} times; nothing was written."
            )
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")


def _bar(file: str, rows: list[Row]) -> Iterable[Row]:
    bar: Iterable[Row] = tqdm(
        rows, desc=file, unit=" rows", leave=False, disable=not sys.stderr.isatty()
    )
    return bar
