"""The manifest of a build, ``index.json``: what it was built from, and what its files are.

It holds the size and the digest of every other file. Whenever an index is opened, all sizes are
compared with it, and what is read then by its digest; ``verify`` compares every digest.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import DamagedIndexError, IndexMismatchError

FORMAT_VERSION = 12
"""Raise it when the files, the tokens or the embedded texts change: old indexes are refused."""

MANIFEST, SEAL = "index.json", "seal"
"""The two files of a build that are not in the manifest: itself, and what says that it was made or
compared with the corpus on this machine (``bank.sealing``)."""
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
    sizes: dict[str, int]
    """Of the same files, in bytes."""

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
        carried: digests that are known, by the paths of files inside the build: a file that is
            not what it was meant to be is refused when the index is opened.

    """
    names = {path.relative_to(build).as_posix(): path for path in _files(build)}
    files = {name: carried.get(name) or _sha256(path) for name, path in names.items()}
    sizes = {name: path.stat().st_size for name, path in names.items()}
    built = f"{datetime.now(UTC).isoformat()} {secrets.token_hex(4)}"
    manifest = Manifest(FORMAT_VERSION, built, origin, counts, files, sizes)
    text = (json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n").encode("utf-8")
    (build / MANIFEST).write_bytes(text)
    return hashlib.sha256(text).hexdigest()


def verify(build: Path, origin: Origin, *, any_corpus: bool = False) -> Manifest:
    """Return the manifest of ``build`` after comparing every file with it, byte by byte.

    Args:
        build: its folder.
        origin: what it has to be built from.
        any_corpus: whether the corpus may be another.

    Raises:
        IndexMismatchError: if it is of another version, encoder or corpus.
        DamagedIndexError: if a file is missing, truncated, altered or not in the manifest.

    """
    manifest = check(build, origin, any_corpus=any_corpus)
    compare(build, manifest, manifest.files)
    return manifest


def compare(build: Path, manifest: Manifest, names: Iterable[str]) -> None:
    """Compare some files of a build with its manifest, byte by byte.

    Raises:
        DamagedIndexError: if one is missing or was altered.

    """
    for name in names:
        if _sha256(build / name) != manifest.files.get(name):
            raise damaged(build / name, "is truncated or was altered")


def check(build: Path, origin: Origin, *, any_corpus: bool = False) -> Manifest:
    """Return the manifest of ``build`` after comparing the sizes of all files with it.

    Args, Raises: as for ``verify``.
    """
    manifest = read_manifest(build)
    for what, stored in asdict(manifest.origin).items():
        wanted = getattr(origin, what)
        if stored != wanted and not (any_corpus and what == "corpus_hash"):
            raise _mismatch(what.replace("_", " "), stored, wanted)
    there = {path.relative_to(build).as_posix(): path for path in _files(build)}
    for name in manifest.files:
        if name not in there or there[name].stat().st_size != manifest.sizes[name]:
            raise damaged(build / name, "is truncated or was altered")
    if foreign := sorted(there.keys() - manifest.files.keys() - {MANIFEST, SEAL}):
        raise damaged(build / foreign[0], "is not in the manifest")
    return manifest


def read_manifest(build: Path) -> Manifest:
    """Return the manifest of ``build``, whose name it must fit; no other file is read.

    Raises:
        DamagedIndexError: if it was altered or is not a manifest.
        IndexMismatchError: if it is of another version.

    """
    path = build / MANIFEST
    try:
        text = path.read_bytes()
    except OSError as error:
        raise damaged(path, "cannot be read") from error
    if hashlib.sha256(text).hexdigest() != build.name:
        raise damaged(path, "was altered")
    return _manifest(path, text)


def bytes_of(build: Path, manifest: Manifest, name: str) -> bytes:
    """Return what a file of a build holds, by its path there, after comparing it with the manifest.

    Raises:
        DamagedIndexError: if it is missing or was altered.

    """
    try:
        held = (build / name).read_bytes()
    except OSError as error:
        raise damaged(build / name, "cannot be read") from error
    if hashlib.sha256(held).hexdigest() != manifest.files.get(name):
        raise damaged(build / name, "was altered")
    return held


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


def _manifest(path: Path, text: bytes) -> Manifest:
    try:
        record: dict[str, Any] = json.loads(text)
        if record["version"] != FORMAT_VERSION:
            raise _mismatch("version", record["version"], FORMAT_VERSION)
        origin, counts = Origin(**record["origin"]), Counts(**record["counts"])
        files = {str(name): str(sha256) for name, sha256 in record["files"].items()}
        sizes = {name: int(record["sizes"][name]) for name in files}
        held = {"origin": origin, "counts": counts, "files": files, "sizes": sizes}
        return Manifest(**{**record, **held})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
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
