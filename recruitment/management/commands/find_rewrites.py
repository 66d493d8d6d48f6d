import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from recruitment.known_texts import known_sources, outlets, well_known_numbers
from recruitment.models import Source
from recruitment.rewrites import Known, Parent, find_among, find_parents, fingerprint_of
from recruitment.texts import Text, UnreadableError, read_text


class Command(BaseCommand):
    help = (
        "Say which of the files are rewrites, of each other or of sources on record. "
        "Prints JSON Lines; all files of one report lead to the same file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", type=Path, help="Articles: .txt, .html or .pdf."
        )

    def handle(self, *, files: list[Path], **options: Any) -> None:
        texts, refused = self._read(files)
        has_record = Source._meta.db_table in connection.introspection.table_names()
        well_known = well_known_numbers() if has_record else frozenset()
        names = outlets() if has_record else []
        new = [_known(name, text, names) for name, text in texts.items()]
        for name, parent in find_among(new, well_known=well_known):
            self._write(name, parent)
        if has_record:
            sources = known_sources(without=[text.sha256 for text in texts.values()])
            for one in new:
                for parent in find_parents(one, sources, well_known=well_known):
                    self._write(one.name, parent)
        if refused:
            raise CommandError(f"Not read: {', '.join(refused)}")

    def _read(self, files: list[Path]) -> tuple[dict[str, Text], list[str]]:
        """Read the files; tell of those that cannot be read, and go on with the rest."""
        names = [path.name for path in files]
        texts: dict[str, Text] = {}
        refused = []
        for path in dict.fromkeys(files):
            name = path.name if names.count(path.name) == 1 else str(path)
            try:
                texts[name] = read_text(path.read_bytes(), name=path.name)
            except (OSError, UnreadableError) as error:
                self.stderr.write(f"{path}: {error}")
                refused.append(str(path))
        return texts, refused

    def _write(self, name: str, parent: Parent) -> None:
        row = {
            "file": name,
            "parent": parent.name,
            "score": parent.score,
            "evidence": [asdict(one) for one in parent.evidence],
        }
        self.stdout.write(json.dumps(row, ensure_ascii=False))


def _known(name: str, text: Text, names: list[str]) -> Known:
    return Known(
        name=name,
        fingerprint=fingerprint_of(
            text.text, language=text.language, published=text.published, outlets=names
        ),
        text=text.text,
        published=text.published,
    )
