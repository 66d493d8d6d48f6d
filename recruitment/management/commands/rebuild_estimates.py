from typing import Any

from django.core.management.base import BaseCommand

from recruitment.rebuilding import rebuild


class Command(BaseCommand):
    help = "Compute estimates, conflicts, identities and spreads anew from the figures."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{rebuild():,} estimates written.")
