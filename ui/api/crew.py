"""The worker processes of a server: each answers a question at a time, and is replaced if it ends.

A question is handed to whichever is free. If its worker ends over it, or takes too long, its client
is told at once, and the worker is killed.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from ui.api.desk import Reply
from ui.api.problems import RefusedError
from ui.api.request import AskRequest
from ui.api.worker import READY, read_reply, work
from ui.errors import RETRY_SECONDS
from ui.settings import Places

LOST = "What was answering this question has ended unexpectedly. Please ask it again."
ANSWER_SECONDS = 30.0
"""That a question may take; two busy cores take a second."""
LOAD_SECONDS = 600.0
"""That a worker may take to load the library."""
PAUSE_SECONDS = 2.0
"""Before a worker that has ended is replaced: one that cannot start must not keep a core busy."""
END_SECONDS = 2.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection


class Crew:
    """Answers questions in worker processes. Threads can share it.

    Args:
        places: the library that they answer from.
        count: how many there are.

    """

    def __init__(self, places: Places, count: int) -> None:
        self.restarts = 0
        """How often one ended unasked."""
        self._places, self._ended = places, threading.Event()
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._lock, self._all = threading.Lock(), dict[int, _Worker]()
        self._ready = set[int]()
        for _ in range(count):
            threading.Thread(target=self._keep, name="crew", daemon=True).start()

    @property
    def pids(self) -> list[int]:
        """The processes."""
        with self._lock:
            return list(self._all)

    @property
    def is_ready(self) -> bool:
        """Whether a worker has loaded the library."""
        return bool(self._ready)

    def answer(self, request: AskRequest) -> Reply:
        """Have a worker answer a request; wait until one is free.

        Raises:
            RefusedError: if it cannot be asked, or its worker has ended.

        """
        worker = self._a_free_one()
        try:
            worker.connection.send_bytes(request.model_dump_json().encode())
            if not worker.connection.poll(ANSWER_SECONDS):
                raise TimeoutError
            frame = worker.connection.recv_bytes()
        except (EOFError, OSError):
            worker.process.kill()  # its keeper replaces it
            raise _lost() from None
        self._free.put(worker)
        return read_reply(frame)

    def end(self) -> None:
        """End all workers; what they are at work on is lost."""
        self._ended.set()
        with self._lock:
            workers = list(self._all.values())
        for worker in workers:
            worker.connection.close()  # which ends one that is idle
        for worker in workers:
            worker.process.join(END_SECONDS)
            worker.process.kill()

    def _a_free_one(self) -> _Worker:
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            try:
                worker = self._free.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise _lost() from None
            if worker.process.is_alive():
                return worker

    def _keep(self) -> None:
        """Have a worker, and another one after it, until the crew ends."""
        while not self._ended.is_set():
            worker = self._begin()
            pid = worker.process.pid or 0
            if _is_ready(worker):
                self._ready.add(pid)
                self._free.put(worker)
            else:
                worker.process.kill()
            worker.process.join()
            self._ready.discard(pid)
            with self._lock:
                del self._all[pid]
            if not self._ended.is_set():
                self.restarts += 1
                logger.error("a worker has ended with code %s", worker.process.exitcode)
                self._ended.wait(PAUSE_SECONDS)

    def _begin(self) -> _Worker:
        ours, theirs = get_context("spawn").Pipe()
        process = get_context("spawn").Process(
            target=work, args=(theirs, self._places), name="worker", daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        with self._lock:
            self._all[process.pid or 0] = worker
        return worker


def _is_ready(worker: _Worker) -> bool:
    try:
        return worker.connection.poll(LOAD_SECONDS) and worker.connection.recv_bytes() == READY
    except (EOFError, OSError):
        return False


def _lost() -> RefusedError:
    return RefusedError(503, "busy", LOST, {"Retry-After": str(RETRY_SECONDS)})
