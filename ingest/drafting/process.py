"""A child process with limits on what it may use: for what could crash, hang or fill the memory."""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext

MAX_MEMORY = 2**31
"""Bytes of address space; real papers take up to 0.4 GB, a page in two columns 1.7 MB."""
MAX_OPEN = 64


class LostError(Exception):
    """A child that sent no reply: how it ended, in words that follow a file's name."""


class Confined:
    """A process that answers requests; ``end`` it when there are no more.

    One thread at a time may ask it; any may end it.

    Args:
        serve: what it runs, with its end of the pipe; calls ``limit`` and ``allow``.
        seconds: of computing for one request, for messages.

    """

    def __init__(self, serve: Callable[[Connection], None], seconds: int) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = _context().Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._seconds, self.is_late = seconds, False
        self._ending = threading.Lock()

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def ask(self, *parts: bytes, wall: float, most: int) -> bytes:
        """Return the reply to a request.

        Args:
            parts: of the request, sent one by one.
            wall: seconds until it is killed.
            most: bytes of the reply.

        Raises:
            LostError: if there is none.

        """
        # Killed in time, it neither keeps the sender waiting nor sends half a reply for ever.
        clock = threading.Timer(wall, self._too_late)
        clock.start()
        try:
            for part in parts:
                self._pipe.send_bytes(part)
            return self._pipe.recv_bytes(most)
        except (EOFError, OSError) as error:
            self._process.join(1)
            late = f"took longer than {wall:g} s"
            raise LostError(late if self.is_late else self._how_it_ended()) from error
        finally:
            clock.cancel()

    def end(self) -> None:
        """Leave no process behind, nor one that it started."""
        with self._ending:
            self._pipe.close()
            with contextlib.suppress(ValueError):  # it was ended before
                self._kill()
                self._process.join()
                self._process.close()

    def stop(self) -> None:
        """Kill it, whatever it does, so that the thread that waits for it goes on."""
        with contextlib.suppress(ValueError):
            self._kill()

    def _too_late(self) -> None:
        self.is_late = True
        self.stop()

    def _kill(self) -> None:
        if self._process.is_alive() and self._process.pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()

    def _how_it_ended(self) -> str:
        """Return in words how a child ended that sent no reply, or too long a one."""
        if self._process.exitcode in (-signal.SIGXCPU, -signal.SIGKILL):
            return f"took more than {self._seconds} s of computing"
        if self._process.exitcode:
            return "ended the process that read it (out of memory, or made to harm)"
        return "sent back more text than a document has"


def _context() -> ForkServerContext | SpawnContext:
    """Return how children are started: from a process that has the parsers loaded, if it can be."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    parsers = [f"ingest.parsers.{name}" for name in ("docx", "html", "jats", "pdf")]
    context.set_forkserver_preload(["ingest.drafting.child", *parsers])
    return context


def limit(seconds: int) -> None:
    """Take away from this process what a parser does not need, and computing beyond so long."""
    if hasattr(os, "setsid"):
        os.setsid()
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, MAX_OPEN),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
            resource.setrlimit(kind, (most, most))


def allow(seconds: int) -> None:
    """Give the next request its seconds: the limit counts what the process used from its start."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime) + seconds
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (min(until, most), most))
