"""How long an index takes to open, what it then holds in memory, and what reading from it costs.

    python -m benchmarks.adding.opening DIR [--count N] [--out DIR] [--json FILE]

DIR holds articles, in folders or not. Two libraries are built with a stand-in for the encoder: the
two documents that come with the program, and all articles but one. Each is opened in a process of
its own, with files in the page cache: as this user's own, twice, and as what somebody else has
built, which is compared with the files of the library. Prints what opening costs in processor time
and memory; the processor time to find 24 passages, read them, and read the documents of the first
six, for questions made of sentences of the library; and that of whole answers (``answers.py``).
Then the last article is added and taken out again. What was built in ``--out`` is used again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from answer.build import build
from answer.opening import open_index
from benchmarks import figures
from benchmarks.adding.__main__ import say, write_corpus
from benchmarks.growth import ToyEncoder
from corpus.own.home import HOME_VARIABLE
from corpus.sources import open_corpus
from index.encoder import Vectors
from index.retriever import Retriever
from ingest.parsers import PARSERS
from ui.process import prepare
from ui.settings import CORPUS

QUESTIONS, PASSAGES, READ = 200, 24, 6
"""Asked of each library, found for each, and documents read for each."""
SEED = 20
FORMATS = {"s": ".3f", "ms": ".2f", "MiB": ".0f"}
"""How a figure is printed, by its unit."""


class Digests(ToyEncoder):
    """Vectors of the size of the real encoder's, made of a text's digest."""

    dimension = 384

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors."""
        digests = b"".join(hashlib.shake_128(one.encode()).digest(self.dimension) for one in texts)
        rows = np.frombuffer(digests, np.uint8).reshape(-1, self.dimension).astype(np.float32)
        rows -= 127.5
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def main() -> int:
    """Build the two libraries, open them, and add an article."""
    parser = argparse.ArgumentParser(description="Measure opening and reading.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--count", type=int, metavar="N", help="articles at most")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to build; kept")
    parser.add_argument("--open", action="store_true", help=argparse.SUPPRESS)
    figures.add_option(parser)
    arguments = parser.parse_args()
    prepare()
    if arguments.open:
        print(json.dumps(opened(arguments.folder)))
        return 0
    found = sorted(p for p in arguments.folder.rglob("*") if p.suffix.lower() in PARSERS)
    *articles, last = found[: arguments.count]
    shipped = sorted(path for path in (CORPUS / "files").iterdir() if path.suffix in PARSERS)
    with tempfile.TemporaryDirectory() as folder:
        out = arguments.out or Path(folder)
        os.environ[HOME_VARIABLE] = str(out / "home")
        large = f"{len(articles)} articles"
        data: dict[str, float] = {}
        for kind, name, paths in (
            ("few", "two documents", shipped),
            ("many", large, articles),
        ):
            told = measure(name, out / name.replace(" ", "-"), paths)
            data |= {f"{kind}.{what}": value for what, value in told.items()}
        data |= add(out / large.replace(" ", "-"), [*articles, last])
    figures.write(arguments.json, data)
    return 0


def measure(name: str, folder: Path, paths: Sequence[Path]) -> dict[str, float]:
    """Build a library if it is not there, say how it opens, and return it."""
    write_corpus(folder / "corpus", paths)
    began = time.perf_counter()
    report = build(folder / "corpus", folder / "index", encoder=Digests())
    counts = f"{report.n_documents} documents, {sum(one.passages for one in report.documents)}"
    say(f"{name}: {counts} passages, built in", f"{time.perf_counter() - began:.1f} s")
    data: dict[str, float] = {"documents": report.n_documents, "passages": report.n_passages}
    for how in ("one's own", "one's own, again", "built by others"):
        if how == "built by others":
            next((folder / "index" / "builds").glob("*/seal")).unlink()
        say(f"{name}, {how}", "")
        data |= {f"{how}.{what}": value for what, value in _told("opening", "--open", folder)}
    say(f"{name}, whole answers", "")
    return {**data, **dict(_told("answers", folder))}


def _told(module: str, *words: str | Path) -> Iterator[tuple[str, float]]:
    """Run a module of this folder, print each figure that it tells, and yield it."""
    command = [sys.executable, "-m", f"benchmarks.adding.{module}", *map(str, words)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    for what, (value, unit) in json.loads(printed).items():
        say(f"    {what}", f"{value:{FORMATS[unit]}} {unit}")
        yield f"{what}.{unit}", value


def opened(folder: Path) -> dict[str, tuple[float, str]]:
    """Open a library, ask it questions, and return what that cost, each with its unit."""
    encoder, before = Digests(), _resident()
    bare = time.process_time()
    _touch(folder / "corpus")
    began = time.process_time()
    corpus = open_corpus(folder / "corpus")
    listed = time.process_time()
    retriever, _ = open_index(folder / "index", corpus, encoder)
    ready = time.process_time()
    after = _resident()
    times = sorted(_ask(retriever, question) for question in questions(retriever))
    return {
        "bare: sources.json read, files looked at": (began - bare, "s"),
        "sources and digests": (listed - began, "s"),
        "index": (ready - listed, "s"),
        "both": (ready - began, "s"),
        "memory of opening": (after - before, "MiB"),
        "memory after the questions": (_resident() - before, "MiB"),
        "question p50": (times[len(times) // 2], "ms"),
        "question p95": (times[len(times) * 95 // 100], "ms"),
    }


def _touch(corpus: Path) -> None:
    """Do the least that tells whether the files are those that were indexed."""
    json.loads((corpus / "sources.json").read_bytes())
    for file in (corpus / "files").iterdir():
        file.stat()


def questions(retriever: Retriever) -> list[str]:
    """Return some words of sentences of the library, the same ones every time."""
    chance = random.Random(SEED)
    rows = [chance.randrange(len(retriever.sentences)) for _ in range(QUESTIONS)]
    texts = [re.findall(r"\w+", retriever.sentences[row].text) for row in rows]
    return [" ".join(chance.sample(words, min(6, len(words)))) for words in texts]


def _ask(retriever: Retriever, question: str) -> float:
    """Return the milliseconds to find passages and read them, and some of their documents."""
    began = time.process_time()
    hits = retriever.search(question, PASSAGES)
    for hit in hits:
        retriever.passages_of(hit.passage.doc_id)
    for doc_id in list(dict.fromkeys(hit.passage.doc_id for hit in hits))[:READ]:
        len(retriever.documents[doc_id].sentences)
    return 1000 * (time.process_time() - began)


def add(folder: Path, paths: Sequence[Path]) -> dict[str, float]:
    """Add the last document to a library and take it out again; say how long each takes.

    Returns:
        The seconds of both.

    """
    listing = folder / "corpus" / "sources.json"
    before, name = listing.read_text("utf-8"), paths[-1].name
    write_corpus(folder / "corpus", paths)
    data = {"one more article.s": _build(folder, "one more article")}
    listing.write_text(before, "utf-8")
    (folder / "corpus" / "files" / name).unlink()
    return {**data, "one article withdrawn.s": _build(folder, "one article withdrawn")}


def _build(folder: Path, what: str) -> float:
    began, worked = time.perf_counter(), time.process_time()
    build(folder / "corpus", folder / "index", encoder=Digests())
    own = f"{time.process_time() - worked:.2f} s of this process's processor time"
    seconds = time.perf_counter() - began
    say(what, f"{seconds:.2f} s, {own}")
    return seconds


def _resident() -> float:
    """Return the memory of this process, in MiB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
