from pathlib import Path

import pytest
from kombu import Connection


@pytest.fixture
def queue(tmp_path, request):
    options = {
        "data_folder_in": tmp_path / "broker" / "queue",
        "data_folder_out": tmp_path / "broker" / "queue",
        "control_folder": tmp_path / "broker" / "control",
    }
    with (
        Connection("filesystem://", transport_options=options) as connection,
        # Kombu remembers the queues of a process, whatever their folders.
        connection.SimpleQueue(request.node.name) as queue,
    ):
        yield queue


def test_file_broker_gives_messages_in_the_order_they_came(queue):
    for number in range(5):
        queue.put(number)

    assert [queue.get_nowait().payload for _ in range(5)] == [0, 1, 2, 3, 4]


def test_file_broker_hides_a_message_until_it_is_whole(queue, monkeypatch):
    monkeypatch.setattr(Path, "rename", lambda draft, whole: None)  # a writer cut short
    queue.put("half a message")

    with pytest.raises(queue.Empty):
        queue.get_nowait()
