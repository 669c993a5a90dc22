"""The case report says the same in every format, and what is compared is found when it differs."""

from dataclasses import replace

import pytest

from bank.questions import BANK, read_bank
from benchmarks.formats import MAKERS, MARKDOWN, made, read
from benchmarks.formats.agreement import compare, squeezed
from benchmarks.formats.answers import write_corpus
from corpus.sources import read_corpus
from ingest.pipeline import ingest_bytes
from ui.settings import CORPUS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def truth():
    return read("md", MARKDOWN.read_bytes())


@pytest.fixture(scope="module", params=MAKERS)
def other(request):
    return request.param, made(request.param)


def test_the_words_headings_captions_and_references_are_those_of_the_markdown(truth, other):
    suffix, data = other
    assert compare(truth, read(suffix, data)).holds


def test_the_question_bank_finds_its_evidence_in_it(other, tmp_path):
    suffix, data = other
    found, named = write_corpus(tmp_path / "corpus", read(suffix, data), suffix, data)
    assert found == named > 5_000
    sources = read_corpus(tmp_path / "corpus").sources
    documents = {
        one.doc_id: ingest_bytes(one.doc_id, one.path.suffix, one.path.read_bytes(), one.path.name)
        for one in sources
    }
    known = read_bank(tmp_path / "corpus" / BANK, documents)
    lines = sum(path.read_text("utf-8").count("\n") for path in (CORPUS / BANK).glob("*.jsonl"))
    assert len(known) == lines


def test_what_is_missing_is_counted(truth):
    less = replace(
        truth,
        sections=truth.sections[:5],
        references=truth.references[1:],
        sentences=tuple(s for s in truth.sentences if s.kind != "caption"),
    )
    found = compare(truth, less)
    assert not found.holds
    assert found.words < 0.5
    assert found.references == (22, 23)
    assert found.captions == (0, 6)
    assert found.headings[0] < found.headings[1]


def test_citations_and_hyphens_at_line_ends_make_no_other_text():
    assert squeezed("A well-known dose [1, 3-4].") == squeezed("A well- known dose.")
