"""The head of every page: what other machines are told about it."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString

from dashboard.metadata import canonical, picture

register = template.Library()
# A data block ends at the first end tag, whatever stands around it.
ESCAPES = {ord("<"): r"\u003C", ord(">"): r"\u003E", ord("&"): r"\u0026"}


@register.simple_block_tag
def kept(content: str) -> str:
    """Keep what a block says under a name, to say it more than once."""
    return content


@register.inclusion_tag("dashboard/partials/metadata.html", takes_context=True)
def metadata(
    context: template.Context, title: str, description: str
) -> dict[str, object]:
    request, chart = context["request"], context.get("chart")
    # Of several charts the one that tells most in small.
    preview = context.get("preview", chart)
    return {
        # Both come from blocks, which are escaped already.
        "title": SafeString(title.removesuffix(" · Muster")),
        "description": description,
        "canonical": canonical(request, chart),
        "picture": picture(request, preview),
        "pictured": " ".join(filter(None, (preview.title, preview.summary)))
        if preview and preview.rows
        else "",
        "dataset": context.get("dataset"),
    }


@register.filter
def as_ld_json(told: dict[str, Any]) -> SafeString:
    """Write a dataset as what may stand in a script element of no script."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.translate(ESCAPES))
