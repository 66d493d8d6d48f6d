"""The whole record as an archive of the dataset's files, drafts too, for editors alone."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from recruitment.batches import KEPT
from recruitment.choices import JobKind
from recruitment.dataset import FILES
from recruitment.exporting import lines_of
from recruitment.models import Job
from recruitment.revisions import one_writer_at_a_time
from recruitment.running import type_effect, type_tell

# ZIP knows no time before; a real one would make equal archives differ.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def export_rows(job: Job, tell: type_tell) -> type_effect:
    """Write the archive: the work of a job. It takes its name as the job is done."""
    folder = _folder()
    with NamedTemporaryFile(dir=folder, prefix=".", delete=False) as written:
        counts = _fill(Path(written.name), tell)
    made = Path(written.name)
    with made.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    told: dict[str, Any] = {
        "file": f"muster-rows-{digest[:12]}.zip",
        "rows": counts,
        "bytes": made.stat().st_size,
        "sha256": digest,
    }

    def effect() -> dict[str, Any]:
        made.rename(folder / told["file"])
        return told

    return effect


def path_of(job: Job) -> Path | None:
    """Give the archive that a job made; None before it is made, and after a week."""
    if job.kind != JobKind.EXPORT_ROWS or "file" not in job.result:
        return None
    path: Path = _folder() / job.result["file"]
    return path if path.is_file() else None


def forget_old() -> None:
    """Delete what was made more than a week ago, half-made archives too."""
    before = (timezone.now() - KEPT).timestamp()
    for path in _folder().iterdir():
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def _fill(path: Path, tell: type_tell) -> dict[str, int]:
    counts = {}
    with transaction.atomic(), ZipFile(path, "w", ZIP_DEFLATED) as archive:
        one_writer_at_a_time()  # so that all files are of one moment
        for done, file in enumerate(FILES):
            tell(done, len(FILES))
            member = ZipInfo(f"{file.name}.jsonl", NO_TIME)
            member.compress_type = ZIP_DEFLATED
            counts[file.name] = 0
            with archive.open(member, "w") as lines:
                for line in lines_of(file):
                    lines.write(line)
                    counts[file.name] += 1
    return counts


def _folder() -> Path:
    folder: Path = settings.VAR_DIR / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
