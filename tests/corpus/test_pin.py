"""Pinning writes the hashes that are missing, and nothing else changes."""

import hashlib
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pin import pin, with_hashes
from corpus.sources import CorpusError, read_corpus

TEXT, OTHER = (hashlib.sha256(data).hexdigest() for data in (b"text", b"other"))

BY_HAND = """[
 {
  "id": "one", "title": "Ünø",
  "custom": {
   "file": "one.md",
   "label": "One",  "audience": "patient", "evidence": "n = 1.0", "rights": "\\u00a9"
  }
 },
 {"id": "two", "title": "Two", "custom": {"label": "Two", "file": "two.md",
  "audience": "patient", "evidence": "a page", "rights": "free"}}
]
"""


def test_the_hash_goes_after_the_file_and_all_else_stays(corpus):
    folder = corpus(BY_HAND, **{"one.md": b"text", "two.md": b"other"})
    _, pinned = pin(folder)
    assert [source.doc_id for source in pinned] == ["one", "two"]
    expected = BY_HAND.replace('"one.md",', f'"one.md",\n   "sha256": "{TEXT}",')
    expected = expected.replace('"two.md",', f'"two.md", "sha256": "{OTHER}",')
    assert (folder / "sources.json").read_text("utf-8") == expected
    assert all(source.is_pinned for source in read_corpus(folder).sources)


def test_line_ends_byte_order_mark_and_rights_stay_and_a_last_line_end_is_added(corpus, item):
    text = "\ufeff" + json.dumps([item()], indent=2).replace("\n", "\r\n")
    folder = corpus(text, **{"one.md": b"text"})
    (folder / "sources.json").chmod(0o640)
    pin(folder)
    data = (folder / "sources.json").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf[\r\n")
    assert data.endswith(b"]\n")
    assert f'"file": "one.md",\r\n      "sha256": "{TEXT}",\r\n'.encode() in data
    assert (folder / "sources.json").stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(folder)) == ["files", "sources.json"]


def test_pinning_twice_is_pinning_once(corpus, item):
    folder = corpus([item()], **{"one.md": b"text"})
    pin(folder)
    before = (folder / "sources.json").read_bytes()
    assert pin(folder)[1] == ()
    assert (folder / "sources.json").read_bytes() == before


def test_a_hash_that_differs_is_reported_and_never_overwritten(corpus, item):
    items = [item(custom={"sha256": TEXT}), item("two.md")]
    folder = corpus(items, **{"one.md": b"changed", "two.md": b"other"})
    read, pinned = pin(folder)
    assert [source.doc_id for source in pinned] == ["two"]
    assert "one.md: changed: its SHA-256 is" in read.skipped[0].faults[0]
    written = json.loads((folder / "sources.json").read_bytes())
    assert [entry["custom"]["sha256"] for entry in written] == [TEXT, OTHER]


def test_after_the_hash_is_deleted_the_changed_file_can_be_pinned(corpus, item):
    folder = corpus([item()], **{"one.md": b"changed"})
    assert len(pin(folder)[1]) == 1


def test_a_corpus_that_is_refused_is_not_written_to(corpus, item):
    folder = corpus([item()], **{"one.md": b"text", "two.md": b""})
    before = (folder / "sources.json").read_bytes()
    with pytest.raises(CorpusError, match="not listed"):
        pin(folder)
    assert (folder / "sources.json").read_bytes() == before


def test_a_write_that_fails_leaves_the_listing_as_it_was(corpus, item, monkeypatch):
    def fail(*arguments):
        raise OSError("no room")

    folder = corpus([item()], **{"one.md": b"text"})
    before = (folder / "sources.json").read_bytes()
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no room"):
        pin(folder)
    assert (folder / "sources.json").read_bytes() == before
    assert sorted(os.listdir(folder)) == ["files", "sources.json"]


def test_a_listing_that_is_a_link_stays_one(corpus, item):
    folder = corpus([item()], **{"one.md": b"text"})
    (folder / "sources.json").rename(folder / "real.json")
    (folder / "sources.json").symlink_to("real.json")
    pin(folder)
    assert (folder / "sources.json").is_symlink()
    assert TEXT in (folder / "real.json").read_text()


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
ITEMS = st.dictionaries(st.text(max_size=3), VALUES, max_size=4)


@given(st.lists(ITEMS, max_size=3), ITEMS, ITEMS, st.sampled_from([None, 0, 1, 4, "\t"]))
def test_whatever_stands_around_it_only_the_hash_is_added(others, around, inside, indent):
    custom = {**inside, "file": "q.md", "last": 1}
    others = [item for item in others if item.get("id") != "quoted"]
    mine = {**around, "id": "quoted", "custom": custom}
    text = json.dumps([*others, mine], indent=indent)
    expected = [*others, {**mine, "custom": {**custom, "sha256": TEXT}}]
    assert json.loads(with_hashes(text, {"quoted": TEXT})) == expected
