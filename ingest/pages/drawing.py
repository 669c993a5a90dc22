"""Pictures of pages, drawn by one child process with limits on what it may use.

PDFium is not thread-safe, and a file can be made to crash it, to keep it busy or to fill the
memory: then the child is replaced, and one line says so. It opens no file: it is sent the bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock

from ingest.boxes import Mark
from ingest.drafting.child import MAX_FILE
from ingest.drafting.process import allow, end, limit, start
from ingest.errors import UnreadableFileError

MAX_CPU, MAX_WALL = 20, 40
"""Seconds for one page; a page of a journal takes 0.3 in all."""
MAX_PICTURE = 16 * 2**20
"""Bytes that the child may send back; pages of journals have up to 0.6 million."""
WEBP = b"RIFF"
DONE, REFUSED, WANTED = b"d", b"r", b"w"
"""How a reply begins: a picture, the reason why there is none, that the file is not there."""


class Draughtsman:
    """Draws one page after the other in a child process. Threads can share it: they take turns."""

    def __init__(self, wall: float = MAX_WALL) -> None:
        self._wall, self._turn = wall, Lock()
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None

    def draw(
        self, data: bytes, digest: str, number: int, width: int, marks: Sequence[Mark] = ()
    ) -> bytes:
        """Return a page as WebP.

        Args:
            data: the bytes of the PDF.
            digest: of the bytes: a file that was drawn before is not sent again.
            number: of the page, from 1.
            width: in pixels.
            marks: what is marked in it.

        Raises:
            UnreadableFileError: if there is no such page, or it cannot be drawn.

        """
        if len(data) > MAX_FILE:
            raise UnreadableFileError(
                "is too large for its pages to be drawn; open the file itself"
            )
        asked = json.dumps([digest, number, width, [asdict(mark) for mark in marks]]).encode()
        with self._turn:
            kind, body = self._reply(asked, data)
        if kind == DONE and body.startswith(WEBP):
            return body
        raise UnreadableFileError(body.decode("utf-8", "replace") if kind == REFUSED else _LOST)

    def close(self) -> None:
        """End the child; the next page would get a new one."""
        with self._turn:
            self._drop()

    def _reply(self, asked: bytes, data: bytes) -> tuple[bytes, bytes]:
        pipe = self._living()
        try:
            pipe.send_bytes(asked)
            reply = self._received(pipe)
            if reply == WANTED:
                pipe.send_bytes(data)
                reply = self._received(pipe)
        except (EOFError, OSError) as error:
            self._drop()
            raise UnreadableFileError(_LOST) from error
        return reply[:1], reply[1:]

    def _received(self, pipe: Connection) -> bytes:
        if not pipe.poll(self._wall):
            self._drop()
            raise UnreadableFileError(f"took longer than {self._wall:g} s; open the file itself")
        return pipe.recv_bytes(MAX_PICTURE)

    def _living(self) -> Connection:
        """Return the pipe to the child, started anew if there is none or it has ended."""
        if self._child is not None and not self._child.is_alive():
            self._drop()
        if self._child is None or self._pipe is None:
            self._child, self._pipe = start(_serve)
        return self._pipe

    def _drop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            end(self._child)
        self._child = self._pipe = None


_LOST = (
    "ended the process that drew its page (out of memory, or made to harm); open the file itself"
)


def _serve(pipe: Connection) -> None:
    """Draw pages until the pipe is closed; the work of the child."""
    limit()
    from ingest.parsers.pdf.pdfium.picture import open_pdf, picture  # loads PDFium

    held, document = "", None
    while True:
        try:
            digest, number, width, marks = json.loads(pipe.recv_bytes())
            allow(MAX_CPU)
            if digest != held or document is None:
                if document is not None:
                    document.close()
                held, document = "", None
                pipe.send_bytes(WANTED)
                document = open_pdf(pipe.recv_bytes(MAX_FILE))
                held = digest
            reply = DONE + picture(document, number, width, [Mark(**mark) for mark in marks])
        except UnreadableFileError as error:
            reply = REFUSED + str(error).encode()
        except MemoryError:
            reply = REFUSED + b"needs too much memory to be drawn; open the file itself"
        except (EOFError, OSError):
            return
        except Exception as error:  # noqa: BLE001  a bug of ours must not look like a crash
            reply = REFUSED + f"cannot be drawn ({error!r}); report it".encode("utf-8", "replace")
        pipe.send_bytes(reply)
