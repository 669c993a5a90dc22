"""Vectors by the text that they were made of, so that no text is embedded twice."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from index.embedding import ENCODE_AT_ONCE, are_unit, embed
from index.encoder import Encoder, Vectors
from index.parts.part import Part
from index.segments.segment import DIGEST_BYTES

CHECK_BYTES = 8
"""Of a record of the kept file, by which damage is noticed."""


def digest_of(text: str) -> bytes:
    """Return what a text is known by."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def split(digests: bytes) -> list[bytes]:
    """Return each of the digests that stand one after another."""
    return [digests[at : at + DIGEST_BYTES] for at in range(0, len(digests), DIGEST_BYTES)]


class KnownVectors:
    """Vectors that are known: of the build in use, and of builds that were stopped.

    What is embedded is appended to a file at once, so that a build that is stopped, or killed,
    goes on where it was.

    Args:
        encoder: makes those that are not known.
        kept: the folder of what is kept for an index; nothing is kept if None.

    """

    def __init__(self, encoder: Encoder, kept: Path | None = None) -> None:
        self._encoder = encoder
        self._rows: dict[bytes, Vectors] = {}
        self._places: dict[bytes, tuple[Part, int]] = {}
        self._record = np.dtype(
            [
                ("digest", f"V{DIGEST_BYTES}"),
                ("vector", "<f4", (encoder.dimension,)),
                ("check", f"V{CHECK_BYTES}"),
            ]
        )
        self._file = kept and kept / f"vectors-{encoder.sha256[:16]}-{encoder.dimension}"
        if self._file:
            self._read_kept(self._file)

    def add(self, digests: Iterable[bytes], vectors: Vectors) -> None:
        """Make vectors known, one for each digest of a text."""
        self._rows.update(zip(digests, vectors, strict=True))

    def add_part(self, digests: Iterable[bytes], part: Part) -> None:
        """Make the vectors of a segment known, which are read when they are asked for."""
        self._places.update((digest, (part, row)) for row, digest in enumerate(digests))

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> tuple[Vectors, bytes]:
        """Return one unit vector per text, shape ``(n, d)``, and the digests, one after another.

        Those that are not known are embedded together: the last bits of a vector depend on those
        it is embedded with. So it is best to give all texts of a document, and nothing else.

        Raises:
            EncoderError: if the encoder returns anything else.

        """
        digests = [digest_of(text) for text in texts]
        missing = {d: t for d, t in zip(digests, texts, strict=True) if not self._is_known(d)}
        for start in range(0, len(missing), ENCODE_AT_ONCE):
            some = dict(islice(missing.items(), start, start + ENCODE_AT_ONCE))
            self.keep(list(some), embed(self._encoder, list(some.values())))
            if progress is not None:
                progress(start + len(some), len(missing))
        vectors = np.empty((len(texts), self._encoder.dimension), dtype=np.float32)
        for row, digest in enumerate(digests):
            vectors[row] = self._vector(digest)
        return vectors, b"".join(digests)

    def keep(self, digests: Sequence[bytes], vectors: Vectors) -> None:
        """Make vectors known, and keep them for other builds."""
        self.add(digests, vectors)
        if self._file is None:
            return
        records = b"".join(
            record + _check(record)
            for record in (
                digest + row.astype("<f4").tobytes()
                for digest, row in zip(digests, vectors, strict=True)
            )
        )
        with contextlib.suppress(OSError):  # on a full disk, do without
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as file:
                file.write(records)

    def _is_known(self, digest: bytes) -> bool:
        return digest in self._rows or digest in self._places

    def _vector(self, digest: bytes) -> Vectors:
        if digest in self._rows:
            return self._rows[digest]
        part, row = self._places[digest]
        vector: Vectors = part.read(slice(row, row + 1))[0]
        return vector

    def _read_kept(self, path: Path) -> None:
        """Read the file as far as it is whole; what is torn or damaged is cut off."""
        try:
            data = path.read_bytes()
        except OSError:
            return
        size, whole = self._record.itemsize, 0
        for start in range(0, len(data) - size + 1, size):
            body = data[start : start + size - CHECK_BYTES]
            if data[start + len(body) : start + size] != _check(body):
                break
            whole = start + size
        if whole < len(data):
            with contextlib.suppress(OSError), path.open("r+b") as file:
                file.truncate(whole)
        records = np.frombuffer(data[:whole], dtype=self._record)
        vectors = records["vector"].astype(np.float32)
        if are_unit(vectors):
            self.add([digest.tobytes() for digest in records["digest"]], vectors)


def _check(record: bytes) -> bytes:
    return hashlib.blake2b(record, digest_size=CHECK_BYTES).digest()
