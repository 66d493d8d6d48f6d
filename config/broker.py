"""Kombu's file transport, for one machine without a broker; whole messages only."""

import time
import uuid
from pathlib import Path
from typing import Any, ClassVar

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for folder in (self.data_folder_in, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)

    def _put(self, queue: str, payload: dict[str, Any], **options: Any) -> None:  # type: ignore[override]
        """Write a message under a name that no worker looks for, then rename it.

        Kombu writes in place: a worker that reads half a message stops for good. Its
        names also begin with the time since boot, and so sort wrongly after one.
        """
        name = f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg"
        draft = Path(self.data_folder_out, f".{name}")
        draft.write_text(dumps(payload))
        draft.rename(draft.with_name(name))


class Transport(filesystem.Transport):
    Channel = Channel
    default_connection_params: ClassVar[dict[str, Any]] = {}  # a folder has no host
