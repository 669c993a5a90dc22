"""The benchmarks that the report is made of, and the command of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.drafting.processor import cores

CLIENTS = (1, 10, 50)
ARTICLES, MEDQUAD, PEERS, FOLDER = "ARTICLES", "MEDQUAD", "PYTHON", "DIR"
"""What stands in a command for a place that is given."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is there to measure, and how much of it is wanted."""

    places: Mapping[str, Path] = field(default_factory=dict)
    """What ``ARTICLES``, ``MEDQUAD``, ``PEERS`` and ``FOLDER`` are here, if they are there."""
    documents: Sequence[int] = ()
    """Of each comparison with other libraries."""
    passages: Sequence[int] = ()
    """Of each synthetic library."""
    kills: int = 0
    cases: int = 0
    """Of fuzzing."""
    is_try: bool = False
    """As little as possible, to see that everything runs."""


@dataclass(frozen=True, slots=True)
class Part:
    """One benchmark."""

    name: str
    """Before the names of its figures."""
    module: str
    words: tuple[str, ...] = ()
    """Of its command, after the module."""
    needs: tuple[str, ...] = ()
    """Options of the report without which it is left out."""
    threads: int = 1
    """That share one computation."""

    @property
    def command(self) -> str:
        """What to type for it, places left open."""
        threads = f"OMP_NUM_THREADS={self.threads} " if self.threads > 1 else ""
        return f"{threads}python -m benchmarks.{' '.join([self.module, *self.words])}"


def parts(given: Given) -> Iterator[Part]:
    """Yield every benchmark, in the order in which they run."""
    little = given.is_try
    rounds = ("--rounds", "1") if little else ()
    clients = ("--clients", ",".join(map(str, CLIENTS)))
    yield Part("machine", "performance.machine", rounds)
    yield Part("cold", "encoder.cold", rounds)
    yield Part("warm", "encoder.warm", (*rounds, "--questions", "4") if little else ())
    yield Part("embedding", "encoder.embedding", rounds, threads=cores())
    yield Part("again", "adding.again", rounds, threads=cores())
    yield Part("load", "load", (*clients, "--seconds", "2" if little else "60"))
    yield Part("page", "speed")
    yield Part("growth", "growth", ("--small", "10") if little else ())
    yield from _of_articles(given)
    yield from _of_questions(given)
    times = ("--times", str(given.kills))
    yield Part("kills", "kills", times, () if given.kills else ("--kills",))
    cases = ("--cases", str(given.cases))
    yield Part("fuzz", "fuzz", cases, () if given.cases else ("--fuzz",))


def _of_articles(given: Given) -> Iterator[Part]:
    needs = () if ARTICLES in given.places else ("--articles",)
    few = ("--count", "20") if given.is_try else ()
    yield Part("opening", "adding.opening", (ARTICLES, *few), needs)
    yield Part("adding", "adding", (ARTICLES, "--toy", *few), needs, cores())


def _of_questions(given: Given) -> Iterator[Part]:
    medquad = () if MEDQUAD in given.places else ("--medquad",)
    peers = () if PEERS in given.places else ("--peers",)
    asked = ("--questions", "20") if given.is_try else ()
    for documents in given.documents:
        words = (MEDQUAD, "--documents", str(documents), *asked, "--peers", PEERS)
        yield Part(f"rivals-{documents}", "rivals", words, (*medquad, *peers))
    sizes = ("--passages", *map(str, given.passages))
    needs = (*medquad, *(() if given.passages else ("--passages",)))
    yield Part("scale", "scale", (MEDQUAD, *sizes, "--folder", FOLDER), needs)
