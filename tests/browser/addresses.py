"""An address of every kind of page."""

FIGURE = "npl-russia-killed-2025-11-18-nepal-families-campaign"
PAGE = "peoples-review-2025-11-18-russia-tells-nepal-104-nepalis-have"
KILLED = "side=russia&metric=killed&as_of=2026-01-31"

PAGES = {
    "overview": "/",
    "countries": "/countries/",
    "country": "/countries/NPL/",
    "group": "/countries/AFRICA/",
    "nobody-counted": "/countries/AND/",
    "figures": "/figures/?country=NPL",
    "figure": f"/figures/{FIGURE}/",
    "claimant": "/claimants/nepal-foreign-ministry/",
    "source": f"/sources/{PAGE}/",
    "compare": "/compare/?country=NPL&country=AND",
    "disagreements": "/disagreements/",
    "uncounted": "/uncounted/",
    "timeline": "/timeline/?country=NPL",
    "responses": "/responses/?country=NPL",
    "incentives": "/incentives/?country=KEN",
    "changes": "/changes/",
    "revision": "/changes/1/",
    "search": "/search/?q=embassy",
    "nothing-found": "/search/?q=atlantis",
    "method": "/method/",
    "codebook": "/codebook/",
    "data": "/data/",
    "about": "/about/",
    "chart": f"/charts/over-time/?country=NPL&{KILLED}",
    "chart-of-a-figure": f"/charts/figure/?figure={FIGURE}",
    "map": "/charts/map/",
    "lineage": "/charts/lineage/?source=associated-press-2026-01-russia-refills-ranks",
    "embedded": "/embed/ranked/",
    "frozen": f"/embed/over-time/?country=NPL&{KILLED}&frozen=1",
}
# The longest of them, for what depends on the length.
LONGEST = {"responses": "/responses/", "incentives": "/incentives/"}
