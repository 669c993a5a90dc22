"""Documents are replaced and withdrawn; their bytes stay in the history."""

import pytest

from corpus.digests import file_digest
from corpus.sources import read_corpus
from library import history
from library.changing import replace, withdraw
from library.errors import LibraryError
from library.outcomes import Known, Refused
from tests.library.conftest import NOTES
from tests.library.test_adding import paper, printed

NEW = NOTES.replace("a week", "two weeks")


def kept(library):
    return {path.read_bytes() for path in (library / "history" / "files").iterdir()}


def test_a_new_version_takes_the_place_of_the_old_and_keeps_its_facts(added, write, items, library):
    added(write("notes.md"))
    done = replace(library, "notes", write("new/other name.txt", NEW))
    assert (done.how, done.doc_id) == ("replaced", "notes")
    assert items()["notes"]["custom"]["file"] == "notes.txt"
    assert items()["notes"]["title"] == "A trial of rest in gout of the toe"
    (source,) = read_corpus(library).sources
    assert source.path.read_text("utf-8") == NEW
    assert NOTES.encode() in kept(library)
    assert [one.replaced for one in history.versions(library)] == [(), ("notes",)]


def test_the_same_bytes_and_what_cannot_be_read_change_nothing(added, write, library):
    added(write("notes.md"))
    before = read_corpus(library).sha256
    assert replace(library, "notes", write("notes.md")) == Known(write("notes.md"), "notes")
    refused = replace(library, "notes", write("torn.pdf", b"%PDF-1.4"))
    assert isinstance(refused, Refused)
    assert read_corpus(library).sha256 == before


def test_a_pdf_replaces_the_pages_of_a_text(added, write, items, library):
    added(write("paper.nxml", paper()), write("print.pdf", printed()))
    new = write("new.pdf", printed("One more sentence is in the new print."))
    assert replace(library, "paper", new).how == "pages of"
    assert items()["paper"]["custom"]["file"] == "paper.nxml"
    (source,) = read_corpus(library).sources
    assert source.pdf_sha256 == file_digest(new)
    assert printed() in kept(library)
    again = write("newer.pdf", printed("Another sentence is in the newest print."))
    replace(library, "paper", again)
    assert read_corpus(library).sources[0].pdf_sha256 == file_digest(again)


def test_a_withdrawn_document_is_gone_with_its_files_and_kept_in_the_history(
    added, write, items, library
):
    added(write("paper.nxml", paper()), write("print.pdf", printed()), write("notes.md"))
    withdraw(library, ["paper"])
    assert set(items()) == {"notes"}
    assert {p.name for p in (library / "files").glob("[!.]*")} == {"notes.md"}
    assert {paper(), printed()} <= kept(library)
    withdraw(library, ["notes"])
    assert items() == {}
    assert added(write("notes.md"))[0].how == "added"


@pytest.mark.parametrize("change", [lambda at: withdraw(at, ["notes", "none"]),
                                    lambda at: replace(at, "none", at / "sources.json")])  # fmt: skip
def test_a_document_that_is_not_there_changes_nothing(added, write, items, library, change):
    added(write("notes.md"))
    with pytest.raises(LibraryError, match=r"no document 'none'; `quotewell list` shows the ids"):
        change(library)
    assert set(items()) == {"notes"}
