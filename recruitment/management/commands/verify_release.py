from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recruitment.models import Release
from recruitment.releasing import faults_of


class Command(BaseCommand):
    help = "Compare the files of releases with their SHA-256 sums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="*", help="Which releases; all unless said.")

    def handle(self, *, slug: list[str], **options: Any) -> None:
        releases = list(
            Release.objects.filter(slug__in=slug) if slug else Release.objects.all()
        )
        if missing := sorted(set(slug) - {one.slug for one in releases}):
            raise CommandError(f"There is no release {', '.join(missing)}.")
        failed = 0
        for release in releases:
            faults = list(faults_of(release))
            failed += bool(faults)
            verdict = f"FAILS: {', '.join(faults)}" if faults else "holds"
            self.stdout.write(f"{release.slug}: {verdict}")
        if failed:
            raise CommandError(f"{failed:,} of {len(releases):,} releases fail.")
