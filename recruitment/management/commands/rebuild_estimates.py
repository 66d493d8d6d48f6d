from typing import Any

from django.core.management.base import BaseCommand

from recruitment.rebuilding import rebuild_estimates


class Command(BaseCommand):
    help = "Compute every stored estimate anew from the figures."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{rebuild_estimates():,} estimates written.")
