"""While a library has changed and its index has not, the version before answers."""

from pathlib import Path

import pytest

from answer.build import build
from bank.pipeline import open_index
from corpus.sources import read_corpus
from index.errors import IndexMismatchError, NoIndexError
from index.store import new_build
from library.changing import replace, withdraw
from library.last import open_last
from tests.library.conftest import NOTES
from tests.toys import ToyEncoder

OTHER = "# Milk and the bones\n\nMilk is good for the bones of most people. Others drink water.\n"


@pytest.fixture
def index(library, added, write, tmp_path):
    """The index of a library of two documents, built with a stand-in for the encoder."""
    added(write("notes.md"), write("milk.md", OTHER))
    build(library, tmp_path / "index", encoder=ToyEncoder())
    return tmp_path / "index"


def opened(library, index, seen=None):
    def load(folder):
        if seen is not None:
            seen.append(folder)
        return open_index(index, read_corpus(folder), ToyEncoder())[0]

    return open_last(library, index, load)


def texts(retriever):
    return {doc_id: document.source for doc_id, document in retriever.documents.items()}


def test_a_library_that_did_not_change_is_opened_as_it_is(library, index):
    seen = []
    retriever, earlier = opened(library, index, seen)
    assert (set(retriever.documents), earlier) == ({"notes", "milk"}, "")
    assert seen == [library]
    assert not (index / "last").exists()


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
    assert not (index / "last").exists()


def test_it_is_checked_out_once_however_often_it_is_opened(library, index):
    withdraw(library, ["milk"])
    opened(library, index)
    files = [*(index / "last").rglob("*")]
    opened(library, index)
    assert [*(index / "last").rglob("*")] == files


def test_a_file_that_was_changed_by_hand_is_gone_so_that_only_a_build_helps(library, index):
    (library / "files" / "milk.md").write_text("Other words, by hand. They differ.\n")
    items = (library / "sources.json").read_text("utf-8")
    (library / "sources.json").write_text(items.replace('"sha256"', '"was"'), "utf-8")
    with pytest.raises(IndexMismatchError, match=r"Run `quotewell build`\.$"):
        opened(library, index)


def test_an_index_of_another_encoder_is_refused(library, index):
    def load(folder):
        return open_index(index, read_corpus(folder), ToyEncoder(sha256="1" * 64))

    with pytest.raises(IndexMismatchError, match="encoder sha256"):
        open_last(library, index, load)
    assert not (index / "last").exists()


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


def test_the_folder_may_be_one_that_cannot_be_written(library, index, monkeypatch):
    withdraw(library, ["milk"])
    monkeypatch.setattr(Path, "mkdir", lambda *args, **how: (_ for _ in ()).throw(OSError(30, "")))
    with pytest.raises(IndexMismatchError):
        opened(library, index)
