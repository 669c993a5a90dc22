"""A later stage keeps a file of its own beside the documents of every segment."""

import json
from pathlib import Path

import pytest

from bank.sealing import compare_with_files
from corpus.sources import read_corpus
from index.errors import DamagedIndexError
from index.manifest import read_manifest
from index.pipeline import origin_of
from index.segments.building import shelve, texts_to_embed, write_index
from index.segments.carrying import open_old
from index.segments.vectors import KnownVectors
from index.store import new_build, publish
from ingest.library import ingest_sources
from ingest.passages import pack_passages
from tests.indexes import load_retriever
from tests.toys import ToyEncoder


class Titles:
    """Keeps the title of each document, a line each."""

    name = "titles.txt"

    def writer(self, folder):
        return TitlesWriter((Path(folder) / self.name).open("w", encoding="utf-8"))


class TitlesWriter:
    def __init__(self, file):
        self._file = file

    def add(self, shelved):
        self._file.write(f"{shelved.document.title}\n")

    def close(self):
        self._file.close()


class Library:
    """A corpus of small documents, and an index with their titles beside them."""

    encoder = ToyEncoder()

    def __init__(self, folder):
        self.folder, self.index = folder / "corpus", folder / "index"
        (self.folder / "files").mkdir(parents=True)

    def put(self, *names):
        for name in names:
            text = f"# On {name}\n\nGive {name} every day.\n"
            (self.folder / "files" / f"{name}.md").write_text(text, "utf-8")
        all_names = sorted(path.stem for path in (self.folder / "files").iterdir())
        items = [{"id": n, "custom": {"file": f"{n}.md", "label": n}} for n in all_names]
        (self.folder / "sources.json").write_text(json.dumps(items), "utf-8")

    def build(self):
        corpus = read_corpus(self.folder)
        origin = origin_of(self.encoder, corpus.sha256)
        old = open_old(self.index, origin, {Titles.name})
        taken = old.entries.keys() if old else set()
        documents, _ = ingest_sources([s for s in corpus.sources if s.doc_id not in taken])
        order = [source.doc_id for source in corpus.sources]
        with new_build(self.index) as new:
            shelves = map(self.shelve, documents.values())
            written = write_index(new, order, shelves, old, taken, beside=[Titles()])
            publish(self.index, new, origin, written.counts, written.carried, written.meant)

    def shelve(self, document):
        passages = pack_passages(document, self.encoder.count_tokens)
        embedded = KnownVectors(self.encoder).embed(texts_to_embed(passages))
        return shelve(document, passages, embedded)

    @property
    def current(self):
        return self.index / "builds" / (self.index / "CURRENT").read_text().strip()

    def open(self, in_segments=frozenset({Titles.name})):
        sha256 = read_corpus(self.folder).sha256
        return load_retriever(self.index, self.encoder, sha256, in_segments=in_segments)

    def titles(self):
        files = [kept.folder / Titles.name for kept in self.open().kept]
        return [file.read_text("utf-8").splitlines() for file in files]


@pytest.fixture
def library(tmp_path):
    made = Library(tmp_path)
    made.put("a", "b", "c", "d")
    made.build()
    return made


def test_every_segment_has_the_file_with_its_documents(library):
    assert library.titles() == [["On a", "On b", "On c", "On d"]]
    library.put("e")
    library.build()
    assert library.titles() == [["On a", "On b", "On c", "On d"], ["On e"]]


def test_it_is_made_anew_where_segments_are_merged(library):
    for name in "efghi":
        library.put(name)
        library.build()
    titles = [title for segment in library.titles() for title in segment]
    assert sorted(titles) == [f"On {name}" for name in "abcdefghi"]
    assert len(library.titles()) < 4


def test_it_is_in_the_manifest(library):
    assert f"segments/000000/{Titles.name}" in read_manifest(library.current).files


def test_an_index_with_a_file_that_nobody_asked_for_is_refused(library):
    with pytest.raises(DamagedIndexError, match=r"titles\.txt is missing or does not belong there"):
        library.open(in_segments=frozenset())


def test_of_an_index_of_others_it_is_compared_with_the_documents(library):
    corpus, retriever = read_corpus(library.folder), library.open()
    compare_with_files(library.current, retriever, corpus, [Titles()])
    (kept,) = retriever.kept
    assert "a" in kept.live
    (kept.folder / Titles.name).write_text("On something else\n", "utf-8")
    with pytest.raises(DamagedIndexError, match=r"titles\.txt does not fit the documents"):
        compare_with_files(library.current, retriever, corpus, [Titles()])
