"""What goes with a release's tables: a Frictionless data package and a plain README.

The descriptions are those of the codebook, which takes them from the models' help_text.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from recruitment.api import codebook
from recruitment.api.shapes import Column, One, Shape
from recruitment.models import RECORD, Release
from recruitment.reading import id_field

PROFILES = "https://datapackage.org/profiles/2.0"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
TYPES = {
    "true or false": "boolean",
    "whole number": "integer",
    "number": "number",
    "day (YYYY-MM-DD)": "date",
    "moment (ISO 8601, UTC)": "datetime",
}
SUMMARY = (
    "Published claims on foreign nationals in the Russia–Ukraine war: who gave which"
    " number, when, on which page, and what our rules make of it. Claims, not a census."
)


def citation(release: Release) -> str:
    """Say how to cite a release as a whole."""
    return (
        f"Muster: foreign recruitment in the Russia–Ukraine war. Release {release.slug}"
        f" (revision {release.revision_id}, rules {release.rules_version}), CC BY 4.0."
    )


def readme(release: Release, day: str, archive: str) -> str:
    """Write what somebody needs who finds only this folder."""
    rows = "\n".join(
        f"  {file['name'].removesuffix('.csv'):<24}{file['rows']:>10,} rows"
        for file in release.files
        if file["name"].endswith(".csv")
    )
    paragraphs = [
        SUMMARY,
        release.note,
        f"""Made at {release.made_at:%Y-%m-%d %H:%M} UTC from revision
        {release.revision_id} of the record, by rules {release.rules_version}. The tables
        are those of the API, row for row: every published row, and no draft. In
        estimates are the numbers of {day}, the latest day that the record speaks of, from
        all figures; in estimates-over-time those of every day under every policy.""",
        """Each table comes as CSV (UTF-8; an empty cell is "not stated", never zero; the
        values of a list are parted by " | ") and as NDJSON (one JSON object a line, with
        nested rows whole). A cell that a spreadsheet would run begins with an apostrophe.
        datapackage.json says what each column means.""",
        """No recruit, prisoner or dead person is named. A low is no estimate of the
        truth but the greatest number that somebody credible vouches for.""",
        f"Check the files: sha256sum --check SHA256SUMS. {archive} holds them all.",
        f"""Licence: {LICENCE["title"]} ({LICENCE["name"]}), {LICENCE["path"]}. The
        wordings, twelve words at most, are quoted from the cited pages and remain their
        publishers'.""",
        f"""Cite: {citation(release)} For a single number, cite its claimant and the page
        that carries it, not Muster alone.""",
    ]
    text = "\n\n".join(
        textwrap.fill(" ".join(one.split()), 80) for one in paragraphs if one
    )
    title = f"Muster, release {release.slug}"
    return f"{title}\n{'=' * len(title)}\n\n{text}\n\nTables, each as .csv and .ndjson:\n\n{rows}\n"


def datapackage(
    release: Release, tables: Iterable[tuple[str, str, Shape, list[str]]]
) -> str:
    """Describe a release: for each table its name, resource, shape and primary key."""
    files = {file["name"]: file for file in release.files}
    described = {one.name: one for one in codebook.resources()}
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"muster-{release.slug}",
        "title": f"Muster, release {release.slug}",
        "description": SUMMARY,
        "version": release.slug,
        "created": release.made_at.isoformat(),
        "licenses": [LICENCE],
        "keywords": ["foreign fighters", "recruitment", "Russia", "Ukraine", "war"],
        "citation": citation(release),
        "revision": release.revision_id,
        "rulesVersion": release.rules_version,
        "resources": [
            one
            for name, resource, shape, key in tables
            for one in _resources(name, described[resource], shape, key, files)
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resources(
    name: str,
    described: codebook.Resource,
    shape: Shape,
    key: list[str],
    files: dict[str, Any],
) -> Iterator[dict[str, Any]]:
    meaning = {one.path: one for one in described.fields}
    vocabularies = {one.name: one for one in codebook.vocabularies()}
    lists = set(shape.paths()) - set(_single(shape))
    for format_name in ("csv", "ndjson"):
        file = files[f"{name}.{format_name}"]
        resource = {
            "$schema": f"{PROFILES}/dataresource.json",
            "name": name if format_name == "csv" else f"{name}-ndjson",
            "path": file["name"],
            "description": described.means,
            "format": format_name,
            "mediatype": file["media_type"],
            "encoding": "utf-8",
            "bytes": file["bytes"],
            "hash": f"sha256:{file['sha256']}",
        }
        if format_name == "csv":
            resource["type"] = "table"
            resource["schema"] = {
                "$schema": f"{PROFILES}/tableschema.json",
                "fields": [
                    _field(meaning[path], vocabularies, is_list=path in lists, key=key)
                    for path in shape.paths()
                ],
                "missingValues": [""],
                "primaryKey": key,
                "foreignKeys": list(_foreign_keys(shape)),
            }
        yield resource


def _field(
    field: codebook.Field,
    vocabularies: dict[str, codebook.Vocabulary],
    *,
    is_list: bool,
    key: list[str],
) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.path,
        "type": "string" if is_list else TYPES.get(field.type, "string"),
        "description": field.means,
    }
    constraints: dict[str, Any] = {}
    if field.path in key:
        constraints["required"] = True
    if field.vocabulary and not is_list:
        constraints["enum"] = [
            one.value for one in vocabularies[field.vocabulary].words
        ]
    if constraints:
        described["constraints"] = constraints
    return described


def _single(shape: Shape, prefix: str = "") -> Iterator[str]:
    """Give the paths that hold one value, not a list."""
    for name, field in shape.fields.items():
        if isinstance(field, Column):
            yield f"{prefix}{name}"
        elif isinstance(field, One):
            yield from _single(field.shape, f"{prefix}{name}.")


def _foreign_keys(shape: Shape) -> Iterator[dict[str, Any]]:
    """Name the columns that hold the public id of a row of another table."""
    resources: dict[Any, str] = {model: str(name) for name, model in RECORD.items()}
    for name, field in shape.fields.items():
        model: Any = None
        column = name
        if isinstance(field, One):
            model = field.shape.model
            column = f"{name}.{id_field(model)}"
        elif isinstance(field, Column):
            model = _pointed_at(shape.model, field.path)
        if model in resources:
            yield {
                "fields": [column],
                "reference": {
                    "resource": resources[model],
                    "fields": [id_field(model)],
                },
            }


def _pointed_at(model: type[models.Model], path: str) -> type[models.Model] | None:
    """Give the model whose public id stands at the end of a path; else null."""
    *links, last = path.split("__")
    for link in links:
        related: Any = model._meta.get_field(link).related_model
        model = related
    return model if links and last == id_field(model) else None
