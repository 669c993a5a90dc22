"""The manifest of a build, ``index.json``: what it was built from, and every other file's digest.

Whenever an index is opened, all of it is compared with the manifest.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import DamagedIndexError, IndexMismatchError

FORMAT_VERSION = 8
"""Raise it when the files, the tokens or the embedded texts change: old indexes are refused."""

MANIFEST = "index.json"
LOCKS = {".tantivy-writer.lock", ".tantivy-meta.lock"}
"""Empty files that tantivy leaves in its folders, and makes again when it opens them."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What an index was built from; equal origins give interchangeable indexes."""

    encoder: str
    """Name of the encoder."""
    encoder_sha256: str
    dimension: int
    corpus_hash: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in an index."""

    documents: int
    passages: int
    sentences: int
    """In all passages."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of ``index.json``."""

    version: int
    built: str
    """When, in UTC, and a random number: makes the digest of every build unique, whatever the
    clock says."""
    origin: Origin
    counts: Counts
    files: dict[str, str]
    """SHA-256 of every other file of the build, by its path inside the build."""

    @property
    def parts(self) -> frozenset[str]:
        """The names of those files, and of the folders that others are in."""
        return frozenset(name.partition("/")[0] for name in self.files)


def write_manifest(build: Path, origin: Origin, counts: Counts, carried: Mapping[str, str]) -> str:
    """Write the manifest of a build that is complete, and return its own digest.

    Args:
        build: its folder.
        origin: what it was built from.
        counts: how much is in it.
        carried: digests that are known, by the paths of files inside the build.

    """
    names = {path.relative_to(build).as_posix(): path for path in _files(build)}
    files = {name: carried.get(name) or _sha256(path) for name, path in names.items()}
    built = f"{datetime.now(UTC).isoformat()} {secrets.token_hex(4)}"
    manifest = Manifest(FORMAT_VERSION, built, origin, counts, files)
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n"
    (build / MANIFEST).write_bytes(text.encode("utf-8"))
    return _sha256(build / MANIFEST)


def verify(build: Path, origin: Origin, *, any_corpus: bool = False) -> Manifest:
    """Return the manifest of ``build`` after comparing every file with it.

    Args:
        build: its folder.
        origin: what it has to be built from.
        any_corpus: whether the corpus may be another.

    Raises:
        IndexMismatchError: if it is of another version, encoder or corpus.
        DamagedIndexError: if a file is missing, truncated, altered or not in the manifest.

    """
    if _sha256(build / MANIFEST) != build.name:
        raise damaged(build / MANIFEST, "was altered")
    manifest = read_manifest(build)
    for what, stored in asdict(manifest.origin).items():
        wanted = getattr(origin, what)
        if stored != wanted and not (any_corpus and what == "corpus_hash"):
            raise _mismatch(what.replace("_", " "), stored, wanted)
    for name, sha256 in manifest.files.items():
        if _sha256(build / name) != sha256:
            raise damaged(build / name, "is truncated or was altered")
    there = {path.relative_to(build).as_posix() for path in _files(build)}
    if foreign := sorted(there - manifest.files.keys() - {MANIFEST}):
        raise damaged(build / foreign[0], "is not in the manifest")
    return manifest


def read_manifest(build: Path) -> Manifest:
    """Return the manifest of ``build``, believed as it is: no file is compared with it.

    Raises:
        DamagedIndexError: if it is not a manifest.
        IndexMismatchError: if it is of another version.

    """
    return _read(build / MANIFEST)


def damaged(path: Path, what: str) -> DamagedIndexError:
    """Return the error that says what is wrong with ``path``, which the next build will notice."""
    return DamagedIndexError(f"{path} {what}: the index is damaged. Run `quotewell build`.")


def wrong(path: Path, what: str) -> DamagedIndexError:
    """Return the error that says what is wrong with ``path``, though every digest is right.

    A build that takes over what did not change would take over what is wrong.
    """
    return DamagedIndexError(f"{path} {what}: the index is wrong. Run `quotewell build --anew`.")


def _mismatch(what: str, stored: object, wanted: object) -> IndexMismatchError:
    return IndexMismatchError(
        f"the index was built with {what} {stored}, but {wanted} is wanted. Run `quotewell build`."
    )


def _read(path: Path) -> Manifest:
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if record["version"] != FORMAT_VERSION:
            raise _mismatch("version", record["version"], FORMAT_VERSION)
        origin, counts = Origin(**record["origin"]), Counts(**record["counts"])
        files = {str(name): str(sha256) for name, sha256 in record["files"].items()}
        return Manifest(**{**record, "origin": origin, "counts": counts, "files": files})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(path, "is not a manifest") from error


def _files(build: Path) -> list[Path]:
    """Return the files of a build but the ``LOCKS``."""
    return sorted(p for p in build.rglob("*") if p.is_file() and p.name not in LOCKS)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise damaged(path, "cannot be read") from error
