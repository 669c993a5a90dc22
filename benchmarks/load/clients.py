"""Clients that ask one question after another, and what they get."""

from __future__ import annotations

import json
import math
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from benchmarks.served import BenchmarkError
from benchmarks.visits import quantile
from ui.settings import Limits

TIMEOUT_SECONDS = Limits().wait_seconds + 10
"""Of a client: the longest wait for its turn, and time to be answered."""
HEALTH_EVERY = 0.1
"""Seconds between two requests for ``/healthz``."""
NO_RESPONSE = 0
ANSWERED, REFUSED = (200,), (429, 503)

Known = Mapping[str, Any]
"""Questions with the answer of each, without what differs from one time to the next."""


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
    wrong: int = 0
    """Answers that differ from those without load."""
    lock: Lock = field(default_factory=Lock)

    def note(self, status: int, took: float, *, is_right: bool = True) -> None:
        """Count a response."""
        with self.lock:
            self.statuses[status] += 1
            if status in ANSWERED:
                self.answered.append(took)
                self.wrong += not is_right
            elif status in REFUSED:
                self.refused.append(took)

    @property
    def lost(self) -> int:
        """Questions that were neither answered nor refused in time."""
        return self.statuses.total() - len(self.answered) - len(self.refused)

    def is_well(self, health_limit: float) -> bool:
        """Whether nothing was wrong or lost, and ``/healthz`` kept its limit in seconds."""
        return not self.wrong and not self.lost and max(self.health, default=0.0) <= health_limit

    def report(self, seconds: float) -> str:
        """Return the figures of so many seconds, one per line."""
        counts = f"refused {len(self.refused)}, neither {self.lost}, wrong {self.wrong}"
        return (
            f"  answers   {len(self.answered) / seconds:.1f} a second: {len(self.answered)}; "
            f"{counts}\n"
            f"  answer    {_spread(self.answered)}\n"
            f"  refusal   {_spread(self.refused)}\n"
            f"  healthz   {_spread(self.health)}"
        )

    def figures(self, seconds: float) -> dict[str, float]:
        """Return the figures of so many seconds as data."""
        times = {"p50_s": 0.5, "p95_s": 0.95}
        return {
            "answers_a_second": len(self.answered) / seconds,
            "refused": len(self.refused),
            "errors": self.lost,
            "wrong": self.wrong,
            "healthz_s": max(self.health, default=math.inf),
            **{name: quantile(self.answered, q) for name, q in times.items() if self.answered},
        }


def known_answers(address: str, asked: Sequence[str]) -> Known:
    """Ask questions one at a time.

    Raises:
        BenchmarkError: if one is not answered.

    """
    known = {}
    for number, question in enumerate(asked):
        status, _, _, body = _ask(address, question)
        if status not in ANSWERED:
            raise BenchmarkError(f"question {number}: status {status} without any load")
        known[question] = _lasting(body)
    return known


def let_ask(address: str, known: Known, clients: int, seconds: float) -> Seen:
    """Let clients ask for a while, each beginning with another question."""
    seen, end, asked = Seen(), time.monotonic() + seconds, list(known)

    def ask(number: int) -> None:
        while time.monotonic() < end:
            number += 1
            question = asked[number % len(asked)]
            status, took, again, body = _ask(address, question)
            is_right = status not in ANSWERED or _lasting(body) == known[question]
            seen.note(status, took, is_right=is_right)
            time.sleep(again)

    def watch() -> None:
        while time.monotonic() < end:
            status, took, _, _ = _request(address, "GET", "/healthz", "")
            seen.health.append(took if status in ANSWERED else float("inf"))
            time.sleep(HEALTH_EVERY)

    threads = [Thread(target=ask, args=(number,)) for number in range(clients)]
    threads.append(Thread(target=watch))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _ask(address: str, question: str) -> tuple[int, float, float, bytes]:
    return _request(address, "POST", "/api/ask", json.dumps({"question": question}))


def _request(address: str, method: str, path: str, body: str) -> tuple[int, float, float, bytes]:
    """Return the status, the seconds it took, after how many to ask again, and the body."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT_SECONDS)
    began = time.perf_counter()
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        got = response.read()
        again = float(response.getheader("Retry-After") or 0)
        return response.status, time.perf_counter() - began, again, got
    except (OSError, HTTPException):
        return NO_RESPONSE, time.perf_counter() - began, 1.0, b""
    finally:
        connection.close()


def _lasting(body: bytes) -> object:
    """Return an answer without its times."""
    answer = json.loads(body)
    answer.pop("timing_ms", None)
    return answer


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "none"
    middle, most = quantile(seconds, 0.5), quantile(seconds, 0.95)
    return f"p50 {middle:.3f} s, p95 {most:.3f} s, max {max(seconds):.3f} s"
