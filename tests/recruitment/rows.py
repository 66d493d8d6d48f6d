"""Rows as the dataset's files hold them, each one valid among the others."""

import json

from django.apps import apps

LOCATOR = {"paragraph": 2, "start": 10, "end": 40}
DIGEST = "0" * 64


def area(code="NPL", name="Nepal", iso2="NP", **changes):
    return {
        "code": code,
        "kind": "country",
        "name": name,
        "iso2": iso2,
        "region": "Asia",
        "sub_region": "Southern Asia",
        "intermediate_region": None,
        "demonyms": ["Nepali", "Nepalis", "Nepalese"],
        "names": {"uk": "Непал", "ru": "Непал", "fr": "Népal", "es": "Nepal"},
        "members": [],
    } | changes


def group(code="FOREIGN", members=("NPL",), **changes):
    return {
        "code": code,
        "kind": "group",
        "name": "All foreign nationals",
        "iso2": None,
        "region": None,
        "sub_region": None,
        "intermediate_region": None,
        "demonyms": [],
        "names": {},
        "members": list(members),
    } | changes


def publisher(slug="kathmandu-post", **changes):
    return {"slug": slug, "name": "The Kathmandu Post", "homepage": None} | changes


def claimant(slug="nepal-foreign-ministry", **changes):
    return {
        "slug": slug,
        "name": "Ministry of Foreign Affairs of Nepal",
        "kind": "home_government",
        "party": None,
        "country": "NPL",
        "note": "",
    } | changes


def source(slug="nepalis-killed", **changes):
    return {
        "slug": slug,
        "url": f"https://news.example/{slug}",
        "publisher": "kathmandu-post",
        "title_gist": "Nineteen Nepalis killed in Russia's army",
        "author": None,
        "published": "2024-03-14",
        "published_precision": "day",
        "language": "en",
        "kind": "news_report",
        "derived_from": [],
        "credits": [],
        "note": "",
    } | changes


def citation(source="nepalis-killed", **changes):
    return {
        "source": source,
        "role": "carries",
        "locator": None,
        "passage_sha256": None,
    } | changes


def figure(slug="npl-killed", **changes):
    return {
        "slug": slug,
        "country": "NPL",
        "side": "russia",
        "metric": "killed",
        "low": 19,
        "high": 19,
        "qualifier": "exact",
        "wording": "19 Nepalis have been killed",
        "scope": "total",
        "scope_note": "",
        "as_of": "2024-03-14",
        "as_of_precision": "day",
        "period_start": None,
        "claimant": "nepal-foreign-ministry",
        "evidence_origin": None,
        "evidence": "statement",
        "interest": "none",
        "credibility": 2,
        "summary": "Nepal's foreign ministry said that 19 Nepalis had been killed.",
        "status": "published",
        "status_reason": None,
        "countable": True,
        "variant_of": None,
        "note": "",
        "confidence": "high",
        "citations": [citation()],
    } | changes


def response(slug="npl-travel-ban", **changes):
    return {
        "slug": slug,
        "country": "NPL",
        "kind": "travel_ban",
        "date": "2024-01-05",
        "date_precision": "day",
        "summary": "Nepal stopped issuing permits to work in Russia and Ukraine.",
        "persons": None,
        "actor": "Department of Foreign Employment",
        "claimant": "nepal-foreign-ministry",
        "countable": True,
        "note": "",
        "confidence": "high",
        "citations": [citation()],
    } | changes


def incentive(slug="npl-monthly-pay", **changes):
    return {
        "slug": slug,
        "country": "NPL",
        "side": "russia",
        "kind": "monthly_pay",
        "amount_low": 2000,
        "amount_high": 2000,
        "currency": "USD",
        "period": "month",
        "summary": "Recruits from Nepal were promised about 2,000 dollars a month.",
        "as_of": "2024-02-01",
        "as_of_precision": "month",
        "claimant": None,
        "countable": True,
        "note": "",
        "confidence": "high",
        "citations": [citation()],
    } | changes


def method(slug="npl-student-visas", **changes):
    return {
        "slug": slug,
        "kind": "student_visas",
        "countries": ["NPL"],
        "side": "russia",
        "summary": "Agents sent Nepalis to Russia on student visas.",
        "claimant": "nepal-foreign-ministry",
        "countable": True,
        "note": "",
        "confidence": "high",
        "citations": [citation()],
    } | changes


def presence(slug="npl-ukraine-presence", **changes):
    return {
        "slug": slug,
        "country": "NPL",
        "side": "ukraine",
        "claimant": "nepal-foreign-ministry",
        "summary": "Nepalis serve in Ukraine's International Legion.",
        "countable": True,
        "note": "",
        "confidence": "high",
        "citations": [citation()],
    } | changes


def dataset():
    """Give one row of each file, and a group with its member."""
    return {
        "areas": [area(), group()],
        "publishers": [publisher()],
        "claimants": [claimant()],
        "sources": [source()],
        "figures": [figure()],
        "responses": [response()],
        "incentives": [incentive()],
        "methods": [method()],
        "presence": [presence()],
    }


def write(directory, files):
    """Write each file of rows as JSON Lines; a row given as bytes goes in as it is."""
    for name, rows in files.items():
        lines = [
            row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows
        ]
        (directory / f"{name}.jsonl").write_bytes(
            b"".join(line + b"\n" for line in lines)
        )
    return directory


def contents():
    """Give every row of the record, its links and its history."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_app_config("recruitment").get_models(
            include_auto_created=True
        )
    }


def figures_in(tmp_path, *rows):
    return write(tmp_path, {"figures": rows})


def outcomes(report):
    return {file: dict(counts) for file, counts in report.outcomes.items()}
