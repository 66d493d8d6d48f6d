"""Draw static/card.png, the picture of a page that has none of its own.

SECRET_KEY=- ALLOWED_HOSTS=- DATABASE_URL=sqlite://:memory: python -m deploy.assets.card
"""

import os
from pathlib import Path

import django

CARD = Path(__file__).resolve().parent.parent.parent / "static" / "card.png"
WIDTH, HEIGHT = 1200, 630
TITLE = ("Who has been drawn into the war", "in Ukraine, and who says so")
LINE = "An open ledger of claims: every number with its claimant and its sources."
# One row in the marks that every chart has: the scale, lowest, best, highest.
RULE, LOW, BEST, HIGH = 470, 250, 520, 950
SVG = f"""
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">
<style>
.paper {{ fill: var(--paper) }}
.name {{ font: 600 44px var(--serif); fill: var(--ink) }}
.title {{ font: 600 68px var(--serif); fill: var(--ink) }}
.line {{ font: 30px var(--sans); fill: var(--muted) }}
.grid {{ stroke: var(--rule); stroke-width: 2 }}
.band {{ fill: var(--band); stroke: var(--band-edge); stroke-width: 2 }}
.low {{ stroke: var(--accent); stroke-width: 6 }}
.best {{ fill: var(--accent) }}
.high {{ fill: var(--paper); stroke: var(--accent); stroke-width: 6 }}
</style>
<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>
<text class="name" x="80" y="112">Muster</text>
<text class="title" x="80" y="226">{TITLE[0]}</text>
<text class="title" x="80" y="306">{TITLE[1]}</text>
<text class="line" x="80" y="372">{LINE}</text>
<line class="grid" x1="80" x2="1120" y1="{RULE}" y2="{RULE}"/>
<rect class="band" x="{LOW}" y="{RULE - 17}" width="{HIGH - LOW}" height="34"/>
<line class="low" x1="{LOW}" x2="{LOW}" y1="{RULE - 36}" y2="{RULE + 36}"/>
<circle class="best" cx="{BEST}" cy="{RULE}" r="21"/>
<circle class="high" cx="{HIGH}" cy="{RULE}" r="18"/>
<text class="line" x="{LOW}" y="550" text-anchor="middle">lowest</text>
<text class="line" x="{BEST}" y="550" text-anchor="middle">best</text>
<text class="line" x="{HIGH}" y="550" text-anchor="middle">highest claimed</text>
</svg>
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    # What these import asks for the settings.
    from dashboard.pictures import png
    from dashboard.stylesheet import resolved

    CARD.write_bytes(png(resolved(SVG), WIDTH))


if __name__ == "__main__":
    main()
