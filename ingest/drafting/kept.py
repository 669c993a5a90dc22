"""Readings kept on disk until an index holds them, so that no file is read twice."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from corpus.own.home import own_key
from ingest.drafting.reading import Reading, pack, reading_version, unpack
from ingest.errors import IngestError

FOLDER = "readings"


class KeptReadings:
    """The readings in a folder. Losing any costs only the time to read its file again.

    They are believed only with a digest made with the user's key: whoever else may write into the
    folder must not decide what a file says.

    Args:
        folder: of all that is kept for an index (``index.store.kept_folder``); may not exist.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._key = own_key() or secrets.token_bytes(32)  # of this process alone

    def get(self, doc_id: str, suffix: str, sha256: str) -> Reading | None:
        """Return what was read from a file with these bytes, or None if nothing whole is there."""
        try:
            data = self._path(doc_id, suffix, sha256).read_bytes()
        except OSError:
            return None
        digest, body = data[:32], data[32:]
        if not hmac.compare_digest(self._digest(body), digest):
            return None
        try:
            reading = unpack(body)
        except (ValueError, IngestError):
            return None
        document = reading.document
        return reading if (document.doc_id, document.sha256) == (doc_id, sha256) else None

    def put(self, suffix: str, reading: Reading) -> None:
        """Keep a reading; on a full disk, do without."""
        body = pack(reading)
        path = self._path(reading.document.doc_id, suffix, reading.document.sha256)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self._folder, prefix="new-")
            try:
                with open(descriptor, "wb") as file:
                    file.write(self._digest(body) + body)
                os.replace(name, path)
            except BaseException:
                os.unlink(name)
                raise

    def _digest(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")

    def _path(self, doc_id: str, suffix: str, sha256: str) -> Path:
        key = "\n".join([reading_version(), doc_id, suffix, sha256])
        return self._folder / hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
