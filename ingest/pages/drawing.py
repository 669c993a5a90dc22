"""Pictures of pages, drawn by one child process with limits on what it may use.

PDFium is not thread-safe, and a file can be made to crash it, to keep it busy or to fill the
memory: then the child is replaced, and one line says so. It opens no file: it is sent the bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from multiprocessing.connection import Connection
from threading import Lock

from ingest.boxes import Mark
from ingest.drafting.child import MAX_FILE
from ingest.drafting.process import Confined, LostError, allow, limit
from ingest.errors import UnreadableFileError

MAX_CPU, MAX_WALL = 20, 40
"""Seconds for one page; a page of a journal takes 0.3 in all."""
MAX_PAGES = 1_000
"""Pages that one child draws: what the libraries leave in its memory does not add up."""
MAX_PICTURE = 16 * 2**20
"""Bytes that the child may send back; pages of journals have up to 0.6 million."""
WEBP = b"RIFF"
DONE, REFUSED, WANTED = b"d", b"r", b"w"
"""How a reply begins: a picture, the reason why there is none, that the file is not there."""


class Draughtsman:
    """Draws one page after the other in a child process. Threads can share it: they take turns."""

    def __init__(self, wall: float = MAX_WALL) -> None:
        self._wall, self._turn = wall, Lock()
        self._child: Confined | None = None
        self._left = 0

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
            raise UnreadableFileError("is too large to be drawn; open the file itself")
        asked = json.dumps([digest, number, width, [asdict(mark) for mark in marks]]).encode()
        with self._turn:
            reply = self._reply(asked, data)
        kind, body = reply[:1], reply[1:]
        if kind == DONE and body.startswith(WEBP):
            return body
        raise UnreadableFileError(body.decode("utf-8", "replace"))

    def close(self) -> None:
        """End the child; the next page would get a new one."""
        with self._turn:
            self._end()

    def _reply(self, asked: bytes, data: bytes) -> bytes:
        child = self._living()
        try:
            reply = child.ask(asked, wall=self._wall, most=MAX_PICTURE)
            if reply == WANTED:
                reply = child.ask(data, wall=self._wall, most=MAX_PICTURE)
        except LostError as lost:
            self._end()
            raise UnreadableFileError(f"{lost}; open the file itself") from lost
        return reply

    def _living(self) -> Confined:
        """Return the child for the next page; it is replaced before what it keeps adds up."""
        if not self._left or (self._child and not self._child.is_alive):
            self._end()
        if self._child is None:
            self._child, self._left = Confined(_serve, MAX_CPU), MAX_PAGES
        self._left -= 1
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child = None


def _serve(pipe: Connection) -> None:
    """Draw pages until the pipe is closed; the work of the child."""
    limit(MAX_CPU * MAX_PAGES)
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
