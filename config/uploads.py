"""How much somebody may send at once: refused before it is read, with the limit in words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.template.defaultfilters import filesizeformat


class BoundedUploadHandler(FileUploadHandler):
    """Refuse a request with files by the length that it gives; let others keep the files."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        *args: Any,
    ) -> None:
        if content_length > settings.UPLOAD_MAX_BYTES:
            raise RequestDataTooBig("The files are too large.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def limits() -> dict[str, str]:
    """Give the limits as a reader is told them."""
    return {
        "text": filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        "files": filesizeformat(settings.UPLOAD_MAX_BYTES),
    }
