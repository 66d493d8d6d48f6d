from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser
from drf_spectacular.renderers import OpenApiYamlRenderer

from recruitment.api import examples
from recruitment.api.document import document


class Command(BaseCommand):
    help = "Ask the API for the examples, and write its OpenAPI document as YAML."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        examples.write()
        written: bytes = OpenApiYamlRenderer().render(document())  # type: ignore[no-untyped-call]
        path.write_bytes(written)
        self.stdout.write(f"The document is written: {path}")
