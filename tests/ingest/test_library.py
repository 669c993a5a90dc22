"""One file that cannot be read never stops the others."""

import json

import pytest

from corpus.sources import read_corpus
from ingest import library
from ingest.library import ingest_sources

OTHER_CHARSET = b"\xe9 au lait."


@pytest.fixture
def sources(tmp_path):
    """List files by name, and read the listing."""

    def listed(**files):
        (tmp_path / "files").mkdir()
        facts = {"label": "L", "audience": "patient", "evidence": "a page", "rights": "free"}
        items = []
        for name, data in files.items():
            (tmp_path / "files" / name).write_bytes(data)
            custom = {**facts, "file": name}
            items.append({"id": name.split(".")[0], "title": name, "custom": custom})
        (tmp_path / "sources.json").write_text(json.dumps(items), "utf-8")
        return read_corpus(tmp_path).sources

    return listed


def test_what_can_be_read_is_read_and_the_rest_is_named_with_the_reason(sources):
    files = {
        "a.md": b"A sentence.",
        "b.md": OTHER_CHARSET,
        "c.xyz": b"text",
        "d.txt": b"",
        "e.txt": b"The last one.",
    }
    seen = []
    documents, skipped = ingest_sources(sources(**files), lambda *done: seen.append(done))
    assert list(documents) == ["a", "e"]
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    told = {one.doc_id: one.faults[0] for one in skipped}
    assert "b.md: not UTF-8" in told["b"]
    assert "c.xyz: no parser for '.xyz' files" in told["c"]
    assert "d.txt: is empty (0 bytes)" in told["d"]


def test_a_file_that_is_gone_or_changed_since_it_was_checked_is_skipped(sources):
    listed = sources(**{"a.md": b"A sentence.", "b.md": b"Another."})
    listed[0].path.unlink()
    listed[1].path.write_bytes(b"Something else.")
    documents, skipped = ingest_sources(listed)
    assert documents == {}
    assert "put the file back" in skipped[0].faults[0]
    assert "changed while it was being read; run `quotewell build` again" in skipped[1].faults[0]


def test_a_parser_that_breaks_costs_its_own_document_only(sources, monkeypatch):
    read_here = library.read_here

    def break_on_a(doc_id, *file):
        if doc_id == "a":
            raise RecursionError("too deep")
        return read_here(doc_id, *file)

    monkeypatch.setattr(library, "read_here", break_on_a)
    documents, skipped = ingest_sources(sources(**{"a.md": b"A one.", "b.md": b"Another."}))
    assert list(documents) == ["b"]
    assert "the parser failed (RecursionError: too deep), which is a bug" in skipped[0].faults[0]
