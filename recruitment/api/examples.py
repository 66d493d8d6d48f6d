"""Questions to the published record with their answers: the document's examples.

The answers lie in examples.json, which `make openapi` writes from the fixtures.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.test import Client, override_settings

ANSWERS = Path(__file__).with_name("examples.json")
HOST = "muster.example"
PREFIX = "/api/v1/"

NEPAL = "country=NPL"
KILLED = f"{NEPAL}&metric=killed&side=russia"
DAY = "as_of=2025-12-31"
FIGURE = "npl-russia-killed-2024-12-23-nepal-embassy-moscow"
PAGE = "ritible-undated-ten-more-nepalis-confirmed-dead"
EARLIER = "npl-russia-killed-2023-12-04-nepal-foreign-ministry"
LATER = "npl-russia-killed-2024-kendrabhag"

# For each resource few rows, and one of its ids.
ROWS = {
    "countries": ("search=nepal", "NPL"),
    "publishers": ("search=kathmandu", "aaj-tak"),
    "claimants": (f"{NEPAL}&kind=home_government", "nepal-foreign-ministry"),
    "sources": ("publisher=ritible", PAGE),
    "figures": (f"{KILLED}&as_of_from=2025-11-01", FIGURE),
    "recruitment": (
        f"{NEPAL}&as_of_to=2023-10-31",
        "npl-russia-recruited-2023-10-important-stories",
    ),
    "casualties": (f"{KILLED}&as_of_from=2025-11-01", FIGURE),
    "citations": (f"figure={FIGURE}", f"{FIGURE}--{PAGE}"),
    "responses": (
        f"{NEPAL}&kind=travel_ban&date_from=2024-01-01",
        "npl-travel-ban-2024-01-05-government-of-nepal",
    ),
    "incentives": (
        f"{NEPAL}&kind=citizenship",
        "npl-russia-citizenship-2024-02-11",
    ),
    "methods": ("countries=NPL&kind=hazardous_deployment", "cannon-fodder-nepal-2024"),
    "presence": (
        f"{NEPAL}&claimant=government-of-nepal",
        "npl-russia-presence-government-of-nepal",
    ),
    "estimates": (f"{KILLED}&{DAY}", "npl-russia-killed"),
    "contradictions": (f"{KILLED}&figure={LATER}", f"{EARLIER}--{LATER}"),
}
# What is asked, by the operation's id.
QUESTIONS = {
    "root": "",
    **{f"{name}_list": f"{name}/?{few}&page_size=1" for name, (few, _) in ROWS.items()},
    **{f"{name}_csv": f"{name}.csv?{few}" for name, (few, _) in ROWS.items()},
    **{f"{name}_ndjson": f"{name}.ndjson?{few}" for name, (few, _) in ROWS.items()},
    **{f"{name}_retrieve": f"{name}/{key}/" for name, (_, key) in ROWS.items()},
    "estimates_explain": f"estimates/npl-russia-missing/explain/?policy=named_only&{DAY}",
    "problems_list": "problems/",
    "problems_retrieve": "problems/not-found/",
    "series": f"series/?{KILLED}&policy=named_only",
    "summary": "summary/?side=ukraine&metric=missing&as_of=2022-03-15",
}
# What is refused, by the name of the shared answer.
REFUSED = {
    "BadRequest": "figures/?metric=slain",
    "NotFound": "figures/npl-russia-killed-2024-nobody/",
}
# A value for each parameter that several operations take.
VALUES = {
    "country": ["NPL", "IND"],
    "claimant": ["nepal-foreign-ministry"],
}


def answers() -> dict[str, Any]:
    """Ask the API every question; give the answers as they stand in the document."""
    asked = Client(headers={"host": HOST, "x-request-id": "an-example"})
    found = {}
    with override_settings(ALLOWED_HOSTS=[HOST]):
        for name, address in (QUESTIONS | REFUSED).items():
            answer = asked.get(f"{PREFIX}{address}", secure=True)
            is_json = "json" in answer["Content-Type"].partition(";")[0].split("+")[-1]
            text = b"".join(answer).decode()
            found[name] = text if "ndjson" in name or not is_json else json.loads(text)
    return found


@cache
def written() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ANSWERS.read_text())
    return found


def write() -> None:
    ANSWERS.write_text(json.dumps(answers(), ensure_ascii=False, indent=1) + "\n")
    written.cache_clear()
