"""Subset Source Sans 3 and Source Serif 4 as Muster Sans and Muster Serif.

Usage: fonts.py PACKAGES PAGES PICTURES, the last two being the folders for the files that
browsers load and for those that pictures are drawn with on the server.

The Open Font License reserves the name "Source" for the unmodified fonts, and a subset
is a modification: so the files, and the family names inside them, are ours.
"""

import json
import sys
from collections import defaultdict
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# The same ranges stand in static/css/site.css; no character is in two of them, so that a
# page loads only the files that it needs.
RANGES = {
    "latin": (
        "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+0160-0161,U+0178,U+017D-017E,"
        "U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2002-200A,U+2010-2015,U+2018-201E,"
        "U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,"
        "U+2122,U+2190-2193,U+2197,U+2212,U+2248,U+2260,U+2264-2265,U+25CB,U+25CF"
    ),
    "latin-ext": (
        "U+0100-0130,U+0132-0151,U+0154-015F,U+0162-0177,U+0179-017C,U+017F-024F,"
        "U+0259,U+1E00-1EFF,U+20A0-20AB,U+20AD-20BF"
    ),
    "cyrillic": "U+0400-052F,U+2116",
}
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "lnum", "tnum", "pnum"]
FAMILIES = {
    # Weights above 600 are not used; 400:600 in one file is smaller than two files.
    "sans": ("source-sans/VF/SourceSans3VF-Upright.ttf", {"wght": (400, 600)}),
    "serif": ("source-serif/TTF/SourceSerif4Subhead-Semibold.ttf", None),
}
# Pictures need whole, uncompressed files of one weight each.
PICTURES = {
    ("sans", 400): "source-sans/TTF/SourceSans3-Regular.ttf",
    ("sans", 600): "source-sans/TTF/SourceSans3-Semibold.ttf",
    ("serif", 600): "source-serif/TTF/SourceSerif4Subhead-Semibold.ttf",
}
STYLES = {400: "Regular", 600: "SemiBold"}


def rename(font: TTFont, family: str, style: str = "Regular") -> None:
    names = {1: family, 2: style, 4: f"{family} {style}", 6: family.replace(" ", "")}
    names[3] = f"{names[6]};subset"
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
        elif record.nameID in (16, 17, 21, 22, 25):
            font["name"].removeNames(nameID=record.nameID)


def cut(font: TTFont, unicodes: str, options: subset.Options) -> None:
    job = subset.Subsetter(options)
    job.populate(unicodes=subset.parse_unicodes(unicodes))
    job.subset(font)
    cmap = font.getBestCmap()
    digits = {font["hmtx"][cmap[ord(d)]][0] for d in "0123456789" if ord(d) in cmap}
    if len(digits) > 1:
        sys.exit("Figures are not tabular by default")


def options(**others: object) -> subset.Options:
    return subset.Options(
        layout_features=FEATURES,
        hinting=False,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
        # The same input gives the same bytes.
        recalc_timestamp=False,
        **others,
    )


def for_pages(packages: Path, outdir: Path) -> None:
    woff2 = options(flavor="woff2")
    for kind, (path, axes) in FAMILIES.items():
        for script, unicodes in RANGES.items():
            font = TTFont(packages / path, recalcTimestamp=False)
            if axes:
                # Saved and read again: the subsetter wants the tables as in a file.
                instance = BytesIO()
                instancer.instantiateVariableFont(font, axes).save(instance)
                font = TTFont(instance, recalcTimestamp=False)
            cut(font, unicodes, woff2)
            rename(font, f"Muster {kind.title()}")
            subset.save_font(font, outdir / f"muster-{kind}-{script}.woff2", woff2)


def for_pictures(packages: Path, outdir: Path) -> None:
    """Write the fonts, and how wide each character is, so that lines can be broken."""
    bare = options()
    measures: dict[str, dict[int, str]] = {}
    for (kind, weight), path in PICTURES.items():
        font = TTFont(packages / path, recalcTimestamp=False)
        cut(font, ",".join(RANGES.values()), bare)
        rename(font, f"Muster {kind.title()}", STYLES[weight])
        name = f"muster-{kind}-{weight}"
        subset.save_font(font, outdir / f"{name}.ttf", bare)
        widths: dict[int, str] = defaultdict(str)
        scale = 1000 / font["head"].unitsPerEm
        for character, glyph in sorted(font.getBestCmap().items()):
            widths[round(font["hmtx"][glyph][0] * scale)] += chr(character)
        measures[name] = dict(sorted(widths.items()))
    text = json.dumps(measures, ensure_ascii=False, indent=0)
    (outdir / "widths.json").write_text(text + "\n")


def licence(packages: Path) -> str:
    folders = (packages / "source-sans", packages / "source-serif")
    notices = [(folder / "LICENSE.md").read_text() for folder in folders]
    head = "Muster Sans and Muster Serif are subsets of Source Sans 3 and Source Serif 4.\n\n"
    copyrights = "\n".join(text.lstrip("- \n").splitlines()[0] for text in notices)
    body = notices[0].split("\n", 1)[1]
    return head + copyrights + "\n" + body


def main(packages: Path, pages: Path, pictures: Path) -> None:
    for folder, write in ((pages, for_pages), (pictures, for_pictures)):
        folder.mkdir(parents=True, exist_ok=True)
        write(packages, folder)
        (folder / "OFL.txt").write_text(licence(packages))


main(*(Path(argument) for argument in sys.argv[1:]))
