"""A build takes over what did not change, and what a stopped one had done; a toy encoder, no model."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from answer import build as building
from answer.opening import open_index
from bank import pipeline as bank
from corpus.sources import read_corpus
from index.segments import building as writing
from index.segments.vectors import KnownVectors
from ingest import library
from tests.toys import ToyEncoder

ROOT = Path(__file__).parents[2]
WORDS = [
    "malaria",
    "fever",
    "skin",
    "cancer",
    "night",
    "drug",
    "dose",
    "weeks",
    "pain",
    "sleep",
    "heart",
    "blood",
    "bone",
    "child",
]
KILLED = """
import os, sys, types
from pathlib import Path
tests = types.ModuleType("tests")
tests.__path__ = ["tests"]
sys.modules["tests"] = tests
import answer.build, index.store
from tests.toys import ToyEncoder
left = int(sys.argv[3])
def kill(*report):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), 9)
sync = index.store.flush
index.store.flush = lambda path: (kill(), sync(path))
answer.build.build(Path(sys.argv[1]), Path(sys.argv[2]), kill, encoder=ToyEncoder())
"""


def text(number, more=""):
    """Write a document of its own, with sentences that others have too."""
    own = [WORDS[(number * step + 1) % len(WORDS)] for step in (1, 2, 3, 5)]
    return (
        f"# About {own[0]} {number}\\n\\nThe {own[1]} of number {number} causes {own[2]}.\\n\\n"
        f"## Use of {own[3]}\\n\\nGive {number} mg of {own[0]}. Ask your team about {own[2]}.\\n"
        f"{more}\\n"
    ).replace("\\n", "\n")


class Library:
    """A corpus that changes, and its index."""

    def __init__(self, folder):
        self.folder, self.index = folder / "corpus", folder / "index"
        (self.folder / "files").mkdir(parents=True)
        self.names = []

    def put(self, *numbers, more=""):
        for number in numbers:
            (self.folder / "files" / f"d{number}.md").write_text(text(number, more))
            if f"d{number}" not in self.names:
                self.names.append(f"d{number}")
        self.list(self.names)

    def withdraw(self, number):
        (self.folder / "files" / f"d{number}.md").unlink()
        self.list([name for name in self.names if name != f"d{number}"])

    def list(self, names):
        self.names = list(names)
        facts = {"label": "L", "audience": "patient", "evidence": "a page", "rights": "free"}
        items = [{"id": n, "title": n, "custom": facts | {"file": f"{n}.md"}} for n in names]
        (self.folder / "sources.json").write_text(json.dumps(items))

    def build(self, progress=None, **options):
        self.encoder = ToyEncoder()
        return building.build(self.folder, self.index, progress, encoder=self.encoder, **options)

    @property
    def retriever(self):
        return open_index(self.index, read_corpus(self.folder), ToyEncoder())[0]

    @property
    def current(self):
        return self.index / "builds" / (self.index / "CURRENT").read_text().strip()

    @property
    def segments(self):
        return sorted((self.current / "segments").iterdir())


@pytest.fixture
def shelf(tmp_path):
    made = Library(tmp_path)
    made.put(1, 2, 3, 4, 5, 6)
    return made


@pytest.fixture
def built(shelf):
    shelf.build()
    return shelf


@pytest.fixture
def read(monkeypatch):
    """The names of the files that are read, as they are."""
    names, read_here = [], library.read_here

    def noted(doc_id, *file):
        names.append(doc_id)
        return read_here(doc_id, *file)

    monkeypatch.setattr(library, "read_here", noted)
    return names


def found(retriever, query):
    return [(hit.passage, hit.score) for hit in retriever.search(query, k=20)]


def assert_same(one, other):
    """Whether two indexes hold the same and find the same."""
    assert list(one.documents.items()) == list(other.documents.items())
    assert tuple(one.passages) == tuple(other.passages)
    for row in range(len(one.passages)):
        np.testing.assert_allclose(one.vector_of(row), other.vector_of(row), atol=1e-6)
    for word in [*WORDS, "give 3 mg of fever", "ask your team"]:
        assert found(one, word) == found(other, word)


def assert_near(lists, exact):
    """Whether an index with vectors in lists holds the same, and what is nearest is as near."""
    assert tuple(lists.passages) == tuple(exact.passages)
    for row in range(len(exact.passages)):
        vector = exact.vector_of(row)
        np.testing.assert_allclose(lists.vector_of(row), vector, atol=1e-3)
        (near,), (nearest,) = lists.nearest(vector, 1), exact.nearest(vector, 1)
        cosines = exact.cosines(vector, {near, nearest})
        assert cosines[near] == pytest.approx(cosines[nearest], abs=1e-3)


def inodes_of(segment):
    """Return which file each of a segment's is, by its path there."""
    files = (path for path in segment.rglob("*") if path.is_file())
    return {path.relative_to(segment).as_posix(): path.stat().st_ino for path in files}


def states(report):
    return {document.doc_id: document.state for document in report.documents}


def test_nothing_is_read_or_embedded_again_where_nothing_changed(built, read):
    before = built.retriever
    read.clear()
    report = built.build()
    assert read == []
    assert built.encoder.seen == []
    assert set(states(report).values()) == {"unchanged"}
    assert_same(built.retriever, before)


def test_one_more_document_is_read_and_embedded_alone(built, read):
    inodes = inodes_of(built.segments[0])
    built.put(7)
    report = built.build()
    assert read == ["d7"]
    assert states(report) == {f"d{n}": "unchanged" for n in range(1, 7)} | {"d7": "read"}
    assert all("7" in seen or "Ask your team" in seen for seen in built.encoder.seen)
    assert inodes_of(built.segments[0]) == inodes


def test_vectors_in_lists_are_taken_over_and_written_again(shelf, monkeypatch):
    monkeypatch.setattr("index.parts.writing.FLAT_ROWS", 10)
    shelf.build()
    before = inodes_of(shelf.segments[0])
    assert {name for name in before if name.startswith("dense")} == {
        "dense/lists.ivf",
        "dense/lists.json",
        "dense/vectors.f16",
    }
    embedded = set(shelf.encoder.seen)
    shelf.put(7)
    shelf.build()
    assert inodes_of(shelf.segments[0]) == before
    embedded |= set(shelf.encoder.seen)
    shelf.put(3, 8, 9, 10, 11, 12, more="\\nIt helps against hiccups.")
    shelf.build()
    assert len(shelf.segments) == 1
    assert embedded.isdisjoint(shelf.encoder.seen)
    grown = shelf.retriever
    monkeypatch.undo()
    shelf.build(anew=True)
    assert_near(grown, shelf.retriever)


def test_a_library_that_grew_is_as_one_built_at_once_in_whatever_order(built, tmp_path):
    for number in (9, 7, 8):
        built.put(number)
        built.build()
    built.list([f"d{n}" for n in (3, 9, 1, 2, 8, 4, 5, 7, 6)])
    built.build()
    grown = built.retriever
    built.build(anew=True)
    assert_same(grown, built.retriever)


def test_a_replaced_document_says_what_its_file_says_now(built, read):
    built.put(3, more="\\nIt helps against hiccups.")
    report = built.build()
    assert read == ["d3"]
    assert states(report)["d3"] == "read"
    assert all("hiccups" in seen for seen in built.encoder.seen), "what stayed is not embedded"
    grown = built.retriever
    built.build(anew=True)
    assert_same(grown, built.retriever)


def test_a_withdrawn_document_is_found_no_more(built, read):
    built.withdraw(2)
    report = built.build()
    assert report.withdrawn == ("d2",)
    assert read == []
    assert built.encoder.seen == []
    grown = built.retriever
    assert "d2" not in grown.documents
    built.build(anew=True)
    assert_same(grown, built.retriever)


def test_rows_of_few_withdrawn_documents_stay_in_the_index_of_words_unseen(built, monkeypatch):
    monkeypatch.setattr(writing, "STALE", 0.9)
    built.withdraw(2)
    built.put(8, 3, more="\\nIt helps against hiccups.")
    built.build()
    grown = built.retriever
    assert {p.doc_id for p, _ in found(grown, "Give 2 mg")} <= grown.documents.keys()
    assert found(grown, "hiccups")[0][0].doc_id in ("d3", "d8")
    monkeypatch.setattr(writing, "STALE", 0)
    built.build()
    built.build(anew=True)
    assert_same(built.retriever, built.retriever)


def test_a_document_that_comes_back_is_found_again(built):
    before = built.retriever
    names = built.names
    built.withdraw(2)
    built.build()
    built.put(2)
    built.list(names)
    built.build()
    assert_same(built.retriever, before)


def test_there_are_few_segments_however_many_documents_are_added(tmp_path):
    shelf = Library(tmp_path)
    for number in range(1, 18):
        shelf.put(number)
        shelf.build()
        assert len(shelf.segments) <= 6
    grown = shelf.retriever
    shelf.build(anew=True)
    assert_same(grown, shelf.retriever)


def test_a_reader_goes_on_with_its_build_while_others_take_its_place(built):
    reader = built.retriever
    before = [found(reader, word) for word in WORDS]
    for number in (7, 8, 9):
        built.put(number)
        built.build()
    assert [found(reader, word) for word in WORDS] == before


# Stopped


class StoppedError(Exception):
    pass


def stop_at(step, share):
    def stop(what, done, total):
        if what == step and done >= share * total:
            raise StoppedError

    return stop


def test_what_was_read_before_a_stop_is_not_read_again(shelf, read):
    with pytest.raises(StoppedError):
        shelf.build(stop_at("reading", 0.5))
    first = list(read)
    assert 3 <= len(first) < 6
    shelf.build()
    assert sorted(read) == sorted(f"d{n}" for n in range(1, 7))
    assert len(shelf.retriever.documents) == 6


def test_what_was_embedded_before_a_stop_is_not_embedded_again(shelf, read):
    with pytest.raises(StoppedError):
        shelf.build(stop_at("encoding", 0.5))
    first = shelf.encoder.seen
    shelf.build()
    assert len(read) == 6
    assert first
    assert not set(first) & set(shelf.encoder.seen)
    stopped = shelf.retriever
    shelf.build(anew=True)
    assert_same(stopped, shelf.retriever)


def test_what_was_kept_is_gone_once_an_index_holds_it(shelf):
    with pytest.raises(StoppedError):
        shelf.build(stop_at("encoding", 0.5))
    assert list((shelf.index / "kept").iterdir())
    shelf.build()
    assert not (shelf.index / "kept").exists()


@pytest.mark.parametrize("spoil", ["cut", "flip", "empty"])
def test_kept_vectors_that_are_damaged_are_made_again(shelf, spoil):
    with pytest.raises(StoppedError):
        shelf.build(stop_at("encoding", 0.5))
    (path,) = (shelf.index / "kept").glob("vectors-*")
    data = path.read_bytes()
    cut = {"cut": data[:-3], "flip": data[:40] + b"XX" + data[42:], "empty": b""}
    path.write_bytes(cut[spoil])
    shelf.build()
    stopped = shelf.retriever
    shelf.build(anew=True)
    assert_same(stopped, shelf.retriever)


def test_a_torn_record_does_not_spoil_those_after_it(tmp_path):
    texts, encoder = [f"text {n}" for n in range(6)], ToyEncoder()
    KnownVectors(encoder, tmp_path).embed(texts[:3])
    (path,) = tmp_path.iterdir()
    with path.open("ab") as file:
        file.write(b"half a record")
    KnownVectors(encoder, tmp_path).embed(texts[3:])
    encoder.seen.clear()
    vectors, _ = KnownVectors(encoder, tmp_path).embed(texts)
    assert encoder.seen == []
    np.testing.assert_array_equal(vectors, encoder.encode(texts))


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(0, 32, 4))
def test_a_build_that_is_killed_leaves_the_index_in_use_and_can_be_repeated(built, moment):
    before = built.retriever
    built.put(7, 8, 9)
    built.withdraw(1)
    command = [sys.executable, "-c", KILLED, built.folder, built.index, str(moment)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    killed = subprocess.run([*map(str, command)], cwd=ROOT, env=env)
    if killed.returncode == 0:
        pytest.skip("it was done by then")
    assert killed.returncode == -signal.SIGKILL
    assert len(before.search("fever", k=3)) == 3
    names = built.names
    built.put(1)
    built.list([f"d{n}" for n in range(1, 7)])
    for number in (7, 8, 9):
        (built.folder / "files" / f"d{number}.md").rename(built.folder / f"d{number}.md")
    assert_same(built.retriever, before)
    for number in (7, 8, 9):
        (built.folder / f"d{number}.md").rename(built.folder / "files" / f"d{number}.md")
    built.withdraw(1)
    built.list(names)
    built.build()
    assert sorted(built.retriever.documents) == [f"d{n}" for n in range(2, 10)]


# When nothing can be taken over


def test_a_damaged_index_is_built_anew(built, read):
    (built.segments[0] / "passages.jsonl").write_bytes(b"")
    assert set(states(built.build()).values()) == {"read"}
    assert len(read) == 6
    assert len(built.retriever.documents) == 6


def test_another_encoder_embeds_everything(built):
    before, other = built.retriever, ToyEncoder(sha256="1" * 64)
    building.build(built.folder, built.index, encoder=other)
    assert len(other.seen) == len(before.passages)


def test_another_version_of_reading_reads_everything_and_embeds_nothing(built, read, monkeypatch):
    for module in (building, writing):
        monkeypatch.setattr(module, "reading_version", lambda: "other")
    built.build()
    assert len(read) == 6
    assert built.encoder.seen == []
    built.build()
    assert len(read) == 6


def test_a_file_of_another_ending_is_read_again(built, read):
    files = built.folder / "files"
    (files / "d2.md").rename(files / "d2.txt")
    listing = (built.folder / "sources.json").read_text()
    (built.folder / "sources.json").write_text(listing.replace("d2.md", "d2.txt"))
    built.build()
    assert read == ["d2"]


# The bank


def test_known_questions_are_not_embedded_again(built, monkeypatch):
    learnt = SimpleNamespace(arrays=lambda: {"weights": np.zeros(1, np.float32)})
    monkeypatch.setattr(bank, "fit", lambda *known: learnt)
    fits = SimpleNamespace(fits=lambda n_dimensions, n_units: True)
    monkeypatch.setattr(bank, "restore", lambda arrays: fits)
    evidence = {"doc": "d1", "quote": "Give 1 mg of skin."}
    assert evidence["quote"].rstrip(".") in text(1)
    lines = [
        {
            "question": f"How much, {n}?",
            "kind": "fact",
            "voice": "patient",
            "required": [[evidence]],
        }
        for n in range(3)
    ]
    (built.folder / "questions").mkdir()
    path = built.folder / "questions" / "bank.jsonl"
    path.write_text("\n".join(map(json.dumps, lines[:2])))
    assert built.build().n_questions == 2
    assert len(built.encoder.seen) == 2
    path.write_text("\n".join(map(json.dumps, lines)))
    built.put(7)
    built.build()
    assert [seen for seen in built.encoder.seen if "How much" in seen] == ["How much, 2?"]
    assert len(built.retriever.documents) == 7


# The report


def test_the_report_says_of_each_document_what_was_done_with_it(built):
    built.put(8, more="\\n<!-- left out -->")
    (built.folder / "files" / "d3.md").write_bytes(b"")
    built.withdraw(1)
    report = built.build()
    assert [one.doc_id for one in report.documents] == ["d2", "d4", "d5", "d6", "d8"]
    added = report.documents[-1]
    assert (added.state, added.sentences, added.passages) == ("read", 3, 2)
    assert (added.dropped, added.joined, added.doubtful) == (1, 0, 0)
    assert [one.doc_id for one in report.skipped] == ["d3"]
    assert report.withdrawn == ("d1",)
    assert (report.n_documents, report.n_sentences) == (5, 15)
