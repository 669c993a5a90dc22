"""Read an untrusted file in a process of its own, with limits on what it may use.

A file can be made to crash the library that reads it, to keep it busy for hours, or to fill the
memory: then the child ends, and one line says so. What it sends back is checked like any data from
outside; nothing of it is run.
"""

from __future__ import annotations

import signal
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from pydantic import TypeAdapter

from ingest.blocks import Draft
from ingest.drafting.process import allow, end, limit, start
from ingest.drafting.steps import draft_bytes
from ingest.errors import IngestError, UnknownFormatError, UnreadableFileError

MAX_FILE = 100 * 2**20
"""Bytes; the largest of 102 real papers has 4.1 million."""
MAX_CPU = 60
MAX_WALL = 180
"""Seconds; a page takes 0.1, and on a busy machine five times that."""
MAX_OUTPUT = 64 * 2**20
"""Bytes that the child may send back."""
DRAFT = TypeAdapter(Draft)
DONE, REFUSED, UNKNOWN = b"d", b"r", b"u"
"""How a reply begins: a draft, the reason why there is none, no parser for such a file."""


def read_in_child(suffix: str, data: bytes, name: str, wall: float = MAX_WALL) -> Draft:
    """Return the draft that ``draft_bytes`` makes of a file, made in another process.

    Args:
        suffix: of the file's name, in lower case, with its dot.
        data: the bytes of the file.
        name: for messages only.
        wall: seconds that it may take.

    Raises:
        UnknownFormatError: if no parser handles the suffix.
        UnreadableFileError: if the file cannot be read, is too large, or ends the child.

    """
    if len(data) > MAX_FILE:
        raise UnreadableFileError(
            f"{name}: has {len(data) / 2**20:,.0f} MB, more than {MAX_FILE // 2**20}; split it"
        )
    child, ours = start(_serve, suffix, name)
    try:
        ours.send_bytes(data)
        if not ours.poll(wall):
            raise UnreadableFileError(f"{name}: took longer than {wall:g} s; leave it out")
        reply = ours.recv_bytes(MAX_OUTPUT)
        boxes = ours.recv_bytes(MAX_OUTPUT) if reply[:1] == DONE else b""
        return _draft(reply, boxes, name)
    except (EOFError, OSError) as error:
        child.join(1)
        raise UnreadableFileError(f"{name}: {_end_of(child)}; save it again or leave it out") from (
            error
        )
    finally:
        ours.close()
        end(child)


def _draft(reply: bytes, edges: bytes, name: str) -> Draft:
    kind, body = reply[:1], reply[1:]
    if kind == DONE:
        try:
            draft = DRAFT.validate_json(body)
            return replace(draft, boxes=draft.boxes and replace(draft.boxes, edges=edges))
        except (ValueError, IngestError) as error:
            raise UnreadableFileError(
                f"{name}: the reading process sent no document; report it, and leave the file out"
            ) from error
    message = body.decode("utf-8", "replace")
    raise UnknownFormatError(message) if kind == UNKNOWN else UnreadableFileError(message)


def _end_of(child: BaseProcess) -> str:
    """Return in words how a child ended that sent no reply, or too long a one."""
    if child.exitcode in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"took more than {MAX_CPU} s of computing"
    if child.exitcode:
        return "ended the process that read it (out of memory, or made to harm)"
    return "sent back more text than a document has"


def _serve(pipe: Connection, suffix: str, name: str) -> None:
    """Read one file; the work of the child."""
    limit()
    allow(MAX_CPU)
    edges = b""
    try:
        draft = draft_bytes(suffix, pipe.recv_bytes(), name)
        edges = draft.boxes.edges if draft.boxes else b""
        bare = replace(draft, boxes=draft.boxes and replace(draft.boxes, edges=b""))
        reply = DONE + DRAFT.dump_json(bare)
    except UnknownFormatError as error:
        reply = UNKNOWN + str(error).encode()
    except IngestError as error:
        reply = REFUSED + str(error).encode()
    except MemoryError:
        reply = REFUSED + f"{name}: needs too much memory; leave it out".encode()
    except Exception as error:  # noqa: BLE001  a bug in a parser must not look like a crash
        reply = REFUSED + (
            f"{name}: the parser failed ({type(error).__name__}: {error}), which is a bug in "
            "Quotewell; report it, and leave the file out"
        ).encode("utf-8", "replace")
    pipe.send_bytes(reply)
    if reply[:1] == DONE:
        pipe.send_bytes(edges)
    pipe.close()
