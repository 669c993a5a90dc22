"""A damaged index, opened and asked: a clear error, or nothing but what the files say."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from answer.build import build
from answer.errors import CitationError
from answer.quotes import cite
from bank.errors import BankError
from bank.pipeline import open_index
from benchmarks.fuzz.mutation import damaged
from benchmarks.fuzz.parsers import SECONDS, at_most
from benchmarks.growth import ToyEncoder, write_corpus
from corpus.sources import Corpus, CorpusError, read_corpus
from index.errors import PassageIndexError
from index.retriever import Retriever
from ingest.errors import IngestError

EXPECTED = (CorpusError, IngestError, PassageIndexError, BankError, CitationError)
DOCUMENTS = 5
LATER = 0.3
"""Share of the cases in which the index is open when it is damaged: bytes of a file that is mapped
are then exchanged, but none is cut off, which no process survives that has mapped it."""


class Index:
    """Cases for the index.

    Args:
        seed: of all of them.
        work: an empty folder.

    """

    def __init__(self, seed: int, work: Path) -> None:
        self._chance, self._work = random.Random(seed), work
        write_corpus(work / "corpus", DOCUMENTS)
        build(work / "corpus", work / "sound", encoder=ToyEncoder())
        # A second build, so that there are several segments and deleted rows.
        (work / "corpus" / "files" / "leaflet_1.md").write_text(
            "# Other\n\nOther words, all new.\n"
        )
        build(work / "corpus", work / "sound", encoder=ToyEncoder())
        self._corpus = read_corpus(work / "corpus")
        names = (path.relative_to(work / "sound") for path in (work / "sound").rglob("*"))
        self._names = sorted(name for name in names if (work / "sound" / name).is_file())
        self._others = [(work / "sound" / name).read_bytes() for name in self._names]
        self.refused = 0

    def case(self) -> str:
        """Try one damage; return what is wrong, or nothing."""
        index = self._work / "index"
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(self._work / "sound", index)
        name = self._chance.choice(self._names)
        try:
            with at_most(SECONDS):
                return self._fault(index, index / name)
        except EXPECTED as error:
            self.refused += 1
            return "" if str(error).strip() else f"{name}: refused without a word"
        except TimeoutError:
            return f"{name}: hangs"
        except BaseException as error:  # noqa: BLE001  a panic of tantivy is no Exception
            return f"{name}: raises {error!r}"

    def end(self) -> str:
        """Say how many were refused."""
        return f"{self.refused} refused, the others answered rightly"

    def _fault(self, index: Path, path: Path) -> str:
        is_later = self._chance.random() < LATER
        opened = self._opened(index) if is_later else None
        _damage(path, self._others, self._chance, in_place=is_later)
        return _wrong(opened or self._opened(index), self._corpus, self._chance)

    def _opened(self, index: Path) -> Retriever:
        return open_index(index, self._corpus, ToyEncoder())[0]


def _damage(path: Path, others: list[bytes], chance: random.Random, *, in_place: bool) -> None:
    data = path.read_bytes()
    if not in_place:
        how = chance.random()
        if how < 0.05:
            path.unlink()
        elif how < 0.15:
            path.write_bytes(chance.choice(others))
        else:
            path.write_bytes(damaged(data, others, chance))
        return
    with path.open("r+b") as file:
        for _ in range(chance.choice((1, 1, 4, 64))):
            file.seek(chance.randint(0, max(0, len(data) - 1)))
            file.write(chance.randbytes(1) if data else b"")


def _wrong(retriever: Retriever, corpus: Corpus, chance: random.Random) -> str:
    """Return what is wrong with what an index finds."""
    paths = {source.doc_id: source.path for source in corpus.sources}
    for question in ("Which disorder is treated with rest?", "chronic disease", "Other words"):
        for hit in retriever.search(question, 6):
            document = retriever.documents[hit.passage.doc_id]
            text = paths[document.doc_id].read_text("utf-8")
            for sentence in hit.passage.sentences:
                quote = cite(document, sentence.span, 0.5)
                if quote.quote not in text:
                    return f"wrong quote of {document.doc_id}: {quote.quote!r}"
        retriever.boxes.get(chance.choice(sorted(paths)))
    return ""
