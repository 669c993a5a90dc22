"""The case report typed in Word says what its Markdown says."""

import re
from pathlib import Path

import pytest
from rapidfuzz.distance import LCSseq

from benchmarks.formats.word import CITATION, typed
from ingest.assemble import assemble
from ingest.drafting.steps import draft_bytes
from ingest.parsers.docx import parse
from ingest.references import cited_in

REPORT = Path(__file__).parents[4] / "corpus" / "files" / "case_report.md"
RAISED = re.compile(r"[⁰¹²³⁴-⁹]+(?:[⁻,][⁰¹²³⁴-⁹]+)*")
MADE = [("brackets", "automatic"), ("raised", "typed"), ("fields", "automatic")]


@pytest.fixture(scope="module")
def truth():
    return draft_bytes(".md", REPORT.read_bytes(), REPORT.name)


@pytest.fixture(scope="module", params=MADE, ids=lambda made: f"{made[0]}, {made[1]} numbers")
def written(request, truth):
    return typed(truth.blocks, *request.param)


@pytest.fixture(scope="module")
def draft(written):
    return draft_bytes(".docx", written, "report.docx")


@pytest.fixture(scope="module")
def document(draft):
    return assemble("report", draft, "")


def plain(text):
    """A text without citations, white space folded."""
    return " ".join(RAISED.sub("", CITATION.sub("", text)).split())


def words(draft):
    return plain(" ".join(block.text for block in draft.blocks)).split()


def texts(draft, kind):
    return {plain(block.text) for block in draft.blocks if block.kind == kind}


def test_its_words_come_in_their_order(truth, draft):
    wanted, read = words(truth), words(draft)
    assert LCSseq.similarity(wanted, read) / len(wanted) >= 0.99
    assert len(read) - len(wanted) == len(["Funded", "by", "nobody", "in", "particular."])


@pytest.mark.parametrize("kind", ["heading", "caption", "item", "notice", "paragraph"])
def test_its_blocks_are_whole(truth, draft, kind):
    assert texts(draft, kind) - texts(truth, kind) <= {"Funded by nobody in particular."}
    assert texts(truth, kind) <= texts(draft, kind)


def test_its_headings_are_as_deep(truth, draft):
    levels = [[(b.text, b.level) for b in d.blocks if b.kind == "heading"] for d in (truth, draft)]
    assert levels[0] == levels[1]


def test_its_references_are_there(truth, document):
    wanted = assemble("truth", truth, "").references
    assert [one.number for one in document.references] == list(range(1, 24))
    assert [one.text for one in document.references] == [one.text for one in wanted]


def test_each_sentence_cites_what_it_cites_in_markdown(truth, document):
    original = assemble("truth", truth, "")
    wanted = {plain(s.text): cited_in(original, s.span) for s in original.sentences}
    read = {plain(s.text): cited_in(document, s.span) for s in document.sentences}
    assert {text for text, cited in wanted.items() if cited and read.get(text) != cited} == set()


def test_what_is_around_the_text_is_not_in_it(document):
    for words in ("never seen", "not for sale", "Is this right?", "ZOTERO", "600 mg", "A scan"):
        assert words not in document.text
    reasons = {one.reason for one in document.dropped}
    assert reasons >= {
        "comment",
        "header",
        "footer",
        "table without a head row",
        "table of contents",
    }


def test_its_title_is_known(truth, draft):
    title = next(block.text for block in truth.blocks if block.kind == "heading")
    assert {fact.name: fact.value for fact in draft.facts}["title"] == title


def test_every_piece_is_what_stands_in_the_file_and_nothing_is_lost(written):
    made = parse(written)
    held = [0] * len(made.source)
    for piece in (piece for block in made.blocks for piece in block.pieces):
        here = made.source[piece.source.start : piece.source.end]
        assert here == piece.text or (here.isspace() and piece.text in " \n")
        for at in range(piece.source.start, piece.source.end):
            held[at] += 1
    for one in made.dropped:
        for at in range(one.source.start, one.source.end):
            held[at] += 1
    pairs = list(zip(made.source, held, strict=True))
    assert all(times <= 1 for _, times in pairs)
    assert {letter for letter, times in pairs if not times} <= set("\n\t .0123456789")
