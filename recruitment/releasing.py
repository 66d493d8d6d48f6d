"""Releases: the whole record in files that are made once, hashed, and never changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from recruitment import estimates, packaging
from recruitment.api.pagination import PositionPagination
from recruitment.api.renderers import CSVRenderer, NDJSONRenderer, StreamRenderer
from recruitment.api.shapes import Shape, Written, shape_of
from recruitment.choices import Policy
from recruitment.models import RECORD, Estimate, Figure, Release
from recruitment.reading import id_field
from recruitment.revisions import current, one_writer_at_a_time, publish

OVER_TIME = "estimates-over-time"
SUMS = "SHA256SUMS"
FORMATS: tuple[type[StreamRenderer], ...] = (CSVRenderer, NDJSONRenderer)
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".ndjson": "application/x-ndjson",
    ".json": "application/json",
    ".zip": "application/zip",
}
# ZIP knows no time before; a real one would make equal releases differ.
NO_TIME = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 20


class ReleaseRefusedError(ValueError):
    """A release that would hold nothing new, or estimates by rules of the past."""


@dataclass(frozen=True)
class Table:
    """One table of a release, with the rows of a list of the API."""

    name: str
    resource: str
    rows: models.QuerySet[Any]
    key: list[str]

    @property
    def shape(self) -> Shape:
        return shape_of(_view(self.resource).serializer_class)

    def read(self) -> Iterator[Written]:
        if self.name != OVER_TIME:
            rows = self.shape.over(self.rows)
            yield from PositionPagination().all(_view(self.resource), rows, None)
            return
        keys = self.rows.order_by("key").values_list("key", flat=True).distinct()
        for key in keys:
            of_key = self.rows.filter(key=key).order_by("policy", "from_day")
            yield from self.shape.read(of_key)


def make_release(note: str = "", *, force: bool = False) -> Release:
    """Freeze what is public now; ReleaseRefusedError where the last release holds it.

    Making one is itself a publish: the revision that it holds is its own. Writers wait
    until it is done, so that all tables are of one moment; readers do not.
    """
    drawn: list[Path] = []  # folders to take away again where anything fails
    try:
        with transaction.atomic():
            one_writer_at_a_time()
            if not force:
                _refuse_what_is_known()
            _refuse_old_rules()
            slug = _next_slug()
            revision = publish(f"release {slug} was made")
            release = Release(
                slug=slug,
                made_at=revision.made_at,
                revision=revision,
                rules_version=estimates.RULES_VERSION,
                note=note,
                files=[],
            )
            drawn.append(Path(mkdtemp(prefix=f".{slug}.", dir=_releases())))
            _fill(drawn[0], release)
            drawn[0].chmod(0o755)
            drawn.append(drawn[0].rename(_releases() / slug))
            release.save(force_insert=True)
    except BaseException:
        for folder in drawn:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return release


def path_of(slug: str, name: str) -> Path | None:
    """Give the path of a file of a release; null where it has none of that name."""
    release = Release.objects.filter(slug=slug).first()
    # Compared with what was written, so that no name can lead out of the folder.
    if release is None or name not in {file["name"] for file in release.files}:
        return None
    path = _releases() / release.slug / name
    return path if path.is_file() else None


def faults_of(release: Release) -> Iterator[str]:
    """Compare a release's files with their SHA-256 sums; tell each that differs."""
    folder = _releases() / release.slug
    for file in release.files:
        path = folder / file["name"]
        if not path.is_file():
            yield f"{file['name']} is missing"
        elif _sha256(path) != file["sha256"]:
            yield f"{file['name']} has changed"
    known = {file["name"] for file in release.files}
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    for name in sorted(there - known):
        yield f"{name} is no part of it"


def _releases() -> Path:
    folder: Path = settings.VAR_DIR / "releases"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _refuse_what_is_known() -> None:
    newest, last = current(), Release.objects.first()
    if newest.number == 0:
        raise ReleaseRefusedError("Nothing is published yet.")
    if last and last.revision_id == newest.number:
        raise ReleaseRefusedError(
            f"Release {last.slug} holds revision {newest.number} already,"
            " and nothing was published since."
        )


def _refuse_old_rules() -> None:
    if Estimate.objects.exclude(rules_version=estimates.RULES_VERSION).exists():
        raise ReleaseRefusedError(
            f"Not all estimates were made by the rules {estimates.RULES_VERSION}:"
            " run manage.py rebuild_estimates first."
        )


def _next_slug() -> str:
    """Give the day, with a number where it has been used in database or folder."""
    day = timezone.now().date().isoformat()
    slugs = (f"{day}.{number}" if number > 1 else day for number in count(1))
    known = set(Release.objects.values_list("slug", flat=True))
    known |= {path.name for path in _releases().iterdir()}
    return next(slug for slug in slugs if slug not in known)


def _tables() -> list[Table]:
    """Give the tables: every list of the API that is no part of another and no log."""
    tables = [
        Table(resource, resource, _view(resource).queryset.all(), [id_field(model)])
        for resource, model in RECORD.items()
    ]
    latest = Estimate.objects.as_of(Figure.objects.latest_day()).under(Policy.ALL)
    tables.append(Table("estimates", "estimates", latest, ["key"]))
    key = ["key", "policy", "from_day"]
    tables.append(Table(OVER_TIME, "estimates", Estimate.objects.all(), key))
    conflicts = _view("contradictions").queryset.all()
    return [*tables, Table("contradictions", "contradictions", conflicts, ["slug"])]


def _view(resource: str) -> Any:
    from recruitment.api.urls import router  # which imports every view

    return next(view for name, view, _ in router.registry if name == resource)


def _fill(folder: Path, release: Release) -> None:
    """Write every file of a release, and what each holds into `release.files`."""
    tables = _tables()
    for table in tables:
        for renderer in FORMATS:
            name = f"{table.name}.{renderer.format}"
            lines = renderer().stream(table.read(), table.shape.paths())
            written = _write(folder / name, lines)
            _note(release, folder / name, written - (renderer is CSVRenderer))
    archive = release.archive
    day = Figure.objects.latest_day().isoformat()
    texts = {
        "README.txt": packaging.readme(release, day, archive),
        "datapackage.json": packaging.datapackage(
            release, [(one.name, one.resource, one.shape, one.key) for one in tables]
        ),
    }
    for name, text in texts.items():
        _write(folder / name, [text.encode()])
        _note(release, folder / name)
    sums = [f"{file['sha256']}  {file['name']}\n".encode() for file in release.files]
    _write(folder / SUMS, sums)
    _note(release, folder / SUMS)
    _write_archive(folder, archive, [file["name"] for file in release.files])
    _note(release, folder / archive)


def _write(path: Path, pieces: Iterable[bytes]) -> int:
    """Write pieces as they come; give their number."""
    written = 0
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            written += 1
    return written


def _write_archive(folder: Path, archive: str, names: list[str]) -> None:
    """Pack files so that equal files give an equal archive."""
    with ZipFile(folder / archive, "w", ZIP_DEFLATED) as packed:
        for name in sorted(names):
            info = ZipInfo(f"{Path(archive).stem}/{name}", NO_TIME)
            info.compress_type = ZIP_DEFLATED
            info.create_system, info.external_attr = 3, 0o644 << 16  # as on Unix
            info.file_size = (folder / name).stat().st_size
            with (folder / name).open("rb") as file, packed.open(info, "w") as member:
                shutil.copyfileobj(file, member, PIECE)


def _note(release: Release, path: Path, rows: int | None = None) -> None:
    release.files.append(
        {
            "name": path.name,
            "media_type": MEDIA_TYPES.get(path.suffix, "text/plain"),
            "bytes": path.stat().st_size,
            "sha256": _sha256(path),
            "rows": rows,
        }
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
