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
from multiprocessing.connection import Connection

from ingest.drafting.process import Confined, LostError, allow, limit
from ingest.drafting.reading import Reading, pack, read_here, unpack
from ingest.errors import IngestError, UnknownFormatError, UnreadableFileError

MAX_FILE = 100 * 2**20
"""Bytes; the largest of 102 real papers has 4.1 million."""
MAX_CPU = 180
"""Seconds of computing for one file."""
MAX_WALL = 600
"""Seconds; a page takes 0.1, and on a busy machine five times that."""
MAX_OUTPUT = 64 * 2**20
"""Bytes that the child may send back."""
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
        self._confined, self._left = Confined(_serve, MAX_CPU), MAX_FILES

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
        self._confined.end()

    def stop(self) -> None:
        """Kill it, whatever it does, so that the thread that waits for it goes on."""
        self._confined.stop()

    def _reply(self, head: bytes, data: bytes, name: str, wall: float) -> bytes:
        try:
            return self._confined.ask(head, data, wall=wall, most=MAX_OUTPUT)
        except LostError as lost:
            advice = "leave it out" if self._confined.is_late else "save it again or leave it out"
            raise UnreadableFileError(f"{name}: {lost}; {advice}") from lost


def _serve(pipe: Connection) -> None:
    """Read one file after another until the pipe is closed; the work of the child."""
    limit(MAX_CPU * MAX_FILES)
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    with contextlib.suppress(EOFError, OSError):
        while True:
            doc_id, suffix, name = json.loads(pipe.recv_bytes())
            allow(MAX_CPU)
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
