"""What the site's style sheet says about charts, for drawings that leave the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from django.conf import settings

CHART = ".chart svg "
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CHOICE = re.compile(r":is\(([^()]*)\)")
TOKEN = re.compile(r"var\((--[\w-]+)\)")


def _rules() -> Iterator[tuple[str, str]]:
    """Give each rule outside @media and @container: its selector and its declarations."""
    css = (settings.BASE_DIR / "static/css/site.css").read_text()
    depth, selector = 0, ""
    for text, brace in re.findall(r"([^{}]*)([{}])", COMMENT.sub("", css)):
        if brace == "{":
            depth += 1
            selector = " ".join(text.split())
        else:
            depth -= 1
            if depth == 0 and selector and not selector.startswith("@"):
                yield selector, " ".join(text.split())
            selector = ""


@cache
def tokens() -> Mapping[str, str]:
    """Give the light palette, the fonts and the sizes by their names: "--ink"."""
    declared = next(body for selector, body in _rules() if selector == ":root")
    pairs = (one.split(":", 1) for one in declared.split(";") if one.strip())
    found = {name.strip(): value.strip() for name, value in pairs}
    return MappingProxyType(
        {name: value for name, value in found.items() if name.startswith("--")}
    )


def resolved(css: str) -> str:
    """Put the tokens' values in place of var()."""
    return TOKEN.sub(lambda found: tokens()[found[1]], css)


def _alternatives(selector: str) -> list[str]:
    """Write out every :is(), which a program that is no browser does not know."""
    if not (choice := CHOICE.search(selector)):
        return selector.split(",")
    before, after = selector[: choice.start()], selector[choice.end() :]
    return [
        alternative
        for chosen in choice[1].split(",")
        for alternative in _alternatives(before + chosen.strip() + after)
    ]


@cache
def chart_style() -> str:
    """Give the rules for marks and text, with their colours in place of tokens."""
    lines = []
    for selector, body in _rules():
        wanted = [
            one.strip().removeprefix(CHART)
            for one in _alternatives(selector)
            # What happens under a pointer or a key is for pages only.
            if one.strip().startswith(CHART) and ":" not in one
        ]
        if wanted:
            lines.append(f"{', '.join(wanted)} {{ {resolved(body)} }}")
    return "\n".join(lines)
