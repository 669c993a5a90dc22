"""Whose question is answered when: a few at a time, in order, and nobody waits too long.

Every question that the server answers passes through one ``QuestionQueue``, the page's and those
of programs. What would wait too long is refused at once, so that those who wait get their answer.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Literal, Protocol, TypeVar, cast

from ui.errors import RETRY_SECONDS, BusyError, Refusal, StoppingError, TooOftenError
from ui.settings import Limits

BUSY = "Too many questions are being answered just now. Please ask again in a few seconds."
TOO_OFTEN = "Too many questions have come from your address. Please ask again in a moment."
MOST_CLIENTS = 10_000
"""Clients whose questions are counted; the one that was silent the longest is forgotten."""


T = TypeVar("T")
Outcome = Literal["answered", "declined", "failed"]
"""Declined: nothing that answers the question was found, or searched for."""


class Tally(Protocol):
    """Counts what becomes of questions; is never told a word of one."""

    def waited(self, seconds: float) -> None:
        """Count a question whose turn has come."""

    def refused(self, why: Refusal) -> None:
        """Count a question that was not taken."""

    def ended(self, outcome: Outcome, timing_ms: Mapping[str, float]) -> None:
        """Count a question that was taken, with the milliseconds that each stage of it took."""


class NoTally:
    """Counts nothing."""

    def waited(self, seconds: float) -> None: ...  # noqa: D102
    def refused(self, why: Refusal) -> None: ...  # noqa: D102
    def ended(self, outcome: Outcome, timing_ms: Mapping[str, float]) -> None: ...  # noqa: D102


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
        tally: counts what becomes of the questions.

    """

    def __init__(
        self,
        limits: Limits,
        workers: int,
        clock: Callable[[], float] = time.monotonic,
        words: tuple[str, str] = (BUSY, TOO_OFTEN),
        tally: Tally | None = None,
    ) -> None:
        self.places = workers + limits.waiting
        """Questions inside, waiting or being answered."""
        self.limits, self.tally, self._clock = limits, tally or NoTally(), clock
        self._busy, self._too_often = words
        self._lock = threading.Lock()
        self._free, self._line = workers, deque[threading.Event]()
        self._is_closed = self._is_over = False
        self._inside = 0
        self._doing: dict[Hashable, Future[object]] = {}
        self._allowances: OrderedDict[str, _Allowance] = OrderedDict()

    @property
    def inside(self) -> int:
        """How many questions wait or are being answered."""
        return self._inside

    @property
    def is_closed(self) -> bool:
        """Whether no more questions are taken, because the server is being stopped."""
        return self._is_closed

    def close(self) -> None:
        """Take no more questions; those inside are answered."""
        self._is_closed = True

    def send_away(self) -> None:
        """Refuse those that wait, too; those that are being answered are."""
        self._is_closed = self._is_over = True
        with self._lock:
            for waiting in self._line:
                waiting.set()

    @contextmanager
    def place(self, client: str = "") -> Iterator[None]:
        """Hold a place for a question, without waiting.

        Args:
            client: the address that it came from; empty if it is not known.

        Raises:
            TooOftenError: if the client has asked too many in the last minute.
            StoppingError: if the server is being stopped.
            BusyError: if too many others wait.

        """
        with self._refusals(), self._lock:
            if self._is_closed:
                raise StoppingError
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
        """Wait until those before the question in hand are at work, then hold one of the workers.

        Raises:
            BusyError: if that takes longer than the limit.
            StoppingError: if the server is being stopped meanwhile.

        """
        began = self._clock()
        with self._refusals():
            self._wait()
        try:
            self.tally.waited(self._clock() - began)
            yield
        finally:
            self._hand_over()

    def once(self, what: Hashable, work: Callable[[], T]) -> T:
        """Do some work, or wait for whoever does the same just now, and return what came of it.

        A class that is given a question asks it at the same moment. Nothing is kept afterwards.

        Args:
            what: is done; the same for the same work alone.
            work: does it.

        """
        with self._lock:
            theirs, mine = self._doing.get(what), Future[object]()
            if theirs is None:
                self._doing[what] = mine
        if theirs is not None:
            return cast("T", theirs.result())
        try:
            done = work()
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            mine.set_result(done)
            return done
        finally:
            with self._lock:
                del self._doing[what]

    def _wait(self) -> None:
        mine = threading.Event()
        with self._lock:
            if self._free and not self._is_over:
                self._free -= 1
                return
            if not self._is_over:
                self._line.append(mine)
        has_come = self._is_over or mine.wait(self.limits.wait_seconds)
        with self._lock:
            if self._is_over:
                raise StoppingError
            if not has_come and mine in self._line:
                self._line.remove(mine)
                raise BusyError(self._busy, RETRY_SECONDS)

    def _hand_over(self) -> None:
        with self._lock:
            if self._line:
                self._line.popleft().set()
            else:
                self._free += 1

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except BusyError as busy:
            self.tally.refused(busy.why)
            raise

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
