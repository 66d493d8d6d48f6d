"""How many of the record's figures are found in the texts that they were read from.

    python bench/extraction.py                        # scores, misses, false proposals
    python bench/extraction.py --table misses.md      # the same table into a file
    python bench/extraction.py --wordings             # also the record's short wordings
    python bench/extraction.py --texts FOLDER         # texts with their figures instead

The gold set is every figure of --data that was located in an article of --articles. A
candidate is right if file, country, metric, side and bounds are equal and its passage
overlaps the located words. Where the record took a figure from a better copy than the
text, JUDGED says what the text's own words support.

A folder of texts holds NAME.txt and, a figure a line, NAME.jsonl; a figure may stand
anywhere in its text. tests/recruitment/extraction/texts is one.

The wordings are at most twelve words each, without their page: country and war are put
before them as a heading, so that this counts how bounds, qualifier and metric are read.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from recruitment.extraction import Candidate, extract

SHARED = ROOT.parent / "shared"
# The text's own words, where the record has the bounds from another copy: None if they
# give no number ("lots of of" for "hundreds of"), else the bounds that they support.
JUDGED: dict[tuple[str, str], tuple[int, int] | None] = {
    ("001", "lots of of residents of 40 countries are held"): None,
    ("001", "lots of of Nepali nationals"): None,
    ("001", "tens of hundreds of individuals fled"): (2_000, 9_999),
}
HEADINGS = {
    "en": "{country}. Russia’s war against Ukraine.",
    "uk": "{country}. Війна Росії проти України.",
    "ru": "{country}. Война России против Украины.",
    "es": "{country}. La guerra de Rusia contra Ucrania.",
    "fr": "{country}. La guerre de la Russie contre l’Ukraine.",
}


@dataclass(frozen=True)
class Gold:
    """A figure of the record, at its place in an article."""

    file: str
    slug: str
    country: str
    metric: str
    side: str
    low: int | None
    high: int | None
    qualifier: str
    scope: str
    claimant: str
    as_of: str | None
    precision: str
    start: int
    end: int
    words: str

    @property
    def key(self) -> tuple[Any, ...]:
        return self.country, self.metric, self.side, self.low, self.high


@dataclass(frozen=True)
class Result:
    """What became of one article."""

    file: str
    found: list[tuple[Gold, Candidate]]
    missed: list[Gold]
    wrong: list[Candidate]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_bytes().splitlines():
        yield json.loads(line)


def gold(data: Path, articles: Path) -> list[Gold]:
    """Give the located figures, with the bounds that the article's own words support."""
    files = {
        row["slug"]: row["article_file"]
        for row in rows(data / "sources.jsonl")
        if row.get("article_file")
    }
    texts = {name: read(articles / name) for name in files.values()}
    names = {row["slug"]: row["name"] for row in rows(data / "claimants.jsonl")}
    found = []
    for row in rows(data / "figures.jsonl"):
        for citation in row["citations"]:
            place, name = citation["locator"], files.get(citation["source"])
            if not place or not name:
                continue
            words = texts[name][place["start"] : place["end"]]
            bounds = _judged(name, words, (row["low"], row["high"]))
            if bounds is None:
                continue
            found.append(
                Gold(
                    name,
                    row["slug"],
                    row["country"],
                    row["metric"],
                    row["side"],
                    *bounds,
                    row["qualifier"],
                    row["scope"],
                    names[row["claimant"]],
                    row["as_of"],
                    row["as_of_precision"],
                    place["start"],
                    place["end"],
                    " ".join(words.split()),
                )
            )
    return found


def _judged(
    name: str, words: str, bounds: tuple[int | None, int | None]
) -> tuple[int | None, int | None] | None:
    plain = " ".join(words.split())
    for (number, begins), judged in JUDGED.items():
        if name.startswith(number) and plain.startswith(begins):
            return judged
    return bounds


def read(path: Path) -> str:
    return path.read_bytes().decode()


def score(file: str, text: str, wanted: Iterable[Gold]) -> Result:
    """Pair an article's candidates with its figures, each at most once."""
    candidates = extract(text)
    found, missed = [], []
    for one in wanted:
        match = next(
            (
                candidate
                for candidate in candidates
                if _key(candidate) == one.key
                and candidate.start < one.end
                and one.start < candidate.end
            ),
            None,
        )
        if match:
            candidates.remove(match)
            found.append((one, match))
        else:
            missed.append(one)
    return Result(file, found, missed, candidates)


def _key(one: Candidate) -> tuple[Any, ...]:
    return one.country, one.metric, one.side, one.low, one.high


def results(data: Path, articles: Path) -> list[Result]:
    by_file: dict[str, list[Gold]] = defaultdict(list)
    for one in gold(data, articles):
        by_file[one.file].append(one)
    return [
        score(file, read(articles / file), wanted)
        for file, wanted in sorted(by_file.items())
    ]


def labelled(folder: Path) -> list[Result]:
    """Score the texts of a folder against the figures beside them."""
    scored = []
    for path in sorted(folder.glob("*.txt")):
        text = read(path)
        wanted = [
            Gold(
                path.name,
                f"{path.stem}-{number}",
                row["country"],
                row["metric"],
                row["side"],
                row["low"],
                row["high"],
                row["qualifier"],
                row["scope"],
                row["claimant"] or "",
                None,
                "unknown",
                0,
                len(text),
                "",
            )
            for number, row in enumerate(rows(path.with_suffix(".jsonl")), 1)
        ]
        scored.append(score(path.name, text, wanted))
    return scored


def recall(scored: Iterable[Result]) -> float:
    scored = list(scored)
    found = sum(len(one.found) for one in scored)
    return _share(found, found + sum(len(one.missed) for one in scored))


def precision(scored: Iterable[Result]) -> float:
    scored = list(scored)
    found = sum(len(one.found) for one in scored)
    return _share(found, found + sum(len(one.wrong) for one in scored))


def _share(part: int, whole: int) -> float:
    """Give a share; nothing wanted and nothing given is right."""
    return part / whole if whole else 1.0


def table(scored: list[Result]) -> str:
    """Tell the scores, then every miss and every false proposal."""
    lines = ["| article | figures | found | false | recall | precision |"]
    lines.append("|---|---|---|---|---|---|")
    for name, group in [(one.file[:3], [one]) for one in scored] + [("all", scored)]:
        found = sum(len(one.found) for one in group)
        wanted = found + sum(len(one.missed) for one in group)
        wrong = sum(len(one.wrong) for one in group)
        lines.append(
            f"| {name} | {wanted} | {found} | {wrong} "
            f"| {recall(group):.2f} | {precision(group):.2f} |"
        )
    lines += ["", "| found figures whose … is equal | share |", "|---|---|"]
    pairs = [pair for one in scored for pair in one.found]
    lines += [f"| {name} | {share:.2f} |" for name, share in _fields(pairs)]
    lines += ["", "| missed | country, metric, side, bounds | words |", "|---|---|---|"]
    lines += [
        f"| {one.file} | {_written(one.key)} | {one.words} |"
        for result in scored
        for one in result.missed
    ]
    lines += ["", "| false | country, metric, side, bounds | words |", "|---|---|---|"]
    lines += [
        f"| {result.file} | {_written(_key(one))} | {' '.join(one.passage.split())} |"
        for result in scored
        for one in result.wrong
    ]
    return "\n".join(lines)


def _written(key: tuple[Any, ...]) -> str:
    country, metric, side, low, high = key
    return f"{country} {metric} {side} {low}–{high}"


def _fields(pairs: list[tuple[Gold, Candidate]]) -> Iterator[tuple[str, float]]:
    """Compare what the match itself does not ask for."""

    def share(right: Iterable[bool]) -> float:
        told = list(right)
        return sum(told) / max(len(told), 1)

    yield "qualifier", share(one.qualifier == held.qualifier for one, held in pairs)
    yield "scope", share(one.scope == held.scope for one, held in pairs)
    dated = [(one, held) for one, held in pairs if held.as_of and one.as_of]
    yield (
        f"day, of the {len(dated)} that the text dates",
        share(
            held.as_of is not None and f"{held.as_of}"[:7] == f"{one.as_of}"[:7]
            for one, held in dated
        ),
    )
    named = [(one, held) for one, held in pairs if held.claimant_text]
    yield "a claimant (any)", share(bool(held.claimant_text) for _, held in pairs)
    yield (
        f"claimant, by a common word, of the {len(named)} named",
        share(_alike(one.claimant, held.claimant_text or "") for one, held in named),
    )


def _alike(name: str, written: str) -> bool:
    """Whether two names share a word of four letters: Iraqi officials, unnamed."""
    first, second = (
        {word.strip(".,’'s()")[:5].lower() for word in text.split() if len(word) > 3}
        for text in (name, written)
    )
    return bool(first & second)


def wordings(data: Path) -> str:
    """Count how the record's wordings are read, by language."""
    languages = {row["slug"]: row["language"] for row in rows(data / "sources.jsonl")}
    names = {row["code"]: row for row in rows(data / "areas.jsonl")}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(data / "figures.jsonl"):
        spoken = {languages[one["source"]] for one in row["citations"]} - {None}
        if len(spoken) != 1 or (language := spoken.pop()) not in HEADINGS:
            continue
        area = names[row["country"]]
        heading = HEADINGS[language].format(
            country=area["names"].get(language, area["name"])
        )
        text = f"{heading}\n\n{row['wording']}."
        count = counts[language]
        count["all"] += 1
        found = [
            one
            for one in extract(text, language=language)
            if (one.low, one.high) == (row["low"], row["high"])
        ]
        count["bounds"] += bool(found)
        for field in ("qualifier", "country", "metric", "side"):
            count[field] += any(getattr(one, field) == row[field] for one in found)
    lines = ["| language | wordings | bounds | qualifier | country | metric | side |"]
    lines.append("|---|---|---|---|---|---|---|")
    for language, count in counts.items():
        shares = " | ".join(
            f"{count[field] / count['all']:.2f}"
            for field in ("bounds", "qualifier", "country", "metric", "side")
        )
        lines.append(f"| {language} | {count['all']} | {shares} |")
    return "\n".join(lines)


def speed(articles: Path) -> str:
    """Tell seconds per million characters, on the articles repeated."""
    text = "\n\n".join(read(path) for path in sorted(articles.iterdir()))
    text = "\n\n".join([text] * (1_000_000 // len(text) + 1))[:1_000_000]
    start = time.perf_counter()
    extract(text)
    return f"{time.perf_counter() - start:.1f} seconds for 1,000,000 characters"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    parser.add_argument("--articles", type=Path, default=SHARED / "articles")
    parser.add_argument("--table", type=Path, help="Write the table into this file.")
    parser.add_argument("--wordings", action="store_true")
    parser.add_argument("--texts", type=Path, help="Score this folder's texts alone.")
    options = parser.parse_args()
    if options.texts:
        print(table(labelled(options.texts)))
        return
    if not options.data.is_dir():
        parser.error(f"{options.data} is not there: name the rows with --data")
    told = table(results(options.data, options.articles))
    if options.wordings:
        told += "\n\n" + wordings(options.data)
    told += "\n\n" + speed(options.articles) + "\n"
    if options.table:
        options.table.write_text(told)
    print(told)


if __name__ == "__main__":
    main()
