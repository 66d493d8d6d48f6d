"""How to cite a page of Muster: as a line of text, BibTeX, RIS, and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from recruitment import revisions, wording

AUTHOR = "Muster"
PUBLISHER = "Muster: foreign recruitment in the Russia–Ukraine war"
# What TeX would take for a command.
TEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True)
class Work:
    """A page as something to cite; it shows the record as one revision had it."""

    title: str
    url: str  # whole
    revision: int
    made_on: date  # day of that revision

    @property
    def version(self) -> str:
        return f"data revision {self.revision}"

    @property
    def key(self) -> str:
        words = re.findall(r"[a-z0-9]+", self.title.lower())
        return "-".join(["muster", *words[:6], f"r{self.revision}"])


def as_text(work: Work) -> str:
    day = wording.day(work.made_on)
    return f"{AUTHOR}. “{work.title}”, {work.version}, {day}. {work.url}"


def as_bibtex(work: Work) -> str:
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{work.title.translate(TEX)}}}",
        "publisher": PUBLISHER.translate(TEX),
        "year": f"{work.made_on:%Y}",
        "month": f"{work.made_on.month}",
        "version": work.version,
        "url": work.url,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{work.key},\n{lines}\n}}\n"


def as_ris(work: Work) -> str:
    fields = [
        ("TY", "DATA"),
        ("AU", AUTHOR),
        ("TI", " ".join(work.title.split())),
        ("PB", PUBLISHER),
        ("PY", f"{work.made_on:%Y}"),
        ("DA", f"{work.made_on:%Y/%m/%d}"),
        ("ET", work.version),
        ("UR", work.url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def as_csl(work: Work) -> str:
    item = {
        "id": work.key,
        "type": "dataset",
        "author": [{"literal": AUTHOR}],
        "title": work.title,
        "publisher": PUBLISHER,
        "issued": {
            "date-parts": [[work.made_on.year, work.made_on.month, work.made_on.day]]
        },
        "version": work.version,
        "URL": work.url,
    }
    return json.dumps([item], ensure_ascii=False, indent=1)


# The form's name in an address, its media type, and what writes it.
CITATIONS: dict[str, tuple[str, Callable[[Work], str]]] = {
    "bib": ("application/x-bibtex", as_bibtex),
    "ris": ("application/x-research-info-systems", as_ris),
    "csl": ("application/vnd.citationstyles.csl+json", as_csl),
}


def work_of(title: str, url: str) -> Work:
    """Give a page as it is now to be cited."""
    revision = revisions.current()
    return Work(title, url, revision.number, revision.made_at.date())
