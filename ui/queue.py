"""Whose question is answered when: a few at a time, in order, and nobody waits too long.

Every question that the server answers passes through one ``QuestionQueue``, the page's and those
of programs. What would wait too long is refused at once, so that those who wait get their answer.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from ui.settings import Limits

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from answer.quotes import Answer
    from corpus.sources import Source
    from ingest.document import Document

BUSY = "Too many questions are being answered just now. Please ask again in a few seconds."
TOO_OFTEN = "Too many questions have come from your address. Please ask again in a moment."
RETRY_SECONDS = 5
"""When to ask again if too many others wait: by then some of them have their answers."""
MOST_CLIENTS = 10_000
"""Clients whose questions are counted; the one that was silent the longest is forgotten."""


class BusyError(Exception):
    """A question that is refused because of others; the message says when to ask again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
        """After how many to ask again."""


class TooOftenError(BusyError):
    """A question that is refused because its client has asked too many."""


@dataclass(slots=True)
class _Allowance:
    questions: float
    since: float


class QuestionQueue:
    """Lets a few questions be answered at once and a bounded number wait. Threads can share it.

    Args:
        limits: how many wait, for how long, and how many one client may ask.
        workers: questions answered at the same time.
        clock: gives seconds.
        words: what is said if too many wait, and to a client who asks too often.

    """

    def __init__(
        self,
        limits: Limits,
        workers: int,
        clock: Callable[[], float] = time.monotonic,
        words: tuple[str, str] = (BUSY, TOO_OFTEN),
    ) -> None:
        self.places = workers + limits.waiting
        """Questions inside, waiting or being answered."""
        self.limits, self._clock = limits, clock
        self._busy, self._too_often = words
        self._workers = threading.BoundedSemaphore(workers)
        self._lock = threading.Lock()
        self._inside = 0
        self._allowances: OrderedDict[str, _Allowance] = OrderedDict()

    @contextmanager
    def place(self, client: str = "") -> Iterator[None]:
        """Hold a place for a question, without waiting.

        Args:
            client: the address that it came from; empty if it is not known.

        Raises:
            TooOftenError: if the client has asked too many in the last minute.
            BusyError: if too many others wait.

        """
        with self._lock:
            if self._inside >= self.places:
                raise BusyError(self._busy, RETRY_SECONDS)
            self._count(client)
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until the question in hand may be answered, then hold one of the workers.

        Raises:
            BusyError: if that takes longer than the limit.

        """
        if not self._workers.acquire(timeout=self.limits.wait_seconds):
            raise BusyError(self._busy, RETRY_SECONDS)
        try:
            yield
        finally:
            self._workers.release()

    def _count(self, client: str) -> None:
        """Take one question from what the client may ask, which grows back within a minute."""
        if not (name := _counted_as(client)):
            return
        now, most = self._clock(), float(self.limits.per_minute)
        had = self._allowances.pop(name, _Allowance(most, now))
        left = min(most, had.questions + (now - had.since) * most / 60)
        self._allowances[name] = _Allowance(left - (left >= 1), now)
        if len(self._allowances) > MOST_CLIENTS:
            self._allowances.popitem(last=False)
        if left < 1:
            raise TooOftenError(self._too_often, math.ceil((1 - left) * 60 / most))


class Queued:
    """An answerer as one client may use it: in turn, and not too often."""

    def __init__(self, answerer: Answerer, queue: QuestionQueue, client: str) -> None:
        self._answerer, self._queue, self._client = answerer, queue, client

    @property
    def sources(self) -> Mapping[str, Source]:
        """What is answered from, by doc_id."""
        return self._answerer.sources

    @property
    def documents(self) -> Mapping[str, Document]:
        """Their texts, likewise."""
        return self._answerer.documents

    def answer(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a question as the answerer does, after those that were asked before.

        Raises:
            QuestionError: if it cannot be asked.
            BusyError: if it would wait too long, or its client asks too often.

        """
        with self._queue.place(self._client), self._queue.turn():
            return self._answerer.answer(question, history, documents)


def _counted_as(client: str) -> str:
    """Return what a client is counted as; empty if it is this machine, or nobody knows.

    One household has 2^64 addresses of IPv6, so they count as one.
    """
    try:
        address = ip_address(client.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback:
        return ""
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
