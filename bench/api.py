"""A list of 50 nested figures: this API, uncached and cached, beside Datasette.

    python bench/api.py                 # each case 3 × 4 s, interleaved

Both serve the same 50 rows of the same record (the fixtures, in one SQLite file), each in
one process on one core; the load comes from the other core. Datasette runs one SQL query
that nests claimant, country and citations as the API does, without the API's filters,
paging and schema; the two answers are compared before the timing. Only ratios of one run
mean anything. Fetches Datasette into uv's cache.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).with_name("uv")
DATASETTE = "datasette==0.65.5"
CONNECTIONS = 8
CLAIMANT = """case when {0}.id is null then null else json_object('slug', {0}.slug,
 'name', {0}.name, 'kind', {0}.kind, 'party', {0}.party, 'country', {0}_country.code,
 'note', {0}.note) end"""
FLAG = "json(case when {0} then 'true' else 'false' end)"
PLAIN = [
    "slug",
    "side",
    "metric",
    "low",
    "high",
    "qualifier",
    "wording",
    "scope",
    "scope_note",
    "as_of",
    "as_of_precision",
    "period_start",
    "evidence",
    "interest",
    "credibility",
    "summary",
    "status",
    "status_reason",
    "disjoint_reason",
    "confidence",
    "note",
]
QUERY = f"""
select {", ".join(f"figure.{name}" for name in PLAIN)},
 {FLAG.format("figure.countable")} as countable,
 case when original.status <> 'draft' then original.slug end as variant_of,
 json_object('code', country.code, 'name', country.name) as country,
 (select json_group_array(slug) from (select other.slug
    from recruitment_figure_disjoint_with link
    join recruitment_figure other on other.id = link.to_figure_id
    where link.from_figure_id = figure.id order by other.slug)) as disjoint_with,
 {CLAIMANT.format("claimant")} as claimant,
 {CLAIMANT.format("origin")} as evidence_origin,
 spread.pages, spread.reports,
 (select json_group_array(json(item)) from (select json_object('role', citation.role,
   'source', json_object('slug', source.slug, 'url', source.url, 'publisher',
     json_object('slug', publisher.slug, 'name', publisher.name,
                 'homepage', publisher.homepage),
     'title_gist', source.title_gist, 'author', source.author,
     'published', source.published, 'published_precision', source.published_precision,
     'accessed', source.accessed, 'language', source.language, 'kind', source.kind,
     'derived_from', json((select json_group_array(slug) from (select parent.slug
        from recruitment_source_derived_from link
        join recruitment_source parent on parent.id = link.to_source_id
        where link.from_source_id = source.id order by parent.slug))),
     'credits', json(source.credits), 'archive_url', source.archive_url,
     'text_sha256', source.text_sha256, 'link_state', source.link_state,
     'note', source.note),
   'paragraph', citation.paragraph, 'start', citation.start, 'end', citation.end,
   'passage_sha256', citation.passage_sha256) as item
  from recruitment_citation citation
  join recruitment_source source on source.id = citation.source_id
  join recruitment_publisher publisher on publisher.id = source.publisher_id
  where citation.figure_id = figure.id order by citation.slug)) as citations
from recruitment_figure figure
join recruitment_country country on country.id = figure.country_id
join recruitment_claimant claimant on claimant.id = figure.claimant_id
left join recruitment_country claimant_country on claimant_country.id = claimant.country_id
left join recruitment_claimant origin on origin.id = figure.evidence_origin_id
left join recruitment_country origin_country on origin_country.id = origin.country_id
left join recruitment_figure original on original.id = figure.variant_of_id
left join recruitment_spread spread on spread.figure_id = figure.slug
where figure.status <> 'draft'
order by figure.slug limit 50"""
NESTED = (
    "disjoint_with",
    "countable",
    "country",
    "claimant",
    "evidence_origin",
    "citations",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(command: list[str], port: int, env: dict[str, str]) -> Iterator[None]:
    """Run a server on the first core until the block ends."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, {0}),
    )
    try:
        for _ in range(1200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise RuntimeError(f"{' '.join(command)} has ended.")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def load(port: int, path: str, seconds: float, done: multiprocessing.Queue) -> None:
    """Ask for one path over and over on one connection; tell how often it answered."""
    os.sched_setaffinity(0, {1})
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    answered, end = 0, time.monotonic() + seconds
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        answers = connection.makefile("rb", buffering=1 << 16)
        while time.monotonic() < end:
            connection.sendall(request)
            read(answers)
            answered += 1
    done.put(answered)


def read(answers) -> None:
    """Read one answer, by its length or in chunks."""
    status = answers.readline()
    if b" 200 " not in status:
        raise RuntimeError(status.decode())
    length = None
    while (line := answers.readline().lower()) != b"\r\n":
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    if length is not None:
        answers.read(length)
        return
    while size := int(answers.readline(), 16):
        answers.read(size + 2)
    answers.readline()


def requests_per_second(port: int, path: str, seconds: float) -> float:
    done: multiprocessing.Queue = multiprocessing.Queue()
    loads = [
        multiprocessing.Process(target=load, args=(port, path, seconds, done))
        for _ in range(CONNECTIONS)
    ]
    for one in loads:
        one.start()
    answered = sum(done.get() for _ in loads)
    for one in loads:
        one.join()
    return answered / seconds


def fetched(port: int, path: str):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return json.load(answer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as scratch:
        compare(Path(scratch), asked.rounds, asked.seconds)


def compare(scratch: Path, rounds: int, seconds: float) -> None:
    database = scratch / "record.sqlite3"
    env = os.environ | {
        "SECRET_KEY": "only for benchmarks",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": f"sqlite:///{database}",
        "VAR_DIR": str(scratch),
        # High enough that the throttle counts, and never refuses.
        "THROTTLE_ANONYMOUS": "100000000/minute",
    }
    for command in ("migrate", "load_fixtures", "collectstatic --no-input"):
        subprocess.run(
            [sys.executable, "manage.py", *command.split(), "--verbosity", "0"],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    granian += [
        "--blocking-threads",
        "4",
        "--host",
        "127.0.0.1",
        "config.wsgi:application",
    ]
    plain, cached, other = free_port(), free_port(), free_port()
    datasette = [str(UV), "tool", "run", "--from", DATASETTE, "datasette", "serve"]
    datasette += ["-i", str(database), "--port", str(other), "--setting"]
    datasette += ["sql_time_limit_ms", "10000"]
    query = [("sql", QUERY), ("_shape", "array"), *(("_json", name) for name in NESTED)]
    paths = {
        "API, uncached": (plain, "/api/v1/figures/"),
        "API, cached": (cached, "/api/v1/figures/"),
        "Datasette, one SQL query": (other, f"/record.json?{urlencode(query)}"),
    }
    without = env | {"CACHE_URL": "dummycache://"}
    with (
        serving([*granian, "--port", str(plain)], plain, without),
        serving([*granian, "--port", str(cached)], cached, env),
        serving(datasette, other, env),
    ):
        check_that_rows_are_equal(paths)
        measured: dict[str, list[float]] = {name: [] for name in paths}
        for _ in range(rounds):
            for name, (port, path) in paths.items():
                measured[name].append(requests_per_second(port, path, seconds))
    base = statistics.median(measured["Datasette, one SQL query"])
    print(f"{'':26} {'req/s':>8} {'range':>15} {'ratio':>7}")
    for name, rates in measured.items():
        middle = statistics.median(rates)
        span = f"{min(rates):,.0f}–{max(rates):,.0f}"
        print(f"{name:26} {middle:8,.0f} {span:>15} {middle / base:7.2f}")


def check_that_rows_are_equal(paths: dict[str, tuple[int, str]]) -> None:
    ours = fetched(*paths["API, uncached"])["results"]
    theirs = fetched(*paths["Datasette, one SQL query"])
    if [dict(sorted(row.items())) for row in theirs] != [
        dict(sorted(row.items())) for row in ours
    ]:
        for one, other in zip(ours, theirs, strict=False):
            for name, value in one.items():
                if other.get(name) != value:
                    raise SystemExit(
                        f"{one['slug']}.{name}: {value} is not {other.get(name)}"
                    )
        raise SystemExit("The two answers differ.")


if __name__ == "__main__":
    main()
