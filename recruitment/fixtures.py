"""The human-edited record: Django fixtures, one file a model, one record a line."""

import json
from operator import attrgetter
from pathlib import Path

from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.db import models

from recruitment.models import RECORD
from recruitment.publishing import publishing
from recruitment.reading import id_field
from recruitment.rebuilding import make_searchable, rebuild

FIXTURES_DIR = settings.BASE_DIR / "fixtures"
FIXTURES = RECORD


def fixture_paths(directory: Path = FIXTURES_DIR) -> list[Path]:
    return [directory / f"{name}.jsonl" for name in FIXTURES]


def build_fixtures(directory: Path = FIXTURES_DIR) -> dict[str, int]:
    """Write the record as fixtures sorted by public id; give the rows of each file."""
    counts = {}
    for name, model in FIXTURES.items():
        # Sorted here, since a server's collation may order the ids differently.
        rows = sorted(model._default_manager.all(), key=attrgetter(id_field(model)))
        lines = [_line(row) for row in rows]
        (directory / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
        counts[name] = len(lines)
    return counts


def _line(row: models.Model) -> str:
    [entry] = serializers.serialize(
        "python",
        [row],
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    )
    values = entry["fields"]
    for link in row._meta.many_to_many:
        values[link.name].sort()
    for name, value in values.items():
        if isinstance(value, dict):  # PostgreSQL keeps an order of its own
            values[name] = dict(sorted(value.items()))
    return json.dumps(entry, ensure_ascii=False, default=str) + "\n"


def load_fixtures(directory: Path = FIXTURES_DIR) -> None:
    """Load the fixtures, start each row's history, and compute the estimates."""
    with publishing("the record was loaded from its fixtures"):
        call_command("loaddata", *fixture_paths(directory), verbosity=0)
        _start_history()
        make_searchable()
        rebuild()


def _start_history() -> None:
    """Give each loaded row its first history; loading its links has begun some."""
    for model in FIXTURES.values():
        history = model.history  # type: ignore[attr-defined]
        unwritten = model._default_manager.exclude(pk__in=history.values("id"))
        history.bulk_history_create(unwritten, batch_size=500)
