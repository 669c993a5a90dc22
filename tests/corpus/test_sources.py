"""What of a corpus folder can be used is used, and everything that cannot is told at once."""

import hashlib
import re
from pathlib import Path

import pytest

from corpus.sources import CorpusError, read_corpus

TEXT = hashlib.sha256(b"text").hexdigest()
ORIGINALS = {
    "case_report.md": "a11d7856246b8dd239e4f39fa7d750c9b894c620f486b3ef95d4282c7b8200b7",
    "patient_guide.txt": "aa48ea5651c4f1a6c2e0a8d3a55aa689edb11614197c8cb6db3b58e05bec7e1f",
}
"""SHA-256 of the two files as they were given; ``sources.json`` could be changed along with them."""


def faults(folder):
    with pytest.raises(CorpusError) as caught:
        read_corpus(folder)
    return caught.value.faults


def test_a_source_says_what_the_reader_of_a_quote_needs(corpus, item):
    (source,) = read_corpus(corpus([item()], **{"one.md": b"text"})).sources
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


def test_an_item_needs_no_more_than_the_readme_says(corpus, item):
    bare = item(author=..., container_title=..., issued=...)
    (source,) = read_corpus(corpus([bare], **{"one.md": b"text"})).sources
    assert (source.authors, source.container, source.updated, source.doi) == ((), "", "", "")


def test_the_example_of_the_readme_is_a_corpus(corpus):
    readme = (Path(__file__).parents[2] / "corpus" / "README.md").read_text("utf-8")
    example, *_ = re.findall(r"```json\n(.*?)```", readme, re.DOTALL)
    read = read_corpus(corpus(example, **{"knee_leaflet.md": b"text"}))
    assert (len(read.sources), read.skipped) == (1, ())


def test_keys_that_csl_has_and_we_do_not_use_are_kept(corpus, item):
    (source,) = read_corpus(corpus([item(language="en", volume=15)], **{"one.md": b"text"})).sources
    assert (source.csl["language"], source.csl["volume"]) == ("en", 15)


def test_the_two_documents_of_the_repository_are_there_unedited():
    sources = read_corpus(Path(__file__).parents[2] / "corpus").sources
    assert [source.audience for source in sources] == ["clinician", "patient"]
    assert all(source.is_pinned for source in sources)
    hashes = {one.path.name: hashlib.sha256(one.path.read_bytes()).hexdigest() for one in sources}
    assert hashes == ORIGINALS


def test_a_file_without_a_hash_is_used_with_the_hash_that_it_has(corpus, item):
    (source,) = read_corpus(corpus([item()], **{"one.md": b"text"})).sources
    assert (source.sha256, source.is_pinned) == (TEXT, False)


def test_a_pinned_file_is_used_while_it_is_the_same(corpus, item):
    pinned = [item(custom={"sha256": TEXT.upper()})]
    (source,) = read_corpus(corpus(pinned, **{"one.md": b"text"})).sources
    assert (source.sha256, source.is_pinned) == (TEXT, True)
    (fault,) = faults(corpus(pinned, **{"one.md": b"other"}))
    assert "restore the file or, if the change is intended, delete sha256" in fault
    assert fault.endswith("run `quotewell list --pin`")


def test_a_document_with_a_fault_is_skipped_and_the_others_are_used(corpus, item):
    items = [item(), item("two.md", title=7), item("three.md"), item("four.md")]
    files = dict.fromkeys(("one.md", "two.md", "four.md"), b"text")
    read = read_corpus(corpus(items, **files))
    assert [source.doc_id for source in read.sources] == ["one", "four"]
    assert [skipped.doc_id for skipped in read.skipped] == ["two", "three"]
    assert read.doc_ids == {"one", "two", "three", "four"}
    (title,), (gone,) = (skipped.faults for skipped in read.skipped)
    assert (
        "sources.json: item 2 ('two'): title is a number, not text; write it in quotation marks"
        in title
    )
    assert "three.md: cannot be read (No such file or directory); put the file back" in gone


def test_everything_wrong_is_told_at_once_one_fault_per_line(corpus, item):
    one = item(title=7, issued={"date-parts": [[2024, 99]]}, custom={"label": 7})
    folder = corpus([one, item("two.md"), "three"], **{"one.md": b"text", "other.md": b""})
    with pytest.raises(CorpusError) as caught:
        read_corpus(folder)
    told = str(caught.value).split("\n")
    assert [line.removeprefix(f"{folder}/")[:34] for line in told] == [
        "files: 'other.md' is not listed; a",
        "sources.json: item 1 ('one'): titl",
        "sources.json: item 1 ('one'): issu",
        "sources.json: item 1 ('one'): cust",
        "files/two.md: cannot be read (No s",
        "sources.json: item 3: is text, not",
    ]


def test_an_item_and_its_file_are_both_checked(corpus, item):
    assert len(faults(corpus([item(title=7)]))) == 2


def test_two_files_of_one_id_are_refused_not_lost(corpus, item):
    items = [item("d.md"), item("e.md"), item("d.txt"), item("d.md")]
    (fault,) = faults(corpus(items, **{"d.md": b"a", "d.txt": b"b", "e.md": b"c"}))
    assert "items 1, 3 and 4 have the same id, 'd'; keep one of them" in fault


def test_a_file_that_is_not_listed_is_refused(corpus, item):
    (fault,) = faults(corpus([item()], **{"one.md": b"text", "two\x1b.md": b"x", ".hidden": b""}))
    assert r"'two\x1b.md' is not listed; add an item" in fault


def test_the_file_of_an_item_without_a_file_name_is_not_called_unlisted(corpus, item):
    items = [item(custom={"file": ...}), item("two.md")]
    read = read_corpus(corpus(items, **{"one.md": b"text", "two.md": b"text"}))
    assert [source.doc_id for source in read.sources] == ["two"]


def test_a_corpus_of_which_nothing_can_be_used_is_refused_with_all_reasons(corpus, item):
    assert len(faults(corpus([item(), item("two.md")]))) == 2


def digest(folder):
    return read_corpus(folder).sha256


def test_the_digest_changes_with_a_file_and_with_the_question_bank(corpus, item):
    folder = corpus([item()], **{"one.md": b"text"})
    digests = [digest(folder)]
    (folder / "questions").mkdir()
    (folder / "questions" / "bank.jsonl").write_text("{}\n", "utf-8")
    digests.append(digest(folder))
    digests.append(digest(corpus([item()], **{"one.md": b"new"})))
    assert len(set(digests)) == 3


def test_the_digest_stays_when_a_file_is_pinned_or_a_skipped_one_changes(corpus, item):
    files = {"one.md": b"text", "two.md": b"text"}
    before = digest(corpus([item(), item("two.md", title=7)], **files))
    pinned = item(custom={"sha256": TEXT})
    assert digest(corpus([pinned, item("two.md", title=7)], **files)) == before
    files["two.md"] = b"other"
    assert digest(corpus([pinned, item("two.md", title=7)], **files)) == before
    assert digest(corpus([pinned, item("two.md")], **files)) != before


def test_an_id_and_a_file_are_enough(corpus):
    folder = corpus([{"id": "one", "custom": {"file": "one.md"}}], **{"one.md": b"1"})
    (source,) = read_corpus(folder).sources
    assert source.label == source.name == "one"
    assert not source.is_labelled
    known = (source.title, source.audience, source.evidence, source.rights, source.issued)
    assert set(known) == {""}


def test_the_pdf_beside_a_text_is_listed_and_part_of_the_corpus(corpus, item):
    files = {"one.nxml": b"1", "one.pdf": b"2"}
    folder = corpus([item("one.nxml", custom={"pdf": "one.pdf"})], **files)
    read = read_corpus(folder)
    assert read.sources[0].pdf == folder / "files" / "one.pdf"
    assert read.sources[0].pdf_sha256 == hashlib.sha256(b"2").hexdigest()
    (folder / "files" / "one.pdf").write_bytes(b"3")
    assert read_corpus(folder).sha256 != read.sha256


def test_a_pdf_that_is_named_but_not_there_leaves_out_the_document(corpus, item):
    items = [item("one.nxml", custom={"pdf": "one.pdf"}), item("two.md")]
    read = read_corpus(corpus(items, **{"one.nxml": b"1", "two.md": b"2"}))
    assert [one.doc_id for one in read.sources] == ["two"]
    assert "one.pdf: cannot be read" in read.skipped[0].faults[0]


def test_its_pdf_gives_a_text_its_pages(corpus, item):
    files = {"one.md": b"text", "printed.pdf": b"%PDF"}
    (source,) = read_corpus(corpus([item(custom={"pdf": "printed.pdf"})], **files)).sources
    assert source.pages == (source.pdf, hashlib.sha256(b"%PDF").hexdigest())


def test_pages_are_shown_unless_the_owner_says_no(corpus, item):
    printed = item("one.pdf")
    (source,) = read_corpus(corpus([printed], **{"one.pdf": b"%PDF"})).sources
    assert source.pages == (source.path, source.sha256)
    printed["custom"]["page_images"] = False
    (source,) = read_corpus(corpus([printed], **{"one.pdf": b"%PDF"})).sources
    assert source.pages is None


def test_text_without_a_pdf_has_no_pages(corpus, item):
    (source,) = read_corpus(corpus([item()], **{"one.md": b"text"})).sources
    assert source.pages is None
