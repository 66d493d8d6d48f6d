import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from recruitment.known_texts import known_texts, outlets, well_known_numbers
from recruitment.models import Article
from recruitment.rewrites import Known, Parent, find_among, find_parents, fingerprint_of
from recruitment.texts import Text, UnreadableError, read_text


class Command(BaseCommand):
    help = (
        "Say which of the files are rewrites, of each other or of what is on record, as "
        "JSON Lines. Files of one report lead to the same file, the likeliest original."
    )
    requires_system_checks: list[str] = []  # the record is asked if there is one

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        texts = self._texts(files)
        has_record = self._has_record()
        well_known = well_known_numbers() if has_record else frozenset()
        names = outlets() if has_record else []
        new = [_known(name, text, names) for name, text in texts.items()]
        for name, parent in find_among(new, well_known=well_known):
            self._write(name, parent)
        if has_record:
            known = known_texts(without=[text.sha256 for text in texts.values()])
            for one in new:
                for parent in find_parents(one, known, well_known=well_known):
                    self._write(one.name, parent)
        if missed := len(set(files)) - len(texts):
            raise CommandError(f"{missed} of the files could not be read.")

    def _texts(self, files: list[Path]) -> dict[str, Text]:
        """Read the files; tell of those that cannot be read, and go on with the rest."""
        texts = {}
        for path in files:
            try:
                texts[str(path)] = read_text(path.read_bytes(), name=path.name)
            except (OSError, UnreadableError) as error:
                self.stderr.write(f"{path}: {error}")
        return texts

    def _has_record(self) -> bool:
        try:
            return Article._meta.db_table in connection.introspection.table_names()
        except OperationalError as error:
            self.stderr.write(f"The record is left out: {error}")
            return False

    def _write(self, name: str, parent: Parent) -> None:
        row = {
            "file": name,
            "parent": parent.name,
            "score": parent.score,
            "evidence": [asdict(one) for one in parent.evidence],
        }
        self.stdout.write(json.dumps(row, ensure_ascii=False))


def _known(name: str, text: Text, names: list[str]) -> Known:
    fingerprint = fingerprint_of(
        text.text, language=text.language, published=text.published, outlets=names
    )
    return Known(name, fingerprint, text.text, text.published)
