"""What is learnt from a bank is kept with the index; without a bank nothing is."""

import json

import numpy as np
import pytest

from bank import pipeline
from bank.errors import BankError
from bank.known import EmptyBank
from bank.pipeline import FILE, load_bank, questions_to_embed, write_bank
from bank.questions import read_bank
from index.errors import DamagedIndexError
from ingest.passages import pack_passages
from tests.indexes import build_index, load_retriever

pytestmark = pytest.mark.usefixtures("few_steps")

LINES = [
    {
        "question": "how often do I get the drip",
        "kind": "lay",
        "voice": "patient",
        "required": [[{"doc": "drug", "quote": "The drug is given every 3 weeks [1, 3-4]."}]],
    },
    {
        "question": "and who gives it?",
        "history": ["What is the drip?"],
        "kind": "near_miss",
        "voice": "patient",
        "reason": "nobody is named",
    },
]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "questions"
    folder.mkdir()
    lines = "".join(json.dumps(line) + "\n" for line in LINES)
    (folder / "bank.jsonl").write_text(lines, "utf-8")
    return folder


@pytest.fixture
def built(document, encoder, folder, tmp_path):
    """The folder of a build with that bank, and the retriever over it."""
    passages = pack_passages(document, encoder.count_tokens, max_tokens=13)
    questions = read_bank(folder, {"drug": document})
    build_index([document], passages, encoder, tmp_path / "index", "c", questions=questions)
    (build,) = (tmp_path / "index" / "builds").iterdir()
    return build, load_retriever(tmp_path / "index", encoder, "c")


def test_a_follow_up_is_compared_after_the_question_that_it_depends_on(document, folder):
    questions = read_bank(folder, {"drug": document})
    assert questions_to_embed(questions) == (
        "how often do I get the drip",
        "What is the drip? and who gives it?",
    )


def test_a_bank_comes_back_and_knows_its_questions(document, encoder, folder, built):
    build, retriever = built
    bank = load_bank(build, folder, retriever)
    near = bank.near(encoder.encode(["how often do I get the drip"])[0])
    known = near.columns(np.arange(len(retriever.sentences)))["known"]
    row = int(known.argmax())
    assert retriever.sentences[row].text == "The drug is given every 3 weeks [1, 3-4]."
    assert known.max() == pytest.approx(1, abs=1e-5)


def test_a_corpus_without_a_bank_has_no_file_and_says_nothing(document, encoder, tmp_path):
    passages = pack_passages(document, encoder.count_tokens)
    build_index([document], passages, encoder, tmp_path / "index", "c")
    (build,) = (tmp_path / "index" / "builds").iterdir()
    assert not (build / "bank.npz").exists()
    retriever = load_retriever(tmp_path / "index", encoder, "c")
    bank = load_bank(build, tmp_path / "none", retriever)
    assert isinstance(bank, EmptyBank)
    near = bank.near(np.ones(encoder.dimension))
    assert (near.columns(np.arange(3)), near.rankings) == ({}, ())


@pytest.mark.parametrize("content", [None, b"", b"PK", b"\x80\x04pickle"])
def test_a_damaged_file_is_damage_to_the_index_so_that_a_newer_build_is_tried(
    document, folder, built, content
):
    build, retriever = built
    (build / "bank.npz").unlink()
    if content is not None:
        (build / "bank.npz").write_bytes(content)
    with pytest.raises(DamagedIndexError, match="Run `quotewell build --anew`"):
        load_bank(build, folder, retriever)


def test_a_build_from_other_questions_is_refused(document, folder, built):
    build, retriever = built
    (folder / "more.jsonl").write_text(json.dumps(LINES[0]) + "\n", "utf-8")
    with pytest.raises(BankError, match="run `quotewell build`"):
        load_bank(build, folder, retriever)


@pytest.fixture
def learnt(document, encoder, folder, built, tmp_path, monkeypatch):
    """Write the bank again, beside the build; return what was fitted for it."""
    _, retriever = built
    fitted, fit = [], pipeline.fit

    def counted(vectors, targets):
        fitted.append(len(vectors))
        return fit(vectors, targets)

    monkeypatch.setattr(pipeline, "fit", counted)

    def write(old, questions):
        texts = questions_to_embed(questions)
        new = tmp_path / "new"
        new.mkdir()
        embedded = encoder.encode(texts), bytes(16 * len(texts))
        write_bank(new, questions, retriever.documents, embedded, old)
        return fitted, load_bank(new, folder, retriever)

    return write


def test_what_was_learnt_from_the_same_bank_is_taken_over(document, encoder, folder, built, learnt):
    build, retriever = built
    fitted, bank = learnt(build, read_bank(folder, {"drug": document}))
    assert fitted == []
    before = load_bank(build, folder, retriever)
    asked = encoder.encode(["how often do I get the drip"])[0]
    assert np.array_equal(bank.near(asked).held["intent"], before.near(asked).held["intent"])


def test_a_new_line_is_learnt(document, folder, built, learnt):
    (folder / "more.jsonl").write_text(json.dumps(LINES[0]) + "\n", "utf-8")
    fitted, _ = learnt(built[0], read_bank(folder, {"drug": document}))
    assert fitted == [3]


@pytest.mark.parametrize("content", [None, b"", b"PK"])
def test_a_bank_that_cannot_be_taken_over_is_learnt_again(document, folder, built, learnt, content):
    (built[0] / FILE).unlink()
    if content is not None:
        (built[0] / FILE).write_bytes(content)
    fitted, _ = learnt(built[0], read_bank(folder, {"drug": document}))
    assert fitted == [2]


def test_a_bank_that_is_learnt_in_another_way_is_learnt_again(
    document, folder, built, learnt, monkeypatch
):
    monkeypatch.setattr("bank.intents.SEED", 21)
    fitted, _ = learnt(built[0], read_bank(folder, {"drug": document}))
    assert fitted == [2]
