"""How the time to read and to load a corpus grows with the number of its documents.

    python -m benchmarks.growth [--small N] [--times N] [--json FILE]

Makes two corpora of small documents, the second ten times the first, and reads and loads both with
a toy encoder: no model, and no vector that takes long. Prints the processor time of each step for
both, the median of three, and the second over the first. Ten times as many documents may cost
eleven times as much; far more would mean that every document is compared with every other.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import numpy as np

from answer.asking.scope import Scope
from answer.mining.mined import open_mined
from answer.opening import BESIDE, open_index
from benchmarks import figures
from corpus.sources import Corpus, read_corpus
from index.encoder import Tokens, Vectors
from index.pipeline import origin_of
from index.retriever import Retriever
from index.segments.building import shelve, texts_to_embed, write_index
from index.segments.segment import Shelved
from index.segments.vectors import KnownVectors
from index.store import new_build, publish
from ingest.document import Document, Passage
from ingest.library import ingest_sources
from ingest.passages import pack_passages
from ingest.store import document_from_line, document_to_json, passage_from_line, passage_to_json

SMALL, TIMES, REPEATS = 100, 10, 3
LIMIT = 1.1
"""Most that a document may cost in the large corpus, over what it costs in the small one."""

SENTENCES = (
    "The {word} clinic treats disorder {number} with rest and water.",
    "Chronic {word} disease ({short}) is rare, and most people recover within two weeks.",
    "Ask your {word} team before you take other medicines.",
    "Nobody knows yet why {short} comes back in spring.",
)


class ToyEncoder:
    """Vectors of a text's digest: next to no work, so that the rest can be seen."""

    name, sha256, dimension, max_tokens = "toy", "0" * 64, 32, 256

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors."""
        digests = b"".join(hashlib.sha256(text.encode()).digest() for text in texts)
        rows = np.frombuffer(digests, np.uint8).reshape(-1, self.dimension).astype(np.float32) + 1
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def count_tokens(self, text: str) -> int:
        """Return the number of words."""
        return len(text.split())

    def tokens(self, text: str) -> Tokens:
        """Return one token."""
        return Tokens((1,), ((0, len(text)),))


@dataclass
class Run:
    """One corpus, read and loaded once, step by step."""

    folder: Path
    encoder: ToyEncoder = field(default_factory=ToyEncoder)
    corpus: Corpus = field(init=False)
    documents: dict[str, Document] = field(init=False)
    passages: list[Passage] = field(init=False)
    retriever: Retriever = field(init=False)

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Yield what is measured, in the order in which each needs the one before."""
        yield "sources.json and the files' hashes", self._sources
        yield "files to documents", self._read
        yield "documents and passages as JSON and back", self._store
        yield "index built", self._build
        yield "index loaded", self._load
        yield "what was mined opened", self._open
        yield "scope", self._scope

    def _sources(self) -> None:
        self.corpus = read_corpus(self.folder)

    def _read(self) -> None:
        self.documents, _ = ingest_sources(self.corpus.sources)

    def _store(self) -> None:
        count = self.encoder.count_tokens
        self.passages = [p for d in self.documents.values() for p in pack_passages(d, count)]
        for document in self.documents.values():
            document_from_line(json.dumps(document_to_json(document)))
        for passage in self.passages:
            passage_from_line(json.dumps(passage_to_json(passage)), passage.doc_id)

    def _build(self) -> None:
        index, known = self.folder / "index", KnownVectors(self.encoder)
        with new_build(index) as new:
            shelved = self._shelved(known)
            written = write_index(new, list(self.documents), shelved, beside=BESIDE)
            origin = origin_of(self.encoder, self.corpus.sha256)
            publish(index, new, origin, written.counts, written.carried)

    def _shelved(self, known: KnownVectors) -> Iterator[Shelved]:
        for document in self.documents.values():
            passages = pack_passages(document, self.encoder.count_tokens)
            yield shelve(document, passages, known.embed(texts_to_embed(passages)))

    def _load(self) -> None:
        self.retriever, _ = open_index(self.folder / "index", self.corpus, self.encoder)

    def _open(self) -> None:
        open_mined(self.retriever.kept)

    def _scope(self) -> None:
        scope = Scope(self.corpus.sources)
        for source in self.corpus.sources:
            scope.documents(f"What does {source.label.lower()} say about rest?")


def main() -> int:
    """Measure two corpora and print what each step cost."""
    parser = argparse.ArgumentParser(description="Measure how reading and loading grow.")
    parser.add_argument("--small", type=int, metavar="N", default=SMALL, help="documents")
    parser.add_argument("--times", type=int, metavar="N", default=TIMES, help="as many again")
    figures.add_option(parser)
    arguments = parser.parse_args()
    small, large = arguments.small, arguments.small * arguments.times
    few, many = measure(small, large)
    print(f"{'seconds for this many documents':<45}{small:>9}{large:>9}    ratio")
    for name in few:
        print(f"{name:<45}{few[name]:>9.3f}{many[name]:>9.3f}{many[name] / few[name]:>9.2f}")
    ratio = sum(many.values()) / sum(few.values())
    is_kept = ratio <= LIMIT * arguments.times
    print(f"{'all':<45}{sum(few.values()):>9.3f}{sum(many.values()):>9.3f}{ratio:>9.2f}", end="")
    print(f"    (at most {LIMIT * arguments.times:g}{'' if is_kept else ', missed'})")
    found = {f"{name}.ratio": many[name] / few[name] for name in few}
    figures.write(arguments.json, {**found, "all.ratio": ratio, "times": arguments.times})
    return 0 if is_kept else 1


def measure(small: int, large: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return the seconds of each step, medians, for corpora of two sizes."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few"), Path(folder, "many")
        for place, count in ((few, small), (many, large)):
            write_corpus(place, count)
        _seconds(few)  # what is loaded and compiled once
        # In turns, so that a machine that slows down slows both.
        runs = [(_seconds(few), _seconds(many)) for _ in range(REPEATS)]
    return _medians([few for few, _ in runs]), _medians([many for _, many in runs])


def write_corpus(folder: Path, count: int) -> None:
    """Write a corpus of small documents, each with a name, a publisher and words of its own."""
    (folder / "files").mkdir(parents=True)
    items = []
    for number in range(count):
        name, word = f"leaflet_{number}", _word(number)
        facts = {"number": number, "word": word.lower(), "short": word.upper()}
        lines = [sentence.format(**facts) for sentence in SENTENCES]
        parts = [f"# About {word}", *(f"## {word} part {n}\n\n{' '.join(lines)}" for n in (1, 2))]
        (folder / "files" / f"{name}.md").write_text("\n\n".join(parts) + "\n", "utf-8")
        custom = {"file": f"{name}.md", "label": f"{word} leaflet, {word} Society"}
        custom |= {"audience": "patient", "evidence": "a leaflet", "rights": "free"}
        items.append({"id": name, "title": f"About {word}", "custom": custom})
    (folder / "sources.json").write_text(json.dumps(items, indent=1), "utf-8")


def _word(number: int) -> str:
    """Return a word of its own for each number, with letters only."""
    return "W" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:06d}")


def _seconds(folder: Path) -> dict[str, float]:
    took = {}
    for name, step in Run(folder).steps():
        gc.collect()
        began = time.process_time()
        step()
        took[name] = time.process_time() - began
    return took


def _medians(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: median(run[name] for run in runs) for name in runs[0]}


if __name__ == "__main__":
    sys.exit(main())
