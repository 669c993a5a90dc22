"""Where things are: what comes with the program, and the user's own data."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corpus.own.home import home
from index.engines.address import Address
from ui.errors import CommandError

ROOT = Path(__file__).resolve().parent.parent
"""Where the packages are, with the data that comes with them: nothing is ever written there."""

CORPUS = ROOT / "corpus"
"""The corpus that comes with the program."""

QUESTIONS = ROOT / "evaluation" / "questions.jsonl"
"""The questions about it that ``quotewell evaluate`` asks."""

PUBLISHED = ROOT / "evaluation" / "published.json"
"""The figures about it that the page publishes, written by ``make quality``."""

CORPUS_VARIABLE = "QUOTEWELL_CORPUS"
INDEX_VARIABLE = "QUOTEWELL_INDEX"
FEEDBACK_VARIABLE = "QUOTEWELL_FEEDBACK"
FEEDBACK_OFF = "off"
"""The value of ``FEEDBACK_VARIABLE`` that turns feedback off."""

NAME_LENGTH = 40
"""Characters of a corpus's folder name with which the names of its index and drafts begin: enough
to recognise it, and far below the 255 that file systems allow."""


@dataclass(frozen=True, slots=True)
class Places:
    """The two folders that every command works with."""

    corpus: Path
    """Holds ``sources.json`` and ``files/``."""
    index: Path
    """What ``quotewell build`` writes."""
    named: tuple[str, ...] = field(default=(), compare=False)
    """The options that named them, for showing commands that can be typed."""
    version: str = field(default="", compare=False)
    """Of the library, if they are those of an earlier one; empty if they are its own."""

    @classmethod
    def of(
        cls,
        corpus: Path | None = None,
        index: Path | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> Places:
        """Return the folders that were named or, for each that was not, its default.

        The default corpus is named by the environment or comes with the program. The default index
        is named by the environment or lies in the user's data, one for each corpus.
        """
        options = {"--corpus": corpus, "--index": index}
        named = tuple(part for name, path in options.items() if path for part in (name, str(path)))
        corpus = corpus or Path(environment.get(CORPUS_VARIABLE) or CORPUS)
        if index is None:
            own = environment.get(INDEX_VARIABLE)
            index = Path(own) if own else _index_of(corpus, environment)
        return cls(corpus, index, named)

    @property
    def cluster(self) -> Address | None:
        """The cluster that holds the passages, if the environment names one.

        The index of an earlier version is on this machine alone.

        Raises:
            ClusterError: if what it names is no address.

        """
        return None if self.version else Address.of()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server lets its visitors do. Each is set by the variable in ``_LIMITS``."""

    waiting: int = 64
    """Questions that wait at the same time. Two cores answer 50 in three seconds
    (``benchmarks/speed.py``), so even a machine with better things to do gets through them."""
    wait_seconds: int = 20
    """How long a question waits for its turn; longer, and people ask again or leave."""
    per_minute: int = 60
    """Questions of one other machine; a class behind one address asks fewer."""
    request_seconds: int = 10
    """How long a request may take to arrive, and a response to be taken."""
    connections: int = 500
    """Open at the same time: half of the 1,024 files that most systems let a process open."""

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """Return the limits that the environment names and, for each that it does not, its default.

        Raises:
            CommandError: if one is not a number from 1 up.

        """
        named = {name: environment.get(variable) for name, variable in _LIMITS.items()}
        return cls(**{name: _limit(name, text) for name, text in named.items() if text})


_LIMITS = {
    "waiting": "QUOTEWELL_WAITING",
    "wait_seconds": "QUOTEWELL_WAIT_SECONDS",
    "per_minute": "QUOTEWELL_PER_MINUTE",
    "request_seconds": "QUOTEWELL_REQUEST_SECONDS",
    "connections": "QUOTEWELL_CONNECTIONS",
}


def _limit(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**9):
        raise CommandError(
            f"{_LIMITS[name]} is {text[:20]!r}, not a whole number from 1 up: correct or unset it"
        )
    return int(text)


def feedback_file(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return where feedback is kept, or None if it is turned off."""
    setting = environment.get(FEEDBACK_VARIABLE)
    if setting == FEEDBACK_OFF:
        return None
    return Path(setting) if setting else home(environment) / "feedback.jsonl"


def drafts_folder(corpus: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the drafts for a corpus's question bank are kept."""
    return home(environment) / "drafts" / _name_of(corpus)


def program_version() -> str:
    """Return the version of the installed program; "0" if it is not installed."""
    try:
        return version("quotewell")
    except PackageNotFoundError:
        return "0"


def _index_of(corpus: Path, environment: Mapping[str, str]) -> Path:
    return home(environment) / "indexes" / _name_of(corpus)


def _name_of(corpus: Path) -> str:
    """Return a name for a corpus's folder that is its own and can be recognised."""
    folder = corpus.resolve()
    name = re.sub(r"[^\w.-]+", "-", folder.name)[:NAME_LENGTH]
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]
    return f"{name}-{digest}"
