"""What is learnt from a bank is kept with the index; without a bank nothing is."""

import json

import numpy as np
import pytest

from bank.errors import BankError
from bank.known import EmptyBank
from bank.pipeline import load_bank, questions_to_embed
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
