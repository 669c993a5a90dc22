"""Measure how fast the page, the component and the JSON interface are, and how much they load.

    python -m benchmarks.speed [--corpus DIR] [--index DIR] [--json FILE]

Serves the real index in a separate process and asks questions of the corpus's bank, all different.
Prints one figure per line with the limit that it should keep, and the load of the machine before
and after: on a busy machine the seconds say little.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser

from benchmarks import figures
from benchmarks.crowd import ask_at_once
from benchmarks.served import BenchmarkError, chromium, questions, served
from benchmarks.visits import (
    QUESTIONS_PER_VISIT,
    count_bytes,
    quantile,
    seconds_to_first_quote,
    usable_after,
    visit,
)
from ingest.drafting.processor import cores
from ui.settings import Places

VISITS, REPEATS = 4, 3
MB, KB = 1_000_000, 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report."""

    name: str
    value: float
    limit: float | None
    unit: str

    def __str__(self) -> str:
        limit = f"{self.limit:>9.2f} {self.unit:<3}" if self.limit is not None else " " * 13
        missed = "  missed" if self.limit is not None and self.value > self.limit else ""
        return f"{self.name:<58}{self.value:>9.2f} {self.unit:<3}{limit}{missed}"


def main() -> int:
    """Measure, and print each figure as soon as it is known."""
    parser = argparse.ArgumentParser(description="Measure how fast Quotewell is served.")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--index", type=Path, metavar="DIR")
    figures.add_option(parser)
    arguments = parser.parse_args()
    places = Places.of(arguments.corpus, arguments.index)
    print(f"{cores()} cores, load before: {_load()}")
    print(f"{'':<58}{'measured':>9}     {'limit':>9}")
    found: dict[str, float] = {}
    try:
        with served(places) as address, chromium() as browser:
            for figure in measured(address, browser, places.corpus):
                print(figure, flush=True)
                found[f"{figure.name}.{figure.unit}"] = figure.value
    except BenchmarkError as error:
        print("benchmarks.speed:", error, file=sys.stderr)
        return 1
    finally:
        figures.write(arguments.json, found)
    print(f"load after: {_load()}")
    return 0


def measured(address: str, browser: Browser, corpus: Path) -> Iterator[Figure]:
    """Measure one thing after another."""
    yield from _cold_page(address, browser)
    yield from _first_quotes(address, browser, questions(corpus, VISITS * QUESTIONS_PER_VISIT))
    yield from _component(address, browser, questions(corpus, QUESTIONS_PER_VISIT))
    for count, limit in ((10, 0.6), (50, 3.0)):
        asked = questions(corpus, count)
        took = [one for _ in range(REPEATS) for one in ask_at_once(address, asked)]
        name = f"{count} asking at once, all answered"
        yield Figure(f"{name}: p50", quantile(took, 0.5), None, "s")
        yield Figure(f"{name}: p95", quantile(took, 0.95), limit, "s")


def _cold_page(address: str, browser: Browser) -> Iterator[Figure]:
    took, loaded = [], []
    for _ in range(VISITS):
        with visit(browser) as page:
            counted = count_bytes(page, address)
            took.append(usable_after(page, address))
            page.wait_for_load_state("networkidle")
            loaded.append(counted)
    yield Figure("page, very first visit: ready for typing after", took[0], 2.5, "s")
    yield Figure("page, later visitors' first visits: slowest", max(took[1:]), 2.5, "s")
    yield Figure("page, first visit: loaded", max(one.http for one in loaded) / MB, 1.3, "MB")
    sent = max(one.socket for one in loaded) / MB
    yield Figure("page, first visit: sent through its socket", sent, None, "MB")


def _first_quotes(address: str, browser: Browser, asked: list[str]) -> Iterator[Figure]:
    took = []
    for first in range(0, len(asked), QUESTIONS_PER_VISIT):
        with visit(browser) as page:
            usable_after(page, address)
            for question in asked[first : first + QUESTIONS_PER_VISIT]:
                took.append(seconds_to_first_quote(page, question))
    yield Figure("page: from Enter to the first quote: p50", quantile(took, 0.5), 0.3, "s")
    yield Figure("page: from Enter to the first quote: p95", quantile(took, 0.95), 0.8, "s")


def _component(address: str, browser: Browser, asked: list[str]) -> Iterator[Figure]:
    script = f'<script src="{address}/embed.js" async></script>'
    server = _site(f"<!DOCTYPE html><title>Course</title><quotewell-ask></quotewell-ask>{script}")
    try:
        with visit(browser) as page:
            loaded = count_bytes(page, address)
            page.goto(f"http://localhost:{server.server_port}")
            page.locator("textarea").wait_for()
            took = [seconds_to_first_quote(page, asked[0], "quotewell-ask")]
            page.wait_for_timeout(100)
            with_one = loaded.http
            took += [seconds_to_first_quote(page, one, "quotewell-ask") for one in asked[1:]]
    finally:
        server.shutdown()
        server.server_close()
    yield Figure("component: from Enter to the first quote: p50", quantile(took, 0.5), 0.3, "s")
    yield Figure("component: from Enter to the first quote: p95", quantile(took, 0.95), 0.8, "s")
    yield Figure("component with one answer: loaded", with_one / KB, 25, "kB")


def _site(page: str) -> ThreadingHTTPServer:
    """Serve one page at localhost, which is a different site from 127.0.0.1."""

    class Course(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *arguments: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Course)
    Thread(target=server.serve_forever, daemon=True).start()
    return server


def _load() -> str:
    return " ".join(f"{one:.2f}" for one in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main())
