"""Read many files at once, each in one of a few child processes that are used again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

from ingest.drafting.child import Child

T = TypeVar("T")


class Pool:
    """Child processes, started when they are needed; all are gone when the ``with`` block ends.

    Args:
        size: children at most, and so files that are read at the same time.

    """

    def __init__(self, size: int) -> None:
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="reading")
        self._idle: list[Child] = []
        self._children: set[Child] = set()
        self._lock, self._is_closed = threading.Lock(), False

    def submit(self, work: Callable[[Child], T]) -> Future[T]:
        """Let a child work as soon as one is free; ``work`` runs in a thread of this process."""
        return self._threads.submit(self._lend, work)

    def _lend(self, work: Callable[[Child], T]) -> T:
        child = self._idle.pop() if self._idle else self._start()
        try:
            return work(child)
        finally:
            if child.can_read and not self._is_closed:
                self._idle.append(child)
            else:
                self._end(child)

    def _start(self) -> Child:
        with self._lock:  # so that none is started while all are stopped
            if self._is_closed:
                raise RuntimeError("the pool is closed")
            child = Child()
            self._children.add(child)
            return child

    def _end(self, child: Child) -> None:
        child.end()
        with self._lock:
            self._children.discard(child)

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all children, even those that are reading."""
        with self._lock:
            self._is_closed = True
            for child in self._children:
                child.stop()
        self._threads.shutdown(cancel_futures=True)
        for child in list(self._children):
            self._end(child)
