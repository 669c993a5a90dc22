"""While a library has changed and its index has not, the version before answers."""

import pytest

from answer.build import build
from bank.pipeline import open_index
from corpus.marking import mark
from corpus.sources import Corpus, read_corpus
from index.errors import IndexMismatchError, NoIndexError
from index.store import new_build
from library.changing import replace, withdraw
from library.checkout import open_last
from tests.library.conftest import NOTES
from tests.toys import ToyEncoder

OTHER = "# Milk and the bones\n\nMilk is good for the bones of most people. Others drink water.\n"


@pytest.fixture
def index(library, added, write, tmp_path):
    """The index of a library of two documents, built with a stand-in for the encoder."""
    added(write("notes.md"), write("milk.md", OTHER))
    build(library, tmp_path / "index", encoder=ToyEncoder())
    return tmp_path / "index"


def read(folder):
    return folder if isinstance(folder, Corpus) else read_corpus(folder)


def opened(library, index, seen=None):
    def load(folder):
        if seen is not None:
            seen.append(folder)
        return open_index(index, read(folder), ToyEncoder())[0]

    return open_last(library, index, load)


def texts(retriever):
    return {doc_id: document.source for doc_id, document in retriever.documents.items()}


def test_a_library_that_did_not_change_is_opened_as_it_is(library, index):
    seen = []
    retriever, earlier = opened(library, index, seen)
    assert (set(retriever.documents), earlier) == ({"notes", "milk"}, "")
    assert seen == [library]


def test_what_was_added_and_not_yet_built_is_not_answered_from(library, index, added, write):
    before = read_corpus(library).version
    added(write("salt.md", OTHER.replace("Milk", "Salt")))
    retriever, earlier = opened(library, index)
    assert (set(retriever.documents), earlier) == ({"notes", "milk"}, before)


def test_a_document_that_was_replaced_or_withdrawn_is_as_it_was_until_the_build(
    library, index, write
):
    replace(library, "notes", write("new/notes.md", NOTES.replace("a week", "two weeks")))
    withdraw(library, ["milk"])
    retriever, earlier = opened(library, index)
    assert earlier
    assert texts(retriever) == {"notes": NOTES, "milk": OTHER}
    build(library, index, encoder=ToyEncoder())
    retriever, earlier = opened(library, index)
    assert not earlier
    assert texts(retriever) == {"notes": NOTES.replace("a week", "two weeks")}


def test_facts_are_those_of_then_and_statuses_those_of_today(library, index, items):
    withdraw(library, ["milk"])
    mark(library, {"notes": [{"kind": "retracted"}]})
    seen = []
    opened(library, index, seen)
    sources = {source.doc_id: source for source in seen[-1].sources}
    assert sources["milk"].title == "Milk and the bones"
    assert sources["notes"].is_retracted
    assert sources["notes"].path == library / "files" / "notes.md"
    assert sources["milk"].path.parent == library / "history" / "files"


def test_nothing_is_written(library, index, tmp_path):
    withdraw(library, ["milk"])
    before = sorted(tmp_path.rglob("*"))
    assert opened(library, index)[1]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_question_bank_that_changed_asks_for_a_build(library, index):
    (library / "questions").mkdir()
    (library / "questions" / "bank.jsonl").write_text("")
    with pytest.raises(IndexMismatchError, match=r"Run `quotewell build`\.$"):
        opened(library, index)


def test_a_file_that_was_changed_by_hand_is_gone_so_that_only_a_build_helps(library, index):
    (library / "files" / "milk.md").write_text("Other words, by hand. They differ.\n")
    items = (library / "sources.json").read_text("utf-8")
    (library / "sources.json").write_text(items.replace('"sha256"', '"was"'), "utf-8")
    with pytest.raises(IndexMismatchError, match=r"Run `quotewell build`\.$"):
        opened(library, index)


def test_an_index_of_another_encoder_is_refused(library, index):
    def load(folder):
        return open_index(index, read(folder), ToyEncoder(sha256="1" * 64))

    with pytest.raises(IndexMismatchError, match="encoder sha256"):
        open_last(library, index, load)


def test_without_an_index_there_is_no_version_before(library, index, tmp_path):
    with pytest.raises(NoIndexError):
        opened(library, tmp_path / "none")


def test_a_server_of_the_version_before_is_overtaken_by_the_build(library, index):
    withdraw(library, ["milk"])
    retriever, _ = opened(library, index)
    with new_build(index):
        assert opened(library, index)[1]
    build(library, index, encoder=ToyEncoder())
    assert texts(retriever)["milk"] == OTHER
