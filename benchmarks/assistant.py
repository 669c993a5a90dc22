"""Measure what an assistant waits for: until the server is ready, for its first call, for others.

    python -m benchmarks.assistant [--corpus DIR] [--index DIR]

Starts `quotewell mcp` over the real index and asks questions of the corpus's bank, all different.
Everything is loaded before the server says that it is ready, so the first call takes no longer
than the others do; all in one run, as the load of the machine changes.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio
from mcp import ClientSession, StdioServerParameters, stdio_client

from benchmarks.served import questions
from ui.settings import Places

CALLS = 12


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds that an assistant waited."""

    ready: float
    """From the start of the server to its answer to `initialize`."""
    calls: tuple[float, ...]
    """For each call, the first one first."""


def main() -> int:
    """Measure, and print one figure per line."""
    parser = argparse.ArgumentParser(description="Measure how long an assistant waits.")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--index", type=Path, metavar="DIR")
    arguments = parser.parse_args()
    places = Places.of(arguments.corpus, arguments.index)
    waits = anyio.run(measured, places, questions(places.corpus, CALLS))
    first, *later = waits.calls
    print(f"ready after    {waits.ready:6.2f} s")
    print(f"first call     {first:6.2f} s")
    print(f"later calls    {statistics.median(later):6.2f} s, at most {max(later):.2f} s")
    return 0


async def measured(places: Places, asked: Sequence[str]) -> Waits:
    """Start the server, ask it one question after another, and return what was waited for."""
    folders = ["--corpus", str(places.corpus), "--index", str(places.index)]
    command = StdioServerParameters(command=sys.executable, args=["-m", "ui", "mcp", *folders])
    began = time.perf_counter()
    async with stdio_client(command) as streams, ClientSession(*streams) as client:
        await client.initialize()
        ready = time.perf_counter() - began
        calls = []
        for question in asked:
            began = time.perf_counter()
            await client.call_tool("ask", {"question": question})
            calls.append(time.perf_counter() - began)
    return Waits(ready, tuple(calls))


if __name__ == "__main__":
    sys.exit(main())
