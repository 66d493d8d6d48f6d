from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recruitment.passages import verify_passages


class Command(BaseCommand):
    help = "Check every located citation against the supplied articles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--articles",
            type=Path,
            required=True,
            help="Folder of the articles' texts.",
        )

    def handle(self, *, articles: Path, **options: Any) -> None:
        if not articles.is_dir():
            raise CommandError(f"{articles} is no folder.")
        checks = list(verify_passages(articles))
        for check in checks:
            verdict = f"FAILS: {check.problem}" if check.problem else "holds"
            self.stdout.write(f"{check.citation}: {verdict}")
        failed = sum(check.problem is not None for check in checks)
        self.stdout.write(f"{len(checks) - failed:,} of {len(checks):,} passages hold.")
        if failed or not checks:
            raise CommandError(f"{failed:,} passages fail, of {len(checks):,} checked.")
