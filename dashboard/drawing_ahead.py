"""Charts drawn right after a publish, so that no reader waits for them.

Answers are kept under names that a revision and a day give them (config/caching.py); it is
enough to ask for a page as a reader does, and for the files to which it links.
"""

from __future__ import annotations

import gzip
import re
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse

from dashboard.sitemaps import CountryPages
from recruitment import revisions
from recruitment.models import Job
from recruitment.running import type_effect, type_tell

PICTURE = re.compile(r'(?:href|content)="([^"]*/charts/[\w-]+\.(png|svg)\b[^"]*)"')
# An answer is kept for each way to compress it: browsers ask for an SVG, and machines that
# show a preview of a link for a PNG.
ENCODINGS = {"page": "gzip", "png": "gzip", "svg": "gzip, deflate, br, zstd"}


def draw_charts(job: Job, tell: type_tell) -> type_effect:
    """Draw what the front page and the countries' pages show, as long as it is current."""
    revision = revisions.current().number
    pages = [reverse("overview"), *(page.url for page in CountryPages().items())]
    drawn = 0
    for done, page in enumerate(pages):
        if revisions.current().number != revision:
            break  # a job for the newer one was asked for
        tell(done, len(pages))
        for address, form in pictures_of(page):
            _ask(address, form)
            drawn += 1
    told = f"{drawn:,} charts of revision {revision:,} were drawn."
    return lambda: {"drawn": drawn, "told": told}


def pictures_of(page: str) -> list[tuple[str, str]]:
    """Give the addresses of the pictures to which a page links, and their forms."""
    text = gzip.decompress(_ask(page, "page")).decode()
    return sorted(
        {
            # Previews name the host, too.
            (urlsplit(unescape(url))._replace(scheme="", netloc="").geturl(), form)
            for url, form in PICTURE.findall(text)
        }
    )


def _ask(address: str, form: str) -> bytes:
    """Ask as a reader does, so that the answer is kept for readers."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    headers = {"accept-encoding": ENCODINGS[form]}
    answer = Client(SERVER_NAME=host, headers=headers).get(
        address, secure=settings.HTTPS
    )
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers with status {answer.status_code}")
    return answer.content
