"""A corpus folder is read whole or refused with what to do."""

import hashlib
import json
from pathlib import Path

import pytest

from corpus.sources import CorpusError, corpus_hash, read_sources

ITEM = {
    "id": "one",
    "title": "One",
    "author": [{"family": "Roe", "given": "R."}, {"literal": "A Society"}],
    "container-title": "A Journal",
    "issued": {"date-parts": [[2024, 6, 9]]},
    "custom": {
        "file": "one.md",
        "sha256": hashlib.sha256(b"text").hexdigest(),
        "label": "One",
        "audience": "patient",
        "evidence": "a page",
        "rights": "free",
    },
}
ORIGINALS = {
    "case_report.md": "a11d7856246b8dd239e4f39fa7d750c9b894c620f486b3ef95d4282c7b8200b7",
    "patient_guide.txt": "aa48ea5651c4f1a6c2e0a8d3a55aa689edb11614197c8cb6db3b58e05bec7e1f",
}
"""SHA-256 of the two files as they were given; ``sources.json`` could be changed along with them."""


def corpus(folder, items, files):
    (folder / "files").mkdir(exist_ok=True)
    (folder / "sources.json").write_text(json.dumps(items), "utf-8")
    for name, data in files.items():
        (folder / "files" / name).write_bytes(data)
    return folder


def test_a_source_says_what_the_reader_of_a_quote_needs(tmp_path):
    (source,) = read_sources(corpus(tmp_path, [ITEM], {"one.md": b"text"}))
    assert (source.doc_id, source.authors, source.issued) == (
        "one",
        ("R. Roe", "A Society"),
        "2024-06-09",
    )
    assert (source.container, source.audience, source.updated) == (
        "A Journal",
        "patient",
        "2024-06-09",
    )


def test_the_two_documents_of_the_repository_are_there_unedited():
    sources = read_sources(Path(__file__).parents[2] / "corpus")
    assert [source.audience for source in sources] == ["clinician", "patient"]
    hashes = {one.path.name: hashlib.sha256(one.path.read_bytes()).hexdigest() for one in sources}
    assert hashes == ORIGINALS


@pytest.mark.parametrize(
    ("items", "files", "message"),
    [
        ([ITEM], {"one.md": b"other"}, "restore the file"),
        ([ITEM], {}, "put the file back"),
        ([ITEM], {"one.md": b"text", "two.md": b"x"}, "two.md not listed; add an item"),
        ([ITEM, ITEM], {"one.md": b"text"}, "twice"),
        ([], {}, "add one item for each file"),
        ({"id": "one"}, {}, "add one item for each file"),
        ([{**ITEM, "id": "two"}], {"one.md": b"text"}, "the id is the file's name"),
        ([{**ITEM, "custom": {}}], {"one.md": b"text"}, "see corpus/README.md"),
        ([{**ITEM, "custom": {**ITEM["custom"], "audience": "all"}}], {}, "clinician, patient"),
        ([{**ITEM, "custom": {**ITEM["custom"], "file": "../one.md"}}], {}, "the id is"),
    ],
)
def test_a_corpus_that_does_not_fit_its_listing_is_refused(tmp_path, items, files, message):
    with pytest.raises(CorpusError, match=message):
        read_sources(corpus(tmp_path, items, files))


def test_a_missing_or_broken_listing_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="--corpus"):
        read_sources(tmp_path)
    (tmp_path / "sources.json").write_text("[{", "utf-8")
    with pytest.raises(CorpusError, match="mend the file"):
        read_sources(tmp_path)


def test_the_corpus_hash_changes_with_a_file_and_with_the_question_bank(tmp_path):
    folder = corpus(tmp_path, [ITEM], {"one.md": b"text"})
    before = corpus_hash(folder)
    (folder / "questions").mkdir()
    (folder / "questions" / "bank.jsonl").write_text("{}\n", "utf-8")
    with_bank = corpus_hash(folder)
    changed = {**ITEM, "custom": {**ITEM["custom"], "sha256": hashlib.sha256(b"new").hexdigest()}}
    assert (
        len({before, with_bank, corpus_hash(corpus(tmp_path, [changed], {"one.md": b"new"}))}) == 3
    )
