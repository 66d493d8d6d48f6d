"""Every ISO 3166-1 country, so that one that nobody has counted can say so.

Codes come from pycountry, names from the Unicode CLDR (babel), regions and demonyms
from countryinfo. Regions that it does not know stay null.
"""

from collections.abc import Iterator
from typing import Any

import pycountry
from babel import Locale
from countryinfo import CountryInfo

LANGUAGES = ("uk", "ru", "fr", "es")


def iso_countries() -> Iterator[dict[str, Any]]:
    """Give a row for each country, in the format of areas.jsonl."""
    english = Locale("en").territories
    names = {language: Locale(language).territories for language in LANGUAGES}
    for country in sorted(pycountry.countries, key=lambda country: country.alpha_3):
        iso2 = country.alpha_2
        known = _known(iso2)
        yield {
            "code": country.alpha_3,
            "kind": "country",
            "name": english.get(iso2, country.name),
            "iso2": iso2,
            "region": known.get("region") or None,
            "sub_region": known.get("subregion") or None,
            "intermediate_region": None,
            "demonyms": [known["demonym"]] if known.get("demonym") else [],
            "names": {
                language: territories[iso2]
                for language, territories in names.items()
                if iso2 in territories
            },
            "members": [],
        }


def _known(iso2: str) -> dict[str, Any]:
    try:
        return dict(CountryInfo(iso2).info())
    except (KeyError, ValueError):
        return {}
