"""A change of a corpus can be stopped between any two of its steps."""

import hashlib
import json
import shutil

import pytest

from corpus import changing
from corpus.changing import Change, apply, start
from corpus.sources import CorpusError, read_corpus


def listed(name, data, **custom):
    digest = hashlib.sha256(data).hexdigest()
    doc_id = name.rpartition(".")[0]
    return {"id": doc_id, "custom": {"file": name, "sha256": digest, **custom}}


@pytest.fixture
def library(tmp_path):
    """A library of ``old.md``, and a folder with the files that a change brings."""
    folder = tmp_path / "library"
    start(folder)
    (tmp_path / "old.md").write_bytes(b"old")
    apply(folder, Change({"old.md": tmp_path / "old.md"}, added=[listed("old.md", b"old")]))
    (tmp_path / "new.md").write_bytes(b"new")
    return folder


def contents(folder):
    files = folder / "files"
    return {p.name: p.read_bytes() for p in files.iterdir() if p.name != ".lock"}


def ids(folder):
    return [source.doc_id for source in read_corpus(folder).sources]


def test_a_library_is_made_once(library):
    before = (library / "sources.json").read_text("utf-8")
    start(library)
    assert (library / "sources.json").read_text("utf-8") == before
    assert ids(library) == ["old"]


CHANGES = {
    "add": lambda at: Change({"new.md": at / "new.md"}, added=[listed("new.md", b"new")]),
    "replace": lambda at: Change(
        {"old.md": at / "new.md"}, items={"old": listed("old.md", b"new")}
    ),
    "rename": lambda at: Change(
        {"old.txt": at / "new.md"}, ["old.md"], {"old": listed("old.txt", b"new")}
    ),
    "pages": lambda at: Change(
        {"old.pdf": at / "new.md"}, items={"old": listed("old.md", b"old", pdf="old.pdf")}
    ),
    "withdraw and add": lambda at: Change(
        {"new.md": at / "new.md"}, ["old.md"], {"old": None}, [listed("new.md", b"new")]
    ),
}


class Killed(BaseException):
    """Stands in for the end of the process."""


def kill(*_):
    raise Killed


@pytest.fixture(params=CHANGES)
def change(request, library):
    return CHANGES[request.param](library.parent)


def test_a_kill_before_the_listing_is_replaced_leaves_the_library_as_it_was(
    library, change, monkeypatch
):
    before = contents(library), (library / "sources.json").read_text("utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(changing, "replace_text", kill)
        with pytest.raises(Killed):
            apply(library, change)
    assert ids(library) == ["old"]
    assert (contents(library), (library / "sources.json").read_text("utf-8")) == before


def test_a_kill_after_the_listing_is_replaced_leaves_the_change_to_the_next_reader(
    library, change, monkeypatch, tmp_path
):
    other = shutil.copytree(library, tmp_path / "other")
    apply(other, change)
    with monkeypatch.context() as patch:
        steps = iter([changing._settle, kill])
        patch.setattr(changing, "_settle", lambda folder: next(steps)(folder))
        with pytest.raises(Killed):
            apply(library, change)
    assert contents(library) != contents(other)
    assert ids(library) == ids(other)
    assert not read_corpus(library).skipped
    assert contents(library) == contents(other)


def test_a_file_that_changed_since_it_was_read_is_not_listed(library, tmp_path):
    change = Change({"new.md": tmp_path / "new.md"}, added=[listed("new.md", b"other")])
    with pytest.raises(CorpusError, match=r"changed while it was being added; add it again$"):
        apply(library, change)
    assert ids(library) == ["old"]
    assert set(contents(library)) == {"old.md"}


def test_a_listing_that_is_no_json_is_left_alone(library, tmp_path):
    (library / "sources.json").write_text("[", "utf-8")
    (library / "files" / ".new-new.md").write_bytes(b"new")
    changing.settle(library)
    assert (library / "files" / ".new-new.md").exists()


def test_an_empty_library_says_what_to_do(tmp_path):
    start(tmp_path)
    with pytest.raises(CorpusError, match=r"lists no documents; add one by `quotewell add`$"):
        read_corpus(tmp_path)
    assert json.loads((tmp_path / "sources.json").read_text("utf-8")) == []
