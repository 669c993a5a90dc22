"""What a server counts, in the text format of Prometheus: the only module with its client library.

Labels have a fixed set of values each: no question, no address and no path gets into one. All
questions and requests pass through one process (``ui.api.crew``), so nothing has to be added up.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    start_http_server,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
)

from ui.errors import CommandError, Refusal
from ui.queue import Outcome
from ui.settings import program_version

SECONDS = (0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 20)
"""Upper ends of the ranges in which times are counted: fine around the time of one question, up to
the longest that one waits."""
STAGES = ("search", "select", "total")


@dataclass(frozen=True, slots=True)
class State:
    """How a server is at the moment of asking."""

    version: str
    """Of the library."""
    build: str
    """Of its index: a digest; empty if not known."""
    documents: int
    passages: int
    since: float
    """When it was loaded, in seconds since 1970."""
    swaps: Mapping[str, int]
    """How often it was replaced, by outcome: "done" or "failed"."""
    inside: int
    """Questions that wait or are being answered."""
    connections: int
    is_ready: bool
    restarts: int
    """Of workers that ended unasked."""
    pids: Sequence[int]
    """Of the server and its workers."""


class Metrics:
    """Counts what a server does. Threads can share it."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "quotewell_http_requests",
            "Requests by route.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._questions = Counter(
            "quotewell_questions",
            "Questions, from the page and from programs, by what became of them.",
            ["outcome"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "quotewell_question_seconds",
            "Seconds of a question by stage; the total does not hold the wait for its turn.",
            ["stage"],
            buckets=SECONDS,
            registry=self._registry,
        )
        for outcome in ("answered", "declined", "failed", "busy", "too_often", "stopping"):
            self._questions.labels(outcome)  # told as 0 from the start
        for stage in ("waiting", *STAGES):
            self._seconds.labels(stage)

    def requested(self, method: str, route: str, status: int) -> None:
        """Count a request; each of the three is one of a fixed set."""
        self._requests.labels(method, route, str(status)).inc()

    def waited(self, seconds: float) -> None:
        """Count a question whose turn has come."""
        self._seconds.labels("waiting").observe(seconds)

    def refused(self, why: Refusal) -> None:
        """Count a question that was not taken."""
        self._questions.labels(why).inc()

    def ended(self, outcome: Outcome, timing_ms: Mapping[str, float]) -> None:
        """Count a question that was taken, with the milliseconds of each stage."""
        self._questions.labels(outcome).inc()
        for stage in STAGES:
            if stage in timing_ms:
                self._seconds.labels(stage).observe(timing_ms[stage] / 1000)

    def watch(self, state: Callable[[], State]) -> None:
        """Tell how the server is, too, whenever the metrics are asked for."""
        self._registry.register(_Live(state))

    def serve(self, host: str, port: int) -> Callable[[], None]:
        """Answer ``/metrics`` at an address of its own; return what ends that.

        Raises:
            CommandError: if the address is not available.

        """
        try:
            server, thread = start_http_server(port, host, registry=self._registry)
        except OSError as error:
            raise CommandError(
                f"metrics cannot be served at {host}:{port} ({error.strerror}): "
                "choose another address with --metrics"
            ) from error

        def end() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return end


class _Live:
    """A collector of what is not counted but looked at."""

    def __init__(self, state: Callable[[], State]) -> None:
        self._state, self._lock = state, threading.Lock()

    def describe(self) -> Iterable[Metric]:
        return ()  # so that nothing is looked at before somebody asks

    def collect(self) -> Iterator[Metric]:
        with self._lock:
            now = self._state()
        yield InfoMetricFamily(
            "quotewell_library",
            "The library in use.",
            {"version": now.version, "build": now.build},
        )
        yield InfoMetricFamily("quotewell", "The program.", {"version": program_version()})
        swaps = CounterMetricFamily(
            "quotewell_library_swaps", "Changed libraries by outcome.", labels=["outcome"]
        )
        for outcome, count in now.swaps.items():
            swaps.add_metric([outcome], count)
        yield swaps
        yield CounterMetricFamily(
            "quotewell_worker_restarts", "Workers that ended unasked.", value=now.restarts
        )
        for name, meaning, value in (
            ("library_documents", "Documents in the library.", now.documents),
            ("library_passages", "Passages in the library.", now.passages),
            ("library_loaded_timestamp_seconds", "When the library was loaded.", now.since),
            ("questions_inside", "Questions that wait or are being answered.", now.inside),
            ("connections", "Open connections.", now.connections),
            ("ready", "1 if questions are taken.", now.is_ready),
            ("processes", "Processes of the server.", len(now.pids)),
            ("resident_bytes", "Memory of all processes.", sum(map(resident, now.pids))),
        ):
            yield GaugeMetricFamily(f"quotewell_{name}", meaning, value=float(value))


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
