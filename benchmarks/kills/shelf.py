"""A library of generated documents, what is done to it at random, and what must be true then."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from answer.quotes import cite
from bank.known import Bank, EmptyBank
from bank.pipeline import open_index
from benchmarks.growth import ToyEncoder
from corpus.sources import Corpus, read_corpus
from index.hits import Hit
from index.retriever import Retriever
from library.checkout import open_last

State = dict[str, str]
"""SHA-256 of the file of each document, by id."""
FEWEST, MOST = 4, 14
"""Documents: above, none is added, below, none withdrawn."""
ASKED = 3
"""Documents that each look asks about."""
TEXT = """# About {word}

{word} is treated with rest and water for {number} days. Most people recover within two weeks.

## Use of {word}

Ask your {word} team before you take {number} mg of other medicines. Others had better wait.
"""
PAGE = (
    "<html><head><title>{word}</title></head><body><main><h1>About {word}</h1>"
    "<p>{word} is treated with rest and water for {number} days. Most people recover.</p>"
    "<p>Ask your {word} team before you take other medicines.</p></main></body></html>"
)


@dataclass(frozen=True, slots=True)
class Step:
    """A command, and the corpus that it makes."""

    name: str
    words: tuple[str, ...]
    after: State


@dataclass
class Shelf:
    """A library below a folder, and what is known of it."""

    folder: Path
    chance: random.Random
    corpus_is: State = field(default_factory=dict)
    index_is: State = field(default_factory=dict)
    made: int = 0
    words: dict[str, str] = field(default_factory=dict)
    """The word that only the file with a digest has."""

    @property
    def places(self) -> tuple[str, ...]:
        """The options that name it."""
        return "--corpus", str(self.folder / "corpus"), "--index", str(self.folder / "index")

    def step(self) -> Step:
        """Return what is done next."""
        size = len(self.corpus_is)
        kinds = ["build", "build anew", "replace", "replace"]
        kinds += ["add"] * 3 * (size < MOST) + ["withdraw"] * 3 * (size > FEWEST)
        kind = self.chance.choice(kinds)
        if kind == "add":
            return self.add(self.chance.randint(1, 3))
        if kind == "replace":
            return self._replace(self.chance.choice(sorted(self.corpus_is)))
        if kind == "withdraw":
            gone = self.chance.sample(sorted(self.corpus_is), self.chance.randint(1, 2))
            after = {one: sha for one, sha in self.corpus_is.items() if one not in gone}
            return Step(kind, ("withdraw", *gone, *self.places), after)
        anew = ("--anew",) if kind == "build anew" else ()
        return Step(kind, ("build", *anew, *self.places), dict(self.corpus_is))

    def add(self, count: int) -> Step:
        """Return the step that adds new documents."""
        paths = [self._write(f"d{self.made}") for _ in range(count)]
        new = {path.stem: _digest(path) for path in paths}
        words = ("add", *map(str, paths), "--yes", *self.places)
        return Step("add", words, {**self.corpus_is, **new})

    def _replace(self, doc_id: str) -> Step:
        path = self._write(doc_id)
        words = ("replace", doc_id, str(path), *self.places)
        return Step("replace", words, {**self.corpus_is, doc_id: _digest(path)})

    def _write(self, name: str) -> Path:
        self.made += 1
        word = "W" + "".join(chr(ord("a") + int(digit)) for digit in f"{self.made:05d}")
        is_page = self.chance.random() < 0.1
        given = self.folder / "given" / str(self.made)
        given.mkdir(parents=True)
        path = given / f"{name}{'.html' if is_page else '.md'}"
        path.write_text((PAGE if is_page else TEXT).format(word=word, number=self.made), "utf-8")
        self.words[_digest(path)] = word
        return path

    def faults(self, step: Step, seen: Mapping[str, State]) -> list[str]:
        """Return what is wrong with the state that a step left; note the state."""
        corpus, index = seen["corpus"], seen["index"]
        found = []
        if corpus not in (self.corpus_is, step.after):
            found.append(f"the corpus is neither before nor after: {corpus}")
        if index not in (self.index_is, corpus):
            found.append(f"the index is neither the one before nor of the corpus: {index}")
        self.corpus_is, self.index_is = dict(corpus), dict(index)
        return found


def look(folder: Path, words: Mapping[str, str], seed: int) -> dict[str, object]:
    """Open a library as a command does, ask it, and return its state with what is wrong."""
    read: list[Corpus] = []

    def load(place: Path | Corpus) -> tuple[Retriever, Bank | EmptyBank]:
        read.append(place if isinstance(place, Corpus) else read_corpus(place))
        return open_index(folder / "index", read[-1], ToyEncoder())

    (retriever, _), _ = open_last(folder / "corpus", folder / "index", load)
    sources = {source.doc_id: source for source in read[-1].sources}
    asked = random.Random(seed).sample(sorted(sources), min(ASKED, len(sources)))
    faults = [f"{one.doc_id} is skipped" for one in read_corpus(folder / "corpus").skipped]
    for doc_id in asked:
        word = words[sources[doc_id].sha256]
        hits = retriever.search(f"How is {word} treated?", 6)
        if doc_id not in {hit.passage.doc_id for hit in hits}:
            faults.append(f"{doc_id} does not answer about {word}")
        faults += _wrong(hits, retriever, {one: s.path for one, s in sources.items()})
    return {
        "corpus": {one.doc_id: one.sha256 for one in read_corpus(folder / "corpus").sources},
        "index": {one: document.sha256 for one, document in retriever.documents.items()},
        "faults": faults,
    }


def _wrong(hits: Sequence[Hit], retriever: Retriever, paths: Mapping[str, Path]) -> list[str]:
    """Return the quotes that are not in the file of their document."""
    wrong = []
    for hit in hits:
        document = retriever.documents[hit.passage.doc_id]
        text = paths[document.doc_id].read_text("utf-8")
        for sentence in hit.passage.sentences:
            quote = cite(document, sentence.span, 0.5)
            if quote.quote not in text or "".join(quote.parts) not in text:
                wrong.append(f"{document.doc_id}: not in its file: {quote.quote!r}")
    return wrong


def leftovers(folder: Path, fresh: Path) -> list[str]:
    """Return what is in a library, just built anew, and not in one that was built once."""
    found = [f"{path} was left" for path in _strange(folder / "corpus")]
    (here, size), (there, fresh_size) = _extent(folder / "index"), _extent(fresh / "index")
    if here != there or abs(size - fresh_size) > 0.01 * fresh_size:
        found.append(f"the index has {here} files of {size} bytes, fresh {there} of {fresh_size}")
    return found


def _extent(index: Path) -> tuple[int, int]:
    files = [path for path in index.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files)


def _strange(corpus: Path) -> list[Path]:
    listed = {source.path.name for source in read_corpus(corpus).sources}
    there = [corpus / "files", corpus / "history", corpus / "history" / "files", corpus]
    known = {*listed, ".lock", "lock", "files", "history", "versions.jsonl", "sources.json"}
    paths = [path for folder in there for path in folder.iterdir() if path.name not in known]
    return [path for path in paths if path.parent.parent.name != "history" or _is_temporary(path)]


def _is_temporary(path: Path) -> bool:
    return path.stem != hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def copy_of(folder: Path, target: Path) -> Path:
    """Copy the corpus of a library to a new place, without its history."""
    ignore = shutil.ignore_patterns("history")
    shutil.copytree(folder / "corpus", target / "corpus", ignore=ignore)
    return target
