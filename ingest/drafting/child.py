"""Read untrusted files in a process of its own, with limits on what each of them may use.

A file can be made to crash the library that reads it, to keep it busy for hours, or to fill the
memory: then the child ends, and one line says so. What it sends back is checked like any data from
outside; nothing of it is run. A child reads one file after another, so long as each gives a
document: whatever else a file does to its reader ends with it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import math
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext

from ingest.drafting.reading import Reading, pack, read_here, unpack
from ingest.errors import IngestError, UnknownFormatError, UnreadableFileError

MAX_FILE = 100 * 2**20
"""Bytes; the largest of 102 real papers has 4.1 million."""
MAX_MEMORY = 2**31
"""Bytes of address space; real papers take up to 0.4 GB, as do two hundred pages of type."""
MAX_CPU = 180
"""Seconds of computing for one file."""
MAX_WALL = 600
"""Seconds; a page takes 0.1, and on a busy machine five times that."""
MAX_OUTPUT = 64 * 2**20
"""Bytes that the child may send back."""
MAX_OPEN = 64
MAX_FILES = 100
"""Files that one child reads: what the libraries leave in its memory does not add up."""
COLLECT_AFTER = 500_000
"""Objects made before the child searches for garbage: an article has fewer, and searching took
a third of the time that reading it takes."""
DONE, REFUSED, UNKNOWN = b"d", b"r", b"u"
"""How a reply begins: a reading, the reason why there is none, no parser for such a file."""


def read_in_child(
    doc_id: str, suffix: str, data: bytes, name: str, wall: float = MAX_WALL
) -> Reading:
    """Return what ``read_here`` reads from a file, read in another process that ends with it.

    Args:
        doc_id: the document's id.
        suffix: of the file's name, in lower case, with its dot.
        data: the bytes of the file.
        name: for messages only.
        wall: seconds that it may take.

    Raises:
        UnknownFormatError: if no parser handles the suffix.
        UnreadableFileError: if the file cannot be read, is too large, or ends the child.

    """
    child = Child()
    try:
        return child.read(doc_id, suffix, data, name, wall)
    finally:
        child.end()


class Child:
    """A process that reads one file after another; ``end`` it when there are no more.

    One thread at a time may let it read; any may end it.
    """

    def __init__(self) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = _context().Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._left, self._is_late = MAX_FILES, False
        self._ending = threading.Lock()

    @property
    def can_read(self) -> bool:
        """Whether it may read another file."""
        return self._left > 0

    def read(
        self, doc_id: str, suffix: str, data: bytes, name: str, wall: float = MAX_WALL
    ) -> Reading:
        """Read a file; arguments and errors as of ``read_in_child``."""
        if len(data) > MAX_FILE:
            raise UnreadableFileError(
                f"{name}: has {len(data) / 2**20:,.0f} MB, more than {MAX_FILE // 2**20}; split it"
            )
        left, self._left = self._left, 0  # until it has given a document
        reply = self._reply(json.dumps([doc_id, suffix, name]).encode(), data, name, wall)
        if reply[:1] != DONE:
            message = reply[1:].decode("utf-8", "replace")
            raise (UnknownFormatError if reply[:1] == UNKNOWN else UnreadableFileError)(message)
        try:
            reading = unpack(reply[1:])
        except (ValueError, IngestError) as error:
            raise UnreadableFileError(
                f"{name}: the reading process sent no document; report it, and leave the file out"
            ) from error
        self._left = left - 1
        return reading

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

    def _reply(self, head: bytes, data: bytes, name: str, wall: float) -> bytes:
        # Killed in time, it neither keeps the sender waiting nor sends half a reply for ever.
        clock = threading.Timer(wall, self._too_late)
        clock.start()
        try:
            self._pipe.send_bytes(head)
            self._pipe.send_bytes(data)
            return self._pipe.recv_bytes(MAX_OUTPUT)
        except (EOFError, OSError) as error:
            self._process.join(1)
            what = (
                f"took longer than {wall:g} s; leave it out"
                if self._is_late
                else f"{self._how_it_ended()}; save it again or leave it out"
            )
            raise UnreadableFileError(f"{name}: {what}") from error
        finally:
            clock.cancel()

    def _too_late(self) -> None:
        self._is_late, self._left = True, 0
        self.stop()

    def _kill(self) -> None:
        if self._process.is_alive() and self._process.pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()

    def _how_it_ended(self) -> str:
        """Return in words how a child ended that sent no reply, or too long a one."""
        if self._process.exitcode in (-signal.SIGXCPU, -signal.SIGKILL):
            return f"took more than {MAX_CPU} s of computing"
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


def _serve(pipe: Connection) -> None:
    """Read one file after another until the pipe is closed; the work of the child."""
    _limit()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    with contextlib.suppress(EOFError, OSError):
        while True:
            doc_id, suffix, name = json.loads(pipe.recv_bytes())
            _allow_computing()
            pipe.send_bytes(_reply_to(doc_id, suffix, pipe.recv_bytes(), name))
            gc.collect()


def _reply_to(doc_id: str, suffix: str, data: bytes, name: str) -> bytes:
    try:
        return DONE + pack(read_here(doc_id, suffix, data, name))
    except UnknownFormatError as error:
        return UNKNOWN + str(error).encode()
    except IngestError as error:
        return REFUSED + str(error).encode()
    except MemoryError:
        return REFUSED + f"{name}: needs too much memory; leave it out".encode()
    except Exception as error:  # noqa: BLE001  a bug in a parser must not look like a crash
        return REFUSED + (
            f"{name}: the parser failed ({type(error).__name__}: {error}), which is a bug in "
            "Quotewell; report it, and leave the file out"
        ).encode("utf-8", "replace")


def _limit() -> None:
    """Take away what a parser does not need."""
    if hasattr(os, "setsid"):
        os.setsid()
    if sys.platform == "win32":
        return
    import resource

    for limit, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_CPU * MAX_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, MAX_OPEN),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
            resource.setrlimit(limit, (most, most))


def _allow_computing() -> None:
    """Give the next file its seconds: the limit counts what the process used since it began."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime) + MAX_CPU
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (min(seconds, most), most))
