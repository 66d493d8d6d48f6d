"""An address of each kind that the API answers, by the pattern that it matches.

They name the rows that tests/drafts.py publishes.
"""

from datetime import UTC, datetime

SOURCE = "kathmandu-post-2024-03-14-nepalis-killed"
TODAY = datetime.now(UTC).date()
SUFFIX = r"\.(?P<format>[a-z0-9]+)/?$"
# By resource: the public ids of rows, and queries of the list.
ROWS = {
    "countries": (["NPL", "FOREIGN"], ["kind=country", "search=nepal"]),
    "publishers": (["kathmandu-post"], ["search=kathmandu"]),
    "claimants": (["nepal-foreign-ministry"], ["kind=home_government", "search=nepal"]),
    "sources": ([SOURCE], ["publisher=kathmandu-post", "search=nepalis"]),
    "figures": (
        ["npl-killed", "npl-variant"],
        [
            "country=NPL&metric=killed",
            f"source={SOURCE}",
            "search=nepalis",
            "count=true",
            "ordering=-as_of",
            "ordering=high&page_size=2",
            "status=published,retracted",
            "min_reports=1",
            "fields=slug,variant_of,citations.source.slug",
        ],
    ),
    "recruitment": (["npl-serving"], ["search=nepalis"]),
    "casualties": (["npl-killed"], ["search=nepalis", "ordering=-low"]),
    "citations": (
        [f"npl-killed--{SOURCE}", f"npl-response--{SOURCE}"],
        [f"source={SOURCE}", "figure=npl-killed", "count=true"],
    ),
    "responses": (["npl-response"], ["kind=travel_ban", f"source={SOURCE}"]),
    "incentives": (["npl-incentive"], ["country=NPL"]),
    "methods": (["npl-method"], ["countries=NPL"]),
    "presence": (["npl-presence"], ["side=ukraine"]),
    "estimates": (
        ["npl-russia-killed", "foreign-russia-killed"],
        [
            "as_of=2024-03-31",
            "policy=no_party",
            f"known_at={TODAY}&country=NPL,FOREIGN",
        ],
    ),
    "contradictions": (
        ["npl-killed--npl-killed-again"],
        ["figure=npl-killed", "kind=contradiction"],
    ),
    "changes": ([], ["since=0", "resource=figures"]),  # their ids are not known ahead
    "corrections": (["npl-retracted--1"], ["country=NPL", "kind=retraction&since=0"]),
    "releases": ([], []),  # tested where one is made
    "problems": (["not-found"], []),
}
IDS = {
    "countries": r"(?P<code>[-\w]+)",
    "estimates": r"(?P<key>[-\w]+)",
    "changes": "(?P<id>[0-9]{1,18})",
    "releases": r"(?P<slug>[-0-9]+(?:\.[0-9]+)?)",
    "problems": r"(?P<name>[-\w]+)",
}
EXPLAINED = ["", "?policy=no_party&as_of=2024-03-31", f"?known_at={TODAY}"]


def patterns():
    """Give the addresses by the pattern, as Django's resolver names it."""
    found = {
        "": [""],
        "<drf_format_suffix:format>": [".json"],
        "series/": ["series/?country=NPL,FOREIGN&metric=killed&side=russia"],
        "summary/": ["summary/", "summary/?metric=serving&policy=no_party"],
        "codebook/": ["codebook/"],
        "schema/": ["schema/"],
        "releases/<str:slug>/<str:name>": [],
        "docs/": ["docs/"],
        "redoc/": ["redoc/"],
    }
    for name, (ids, queries) in ROWS.items():
        one = IDS.get(name, r"(?P<slug>[-\w]+)")
        tables = [] if name == "problems" else ["csv", "ndjson"]
        found |= {
            f"^{name}/$": [f"{name}/", *(f"{name}/?{query}" for query in queries)],
            f"^{name}{SUFFIX}": [
                f"{name}.json",
                *(f"{name}.{table}" for table in tables),
                *(
                    f"{name}.{table}?{query}"
                    for table in tables
                    for query in queries
                    if "count=" not in query and "page_size=" not in query
                ),
            ],
            f"^{name}/{one}/$": [f"{name}/{id_}/" for id_ in ids],
            f"^{name}/{one}{SUFFIX}": [f"{name}/{id_}.json" for id_ in ids],
        }
    explained = [f"estimates/{key}/explain" for key in ROWS["estimates"][0]]
    key = f"^estimates/{IDS['estimates']}/explain"
    found[f"{key}/$"] = [f"{one}/{query}" for one in explained for query in EXPLAINED]
    found[f"{key}{SUFFIX}"] = [f"{one}.json" for one in explained]
    return {
        f"api/v1/{pattern}": [f"/api/v1/{address}" for address in addresses]
        for pattern, addresses in found.items()
    }
