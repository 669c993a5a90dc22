"""What is wrong with the machine: packages, models, folders, room on the disk."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from answer.errors import AnswerError
from answer.notices.classifier import load_classifier
from answer.weighing.reader import Reader
from index.encoder import SentenceEncoder
from index.errors import EncoderError
from ui.settings import CORPUS, Places, home

PROGRAM = "quotewell"
REINSTALL = "install Quotewell again, as its README says"
ROOM = 200 * 2**20
"""Bytes that should be free beyond a second index: what is kept of a build that is stopped, and
its temporary files, for a thousand articles. Chosen by hand."""

_NAMED = re.compile(r"(?P<name>[\w.-]+)(?:\[[^]]*\])?\s*(?P<bounds>[^;]*)")


def packages(places: Places) -> Iterator[str]:
    """Yield the packages that are missing or too old."""
    try:
        wanted = metadata.requires(PROGRAM) or []
    except metadata.PackageNotFoundError:
        yield f"{PROGRAM} is not installed; {REINSTALL}"
        return
    for line in wanted:
        found = _NAMED.match(line)
        if found and "extra ==" not in line and (what := _package(found["name"], found["bounds"])):
            yield f"{what}; {REINSTALL}"


def models(places: Places) -> Iterator[str]:
    """Yield the models that are missing or altered."""
    parts: tuple[Callable[[], object], ...] = (SentenceEncoder, load_classifier, _reader)
    for load in parts:
        try:
            load()
        except (EncoderError, AnswerError) as error:
            yield str(error)


def folders(places: Places) -> Iterator[str]:
    """Yield the folders that cannot be read or written, and disks without room."""
    own = [] if places.corpus.resolve() == CORPUS.resolve() else [places.corpus]
    for folder in [*own, places.index, home()]:
        there = _existing(folder)
        if not os.access(there, os.R_OK | os.W_OK | os.X_OK):
            yield f"{there}: may not be written; change its permissions"
    size = sum(path.stat().st_size for path in places.index.rglob("*") if path.is_file())
    free = shutil.disk_usage(_existing(places.index)).free
    if free < size + ROOM:
        mib = (size + ROOM) // 2**20
        yield (
            f"{places.index}: {free // 2**20} MiB are free, and a build needs up to {mib}; "
            "make room on the disk"
        )


def _reader() -> Reader:
    return Reader(SentenceEncoder())


def _package(name: str, bounds: str) -> str:
    """Return what is wrong with a package; empty if nothing is."""
    try:
        there = metadata.version(name)
    except metadata.PackageNotFoundError:
        return f"the package {name} is missing"
    least = re.search(r">=\s*([\d.]+)", bounds)
    if least and _numbers(there) < _numbers(least[1]):
        return f"the package {name} is version {there}, older than {least[1]}"
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    numbers = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, numbers[0].split("."))) if numbers else ()


def _existing(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that is there."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())
