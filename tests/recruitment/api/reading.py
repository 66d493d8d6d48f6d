"""What a reader makes of an answer."""

import csv
import io
import json


def body(client, path, **headers):
    answer = client.get(f"/api/v1/{path}", headers=headers)
    assert answer.status_code == 200, answer.content
    return b"".join(answer) if answer.streaming else answer.content


def table(client, path):
    text = body(client, path).decode()
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def results(client, path):
    rows = json.loads(body(client, path))
    assert rows["next"] is None
    return rows["results"]
