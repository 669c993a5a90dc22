"""A child process with limits on what it may use: for what could crash, hang or fill the memory."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess

MAX_MEMORY = 2**30
"""Bytes of address space; real papers take up to 0.4 GB."""
MAX_OPEN = 64


def start(serve: Callable[..., None], *about: str) -> tuple[BaseProcess, Connection]:
    """Return a new child that runs ``serve`` with a pipe and what it is told, and our end of it."""
    ours, theirs = multiprocessing.Pipe()
    child = _context().Process(target=serve, args=(theirs, *about), daemon=True)
    child.start()
    theirs.close()
    return child, ours


def _context() -> ForkServerContext | SpawnContext:
    """Return how children are started: from a process that has the parsers loaded, if it can be."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    parsers = [f"ingest.parsers.{name}" for name in ("docx", "html", "jats", "pdf")]
    context.set_forkserver_preload(["ingest.drafting.child", *parsers])
    return context


def end(child: BaseProcess) -> None:
    """Leave no process behind, nor one that it started."""
    if child.is_alive() and child.pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.kill()
    child.join()
    child.close()


def limit() -> None:
    """Take away from this process what a parser does not need."""
    if hasattr(os, "setsid"):
        os.setsid()
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, MAX_OPEN),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
            resource.setrlimit(kind, (most, most))


def allow(seconds: int) -> None:
    """Let this process compute for so long from now; then it is ended."""
    if sys.platform == "win32":
        return
    import resource

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds + 1, most))
