"""What the site's feeds share: Atom and JSON Feed, whole links, ids that outlive a move."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed

from dashboard.chart_views import origin_of
from recruitment.models import Revision


class JsonFeed(SyndicationFeed):
    """A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "description": self.feed["subtitle"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"]}],
            "items": [
                {
                    "id": item["unique_id"],
                    "url": item["link"],
                    "title": item["title"],
                    "content_html": item["description"],
                    "date_published": item["pubdate"].isoformat(),
                }
                for item in self.items
            ],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False).encode(encoding))


class RecordFeed(Feed):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A feed of what was published; says nothing of who reads it."""

    feed_type: type[SyndicationFeed] = Atom1Feed
    feed_url: str | None = None
    author_name = "Muster"
    feed_copyright = "CC BY 4.0"
    language = "en"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # A feed is read far from the site, so its links are whole.
        return {"entry": kwargs["item"], "origin": origin_of(kwargs["request"])}


def guid(revision: Revision, *about: str) -> str:
    """Give an id that is the same under every name of this site."""
    # Numbers begin anew with a new database; moments do not.
    parts = (str(revision.number), str(revision.made_at.timestamp()), *about)
    return uuid5(NAMESPACE_URL, " ".join(parts)).urn
