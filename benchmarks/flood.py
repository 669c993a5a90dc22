"""Many clients for a while: whether each is answered or refused in time, and the server stays up.

    python -m benchmarks.flood [--clients N] [--seconds N] [--corpus DIR] [--index DIR]

Serves the real index in a separate process. Every client asks questions of the corpus's bank, one
after another, over new connections; refused, it asks again after the seconds it was told. Meanwhile
``/healthz`` is asked ten times a second. Exits with 1 if a client got neither answer nor refusal
within its time-out, or ``/healthz`` took longer than its limit.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import urlsplit

from benchmarks.served import BenchmarkError, questions, served
from benchmarks.visits import quantile
from ingest.drafting.processor import cores
from ui.settings import Limits, Places

TIMEOUT_SECONDS = Limits().wait_seconds + 10
"""Of a client: the longest wait for its turn, and time to be answered."""
HEALTH_LIMIT, HEALTH_EVERY = 1.0, 0.1
"""Seconds that ``/healthz`` may take, and between two requests for it."""
NO_RESPONSE = 0
ANSWERED, REFUSED = (200,), (429, 503)


@dataclass
class Seen:
    """What all clients together got."""

    statuses: Counter[int] = field(default_factory=Counter)
    answered: list[float] = field(default_factory=list)
    """Seconds of each answer."""
    refused: list[float] = field(default_factory=list)
    """Seconds of each refusal."""
    health: list[float] = field(default_factory=list)
    """Seconds of each request for ``/healthz``; infinite if it failed."""
    lock: Lock = field(default_factory=Lock)

    def note(self, status: int, took: float) -> None:
        """Count a response."""
        with self.lock:
            self.statuses[status] += 1
            if status in ANSWERED:
                self.answered.append(took)
            elif status in REFUSED:
                self.refused.append(took)

    @property
    def lost(self) -> int:
        """Questions that were neither answered nor refused in time."""
        return self.statuses.total() - len(self.answered) - len(self.refused)

    def report(self) -> str:
        """Return the figures, one per line."""
        lines = [
            f"answered {len(self.answered)}, refused {len(self.refused)}, neither {self.lost}",
            f"answer   {_spread(self.answered)}",
            f"refusal  {_spread(self.refused)}",
            f"healthz  {_spread(self.health)} (limit {HEALTH_LIMIT:g} s)",
        ]
        return "\n".join(lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure what many clients at once do.")
    parser.add_argument("--clients", type=int, default=200, metavar="N")
    parser.add_argument("--seconds", type=float, default=30, metavar="N")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--index", type=Path, metavar="DIR")
    arguments = parser.parse_args()
    places = Places.of(arguments.corpus, arguments.index)
    print(f"{arguments.clients} clients for {arguments.seconds:g} s on {cores()} cores, ", end="")
    print(f"load before: {os.getloadavg()[0]:.1f}", flush=True)
    try:
        with served(places) as address:
            asked = questions(places.corpus, arguments.clients)
            seen = flood(address, asked, arguments.clients, arguments.seconds)
    except BenchmarkError as error:
        print("benchmarks.flood:", error, file=sys.stderr)
        return 1
    print(seen.report())
    return 1 if seen.lost or max(seen.health) > HEALTH_LIMIT else 0


def flood(address: str, asked: Sequence[str], clients: int, seconds: float) -> Seen:
    """Let clients ask for a while, each beginning with another question."""
    seen, end = Seen(), time.monotonic() + seconds

    def ask(number: int) -> None:
        while time.monotonic() < end:
            number += 1
            body = json.dumps({"question": asked[number % len(asked)]})
            status, took, again = _request(address, "POST", "/api/ask", body, TIMEOUT_SECONDS)
            seen.note(status, took)
            time.sleep(again)

    def watch() -> None:
        while time.monotonic() < end:
            status, took, _ = _request(address, "GET", "/healthz", "", TIMEOUT_SECONDS)
            seen.health.append(took if status in ANSWERED else float("inf"))
            time.sleep(HEALTH_EVERY)

    threads = [Thread(target=ask, args=(number,)) for number in range(clients)]
    threads.append(Thread(target=watch))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _request(
    address: str, method: str, path: str, body: str, timeout: float
) -> tuple[int, float, float]:
    """Return the status, the seconds it took, and after how many to ask again."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=timeout)
    began = time.perf_counter()
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        again = float(response.getheader("Retry-After") or 0)
        return response.status, time.perf_counter() - began, again
    except (OSError, HTTPException):
        return NO_RESPONSE, time.perf_counter() - began, 1.0
    finally:
        connection.close()


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "none"
    middle, most = quantile(seconds, 0.5), quantile(seconds, 0.95)
    return f"p50 {middle:.2f} s, p95 {most:.2f} s, max {max(seconds):.2f} s"


if __name__ == "__main__":
    sys.exit(main())
