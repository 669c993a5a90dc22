"""How long it takes to read and build a library, to go on after a stop, and to add one document.

    python -m benchmarks.adding DIR [--count N] [--toy] [--out DIR] [--json FILE]

DIR holds articles, in folders or not. Prints how many are read in a second, by one core and by the
processes that a build uses; how long a build of all but one takes; how much is read and embedded
again when it is stopped half-way through reading, and half-way through embedding; how long it takes
to add the last one, apart from loading the encoder and opening the index; the memory of this
process. With ``--toy`` a stand-in is used for the encoder, and embedding costs nothing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest import mock

from answer.build import build
from answer.report import BuildReport
from benchmarks import figures
from benchmarks.growth import ToyEncoder
from corpus.sources import Skipped, read_corpus
from index.encoder import Encoder, SentenceEncoder, Tokens, Vectors
from index.pipeline import origin_of
from index.segments.carrying import open_old
from ingest.drafting.child import Child
from ingest.drafting.processor import cores
from ingest.drafting.reading import read_here
from ingest.errors import IngestError
from ingest.library import File, read_files
from ingest.parsers import PARSERS
from ui.process import prepare

SAMPLE = 100
"""Files read in this process, to know what one core does."""


class Counting:
    """An encoder that counts the texts it is given."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self.count = encoder, 0
        self.name, self.sha256 = encoder.name, encoder.sha256
        self.dimension, self.max_tokens = encoder.dimension, encoder.max_tokens

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return what the encoder returns."""
        self.count += len(texts)
        return self._encoder.encode(texts)

    def count_tokens(self, text: str) -> int:
        """Return what the encoder returns."""
        return self._encoder.count_tokens(text)

    def tokens(self, text: str) -> Tokens:
        """Return what the encoder returns."""
        return self._encoder.tokens(text)  # type: ignore[attr-defined,no-any-return]


def main() -> int:
    """Measure, and print each figure as soon as it is known."""
    parser = argparse.ArgumentParser(description="Measure building and adding.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="of articles")
    parser.add_argument("--count", type=int, metavar="N", help="use this many of them")
    parser.add_argument("--toy", action="store_true", help="use a stand-in for the encoder")
    parser.add_argument("--out", type=Path, help="where to work; by default a temporary folder")
    figures.add_option(parser)
    arguments = parser.parse_args()
    found = (path for path in arguments.folder.rglob("*") if path.suffix.lower() in PARSERS)
    paths = sorted(found, key=lambda path: path.name)[: arguments.count]
    prepare(threads=cores())
    began = time.perf_counter()
    encoder = Counting(ToyEncoder() if arguments.toy else SentenceEncoder())
    encoder.encode(["loading"])
    say("encoder loaded", seconds_since(began))
    with tempfile.TemporaryDirectory(dir=arguments.out) as folder:
        data = {"files": len(paths), **_reading(paths)}
        data |= _Library(Path(folder), paths, encoder).measure()
    figures.write(arguments.json, data)
    return 0


def _reading(paths: Sequence[Path]) -> dict[str, float]:
    """Say how many files are read in a second, and return it."""
    sample = [(path, path.read_bytes()) for path in paths[:: max(1, len(paths) // SAMPLE)]]
    began = time.process_time()
    for path, data in sample:
        with suppress(IngestError):
            read_here(path.stem, path.suffix.lower(), data, path.name)
    by_one = len(sample) / _since_cpu(began)
    say("read by one core, a second of its time", f"{by_one:.1f}")
    began, skipped = time.perf_counter(), 0
    for one in read_files(File(path.stem, path) for path in paths):
        skipped += isinstance(one, Skipped)
    seconds = time.perf_counter() - began
    say(f"{len(paths)} files read by {cores()} processes", f"{seconds:.1f} s, {skipped} skipped")
    say("read by them, a second", f"{len(paths) / seconds:.1f}")
    return {"read by one core.a_second": by_one, "read.a_second": len(paths) / seconds}


class _Library:
    """A corpus of all files but one, built, stopped, gone on with, and added to."""

    def __init__(self, folder: Path, paths: Sequence[Path], encoder: Counting) -> None:
        self._corpus, self._index = folder / "corpus", folder / "index"
        self._encoder = encoder
        *self._first, self._last = paths

    def measure(self) -> dict[str, float]:
        """Build, say how long it takes, and return the seconds of each time."""
        write_corpus(self._corpus, self._first)
        self._stopped("reading", 0.5)
        self._stopped("encoding", 0.5)
        self._build("gone on with, and completed")
        data: dict[str, float] = {"memory_mib": _memory()}
        say("memory of this process, MiB", _memory())
        _, data["again.s"] = self._build("built again, nothing changed")
        for name in ("one more added", "and the same again"):
            write_corpus(self._corpus, [*self._first, self._last])
            began = time.perf_counter()
            origin = origin_of(self._encoder, read_corpus(self._corpus).sha256)
            checked = time.perf_counter()
            open_old(self._index, origin)
            loading = time.perf_counter() - checked
            report, seconds = self._build(name)
            data[f"{name}.s"] = seconds
            say("  of that, opening the index", f"{loading:.2f} s")
            say("  the rest", f"{seconds - loading:.2f} s")
            del began
            self._first = [*self._first, self._last] if report else self._first
            self._last = self._copy_of_last()
        return data

    def _copy_of_last(self) -> Path:
        path = self._corpus.with_name(f"another_{self._last.name}")
        words = self._last.read_text("utf-8").replace("patients", "inpatients")
        path.write_text(words, "utf-8")
        return path

    def _stopped(self, step: str, share: float) -> None:
        def stop(what: str, done: int, total: int) -> None:
            if what == step and done >= share * total:
                raise KeyboardInterrupt

        try:
            self._build("", stop)
        except KeyboardInterrupt:
            say(f"stopped at {share:.0%} of {step}", "")

    def _build(
        self, name: str, progress: Callable[[str, int, int], None] | None = None
    ) -> tuple[BuildReport, float]:
        before = self._encoder.count
        began = time.perf_counter()
        with counted_readings() as read:
            try:
                report = build(self._corpus, self._index, progress, encoder=self._encoder)
            finally:
                seconds = time.perf_counter() - began
                texts = self._encoder.count - before
                what = f"{seconds:.2f} s, {len(read)} files read, {texts} texts embedded"
                say(name or "until it was stopped", what)
        return report, seconds


@contextmanager
def counted_readings() -> Iterator[list[str]]:
    """Yield a list to which the name of each file is added that a child process reads."""
    names: list[str] = []
    read = Child.read

    def noted(child: Child, doc_id: str, *file: object) -> object:
        names.append(doc_id)
        return read(child, doc_id, *file)  # type: ignore[arg-type]

    with mock.patch.object(Child, "read", noted):
        yield names


def write_corpus(folder: Path, paths: Sequence[Path]) -> None:
    """Make a corpus of files, or add those to it that it lacks."""
    (folder / "files").mkdir(parents=True, exist_ok=True)
    items = []
    for path in paths:
        copy = folder / "files" / path.name
        if not copy.exists():
            shutil.copyfile(path, copy)
        custom = {"file": path.name, "label": path.stem, "audience": "clinician"}
        custom |= {"evidence": "an article", "rights": "open access"}
        items.append({"id": path.stem, "title": path.stem, "custom": custom})
    (folder / "sources.json").write_text(json.dumps(items, indent=1), "utf-8")


def say(what: str, figure: object) -> None:
    """Print one figure."""
    print(f"{what:<45}{figure}", flush=True)


def seconds_since(began: float) -> str:
    """Return the seconds since a moment."""
    return f"{time.perf_counter() - began:.2f} s"


def _since_cpu(began: float) -> float:
    return time.process_time() - began


def _memory() -> int:
    """Return the most memory that this process had so far, in MiB."""
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    sys.exit(main())
