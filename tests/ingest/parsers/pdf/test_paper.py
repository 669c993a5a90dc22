"""The case report set as a journal page says what its Markdown says."""

import re
from pathlib import Path

import pytest
from rapidfuzz.distance import LCSseq

from benchmarks.formats.journal import typeset
from ingest.assemble import assemble
from ingest.drafting.steps import draft_bytes
from ingest.parsers.pdf import parse
from ingest.references import cited_in

REPORT = Path(__file__).parents[4] / "corpus" / "files" / "case_report.md"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def truth():
    return draft_bytes(".md", REPORT.read_bytes(), REPORT.name)


@pytest.fixture(scope="module")
def set_in_type(truth):
    blocks = [block for block in truth.blocks if block.kind != "notice"]
    return typeset(blocks)


@pytest.fixture(scope="module")
def draft(set_in_type):
    return draft_bytes(".pdf", set_in_type, "paper.pdf")


@pytest.fixture(scope="module")
def document(draft):
    return assemble("paper", draft, "")


def words(blocks):
    return re.findall(r"\w+", " ".join(block.text for block in blocks if block.kind != "notice"))


def texts(draft, kind):
    """The texts of its blocks; whether a hyphen at a line end stays is a question of its own."""
    return {
        " ".join(block.text.replace("-", "").split())
        for block in draft.blocks
        if block.kind == kind
    }


def test_its_words_come_in_their_order(truth, draft):
    wanted, read = words(truth.blocks), words(draft.blocks)
    body = [w for b in truth.blocks if b.kind in ("paragraph", "heading") for w in b.text.split()]
    held = [w for b in draft.blocks if b.kind in ("paragraph", "heading") for w in b.text.split()]
    assert LCSseq.similarity(body, held) / len(body) >= 0.99
    assert abs(len(read) - len(wanted)) < 0.01 * len(wanted)


def test_its_paragraphs_are_whole(truth, draft):
    wanted = texts(truth, "paragraph")
    assert len(wanted & texts(draft, "paragraph")) >= 0.95 * len(wanted)


def test_its_headings_are_there(truth, draft):
    assert texts(truth, "heading") == texts(draft, "heading")


def test_its_captions_are_there(truth, draft):
    assert texts(truth, "caption") == texts(draft, "caption")


def test_its_references_are_there(document):
    assert [one.number for one in document.references] == list(range(1, 24))


def test_its_sentences_cite_what_they_cite_in_markdown(truth, document):
    original = assemble("truth", truth, "")
    wanted = {one.text: cited_in(original, one.span) for one in original.sentences}
    read = {one.text: cited_in(document, one.span) for one in document.sentences}
    shared = wanted.keys() & read.keys()
    assert sum(1 for text in shared if wanted[text]) > 15
    assert {text for text in shared if wanted[text] != read[text]} == set()


def test_its_running_heads_and_page_numbers_are_not(document):
    assert "Journal of Tests" not in document.text
    assert "journal.example" not in document.text


def test_its_title_and_pages_are_known(truth, draft):
    title = next(block.text for block in truth.blocks if block.kind == "heading")
    assert {fact.name: fact.value for fact in draft.facts}["title"] == title
    assert len(draft.page_starts) >= 3


def test_every_sentence_has_its_place_on_its_page(document):
    for sentence in document.sentences:
        marks = document.boxes.marks(document.stretches(sentence.span))
        assert marks, sentence.text
        assert marks[0].page == document.page_of(sentence.span.start)


def test_nothing_is_lost_and_every_piece_is_what_stands_in_the_file(set_in_type):
    made = parse(set_in_type)
    held = [0] * len(made.source)
    for piece in (piece for block in made.blocks for piece in block.pieces if piece.source):
        here = made.source[piece.source.start : piece.source.end]
        assert here.replace("\n", " ") == piece.text
        for at in range(piece.source.start, piece.source.end):
            held[at] += 1
    for one in made.dropped:
        for at in range(one.source.start, one.source.end):
            held[at] += 1
    pairs = list(zip(made.source, held, strict=True))
    assert all(times <= 1 for letter, times in pairs if not letter.isspace())
    left_out = {letter for letter, times in pairs if not times and not letter.isspace()}
    assert left_out <= set("-.0123456789")  # hyphens of line ends, and the entries' numbers
