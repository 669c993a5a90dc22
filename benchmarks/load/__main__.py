"""How many questions a second are answered, how long each takes, and whether each is right.

    python -m benchmarks.load [--clients N,N] [--seconds N] [--workers N]
                              [--corpus DIR] [--index DIR] [--json FILE]

Serves the real index in a separate process and asks questions of the corpus's bank: first one at a
time, to know each answer, then by that many clients at once, over new connections. An answer that
differs from the one without load is wrong. Refused, a client asks again after the seconds it was
told. Meanwhile ``/healthz`` is asked ten times a second. Exits with 1 if an answer was wrong, a
client got neither answer nor refusal within its time-out, or ``/healthz`` took longer than its
limit.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from benchmarks import figures
from benchmarks.load.clients import Known, Seen, known_answers, let_ask
from benchmarks.load.footprint import Footprint
from benchmarks.served import BenchmarkError, Served, questions, served_process
from ingest.drafting.processor import cores
from ui.settings import Places

QUESTIONS = 60
"""Different ones; a client begins with another than the client before it."""
HEALTH_LIMIT = 1.0
"""Seconds that ``/healthz`` may take."""


def main() -> int:
    """Measure and print."""
    arguments = _arguments()
    places = Places.of(arguments.corpus, arguments.index)
    counts = [int(one) for one in arguments.clients.split(",")]
    print(f"{arguments.seconds:g} s each on {cores()} cores, ", end="")
    print(f"load before: {os.getloadavg()[0]:.1f}", flush=True)
    options = ["--workers", str(arguments.workers)] if arguments.workers is not None else []
    began = time.perf_counter()
    try:
        with served_process(places, options) as server:
            print(f"ready after {time.perf_counter() - began:.1f} s", flush=True)
            known = known_answers(server.address, questions(places.corpus, QUESTIONS))
            found: dict[str, float] = {}
            seen = [_measured(server, known, n, arguments.seconds, found) for n in counts]
    except BenchmarkError as error:
        print("benchmarks.load:", error, file=sys.stderr)
        return 1
    figures.write(arguments.json, found)
    is_well = all(one.is_well(HEALTH_LIMIT) for one in seen)
    return 0 if is_well else 1


def _measured(
    server: Served, known: Known, clients: int, seconds: float, found: dict[str, float]
) -> Seen:
    """Let clients ask, print what they got, and add it to the figures."""
    before, began = Footprint.of(server.pid), time.perf_counter()
    seen = let_ask(server.address, known, clients, seconds)
    took = time.perf_counter() - began
    after = Footprint.of(server.pid)
    spent = after.cpu_seconds - before.cpu_seconds
    print(f"{clients} client{'s' if clients > 1 else ''}")
    print(seen.report(took))
    each = 1000 * spent / max(len(seen.answered), 1)
    print(f"  server    {spent / took:.2f} cores busy, {each:.0f} ms of one for each answer")
    print(f"  memory    {after.resident / 1e6:.0f} MB in {after.processes} processes", flush=True)
    memory = {"memory_mb": after.resident / 1e6}
    found |= {f"{clients}.{name}": one for name, one in {**seen.figures(took), **memory}.items()}
    return seen


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what many clients at once do.")
    parser.add_argument("--clients", default="1,10,50", metavar="N,N", help="(default: 1,10,50)")
    parser.add_argument("--seconds", type=float, default=60, metavar="N")
    parser.add_argument("--workers", type=int, metavar="N", help="as `quotewell serve` takes it")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--index", type=Path, metavar="DIR")
    figures.add_option(parser)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
