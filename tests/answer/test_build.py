"""What a build leaves out, the commands after it leave out too; with a toy encoder, no model."""

import hashlib
import json
from types import SimpleNamespace

import numpy as np
import pytest

from answer import build as building
from answer import pipeline
from bank import pipeline as bank
from corpus.sources import CorpusError
from index.errors import IndexMismatchError

A, B, C = ({"doc": d, "quote": f"This is {d}."} for d in ("a", "b", "c"))
BANK = (
    {"question": "What is a?", "kind": "fact", "voice": "patient", "required": [[A]]},
    {"question": "What is b?", "kind": "fact", "voice": "patient", "required": [[B]]},
    {"question": "Are a and c the same?", "kind": "compare", "voice": "patient",
     "required": [[A], [C]]},
    {"question": "What of c?", "kind": "personal", "voice": "patient", "helpful": [C]},
    {"question": "What is the capital of Peru?", "kind": "off_topic", "voice": "patient"},
)  # fmt: skip


class Corpus:
    """Documents a, b and c, one sentence each, to be spoilt."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "files").mkdir(parents=True)
        for doc_id in "abc":
            (folder / "files" / f"{doc_id}.md").write_text(f"# {doc_id}\n\nThis is {doc_id}.\n")
        self.items = [self.item(doc_id) for doc_id in "abc"]
        self.write()

    def item(self, doc_id):
        data = (self.folder / "files" / f"{doc_id}.md").read_bytes()
        facts = {"label": doc_id, "audience": "patient", "evidence": "a page", "rights": "free"}
        custom = {"file": f"{doc_id}.md", "sha256": hashlib.sha256(data).hexdigest(), **facts}
        return {"id": doc_id, "title": doc_id, "custom": custom}

    def write(self):
        (self.folder / "sources.json").write_text(json.dumps(self.items), "utf-8")

    def write_bank(self):
        (self.folder / "questions").mkdir()
        lines = "".join(json.dumps(record) + "\n" for record in BANK)
        (self.folder / "questions" / "bank.jsonl").write_text(lines, "utf-8")

    def lose(self):
        (self.folder / "files" / "b.md").unlink()

    def change(self):
        (self.folder / "files" / "b.md").write_text("This is other.")

    def misdate(self):
        self.items[1]["issued"] = {"date-parts": [[2024, 99]]}
        self.write()

    def spoil(self):
        (self.folder / "files" / "b.md").write_bytes(b"\xe9 au lait.")
        self.items[1] = self.item("b")
        self.write()

    def empty(self):
        (self.folder / "files" / "b.md").write_bytes(b"")
        self.items[1] = self.item("b")
        self.write()


@pytest.fixture
def corpus(tmp_path):
    return Corpus(tmp_path / "corpus")


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


@pytest.fixture(autouse=True)
def toys(monkeypatch, encoder):
    """No models: the toy encoder, a reader that is never asked, no calibration."""
    learnt = SimpleNamespace(arrays=lambda: {"weights": np.zeros(1, np.float32)})
    reader = SimpleNamespace(sha256="0" * 64, text=lambda headings, sentences: sentences)
    monkeypatch.setattr(building, "building_encoder", lambda *places: encoder)
    monkeypatch.setattr(pipeline, "open_encoder", lambda index: encoder)
    monkeypatch.setattr(bank, "fit", lambda *examples: learnt)
    fits = SimpleNamespace(fits=lambda n_dimensions, n_units: True)
    monkeypatch.setattr(bank, "restore", lambda arrays: fits)
    monkeypatch.setattr(pipeline, "Reader", lambda encoder, threads: reader)
    monkeypatch.setattr(pipeline, "load_calibration", lambda *facts: None)


def opened(corpus, index):
    answerer = pipeline.load_answerer(corpus.folder, index)
    assert set(answerer.sources) == set(answerer.documents)
    return answerer


FAULTS = {
    "lose": "b.md: cannot be read",
    "change": "b.md: changed: its SHA-256 is",
    "misdate": "item 2 ('b'): issued",
    "spoil": "b.md: not UTF-8",
    "empty": "b.md: is empty (0 bytes)",
}


@pytest.mark.parametrize("how", FAULTS)
def test_one_bad_document_is_skipped_and_the_others_are_answered_from(corpus, index, how):
    getattr(corpus, how)()
    report = building.build(corpus.folder, index)
    assert report.n_documents == 2
    (skipped,) = report.skipped
    assert skipped.doc_id == "b"
    assert FAULTS[how] in skipped.faults[0]
    assert list(opened(corpus, index).documents) == ["a", "c"]


@pytest.mark.parametrize("how", FAULTS)
def test_a_strict_build_tells_the_same_and_publishes_nothing(corpus, index, how):
    getattr(corpus, how)()
    with pytest.raises(CorpusError) as caught:
        building.build(corpus.folder, index, strict=True)
    assert FAULTS[how] in caught.value.faults[0]
    assert not (index / "CURRENT").exists()


def test_a_strict_build_of_a_sound_corpus_is_a_build(corpus, index):
    assert building.build(corpus.folder, index, strict=True).skipped == ()
    assert set(opened(corpus, index).sources) == {"a", "b", "c"}


@pytest.mark.parametrize("how", FAULTS)
def test_questions_about_a_skipped_document_are_left_out_of_the_bank(corpus, index, how):
    corpus.write_bank()
    assert building.build(corpus.folder, index).n_questions == len(BANK)
    getattr(corpus, how)()
    assert building.build(corpus.folder, index).n_questions == len(BANK) - 1
    questions = [known.question for known in opened(corpus, index).bank]
    assert "What is b?" not in questions
    assert len(questions) == len(BANK) - 1


@pytest.mark.parametrize("how", FAULTS)
def test_a_document_that_fails_after_the_build_asks_for_another_build(corpus, index, how):
    building.build(corpus.folder, index)
    getattr(corpus, how)()
    with pytest.raises(IndexMismatchError, match="quotewell build"):
        opened(corpus, index)
    building.build(corpus.folder, index)
    assert list(opened(corpus, index).documents) == ["a", "c"]


def test_a_file_that_is_gone_after_the_build_is_named(corpus, index):
    building.build(corpus.folder, index)
    corpus.lose()
    with pytest.raises(IndexMismatchError, match="cannot be used now: 'b'; `quotewell list` says"):
        opened(corpus, index)


def test_a_document_that_is_repaired_after_the_build_asks_for_another_build(corpus, index):
    corpus.lose()
    building.build(corpus.folder, index)
    (corpus.folder / "files" / "b.md").write_text("# b\n\nThis is b.\n")
    with pytest.raises(IndexMismatchError, match="quotewell build"):
        opened(corpus, index)


def test_where_nothing_can_be_read_nothing_is_built(corpus, index):
    for doc_id in "abc":
        (corpus.folder / "files" / f"{doc_id}.md").write_bytes(b"")
    corpus.items = [corpus.item(doc_id) for doc_id in "abc"]
    corpus.write()
    with pytest.raises(CorpusError) as caught:
        building.build(corpus.folder, index)
    assert len(caught.value.faults) == 3
    assert not (index / "CURRENT").exists()
