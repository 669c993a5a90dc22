"""Files that were dropped on the library page, on the disk until a job has taken them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import anyio
from anyio import to_thread

from corpus.checks import is_safe_name, shown
from corpus.digests import MAX_MIB
from ui.owner.errors import RefusedError

FOLDER = "dropped"
"""In the folder of the index: on the same disk, and never served."""
MOST_FILES = 2000
"""Of one drop: a large Zotero collection with its files."""
MOST_BATCHES = 4
"""Drops that wait; a further one ends the oldest that no job uses."""
MOST_DEPTH = 10
"""Folders inside one another, with the file: Zotero's exports have three."""
WRITTEN = 1024 * 1024
"""Bytes that are written at once."""
SPARE = 256 * 1024**2
"""Bytes of the disk that stay free: an index has to be written after the files."""
_BATCH = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Drop:
    """What was dropped at once."""

    folder: Path
    """In which it is, each file by its name."""

    @property
    def named(self) -> list[Path]:
        """The files and folders that were dropped, in order."""
        return sorted(self.folder.iterdir())

    def name_of(self, path: Path) -> str:
        """Return what the owner calls a file."""
        return path.relative_to(self.folder).as_posix()

    def said(self, message: str) -> str:
        """Return a message with the names that the owner knows, not where the files were kept."""
        return message.replace(f"{self.folder}{os.sep}", "")


class Uploads:
    """Keeps dropped files by their drop and their name in it.

    Args:
        index: the folder of the index.
        seconds: that a client may take between two parts of a file.

    """

    def __init__(self, index: Path, seconds: float) -> None:
        self._folder, self._seconds = index / FOLDER, seconds
        self._used: set[str] = set()
        self._counts: dict[str, int] = {}
        self.clear()

    def clear(self) -> None:
        """Remove what is left of a server that was stopped."""
        shutil.rmtree(self._folder, ignore_errors=True)

    async def receive(self, batch: str, name: str, parts: AsyncIterator[bytes]) -> None:
        """Write a file to the disk as it comes.

        Args:
            batch: the drop: 16 hexadecimal digits.
            name: of the file in it, with the folders between, "/" between them.
            parts: its bytes.

        Raises:
            RefusedError: saying why it is not taken; nothing of it is kept.
            ClientDisconnect: if the client left before all of it had come; likewise.

        """
        path = self._place(batch, name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                try:
                    await self._write(file.write, name, parts)
                except BaseException:
                    path.unlink()
                    raise
        except FileExistsError as error:
            raise RefusedError(409, f"{name}: is there twice. Drop one of the two.") from error
        except OSError as error:
            detail = f"{name}: cannot be kept ({error.strerror}). Make room on the server’s disk."
            raise RefusedError(507, detail) from error

    def take(self, batch: str) -> Drop:
        """Return a drop, for a job that removes it in the end.

        Raises:
            RefusedError: if there is no such drop.

        """
        folder = self._folder / batch
        if not _BATCH.fullmatch(batch) or not folder.is_dir():
            raise RefusedError(404, "These files are not here any more. Drop them again.")
        self._used.add(batch)
        return Drop(folder)

    def remove(self, batch: str) -> None:
        """Remove a drop that was taken."""
        shutil.rmtree(self._folder / batch, ignore_errors=True)
        self._used.discard(batch)
        self._counts.pop(batch, None)

    def _place(self, batch: str, name: str) -> Path:
        if not _BATCH.fullmatch(batch):
            raise RefusedError(422, "This is not a drop. Reload the page and drop the files again.")
        parts = name.split("/")
        if not all(map(is_safe_name, parts)) or len(parts) > MOST_DEPTH:
            detail = f"{shown(name)}: cannot have this name here. Rename it, then drop it again."
            raise RefusedError(422, detail)
        folder = self._folder / batch
        if not folder.is_dir():
            self._make_room()
            self._counts[batch] = 0
        self._counts[batch] += 1
        if self._counts[batch] > MOST_FILES:
            detail = f"{name}: is one too many. Drop {MOST_FILES:,} files or fewer at once."
            raise RefusedError(413, detail)
        return folder.joinpath(*parts)

    def _make_room(self) -> None:
        waiting = [path for path in self._folder.glob("*") if path.name not in self._used]
        waiting.sort(key=lambda path: path.stat().st_mtime)
        for path in waiting[: max(0, len(waiting) - MOST_BATCHES + 1)]:
            self.remove(path.name)

    async def _write(
        self, write: Callable[[bytes], object], name: str, parts: AsyncIterator[bytes]
    ) -> None:
        size, waiting = 0, bytearray()
        async for part in self._timely(name, parts):
            size += len(part)
            waiting += part
            if size > MAX_MIB * 1024**2:
                detail = f"{name}: is larger than {MAX_MIB} MiB. Drop a smaller file."
                raise RefusedError(413, detail)
            if len(waiting) >= WRITTEN:
                await self._flush(write, name, waiting)
        await self._flush(write, name, waiting)

    async def _flush(self, write: Callable[[bytes], object], name: str, waiting: bytearray) -> None:
        if shutil.disk_usage(self._folder).free < SPARE:
            raise RefusedError(507, f"{name}: the server’s disk is full. Make room there.")
        await to_thread.run_sync(write, bytes(waiting))
        waiting.clear()

    async def _timely(self, name: str, parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        while True:
            try:
                with anyio.fail_after(self._seconds):
                    part = await anext(parts, None)
            except TimeoutError:
                raise RefusedError(408, f"{name}: came too slowly. Drop it again.") from None
            if part is None:
                return
            yield part
